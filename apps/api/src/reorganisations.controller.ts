import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, May } from '@lib/access';
import type { Actor, Warning } from '@lib/kernel';
import {
  Application,
  DecideOpenWorkInput,
  EditReorganisationInput,
  OpenWork,
  OpenWorkQuery,
  RehearsalListQuery,
  Rehearsals,
  ReorganisationInput,
  ReorganisationQueries,
  ReorganisationsQuery,
  ReorganisationsService,
  ReorganisationStepInput,
  ReversalInput,
  type OpenWorkPage,
  type PlacementPage,
  type RehearsalView,
  type ReorganisationPage,
  type ReorganisationSaved,
  type ReorganisationView,
} from '@lib/reorganisations';
import { IdPipe } from './id.pipe.js';

@ApiTags('reorganisations')
@Controller('reorganisations')
export class ReorganisationsController {
  constructor(
    private readonly service: ReorganisationsService,
    private readonly queries: ReorganisationQueries,
    private readonly rehearsals: Rehearsals,
    private readonly openWork: OpenWork,
    private readonly application: Application,
  ) {}

  @Get()
  @May('reorganisation.read')
  list(@CurrentActor() actor: Actor, @Query() ask: ReorganisationsQuery): Promise<ReorganisationPage> {
    return this.queries.list(actor, ask);
  }

  @Post()
  @May('reorganisation.prepare')
  async prepare(@CurrentActor() actor: Actor, @Body() input: ReorganisationInput): Promise<ReorganisationSaved> {
    return this.saved(actor, await this.service.prepare(actor, input));
  }

  @Get(':id')
  @May('reorganisation.read')
  view(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<ReorganisationView> {
    return this.queries.view(actor, id);
  }

  @Put(':id')
  @May('reorganisation.prepare')
  async edit(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: EditReorganisationInput,
  ): Promise<ReorganisationSaved> {
    await this.service.edit(actor, id, input);
    return this.saved(actor, id);
  }

  /** What would change if it were applied now: applied in a transaction that is taken back. */
  @Post(':id/rehearsal')
  @HttpCode(200)
  @May('reorganisation.read')
  rehearse(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<RehearsalView> {
    return this.rehearsals.rehearse(actor, id);
  }

  @Get(':id/rehearsal')
  @May('reorganisation.read')
  rehearsal(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<RehearsalView> {
    return this.rehearsals.last(actor, id);
  }

  @Get(':id/rehearsal/placements')
  @May('reorganisation.read')
  placements(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Query() ask: RehearsalListQuery,
  ): Promise<PlacementPage> {
    return this.rehearsals.placements(actor, id, ask);
  }

  @Get(':id/open-work')
  @May('reorganisation.read')
  open(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Query() ask: OpenWorkQuery,
  ): Promise<OpenWorkPage> {
    return this.openWork.page(actor, id, ask);
  }

  @Put(':id/open-work')
  @May('reorganisation.prepare')
  async decide(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: DecideOpenWorkInput,
  ): Promise<ReorganisationSaved> {
    await this.openWork.decide(actor, id, input);
    return this.saved(actor, id);
  }

  @Post(':id/request')
  @HttpCode(200)
  @May('reorganisation.prepare')
  async request(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: ReorganisationStepInput,
  ): Promise<ReorganisationSaved> {
    await this.service.request(actor, id, input);
    return this.saved(actor, id);
  }

  @Post(':id/schedule')
  @HttpCode(200)
  @May('reorganisation.apply')
  async schedule(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: ReorganisationStepInput,
  ): Promise<ReorganisationSaved> {
    return this.saved(actor, id, await this.service.schedule(actor, id, input));
  }

  @Post(':id/unschedule')
  @HttpCode(200)
  @May('reorganisation.apply')
  async unschedule(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: ReorganisationStepInput,
  ): Promise<ReorganisationSaved> {
    await this.service.unschedule(actor, id, input);
    return this.saved(actor, id);
  }

  @Post(':id/application')
  @HttpCode(200)
  @May('reorganisation.apply')
  async apply(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: ReorganisationStepInput,
  ): Promise<ReorganisationSaved> {
    return this.saved(actor, id, await this.application.apply(actor, id, input));
  }

  @Post(':id/reversal')
  @HttpCode(200)
  @May('reorganisation.apply')
  async reverse(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: ReversalInput,
  ): Promise<ReorganisationSaved> {
    return this.saved(actor, id, await this.application.reverse(actor, id, input));
  }

  @Post(':id/cancellation')
  @HttpCode(200)
  @May('reorganisation.prepare')
  async cancel(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: ReorganisationStepInput,
  ): Promise<ReorganisationSaved> {
    await this.service.cancel(actor, id, input);
    return this.saved(actor, id);
  }

  private async saved(actor: Actor, id: number, warnings: readonly Warning[] = []): Promise<ReorganisationSaved> {
    return { reorganisation: await this.queries.view(actor, id), warnings };
  }
}
