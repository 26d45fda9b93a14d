import { Injectable } from '@nestjs/common';
import type { Day } from '@lib/kernel';
import type { Queryable } from '@lib/platform';
import { TREE_TABLES, type Lens } from '@lib/units';
import { candidates } from './candidates.sql.js';
import type { Block } from './keys.service.js';
import { PLACE } from './lens.sql.js';
import { NO_COUNTS, type Counts } from './measures.js';
import type { Question } from './period.queries.js';
import { RELATIONS, type Relation } from './relations.js';
import { seenFrom } from './seen.sql.js';

/** What a figure opens to: the net contribution of one line, or of one record's remainder. */
export interface Contribution extends Counts {
  readonly source: number;
  readonly recordId: number;
  /** 0: the record's remainder, otherwise a line of it. */
  readonly partId: number;
  readonly unitId: number;
  readonly from: Day;
  readonly to: Day;
  readonly recordedOn: Day;
}

/** The three ids that make a printed line. */
export interface LineKey {
  readonly dim: number;
  readonly giver: number;
  readonly relation: Relation;
}

/** What to open: the whole of a block, some of its lines, or what the period cuts. */
export interface LineFilter {
  readonly block?: Block;
  readonly lines?: readonly LineKey[];
  /** Only facts recorded under one of these names of a campaign. */
  readonly campaigns?: readonly string[];
  /** Only what was received below this direct sub-unit; the unit itself: its own part, no sub-unit's. */
  readonly part?: number;
  /** Only facts that the period cuts, instead of those inside it. */
  readonly undated?: boolean;
}

const COUNTS = `sum(s.coll)::int AS collectives, sum(s.indiv)::int AS individuals, sum(s.hh)::int AS households, sum(s.unsplit)::int AS unsplit`;
const NOT_ZERO = `HAVING sum(s.coll) <> 0 OR sum(s.indiv) <> 0 OR sum(s.hh) <> 0 OR sum(s.unsplit) <> 0`;

/** From a figure down to the records that make it. */
@Injectable()
export class LineageQueries {
  /**
   * Net contributions in order of (record, part), after the given one; entries above the pin are not counted. A corrected
   * record leaves entries and counter-entries under its former unit and days: they cancel out there and are not shown.
   */
  async contributions(
    q: Queryable,
    question: Question,
    filter: LineFilter,
    page: { limit: number; after: readonly [number, number] | null; pin: number | null },
  ): Promise<Contribution[]> {
    const params: unknown[] = [];
    const { from, where } = opened(question, filter, page.pin, params);
    if (page.after)
      where.push(
        `(s.record_id, s.part_id) > ($${params.push(page.after[0])}::int, $${params.push(page.after[1])}::int)`,
      );
    return q.query<Contribution>(
      `SELECT s.source, s.record_id AS "recordId", s.part_id AS "partId", s.unit_id AS "unitId", s.span_from AS "from", s.day AS "to",
              max(s.recorded_on) AS "recordedOn", ${COUNTS}
         FROM ${from} WHERE ${where.join(' AND ')}
        GROUP BY s.source, s.record_id, s.part_id, s.unit_id, s.span_from, s.day ${NOT_ZERO}
        ORDER BY s.record_id, s.part_id LIMIT $${params.push(page.limit)}`,
      params,
    );
  }

  /** The sum of all contributions: equal to the figure that was opened. */
  async sum(
    q: Queryable,
    question: Question,
    filter: LineFilter,
    pin: number | null,
  ): Promise<Counts & { records: number }> {
    const params: unknown[] = [];
    const { from, where } = opened(question, filter, pin, params);
    const [row] = await q.query<Counts & { records: number }>(
      `SELECT count(*)::int AS records, coalesce(sum(s.collectives), 0)::int AS collectives, coalesce(sum(s.individuals), 0)::int AS individuals,
              coalesce(sum(s.households), 0)::int AS households, coalesce(sum(s.unsplit), 0)::int AS unsplit
         FROM (SELECT ${COUNTS} FROM ${from} WHERE ${where.join(' AND ')} GROUP BY s.source, s.record_id, s.part_id ${NOT_ZERO}) s`,
      params,
    );
    return row ?? { ...NO_COUNTS, records: 0 };
  }
}

function opened(
  { unitId, from, to, known, change, lens }: Question,
  filter: LineFilter,
  pin: number | null,
  params: unknown[],
): { from: string; where: string[] } {
  params.push(unitId, from, to, known, change);
  const add = (value: unknown): string => `$${params.push(value)}`;
  const inside = filter.undated
    ? `f.day >= $2 AND f.span_from <= $3 AND (f.span_from < $2 OR f.day > $3)`
    : `f.day BETWEEN $2 AND $3 AND f.span_from >= $2`;
  const pinned = pin === null ? '' : ` AND f.seq <= ${add(pin)}::bigint`;
  const when = `${inside} AND ($4::date IS NULL OR f.recorded_on <= $4)${pinned}`;
  const where = ['true'];
  if (filter.block) where.push(`d.block = ${add(filter.block)}`);
  if (filter.lines) where.push(linesIn(filter.lines, add));
  if (filter.campaigns)
    where.push(
      `s.dim_id IN (SELECT own.id FROM figure_dim own WHERE own.campaign = ANY(${add(filter.campaigns)}::text[]))`,
    );
  if (filter.part !== undefined) where.push(filter.part === unitId ? ownPart(lens) : partOf(add(filter.part), lens));
  return {
    from: `(${seenFrom(candidates({ known: known !== null, when, change: '$5::int', lens }), '$5::int', '$1::int', lens)}) s JOIN figure_dim d ON d.id = s.line_dim`,
    where,
  };
}

function linesIn(lines: readonly LineKey[], add: (value: unknown) => string): string {
  const dims = add(lines.map((line) => line.dim));
  const givers = add(lines.map((line) => line.giver));
  const relations = add(lines.map((line) => RELATIONS[line.relation]));
  return `(s.line_dim, s.line_giver, s.relation::int) IN (SELECT * FROM unnest(${dims}::int[], ${givers}::int[], ${relations}::int[]))`;
}

/** Received at the unit itself, or conferred by one of its bodies outside: nothing of it lies below a direct sub-unit. */
function ownPart(lens: Lens): string {
  return `(s.${PLACE[lens]} = $1 OR s.relation = ${RELATIONS.TO_OUTSIDE})`;
}

/** Received below a direct sub-unit, which it was on the day of the fact, or is today. */
function partOf(subUnit: string, lens: Lens): string {
  const { path } = TREE_TABLES[lens];
  return `s.relation <> ${RELATIONS.TO_OUTSIDE} AND EXISTS (
    SELECT 1 FROM ${path} k JOIN ${path} here ON here.unit_id = k.ancestor_id AND here.ancestor_id = $1 AND here.depth = 1
     WHERE k.unit_id = s.${PLACE[lens]} AND k.ancestor_id = ${subUnit}::int
       AND k.vfrom <= s.day AND s.day < k.vto AND k.tfrom <= $5 AND $5 < k.tto
       AND here.vfrom <= s.day AND s.day < here.vto AND here.tfrom <= $5 AND $5 < here.tto)`;
}
