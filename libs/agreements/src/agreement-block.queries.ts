import { Injectable } from '@nestjs/common';
import { Clock, type Queryable } from '@lib/platform';
import type { Question } from '@lib/figures';
import { UnitTree } from '@lib/units';
import { commitmentsBelow, membersBelow } from './agreement.sql.js';

/** What a summary says of agreements. */
export interface AgreementFigures {
  /** Member units of the subtree that have confirmed by the last day of the period. */
  readonly signed: number;
  readonly members: number;
  /** Signed after the day of signing, or not signed although it has passed. */
  readonly late: number;
  /** Of the units that signed; a commitment of all members counts once for each of them. */
  readonly commitments: {
    readonly kept: number;
    readonly running: number;
    readonly overdue: number;
    readonly broken: number;
    /** Closed with the unit that had promised, before the deadline. */
    readonly ended: number;
  };
}

@Injectable()
export class AgreementBlock {
  constructor(
    private readonly clock: Clock,
    private readonly tree: UnitTree,
  ) {}

  /** Reads as of the last day of the period, or of the day of the answer where the period has not ended. */
  async block(q: Queryable, question: Question): Promise<AgreementFigures> {
    const params = this.parameters(question);
    const [members] = await q.query<{ signed: number; members: number; late: number }>(
      `SELECT count(*) FILTER (WHERE signed_on IS NOT NULL)::int AS signed, count(*)::int AS members, count(*) FILTER (WHERE late)::int AS late
         FROM (${membersBelow(this.tree, question.lens)}) asked`,
      params,
    );
    const { signed = 0, late = 0, members: all = 0 } = members ?? {};
    const none = { kept: 0, running: 0, overdue: 0, broken: 0, ended: 0 };
    if (signed === 0) return { signed, members: all, late, commitments: none };
    const [commitments] = await q.query<AgreementFigures['commitments']>(
      `SELECT count(*) FILTER (WHERE standing = 'KEPT')::int AS kept, count(*) FILTER (WHERE standing = 'RUNNING')::int AS running,
              count(*) FILTER (WHERE standing = 'OVERDUE')::int AS overdue, count(*) FILTER (WHERE standing = 'BROKEN')::int AS broken,
              count(*) FILTER (WHERE standing = 'ENDED')::int AS ended
         FROM (${commitmentsBelow(this.tree, question.lens)}) asked`,
      params,
    );
    return { signed, members: all, late, commitments: commitments ?? none };
  }

  /** Values of the SQL in `agreement.sql.ts`. */
  parameters({ unitId, from, to, known, change }: Question): unknown[] {
    const latest = known ?? this.clock.today();
    return [unitId, from, to, known, change, to < latest ? to : latest];
  }
}
