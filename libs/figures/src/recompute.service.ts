import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { transact, type Queryable, type Tx } from '@lib/platform';
import { CELL_MEASURES, ENTRY_MEASURES } from './measures.js';
import { cellSums, MONTH, seenFrom, WIDE } from './seen.sql.js';
import { FIGURE_SOURCES } from './sources.js';

export interface Verification {
  /** Postings whose sum in the book differs from what the records say. */
  readonly ledger: number;
  /** Cells that differ from a full recompute. */
  readonly cells: number;
}

const FACT_KEY = `record_id, part_id, unit_id, span_from, day, dim_id, giver_id, person_id`;

/** What the records say today, over all sources. */
const RECORDS = Object.values(FIGURE_SOURCES)
  .map(({ id, view }) => `SELECT ${id}::smallint AS source, ${FACT_KEY}, ${ENTRY_MEASURES.join(', ')} FROM ${view}`)
  .join(' UNION ALL ');

/** Cells from nothing: from the records (`true`) or from the book, by the tree of change `change`. */
export function cellsFrom(source: 'records' | 'book', change: string, when = 'true'): string {
  const facts =
    source === 'records'
      ? `(SELECT * FROM (${RECORDS}) r WHERE ${when}) e`
      : `(SELECT * FROM figure_entry f WHERE ${when}) e`;
  return `SELECT seen_by AS unit_id, ${MONTH('day')} AS month, line_dim AS dim_id, line_giver AS giver_id, relation, ${cellSums('seen')}
      FROM (${seenFrom(facts, change)}) seen WHERE NOT ${WIDE('span_from', 'day')} GROUP BY 1, 2, 3, 4, 5`;
}

/** The full recompute: the proof that what was kept incrementally is right, and the repair where it is not. */
@Injectable()
export class Recompute {
  constructor(private readonly db: DataSource) {}

  /** Compares book and cells with the records. Holds the applier's lock, so nothing moves meanwhile. */
  async verify(): Promise<Verification> {
    return transact(this.db, async (tx) => {
      await tx.query(`SELECT pg_advisory_xact_lock(hashtext('figures.applier'))`);
      return { ledger: await this.ledgerDifferences(tx), cells: await this.cellDifferences(tx) };
    });
  }

  /** Rebuilds every cell from the records and swaps them in; returns how many cells differed before. */
  async repair(): Promise<number> {
    return transact(this.db, async (tx) => {
      await tx.query(`SELECT pg_advisory_xact_lock(hashtext('figures.applier'))`);
      const differing = await this.cellDifferences(tx);
      if (differing === 0) return 0;
      await tx.query(`DELETE FROM figure_cell`);
      await tx.query(
        `INSERT INTO figure_cell (unit_id, month, dim_id, giver_id, relation, ${CELL_MEASURES.join(', ')})
         ${cellsFrom('book', `(SELECT applied_change FROM figure_state)`)}`,
      );
      return differing;
    });
  }

  private async ledgerDifferences(q: Queryable): Promise<number> {
    const [row] = await q.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM (
         SELECT 1 FROM (
           ${RECORDS}
           UNION ALL SELECT source, ${FACT_KEY}, ${ENTRY_MEASURES.map((name) => `-${name}`).join(', ')} FROM figure_entry
           UNION ALL SELECT source, ${FACT_KEY}, ${ENTRY_MEASURES.map((name) => `-${name}`).join(', ')} FROM figure_inbox
         ) x (source, ${FACT_KEY}, ${ENTRY_MEASURES.join(', ')})
          GROUP BY source, ${FACT_KEY} HAVING ${ENTRY_MEASURES.map((name) => `sum(${name}) <> 0`).join(' OR ')}) differing`,
    );
    return row?.count ?? 0;
  }

  /** Cells that reached 0 stay in the table and count as absent. */
  private async cellDifferences(tx: Tx): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM (
         SELECT 1 FROM (
           SELECT unit_id, month, dim_id, giver_id, relation, ${CELL_MEASURES.join(', ')} FROM figure_cell
           UNION ALL
           SELECT unit_id, month, dim_id, giver_id, relation, ${CELL_MEASURES.map((name) => `-${name}`).join(', ')}
             FROM (${cellsFrom('book', `(SELECT applied_change FROM figure_state)`)}) full_recompute
         ) x (unit_id, month, dim_id, giver_id, relation, ${CELL_MEASURES.join(', ')})
          GROUP BY unit_id, month, dim_id, giver_id, relation
         HAVING ${CELL_MEASURES.map((name) => `sum(${name}) <> 0`).join(' OR ')}) differing`,
    );
    return row?.count ?? 0;
  }
}
