import { Injectable } from '@nestjs/common';
import { DataSource, QueryFailedError } from 'typeorm';
import type { Day } from '@lib/kernel';
import { transact, type Tx } from '@lib/platform';
import { addCells, CELL_KEY } from './cell.sql.js';
import { CELL_MEASURES, sums } from './measures.js';
import { cellSums, HALVES, MONTH, seenFrom } from './seen.sql.js';

export interface Days {
  readonly from: Day;
  /** First day after. */
  readonly to: Day;
}

/** Memory of one sort or hash while a year is built. */
export const WORK_MEM = '128MB';
const LOCK_TIMEOUT_MS = 500;
const ATTEMPTS = 40;
const LOCK_NOT_AVAILABLE = '55P03';
const DEADLOCK = '40P01';

/** Cells of a year from nothing, by the tree of change `change`: what every other way must agree with. */
export function cellsOfBook(days: Days, change: string): string {
  const seen = seenFrom(`(SELECT * FROM figure_entry f WHERE NOT f.wide AND ${ofYear(days)}) e`, change);
  return `SELECT ${CELL_OF_SEEN}, ${cellSums('seen')} FROM (${seen}) seen GROUP BY 1, 2, 3, 4, 5`;
}

export function daysOf(year: number): Days {
  return { from: `${year}-01-01`, to: `${year + 1}-01-01` };
}

function ofYear({ from, to }: Days): string {
  return `f.day >= '${from}' AND f.day < '${to}'`;
}

/** First step of a year: one row per unit, day, kind and givers, before anything is carried up the tree. */
function leavesOf(days: Days): string {
  return `SELECT f.unit_id, f.day, f.dim_id, f.giver_id, ${cellSums('f')} FROM figure_entry f
           WHERE NOT f.wide AND ${ofYear(days)} GROUP BY 1, 2, 3, 4`;
}

/** Second step: those rows carried up, in two halves. */
function cellsOfLeaves(leaves: string, change: number, half: keyof typeof HALVES): string {
  const seen = HALVES[half](`${leaves} e`, String(change));
  return `SELECT ${CELL_OF_SEEN}, ${sums(CELL_MEASURES, 'seen.')} FROM (${seen}) seen GROUP BY 1, 2, 3, 4, 5`;
}

const CELL_OF_SEEN = `seen_by AS unit_id, ${MONTH('day')} AS month, line_dim AS dim_id, line_giver AS giver_id, relation`;

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
    const days = daysOf(year);
    const leaves = `figure_leaf_${year}`;
    await this.collect(tx, leaves, days);
    if (state.partitioned) await this.build(tx, year, leaves, days, state.change);
    else await this.replaceInPlace(tx, leaves, days, state.change);
    await tx.query(`DROP TABLE ${leaves}`);
    if (state.partitioned) await this.swapWithRetry(tx, year, days);
  }

  /** No temporary table: parallel workers could not read it. */
  private async collect(tx: Tx, leaves: string, days: Days): Promise<void> {
    // Enough for the hash of a year of the whole country; without it the rows go through the disk twice.
    await tx.query(`SET LOCAL work_mem = '${WORK_MEM}'`);
    await tx.query(`SET LOCAL maintenance_work_mem = '${WORK_MEM}'`);
    // The planner does not know how much the first grouping shrinks, and would give the whole of it to one process.
    await tx.query(`SET LOCAL parallel_tuple_cost = 0.01`);
    await tx.query(`CREATE UNLOGGED TABLE ${leaves} AS ${leavesOf(days)}`);
    await tx.query(`ANALYZE ${leaves}`);
  }

  /** CREATE TABLE AS runs in parallel, INSERT … SELECT does not. Key and check come after the rows. */
  private async build(tx: Tx, year: number, leaves: string, days: Days, change: number): Promise<void> {
    const table = `figure_cell_${year}_new`;
    await tx.query(`CREATE TABLE ${table} AS ${cellsOfLeaves(leaves, change, 'single')}`);
    const measures = CELL_MEASURES.map((name) => `ALTER ${name} SET NOT NULL, ALTER ${name} SET DEFAULT 0`).join(', ');
    await tx.query(
      `ALTER TABLE ${table} ADD PRIMARY KEY (${CELL_KEY}), ${measures},
         ADD CONSTRAINT ${table}_year CHECK (month >= '${days.from}' AND month < '${days.to}')`,
    );
    await tx.query(addCells(table, cellsOfLeaves(leaves, change, 'joint')));
    await tx.query(`ANALYZE ${table}`);
  }

  /** Years without a partition of their own share the default one: few rows. */
  private async replaceInPlace(tx: Tx, leaves: string, days: Days, change: number): Promise<void> {
    await tx.query(`DELETE FROM figure_cell WHERE month >= $1 AND month < $2`, [days.from, days.to]);
    for (const half of ['single', 'joint'] as const)
      await tx.query(addCells('figure_cell', cellsOfLeaves(leaves, change, half)));
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
