import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, May } from '@lib/access';
import { RemovalInput } from '@lib/awards';
import {
  CandidatesQuery,
  CouncilChange,
  CouncilInput,
  CouncilsQueries,
  CouncilsQuery,
  CouncilsService,
  LinesInput,
  MinutesInput,
  PresenceInput,
  SittingChange,
  SittingInput,
  SittingsQueries,
  SittingsQuery,
  SittingsService,
  SittingStepInput,
  VoteInput,
  VotesService,
  type Candidate,
  type CouncilView,
  type SittingRow,
  type SittingView,
} from '@lib/councils';
import type { Actor, Warning } from '@lib/kernel';
import type { NominationView } from '@lib/nominations';
import { IdPipe } from './id.pipe.js';

interface SittingSaved {
  readonly sitting: SittingView;
  readonly warnings: readonly Warning[];
}

@ApiTags('councils')
@Controller()
export class CouncilsController {
  constructor(
    private readonly councils: CouncilsService,
    private readonly councilsOf: CouncilsQueries,
    private readonly sittings: SittingsService,
    private readonly sittingsOf: SittingsQueries,
    private readonly votes: VotesService,
  ) {}

  @Get('councils')
  @May('council.read')
  list(@CurrentActor() actor: Actor, @Query() ask: CouncilsQuery): Promise<{ items: CouncilView[] }> {
    return this.councilsOf.list(actor, ask);
  }

  @Post('councils')
  @May('council.keep')
  async found(@CurrentActor() actor: Actor, @Body() input: CouncilInput): Promise<CouncilView> {
    return this.councilsOf.view(actor, await this.councils.found(actor, input));
  }

  @Put('councils/:id')
  @May('council.keep')
  async change(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: CouncilChange,
  ): Promise<CouncilView> {
    await this.councils.change(actor, id, input);
    return this.councilsOf.view(actor, id);
  }

  /** Accounts that may be tied to a seat. */
  @Get('council-candidates')
  @May('council.keep')
  candidates(@CurrentActor() actor: Actor, @Query() { unit }: CandidatesQuery): Promise<{ items: Candidate[] }> {
    return this.councilsOf.candidates(actor, unit);
  }

  @Get('sittings')
  @May('council.read')
  sittingList(
    @CurrentActor() actor: Actor,
    @Query() ask: SittingsQuery,
  ): Promise<{ items: SittingRow[]; next: string | null }> {
    return this.sittingsOf.list(actor, ask);
  }

  @Post('sittings')
  @May('council.keep')
  async plan(@CurrentActor() actor: Actor, @Body() input: SittingInput): Promise<SittingView> {
    return this.sittingsOf.view(actor, await this.sittings.plan(actor, input));
  }

  @Get('sittings/:id')
  @May('council.read')
  sitting(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<SittingView> {
    return this.sittingsOf.view(actor, id);
  }

  @Put('sittings/:id')
  @May('council.keep')
  async changeSitting(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: SittingChange,
  ): Promise<SittingView> {
    await this.sittings.change(actor, id, input);
    return this.sittingsOf.view(actor, id);
  }

  @Post('sittings/:id/steps')
  @May('council.keep')
  async takeStep(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: SittingStepInput,
  ): Promise<SittingView> {
    await this.sittings.take(actor, id, input);
    return this.sittingsOf.view(actor, id);
  }

  @Get('sittings/:id/ready-lines')
  @May('council.keep')
  readyLines(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<{ items: NominationView[] }> {
    return this.sittingsOf.ready(actor, id);
  }

  @Post('sittings/:id/lines')
  @May('council.keep')
  async putLines(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() { lines }: LinesInput,
  ): Promise<SittingSaved> {
    const { warnings } = await this.sittings.putLines(actor, id, lines);
    return { sitting: await this.sittingsOf.view(actor, id), warnings };
  }

  @Post('sittings/:id/lines/:lineId/removal')
  @May('council.keep')
  async takeBack(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Param('lineId', IdPipe) lineId: number,
    @Body() { reason }: RemovalInput,
  ): Promise<SittingView> {
    await this.sittings.takeBack(actor, id, lineId, reason);
    return this.sittingsOf.view(actor, id);
  }

  @Put('sittings/:id/presence')
  @May('council.keep')
  async callRoll(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: PresenceInput,
  ): Promise<SittingView> {
    await this.sittings.callRoll(actor, id, input);
    return this.sittingsOf.view(actor, id);
  }

  @Put('sittings/:id/lines/:lineId/vote')
  @May('council.keep')
  async enterVote(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Param('lineId', IdPipe) lineId: number,
    @Body() input: VoteInput,
  ): Promise<SittingSaved> {
    const { warnings } = await this.votes.enter(actor, id, lineId, input);
    return { sitting: await this.sittingsOf.view(actor, id), warnings };
  }

  @Put('sittings/:id/minutes')
  @May('council.keep')
  async attachMinutes(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() { fileId }: MinutesInput,
  ): Promise<SittingView> {
    await this.sittings.attachMinutes(actor, id, fileId);
    return this.sittingsOf.view(actor, id);
  }
}
