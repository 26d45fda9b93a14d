import { Injectable } from '@nestjs/common';
import { scopeOf, type Actor, type Day } from '@lib/kernel';
import type { Queryable } from '@lib/platform';
import type { Question } from '@lib/figures';
import { UnitTree, type Lens, type UnitRef } from '@lib/units';
import { AgreementBlock } from './agreement-block.queries.js';
import { AgreementsQueries, type AgreementRow } from './agreements.queries.js';
import { commitmentsBelow, membersBelow } from './agreement.sql.js';
import type { CommitmentStanding } from './agreements.rules.js';

/** Which printed number is opened. */
export const AGREEMENT_FIGURES = [
  'signed',
  'members',
  'late',
  'kept',
  'running',
  'overdue',
  'broken',
  'ended',
] as const;
export type AgreementFigure = (typeof AGREEMENT_FIGURES)[number];

/** One member, or one commitment of a member, that is counted in a number. */
export interface AgreementRecord {
  /** Null: outside the reader's grants; the row is counted and not described. */
  readonly agreement: AgreementRow | null;
  readonly unit: UnitRef | null;
  readonly signedOn: Day | null;
  readonly late: boolean;
  readonly commitment: {
    readonly id: number;
    readonly content: string;
    readonly deadline: Day | null;
    readonly standing: CommitmentStanding;
    readonly endedOn: Day | null;
  } | null;
}

export interface AgreementRecords {
  readonly items: readonly AgreementRecord[];
  readonly next: string | null;
  /** All that the number counts, shown or not. */
  readonly total: number;
}

interface Found {
  readonly agreementId: number;
  readonly unitId: number;
  readonly signedOn: Day | null;
  readonly late: boolean;
  readonly commitmentId: number;
  readonly content: string | null;
  readonly deadline: Day | null;
  readonly standing: CommitmentStanding | null;
  readonly endedOn: Day | null;
}

const PAGE = 100;

/** From a number of the agreements block to the members and commitments that it counts. */
@Injectable()
export class AgreementLineage {
  constructor(
    private readonly tree: UnitTree,
    private readonly figures: AgreementBlock,
    private readonly agreements: AgreementsQueries,
  ) {}

  /** `after` is the `next` of an earlier answer. The rows of all pages are as many as the number says. */
  async records(
    q: Queryable,
    actor: Actor,
    question: Question,
    figure: AgreementFigure = 'members',
    { after = null, limit = PAGE }: { after?: string | null; limit?: number } = {},
  ): Promise<AgreementRecords> {
    const params = this.figures.parameters(question);
    const counted = this.counted(figure, question.lens);
    const [row] = await q.query<{ total: number }>(`SELECT count(*)::int AS total FROM (${counted}) f`, params);
    const place = (after ?? '0.0.0').split('.').map(Number);
    const found = await q.query<Found>(
      `SELECT f.*, k.content FROM (${counted}) f LEFT JOIN agreement_commitment k ON k.id = f."commitmentId"
        WHERE (f."agreementId", f."unitId", f."commitmentId") > ($7::int, $8::int, $9::int)
        ORDER BY f."agreementId", f."unitId", f."commitmentId" LIMIT $10`,
      [...params, place[0] ?? 0, place[1] ?? 0, place[2] ?? 0, limit + 1],
    );
    const last = found[limit - 1];
    return {
      items: await this.described(q, actor, found.slice(0, limit)),
      next: found.length > limit && last ? `${last.agreementId}.${last.unitId}.${last.commitmentId}` : null,
      total: row?.total ?? 0,
    };
  }

  private counted(figure: AgreementFigure, lens: Lens): string {
    if (figure === 'signed' || figure === 'members' || figure === 'late') {
      const which = { signed: 'signed_on IS NOT NULL', members: 'true', late: 'late' }[figure];
      return `SELECT agreement_id AS "agreementId", unit_id AS "unitId", signed_on AS "signedOn", late, 0 AS "commitmentId",
          NULL::date AS deadline, NULL::text AS standing, NULL::date AS "endedOn" FROM (${membersBelow(this.tree, lens)}) m WHERE ${which}`;
    }
    return `SELECT agreement_id AS "agreementId", unit_id AS "unitId", NULL::date AS "signedOn", false AS late, commitment_id AS "commitmentId",
        deadline, standing, ended_on AS "endedOn" FROM (${commitmentsBelow(this.tree, lens)}) k WHERE standing = '${figure.toUpperCase()}'`;
  }

  /** Names what the reader may see: an agreement in his scope, and of its units those that are not restricted to others. */
  private async described(q: Queryable, actor: Actor, found: readonly Found[]): Promise<AgreementRecord[]> {
    const ids = [...new Set(found.map(({ agreementId }) => agreementId))];
    const agreements = new Map((await this.agreements.visibleRows(q, actor, ids)).map((row) => [row.id, row]));
    const unitIds = [...new Set(found.map(({ unitId }) => unitId))];
    const params: unknown[] = [unitIds];
    const seen = await q.query<{ id: number }>(
      `SELECT u.id FROM unit u WHERE u.id = ANY($1) AND (u.classification <> 'RESTRICTED' OR ${this.tree.inScope('u.id', scopeOf(actor, 'agreement.read'), params)})`,
      params,
    );
    const units = await this.tree.refs(
      q,
      seen.map(({ id }) => id),
    );
    return found.map(({ agreementId, unitId, signedOn, late, commitmentId, content, deadline, standing, endedOn }) => {
      const agreement = agreements.get(agreementId) ?? null;
      if (!agreement) return { agreement, unit: null, signedOn: null, late, commitment: null };
      const commitment =
        content !== null && standing !== null ? { id: commitmentId, content, deadline, standing, endedOn } : null;
      return { agreement, unit: units.get(unitId) ?? null, signedOn, late, commitment };
    });
  }
}
