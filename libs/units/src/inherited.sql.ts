import type { Queryable } from '@lib/platform';
import { NOW } from './chains.sql.js';

/** Who took over from whom by merges and splits that stand, and since when. */
const SUCCESSION = `
  SELECT p.unit_id, s.unit_id AS heir_id, e.from_day
    FROM unit_event e JOIN unit_event_unit p ON p.event_id = e.id AND p.role = 'PREDECESSOR' JOIN unit_event_unit s ON s.event_id = e.id AND s.role = 'SUCCESSOR'
   WHERE e.kind IN ('MERGE', 'SPLIT') AND e.complete AND e.reverses IS NULL AND s.unit_id <> p.unit_id
     AND NOT EXISTS (SELECT 1 FROM unit_event r WHERE r.reverses = e.id)`;

/** The way up of the unit in `column` today; by its last, or first, day where it does not exist today. */
const placesOf = (column: string): string => `
  SELECT ip.ancestor_id FROM unit_path ip JOIN unit iu ON iu.id = ip.unit_id
   WHERE ip.unit_id = ${column} AND ip.tto = ${NOW} AND ip.vfrom <= least(greatest($2::date, iu.born), iu.ended - 1)
     AND ip.vto > least(greatest($2::date, iu.born), iu.ended - 1)`;

/** Predecessors, near and far, of the units `$1` and of all that stand below them; null: of all. */
const CONCERNED = `
  WITH RECURSIVE back AS (
    SELECT ue.unit_id, 0 AS pred FROM unit_event_unit ue
     WHERE $1::int[] IS NULL OR ue.unit_id = ANY($1) OR EXISTS (SELECT 1 FROM unit_path cp WHERE cp.unit_id = ue.unit_id AND cp.ancestor_id = ANY($1) AND cp.tto = ${NOW})
    UNION
    SELECT p.unit_id, 1 FROM back b JOIN unit_event_unit s ON s.unit_id = b.unit_id AND s.role = 'SUCCESSOR'
      JOIN unit_event_unit p ON p.event_id = s.event_id AND p.role = 'PREDECESSOR'
  ) SELECT DISTINCT unit_id FROM back`;

/**
 * Whose history is read by whom, after the tree or the events of the units changed (null: of all, where days have passed): a unit
 * that was merged or split is read by whoever has a successor and did not have the unit itself.
 */
export async function refreshInherited(q: Queryable, unitIds: readonly number[] | null, today: string): Promise<void> {
  const [any] = await q.query(`SELECT 1 FROM unit_event WHERE kind IN ('MERGE', 'SPLIT') LIMIT 1`);
  if (!any) return;
  const concerned = (await q.query<{ unit_id: number }>(CONCERNED, [unitIds])).map((row) => row.unit_id);
  if (concerned.length === 0) return;
  await q.query(`DELETE FROM unit_inherited WHERE unit_id = ANY($1)`, [concerned]);
  await q.query(
    `INSERT INTO unit_inherited (reader_id, unit_id, since)
     WITH RECURSIVE succession AS MATERIALIZED (${SUCCESSION}), line AS (
       SELECT unit_id, heir_id, from_day AS since FROM succession WHERE unit_id = ANY($1)
       UNION
       SELECT l.unit_id, s.heir_id, greatest(l.since, s.from_day) FROM line l JOIN succession s ON s.unit_id = l.heir_id
     )
     SELECT place.ancestor_id, l.unit_id, min(l.since) FROM line l CROSS JOIN LATERAL (${placesOf('l.heir_id')}) place
      WHERE place.ancestor_id NOT IN (${placesOf('l.unit_id')}) GROUP BY 1, 2`,
    [concerned, today],
  );
}

/**
 * SQL value: `[[reader, unit, restricted], …]`, the units whose history is read by those with one of the units `readers` (a SELECT of
 * ids) on the day `today`; null when there are none.
 */
export function inheritedBy(readers: string, today: string): string {
  return `(SELECT json_agg(json_build_array(ih.reader_id, ih.unit_id, hu.classification = 'RESTRICTED'))
    FROM unit_inherited ih JOIN unit hu ON hu.id = ih.unit_id WHERE ih.reader_id IN (${readers}) AND ih.since <= ${today}::date)`;
}
