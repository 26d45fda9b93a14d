import { Injectable } from '@nestjs/common';
import { Refused, type Actor, type Qualified } from '@lib/kernel';
import type { Tx } from '@lib/platform';
import { Indicators, type Reported } from '@lib/figures';
import { UnitTree } from '@lib/units';
import { IndicatorCatalogue } from './indicators.service.js';
import type { ResultPlan } from './result-rows.js';
import { Series, seriesOf } from './series.service.js';
import { Statements } from './statements.service.js';

/** Reports of a list, each of one indicator: written and ended as sets, by the rules of the single report. */
@Injectable()
export class ResultListWriter {
  constructor(
    private readonly tree: UnitTree,
    private readonly statements: Statements,
    private readonly catalogue: IndicatorCatalogue,
    private readonly series: Series,
    private readonly book: Indicators,
  ) {}

  /** Statements of a unit are made one after the other; units in one order, so that nobody waits in a circle. */
  async lock(tx: Tx, unitIds: readonly number[]): Promise<void> {
    await tx.query(
      `SELECT pg_advisory_xact_lock(hashtext('results.unit'), id) FROM (SELECT DISTINCT id FROM unnest($1::int[]) AS id ORDER BY 1) units`,
      [unitIds],
    );
  }

  /** Ids in the order of the plans. */
  async store(tx: Tx, actor: Actor, plans: readonly ResultPlan[]): Promise<number[]> {
    if (plans.length === 0) return [];
    const codes = [...new Set(plans.map(({ indicator }) => indicator))];
    const found = await this.catalogue.byCodes(tx, codes, () => 'indicator');
    const indicators = new Map(found.map((one) => [one.code, one]));
    const ids = await numbers(tx, plans.length);
    const paths = await this.paths(tx, plans);
    const rows = plans.map((plan, place) => {
      const indicator = indicators.get(plan.indicator);
      if (!indicator) throw Refused.notFound('indicator', 'indicator');
      const { count, money, ...rest } = plan;
      return {
        ...rest,
        id: ids[place] ?? 0,
        nature: indicator.nature,
        indicatorId: indicator.id,
        path: paths[place] ?? '',
        count: count?.value ?? null,
        countQualifier: count?.qualifier ?? null,
        money: money?.value ?? null,
        moneyQualifier: money?.qualifier ?? null,
      };
    });
    const stamp = this.statements.stamp(actor);
    await tx.query(
      `INSERT INTO result_report (id, unit_id, unit_path, span_from, day, basis, scope, status, nature, funding_source, beneficiary_class,
                                  money, money_qualifier, source, replaces, recorded_on, recorded_by, recorded_by_id)
       SELECT r.id, r."unitId", r.path, r."from", r."to", 'PERIOD', r.scope, r.status, r.nature, r."fundingSource", r."beneficiaryClass",
              r.money, r."moneyQualifier", r.source, r.replaces, $2, $3, $4
         FROM jsonb_to_recordset($1::jsonb) AS r (id int, "unitId" int, path text, "from" date, "to" date, scope text, status text, nature text,
              "fundingSource" text, "beneficiaryClass" text, money bigint, "moneyQualifier" text, source text, replaces int)`,
      [JSON.stringify(rows), stamp.recordedOn, stamp.recordedBy, stamp.recordedById],
    );
    await tx.query(
      `INSERT INTO result_item (report_id, place, indicator_id, count, count_qualifier)
       SELECT i.id, 0, i."indicatorId", i.count, i."countQualifier"
         FROM jsonb_to_recordset($1::jsonb) AS i (id int, "indicatorId" int, count bigint, "countQualifier" text)`,
      [JSON.stringify(rows)],
    );
    await this.post(tx, plans, rows);
    return ids;
  }

  /** Ends standing reports. */
  async end(tx: Tx, actor: Actor, ids: readonly number[], reason: string): Promise<void> {
    if (ids.length === 0) return;
    const stamp = this.statements.stamp(actor);
    await tx.query(
      `UPDATE result_report SET removed_on = $2, removed_by = $3, removal_reason = $4 WHERE id = ANY($1) AND removed_on IS NULL`,
      [ids, stamp.recordedOn, stamp.recordedBy, reason],
    );
    await this.book.removeAll(tx, ids);
  }

  private async post(
    tx: Tx,
    plans: readonly ResultPlan[],
    rows: readonly (Pick<Reported, 'nature'> & { readonly id: number; readonly indicatorId: number })[],
  ): Promise<void> {
    const meanings = new Map<string, number>();
    const reports: Reported[] = [];
    for (const [place, plan] of plans.entries()) {
      const row = rows[place];
      if (!row) continue;
      const { status, fundingSource, beneficiaryClass, unitId, from, to, scope, count, money } = plan;
      const meaning = { indicators: [row.indicatorId], status, fundingSource, beneficiaryClass, nature: row.nature };
      const key = JSON.stringify(meaning);
      const id = meanings.get(key) ?? (await this.series.idOf(tx, meaning));
      meanings.set(key, id);
      const told = (value: Qualified | null, measure: 'COUNT' | 'MONEY') =>
        value === null ? [] : [{ ...value, series: seriesOf(id, measure) }];
      const values = [...told(count, 'COUNT'), ...told(money, 'MONEY')];
      const whole = scope === 'INCLUDES_SUBORDINATES';
      reports.push({ recordId: row.id, unitId, nature: row.nature, whole, event: false, from, to, values });
    }
    await this.book.postAll(tx, reports);
  }

  /** Name and path of each unit on the last day of its report. */
  private async paths(tx: Tx, plans: readonly ResultPlan[]): Promise<string[]> {
    const byDay = new Map<string, Map<number, { path: string }>>();
    for (const day of new Set(plans.map(({ to }) => to))) {
      const ids = plans.filter(({ to }) => to === day).map(({ unitId }) => unitId);
      byDay.set(day, await this.tree.onDay(tx, ids, day));
    }
    return plans.map(({ unitId, to }) => {
      const unit = byDay.get(to)?.get(unitId);
      if (!unit) throw new Refused('results.unit_not_there', 'Đơn vị không tồn tại vào ngày cuối của số liệu.', 'unit');
      return unit.path;
    });
  }
}

async function numbers(tx: Tx, count: number): Promise<number[]> {
  const rows = await tx.query<{ id: number }>(
    `SELECT nextval(pg_get_serial_sequence('result_report', 'id'))::int AS id FROM generate_series(1, $1::int)`,
    [count],
  );
  return rows.map(({ id }) => id);
}
