import { Injectable } from '@nestjs/common';
import { add, type Day, type Level, type Qualified } from '@lib/kernel';
import type { Queryable, Tx } from '@lib/platform';
import { IndicatorQueries, standing, type Question } from '@lib/figures';
import { carriedBy, presentOn, StrengthsService, UnitTree } from '@lib/units';
import type { ResultTarget } from './results.entity.js';
import { measured, outcomeOf, percentOf } from './results.rules.js';
import type { TargetRow } from './rows.js';
import { Series, seriesOf } from './series.service.js';

export interface IndicatorTarget {
  readonly indicatorId: number;
  readonly row: TargetRow;
}

/** Targets of a unit beside what was reached. */
@Injectable()
export class TargetBlock {
  constructor(
    private readonly figures: IndicatorQueries,
    private readonly series: Series,
    private readonly strengths: StrengthsService,
    private readonly tree: UnitTree,
  ) {}

  /**
   * Targets whose span the period overlaps; what was stated of them counts from the day on which it was stated. A target belongs
   * to the unit that set it, as it was: through as-is those of the units merged into this one follow under their own names, and
   * each is measured by what its own unit reached then.
   */
  async rows(q: Queryable, question: Question): Promise<IndicatorTarget[]> {
    const on = { day: '$2::date', change: '$5::int', present: question.known === null, lens: question.lens };
    const targets = await q.query<ResultTarget>(
      `SELECT t.id, t.unit_id AS "unitId", t.indicator_id AS "indicatorId", t.of, t.label, t.from_day AS "from", t.to_day AS "to", t.campaign, t.measure, t.value, t.qualifier,
              t.per_level AS "perLevel", t.percent_tenths AS "percentTenths", t.outcome, t.stated_on AS "statedOn", t.source
         FROM result_target t WHERE t.unit_id IN (SELECT own.unit_id FROM (${carriedBy('$1::int', on)}) own) AND t.from_day <= $3 AND t.to_day >= $2
          AND ${standing('t', '$4')} AND $5::int IS NOT NULL
        ORDER BY t.unit_id <> $1, t.from_day, t.to_day, t.id`,
      [question.unitId, question.from, question.to, question.known, question.change],
    );
    const others = targets.map(({ unitId }) => unitId).filter((id) => id !== question.unitId);
    const refs = await this.tree.refs(q, others, question.to);
    const rows: IndicatorTarget[] = [];
    for (const target of targets) {
      const its: Question = { ...question, unitId: target.unitId, lens: 'as-was' };
      const row = await this.row(q, its, target);
      rows.push({ indicatorId: target.indicatorId, row: { ...row, unit: refs.get(target.unitId) ?? null } });
    }
    return rows;
  }

  private async row(q: Queryable, question: Question, target: ResultTarget): Promise<Omit<TargetRow, 'unit'>> {
    const said = target.statedOn !== null && target.statedOn <= question.to;
    const value = target.value === null ? null : { value: target.value, qualifier: target.qualifier ?? 'EXACT' };
    const perUnit = target.perLevel && (await unitsOnDay(this.strengths, q, question, target.perLevel, target.to));
    const total = perUnit ? totalOf(value, perUnit.units) : value;
    const reached = await this.reached(q, question, target);
    const outcomeDerived = outcomeOf(reached, total, target.to <= question.to);
    const outcomeStated = said ? target.outcome : null;
    const outcome = outcomeStated ?? outcomeDerived;
    return {
      key: String(target.id),
      of: target.of,
      label: target.label,
      from: target.from,
      to: target.to,
      campaign: target.campaign,
      measure: target.measure,
      value: target.value,
      qualifier: target.qualifier,
      perUnit: perUnit || null,
      total,
      reached,
      percentStated: said && target.percentTenths !== null ? target.percentTenths / 10 : null,
      percentDerived: reached ? percentOf(reached.value, total?.value ?? null) : null,
      outcomeStated,
      statedOn: said ? target.statedOn : null,
      outcomeDerived,
      met: outcome === null ? null : outcome !== 'NOT_MET',
      source: target.source,
    };
  }

  /** What was done of the indicator within the target's span, over all sources of money; what is only proposed is not done. */
  private async reached(q: Queryable, question: Question, target: ResultTarget): Promise<Qualified | null> {
    const span = measured(target, question.to);
    const meanings = await this.series.delivered(q, [target.indicatorId]);
    if (meanings.length === 0) return null;
    const figures = await this.figures.figures(
      q,
      { ...question, ...span },
      meanings.map(({ id }) => seriesOf(id, target.measure)),
    );
    return figures
      .flatMap(({ figure }) => figure?.figure ?? [])
      .reduce<Qualified | null>((sum, one) => (sum ? add(sum, one) : one), null);
  }
}

/**
 * What a target says rests on all days of its span, on later ones, too: on how many units there are on its last day, and on
 * what was reached from its first. So what touches one of its days touches all.
 */
export async function reachTargets(tx: Tx): Promise<void> {
  const overlaps = `t.from_day <= x.to_day AND t.to_day >= x.from_day AND t.removed_on IS NULL`;
  await tx.query(
    `INSERT INTO touched (unit_id, from_day, to_day, lens)
     SELECT DISTINCT t.unit_id, t.from_day, t.to_day, x.lens FROM touched x JOIN result_target t ON t.unit_id = x.unit_id AND ${overlaps}
     UNION
     SELECT h.heir_id, t.from_day, t.to_day, x.lens FROM touched x
       JOIN (${carriedBy(`SELECT unit_id FROM touched WHERE lens = 'as-is'`, { ...presentOn('NULL'), lens: 'as-is' })}) h ON h.heir_id = x.unit_id AND x.lens = 'as-is'
       JOIN result_target t ON t.unit_id = h.unit_id AND ${overlaps}`,
  );
}

/** A tree that is not filled in says nothing of how many there are. */
function totalOf(each: Qualified | null, units: number): Qualified | null {
  return each && units > 0 ? { ...each, value: each.value * units } : null;
}

/** Units of a level below a unit on a day: the strength stated for it, else the tree's own count. */
export async function unitsOnDay(
  strengths: StrengthsService,
  q: Queryable,
  { unitId, known, change }: Pick<Question, 'unitId' | 'known' | 'change'>,
  level: Level,
  day: Day,
): Promise<{ level: Level; units: number; stated: boolean }> {
  const said = (await strengths.latest(q, unitId, day, known)).find(
    (row) => row.kind === 'UNITS' && row.level === level,
  );
  if (said) return { level, units: said.value, stated: true };
  const counted = await strengths.unitsByLevel(q, unitId, day, change);
  return { level, units: counted.find((row) => row.level === level)?.count ?? 0, stated: false };
}
