import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Carried, CurrentActor, May } from '@lib/access';
import type { Actor } from '@lib/kernel';
import type { AgreementRecords } from '@lib/agreements';
import type { DeploymentRecords } from '@lib/campaigns';
import type { ProposalRecords } from '@lib/nominations';
import type { CoverageRecord, OrganisationRecords, ResultRecords } from '@lib/results';
import {
  AskService,
  ProcessRecordsQueries,
  ProcessRecordsQuery,
  RecordsQueries,
  RecordsQuery,
  SummaryQuery,
} from '@lib/summaries';

@ApiTags('summaries')
@Controller('summaries')
export class SummariesController {
  constructor(
    private readonly asking: AskService,
    private readonly opened: RecordsQueries,
    private readonly beside: ProcessRecordsQueries,
  ) {}

  /** The stored text as it is; 202 while it is computed for the first time. */
  @Get()
  @May('summary.read', AskService)
  @ApiOkResponse({ description: 'Bản tổng hợp (JSON); 202 khi đang tính lần đầu.' })
  async ask(
    @CurrentActor() actor: Actor,
    @Carried() carried: unknown,
    @Query() question: SummaryQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { ready, text } = await this.asking.ask(actor, question, carried);
    await reply
      .status(ready ? 200 : 202)
      .type('application/json; charset=utf-8')
      .send(text);
  }

  @Get('records')
  @May('summary.read')
  records(@CurrentActor() actor: Actor, @Query() ask: RecordsQuery): ReturnType<RecordsQueries['records']> {
    return this.opened.records(actor, ask);
  }

  /** The reports behind a row of indicators, or of a sum of money that several share. */
  @Get('indicators/records')
  @May('summary.read')
  indicatorRecords(@CurrentActor() actor: Actor, @Query() ask: ProcessRecordsQuery): Promise<ResultRecords> {
    return this.beside.indicators(actor, ask);
  }

  /** The statement behind a row of coverage. */
  @Get('coverage/records')
  @May('summary.read')
  coverageRecord(@CurrentActor() actor: Actor, @Query() ask: ProcessRecordsQuery): Promise<CoverageRecord> {
    return this.beside.coverage(actor, ask);
  }

  /** Who reported what of a campaign. */
  @Get('campaigns/records')
  @May('summary.read')
  campaignRecords(@CurrentActor() actor: Actor, @Query() ask: ProcessRecordsQuery): Promise<DeploymentRecords> {
    return this.beside.campaigns(actor, ask);
  }

  /** The members, or the commitments, that a number of the agreements counts. */
  @Get('agreements/records')
  @May('summary.read')
  agreementRecords(@CurrentActor() actor: Actor, @Query() ask: ProcessRecordsQuery): Promise<AgreementRecords> {
    return this.beside.agreements(actor, ask);
  }

  /** The nomination lines behind a row of proposals. */
  @Get('proposals/records')
  @May('summary.read')
  proposalRecords(@CurrentActor() actor: Actor, @Query() ask: ProcessRecordsQuery): Promise<ProposalRecords> {
    return this.beside.proposals(actor, ask);
  }

  /** The unions, agencies and members that a number of the organisation block counts. */
  @Get('organisation/records')
  @May('summary.read')
  organisationRecords(@CurrentActor() actor: Actor, @Query() ask: ProcessRecordsQuery): Promise<OrganisationRecords> {
    return this.beside.organisation(actor, ask);
  }

  @Get('status')
  @May('summary.read')
  status(): ReturnType<AskService['status']> {
    return this.asking.status();
  }
}
