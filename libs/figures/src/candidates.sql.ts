import type { Queryable } from '@lib/platform';
import { NOW } from '@lib/units';
import { ENTRY_MEASURES } from './measures.js';
import { WIDE } from './seen.sql.js';

const COLUMNS = `seq, source, record_id, part_id, unit_id, span_from, day, dim_id, giver_id, person_id, ${ENTRY_MEASURES.join(', ')}, recorded_on, wide`;

/** The book alone, or, for a question about what was known on a day, also what is known but not yet applied. */
export function book(known: boolean): string {
  if (!known) return 'figure_entry';
  const waiting = COLUMNS.replace('seq,', '9223372036854775807 AS seq,').replace(
    /wide$/,
    `${WIDE('span_from', 'day')} AS wide`,
  );
  return `(SELECT ${COLUMNS} FROM figure_entry UNION ALL SELECT ${waiting} FROM figure_inbox)`;
}

/** True for a unit with more than `limit` units below it. */
export async function isLarge(q: Queryable, unitId: number, limit: number): Promise<boolean> {
  const [row] = await q.query<{ large: boolean }>(
    `SELECT count(*) > $2::int AS large FROM (SELECT FROM unit_path WHERE ancestor_id = $1 LIMIT $2::int + 1) below`,
    [unitId, limit],
  );
  return row?.large ?? false;
}

/**
 * Entries that the unit `$1` may see, each once: received in its subtree, or conferred by a body of it. `when` is a
 * condition on `f`; narrow it by `f.day`, which chooses the partitions. The tree is that of change `change`.
 */
export function candidates(known: boolean, when: string, change: string): string {
  return `(
    SELECT ${qualified('f')} FROM unit_path p JOIN ${book(known)} f ON f.unit_id = p.unit_id AND p.vfrom <= f.day AND f.day < p.vto
     WHERE ${below('p', change)} AND ${when}
    UNION ALL
    SELECT ${qualified('f')} FROM ${book(known)} f
     WHERE ${givenBelow(change)} AND ${when} AND NOT ${receivedBelow(change)}
  ) e`;
}

/** The same out of every entry that meets `when`: for large units. */
export function candidatesOfAll(known: boolean, when: string, change: string): string {
  return `(SELECT ${qualified('f')} FROM ${book(known)} f WHERE ${when} AND (${receivedBelow(change)} OR ${givenBelow(change)})) e`;
}

/** Every entry that meets `when`, for large units and for those who look at the chains themselves. */
export function everyEntry(known: boolean, when: string): string {
  return `(SELECT ${qualified('f')} FROM ${book(known)} f WHERE ${when}) e`;
}

function below(path: string, change: string): string {
  return `${path}.ancestor_id = $1 AND ${path}.tfrom <= ${change} AND ${change} < ${path}.tto`;
}

function receivedBelow(change: string): string {
  return `EXISTS (SELECT 1 FROM unit_path p WHERE p.unit_id = f.unit_id AND p.vfrom <= f.day AND f.day < p.vto AND ${below('p', change)})`;
}

function givenBelow(change: string): string {
  return `f.giver_id IN (SELECT a.giver_id FROM unit_path p JOIN figure_giver_anchor a ON a.unit_id = p.unit_id WHERE ${below('p', change)})`;
}

function qualified(alias: string): string {
  return COLUMNS.split(', ')
    .map((name) => `${alias}.${name}`)
    .join(', ');
}

export { NOW };
