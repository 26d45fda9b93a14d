import type { Day } from '@lib/kernel';
import type { Queryable } from '@lib/platform';
import { NOW } from './chains.sql.js';
import { refreshInherited } from './inherited.sql.js';

/** Through which eyes history is seen: by the tree of the fact's own day, or carried to the units of today. */
export const LENSES = ['as-was', 'as-is'] as const;
export type Lens = (typeof LENSES)[number];

/** Why a unit that has ended stands below another: its successor, or the unit above it where nobody succeeds it alone. */
export type CarriedAs = 'MERGED' | 'DISSOLVED' | 'UNALLOCATED';

/** Tables of the way up and down, by lens: the same columns; through as-is every row holds for all days. */
export const TREE_TABLES = {
  'as-was': { chain: 'unit_chain', path: 'unit_path' },
  'as-is': { chain: 'unit_chain_as_is', path: 'unit_path_as_is' },
} as const satisfies Record<Lens, { chain: string; path: string }>;

/** The complete event by which the unit stopped, where it names who took over: the successors that existed on that day. */
const HEIR = `
  SELECT CASE WHEN count(*) = 1 THEN min(s.unit_id) END AS unit_id, CASE WHEN count(*) = 1 THEN 'MERGED' WHEN count(*) > 1 THEN 'UNALLOCATED' END AS carried
    FROM (SELECT e.id FROM unit_event_unit p JOIN unit_event e ON e.id = p.event_id
           WHERE p.unit_id = v.unit_id AND p.role = 'PREDECESSOR' AND e.kind IN ('MERGE', 'SPLIT') AND e.complete AND e.from_day = v.vto
             AND e.reverses IS NULL AND NOT EXISTS (SELECT 1 FROM unit_event r WHERE r.reverses = e.id)
           ORDER BY e.id DESC LIMIT 1) last
    JOIN unit_event_unit s ON s.event_id = last.id AND s.role = 'SUCCESSOR' AND s.unit_id <> v.unit_id
   WHERE EXISTS (SELECT 1 FROM unit_version sv WHERE sv.unit_id = s.unit_id AND sv.tto = ${NOW} AND sv.vfrom <= v.vto AND v.vto < sv.vto)`;

/**
 * The next unit up of each of the units `$1` (null: of all) on the day `$2`. A unit is judged by its version of the day, or else by its last
 * one before; where it is still to come, by its first. Heirs never stop before those they inherit from, so that no way up is a circle.
 */
const STEP = `
  SELECT v.unit_id, coalesce(h.unit_id, v.parent_id) AS next, CASE WHEN v.vto <= $2::date THEN coalesce(h.carried, 'DISSOLVED') END AS carried,
         v.vfrom <= $2::date AND $2::date < v.vto AS lives
    FROM (SELECT DISTINCT ON (unit_id) unit_id, parent_id, vfrom, vto FROM unit_version
           WHERE tto = ${NOW} AND ($1::int[] IS NULL OR unit_id = ANY($1))
           ORDER BY unit_id, CASE WHEN vfrom <= $2::date THEN vfrom END DESC NULLS LAST, vfrom) v
    LEFT JOIN LATERAL (${HEIR}) h ON v.vto <= $2::date`;

/** Ways up of the units `$1`, joined to those of the others as they stand; with the unit of today that each is, or was merged into. */
const FRESH = `
  WITH RECURSIVE step AS MATERIALIZED (${STEP}
  ), up AS (
    SELECT unit_id, ARRAY[unit_id] AS chain, next, carried, CASE WHEN lives THEN unit_id END AS heir_id, carried IS NOT DISTINCT FROM 'MERGED' AS merging FROM step
    UNION ALL
    SELECT up.unit_id, up.chain || s.unit_id, s.next, up.carried, coalesce(up.heir_id, CASE WHEN up.merging AND s.lives THEN s.unit_id END),
           up.merging AND s.carried IS NOT DISTINCT FROM 'MERGED'
      FROM up JOIN step s ON s.unit_id = up.next
  )
  SELECT up.unit_id, up.chain || coalesce(c.chain, '{}') AS chain, up.carried, coalesce(up.heir_id, CASE WHEN up.merging THEN c.heir_id END) AS heir_id
    FROM up LEFT JOIN step s ON s.unit_id = up.next LEFT JOIN unit_chain_as_is c ON c.unit_id = up.next AND c.tto = ${NOW}
   WHERE s.unit_id IS NULL`;

/** Units whose way up goes through one of `$1`, or will: what they leave is inherited by it. */
const CONCERNED = `
  WITH named AS (
    SELECT unnest($1::int[]) AS unit_id
    UNION SELECT p.unit_id FROM unit_event_unit s JOIN unit_event_unit p ON p.event_id = s.event_id AND p.role = 'PREDECESSOR'
           WHERE s.role = 'SUCCESSOR' AND s.unit_id = ANY($1)
  )
  SELECT unit_id FROM named
  UNION SELECT p.unit_id FROM named n JOIN unit_path_as_is p ON p.ancestor_id = n.unit_id AND p.tto = ${NOW}`;

/**
 * Brings the ways up by today's organisation up to date: of the units whose versions or events changed, and of all whose way
 * leads through them. Rows that no longer hold end at change `n`, new ones begin there; today is the day of that change.
 */
