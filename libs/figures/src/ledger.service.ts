import { Injectable } from '@nestjs/common';
import type { Day } from '@lib/kernel';
import { Clock, Jobs, type Tx } from '@lib/platform';
import { ENTRY_MEASURES } from './measures.js';
import { FIGURE_SOURCES, type FigureSourceName } from './sources.js';

const KEY = 'record_id, part_id, unit_id, span_from, day, dim_id, giver_id, person_id';
const COLUMNS = `${KEY}, ${ENTRY_MEASURES.join(', ')}`;
const NEGATED = `${KEY}, ${ENTRY_MEASURES.map((name) => `-${name}`).join(', ')}`;

/** The writing side of the counting book. */
@Injectable()
export class Ledger {
  constructor(
    private readonly clock: Clock,
    private readonly jobs: Jobs,
  ) {}

  /**
   * In the caller's transaction: something that summaries print has changed for these units, without an entry of the book.
   * Their summaries over these days, and those of every unit above, are stale from now on.
   */
  async touch(tx: Tx, places: readonly { unitId: number; from: Day; to: Day }[]): Promise<void> {
    if (places.length === 0) return;
    await tx.query(
      `INSERT INTO figure_touch (unit_id, from_day, to_day) SELECT DISTINCT * FROM unnest($1::int[], $2::date[], $3::date[])`,
      [places.map(({ unitId }) => unitId), places.map(({ from }) => from), places.map(({ to }) => to)],
    );
    tx.afterCommit(() => this.jobs.wake('figures.apply'));
  }

  /**
   * Posts, in the caller's transaction, the difference between what the records say now and what has been posted for
   * them before. A revoked award becomes −1 on its own day, recorded today; nothing posted is touched. The caller holds
   * the locks on the records.
   */
  async post(tx: Tx, sourceName: FigureSourceName, recordIds: readonly number[]): Promise<void> {
    const source = FIGURE_SOURCES[sourceName];
    const posted = (table: string): string =>
      `SELECT ${NEGATED} FROM ${table} WHERE source = $1 AND record_id = ANY($2)`;
    await tx.query(
      `INSERT INTO figure_inbox (source, ${COLUMNS}, recorded_on)
       SELECT $1, ${KEY}, ${ENTRY_MEASURES.map((name) => `sum(${name})`).join(', ')}, $3
         FROM (SELECT ${COLUMNS} FROM ${source.view} WHERE record_id = ANY($2)
               UNION ALL ${posted('figure_entry')} UNION ALL ${posted('figure_inbox')}) AS change (${COLUMNS})
        GROUP BY ${KEY}
       HAVING ${ENTRY_MEASURES.map((name) => `sum(${name}) <> 0`).join(' OR ')}
        ORDER BY ${KEY}`,
      [source.id, recordIds, this.clock.today()],
    );
    tx.afterCommit(() => this.jobs.wake('figures.apply'));
  }
}
