import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, May } from '@lib/access';
import type { Actor } from '@lib/kernel';
import { UnitLeaders, type UnitLeadersView } from '@lib/people';
import { UnitDayQuery } from '@lib/units';

/** What other rooms know of a unit. */
@ApiTags('units')
@Controller('units')
export class UnitProfileController {
  constructor(private readonly leading: UnitLeaders) {}

  @Get(':code/leaders')
  @May('unit.read')
  leaders(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Query() { on }: UnitDayQuery,
  ): Promise<UnitLeadersView> {
    return this.leading.of(actor, code, on);
  }
}
