import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FileOwners } from '@lib/files';
import { AgreementBlock } from './agreement-block.queries.js';
import { AgreementLineage } from './agreement-lineage.queries.js';
import { AgreementScope } from './agreement-scope.js';
import { AgreementViews } from './agreement-view.queries.js';
import { Agreement, Commitment } from './agreement.entity.js';
import { AgreementsQueries } from './agreements.queries.js';
import { CarryOverService } from './carry-over.service.js';
import { CommitmentQueries } from './commitment.queries.js';
import { CommitmentsService } from './commitments.service.js';
import { ConfirmationsService } from './confirmations.service.js';
import { DraftingService } from './drafting.service.js';
import { AgreementMembers } from './members.service.js';
import { AgreementOpenWork } from './open-work.service.js';
import { OpinionsService } from './opinions.service.js';
import { PassingDays } from './passing-days.service.js';
import { SteppingService } from './stepping.service.js';
import { AgreementTasks } from './tasks.service.js';

const DOOR = [
  DraftingService,
  SteppingService,
  OpinionsService,
  ConfirmationsService,
  CommitmentsService,
  CarryOverService,
  PassingDays,
  AgreementsQueries,
  AgreementViews,
  AgreementBlock,
  AgreementLineage,
  AgreementOpenWork,
];

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Agreement, Commitment])],
  providers: [...DOOR, AgreementMembers, AgreementScope, AgreementTasks, CommitmentQueries],
  exports: DOOR,
})
export class AgreementsModule implements OnModuleInit {
  constructor(
    private readonly owners: FileOwners,
    private readonly agreements: AgreementsQueries,
  ) {}

  /** Texts, signed scans and evidence are read by whoever sees the agreement. */
  onModuleInit(): void {
    this.owners.register('agreements', (q, actor, fileId) => this.agreements.holdsFile(q, actor, fileId));
  }
}
