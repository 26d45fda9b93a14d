import { Injectable } from '@nestjs/common';
import { QUALIFIERS, type Day, type Qualified, type Qualifier } from '@lib/kernel';
import type { Queryable } from '@lib/platform';
import { isLarge } from './candidates.sql.js';
import { FIGURES_AS_IS, TIMES_AS_IS, TODAY, UNITS_THEN } from './indicator-as-is.sql.js';
import { summed } from './indicator-sums.sql.js';
import { MODES, rolledUp, standing, tiles } from './indicator.sql.js';
import type { Question } from './period.queries.js';

/** How a figure of indicators comes about; null: nobody told. */
export interface FigureParts {
  readonly figure: Qualified;
  /** What was declared for the unit and all below it. */
  readonly stated: Qualified | null;
  readonly own: Qualified | null;
  /** Sum of the figures of the units below. */
  readonly below: Qualified | null;
  /** Own and below together. */
  readonly fromParts: Qualified | null;
  /** Stated less the sum of the parts; null where only one of the two is known. */
  readonly difference: number | null;
}

/** A series as a unit sees it in a period. */
export interface IndicatorFigure {
  readonly series: number;
  /** null: no figure; the reports inside are known parts, never a guess. */
  readonly figure: FigureParts | null;
  /** Of a value that counts since a start: what falls into the period. */
  readonly inPeriod: FigureParts | null;
  /** First day that the figure speaks for, and its last. */
  readonly since: Day | null;
  readonly asOf: Day | null;
  /** Units whose reports make the figure. */
  readonly units: number;
  readonly parts: readonly KnownPart[];
}

/** Reports of units for which the period has no figure, by the span that they speak for; `inside`: the period contains it. */
export interface KnownPart {
  readonly from: Day;
  readonly to: Day;
  readonly inside: boolean;
  readonly figure: Qualified;
}

/** One report behind a figure. `counted`: it makes the figure; otherwise a larger declared figure of a unit above contains it. */
export interface IndicatorContribution {
  readonly id: number;
  readonly recordId: number;
  readonly unitId: number;
  readonly series: number;
  readonly scope: 'OWN' | 'INCLUDES_SUBORDINATES';
  readonly from: Day;
  readonly to: Day;
  readonly figure: Qualified;
  readonly counted: boolean;
  /** Through as-is: a declared figure counts that contains it, and it belongs to another unit today; so it is taken off. */
  readonly takenOff: boolean;
}

interface NodeRow {
  series: number;
  mode: number;
  part_from: Day | null;
  part_to: Day | null;
  stated: number | null;
  stated_bits: number | null;
  own: number | null;
  own_bits: number | null;
  below: number | null;
  below_bits: number | null;
  figure: number;
  bits: number;
  difference: number | null;
}

interface SpanRow {
  series: number;
  since: Day;
  as_of: Day;
  units: number;
}

const BITS: readonly Qualifier[] = QUALIFIERS.slice(1);

/** 0: exact; one kind: that kind; several kinds: ABOUT. The same sums as the kernel's `add`. */
export function qualifierOf(bits: number): Qualifier {
  const kinds = BITS.filter((_, place) => bits & (1 << place));
  return kinds.length === 0 ? 'EXACT' : (kinds.length === 1 && kinds[0]) || 'ABOUT';
}

export function bitsOf(qualifier: Qualifier): number {
  return qualifier === 'EXACT' ? 0 : 1 << BITS.indexOf(qualifier);
}

const SPAN = `(SELECT $2::date AS from_day, $3::date AS to_day)`;
/** Reports of the units that stood in the subtree on some day of the period, or reach into it. */
const UNITS_BELOW = `SELECT p.unit_id FROM unit_path p WHERE p.ancestor_id = $1 AND p.tfrom <= $5 AND $5 < p.tto`;
/** Out of `nodes` and `leaf` of {@link summed}: the figures of the unit `$1`, then their spans. */
const FIGURES = `
  SELECT series_id AS series, mode, part_from, part_to, sum(stated)::bigint AS stated, bit_or(stated_bits) AS stated_bits, sum(own)::bigint AS own, bit_or(own_bits) AS own_bits,
         sum(below)::bigint AS below, bit_or(below_bits) AS below_bits, sum(figure)::bigint AS figure, bit_or(bits) AS bits,
         sum(stated - coalesce(own, 0) - coalesce(below, 0)) FILTER (WHERE has_parts)::bigint AS difference,
         NULL::date AS since, NULL::date AS as_of, NULL::int AS units
    FROM nodes WHERE unit_id = $1 GROUP BY 1, 2, 3, 4
  UNION ALL
  SELECT series_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, min(since), max(day), count(DISTINCT unit_id)::int
    FROM leaf WHERE mode = ${MODES.FIGURE} GROUP BY 1
  ORDER BY 1, 2, 3, 4`;

/** Reports that a declared figure on the way up to the unit `$1` contains. */
const CONTAINED = `contained AS (
         SELECT DISTINCT p.id FROM placed p CROSS JOIN LATERAL generate_series(2, array_position(p.chain, $1)) AS step (place)
           JOIN told t ON t.declared AND t.series_id = p.series_id AND t.chain = p.chain[step.place:]
       )`;
