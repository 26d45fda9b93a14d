import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, May } from '@lib/access';
import type { Actor, Level, Warning } from '@lib/kernel';
import {
  BodiesQuery,
  ChangeUnitInput,
  CreateUnitInput,
  DeclareStrengthInput,
  OfficeInput,
  OutsideBodyInput,
  StrengthsService,
  UnitDayQuery,
  UnitsQueries,
  UnitSearchQuery,
  UnitsQuery,
  UnitsService,
  type StrengthView,
  type UnitDetail,
  type UnitNode,
  type UnitRef,
} from '@lib/units';

@ApiTags('units')
@Controller()
export class UnitsController {
  constructor(
    private readonly units: UnitsService,
    private readonly strengths: StrengthsService,
    private readonly queries: UnitsQueries,
  ) {}

  @Get('units')
  @May('unit.read')
  async children(@CurrentActor() actor: Actor, @Query() { parent, on }: UnitsQuery): Promise<{ items: UnitNode[] }> {
    return { items: await this.queries.children(actor, parent ?? null, on) };
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
