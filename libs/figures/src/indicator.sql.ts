/** Of which kind a value is: of a period, since a start, as of a day. The places are stored. */
export const NATURES = ['FLOW', 'CUMULATIVE', 'STOCK'] as const;
export type Nature = (typeof NATURES)[number];

/** What a row of {@link rolledUp} tells: the figure, what of a cumulative one falls into the period, or a report that makes no figure. */
export const MODES = { FIGURE: 0, IN_PERIOD: 1, PART: 2 } as const;

/** SQL condition: the statement aliased `alias` stood at the end of the day `known`; it stands now, where that is null. */
export function standing(alias: string, known: string): string {
  return `(CASE WHEN ${known}::date IS NULL THEN ${alias}.removed_on IS NULL
           ELSE ${alias}.recorded_on <= ${known} AND (${alias}.removed_on IS NULL OR ${alias}.removed_on > ${known}) END)`;
}

const GROUP = `from_day, to_day, unit_id, series_id, whole`;
const TILE = `${GROUP}, id, record_id, span_from, day, value, bits::int`;

/**
 * The one definition of which reports stand for a period. Relation of (from_day, to_day, unit_id, series_id, whole, id,
 * record_id, span_from, day, value, bits, mode), out of `asked`, a relation of (from_day, to_day), and of the reports `r` that
 * meet `which`:
 *
 * - a flow: where a unit tells of its periods, the report of exactly the asked span, else the fewest that tile it without
 *   gap or overlap, else nothing. Where it tells of nothing but single events inside the span, all of these;
 * - a cumulative value: the latest of the span; beside it, as IN_PERIOD, the one that began with the span and ends with it,
 *   else the difference of two with the same start;
 * - a stock: the latest of the span.
 *
 * `reports`: where they are taken from. With `parts`, the flows that touch the span and make no figure follow as PART. Nothing is ever interpolated.
 */
export function tiles(asked: string, which: string, parts: boolean, reports = 'figure_reported r'): string {
  return `
  WITH near AS MATERIALIZED (
    SELECT a.from_day, a.to_day, r.id, r.record_id, r.unit_id, r.series_id, r.nature, r.whole, r.event, r.span_from, r.day, r.value, r.bits
      FROM ${asked} a JOIN ${reports} ON r.day >= a.from_day - 1 AND r.span_from <= a.to_day AND (r.nature = 0 OR r.day <= a.to_day)
     WHERE ${which}
  ), inside AS (
    SELECT *, lag(day) OVER (PARTITION BY ${GROUP}, event ORDER BY span_from, day) AS before
      FROM near WHERE nature = 0 AND span_from >= from_day AND day <= to_day
  ), judged AS (
    SELECT *, bool_and(event) OVER own AS events,
           bool_or(NOT event AND span_from = from_day AND day = to_day) OVER own AS exact,
           bool_and(span_from = coalesce(before + 1, from_day)) FILTER (WHERE NOT event) OVER own
             AND max(day) FILTER (WHERE NOT event) OVER own = to_day AS tiled
      FROM inside WINDOW own AS (PARTITION BY ${GROUP})
  ), fewest AS (
    SELECT ${GROUP}, array_agg(id ORDER BY span_from, day) AS ids,
           figure_fewest(array_agg(span_from ORDER BY span_from, day), array_agg(day ORDER BY span_from, day), from_day, to_day) AS places
      FROM judged WHERE NOT events AND NOT event AND NOT exact AND NOT tiled
     GROUP BY ${GROUP} HAVING min(span_from) = from_day AND max(day) = to_day
  ), flows AS (
    SELECT ${TILE}, ${MODES.FIGURE} AS mode FROM judged
     WHERE CASE WHEN events THEN true WHEN event THEN false WHEN exact THEN span_from = from_day AND day = to_day ELSE tiled END
    UNION ALL
    SELECT ${TILE}, ${MODES.FIGURE} FROM judged JOIN (SELECT from_day, to_day, ids[place] AS id FROM fewest, unnest(places) AS place) f USING (from_day, to_day, id)
  )
  SELECT * FROM flows
  UNION ALL
  SELECT * FROM (SELECT DISTINCT ON (${GROUP}) ${TILE}, ${MODES.FIGURE} FROM near WHERE nature <> 0 AND day >= from_day
                  ORDER BY ${GROUP}, day DESC, span_from) latest
  UNION ALL
  SELECT * FROM (
    SELECT DISTINCT ON (${GROUP}) ${GROUP}, id, record_id, span_from, day, value, bits, ${MODES.IN_PERIOD} FROM (
      SELECT ${TILE} FROM near WHERE nature = 1 AND span_from = from_day AND day = to_day
      UNION ALL
      SELECT ${GROUP}, l.id, l.record_id, l.span_from, l.day, l.value - e.value, CASE WHEN e.bits = 0 THEN l.bits ELSE 8 END
        FROM near l JOIN near e USING (${GROUP}, span_from)
       WHERE l.nature = 1 AND l.day = to_day AND e.day = from_day - 1 AND l.value >= e.value
    ) difference ORDER BY ${GROUP}, span_from DESC) in_period${
      parts
        ? `
  UNION ALL
  SELECT ${TILE}, ${MODES.PART} FROM near WHERE nature = 0 AND day >= from_day
     AND NOT EXISTS (SELECT 1 FROM flows f WHERE (f.from_day, f.to_day, f.unit_id, f.series_id, f.whole) = (near.from_day, near.to_day, near.unit_id, near.series_id, near.whole))`
        : ''
    }`;
}