const WAS_COUNTED = {
  columns: `p.whole = t.declared AND NOT EXISTS (SELECT 1 FROM contained c WHERE c.id = p.id) AS counted, false AS "takenOff"`,
  from: '',
  where: 'true',
};
const IS_COUNTED = {
  columns: `st.times = 1 AS counted, st.times = -1 AS "takenOff"`,
  from: 'JOIN standing st ON st.id = p.id',
  where: `(st.times <> 0 OR p.unit_id IN (SELECT unit_id FROM today))`,
};
const BELOW = `r.unit_id IN (${UNITS_BELOW})`;
/** The same where the units are many: they are known already by their chains. */
const BELOW_OF_ALL = `r.unit_id IN (SELECT unit_id FROM chains)`;

/**
 * For one pass over the reports of the country: memory for its sums; no compiling, which would take longer than the pass; and
 * no loops over rows whose number the planner takes for small. Until the transaction ends, or {@link AS_EVER}.
 */
const FOR_LARGE = `SELECT set_config('work_mem', '256MB', true), set_config('jit', 'off', true), set_config('enable_nestloop', 'off', true)`;
const AS_EVER = `SELECT set_config('work_mem', $1, true), set_config('jit', $2, true), set_config('enable_nestloop', $3, true)`;

/** Figures of indicators for any unit and period, out of the reports that stood at the asked moment. */
@Injectable()
export class IndicatorQueries {
  /** A unit with more units below it is asked by going through the reports instead of through its units. */
  largeFrom = 3_000;

  /** Figures of the unit; of some series only, where these are given. */
  async figures(q: Queryable, question: Question, series: readonly number[] | null = null): Promise<IndicatorFigure[]> {
    const { sql, params, large } =
      question.lens === 'as-was' ? await this.sums(q, question, series) : await this.sumsAsIs(q, question, series);
    const [held] = large
      ? await q.query<{ values: string[] }>(
          `SELECT ARRAY[current_setting('work_mem'), current_setting('jit'), current_setting('enable_nestloop')] AS values`,
        )
      : [];
    if (held) await q.query(FOR_LARGE);
    const rows = await q.query<NodeRow | (SpanRow & { mode: null })>(sql, params);
    if (held) await q.query(AS_EVER, held.values);
    return bySeries(rows, question);
  }

  /** The reports behind a figure, in order of their ids; with the sum of those that make it. */
  async contributions(
    q: Queryable,
    question: Question,
    series: readonly number[],
    page: { limit: number; after: number | null },
  ): Promise<IndicatorContribution[]> {
    const { sql, params } = await this.rolled(q, question, series);
    const limit = `$${params.push(page.limit)}::int`;
    const after = `$${params.push(page.after)}::bigint`;
    const shown = `p.mode = ${MODES.FIGURE} AND (${after} IS NULL OR p.id > ${after})`;
    const [further, counting] = question.lens === 'as-was' ? [CONTAINED, WAS_COUNTED] : [TIMES_AS_IS, IS_COUNTED];
    const rows = await q.query<Omit<IndicatorContribution, 'figure'> & { value: number; bits: number }>(
      `${sql}, told AS (SELECT chain, series_id, stated IS NOT NULL AND (NOT has_parts OR stated >= coalesce(own, 0) + coalesce(below, 0)) AS declared FROM nodes WHERE mode = ${MODES.FIGURE}
       ), ${further}
       SELECT p.id, p.record_id AS "recordId", p.unit_id AS "unitId", p.series_id AS series, CASE WHEN p.whole THEN 'INCLUDES_SUBORDINATES' ELSE 'OWN' END AS scope,
              p.span_from AS "from", p.day AS "to", p.value, p.bits,
              ${counting.columns}
         FROM placed p JOIN told t ON t.chain = p.chain AND t.series_id = p.series_id ${counting.from}
        WHERE ${shown} AND ${counting.where} ORDER BY p.id LIMIT ${limit}`,
      params,
    );
    return rows.map(({ value, bits, ...row }) => ({ ...row, figure: { value, qualifier: qualifierOf(bits) } }));
  }

  private async sums(
    q: Queryable,
    { unitId, from, to, known, change }: Question,
    series: readonly number[] | null,
  ): Promise<{ sql: string; params: unknown[]; large: boolean }> {
    const params: unknown[] = [unitId, from, to, known, change];
    const only = series === null ? 'true' : `r.series_id = ANY($${params.push(series)}::int[])`;
    const [row] = await q.query<{ root: boolean }>(
      `SELECT bool_and(cardinality(chain) = 1) AS root FROM unit_chain WHERE unit_id = $1`,
      [unitId],
    );
    const large = await isLarge(q, unitId, this.largeFrom);
    const below = large ? (row?.root ? 'true' : BELOW_OF_ALL) : BELOW;
    const sql = summed({
      from: '$2::date',
      to: '$3::date',
      known: '$4',
      change: '$5::int',
      top: '$1::int',
      which: `${below} AND ${only}`,
      units: large ? 'true' : `c.unit_id IN (${UNITS_BELOW})`,
      depth: await this.depth(q, unitId),
    });
    return { sql: `WITH ${sql} ${FIGURES}`, params, large };
  }

