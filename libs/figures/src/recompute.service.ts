import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { snapshot, transact, type Queryable, type Tx } from '@lib/platform';
import { Applier } from './applier.service.js';
import { CELL_KEY } from './cell.sql.js';
import { CELL_MEASURES, ENTRY_MEASURES } from './measures.js';
import { PeriodQueries } from './period.queries.js';
import { cellsOfBook, daysOf, RebuildService, type Days } from './rebuild.service.js';
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

/** Cells of a year that differ from a full recompute. Cells that reached 0 stay in the table and count as absent. */
function differences(days: Days): string {
  return `
  SELECT unit_id, month FROM (
    SELECT ${CELL_KEY}, ${CELL_MEASURES.join(', ')} FROM figure_cell WHERE month >= '${days.from}' AND month < '${days.to}'
    UNION ALL
    SELECT ${CELL_KEY}, ${CELL_MEASURES.map((name) => `-${name}`).join(', ')}
      FROM (${cellsOfBook(days, '(SELECT applied_change FROM figure_state)')}) full_recompute
  ) x (${CELL_KEY}, ${CELL_MEASURES.join(', ')})
   GROUP BY ${CELL_KEY} HAVING ${CELL_MEASURES.map((name) => `sum(${name}) <> 0`).join(' OR ')}`;
}

const LOCK = `SELECT pg_advisory_xact_lock(hashtext('figures.applier'))`;

/** The full recompute: the proof that what was kept incrementally is right, and the repair where it is not. */
@Injectable()
export class Recompute {
  constructor(
    private readonly db: DataSource,
    private readonly applier: Applier,
    private readonly rebuilding: RebuildService,
    private readonly periods: PeriodQueries,
  ) {}

  /**
   * Compares book and cells with the records, all of one moment: a fact moves from inbox to book and cells in one
   * transaction, so that a snapshot holds it exactly once, and nobody waits for what may take minutes.
   */
  async verify(): Promise<Verification> {
    return snapshot(this.db, async (q) => {
      await this.periods.holdCells(q);
      const cells = [...(await this.differing(q)).values()].reduce((sum, count) => sum + count, 0);
      return { ledger: await this.ledgerDifferences(q), cells };
    });
  }

  /** Rebuilds the years whose cells differ, and lets the summaries that they touch be computed again; returns how many cells differed. */
  async repair(): Promise<number> {
    const years = await snapshot(this.db, async (q) => {
      await this.periods.holdCells(q);
      return this.differing(q);
    });
    let repaired = 0;
    for (const year of years.keys()) repaired += await transact(this.db, (tx) => this.repairYear(tx, year));
    return repaired;
  }

  private async repairYear(tx: Tx, year: number): Promise<number> {
    await tx.query(LOCK);
    await this.applier.openTouched(tx);
    const [row] = await tx.query<{ count: number }>(
      `WITH differing AS (${differences(daysOf(year))}),
            told AS (INSERT INTO touched SELECT unit_id, min(month), (max(month) + interval '1 month - 1 day')::date FROM differing GROUP BY unit_id)
       SELECT count(*)::int AS count FROM differing`,
    );
    await this.applier.tellTouched(tx);
    await this.rebuilding.rebuild(tx, year);
    return row?.count ?? 0;
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

  /** Years with differing cells, and how many. One at a time: the rows of ten years at once would go through the disk. */
  private async differing(q: Queryable): Promise<Map<number, number>> {
    const years = await q.query<{ year: number }>(
      `SELECT extract(year FROM month)::int AS year FROM figure_cell GROUP BY 1
       UNION SELECT extract(year FROM day)::int FROM figure_entry GROUP BY 1 ORDER BY 1`,
    );
    const found = new Map<number, number>();
    for (const { year } of years) {
      const [row] = await q.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM (${differences(daysOf(year))}) differing`,
      );
      if (row && row.count > 0) found.set(year, row.count);
    }
    return found;
  }
}