const NODE = `chain, series_id, mode, part_from, part_to`;

/**
 * CTEs that roll tiles up the tree: `placed` (tiles with the chain of their last day, by the tree of change `change`), then one
 * per level from `depth` up to the root, and `nodes` with all of them. A node is a unit in its place. Its figure is the larger of what
 * was declared for all of it and of its own with the figures below; nothing goes up from the unit `top` (null: all the way up).
 */
export function rolledUp(
  tileSql: string,
  { change, top, depth }: { change: string; top: string | null; depth: number },
): string {
  const levels = Array.from({ length: depth }, (_, index) => depth - index);
  const level = (n: number): string => `level_${n} AS (
    SELECT *, own IS NOT NULL OR below IS NOT NULL AS has_parts,
           CASE WHEN stated >= coalesce(own, 0) + coalesce(below, 0) OR (own IS NULL AND below IS NULL) THEN stated ELSE coalesce(own, 0) + coalesce(below, 0) END AS figure,
           CASE WHEN stated >= coalesce(own, 0) + coalesce(below, 0) OR (own IS NULL AND below IS NULL) THEN stated_bits ELSE coalesce(own_bits, 0) | coalesce(below_bits, 0) END AS bits
      FROM (SELECT ${NODE}, sum(stated)::bigint AS stated, bit_or(stated_bits) AS stated_bits, sum(own)::bigint AS own, bit_or(own_bits) AS own_bits,
                   sum(below)::bigint AS below, bit_or(below_bits) AS below_bits
              FROM (SELECT ${NODE}, CASE WHEN whole THEN value END AS stated, CASE WHEN whole THEN bits END AS stated_bits,
                           CASE WHEN NOT whole THEN value END AS own, CASE WHEN NOT whole THEN bits END AS own_bits, NULL::bigint AS below, NULL::int AS below_bits
                      FROM placed WHERE cardinality(chain) = ${n}${
                        n === depth
                          ? ''
                          : `
                    UNION ALL
                    SELECT chain[2:], series_id, mode, part_from, part_to, NULL, NULL, NULL, NULL, figure, bits FROM level_${n + 1} WHERE ${top === null ? 'cardinality(chain) > 1' : `chain[1] <> ${top}`}`
                      }) told
             GROUP BY ${NODE}) summed)`;
  return `placed AS MATERIALIZED (
    SELECT t.*, c.chain, CASE WHEN t.mode = ${MODES.PART} THEN t.span_from END AS part_from, CASE WHEN t.mode = ${MODES.PART} THEN t.day END AS part_to
      FROM (${tileSql}) t
      JOIN unit_chain c ON c.unit_id = t.unit_id AND c.vfrom <= t.day AND t.day < c.vto AND c.tfrom <= ${change} AND ${change} < c.tto
     WHERE ${top === null ? 'true' : `${top} = ANY(c.chain)`}
  ), ${levels.map(level).join(', ')}, nodes AS (${levels.map((n) => `SELECT * FROM level_${n}`).join(' UNION ALL ')})`;
}
