import type { Queryable } from '@lib/platform';

/** Rows valid "now" carry this as the change that ended them. */
export const NOW = 2_147_483_647;

/**
 * Chains of the units `$1`, walked up through their current versions. Each step keeps the days that child and parent
 * share; equal chains on neighbouring days become one row, so a rename leaves the chain alone.
 */
const FRESH = `
  WITH RECURSIVE up AS (
    SELECT v.unit_id, ARRAY[v.unit_id] AS chain, v.parent_id, v.vfrom, v.vto
      FROM unit_version v WHERE v.tto = ${NOW} AND ($1::int[] IS NULL OR v.unit_id = ANY($1))
    UNION ALL
    SELECT up.unit_id, up.chain || v.unit_id, v.parent_id, greatest(up.vfrom, v.vfrom), least(up.vto, v.vto)
      FROM up JOIN unit_version v
        ON v.unit_id = up.parent_id AND v.tto = ${NOW} AND v.vfrom < up.vto AND up.vfrom < v.vto
  )
  SELECT unit_id, chain, lower(days) AS vfrom, upper(days) AS vto
    FROM (SELECT unit_id, chain, unnest(range_agg(daterange(vfrom, vto))) AS days
            FROM up WHERE parent_id IS NULL GROUP BY unit_id, chain) merged`;

/** Paths of the chains in `from`: a unit that stays above on neighbouring days, though the chain changes, is one row. */
const paths = (from: string): string => `
  SELECT unit_id, ancestor_id, depth, lower(days) AS vfrom, upper(days) AS vto
    FROM (SELECT c.unit_id, step.ancestor_id, step.place - 1 AS depth, unnest(range_agg(daterange(c.vfrom, c.vto))) AS days
            FROM ${from} c CROSS JOIN LATERAL unnest(c.chain) WITH ORDINALITY AS step (ancestor_id, place) GROUP BY 1, 2, 3) merged`;

/** True when one of the changed units would be, on some day, its own ancestor, or lie below a unit that is. */
export async function makesCycle(q: Queryable, unitIds: readonly number[]): Promise<boolean> {
  const rows = await q.query(
    `WITH RECURSIVE up AS (
       SELECT ARRAY[v.unit_id] AS walked, v.parent_id, v.vfrom, v.vto FROM unit_version v WHERE v.unit_id = ANY($1) AND v.tto = ${NOW}
       UNION ALL
       SELECT up.walked || v.unit_id, v.parent_id, greatest(up.vfrom, v.vfrom), least(up.vto, v.vto)
         FROM up JOIN unit_version v
           ON v.unit_id = up.parent_id AND v.tto = ${NOW} AND v.vfrom < up.vto AND up.vfrom < v.vto
        WHERE up.parent_id <> ALL(up.walked)
     )
     SELECT 1 FROM up WHERE parent_id = ANY(walked) LIMIT 1`,
    [unitIds],
  );
  return rows.length > 0;
}

/**
 * Brings chains and paths of changed units and of all below them up to date; rows that no longer hold end at change `n`,
 * new ones begin there. Returns units whose validity is not covered by their parents' (they would be orphans).
 */
export async function refreshChains(q: Queryable, unitIds: readonly number[], n: number): Promise<number[]> {
  const below = await q.query<{ unit_id: number }>(
    `SELECT unnest($1::int[]) AS unit_id UNION SELECT unit_id FROM unit_path WHERE ancestor_id = ANY($1) AND tto = ${NOW}`,
    [unitIds],
  );
  const ids = below.map((row) => row.unit_id);
  await q.query(
    `CREATE TEMP TABLE IF NOT EXISTS fresh_chain (unit_id int, chain int[], vfrom date, vto date) ON COMMIT DROP;
     CREATE TEMP TABLE IF NOT EXISTS fresh_path (unit_id int, ancestor_id int, depth smallint, vfrom date, vto date) ON COMMIT DROP;
     TRUNCATE fresh_chain, fresh_path`,
  );
  await q.query(`INSERT INTO fresh_chain (unit_id, chain, vfrom, vto) ${FRESH}`, [ids]);
  const orphans = await q.query<{ unit_id: number }>(
    `SELECT v.unit_id FROM (SELECT unit_id, range_agg(daterange(vfrom, vto)) AS days FROM unit_version
                             WHERE unit_id = ANY($1) AND tto = ${NOW} GROUP BY unit_id) v
       LEFT JOIN (SELECT unit_id, range_agg(daterange(vfrom, vto)) AS days FROM fresh_chain GROUP BY unit_id) c USING (unit_id)
      WHERE c.days IS DISTINCT FROM v.days ORDER BY 1`,
    [ids],
  );
  if (orphans.length > 0) return orphans.map((row) => row.unit_id);
  await q.query(
    `UPDATE unit_chain c SET tto = $2
      WHERE c.unit_id = ANY($1) AND c.tto = ${NOW} AND NOT EXISTS (
        SELECT 1 FROM fresh_chain f WHERE (f.unit_id, f.chain, f.vfrom, f.vto) = (c.unit_id, c.chain, c.vfrom, c.vto))`,
    [ids, n],
  );
  await q.query(
    `INSERT INTO unit_chain (unit_id, chain, vfrom, vto, tfrom)
     SELECT f.*, $1 FROM fresh_chain f WHERE NOT EXISTS (
       SELECT 1 FROM unit_chain c WHERE (c.unit_id, c.chain, c.vfrom, c.vto, c.tto) = (f.unit_id, f.chain, f.vfrom, f.vto, ${NOW}))`,
    [n],
  );
  await q.query(`INSERT INTO fresh_path ${paths('fresh_chain')}`);
  await q.query(
    `UPDATE unit_path p SET tto = $2
      WHERE p.unit_id = ANY($1) AND p.tto = ${NOW} AND NOT EXISTS (
        SELECT 1 FROM fresh_path f WHERE (f.unit_id, f.ancestor_id, f.depth, f.vfrom, f.vto) = (p.unit_id, p.ancestor_id, p.depth, p.vfrom, p.vto))`,
    [ids, n],
  );
  await q.query(
    `INSERT INTO unit_path (unit_id, ancestor_id, depth, vfrom, vto, tfrom)
     SELECT f.*, $1 FROM fresh_path f WHERE NOT EXISTS (
       SELECT 1 FROM unit_path p
        WHERE (p.unit_id, p.ancestor_id, p.depth, p.vfrom, p.vto, p.tto) = (f.unit_id, f.ancestor_id, f.depth, f.vfrom, f.vto, ${NOW}))`,
    [n],
  );
  return [];
}

/** All chains and paths from the versions alone: for a first load of a whole country, and for the yardstick. */
export async function buildChains(q: Queryable, n: number): Promise<void> {
  await q.query(`TRUNCATE unit_chain, unit_path`);
  await q.query(`INSERT INTO unit_chain (unit_id, chain, vfrom, vto, tfrom) SELECT f.*, $2 FROM (${FRESH}) f`, [
    null,
    n,
  ]);
  await q.query(
    `INSERT INTO unit_path (unit_id, ancestor_id, depth, vfrom, vto, tfrom)
     SELECT p.*, $1 FROM (${paths('unit_chain')}) p`,
    [n],
  );
}
