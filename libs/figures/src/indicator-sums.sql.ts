import { MODES, standing, tiles } from './indicator.sql.js';

/** Names of the parameters and conditions that {@link summed} is built from. */
export interface SumsQuestion {
  readonly from: string;
  readonly to: string;
  readonly known: string;
  readonly change: string;
  /** Only what stands in its subtree is looked at, and nothing goes up from it; null: the whole tree. */
  readonly top: string | null;
  /** Condition on reports `r`: of which units and series. */
  readonly which: string;
  /** Condition on chains `c`: of which units. */
  readonly units: string;
  /** Levels of the tree. */
  readonly depth: number;
}

/** A unit in its place, and what is told of it there. A place is named by a number drawn for its chain, beside the unit itself. */
const NODE = `unit_id, node, series_id, mode, part_from, part_to`;
const KEY = `unit_id, series_id, whole`;

/**
 * CTEs that say the same as `rolledUp`, without looking at single reports where sums will do: `sums` adds up the flows of each unit, series and
 * scope in one pass; where there is the exact span, or nothing but events, or where the reports tile the period (their flows
 * add up to that of the period, which only a path of days from its first to its last does), the sum is the figure. Every
 * other unit, series and scope (`open`), and all that is no flow or whose unit moved, goes through `tiles`.
 *
 * `leaf` holds what reports say of the nodes themselves, one row or several a node; `nodes` the sums up the tree, with
 * `stated`, `own`, `below`, `figure` and their bits; one row a node, series and mode.
 */
export function summed(question: SumsQuestion): string {
  const { from, to, known, change, top, which, units, depth } = question;
  const standingNow = `${standing('r', known)} AND ${which}`;
  const slow = `(SELECT r.* FROM figure_reported r WHERE r.nature <> 0 AND r.day >= ${from}::date - 1 AND r.day <= ${to} AND ${standingNow}
        UNION ALL SELECT r.* FROM open JOIN figure_reported r USING (${KEY}) WHERE r.nature = 0 AND ${standing('r', known)}) r`;
  return `chains AS MATERIALIZED (
    SELECT c.unit_id, hash_array_extended(c.chain, 0) AS node, c.chain[2] AS parent_unit, hash_array_extended(c.chain[2:], 0) AS parent,
           cardinality(c.chain) AS depth, c.vfrom, c.vto
      FROM unit_chain c WHERE c.tfrom <= ${change} AND ${change} < c.tto AND ${top === null ? 'true' : `${top} = ANY(c.chain)`} AND ${units}
  ), places AS MATERIALIZED (
    SELECT DISTINCT unit_id, node, parent_unit, parent, depth FROM chains
  ), sums AS MATERIALIZED (
    SELECT r.unit_id, r.series_id, r.whole, CASE WHEN r.span_from < ${from} OR r.day > ${to} THEN 2 WHEN r.event THEN 1 ELSE 0 END AS kind,
           sum(r.flow) = figure_flow(${from}, ${to}) AS tiled, sum(r.value)::bigint AS value, bit_or(r.bits)::int AS bits, min(r.span_from) AS since, max(r.day) AS day,
           max(r.value) FILTER (WHERE r.span_from = ${from} AND r.day = ${to}) AS exact, max(r.bits) FILTER (WHERE r.span_from = ${from} AND r.day = ${to})::int AS exact_bits
      FROM figure_reported r WHERE r.nature = 0 AND r.day >= ${from} AND r.span_from <= ${to} AND ${standingNow}
     GROUP BY 1, 2, 3, 4
  ), fit AS MATERIALIZED (
    SELECT c.unit_id, c.node, c.parent_unit, c.parent, c.depth, s.series_id, s.whole, s.since, s.day, coalesce(s.exact, s.value) AS value, coalesce(s.exact_bits, s.bits) AS bits
      FROM (SELECT * FROM sums WHERE kind = 0 AND (exact IS NOT NULL OR tiled)
            UNION ALL SELECT e.unit_id, e.series_id, e.whole, e.kind, e.tiled, e.value, e.bits, e.since, e.day, NULL, NULL
              FROM sums e LEFT JOIN sums p ON p.kind = 0 AND p.unit_id = e.unit_id AND p.series_id = e.series_id AND p.whole = e.whole
             WHERE e.kind = 1 AND p.unit_id IS NULL) s
      JOIN chains c ON c.unit_id = s.unit_id AND c.vfrom <= ${from} AND ${to} < c.vto
  ), open AS MATERIALIZED (
    SELECT ${KEY} FROM sums WHERE unit_id IN (SELECT unit_id FROM chains) EXCEPT SELECT ${KEY} FROM fit
  ), leaf AS MATERIALIZED (
    SELECT unit_id, node, parent_unit, parent, depth, series_id, ${MODES.FIGURE} AS mode, NULL::date AS part_from, NULL::date AS part_to, whole, value, bits,
           since, day
      FROM fit
    UNION ALL
    SELECT c.unit_id, c.node, c.parent_unit, c.parent, c.depth, t.series_id, t.mode, CASE WHEN t.mode = ${MODES.PART} THEN t.span_from END, CASE WHEN t.mode = ${MODES.PART} THEN t.day END,
           t.whole, t.value, t.bits, t.span_from, t.day
      FROM (${tiles(`(SELECT ${from}::date AS from_day, ${to}::date AS to_day)`, 'true', true, slow)}) t
      JOIN chains c ON c.unit_id = t.unit_id AND c.vfrom <= t.day AND t.day < c.vto
  ), ${levels(depth, top)}`;
}

function levels(depth: number, top: string | null): string {
  const all = Array.from({ length: depth }, (_, index) => depth - index);
  const level = (n: number): string => `level_${n} AS MATERIALIZED (
    SELECT *, own IS NOT NULL OR below IS NOT NULL AS has_parts, CASE WHEN declared THEN stated ELSE parts END AS figure, CASE WHEN declared THEN stated_bits ELSE part_bits END AS bits
      FROM (SELECT *, stated >= parts OR (own IS NULL AND below IS NULL) AS declared
              FROM (SELECT ${NODE}, sum(stated)::bigint AS stated, bit_or(stated_bits) AS stated_bits, sum(own)::bigint AS own, bit_or(own_bits) AS own_bits,
                           sum(below)::bigint AS below, bit_or(below_bits) AS below_bits,
                           (coalesce(sum(own), 0) + coalesce(sum(below), 0))::bigint AS parts, coalesce(bit_or(own_bits), 0) | coalesce(bit_or(below_bits), 0) AS part_bits
                      FROM (SELECT ${NODE}, CASE WHEN whole THEN value END AS stated, CASE WHEN whole THEN bits END AS stated_bits,
                                   CASE WHEN NOT whole THEN value END AS own, CASE WHEN NOT whole THEN bits END AS own_bits, NULL::bigint AS below, NULL::int AS below_bits
                              FROM leaf WHERE depth = ${n}${
                                n === depth
                                  ? ''
                                  : `
                            UNION ALL
                            SELECT p.parent_unit, p.parent, l.series_id, l.mode, l.part_from, l.part_to, NULL, NULL, NULL, NULL, l.figure, l.bits
                              FROM level_${n + 1} l JOIN places p ON p.unit_id = l.unit_id AND p.node = l.node${top === null ? '' : ` WHERE l.unit_id <> ${top}`}`
                              }) told
                     GROUP BY ${NODE}) added) judged)`;
  return `${all.map(level).join(', ')}, nodes AS (${all.map((n) => `SELECT * FROM level_${n}`).join(' UNION ALL ')})`;
}
