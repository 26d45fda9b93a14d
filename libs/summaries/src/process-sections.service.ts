import { Injectable } from '@nestjs/common';
import type { Queryable } from '@lib/platform';
import { AgreementBlock } from '@lib/agreements';
import { CampaignBlock, Campaigns } from '@lib/campaigns';
import { ProposalBlock } from '@lib/nominations';
import { addCounts, CampaignFigures, NO_COUNTS, type Question } from '@lib/figures';
import { CoverageQueries, IndicatorBlocks, OrganisationBlock, type IndicatorRow } from '@lib/results';
import type { CampaignSection, ContestPrizes, ProcessSections } from './body.js';

/** What leads to awards and stands beside them: every room lays out its own rows from its own records. */
@Injectable()
export class ProcessSectionsService {
  constructor(
    private readonly indicators: IndicatorBlocks,
    private readonly coverage: CoverageQueries,
    private readonly campaigns: CampaignBlock,
    private readonly named: Campaigns,
    private readonly figures: CampaignFigures,
    private readonly agreements: AgreementBlock,
    private readonly proposals: ProposalBlock,
    private readonly organisation: OrganisationBlock,
  ) {}

  /** `prizes`: of the same question, to stand beside the contests of their campaigns. */
  async sections(q: Queryable, question: Question, prizes: readonly ContestPrizes[]): Promise<ProcessSections> {
    const results = await this.indicators.block(q, question);
    const campaigns = await this.campaignRows(q, question, prizes, results.indicators);
    const reportedOn = campaigns.filter(
      ({ deployment }) => deployment.deployed + deployment.planned + deployment.notStarted > 0,
    );
    return {
      ...results,
      coverage: await this.coverage.block(
        q,
        question,
        reportedOn.map(({ id, name }) => ({ id, names: [name] })),
      ),
      campaigns,
      furtherCampaigns: await this.campaigns.further(q, question),
      agreements: await this.agreements.block(q, question),
      proposals: await this.proposals.block(q, question),
      organisation: await this.organisation.block(q, question),
    };
  }

  private async campaignRows(
    q: Queryable,
    question: Question,
    prizes: readonly ContestPrizes[],
    indicators: readonly IndicatorRow[],
  ): Promise<CampaignSection[]> {
    const rows = await this.campaigns.block(q, question, prizes);
    const names = await this.named.namesOf(
      q,
      rows.map((row) => row.id),
    );
    const awards = await this.figures.awards(q, question, [...names.values()].flat());
    return rows.map((row) => {
      const own = names.get(row.id) ?? [];
      const results = indicators.filter(({ campaign }) => campaign !== null && own.includes(campaign));
      return {
        ...row,
        results: [...new Set(results.map(({ code }) => code))],
        awards: own.map((name) => awards.get(name) ?? NO_COUNTS).reduce(addCounts, NO_COUNTS),
      };
    });
  }
}
