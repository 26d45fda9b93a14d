import { Injectable } from '@nestjs/common';
import { DataSource, QueryFailedError } from 'typeorm';
import type { Day } from '@lib/kernel';
import { transact, type Tx } from '@lib/platform';
import { CELL_MEASURES } from './measures.js';
import { cellSums, MONTH, seenFrom } from './seen.sql.js';

interface Days {
  readonly from: Day;
  /** First day after. */
  readonly to: Day;
}

const MEASURES = CELL_MEASURES.join(', ');
const LOCK_TIMEOUT_MS = 500;
const ATTEMPTS = 40;
const LOCK_NOT_AVAILABLE = '55P03';
const DEADLOCK = '40P01';

/** Cells from nothing: of the days from `from` up to before `to`, or of all days, by the tree of change `change`. */
export function cellsOfBook(days: Days | null, change: string): string {
  const within = days ? `f.day >= '${days.from}' AND f.day < '${days.to}' AND` : '';
  const facts = `(SELECT * FROM figure_entry f WHERE ${within} NOT f.wide) e`;
  return `SELECT seen_by AS unit_id, ${MONTH('day')} AS month, line_dim AS dim_id, line_giver AS giver_id, relation, ${cellSums('seen')}
      FROM (${seenFrom(facts, change)}) seen GROUP BY 1, 2, 3, 4, 5`;
}

/**
 * Builds the cells of a year beside the old ones and swaps them in. Nobody waits while it builds; the swap itself waits
 * for readers a moment at a time and tries again, so that no queue of readers forms behind it.
 */
@Injectable()
export class RebuildService {
  constructor(private readonly db: DataSource) {}

  /** Computes all cells of the year from the book and puts them in place. Holds the applier's lock: nothing moves meanwhile. */
  async rebuildYear(year: number): Promise<void> {
    await transact(this.db, async (tx) => {
      await tx.query(`SELECT pg_advisory_xact_lock(hashtext('figures.applier'))`);
      await this.rebuild(tx, year);
    });
  }

  /** The same within a transaction that holds the applier's lock; its last act, as readers wait from the swap to the commit. */
  async rebuild(tx: Tx, year: number): Promise<void> {
    const [state] = await tx.query<{ change: number; partitioned: boolean }>(
      `SELECT applied_change AS change, to_regclass('figure_cell_' || $1::int) IS NOT NULL AS partitioned FROM figure_state`,
      [year],
    );
    if (!state) throw new Error('figure_state is empty');
    const days = { from: `${year}-01-01`, to: `${year + 1}-01-01` };
    const cells = cellsOfBook(days, String(state.change));
    if (!state.partitioned) {
      // Years without a partition of their own share the default one: few rows, written in place.
      await tx.query(`DELETE FROM figure_cell WHERE month >= $1 AND month < $2`, [days.from, days.to]);
      await tx.query(`INSERT INTO figure_cell (unit_id, month, dim_id, giver_id, relation, ${MEASURES}) ${cells}`);
      return;
    }
    await this.build(tx, year, cells, days);
    await this.swapWithRetry(tx, year, days);
  }

  /** CREATE TABLE AS runs in parallel, INSERT … SELECT does not. Key and check come after the rows. */
  private async build(tx: Tx, year: number, cells: string, { from, to }: Days): Promise<void> {
    const table = `figure_cell_${year}_new`;
    // Enough for the hash of a year of the whole country; without it the rows go through the disk twice.
    await tx.query(`SET LOCAL work_mem = '128MB'`);
    await tx.query(`SET LOCAL maintenance_work_mem = '128MB'`);
    await tx.query(`CREATE TABLE ${table} AS ${cells}`);
    const measures = CELL_MEASURES.map((name) => `ALTER ${name} SET NOT NULL, ALTER ${name} SET DEFAULT 0`).join(', ');
    await tx.query(
      `ALTER TABLE ${table} ADD PRIMARY KEY (unit_id, month, dim_id, giver_id, relation), ${measures},
         ADD CONSTRAINT ${table}_year CHECK (month >= '${from}' AND month < '${to}')`,
    );
    await tx.query(`ANALYZE ${table}`);
  }

  private async swapWithRetry(tx: Tx, year: number, days: Days): Promise<void> {
    await tx.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
    for (let attempt = 1; ; attempt += 1) {
      await tx.query(`SAVEPOINT swap`);
      try {
        await this.swap(tx, year, days);
        return;
      } catch (error) {
        if (attempt === ATTEMPTS || !isBusy(error)) throw error;
        await tx.query(`ROLLBACK TO SAVEPOINT swap`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  /** The check constraint spares the scan of the new rows; once attached, the partition's own bounds say the same. */
  private async swap(tx: Tx, year: number, { from, to }: Days): Promise<void> {
    const [old, fresh] = [`figure_cell_${year}`, `figure_cell_${year}_new`];
    await tx.query(`ALTER TABLE figure_cell DETACH PARTITION ${old}`);
    await tx.query(`DROP TABLE ${old}`);
    await tx.query(`ALTER TABLE figure_cell ATTACH PARTITION ${fresh} FOR VALUES FROM ('${from}') TO ('${to}')`);
    await tx.query(`ALTER TABLE ${fresh} DROP CONSTRAINT ${fresh}_year`);
    await tx.query(`ALTER TABLE ${fresh} RENAME TO ${old}`);
    await tx.query(`ALTER INDEX ${fresh}_pkey RENAME TO ${old}_pkey`);
  }
}

function isBusy(error: unknown): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const { code } = error.driverError as { code?: string };
  return code === LOCK_NOT_AVAILABLE || code === DEADLOCK;
}
