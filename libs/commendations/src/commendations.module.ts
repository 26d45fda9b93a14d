import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FileOwners } from '@lib/files';
import { CommendationLines } from './commendation-lines.queries.js';
import { CommendationScope } from './commendation-scope.js';
import { Commendation, CommendationLine } from './commendations.entity.js';
import { CommendationsQueries } from './commendations.queries.js';
import { DraftService } from './draft.service.js';
import { IssueService } from './issue.service.js';
import { CommendationOpenWork } from './open-work.service.js';
import { PrepareService } from './prepare.service.js';
import { SignService } from './sign.service.js';
import { Weighing } from './weighing.service.js';

const DOOR = [DraftService, SignService, PrepareService, IssueService, CommendationsQueries, CommendationOpenWork];

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Commendation, CommendationLine])],
  providers: [...DOOR, CommendationScope, CommendationLines, Weighing],
  exports: DOOR,
})
export class CommendationsModule implements OnModuleInit {
  constructor(
    private readonly owners: FileOwners,
    private readonly commendations: CommendationsQueries,
  ) {}

  /** The signed paper is read by whoever may read the whole decision; the committee's minutes by the deciding side. */
  onModuleInit(): void {
    this.owners.register('commendations', (q, actor, fileId) => this.commendations.holdsFile(q, actor, fileId));
  }
}
