import { MODES } from './indicator.sql.js';

/**
 * Figures of indicators carried to the units of today. What a unit declared for all below it contains what was below it then, so
 * figures are made by the tree of the time; today's unit has those of the units that belong to it now and stood below none
 * of these (`1`), less those that stood below one of them and belong elsewhere now (`-1`). Where nothing was reorganised
 * that is the unit's own figure; whatever was, the parts of all units of today add up to what all units had then.
 */

/** Units that are, or whose heirs are, below `$1` today, by what change `$5` knew. */
export const TODAY = `SELECT tp.unit_id FROM unit_path_as_is tp WHERE tp.ancestor_id = $1 AND tp.tfrom <= $5 AND $5 < tp.tto`;

/** Those, and whoever stood below one of them on any day. */
export const UNITS_THEN = `SELECT unit_id FROM today UNION SELECT p.unit_id FROM today t JOIN unit_path p ON p.ancestor_id = t.unit_id WHERE p.tfrom <= $5 AND $5 < p.tto`;

const ABOUT = 8;

/** Of `nodes` and `places` of `summed`, with `today`: the rows that `IndicatorQueries.figures` reads, for the unit `$1`. */
export const FIGURES_AS_IS = `
  net AS (
    SELECT n.series_id, n.mode, n.part_from, n.part_to, n.unit_id, n.figure, n.bits
      FROM nodes n LEFT JOIN places p ON p.unit_id = n.unit_id AND p.node = n.node
     WHERE n.unit_id IN (SELECT unit_id FROM today) AND (p.parent_unit IS NULL OR p.parent_unit NOT IN (SELECT unit_id FROM today))
    UNION ALL
    SELECT n.series_id, n.mode, n.part_from, n.part_to, n.unit_id, -n.figure, CASE WHEN n.bits = 0 THEN 0 ELSE ${ABOUT} END
      FROM nodes n JOIN places p ON p.unit_id = n.unit_id AND p.node = n.node
     WHERE n.unit_id NOT IN (SELECT unit_id FROM today) AND p.parent_unit IN (SELECT unit_id FROM today)
  ), netted AS (
    SELECT series_id, mode, part_from, part_to, sum(figure)::bigint AS figure, bit_or(bits) AS bits, bool_and(unit_id = $1) AS alone FROM net GROUP BY 1, 2, 3, 4
  ), mine AS (
    SELECT series_id, mode, part_from, part_to, sum(stated)::bigint AS stated, bit_or(stated_bits) AS stated_bits, sum(own)::bigint AS own, bit_or(own_bits) AS own_bits,
           sum(below)::bigint AS below, bit_or(below_bits) AS below_bits, sum(stated - coalesce(own, 0) - coalesce(below, 0)) FILTER (WHERE has_parts)::bigint AS difference
      FROM nodes WHERE unit_id = $1 GROUP BY 1, 2, 3, 4
  )
  SELECT n.series_id AS series, n.mode, n.part_from, n.part_to, CASE WHEN n.alone THEN m.stated END AS stated, CASE WHEN n.alone THEN m.stated_bits END AS stated_bits,
         m.own, m.own_bits, CASE WHEN n.alone THEN m.below ELSE n.figure - coalesce(m.own, 0) END AS below, CASE WHEN n.alone THEN m.below_bits ELSE n.bits END AS below_bits,
         n.figure, n.bits, CASE WHEN n.alone THEN m.difference END AS difference, NULL::date AS since, NULL::date AS as_of, NULL::int AS units
    FROM netted n LEFT JOIN mine m ON m.series_id = n.series_id AND m.mode = n.mode
     AND m.part_from IS NOT DISTINCT FROM n.part_from AND m.part_to IS NOT DISTINCT FROM n.part_to
  UNION ALL
  SELECT series_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, min(since), max(day), count(DISTINCT unit_id)::int
    FROM leaf WHERE mode = ${MODES.FIGURE} AND unit_id IN (SELECT unit_id FROM today) GROUP BY 1
  ORDER BY 1, 2, 3, 4`;

/**
 * Of `placed` and `told` (chain, series_id, declared) with `today`, as relation `standing(id, times)`: how often a report stands in the
 * figure. It makes the figure of every node on its way up to the first that declared a larger one.
 */
export const TIMES_AS_IS = `
  standing AS (
    SELECT p.id, sum(CASE WHEN coalesce(first.place, cardinality(p.chain) + 1) <= step.place OR p.whole <> own.declared THEN 0
                          WHEN here.unit_id IS NOT NULL AND above.unit_id IS NULL THEN 1 WHEN here.unit_id IS NULL AND above.unit_id IS NOT NULL THEN -1 ELSE 0 END)::int AS times
      FROM placed p JOIN told own ON own.chain = p.chain AND own.series_id = p.series_id
      LEFT JOIN LATERAL (SELECT min(up.place) AS place FROM generate_series(2, cardinality(p.chain)) AS up (place)
                          JOIN told t ON t.declared AND t.series_id = p.series_id AND t.chain = p.chain[up.place:]) first ON true
     CROSS JOIN LATERAL generate_series(1, cardinality(p.chain)) AS step (place)
      LEFT JOIN today here ON here.unit_id = p.chain[step.place]
      LEFT JOIN today above ON above.unit_id = p.chain[step.place + 1]
     WHERE p.mode = ${MODES.FIGURE} GROUP BY p.id
  )`;
