import { addDays, firstOfMonth, lastOfMonth, type Day } from '@lib/kernel';
import { MONTH } from './seen.sql.js';

/** Whole months inside a period, and what is left of it at its two ends (null where nothing is). */
export function splitPeriod(
  from: Day,
  to: Day,
): { months: { from: Day; to: Day } | null; edges: { from: Day; to: Day }[] } {
  const first = from === firstOfMonth(from) ? from : addDays(lastOfMonth(from), 1);
  const last = to === lastOfMonth(to) ? to : addDays(firstOfMonth(to), -1);
  if (first > last) return { months: null, edges: [{ from, to }] };
  const edges = [];
  if (from < first) edges.push({ from, to: addDays(first, -1) });
  if (last < to) edges.push({ from: addDays(last, 1), to });
  return { months: { from: first, to: last }, edges };
}

/** True where cells hold every fact of a period but the wide ones. */
export function isWholeMonths(from: Day, to: Day): boolean {
  return splitPeriod(from, to).edges.length === 0;
}

/** Condition on `f.day`: in one of the stretches of days. */
export function inEdges(edges: readonly { from: Day; to: Day }[]): string {
  return `(${edges.map((edge) => `f.day BETWEEN '${edge.from}' AND '${edge.to}'`).join(' OR ')})`;
}

/** Days on which a span within one month can end and be cut by the period: none where the period has whole months. */
export function cutMonths(from: Day, to: Day): { from: Day; to: Day }[] {
  return [
    ...(from === firstOfMonth(from) ? [] : [{ from, to: lastOfMonth(from) }]),
    ...(to === lastOfMonth(to) ? [] : [{ from: addDays(to, 1), to: lastOfMonth(to) }]),
  ];
}

/**
 * Condition on `f`: it may be the first or the last fact of one of the lines `$7`–`$9`. Between the first and the last month
 * that count something nothing can be; edges and wide spans are no months.
 */
export function inEnds(from: Day, to: Day): string {
  const { edges } = splitPeriod(from, to);
  return `(f.wide${edges.length > 0 ? ` OR ${inEdges(edges)}` : ''}
    OR (f.dim_id, f.giver_id, ${MONTH('f.day')}) IN (SELECT * FROM unnest($7::int[], $8::int[], $9::date[])))`;
}
