import { Injectable } from '@nestjs/common';
import {
  fold,
  isDay,
  printQualified,
  Refused,
  scopeOf,
  type Actor,
  type Day,
  type Interval,
  type Qualified,
} from '@lib/kernel';
import { Clock, type Queryable } from '@lib/platform';
import {
  qualifiedOf,
  textOf,
  type ImportQuestion,
  type ParsedRow,
  type RowChange,
  type RowProblem,
  type RowVerdict,
} from '@lib/spreadsheets';
import { UnitLists, UnitTree } from '@lib/units';
import { IndicatorCatalogue } from './indicators.service.js';
import type { BeneficiaryClass, Indicator, ReportScope, ResultStatus } from './results.entity.js';
import { spanDetails, wrongInReport } from './results.rules.js';
import { said } from './statements.service.js';

/** What a row of the list becomes: a report of one indicator. */
export interface ResultPlan {
  readonly unitId: number;
  readonly indicator: string;
  readonly from: Day;
  readonly to: Day;
  readonly scope: ReportScope;
  readonly status: ResultStatus;
  readonly fundingSource: string | null;
  readonly beneficiaryClass: BeneficiaryClass | null;
  readonly count: Qualified | null;
  readonly money: Qualified | null;
  readonly source: string | null;
  /** The standing report that it takes the place of. */
  readonly replaces: number | null;
}

/** A standing report of one of the units, indicators and spans of a list. */
export interface StandingReport extends Omit<ResultPlan, 'replaces'> {
  readonly id: number;
  readonly basis: 'PERIOD' | 'EVENT';
  readonly items: number;
}

/** The days and the source that all rows of a list share. @throws Refused `results.period_required`, `period.reversed` */
export function spanOf({ params }: ImportQuestion): Interval & { readonly source: string | null } {
  const { from, to, source } = params;
  if (!isDay(from) || !isDay(to))
    throw new Refused('results.period_required', 'Hãy cho biết ngày đầu và ngày cuối của kỳ số liệu.', 'from');
  const wrong = spanDetails({ from, to });
  if (wrong.length > 0) throw Refused.all(wrong);
  return { from, to, source: said(source) };
}

/** What each row of a list of results means, held against the tree, the catalogue and the reports that stand. */
@Injectable()
export class ResultRows {
  constructor(
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly units: UnitLists,
    private readonly catalogue: IndicatorCatalogue,
  ) {}

  async judge(q: Queryable, actor: Actor, question: ImportQuestion, rows: readonly ParsedRow[]): Promise<RowVerdict[]> {
    const span = spanOf(question);
    const texts = rows.flatMap(({ values }) => textOf(values['unit']) ?? []);
    const units = await this.units.named(q, texts, scopeOf(actor, 'result.enter'));
    const ids = [...units.values()].flatMap((unit) => (typeof unit === 'object' ? unit.id : []));
    const there = await this.tree.onDay(q, ids, span.to);
    const codes = [...new Set(rows.flatMap(({ values }) => textOf(values['indicator']) ?? []))];
    const indicators = new Map(
      (await this.catalogue.byCodes(q, codes, () => 'indicator')).map((one) => [one.code, one]),
    );
    const read = rows.map((row) => {
      const text = textOf(row.values['unit']) ?? '';
      const unit = units.get(text) ?? 'unknown';
      const problems: RowProblem[] = [];
      if (typeof unit === 'string' || !there.has(unit.id)) problems.push(unitProblem(text, unit));
      const plan = planOf(row, typeof unit === 'object' ? unit.id : 0, indicators, span);
      problems.push(...this.wrong(plan, indicators.get(plan.indicator)));
      return { row: row.row, plan, problems };
    });
    const standing = new Map(
      (
        await this.standing(
          q,
          read.map(({ plan }) => plan),
        )
      ).map((one) => [keyOf(one), one]),
    );
    return read.map(({ row, plan, problems }) => {
      if (problems.length > 0) return { row, verdict: 'WRONG', problems };
      return judged(row, plan, standing.get(keyOf(plan)) ?? null);
    });
  }

  /** Reports that stand and say something of the same unit, indicator and days, whatever their scope and status. */
  standing(q: Queryable, plans: readonly ResultPlan[]): Promise<StandingReport[]> {
    return q.query<StandingReport>(
      `SELECT r.id, r.unit_id AS "unitId", i.code AS indicator, r.span_from AS "from", r.day AS "to", r.scope, r.status, r.basis,
              r.funding_source AS "fundingSource", r.beneficiary_class AS "beneficiaryClass", r.source,
              CASE WHEN t.count IS NOT NULL THEN json_build_object('value', t.count, 'qualifier', t.count_qualifier) END AS count,
              CASE WHEN r.money IS NOT NULL THEN json_build_object('value', r.money, 'qualifier', r.money_qualifier) END AS money,
              (SELECT count(*)::int FROM result_item n WHERE n.report_id = r.id) AS items
         FROM (SELECT DISTINCT * FROM unnest($1::int[], $2::text[], $3::date[], $4::date[])) AS a (unit_id, indicator, from_day, to_day)
         JOIN result_report r ON r.unit_id = a.unit_id AND r.span_from = a.from_day AND r.day = a.to_day AND r.removed_on IS NULL
         JOIN result_item t ON t.report_id = r.id
         JOIN indicator i ON i.id = t.indicator_id AND i.code = a.indicator
        ORDER BY r.id`,
      [
        plans.map(({ unitId }) => unitId),
        plans.map(({ indicator }) => indicator),
        plans.map(({ from }) => from),
        plans.map(({ to }) => to),
      ],
    );
  }

