import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FileOwners } from '@lib/files';
import { AskedPeriods } from '@lib/summaries';
import { UnitEvents } from '@lib/units';
import { Application } from './application.service.js';
import { OpenWork } from './open-work.service.js';
import { RehearsalViews } from './rehearsal.views.js';
import { Rehearsals } from './rehearsals.service.js';
import { Reorganisation } from './reorganisation.entity.js';
import { ReorganisationScope } from './reorganisation-scope.js';
import { ReorganisationQueries } from './reorganisations.queries.js';
import { ReorganisationsService } from './reorganisations.service.js';
import { Saving } from './saving.service.js';
import { ScheduledDays } from './scheduled-days.service.js';
import { mustStandAlone } from './unfounding.rules.js';

const DOOR = [ReorganisationsService, ReorganisationQueries, Rehearsals, OpenWork, Application, ScheduledDays];

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Reorganisation])],
  providers: [...DOOR, ReorganisationScope, RehearsalViews, Saving],
  exports: DOOR,
})
export class ReorganisationsModule implements OnModuleInit {
  constructor(
    private readonly owners: FileOwners,
    private readonly queries: ReorganisationQueries,
    private readonly events: UnitEvents,
    private readonly asked: AskedPeriods,
  ) {}

  /** The decision is read by whoever may see the reorganisation. A unit on which something stands is not unfounded. */
  onModuleInit(): void {
    this.events.beforeUnfounding(mustStandAlone);
    this.events.beforeUnfounding((tx, unitIds) => this.asked.forget(tx, unitIds));
    this.owners.register('reorganisations', (q, actor, fileId) => this.queries.holdsFile(q, actor, fileId));
  }
}
