import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, May } from '@lib/access';
import type { Actor, Warning } from '@lib/kernel';
import {
  CorrectCoverageInput,
  CorrectReportInput,
  CorrectTargetInput,
  CoverageQuery,
  CoverageService,
  CreateIndicatorInput,
  EnterReportInput,
  IndicatorCatalogue,
  IndicatorsQuery,
  ReportsQuery,
  ReportsService,
  ResultRemovalInput,
  ResultsQueries,
  SetTargetInput,
  StateCoverageInput,
  TargetsQuery,
  TargetsService,
  type CoverageView,
  type Entered,
  type IndicatorView,
  type ReportDetail,
  type ReportView,
  type TargetView,
} from '@lib/results';
import { IdPipe } from './id.pipe.js';

interface SavedReport {
  readonly report: ReportDetail;
  readonly warnings: readonly Warning[];
}

@ApiTags('results')
@Controller()
export class ResultsController {
  constructor(
    private readonly catalogue: IndicatorCatalogue,
    private readonly reporting: ReportsService,
    private readonly setting: TargetsService,
    private readonly covering: CoverageService,
    private readonly results: ResultsQueries,
  ) {}

  @Get('indicators')
  @May('result.read')
  async indicators(@Query() { q }: IndicatorsQuery): Promise<{ items: IndicatorView[] }> {
    return { items: await this.catalogue.list(q ?? '') };
  }

  @Post('indicators')
  @May('result.enter')
  addIndicator(@CurrentActor() actor: Actor, @Body() input: CreateIndicatorInput): Promise<IndicatorView> {
    return this.catalogue.create(actor, input);
  }

  @Get('result-reports')
  @May('result.read')
  reports(
    @CurrentActor() actor: Actor,
    @Query() ask: ReportsQuery,
  ): Promise<{ items: ReportView[]; next: string | null }> {
    return this.results.reports(actor, ask);
  }

  @Get('result-reports/:id')
  @May('result.read')
  report(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<ReportDetail> {
    return this.results.report(actor, id);
  }

  @Post('result-reports')
  @May('result.enter')
  async enter(@CurrentActor() actor: Actor, @Body() input: EnterReportInput): Promise<SavedReport> {
    return this.saved(actor, await this.reporting.enter(actor, input));
  }

  @Post('result-reports/:id/corrections')
  @May('result.enter')
  async correct(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: CorrectReportInput,
  ): Promise<SavedReport> {
    return this.saved(actor, await this.reporting.correct(actor, id, input));
  }

  @Post('result-reports/:id/removal')
  @May('result.enter')
  async remove(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() { reason }: ResultRemovalInput,
  ): Promise<SavedReport> {
    return this.saved(actor, await this.reporting.remove(actor, id, reason));
  }

  @Get('result-targets')
  @May('result.read')
  targets(
    @CurrentActor() actor: Actor,
    @Query() ask: TargetsQuery,
  ): Promise<{ items: TargetView[]; next: string | null }> {
    return this.results.targets(actor, ask);
  }

  @Post('result-targets')
  @May('result.enter')
  async setTarget(@CurrentActor() actor: Actor, @Body() input: SetTargetInput): Promise<TargetView> {
    return this.results.target(actor, await this.setting.set(actor, input));
  }

  @Post('result-targets/:id/corrections')
  @May('result.enter')
  async correctTarget(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: CorrectTargetInput,
  ): Promise<TargetView> {
    return this.results.target(actor, await this.setting.correct(actor, id, input));
  }

  @Post('result-targets/:id/removal')
  @May('result.enter')
  async removeTarget(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() { reason }: ResultRemovalInput,
  ): Promise<TargetView> {
    await this.setting.remove(actor, id, reason);
    return this.results.target(actor, id);
  }

  @Get('coverage-statements')
  @May('result.read')
  coverage(
    @CurrentActor() actor: Actor,
    @Query() ask: CoverageQuery,
  ): Promise<{ items: CoverageView[]; next: string | null }> {
    return this.results.coverage(actor, ask);
  }

  @Post('coverage-statements')
  @May('result.enter')
  async stateCoverage(@CurrentActor() actor: Actor, @Body() input: StateCoverageInput): Promise<CoverageView> {
    return this.results.coverageStatement(actor, await this.covering.state(actor, input));
  }

  @Post('coverage-statements/:id/corrections')
  @May('result.enter')
  async correctCoverage(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: CorrectCoverageInput,
  ): Promise<CoverageView> {
    return this.results.coverageStatement(actor, await this.covering.correct(actor, id, input));
  }

  @Post('coverage-statements/:id/removal')
  @May('result.enter')
  async removeCoverage(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() { reason }: ResultRemovalInput,
  ): Promise<CoverageView> {
    await this.covering.remove(actor, id, reason);
    return this.results.coverageStatement(actor, id);
  }

  private async saved(actor: Actor, { id, warnings }: Entered): Promise<SavedReport> {
    return { report: await this.results.report(actor, id), warnings };
  }
}
