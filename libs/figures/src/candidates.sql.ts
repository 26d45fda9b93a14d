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

/**
 * Entries that the unit `$1` may see, each once: received in its subtree, or conferred by a body of it. `when` is a
 * condition on `f`; narrow it by `f.day`, which chooses the partitions. The tree is that of change `change`.
 */
export function candidates(known: boolean, when: string, change: string): string {
  const tree = (p: string): string => `${p}.ancestor_id = $1 AND ${p}.tfrom <= ${change} AND ${change} < ${p}.tto`;
  return `(
    SELECT ${qualified('f')} FROM unit_path p JOIN ${book(known)} f ON f.unit_id = p.unit_id AND p.vfrom <= f.day AND f.day < p.vto
     WHERE ${tree('p')} AND ${when}
    UNION ALL
    SELECT ${qualified('f')} FROM ${book(known)} f
     WHERE f.giver_id IN (SELECT a.giver_id FROM unit_path p JOIN figure_giver_anchor a ON a.unit_id = p.unit_id WHERE ${tree('p')})
       AND ${when}
       AND NOT EXISTS (SELECT 1 FROM unit_path p WHERE p.unit_id = f.unit_id AND p.vfrom <= f.day AND f.day < p.vto AND ${tree('p')})
  ) e`;
}

function qualified(alias: string): string {
  return COLUMNS.split(', ')
    .map((name) => `${alias}.${name}`)
    .join(', ');
}

export { NOW };
