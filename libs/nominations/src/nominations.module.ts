import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FileOwners } from '@lib/files';
import { AnswerService } from './answer.service.js';
import { AppraiseService } from './appraise.service.js';
import { ComposeService } from './compose.service.js';
import { Dossier } from './dossier.entity.js';
import { DossierViews } from './dossier-view.queries.js';
import { DossierQueries } from './dossiers.queries.js';
import { DossierService } from './dossiers.service.js';
import { DraftLines } from './draft-lines.service.js';
import { NominationLine } from './line.entity.js';
import { NominationLines } from './lines.service.js';
import { NominationScope } from './nomination-scope.js';
import { NominationQueries } from './nominations.queries.js';
import { Nominees } from './nominees.service.js';
import { DossierOpenWork, RegistrationOpenWork } from './open-work.service.js';
import { AskedBodies, ProposalBlock, ProposalLineage } from './proposal-block.queries.js';
import { Reasons } from './reasons.service.js';
import { TitleRegistration } from './registration.entity.js';
import { Registrations } from './registrations.service.js';
import { Separation } from './separation.service.js';
import { SubmitService } from './submit.service.js';
import { NominationWarnings } from './warnings.queries.js';

const DOOR = [
  NominationLines,
  NominationQueries,
  Separation,
  ProposalBlock,
  ProposalLineage,
  Registrations,
  DossierService,
  DraftLines,
  SubmitService,
  AppraiseService,
  ComposeService,
  AnswerService,
  DossierQueries,
  DossierViews,
  NominationWarnings,
  DossierOpenWork,
  RegistrationOpenWork,
];

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Dossier, NominationLine, TitleRegistration])],
  providers: [...DOOR, NominationScope, Nominees, Reasons, AskedBodies],
  exports: DOOR,
})
export class NominationsModule implements OnModuleInit {
  constructor(
    private readonly owners: FileOwners,
    private readonly views: DossierViews,
  ) {}

  onModuleInit(): void {
    this.owners.register('nominations', (q, actor, fileId) => this.views.holdsFile(q, actor, fileId));
  }
}
