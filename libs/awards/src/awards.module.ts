import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FileOwners } from '@lib/files';
import { ImportKinds } from '@lib/spreadsheets';
import { AwardLineRows } from './award-line-rows.js';
import { AwardLineWriter } from './award-line-writer.js';
import { AwardLinesImport } from './award-lines.import.js';
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
import { PeopleFollow } from './people-follow.service.js';
import { PersonAwards } from './person-awards.queries.js';
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
  Decisions,
  PersonAwards,
];

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([AwardBatch, AwardGiver, AwardLine])],
  providers: [
    ...DOOR,
    Bodies,
    BatchResolver,
    Lines,
    GoldenBook,
    Containment,
    History,
    PeopleFollow,
    AwardLineRows,
    AwardLineWriter,
    AwardLinesImport,
  ],
  exports: DOOR,
})
export class AwardsModule implements OnModuleInit {
  constructor(
    private readonly owners: FileOwners,
    private readonly batches: BatchQueries,
    private readonly kinds: ImportKinds,
    private readonly lists: AwardLinesImport,
  ) {}

  /** The paper of a decision is read by whoever may see the batch it belongs to. */
  onModuleInit(): void {
    this.owners.register('awards', (q, actor, fileId) => this.batches.holdsFile(q, actor, fileId));
    this.kinds.register(this.lists);
  }
}