export async function refreshAsIs(q: Queryable, unitIds: readonly number[], n: number): Promise<void> {
  const concerned = await q.query<{ unit_id: number }>(CONCERNED, [unitIds]);
  const ids = concerned.map((row) => row.unit_id);
  const today = await dayOf(q, n);
  await q.query(
    `CREATE TEMP TABLE IF NOT EXISTS fresh_as_is (unit_id int, chain int[], carried text, heir_id int) ON COMMIT DROP`,
  );
  await q.query(`TRUNCATE fresh_as_is`);
  await q.query(`INSERT INTO fresh_as_is (unit_id, chain, carried, heir_id) ${FRESH}`, [ids, today]);
  await q.query(
    `WITH ended AS (
       UPDATE unit_chain_as_is c SET tto = $2
        WHERE c.unit_id = ANY($1) AND c.tto = ${NOW}
          AND NOT EXISTS (SELECT 1 FROM fresh_as_is f WHERE f.unit_id = c.unit_id AND f.chain = c.chain
                             AND (f.carried, f.heir_id) IS NOT DISTINCT FROM (c.carried, c.heir_id))
       RETURNING c.unit_id)
     UPDATE unit_path_as_is p SET tto = $2 FROM ended e LEFT JOIN fresh_as_is f ON f.unit_id = e.unit_id
      WHERE p.unit_id = e.unit_id AND p.tto = ${NOW} AND p.ancestor_id IS DISTINCT FROM f.chain[p.depth + 1]`,
    [ids, n],
  );
  await q.query(
    `WITH added AS (
       INSERT INTO unit_chain_as_is (unit_id, chain, carried, heir_id, tfrom)
       SELECT f.unit_id, f.chain, f.carried, f.heir_id, $1 FROM fresh_as_is f
        WHERE NOT EXISTS (SELECT 1 FROM unit_chain_as_is c WHERE c.unit_id = f.unit_id AND c.tto = ${NOW})
       RETURNING unit_id, chain)
     INSERT INTO unit_path_as_is (unit_id, ancestor_id, depth, tfrom)
     SELECT a.unit_id, step.ancestor_id, step.place - 1, $1
       FROM added a CROSS JOIN LATERAL unnest(a.chain) WITH ORDINALITY AS step (ancestor_id, place)
      WHERE NOT EXISTS (SELECT 1 FROM unit_path_as_is p
                         WHERE (p.unit_id, p.ancestor_id, p.depth, p.tto) = (a.unit_id, step.ancestor_id, step.place - 1, ${NOW}))`,
    [n],
  );
}

/** All ways up by the organisation of `today` (left out: the day of change `n`), known from change `n` on: beside `buildChains`. */
export async function buildAsIs(q: Queryable, n: number, today?: Day): Promise<void> {
  await q.query(`TRUNCATE unit_chain_as_is, unit_path_as_is`);
  await q.query(
    `INSERT INTO unit_chain_as_is (unit_id, chain, carried, heir_id, tfrom) SELECT f.unit_id, f.chain, f.carried, f.heir_id, $3 FROM (${FRESH}) f`,
    [null, today ?? (await dayOf(q, n)), n],
  );
  await q.query(
    `INSERT INTO unit_path_as_is (unit_id, ancestor_id, depth, tfrom)
     SELECT c.unit_id, step.ancestor_id, step.place - 1, c.tfrom
       FROM unit_chain_as_is c CROSS JOIN LATERAL unnest(c.chain) WITH ORDINALITY AS step (ancestor_id, place)`,
  );
}

/**
 * Days on which a version begins or ends pass without anybody changing anything. The units whose next unit up is another one
 * than at `from`, by the organisation of `today`, are recorded as numbered changes of today, so that figures restate.
 * @returns how many there were; none the second time
 */
export async function refreshPassedDays(q: Queryable, from: Day | '-infinity', today: Day): Promise<number> {
  await q.query(`SELECT pg_advisory_xact_lock(hashtext('units.tree'))`);
  const bounds = await q.query<{ unit_id: number }>(
    `SELECT DISTINCT unit_id FROM unit_version WHERE tto = ${NOW} AND ((vfrom > $1::date AND vfrom <= $2::date) OR (vto > $1::date AND vto <= $2::date))`,
    [from, today],
  );
  const changes = await q.query<{ unit_id: number; n: number }>(
    `WITH passed AS (
       SELECT s.unit_id FROM (${STEP}) s JOIN unit_chain_as_is c ON c.unit_id = s.unit_id AND c.tto = ${NOW}
        WHERE c.chain[2] IS DISTINCT FROM s.next OR c.carried IS DISTINCT FROM s.carried OR s.lives <> coalesce(c.heir_id = c.unit_id, false))
     INSERT INTO unit_change (unit_id, what, from_day, recorded_on) SELECT unit_id, '${PASSED}', $2, $2 FROM passed ORDER BY unit_id RETURNING unit_id, n`,
    [bounds.map((row) => row.unit_id), today],
  );
  if (changes.length === 0) return 0;
  const ids = changes.map((row) => row.unit_id);
  await refreshAsIs(q, ids, Math.max(...changes.map((row) => row.n)));
  await refreshInherited(q, ids, today);
  return changes.length;
}

/** What a change is called that only the calendar made: the tree of every day is as it was known before. */
export const PASSED = 'DAY';

async function dayOf(q: Queryable, n: number): Promise<Day> {
  const [row] = await q.query<{ day: Day }>(`SELECT recorded_on AS day FROM unit_change WHERE n = $1`, [n]);
  if (!row) throw new Error(`change ${n} is unknown`);
  return row.day;
}
