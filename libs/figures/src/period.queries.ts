import { Injectable } from '@nestjs/common';
import type { Day } from '@lib/kernel';
import type { Queryable } from '@lib/platform';
import type { Lens } from '@lib/units';
import { candidates, candidatesOfAll, everyEntry, isLarge } from './candidates.sql.js';
import type { Block, BodyLabel, DimInput } from './keys.service.js';
import { CELL_MEASURES, sums, type Counts } from './measures.js';
import { relationName, type Relation } from './relations.js';
import { cellSums, seenFrom } from './seen.sql.js';
import { cutMonths, inEdges, inEnds, splitPeriod } from './split.sql.js';

/** Which figures: of a unit, for the days from–to, by the tree that change `change` knew. */
export interface Question {
  readonly unitId: number;
  readonly from: Day;
  readonly to: Day;
  /** Last day whose knowledge counts; null for the present (cells and the book as applied). */
  readonly known: Day | null;
  readonly change: number;
  readonly lens: Lens;
}

/** Cells hold the present as it was: a past day, or today's organisation, is answered from the entries alone. */
export function cellsTell({ known, lens }: Pick<Question, 'known' | 'lens'>): boolean {
  return known === null && lens === 'as-was';
}

/** One line of figures; `dim` and `giver` name what it counts. */
export interface FigureLine extends Counts {
  readonly dim: number;
  readonly giver: number;
  readonly relation: Relation;
  readonly women: number;
  readonly womenOf: number;
  readonly itemCollectives: number;
  readonly itemIndividuals: number;
  readonly named: number;
  /** First days of the first and the last whole month that counts something; null where the line rests on entries alone. */
  readonly months: { readonly first: Day; readonly last: Day } | null;
  /** Span of the facts in the line. */
  readonly when: { readonly from: Day; readonly to: Day } | null;
}

/** A record that the period cuts: listed beside the totals, never guessed into them. */
export interface UndatedRecord extends Counts {
  readonly source: number;
  readonly recordId: number;
  readonly dim: number;
  readonly from: Day;
  readonly to: Day;
}

export interface Dim extends DimInput {
  readonly id: number;
}

/** A line as SQL adds it up, not yet merged with others of the same key. */
export interface LineRow {
  line_dim: number;
  line_giver: number;
  relation: number;
  coll: number;
  indiv: number;
  hh: number;
  unsplit: number;
  women: number;
  women_of: number;
  item_coll: number;
  item_indiv: number;
  named: number;
  span_from: Day | null;
  day: Day | null;
  first?: Day | null;
  last?: Day | null;
}

/** A cell whose facts were all taken back is no sign of any. */
const COUNTS_SOMETHING = CELL_MEASURES.map((name) => `${name} <> 0`).join(' OR ');

/** Values of {@link inEnds}. */
function endsOf(lines: readonly FigureLine[]): [number[], number[], Day[]] {
  const ends = lines.flatMap(({ dim, giver, months }) =>
    months ? [months.first, months.last].map((month) => ({ dim, giver, month })) : [],
  );
  return [ends.map((end) => end.dim), ends.map((end) => end.giver), ends.map((end) => end.month)];
}

/** Figures of any unit and period. Reads only; a job stores what it finds. */
@Injectable()
export class PeriodQueries {
  /** A unit with more units below it is asked by going through the days instead of through its units. */
  largeFrom = 3_000;

  /**
   * First statement of a snapshot that will read cells: a year swapped in after the snapshot was taken would look empty to
   * it. The swap waits for the lock instead.
   */
  async holdCells(q: Queryable): Promise<void> {
    await q.query(`LOCK TABLE ONLY figure_cell IN ACCESS SHARE MODE`);
  }

  /** The lines whose facts lie wholly inside the period. `rest`: what {@link rest} found, where it is known to hold still. */
  async lines(q: Queryable, question: Question, rest?: readonly LineRow[]): Promise<FigureLine[]> {
    const rows = [...(rest ?? (await this.rest(q, question))), ...(await this.fromCells(q, question))];
    return mergeRows(rows)
      .filter((row) => CELL_MEASURES.some((name) => row[name] !== 0))
      .map(lineOf);
  }

  /** What no cell tells: the edges of the period and the wide spans; everything, for a past day and through as-is. */
  async rest(q: Queryable, question: Question): Promise<LineRow[]> {
    if (!cellsTell(question)) return this.fromEntries(q, question, 'true');
    const { edges } = splitPeriod(question.from, question.to);
    const wide = await this.fromEntries(q, question, 'f.wide');
    if (edges.length === 0) return wide;
    return [...wide, ...(await this.fromEntries(q, question, `NOT f.wide AND ${inEdges(edges)}`))];
  }