  /** The rules of a report that is typed, told at the cells of the list. */
  private wrong(plan: ResultPlan, indicator: Indicator | undefined): RowProblem[] {
    if (!indicator) return [];
    const { from, to, count, money, source } = plan;
    const items = [
      { code: indicator.code, nature: indicator.nature, measures: indicator.measures, count: count?.value ?? null },
    ];
    const found = wrongInReport(
      { from, to, basis: 'PERIOD', items, money: money?.value ?? null, hasProof: source !== null },
      this.clock.today(),
    );
    return found.map(({ code, field, message }) => ({
      column: field === 'money' || field === 'source' ? field : field?.endsWith('.count') ? 'count' : null,
      code,
      message,
    }));
  }
}

function planOf(
  { values }: ParsedRow,
  unitId: number,
  indicators: ReadonlyMap<string, Indicator>,
  span: Interval & { readonly source: string | null },
): ResultPlan {
  const indicator = textOf(values['indicator']) ?? '';
  return {
    unitId,
    indicator,
    // What there is on a day has that one day.
    from: indicators.get(indicator)?.nature === 'STOCK' ? span.to : span.from,
    to: span.to,
    scope: (textOf(values['scope']) ?? 'OWN') as ReportScope,
    status: (textOf(values['status']) ?? 'DELIVERED') as ResultStatus,
    fundingSource: said(textOf(values['fundingSource'])),
    beneficiaryClass: textOf(values['beneficiaryClass']) as BeneficiaryClass | null,
    count: qualifiedOf(values['count']),
    money: qualifiedOf(values['money']),
    source: said(textOf(values['source'])) ?? span.source,
    replaces: null,
  };
}

/** Two reports with the same key say the same thing: one of them takes the other's place. */
export function keyOf(of: Omit<ResultPlan, 'replaces'>): string {
  const { unitId, indicator, from, to, scope, status, fundingSource, beneficiaryClass } = of;
  return JSON.stringify([
    unitId,
    indicator,
    from,
    to,
    scope,
    status,
    fundingSource === null ? null : fold(fundingSource),
    beneficiaryClass,
  ]);
}

function judged(row: number, plan: ResultPlan, standing: StandingReport | null): RowVerdict {
  const keys = [keyOf(plan)];
  if (standing === null) return { row, verdict: 'NEW', keys, plan };
  if (standing.items > 1 || standing.basis === 'EVENT') {
    const message = `Đơn vị đã có báo cáo số ${standing.id} cho chỉ tiêu này trong kỳ, ghi chung với nội dung khác; hãy sửa báo cáo đó.`;
    return {
      row,
      verdict: 'WRONG',
      keys,
      problems: [{ column: 'indicator', code: 'results.already_reported', message }],
    };
  }
  const changes: RowChange[] = [
    ...(same(plan.count, standing.count) ? [] : [{ column: 'count', before: printed(standing.count) }]),
    ...(same(plan.money, standing.money) ? [] : [{ column: 'money', before: printed(standing.money) }]),
    ...(plan.source === standing.source ? [] : [{ column: 'source', before: standing.source }]),
  ];
  if (changes.length === 0) return { row, verdict: 'UNCHANGED', keys };
  return { row, verdict: 'CHANGED', keys, changes, plan: { ...plan, replaces: standing.id } };
}

function unitProblem(text: string, unit: unknown): RowProblem {
  if (unit === 'ambiguous')
    return {
      column: 'unit',
      code: 'results.unit_ambiguous',
      message: `Có nhiều đơn vị cùng tên “${text}”; hãy ghi mã đơn vị.`,
    };
  if (unit === 'unknown')
    return {
      column: 'unit',
      code: 'unit.not_found',
      message: `Không có đơn vị “${text}” trong phạm vi của danh sách này.`,
    };
  return { column: 'unit', code: 'results.unit_not_there', message: 'Đơn vị không tồn tại vào ngày cuối của số liệu.' };
}

function same(a: Qualified | null, b: Qualified | null): boolean {
  return a?.value === b?.value && a?.qualifier === b?.qualifier;
}

function printed(value: Qualified | null): string | null {
  return value === null ? null : printQualified(value);
}
