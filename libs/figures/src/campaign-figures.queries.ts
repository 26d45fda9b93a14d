import { Injectable } from '@nestjs/common';
import type { Queryable } from '@lib/platform';
import { candidates, everyEntry, isLarge } from './candidates.sql.js';
import type { Counts } from './measures.js';
import { PeriodQueries, type Question } from './period.queries.js';
import { seenFrom } from './seen.sql.js';

/**
 * Awards by campaign. Lines of a summary cannot tell them: above the conferring body they are grouped by level, without
 * the campaign. So the entries themselves are asked, of a few campaigns at a time.
 */
@Injectable()
export class CampaignFigures {
  constructor(private readonly periods: PeriodQueries) {}

  /** What the unit sees of the awards of these campaigns, by the name they were recorded under; titles and prizes stand apart. */
  async awards(q: Queryable, question: Question, names: readonly string[]): Promise<Map<string, Counts>> {
    const dims = await q.query<{ id: number; campaign: string }>(
      `SELECT id, campaign FROM figure_dim WHERE block = 'AWARD' AND campaign = ANY($1)`,
      [names],
    );
    if (dims.length === 0) return new Map();
    const { unitId, from, to, known, change, lens } = question;
    const inside = `f.day BETWEEN $2 AND $3 AND f.span_from >= $2 AND ($4::date IS NULL OR f.recorded_on <= $4) AND f.dim_id = ANY($6)`;
    const asked = { known: known !== null, when: inside, change: '$5::int', lens };
    const entries = (await isLarge(q, unitId, this.periods.largeFrom, lens)) ? everyEntry(asked) : candidates(asked);
    const rows = await q.query<Counts & { campaign: string }>(
      `SELECT d.campaign, sum(s.coll)::int AS collectives, sum(s.indiv)::int AS individuals, sum(s.hh)::int AS households, sum(s.unsplit)::int AS unsplit
         FROM (${seenFrom(entries, '$5::int', '$1::int', lens)}) s JOIN figure_dim d ON d.id = s.dim_id GROUP BY 1`,
      [unitId, from, to, known, change, dims.map((dim) => dim.id)],
    );
    return new Map(rows.map(({ campaign, ...counts }) => [campaign, counts]));
  }
}
