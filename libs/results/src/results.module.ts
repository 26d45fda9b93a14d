import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FileOwners } from '@lib/files';
import { ImportKinds } from '@lib/spreadsheets';
import { Applier } from '@lib/figures';
import { PeopleNews } from '@lib/people';
import { Admissions } from './admissions.service.js';
import { AgenciesQueries } from './agencies.queries.js';
import { AgenciesService } from './agencies.service.js';
import { Agency } from './agency.entity.js';
import { CoverageQueries } from './coverage.block.js';
import { CoverageService } from './coverage.service.js';
import { IndicatorBlocks } from './indicator.block.js';
import { IndicatorCatalogue } from './indicators.service.js';
import { ResultLineage } from './lineage.queries.js';
import { OrganisationBlock } from './organisation.block.js';
import { OrganisationLineage } from './organisation.lineage.js';
import { ResultListWriter } from './result-list-writer.js';
import { ResultRows } from './result-rows.js';
import { ResultsImport } from './results.import.js';
import { ReportsService } from './reports.service.js';
import { Indicator, ResultCoverage, ResultItem, ResultReport, ResultTarget } from './results.entity.js';
import { ResultsQueries } from './results.queries.js';
import { Series } from './series.service.js';
import { Statements } from './statements.service.js';
import { reachTargets, TargetBlock } from './target.block.js';
import { TargetsService } from './targets.service.js';

const DOOR = [
  IndicatorBlocks,
  CoverageQueries,
  ResultLineage,
  IndicatorCatalogue,
  ReportsService,
  TargetsService,
  CoverageService,
  ResultsQueries,
  AgenciesService,
  AgenciesQueries,
  Admissions,
  OrganisationBlock,
  OrganisationLineage,
];

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Indicator, ResultReport, ResultItem, ResultTarget, ResultCoverage, Agency])],
  providers: [...DOOR, Series, Statements, TargetBlock, ResultRows, ResultListWriter, ResultsImport],
  exports: DOOR,
})
export class ResultsModule implements OnModuleInit {
  constructor(
    private readonly owners: FileOwners,
    private readonly results: ResultsQueries,
    private readonly applier: Applier,
    private readonly people: PeopleNews,
    private readonly admissions: Admissions,
    private readonly kinds: ImportKinds,
    private readonly lists: ResultsImport,
  ) {}

  /**
   * The paper behind a figure is read by whoever may read the statement that holds it; admissions follow what the people's
   * records say.
   */
  onModuleInit(): void {
    this.kinds.register(this.lists);
    this.owners.register('results', (q, actor, fileId) => this.results.holdsFile(q, actor, fileId));
    this.applier.widenTouched(reachTargets);
    this.people.onAdmitted((tx, ids) => this.admissions.post(tx, ids));
    this.people.onMoved((tx, ids) => this.admissions.post(tx, ids));
    this.people.onIdentityChanged((tx, ids) => this.admissions.post(tx, ids));
  }
}
