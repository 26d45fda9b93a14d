import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, May } from '@lib/access';
import {
  CommendationChange,
  CommendationInput,
  CommendationMinutesInput,
  CommendationsQueries,
  CommendationsQuery,
  DraftService,
  IssueService,
  ReadyQuery,
  SignInput,
  SignService,
  StepInput,
  type CommendationRow,
  type CommendationView,
  type ReadyLine,
} from '@lib/commendations';
import type { Actor, Warning } from '@lib/kernel';
import { IdPipe } from './id.pipe.js';

interface CommendationSaved {
  readonly commendation: CommendationView;
  readonly warnings: readonly Warning[];
}

/** Who may prepare a draft holds one of two permissions: the services ask for either on the unit, the routes for reading. */
@ApiTags('commendations')
@Controller()
export class CommendationsController {
  constructor(
    private readonly drafts: DraftService,
    private readonly signing: SignService,
    private readonly issuing: IssueService,
    private readonly queries: CommendationsQueries,
  ) {}

  @Get('commendations')
  @May('commendation.read')
  list(
    @CurrentActor() actor: Actor,
    @Query() ask: CommendationsQuery,
  ): Promise<{ items: CommendationRow[]; next: string | null }> {
    return this.queries.list(actor, ask);
  }

  /** Lines that the unit may decide on now. */
  @Get('commendation-lines')
  @May('commendation.read')
  ready(@CurrentActor() actor: Actor, @Query() { unit }: ReadyQuery): Promise<{ items: ReadyLine[] }> {
    return this.queries.ready(actor, unit);
  }

  @Post('commendations')
  @May('commendation.read')
  async draft(@CurrentActor() actor: Actor, @Body() input: CommendationInput): Promise<CommendationSaved> {
    const { id, warnings } = await this.drafts.draft(actor, input);
    return this.saved(actor, id, warnings);
  }

  @Get('commendations/:id')
  @May('commendation.read')
  view(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<CommendationView> {
    return this.queries.view(actor, id);
  }

  @Put('commendations/:id')
  @May('commendation.read')
  async change(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: CommendationChange,
  ): Promise<CommendationSaved> {
    const { warnings } = await this.drafts.change(actor, id, input);
    return this.saved(actor, id, warnings);
  }

  @Put('commendations/:id/minutes')
  @May('commendation.read')
  async attachMinutes(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: CommendationMinutesInput,
  ): Promise<CommendationView> {
    await this.drafts.attachMinutes(actor, id, input);
    return this.queries.view(actor, id);
  }

  @Post('commendations/:id/decision')
  @May('commendation.decide')
  async decide(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: StepInput,
  ): Promise<CommendationSaved> {
    const { warnings } = await this.drafts.decide(actor, id, input);
    return this.saved(actor, id, warnings);
  }

  @Post('commendations/:id/return')
  @May('commendation.read')
  async returnToDraft(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: StepInput,
  ): Promise<CommendationView> {
    await this.drafts.returnToDraft(actor, id, input);
    return this.queries.view(actor, id);
  }

  @Post('commendations/:id/signature')
  @May('commendation.issue')
  async sign(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: SignInput,
  ): Promise<CommendationView> {
    await this.signing.sign(actor, id, input);
    return this.queries.view(actor, id);
  }

  @Post('commendations/:id/issue')
  @May('commendation.issue')
  async issue(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() { version }: StepInput,
  ): Promise<CommendationSaved> {
    const { warnings } = await this.issuing.issue(actor, id, version);
    return this.saved(actor, id, warnings);
  }

  @Post('commendations/:id/cancellation')
  @May('commendation.read')
  async cancel(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: StepInput,
  ): Promise<CommendationView> {
    await this.drafts.cancel(actor, id, input);
    return this.queries.view(actor, id);
  }

  private async saved(actor: Actor, id: number, warnings: readonly Warning[]): Promise<CommendationSaved> {
    return { commendation: await this.queries.view(actor, id), warnings };
  }
}
