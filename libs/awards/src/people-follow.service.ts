import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Ledger } from '@lib/figures';
import type { Day } from '@lib/kernel';
import { Duplicates, PeopleNews } from '@lib/people';
import type { Queryable, Tx } from '@lib/platform';

/** The register keeps its lines as they were written; whose they are follows the people. */
@Injectable()
export class PeopleFollow implements OnModuleInit {
  constructor(
    private readonly news: PeopleNews,
    private readonly duplicates: Duplicates,
    private readonly ledger: Ledger,
  ) {}

  onModuleInit(): void {
    this.news.onIdentityChanged((tx, personIds) => this.repost(tx, personIds));
    this.news.onMoved((tx, personIds) => this.touch(tx, personIds));
    this.duplicates.decisionsBy((q, pairs) => this.sharedDecisions(q, pairs));
  }

  /** People are counted once: the postings of their lines change hands, each on its own day, known from today on. */
  private async repost(tx: Tx, personIds: readonly number[]): Promise<void> {
    const batches = await tx.query<{ id: number }>(
      `SELECT b.id FROM award_batch b WHERE b.id IN (SELECT l.batch_id FROM award_line l WHERE l.person_id = ANY($1)) ORDER BY b.id FOR UPDATE`,
      [personIds],
    );
    if (batches.length === 0) return;
    await this.ledger.post(
      tx,
      'awards',
      batches.map(({ id }) => id),
    );
  }

  /** By today's organisation a line of a split unit stands where its person went. */
  private async touch(tx: Tx, personIds: readonly number[]): Promise<void> {
    const places = await tx.query<{ unitId: number; from: Day; to: Day }>(
      `SELECT l.unit_id AS "unitId", min(b.span_from) AS "from", max(b.day) AS "to" FROM award_line l JOIN award_batch b ON b.id = l.batch_id
        WHERE l.person_id = ANY($1) AND EXISTS (SELECT 1 FROM unit_event_unit u JOIN unit_event e ON e.id = u.event_id AND e.kind = 'SPLIT'
                                                 WHERE u.unit_id = l.unit_id AND u.role = 'PREDECESSOR')
        GROUP BY l.unit_id`,
      [personIds],
    );
    await this.ledger.touch(tx, places);
  }

  /** Restricted batches tell nothing, not even this. */
  private async sharedDecisions(q: Queryable, pairs: readonly (readonly [number, number])[]): Promise<Set<string>> {
    if (pairs.length === 0) return new Set();
    const rows = await q.query<{ a: number; b: number }>(
      `SELECT DISTINCT p.a, p.b FROM unnest($1::int[], $2::int[]) AS p (a, b)
         JOIN award_line la ON la.person_id = p.a AND la.state = 'LIVE' JOIN award_batch ba ON ba.id = la.batch_id AND ba.classification <> 'RESTRICTED'
         JOIN award_line lb ON lb.person_id = p.b AND lb.state = 'LIVE' JOIN award_batch bb ON bb.id = lb.batch_id AND bb.classification <> 'RESTRICTED'
         JOIN decision d ON d.id = ba.decision_id AND d.id = bb.decision_id AND d.number IS NOT NULL`,
      [pairs.map(([a]) => a), pairs.map(([, b]) => b)],
    );
    return new Set(rows.map(({ a, b }) => `${a}|${b}`));
  }
}
