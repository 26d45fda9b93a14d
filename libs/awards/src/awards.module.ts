import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FileOwners } from '@lib/files';
import { AwardScope } from './award-scope.js';
import { AwardBatch, AwardGiver, AwardLine } from './awards.entity.js';
import { AwardsQueries } from './awards.queries.js';
import { BatchQueries } from './batch.queries.js';
import { Bodies } from './bodies.service.js';
import { Containment } from './containment.service.js';
import { CorrectService } from './correct.service.js';
import { Decisions } from './decisions.service.js';
import { GoldenBook } from './golden-book.service.js';
import { History } from './history.service.js';
import { Lines } from './lines.service.js';
import { RecordService } from './record.service.js';
import { BatchResolver } from './resolver.service.js';
import { RemoveService } from './remove.service.js';
import { RevokeService } from './revoke.service.js';
import { WithdrawService } from './withdraw.service.js';

const DOOR = [
  AwardScope,
  RecordService,
  CorrectService,
  RevokeService,
  RemoveService,
  WithdrawService,
  AwardsQueries,
  BatchQueries,
];

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([AwardBatch, AwardGiver, AwardLine])],
  providers: [...DOOR, Bodies, BatchResolver, Decisions, Lines, GoldenBook, Containment, History],
  exports: DOOR,
})
export class AwardsModule implements OnModuleInit {
  constructor(
    private readonly owners: FileOwners,
    private readonly batches: BatchQueries,
  ) {}

  /** The paper of a decision is read by whoever may see the batch it belongs to. */
  onModuleInit(): void {
    this.owners.register('awards', (q, actor, fileId) => this.batches.holdsFile(q, actor, fileId));
  }
}
