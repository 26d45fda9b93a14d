import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { Applier } from './applier.service.js';
import { PeriodQueries } from './period.queries.js';
import { RebuildService } from './rebuild.service.js';
import { Recompute } from './recompute.service.js';

const CELLS = `SELECT * FROM figure_cell WHERE coll <> 0 OR indiv <> 0 OR hh <> 0 OR unsplit <> 0 OR women <> 0
   OR women_of <> 0 OR item_coll <> 0 OR item_indiv <> 0 OR named <> 0 ORDER BY unit_id, month, dim_id, giver_id, relation`;

describe('rebuilding a year of cells', () => {
  let db: TestDatabase;
  let applier: Applier;
  let rebuild: RebuildService;
  let recompute: Recompute;

  beforeAll(async () => {
    db = await testDatabase({ template: 'demo' });
    applier = new Applier(db.source);
    rebuild = new RebuildService(db.source);
    recompute = new Recompute(db.source, applier, rebuild, new PeriodQueries());
  });
  afterAll(() => db.drop());

  const cells = (): Promise<unknown[]> => db.source.query(CELLS);
  const partition = async (): Promise<unknown> =>
    (
      await db.source.query(
        `SELECT pg_get_expr(relpartbound, oid) AS bounds, pg_get_partition_constraintdef(oid) AS rule,
                (SELECT array_agg(conname::text) FROM pg_constraint WHERE conrelid = c.oid AND contype IN ('p', 'c')) AS constraints
           FROM pg_class c WHERE relname = 'figure_cell_2025' AND relispartition`,
      )
    )[0];

  it('leaves every year as it was, and the partition as the migration made it', async () => {
    const before = await cells();
    const made = await partition();
    expect(before.length).toBeGreaterThan(50);
    for (let year = 2020; year <= 2026; year += 1) await rebuild.rebuildYear(year);
    expect(await cells()).toEqual(before);
    expect(await partition()).toEqual(made);
    expect(await recompute.verify()).toEqual({ ledger: 0, cells: 0 });
  });

  it('repairs damaged, lost and invented cells and tells which units they touch', async () => {
    const before = await cells();
    const told: unknown[] = [];
    applier.onTouched(async (tx) => void told.push(...(await tx.query(`SELECT * FROM touched`))));
    await db.source.query(
      `UPDATE figure_cell SET indiv = indiv + 1 WHERE month = '2025-03-01' AND unit_id = (SELECT min(unit_id) FROM figure_cell WHERE month = '2025-03-01')`,
    );
    await db.source.query(`DELETE FROM figure_cell WHERE month = '2020-07-01'`);
    await db.source.query(
      `INSERT INTO figure_cell (unit_id, month, dim_id, giver_id, relation, coll) SELECT min(u.id), '1999-05-01', min(d.id), 0, 1, 7 FROM unit u, figure_dim d`,
    );
    const { cells: differing } = await recompute.verify();
    expect(differing).toBeGreaterThan(2);
    expect(await recompute.repair()).toBe(differing);
    expect(await recompute.verify()).toEqual({ ledger: 0, cells: 0 });
    expect(await cells()).toEqual(before);
    expect(told.length).toBeGreaterThan(2);
    expect(await recompute.repair()).toBe(0);
  });

  it('waits for a reader instead of cutting the year out of its sight', async () => {
    const reader = db.source.createQueryRunner();
    await reader.startTransaction('REPEATABLE READ');
    await reader.query(`LOCK TABLE ONLY figure_cell IN ACCESS SHARE MODE`);
    const [seen] = await reader.query(`SELECT sum(indiv) AS indiv FROM figure_cell WHERE month >= '2025-01-01'`);
    const rebuilding = rebuild.rebuildYear(2025);
    await waitForWaiting(db);
    const [still] = await reader.query(`SELECT sum(indiv) AS indiv FROM figure_cell WHERE month >= '2025-01-01'`);
    await reader.commitTransaction();
    await reader.release();
    await rebuilding;
    expect(still).toEqual(seen);
    expect(await recompute.verify()).toEqual({ ledger: 0, cells: 0 });
  });
});

/** Until the swap stands in line for the table. */
async function waitForWaiting({ source }: TestDatabase): Promise<void> {
  for (;;) {
    const rows = await source.query(`SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'figure_cell'::regclass`);
    if (rows.length > 0) return;
  }
}
