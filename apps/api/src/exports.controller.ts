import { Controller, Get, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AccountsQueries, AccountsQuery, CurrentActor, May } from '@lib/access';
import { AwardsQueries, BatchQueries, RegisterQuery } from '@lib/awards';
import { Refused, type Actor } from '@lib/kernel';
import { PeopleQueries, PeopleQuery } from '@lib/people';
import { ReorganisationQueries, ReorganisationsQuery } from '@lib/reorganisations';
import {
  CoverageQuery,
  IndicatorCatalogue,
  IndicatorsQuery,
  ReportsQuery,
  ResultsQueries,
  TargetsQuery,
} from '@lib/results';
import { ImportsQueries, ImportsQuery, tableOf } from '@lib/spreadsheets';
import { AskService, SummaryQuery, summarySheets, type Summary } from '@lib/summaries';
import { UnitEventsQueries, UnitEventsQuery, UnitsQueries, UnitsQuery } from '@lib/units';
import { Exports } from './exports/exports.service.js';
import {
  accounts,
  awardBatches,
  awardLines,
  batchLines,
  imports,
  people,
  reorganisations,
  unitEvents,
  units,
} from './exports/registers.js';
import { coverage, indicators, reportLines, reports, targets } from './exports/striving.js';
import { IdPipe } from './id.pipe.js';

/**
 * Beside each list the same list as a workbook: the address of the list and `/xlsx`, its query, its permission, its
 * service. All of them stand here and in {@link ProcessExportsController}, so that a new list costs one route and one
 * declaration, and so that nothing but what the JSON list answers can get into a workbook. A test walks them all.
 */
@ApiTags('exports')
@Controller()
export class ExportsController {
  constructor(
    private readonly out: Exports,
    private readonly units: UnitsQueries,
    private readonly people: PeopleQueries,
    private readonly accounts: AccountsQueries,
    private readonly register: AwardsQueries,
    private readonly batches: BatchQueries,
    private readonly catalogue: IndicatorCatalogue,
    private readonly results: ResultsQueries,
    private readonly summaries: AskService,
    private readonly importsOf: ImportsQueries,
    private readonly unitEvents: UnitEventsQueries,
    private readonly reorganisations: ReorganisationQueries,
  ) {}

  /** All units below `parent`: what the tree opens level by level, in one list. */
  @Get('units/xlsx')
  @May('unit.read')
  unitList(@CurrentActor() actor: Actor, @Query() { parent, on }: UnitsQuery): Promise<StreamableFile> {
    return this.out.list(actor, units, { unit: parent, on }, (page) => this.units.below(actor, parent ?? null, page));
  }

  @Get('unit-events/xlsx')
  @May('unit.read')
  unitEventList(@CurrentActor() actor: Actor, @Query() ask: UnitEventsQuery): Promise<StreamableFile> {
    return this.out.list(actor, unitEvents, ask, (page) => this.unitEvents.list(actor, page));
  }

  @Get('reorganisations/xlsx')
  @May('reorganisation.read')
  reorganisationList(@CurrentActor() actor: Actor, @Query() ask: ReorganisationsQuery): Promise<StreamableFile> {
    return this.out.list(actor, reorganisations, ask, (page) => this.reorganisations.list(actor, page));
  }

  @Get('people/xlsx')
  @May('person.read')
  peopleList(@CurrentActor() actor: Actor, @Query() ask: PeopleQuery): Promise<StreamableFile> {
    return this.out.list(actor, people, ask, (page) => this.people.list(actor, page));
  }

  @Get('accounts/xlsx')
  @May('account.manage')
  accountList(@CurrentActor() actor: Actor, @Query() ask: AccountsQuery): Promise<StreamableFile> {
    return this.out.list(actor, accounts, ask, (page) => this.accounts.list(actor, page));
  }

  @Get('award-batches/xlsx')
  @May('award.read')
  batchList(@CurrentActor() actor: Actor, @Query() ask: RegisterQuery): Promise<StreamableFile> {
    return this.out.list(actor, awardBatches, ask, (page) => this.register.batches(actor, page));
  }

  /** The recipients that one batch names. */
  @Get('award-batches/:id/xlsx')
  @May('award.read')
  async batchLines(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<StreamableFile> {
    const { lines, formName, conferringBodies, unit } = await this.batches.view(actor, id);
    const name = [formName, conferringBodies.map((body) => body.name).join('; '), unit?.name]
      .filter(Boolean)
      .join(' · ');
    return this.out.record(actor, batchLines.file, { id, name }, [tableOf(batchLines, lines)]);
  }

  @Get('awards/xlsx')
  @May('award.read')
  lineList(@CurrentActor() actor: Actor, @Query() ask: RegisterQuery): Promise<StreamableFile> {
    return this.out.list(actor, awardLines, ask, (page) => this.register.lines(actor, page));
  }

  @Get('indicators/xlsx')
  @May('result.read')
  indicatorList(@CurrentActor() actor: Actor, @Query() ask: IndicatorsQuery): Promise<StreamableFile> {
    return this.out.list(actor, indicators, ask, async ({ q }) => ({ items: await this.catalogue.list(q ?? '') }));
  }

  @Get('result-reports/xlsx')
  @May('result.read')
  reportList(@CurrentActor() actor: Actor, @Query() ask: ReportsQuery): Promise<StreamableFile> {
    return this.out.list(actor, reports, ask, async (page) => {
      const { items, next } = await this.results.reports(actor, page);
      return { items: reportLines(items), next };
    });
  }

  @Get('result-targets/xlsx')
  @May('result.read')
  targetList(@CurrentActor() actor: Actor, @Query() ask: TargetsQuery): Promise<StreamableFile> {
    return this.out.list(actor, targets, ask, (page) => this.results.targets(actor, page));
  }

  @Get('coverage-statements/xlsx')
  @May('result.read')
  coverageList(@CurrentActor() actor: Actor, @Query() ask: CoverageQuery): Promise<StreamableFile> {
    return this.out.list(actor, coverage, ask, (page) => this.results.coverage(actor, page));
  }

  @Get('imports/xlsx')
  @May('import.run')
  importList(@CurrentActor() actor: Actor, @Query() ask: ImportsQuery): Promise<StreamableFile> {
    return this.out.list(actor, imports, ask, (page) => this.importsOf.list(actor, page));
  }

  /** Every table of a summary, a sheet each: the stored text, laid out. @throws Refused `summaries.computing` */
  @Get('summaries/xlsx')
  @May('summary.read')
  async summary(@CurrentActor() actor: Actor, @Query() question: SummaryQuery): Promise<StreamableFile> {
    const { ready, text } = await this.summaries.ask(actor, question);
    if (!ready)
      throw new Refused(
        'summaries.computing',
        'Bản tổng hợp đang được tính; hãy thử lại sau ít giây.',
        null,
        'conflict',
      );
    const sheets = summarySheets(JSON.parse(text) as Summary, this.out.made(actor));
    return this.out.workbook(
      actor,
      `tong-hop-${question.unit.toLowerCase()}-${question.from}-${question.to}`,
      sheets,
      question,
    );
  }
}