  /** The same through as-is, up to the rows themselves. */
  private async sumsAsIs(
    q: Queryable,
    { unitId, from, to, known, change }: Question,
    series: readonly number[] | null,
  ): Promise<{ sql: string; params: unknown[]; large: boolean }> {
    const params: unknown[] = [unitId, from, to, known, change];
    const only = series === null ? 'true' : `r.series_id = ANY($${params.push(series)}::int[])`;
    const large = await isLarge(q, unitId, this.largeFrom, 'as-is');
    const sums = summed({
      from: '$2::date',
      to: '$3::date',
      known: '$4',
      change: '$5::int',
      top: null,
      which: `${large ? 'true' : 'r.unit_id IN (SELECT unit_id FROM units_then)'} AND ${only}`,
      units: large ? 'true' : 'c.unit_id IN (SELECT unit_id FROM units_then)',
      depth: await this.depthOfAll(q),
    });
    const before = `today AS MATERIALIZED (${TODAY}), units_then AS MATERIALIZED (${UNITS_THEN})`;
    return { sql: `WITH ${before}, ${sums}, ${FIGURES_AS_IS}`, params, large };
  }

  private async rolled(
    q: Queryable,
    { unitId, from, to, known, change, lens }: Question,
    series: readonly number[],
  ): Promise<{ sql: string; params: unknown[] }> {
    const params: unknown[] = [unitId, from, to, known, change, series];
    if (lens === 'as-is') {
      const which = `${standing('r', '$4')} AND r.unit_id IN (SELECT unit_id FROM units_then) AND r.series_id = ANY($6::int[])`;
      const rolled = rolledUp(tiles(SPAN, which, false), {
        change: '$5::int',
        top: null,
        depth: await this.depthOfAll(q),
      });
      return {
        sql: `WITH today AS MATERIALIZED (${TODAY}), units_then AS MATERIALIZED (${UNITS_THEN}), ${rolled}`,
        params,
      };
    }
    const tileSql = tiles(SPAN, `${standing('r', '$4')} AND ${BELOW} AND r.series_id = ANY($6::int[])`, false);
    const depth = await this.depth(q, unitId);
    return { sql: `WITH ${rolledUp(tileSql, { change: '$5::int', top: '$1::int', depth })}`, params };
  }

  private async depthOfAll(q: Queryable): Promise<number> {
    const [row] = await q.query<{ depth: number | null }>(`SELECT max(cardinality(chain)) AS depth FROM unit_chain`);
    return row?.depth ?? 1;
  }

  private async depth(q: Queryable, unitId: number): Promise<number> {
    const [row] = await q.query<{ depth: number | null }>(
      `SELECT (SELECT max(cardinality(chain)) FROM unit_chain WHERE unit_id = $1) + (SELECT max(depth) FROM unit_path WHERE ancestor_id = $1) AS depth`,
      [unitId],
    );
    return row?.depth ?? 1;
  }
}

function bySeries(rows: readonly (NodeRow | (SpanRow & { mode: null }))[], { from, to }: Question): IndicatorFigure[] {
  const found = new Map<number, { -readonly [Key in keyof IndicatorFigure]: IndicatorFigure[Key] }>();
  for (const row of rows) {
    const { series } = row;
    const held = found.get(series) ?? {
      series,
      figure: null,
      inPeriod: null,
      since: null,
      asOf: null,
      units: 0,
      parts: [],
    };
    found.set(series, held);
    if (row.mode === null) Object.assign(held, { since: row.since, asOf: row.as_of, units: row.units });
    else if (row.mode === MODES.FIGURE) held.figure = partsOf(row);
    else if (row.mode === MODES.IN_PERIOD) held.inPeriod = partsOf(row);
    else if (row.part_from && row.part_to) {
      const span = { from: row.part_from, to: row.part_to };
      held.parts = [
        ...held.parts,
        { ...span, inside: from <= span.from && span.to <= to, figure: qualified(row.figure, row.bits) },
      ];
    }
  }
  return [...found.values()];
}

function qualified(value: number, bits: number | null): Qualified {
  return { value, qualifier: qualifierOf(bits ?? 0) };
}

function partsOf(row: NodeRow): FigureParts {
  const one = (value: number | null, bits: number | null): Qualified | null =>
    value === null ? null : qualified(value, bits);
  const told = row.own !== null || row.below !== null;
  return {
    figure: qualified(row.figure, row.bits),
    stated: one(row.stated, row.stated_bits),
    own: one(row.own, row.own_bits),
    below: one(row.below, row.below_bits),
    fromParts: told ? qualified((row.own ?? 0) + (row.below ?? 0), (row.own_bits ?? 0) | (row.below_bits ?? 0)) : null,
    difference: row.difference,
  };
}
