import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, May } from '@lib/access';
import type { Actor, Level, Warning } from '@lib/kernel';
import {
  BodiesQuery,
  ChangeUnitInput,
  Coordination,
  CoordinationInput,
  CreateUnitInput,
  DeclareStrengthInput,
  EndCoordinationInput,
  OfficeInput,
  OutsideBodyInput,
  StrengthsService,
  UnitDayQuery,
  UnitEventsQueries,
  UnitEventsQuery,
  UnitHistoryQueries,
  UnitsQueries,
  UnitSearchQuery,
  UnitsQuery,
  UnitsService,
  type CoordinationView,
  type StrengthView,
  type UnitDetail,
  type UnitEventPage,
  type UnitEventView,
  type UnitHistory,
  type UnitNode,
  type UnitRef,
} from '@lib/units';
import { IdPipe } from './id.pipe.js';

@ApiTags('units')
@Controller()
export class UnitsController {
  constructor(
    private readonly units: UnitsService,
    private readonly strengths: StrengthsService,
    private readonly queries: UnitsQueries,
    private readonly events: UnitEventsQueries,
    private readonly histories: UnitHistoryQueries,
    private readonly coordination: Coordination,
  ) {}

  @Get('units')
  @May('unit.read')
  children(
    @CurrentActor() actor: Actor,
    @Query() { parent, on, after, limit }: UnitsQuery,
  ): Promise<{ items: UnitNode[]; next: string | null }> {
    return this.queries.children(actor, parent ?? null, on, { after, limit });
  }

  @Get('units/search')
  @May('unit.read')
  async search(
    @CurrentActor() actor: Actor,
    @Query() { q, on, limit }: UnitSearchQuery,
  ): Promise<{ items: (UnitNode & { path: UnitRef[] })[] }> {
    return { items: await this.queries.search(actor, q, on, limit) };
  }

  @Get('units/:code')
  @May('unit.read')
  detail(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Query() { on }: UnitDayQuery,
  ): Promise<UnitDetail> {
    return this.queries.detail(actor, code, on);
  }

  @Post('units')
  @May('unit.change')
  async create(@CurrentActor() actor: Actor, @Body() input: CreateUnitInput): Promise<UnitDetail> {
    return this.queries.detail(actor, await this.units.create(actor, input));
  }

  @Post('units/:code/versions')
  @May('unit.change')
  async change(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Body() input: ChangeUnitInput,
  ): Promise<{ unit: UnitDetail; warnings: Warning[] }> {
    await this.units.change(actor, code, input);
    return { unit: await this.queries.detail(actor, code), warnings: [] };
  }

  @Post('units/:code/strengths')
  @May('strength.declare')
  declare(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Body() input: DeclareStrengthInput,
  ): Promise<StrengthView> {
    return this.strengths.declare(actor, code, input);
  }

  @Post('units/:code/offices')
  @May('unit.change')
  addOffice(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Body() input: OfficeInput,
  ): Promise<OfficeInput> {
    return this.units.addOffice(actor, code, input);
  }

  @Get('units/:code/history')
  @May('unit.read')
  history(@CurrentActor() actor: Actor, @Param('code') code: string): Promise<UnitHistory> {
    return this.histories.of(actor, code);
  }

  @Get('units/:code/events')
  @May('unit.read')
  async eventsOf(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
  ): Promise<{ items: readonly UnitEventView[] }> {
    return { items: (await this.histories.of(actor, code)).events };
  }

  @Get('unit-events')
  @May('unit.read')
  listEvents(@CurrentActor() actor: Actor, @Query() ask: UnitEventsQuery): Promise<UnitEventPage> {
    return this.events.list(actor, ask);
  }

  @Get('unit-events/:id')
  @May('unit.read')
  event(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<UnitEventView> {
    return this.events.one(actor, id);
  }

  @Get('units/:code/coordination')
  @May('unit.read')
  async links(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Query() { on }: UnitDayQuery,
  ): Promise<{ items: CoordinationView[] }> {
    return { items: await this.coordination.of(actor, code, on ?? null) };
  }

  @Post('units/:code/coordination')
  @May('unit.change')
  async link(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Body() input: CoordinationInput,
  ): Promise<{ items: CoordinationView[] }> {
    return { items: await this.coordination.add(actor, code, input) };
  }

  @Post('units/:code/coordination/:id/end')
  @HttpCode(200)
  @May('unit.change')
  async endLink(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('id', IdPipe) id: number,
    @Body() input: EndCoordinationInput,
  ): Promise<{ items: CoordinationView[] }> {
    return { items: await this.coordination.end(actor, code, id, input) };
  }

  @Post('units/:code/coordination/:id/removal')
  @HttpCode(200)
  @May('unit.change')
  async removeLink(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('id', IdPipe) id: number,
  ): Promise<{ items: CoordinationView[] }> {
    return { items: await this.coordination.remove(actor, code, id) };
  }

  @Get('outside-bodies')
  @May('unit.read')
  async outsideBodies(@Query() { q }: BodiesQuery): Promise<{ items: { code: string; name: string; level: Level }[] }> {
    return { items: await this.queries.outsideBodies(q ?? null) };
  }

  @Post('outside-bodies')
  @HttpCode(201)
  @May('award.record')
  addOutsideBody(@CurrentActor() actor: Actor, @Body() input: OutsideBodyInput): Promise<OutsideBodyInput> {
    return this.units.addOutsideBody(actor, input);
  }
}