  private async fromCells(q: Queryable, question: Question): Promise<LineRow[]> {
    const { months } = splitPeriod(question.from, question.to);
    if (!months || !cellsTell(question)) return [];
    return q.query<LineRow>(
      `SELECT dim_id AS line_dim, giver_id AS line_giver, relation, ${sums(CELL_MEASURES)},
              min(month) FILTER (WHERE ${COUNTS_SOMETHING}) AS first, max(month) FILTER (WHERE ${COUNTS_SOMETHING}) AS last,
              min(month) FILTER (WHERE ${COUNTS_SOMETHING}) AS span_from,
              (max(month) FILTER (WHERE ${COUNTS_SOMETHING}) + interval '1 month - 1 day')::date AS day
         FROM figure_cell WHERE unit_id = $1 AND month BETWEEN $2 AND $3 GROUP BY 1, 2, 3`,
      [question.unitId, months.from, months.to],
    );
  }

  private async fromEntries(q: Queryable, question: Question, which: string): Promise<LineRow[]> {
    const { unitId, from, to, known, change } = question;
    const inside = `f.day BETWEEN $2 AND $3 AND f.span_from >= $2 AND ($4::date IS NULL OR f.recorded_on <= $4) AND ${which}`;
    return q.query<LineRow>(
      `SELECT line_dim, line_giver, relation, ${cellSums('s')}, min(span_from) AS span_from, max(day) AS day
         FROM (${await this.seen(q, question, inside)}) s GROUP BY 1, 2, 3`,
      [unitId, from, to, known, change],
    );
  }

  /** Beside cells only edges and wide spans are read. Where entries tell all, going through units pays for ten times as many. */
  private byDays(q: Queryable, question: Question): Promise<boolean> {
    const limit = cellsTell(question) ? this.largeFrom : 10 * this.largeFrom;
    return isLarge(q, question.unitId, limit, question.lens);
  }

  /** What the unit `$1` sees of the entries that meet `when`, by the tree of change `$5`. */
  private async seen(q: Queryable, question: Question, when: string): Promise<string> {
    const { known, lens } = question;
    const asked = { known: known !== null, when, change: '$5::int', lens };
    const entries = (await this.byDays(q, question)) ? everyEntry(asked) : candidates(asked);
    return seenFrom(entries, '$5::int', '$1::int', lens);
  }

