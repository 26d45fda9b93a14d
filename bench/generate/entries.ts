import type { Queryable } from '@lib/platform';
import { unitIds, YEARS, type Shape } from '../shape.js';
import { DIMS, JOINT_GIVER, OUTSIDE } from './keys.js';

/**
 * Decisions of ten years: nine in ten received by a grassroots union, conferred by the unit itself, its parent, its
 * province, the confederation, bodies outside or two bodies together; one in twenty only counted, one in a hundred known
 * only for months. Each of the others names 1 to 5 recipients.
 */
export async function generateBatches(q: Queryable, shape: Shape): Promise<void> {
  const { firstDirect, firstGrassroots } = unitIds(shape);
  const days = (YEARS.last - YEARS.first + 1) * 365;
  await q.query(`
    CREATE UNLOGGED TABLE bench_batch AS
    SELECT b.id, b.unit_id, b.day, c.chain,
           CASE WHEN b.wide THEN b.day - 30 - floor(300 * bench_random(b.id, 16))::int
                WHEN bench_random(b.id, 15) < 0.03 THEN date_trunc('month', b.day)::date ELSE b.day END AS span_from,
           b.wide, bench_random(b.id, 17) < 0.05 AS counted, 1 + floor(5 * bench_random(b.id, 18))::int AS lines,
           g.giver_id, g.level * ${DIMS.perLevel} + ${DIMS.twins} + floor(CASE WHEN g.level = 4 THEN 8 ELSE ${DIMS.own} END * power(bench_random(b.id, 19), 2))::int + 1 AS dim_id
      FROM (SELECT i AS id, '${YEARS.first}-01-01'::date + floor(${days} * bench_random(i, 11))::int AS day, bench_random(i, 14) < 0.01 AS wide,
                   CASE WHEN bench_random(i, 12) < 0.92 THEN ${firstGrassroots} + floor(${shape.grassroots} * bench_random(i, 13))::int
                        WHEN bench_random(i, 12) < 0.98 THEN ${firstDirect} + floor(${shape.directUpper} * bench_random(i, 13))::int
                        ELSE 2 + floor(${shape.provinces} * bench_random(i, 13))::int END AS unit_id
              FROM generate_series(1, ${shape.batches}) i) b
      JOIN unit_chain c ON c.unit_id = b.unit_id AND c.vfrom <= b.day AND b.day < c.vto
     CROSS JOIN LATERAL (SELECT bench_random(b.id, 20) AS r, cardinality(c.chain) AS top) x
     CROSS JOIN LATERAL (
       SELECT CASE WHEN r < 0.45 THEN c.chain[1] WHEN r < 0.74 THEN c.chain[2] WHEN r < 0.89 THEN c.chain[top - 1] WHEN r < 0.92 THEN 1
                   WHEN r < 0.93 AND top = 4 THEN ${JOINT_GIVER} + c.chain[2]
                   WHEN r < 0.98 THEN ${OUTSIDE.firstGiver} + 1 + (c.chain[top - 1] % ${OUTSIDE.committees})
                   ELSE ${OUTSIDE.firstGiver} + ${OUTSIDE.committees} + 1 + floor(${OUTSIDE.ministries} * bench_random(b.id, 21))::int END AS giver_id,
              CASE WHEN r < 0.45 THEN top - 1 WHEN r < 0.74 THEN top - 2 WHEN r < 0.89 THEN 1 WHEN r < 0.92 THEN 0
                   WHEN r < 0.93 AND top = 4 THEN 2 END AS depth) place
     CROSS JOIN LATERAL (SELECT place.giver_id, CASE WHEN depth IS NULL THEN 4 ELSE 3 - depth END AS level) g`);
  await q.query(`ANALYZE bench_batch`);
}

const COLUMNS = `source, record_id, part_id, unit_id, span_from, day, dim_id, giver_id, person_id, coll, indiv, hh, unsplit, women, women_of, recorded_on, wide`;

/** The book as the applier would have left it; one line in three hundred was revoked later. */
export async function generateEntries(q: Queryable, shape: Shape): Promise<void> {
  const indexes = await q.query<{ name: string; made: string }>(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS made FROM pg_index WHERE indrelid = 'figure_entry'::regclass`,
  );
  for (const { name } of indexes) await q.query(`DROP INDEX ${name}`);
  await q.query(`
    INSERT INTO figure_entry (seq, ${COLUMNS})
    SELECT row_number() OVER (), 1, b.id, CASE WHEN counted THEN 0 ELSE b.id * 16 + k END, b.unit_id, b.span_from, b.day, b.dim_id, b.giver_id,
           CASE WHEN NOT counted AND NOT x.coll AND bench_random(b.id * 16 + k, 34) < 0.7 THEN 1 + floor(${shape.people} * bench_random(b.id * 16 + k, 33))::int END,
           CASE WHEN counted THEN floor(5 * bench_random(b.id, 35))::int ELSE x.coll::int END,
           CASE WHEN counted THEN 1 + floor(20 * bench_random(b.id, 36))::int ELSE (NOT x.coll)::int END, 0, 0,
           CASE WHEN counted THEN 0 ELSE (NOT x.coll AND x.woman)::int END, CASE WHEN counted THEN 0 ELSE (NOT x.coll)::int END,
           b.day + floor(40 * bench_random(b.id, 37))::int, extract(year FROM b.span_from) * 12 + extract(month FROM b.span_from) <> extract(year FROM b.day) * 12 + extract(month FROM b.day)
      FROM bench_batch b CROSS JOIN LATERAL generate_series(1, CASE WHEN counted THEN 1 ELSE lines END) k
     CROSS JOIN LATERAL (SELECT bench_random(b.id * 16 + k, 31) < 0.15 AS coll, bench_random(b.id * 16 + k, 32) < 0.5 AS woman) x`);
  await q.query(`
    INSERT INTO figure_entry (seq, ${COLUMNS})
    SELECT (SELECT max(seq) FROM figure_entry) + row_number() OVER (), source, record_id, part_id, unit_id, span_from, day, dim_id, giver_id, person_id,
           -coll, -indiv, -hh, -unsplit, -women, -women_of, recorded_on + 90, wide
      FROM figure_entry WHERE part_id <> 0 AND bench_random(part_id, 38) < 0.003`);
  await q.query(`SELECT setval('figure_seq', (SELECT max(seq) FROM figure_entry))`);
  await q.query(`UPDATE figure_state SET applied_seq = (SELECT max(seq) FROM figure_entry)`);
  // Made anew on every partition: the definition speaks of the parent only.
  for (const { made } of indexes) await q.query(made.replace(' ON ONLY ', ' ON '));
  await q.query(`ANALYZE figure_entry`);
}
