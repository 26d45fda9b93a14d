import type { Queryable } from '@lib/platform';
import { TREE_TABLES, type Lens } from '@lib/units';
import { PLACED, WENT } from './lens.sql.js';
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
export async function isLarge(q: Queryable, unitId: number, limit: number, lens: Lens = 'as-was'): Promise<boolean> {
  const [row] = await q.query<{ large: boolean }>(
    `SELECT count(*) > $2::int AS large FROM (SELECT FROM ${TREE_TABLES[lens].path} WHERE ancestor_id = $1 LIMIT $2::int + 1) below`,
    [unitId, limit],
  );
  return row?.large ?? false;
}

/** Which entries: the book with what waits or alone, those that meet `when` (a condition on `f`), by the tree of change `change`. */
export interface Entries {
  readonly known: boolean;
  readonly when: string;
  readonly change: string;
  readonly lens: Lens;
}

/**
 * Entries that the unit `$1` may see, each once: received in its subtree, or conferred by a body of it. Narrow `when` by
 * `f.day`, which chooses the partitions.
 */
export function candidates(entries: Entries): string {
  const { known, when, lens } = entries;
  if (lens === 'as-is') return candidatesAsIs(entries);
  return `(
    SELECT ${qualified('f')} FROM unit_path p JOIN ${book(known)} f ON f.unit_id = p.unit_id AND p.vfrom <= f.day AND f.day < p.vto
     WHERE ${below('p', entries)} AND ${when}
    UNION ALL
    SELECT ${qualified('f')} FROM ${book(known)} f
     WHERE ${givenBelow(entries)} AND ${when} AND NOT ${receivedBelow('f.unit_id', entries)}
  ) e`;
}

/** The same through as-is: a third part are those whose persons came here when their unit, elsewhere, was split. */
function candidatesAsIs(entries: Entries): string {
  const { known, when } = entries;
  const placed = `${qualified('f')}, ${PLACED}`;
  return `(
    SELECT ${placed} FROM unit_path_as_is p JOIN ${book(known)} f ON f.unit_id = p.unit_id ${WENT}
     WHERE ${below('p', entries)} AND ${when} AND (w.to_unit IS NULL OR ${receivedBelow('w.to_unit', entries)})
    UNION ALL
    SELECT ${placed} FROM unit_path_as_is p JOIN figure_person_place w ON w.to_unit = p.unit_id JOIN ${book(known)} f ON f.unit_id = w.from_unit AND f.person_id = w.person_id
     WHERE ${below('p', entries)} AND ${when} AND NOT ${receivedBelow('f.unit_id', entries)}
    UNION ALL
    SELECT ${placed} FROM ${book(known)} f ${WENT}
     WHERE ${givenBelow(entries)} AND ${when} AND NOT ${receivedBelow('coalesce(w.to_unit, f.unit_id)', entries)}
  ) e`;
}

/** The same out of every entry that meets `when`: for large units. */
export function candidatesOfAll(entries: Entries): string {
  return `(SELECT ${qualified('f')} FROM ${book(entries.known)} f
    WHERE ${entries.when} AND (${receivedBelow('f.unit_id', entries)} OR ${givenBelow(entries)})) e`;
}

/** Every entry that meets `when`, for large units and for those who look at the chains themselves. */
export function everyEntry({ known, when, lens }: Omit<Entries, 'change'>): string {
  return lens === 'as-was'
    ? `(SELECT ${qualified('f')} FROM ${book(known)} f WHERE ${when}) e`
    : `(SELECT ${qualified('f')}, ${PLACED} FROM ${book(known)} f ${WENT} WHERE ${when}) e`;
}

function below(path: string, { change }: Entries): string {
  return `${path}.ancestor_id = $1 AND ${path}.tfrom <= ${change} AND ${change} < ${path}.tto`;
}

function receivedBelow(unit: string, entries: Entries): string {
  const then = entries.lens === 'as-was' ? 'AND p.vfrom <= f.day AND f.day < p.vto' : '';
  return `EXISTS (SELECT 1 FROM ${TREE_TABLES[entries.lens].path} p WHERE p.unit_id = ${unit} ${then} AND ${below('p', entries)})`;
}

function givenBelow(entries: Entries): string {
  return `f.giver_id IN (SELECT a.giver_id FROM ${TREE_TABLES[entries.lens].path} p JOIN figure_giver_anchor a ON a.unit_id = p.unit_id WHERE ${below('p', entries)})`;
}

function qualified(alias: string): string {
  return COLUMNS.split(', ')
    .map((name) => `${alias}.${name}`)
    .join(', ');
}