  /** Records the period cuts: some of their possible days lie inside, others outside. */
  async undated(q: Queryable, question: Question): Promise<UndatedRecord[]> {
    const rows = await this.cut(q, question, `f.wide AND f.day >= $2`);
    const edges = cutMonths(question.from, question.to);
    if (edges.length > 0) rows.push(...(await this.cut(q, question, `NOT f.wide AND ${inEdges(edges)}`)));
    return rows.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.recordId - b.recordId));
  }

  private async cut(q: Queryable, question: Question, which: string): Promise<UndatedRecord[]> {
    const { unitId, from, to, known, change } = question;
    const cut = `${which} AND f.span_from <= $3 AND (f.span_from < $2 OR f.day > $3) AND ($4::date IS NULL OR f.recorded_on <= $4)`;
    return q.query<UndatedRecord>(
      `SELECT source, record_id AS "recordId", min(line_dim) AS dim, min(span_from) AS "from", max(day) AS "to",
              sum(coll)::int AS collectives, sum(indiv)::int AS individuals, sum(hh)::int AS households, sum(unsplit)::int AS unsplit
         FROM (${await this.seen(q, question, cut)}) s
        GROUP BY source, record_id
       HAVING sum(coll) <> 0 OR sum(indiv) <> 0 OR sum(hh) <> 0 OR sum(unsplit) <> 0`,
      [unitId, from, to, known, change],
    );
  }

  /** Distinct people honoured in the period; asked only where every individual is a named person. */
  async people(q: Queryable, question: Question, block: Block): Promise<number> {
    const { unitId, from, to, known, change } = question;
    const inside = `f.day BETWEEN $2 AND $3 AND f.span_from >= $2 AND ($4::date IS NULL OR f.recorded_on <= $4) AND f.person_id IS NOT NULL`;
    const [row] = await q.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM (
         SELECT person_id FROM (${await this.seen(q, question, inside)}) s
           JOIN figure_dim d ON d.id = s.dim_id AND d.block = $6 GROUP BY person_id HAVING sum(indiv) > 0) people`,
      [unitId, from, to, known, change, block],
    );
    return row?.count ?? 0;
  }

  /**
   * First and last day of the live facts under each line that names its conferring body. Cells know only months; lines
   * grouped by level hold too many facts for exact days to mean anything.
   */
  async days(
    q: Queryable,
    question: Question,
    lines: readonly FigureLine[],
  ): Promise<Map<string, { from: Day; to: Day }>> {
    const named = lines.filter((line) => line.giver !== 0);
    if (named.length === 0) return new Map();
    const { unitId, from, to, known, change, lens } = question;
    const byEnds = cellsTell(question) && (await this.byDays(q, question));
    const givers = [...new Set(named.map((line) => line.giver))];
    const inside = `f.day BETWEEN $2 AND $3 AND f.span_from >= $2 AND ($4::date IS NULL OR f.recorded_on <= $4) AND f.giver_id = ANY($6)`;
    const asked = { known: known !== null, when: inside, change: '$5::int', lens };
    const entries = byEnds
      ? candidatesOfAll({ ...asked, when: `${inside} AND ${inEnds(from, to)}` })
      : candidates(asked);
    const rows = await q.query<{ dim: number; giver: number; from: Day; to: Day }>(
      `SELECT dim, giver, min("from") AS "from", max("to") AS "to" FROM (
         SELECT e.dim_id AS dim, e.giver_id AS giver, min(e.span_from) AS "from", max(e.day) AS "to"
           FROM ${entries} GROUP BY 1, 2, e.source, e.record_id, e.part_id
         HAVING sum(e.coll) <> 0 OR sum(e.indiv) <> 0 OR sum(e.hh) <> 0 OR sum(e.unsplit) <> 0) live GROUP BY 1, 2`,
      [unitId, from, to, known, change, givers, ...(byEnds ? endsOf(named) : [])],
    );
    return new Map(rows.map((row) => [`${row.dim}/${row.giver}`, { from: row.from, to: row.to }]));
  }

  async dims(q: Queryable, ids: readonly number[]): Promise<Map<number, Dim>> {
    const rows = await q.query<Dim>(
      `SELECT id, block, form, form_certainty AS "formCertainty", type, level, verified, campaign, reason, tier, contests, presenting, basis
         FROM figure_dim WHERE id = ANY($1)`,
      [[...new Set(ids)]],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  async givers(q: Queryable, ids: readonly number[]): Promise<Map<number, BodyLabel[]>> {
    const rows = await q.query<{ id: number; bodies: BodyLabel[] }>(
      `SELECT id, bodies FROM figure_giver WHERE id = ANY($1)`,
      [[...new Set(ids)]],
    );
    return new Map(rows.map((row) => [row.id, row.bodies]));
  }

  /** Up to where the book is applied, and whether facts wait. */
  async state(q: Queryable): Promise<{ change: number; seq: number; waiting: number }> {
    const [row] = await q.query<{ change: number; seq: number; waiting: number }>(
      `SELECT applied_change AS change, applied_seq AS seq, (SELECT count(*)::int FROM figure_inbox) AS waiting FROM figure_state`,
    );
    if (!row) throw new Error('figure_state is empty');
    return row;
  }
}

function mergeRows(rows: readonly LineRow[]): LineRow[] {
  const merged = new Map<string, LineRow>();
  for (const row of rows) {
    const key = `${row.line_dim}/${row.line_giver}/${row.relation}`;
    const held = merged.get(key);
    if (!held) {
      merged.set(key, { ...row });
      continue;
    }
    for (const name of CELL_MEASURES) held[name] += row[name];
    if (row.span_from !== null && (held.span_from === null || row.span_from < held.span_from))
      held.span_from = row.span_from;
    if (row.day !== null && (held.day === null || row.day > held.day)) held.day = row.day;
    held.first ??= row.first;
    held.last ??= row.last;
  }
  // By their key, so that the same figures make the same text, whichever way they were found.
  return [...merged.values()].sort(
    (a, b) => a.line_dim - b.line_dim || a.line_giver - b.line_giver || a.relation - b.relation,
  );
}

function lineOf(row: LineRow): FigureLine {
  return {
    dim: row.line_dim,
    giver: row.line_giver,
    relation: relationName(row.relation),
    collectives: row.coll,
    individuals: row.indiv,
    households: row.hh,
    unsplit: row.unsplit,
    women: row.women,
    womenOf: row.women_of,
    itemCollectives: row.item_coll,
    itemIndividuals: row.item_indiv,
    named: row.named,
    months: row.first && row.last ? { first: row.first, last: row.last } : null,
    when: row.span_from === null || row.day === null ? null : { from: row.span_from, to: row.day },
  };
}
