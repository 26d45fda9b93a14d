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
    `CREATE TEMP TABLE IF NOT EXISTS fresh_chain (unit_id int, chain int[], vfrom date, vto date) ON COMMIT DROP`,
  );
  await q.query(`TRUNCATE fresh_chain`);
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
    `WITH ended AS (
       UPDATE unit_chain c SET tto = $2
        WHERE c.unit_id = ANY($1) AND c.tto = ${NOW}
          AND NOT EXISTS (SELECT 1 FROM fresh_chain f
                           WHERE f.unit_id = c.unit_id AND f.chain = c.chain AND f.vfrom = c.vfrom AND f.vto = c.vto)
       RETURNING c.unit_id, c.vfrom)
     UPDATE unit_path p SET tto = $2 FROM ended e WHERE p.unit_id = e.unit_id AND p.vfrom = e.vfrom AND p.tto = ${NOW}`,
    [ids, n],
  );
  await q.query(
    `WITH added AS (
       INSERT INTO unit_chain (unit_id, chain, vfrom, vto, tfrom)
       SELECT f.unit_id, f.chain, f.vfrom, f.vto, $1 FROM fresh_chain f
        WHERE NOT EXISTS (SELECT 1 FROM unit_chain c WHERE c.unit_id = f.unit_id AND c.tto = ${NOW}
                             AND c.chain = f.chain AND c.vfrom = f.vfrom AND c.vto = f.vto)
       RETURNING unit_id, chain, vfrom, vto)
     INSERT INTO unit_path (unit_id, ancestor_id, depth, vfrom, vto, tfrom)
     SELECT a.unit_id, step.ancestor_id, step.place - 1, a.vfrom, a.vto, $1
       FROM added a CROSS JOIN LATERAL unnest(a.chain) WITH ORDINALITY AS step (ancestor_id, place)`,
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
     SELECT c.unit_id, step.ancestor_id, step.place - 1, c.vfrom, c.vto, c.tfrom
       FROM unit_chain c CROSS JOIN LATERAL unnest(c.chain) WITH ORDINALITY AS step (ancestor_id, place)`,
  );
}
