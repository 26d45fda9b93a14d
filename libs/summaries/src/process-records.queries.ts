import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, type Actor } from '@lib/kernel';
import { snapshot, type Queryable } from '@lib/platform';
import { AGREEMENT_FIGURES, AgreementLineage, type AgreementRecords } from '@lib/agreements';
import { CampaignLineage, type DeploymentRecords } from '@lib/campaigns';
import type { Question } from '@lib/figures';
import { ProposalLineage, type ProposalRecords } from '@lib/nominations';
import {
  OrganisationLineage,
  ResultLineage,
  type CoverageRecord,
  type OrganisationRecords,
  type ResultRecords,
} from '@lib/results';
import { Questions } from './questions.service.js';
import type { ProcessRecordsQuery } from './summary.dto.js';

const PAGE = 100;

/** From a printed figure beside the awards to the records that prove it; each room opens its own. */
@Injectable()
export class ProcessRecordsQueries {
  constructor(
    private readonly db: DataSource,
    private readonly questions: Questions,
    private readonly results: ResultLineage,
    private readonly deployments: CampaignLineage,
    private readonly signed: AgreementLineage,
    private readonly proposed: ProposalLineage,
    private readonly grown: OrganisationLineage,
  ) {}

  indicators(actor: Actor, ask: ProcessRecordsQuery): Promise<ResultRecords> {
    return this.opened(actor, ask, (q, question) =>
      this.results.records(q, actor, question, ask.key, { limit: ask.limit ?? PAGE, after: ask.after ?? null }),
    );
  }

  /** The summary's own unit must be the reader's; the statement is told as far as he may see it. */
  coverage(actor: Actor, ask: ProcessRecordsQuery): Promise<CoverageRecord> {
    return this.opened(actor, ask, (q, question) => this.results.coverage(q, actor, question, ask.key));
  }

  campaigns(actor: Actor, ask: ProcessRecordsQuery): Promise<DeploymentRecords> {
    return this.opened(actor, ask, (q, question) => this.deployments.records(q, actor, question, ask.key, ask));
  }

  /** `key`: the name of the number. @throws Refused `summaries.unknown_key` */
  agreements(actor: Actor, ask: ProcessRecordsQuery): Promise<AgreementRecords> {
    const figure = AGREEMENT_FIGURES.find((name) => name === ask.key);
    if (!figure) throw new Refused('summaries.unknown_key', 'Không có con số này.', 'key');
    const page = { limit: ask.limit ?? PAGE, after: ask.after ?? null };
    return this.opened(actor, ask, (q, question) => this.signed.records(q, actor, question, figure, page));
  }

  proposals(actor: Actor, ask: ProcessRecordsQuery): Promise<ProposalRecords> {
    const after = ask.after && /^\d{1,9}$/.test(ask.after) ? Number(ask.after) : 0;
    return this.opened(actor, ask, (q, question) =>
      this.proposed.records(q, actor, question, ask.key, { after, limit: ask.limit ?? PAGE }),
    );
  }

  /** `key`: the name of the number. */
  organisation(actor: Actor, ask: ProcessRecordsQuery): Promise<OrganisationRecords> {
    const page = { limit: ask.limit ?? PAGE, after: ask.after ?? null };
    return this.opened(actor, ask, (q, question) => this.grown.records(q, actor, question, ask.key, page));
  }

  private opened<Records>(
    actor: Actor,
    ask: ProcessRecordsQuery,
    read: (q: Queryable, question: Question) => Promise<Records>,
  ): Promise<Records> {
    return snapshot(this.db, async (q) => read(q, await this.questions.of(q, actor, ask)));
  }
}
