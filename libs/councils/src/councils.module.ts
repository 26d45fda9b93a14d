import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FileOwners } from '@lib/files';
import { Conflicts } from './conflicts.queries.js';
import { CouncilScope } from './council-scope.js';
import { Council, CouncilMember, Sitting } from './councils.entity.js';
import { CouncilsQueries } from './councils.queries.js';
import { CouncilsService } from './councils.service.js';
import { SittingOpenWork } from './open-work.service.js';
import { CouncilOutcomes } from './outcomes.queries.js';
import { SittingLines } from './sitting-lines.queries.js';
import { SittingsQueries } from './sittings.queries.js';
import { SittingsService } from './sittings.service.js';
import { VotesService } from './votes.service.js';

const DOOR = [
  CouncilsService,
  CouncilsQueries,
  SittingsService,
  SittingsQueries,
  VotesService,
  CouncilOutcomes,
  SittingOpenWork,
];

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Council, CouncilMember, Sitting])],
  providers: [...DOOR, CouncilScope, Conflicts, SittingLines],
  exports: DOOR,
})
export class CouncilsModule implements OnModuleInit {
  constructor(
    private readonly owners: FileOwners,
    private readonly sittings: SittingsQueries,
  ) {}

  /** Minutes are read by whoever may see the sitting. */
  onModuleInit(): void {
    this.owners.register('councils', (q, actor, fileId) => this.sittings.holdsFile(q, actor, fileId));
  }
}
