import { Injectable } from '@nestjs/common';
import type { Day } from '@lib/kernel';
import type { Queryable } from '@lib/platform';
import { candidates } from './candidates.sql.js';
import type { Block } from './keys.service.js';
import type { Counts } from './measures.js';
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

/** Which line of the summary, by the ids printed in its key; every field narrows. */
export interface LineFilter {
  readonly block?: Block;
  readonly dims?: readonly number[];
  readonly givers?: readonly number[];
  readonly relation?: Relation;
  /** Only facts that the period cuts, instead of those inside it. */
  readonly undated?: boolean;
}

/** From a figure down to the records that make it. */
@Injectable()
export class LineageQueries {
  /** Net contributions in order of (record, part), after the given one; entries above the pin are not counted. */
  async contributions(
    q: Queryable,
    { unitId, from, to, known, change }: Question,
    filter: LineFilter,
    page: { limit: number; after: readonly [number, number] | null; pin: number | null },
  ): Promise<Contribution[]> {
    const params: unknown[] = [unitId, from, to, known, change];
    const add = (value: unknown): string => `$${params.push(value)}`;
    const inside = filter.undated
      ? `f.day >= $2 AND f.span_from <= $3 AND (f.span_from < $2 OR f.day > $3)`
      : `f.day BETWEEN $2 AND $3 AND f.span_from >= $2`;
    const pinned = page.pin === null ? '' : ` AND f.seq <= ${add(page.pin)}::bigint`;
    const when = `${inside} AND ($4::date IS NULL OR f.recorded_on <= $4)${pinned}`;
    const where = [
      filter.block ? `d.block = ${add(filter.block)}` : null,
      filter.dims ? `s.line_dim = ANY(${add(filter.dims)}::int[])` : null,
      filter.givers ? `s.line_giver = ANY(${add(filter.givers)}::int[])` : null,
      filter.relation ? `s.relation = ${add(RELATIONS[filter.relation])}` : null,
      page.after ? `(s.record_id, s.part_id) > (${add(page.after[0])}::int, ${add(page.after[1])}::int)` : null,
    ].filter((condition) => condition !== null);
    return q.query<Contribution>(
      `SELECT s.source, s.record_id AS "recordId", s.part_id AS "partId", s.unit_id AS "unitId", min(s.span_from) AS "from", max(s.day) AS "to",
              max(s.recorded_on) AS "recordedOn", sum(s.coll)::int AS collectives, sum(s.indiv)::int AS individuals,
              sum(s.hh)::int AS households, sum(s.unsplit)::int AS unsplit
         FROM (${seenFrom(candidates(known !== null, when, '$5::int'), '$5::int', '$1::int')}) s
         JOIN figure_dim d ON d.id = s.line_dim
        ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''}
        GROUP BY s.source, s.record_id, s.part_id, s.unit_id
       HAVING sum(s.coll) <> 0 OR sum(s.indiv) <> 0 OR sum(s.hh) <> 0 OR sum(s.unsplit) <> 0
        ORDER BY s.record_id, s.part_id, s.unit_id LIMIT ${add(page.limit)}`,
      params,
    );
  }
}
