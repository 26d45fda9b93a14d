import { TREE_TABLES, type Lens } from '@lib/units';
import { PLACE } from './lens.sql.js';
import { RELATIONS } from './relations.js';

/**
 * Every unit that sees an entry: the chain of the receiving unit, and whatever of the conferring bodies' chains lies
 * outside it. The tree is the one that change `change` knew, on the entry's own day.
 *
 * `entries` is a FROM item aliased `e`; the result has the entry's columns, `seen_by`, `relation`, and the line it falls
 * under there: above the leading conferring body only its level is named (`figure_dim.twin_id`, giver 0). Through as-is the
 * tree is today's, and an ended unit stands below its heir.
 */
export function seenFrom(entries: string, change: string, only?: string, lens: Lens = 'as-was'): string {
  return seen(entries, change, INSIDE(change, lens), only ? `x.unit = ${only}` : 'true', lens);
}

/**
 * The same in two halves. Of the entries given, `single` keeps those of one conferring body, nearly all: no subquery
 * depends on a row, which would forbid a parallel plan. `joint` keeps the others.
 */
export const HALVES = {
  single: (entries: string, change: string): string =>
    seen(entries, change, `CROSS JOIN LATERAL (SELECT gc.chain AS inside) i`, `NOT ${JOINT}`),
  joint: (entries: string, change: string): string => seen(entries, change, INSIDE(change), JOINT),
};

/** A giver `g` whose chain is a union: several bodies, or one that does not lead because a body outside does. */
const JOINT = `(cardinality(g.anchors) > 1 OR (g.lead IS NULL AND cardinality(g.anchors) > 0))`;

/** `OFFSET 0` keeps the planner from writing the subquery out at each of its uses. */
const INSIDE = (change: string, lens: Lens = 'as-was'): string => `CROSS JOIN LATERAL (SELECT CASE WHEN ${JOINT}
        THEN (SELECT array_agg(DISTINCT up.unit) FROM ${TREE_TABLES[lens].chain} jc CROSS JOIN LATERAL unnest(jc.chain) up (unit)
               WHERE jc.unit_id = ANY(g.anchors) AND jc.vfrom <= e.day AND e.day < jc.vto AND jc.tfrom <= ${change} AND ${change} < jc.tto)
        ELSE gc.chain END AS inside OFFSET 0) i`;

function seen(entries: string, change: string, inside: string, where: string, lens: Lens = 'as-was'): string {
  const { chain } = TREE_TABLES[lens];
  return `
    SELECT e.*, x.unit AS seen_by,
           CASE WHEN x.place > cardinality(rc.chain) THEN ${RELATIONS.TO_OUTSIDE}
                WHEN x.unit = ANY(i.inside) THEN ${RELATIONS.OWN}
                WHEN cardinality(g.anchors) > 0 THEN ${RELATIONS.FROM_ABOVE}
                ELSE ${RELATIONS.OUTSIDE_BODY} END::smallint AS relation,
           CASE WHEN x.unit <> g.lead AND x.unit = ANY(gc.chain) THEN d.twin_id ELSE e.dim_id END AS line_dim,
           CASE WHEN x.unit <> g.lead AND x.unit = ANY(gc.chain) THEN 0 ELSE e.giver_id END AS line_giver
      FROM ${entries}
      JOIN figure_dim d ON d.id = e.dim_id
      JOIN figure_giver g ON g.id = e.giver_id
      JOIN ${chain} rc ON rc.unit_id = e.${PLACE[lens]} AND rc.vfrom <= e.day AND e.day < rc.vto AND rc.tfrom <= ${change} AND ${change} < rc.tto
      LEFT JOIN ${chain} gc ON gc.unit_id = g.lead AND gc.vfrom <= e.day AND e.day < gc.vto AND gc.tfrom <= ${change} AND ${change} < gc.tto
      ${inside}
     CROSS JOIN LATERAL unnest(CASE WHEN i.inside <@ rc.chain IS NOT FALSE THEN rc.chain ELSE rc.chain || i.inside END) WITH ORDINALITY AS x (unit, place)
     WHERE (x.place <= cardinality(rc.chain) OR x.unit <> ALL(rc.chain)) AND ${where}`;
}

/** Measures of a cell, out of the rows of {@link seenFrom}. A part other than 0 is an itemised line. */
export function cellSums(alias: string, sign = ''): string {
  return `(${sign}sum(${alias}.coll))::int AS coll, (${sign}sum(${alias}.indiv))::int AS indiv, (${sign}sum(${alias}.hh))::int AS hh,
    (${sign}sum(${alias}.unsplit))::int AS unsplit, (${sign}sum(${alias}.women))::int AS women, (${sign}sum(${alias}.women_of))::int AS women_of,
    (${sign}sum(CASE WHEN ${alias}.part_id <> 0 THEN ${alias}.coll ELSE 0 END))::int AS item_coll,
    (${sign}sum(CASE WHEN ${alias}.part_id <> 0 THEN ${alias}.indiv ELSE 0 END))::int AS item_indiv,
    (${sign}sum(CASE WHEN ${alias}.person_id IS NOT NULL THEN ${alias}.indiv ELSE 0 END))::int AS named`;
}

/** First day of the month of a day, without a detour over time zones. */
export const MONTH = (day: string): string =>
  `make_date(extract(year FROM ${day})::int, extract(month FROM ${day})::int, 1)`;

/** True when a span crosses a month. */
export const WIDE = (from: string, to: string): string =>
  `(extract(year FROM ${from}) * 12 + extract(month FROM ${from}) <> extract(year FROM ${to}) * 12 + extract(month FROM ${to}))`;
