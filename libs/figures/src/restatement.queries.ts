import { Injectable } from '@nestjs/common';
import type { Day } from '@lib/kernel';
import type { Queryable } from '@lib/platform';
import type { Lens } from '@lib/units';
import { everyEntry } from './candidates.sql.js';
import { PeriodQueries, type Question } from './period.queries.js';
import { seenFrom } from './seen.sql.js';

export interface PeriodOf {
  readonly unitId: number;
  readonly from: Day;
  readonly to: Day;
}

/** Awards as counted, and prizes as counted; nothing of a period that is cut. */
export interface RestatedTotals {
  readonly collectives: number;
  readonly individuals: number;
  readonly prizes: number;
}

export interface Restated extends PeriodOf {
  readonly delta: RestatedTotals;
}

/** What a change of the tree makes of the figures of units and periods. */
@Injectable()
export class Restatements {
  constructor(private readonly periods: PeriodQueries) {}

  /**
   * By how much totals differ between two states of the tree, in which the way up of the units `moved` is another. Periods that
   * stay the same are missing from the answer. Goes through the entries of those units only, and only asks who of `periods` sees them.
   */
  async deltas(
    q: Queryable,
    { before, after, lens, moved }: { before: number; after: number; lens: Lens; moved: readonly number[] },
    periods: readonly PeriodOf[],
  ): Promise<Restated[]> {
    if (periods.length === 0 || moved.length === 0) return [];
    const days = periods.flatMap(({ from, to }) => [from, to]).sort();
    const side = (change: string, sign: string): string =>
      `SELECT s.seen_by, s.span_from, s.day, d.block, ${sign}s.coll AS coll, ${sign}s.indiv AS indiv, ${sign}(s.coll + s.indiv + s.hh + s.unsplit) AS counts
         FROM (${seenFrom('entry e', change, 'ANY($4::int[])', lens)}) s JOIN figure_dim d ON d.id = s.dim_id
        WHERE d.block IN ('AWARD', 'PRIZE')`;
    const rows = await q.query<PeriodOf & RestatedTotals>(
      `WITH entry AS MATERIALIZED (${concerned(lens)}), change AS MATERIALIZED (
         SELECT seen_by, span_from, day, sum(coll) FILTER (WHERE block = 'AWARD') AS coll, sum(indiv) FILTER (WHERE block = 'AWARD') AS indiv,
                sum(counts) FILTER (WHERE block = 'PRIZE') AS prizes
           FROM (${side('$2::int', '-')} UNION ALL ${side('$3::int', '')}) both_sides GROUP BY 1, 2, 3)
       SELECT p.unit_id AS "unitId", p.from_day AS "from", p.to_day AS "to", coalesce(sum(c.coll), 0)::int AS collectives,
              coalesce(sum(c.indiv), 0)::int AS individuals, coalesce(sum(c.prizes), 0)::int AS prizes
         FROM unnest($4::int[], $5::date[], $8::date[]) AS p (unit_id, from_day, to_day)
         JOIN change c ON c.seen_by = p.unit_id AND c.day BETWEEN p.from_day AND p.to_day AND c.span_from >= p.from_day
        GROUP BY 1, 2, 3 HAVING sum(c.coll) <> 0 OR sum(c.indiv) <> 0 OR sum(c.prizes) <> 0`,
      [
        moved,
        before,
        after,
        periods.map(({ unitId }) => unitId),
        periods.map(({ from }) => from),
        days[0],
        days.at(-1),
        periods.map(({ to }) => to),
      ],
    );
    return rows.map(({ unitId, from, to, ...delta }) => ({ unitId, from, to, delta }));
  }

  /** Totals of a period as a summary prints them. */
  async totals(q: Queryable, question: Question): Promise<RestatedTotals> {
    const lines = await this.periods.lines(q, question);
    const dims = await this.periods.dims(
      q,
      lines.map(({ dim }) => dim),
    );
    let [collectives, individuals, prizes] = [0, 0, 0];
    for (const line of lines) {
      const block = dims.get(line.dim)?.block;
      if (block === 'AWARD') {
        collectives += line.collectives;
        individuals += line.individuals;
      }
      if (block === 'PRIZE') prizes += line.collectives + line.individuals + line.households + line.unsplit;
    }
    return { collectives, individuals, prizes };
  }
}

/**
 * Entries of the days `$6`–`$7` that units above one of `$1` see because of it: received there, by people who went there when
 * their unit was split, or conferred by a body of it. Each once, and each kind by an index of its own.
 */
function concerned(lens: Lens): string {
  const received = 'f.unit_id = ANY($1)';
  const arrived = `(f.person_id, f.unit_id) IN (SELECT w.person_id, w.from_unit FROM figure_person_place w WHERE w.to_unit = ANY($1))`;
  const given = `f.giver_id IN (SELECT a.giver_id FROM figure_giver_anchor a WHERE a.unit_id = ANY($1))`;
  const kinds = lens === 'as-is' ? [received, arrived, given] : [received, given];
  return kinds
    .map((kind, place) => {
      const others = kinds.slice(0, place).map((before) => ` AND (${before}) IS NOT TRUE`);
      const when = `f.day BETWEEN $6 AND $7 AND ${kind}${others.join('')}`;
      return `SELECT e.* FROM ${everyEntry({ known: false, when, lens })}`;
    })
    .join(' UNION ALL ');
}
