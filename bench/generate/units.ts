import type { Queryable } from '@lib/platform';
import { buildAsIs, buildChains } from '@lib/units';
import { unitIds, type Shape } from '../shape.js';

/** Days on which some units moved to another parent: yearly ones, and the one day on which provinces were merged. */
const MERGE_DAY = '2025-07-01';
const TODAY = '2026-11-22';

/** The tree in its real shape: four levels, uneven branches, one in two hundred units moved once. */
export async function generateUnits(q: Queryable, shape: Shape): Promise<void> {
  const { firstDirect, firstGrassroots, last } = unitIds(shape);
  await q.query(`
    CREATE TABLE bench_unit AS
    SELECT id, level, parent,
           CASE WHEN id >= ${firstGrassroots} AND bench_random(id, 3) < 0.005 THEN ${firstDirect} + floor(${shape.directUpper} * bench_random(id, 4))::int
                WHEN level = 'DIRECT_UPPER_UNION' AND bench_random(id, 3) < 0.01 THEN 2 + floor(${shape.provinces} * bench_random(id, 4))::int END AS next_parent,
           CASE WHEN level = 'DIRECT_UPPER_UNION' THEN '${MERGE_DAY}'::date ELSE make_date(2017 + floor(9 * bench_random(id, 5))::int, 1 + floor(12 * bench_random(id, 6))::int, 15) END AS moved_on
      FROM (
        SELECT 1 AS id, 'CONFEDERATION' AS level, NULL::int AS parent
        UNION ALL SELECT 1 + i, CASE WHEN i <= 63 AND ${shape.provinces} > 1 THEN 'PROVINCIAL_FEDERATION' ELSE 'CENTRAL_SECTOR_UNION' END, 1
          FROM generate_series(1, ${shape.provinces}) i
        UNION ALL SELECT i, 'DIRECT_UPPER_UNION', 2 + floor(${shape.provinces} * power(bench_random(i, 1), 1.5))::int
          FROM generate_series(${firstDirect}, ${firstGrassroots - 1}) i
        UNION ALL SELECT i, 'GRASSROOTS_UNION',
               CASE WHEN bench_random(i, 2) < 0.05 THEN 2 + floor(${shape.provinces} * bench_random(i, 1))::int
                    ELSE ${firstDirect} + floor(${shape.directUpper} * power(bench_random(i, 1), 1.3))::int END
          FROM generate_series(${firstGrassroots}, ${last}) i) units`);
  await q.query(
    `INSERT INTO unit (id, code, born, ended, recorded_on) SELECT id, 'U' || id, '2000-01-01', 'infinity', '2016-01-01' FROM bench_unit`,
  );
  await q.query(
    `INSERT INTO unit_change (n, unit_id, what, from_day, recorded_on) VALUES (1, 1, 'found', '2000-01-01', '2016-01-01')`,
  );
  const columns = `unit_id, parent_id, level, name, name_folded, vfrom, vto, tfrom`;
  const names = `'Công đoàn số ' || id, 'cong doan so ' || id`;
  await q.query(`
    INSERT INTO unit_version (${columns})
    SELECT id, parent, level, ${names}, '2000-01-01', CASE WHEN next_parent <> parent THEN moved_on ELSE 'infinity' END, 1 FROM bench_unit
    UNION ALL SELECT id, next_parent, level, ${names}, moved_on, 'infinity', 1 FROM bench_unit WHERE next_parent <> parent`);
  await q.query(
    `SELECT setval(pg_get_serial_sequence('unit', 'id'), ${last}), setval(pg_get_serial_sequence('unit_change', 'n'), 1)`,
  );
  await q.query(`ANALYZE unit, unit_version`);
  await buildChains(q, 1);
  await buildAsIs(q, 1, TODAY);
  await q.query(`ANALYZE unit_chain, unit_path, unit_chain_as_is, unit_path_as_is`);
  await q.query(`UPDATE figure_state SET applied_change = 1`);
}
