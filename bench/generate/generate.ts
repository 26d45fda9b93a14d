import type { DataSource } from 'typeorm';
import { reader, type Queryable } from '@lib/platform';
import { RebuildService } from '@lib/figures';
import type { Say } from '../measure.js';
import { YEARS, type Shape } from '../shape.js';
import { generateBatches, generateEntries } from './entries.js';
import { generateKeys } from './keys.js';
import { generateNominations } from './nominations.js';
import { generateRecords } from './records.js';
import { generateReports } from './reports.js';
import { generateUnits } from './units.js';

/** Changes whenever the generator does: a data set of an earlier one is made anew. */
export const GENERATOR = 5;

/** The same number in [0, 1) for the same row and salt, in any order and on any number of processes. */
const RANDOM = `CREATE FUNCTION bench_random(n bigint, salt int) RETURNS double precision IMMUTABLE PARALLEL SAFE LANGUAGE sql
  AS 'SELECT (hashint8extended(n, salt) & 2147483647) / 2147483648.0::double precision'`;

/** Fills an empty, migrated database; cells by the program's own full rebuild. */
export async function generate(db: DataSource, shape: Shape, say: Say): Promise<void> {
  const steps: [string, (q: Queryable) => Promise<void>][] = [
    ['units', (q) => generateUnits(q, shape)],
    ['keys', (q) => generateKeys(q, shape)],
    ['decisions', (q) => generateBatches(q, shape)],
    ['entries', (q) => generateEntries(q, shape)],
    ['records', (q) => generateRecords(q, shape)],
    ['reports', (q) => generateReports(q, shape)],
    ['nominations', (q) => generateNominations(q, shape)],
  ];
  await db.query(RANDOM);
  for (const [what, work] of steps) {
    const started = Date.now();
    await db.transaction(async (manager) => {
      // The rows are consistent by construction; checking millions of foreign keys one by one would take minutes.
      await manager.query(`SET LOCAL session_replication_role = replica`);
      await manager.query(`SET LOCAL work_mem = '256MB'`);
      await manager.query(`SET LOCAL maintenance_work_mem = '256MB'`);
      await work({
        query: <Row>(sql: string, values: readonly unknown[] = []) => manager.query<Row[]>(sql, [...values]),
      });
    });
    say(`  ${shape.name}: ${what} ${seconds(started)}`);
  }
  const started = Date.now();
  const rebuild = new RebuildService(db);
  for (let year = YEARS.first; year <= YEARS.last; year += 1) await rebuild.rebuildYear(year);
  say(`  ${shape.name}: cells of ten years ${seconds(started)}`);
  await reader(db).query(`DROP TABLE bench_batch`);
  await db.query(`VACUUM (ANALYZE)`);
  await db.query(`COMMENT ON TABLE bench_unit IS '${shape.name} ${GENERATOR}'`);
}

function seconds(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
