import { Injectable } from '@nestjs/common';
import { Refused, scopeOf, type Actor, type Day, type Qualified } from '@lib/kernel';
import type { Queryable } from '@lib/platform';
import { IndicatorQueries, type Question } from '@lib/figures';
import { carriedBy, UnitTree, type UnitRef } from '@lib/units';
import type { Measure, ReportScope } from './results.entity.js';
import { meaningOf, seriesOf } from './series.service.js';

/** One report behind a figure. One outside the reader's grants keeps its number and its days, so that the sum still proves the figure. */
export interface ResultRecord {
  readonly reportId: number | null;
  readonly measure: Measure;
  readonly scope: ReportScope;
  readonly unit: UnitRef | null;
  readonly from: Day;
  readonly to: Day;
  readonly figure: Qualified;
  /** false: a larger figure declared above contains it; it is shown and not added. */
  readonly counted: boolean;
  /** Through as-is: a counted figure contains it, and its unit belongs elsewhere today; it is taken off. */
  readonly takenOff: boolean;
  readonly source: string | null;
  readonly fileId: number | null;
  readonly recordedOn: Day | null;
}

export interface ResultRecords {
  readonly items: readonly ResultRecord[];
  readonly next: string | null;
}

/** The statement that a row of coverage prints. */
export interface CoverageRecord {
  readonly unit: UnitRef | null;
  readonly campaign: string;
  readonly asOf: Day;
  readonly deployed: number;
  readonly expected: number | null;
  readonly source: string | null;
  readonly fileId: number | null;
  readonly recordedOn: Day;
  readonly recordedBy: string | null;
}

/** From a printed figure of an indicator to the reports that make it. */
@Injectable()
export class ResultLineage {
  constructor(
    private readonly figures: IndicatorQueries,
    private readonly tree: UnitTree,
  ) {}

  /** `key`: of the row that was opened. @throws Refused `results.unknown_key`, `page.unknown_place` */
  async records(
    q: Queryable,
    actor: Actor,
    question: Question,
    key: string,
    page: { readonly limit: number; readonly after: string | null },
  ): Promise<ResultRecords> {
    if (!/^[1-9]\d{0,8}$/.test(key)) throw new Refused('results.unknown_key', 'Không có dòng số liệu này.', 'key');
    if (page.after !== null && !/^\d{1,15}$/.test(page.after))
      throw new Refused('page.unknown_place', 'Vị trí trang không hợp lệ.', 'after');
    const series = [seriesOf(Number(key), 'COUNT'), seriesOf(Number(key), 'MONEY')];
    const after = page.after === null ? null : Number(page.after);
    const found = await this.figures.contributions(q, question, series, { limit: page.limit + 1, after });
    const shown = found.slice(0, page.limit);
    const visible = await this.visible(q, actor, [...new Set(shown.map((one) => one.recordId))]);
    const units = await this.tree.refs(
      q,
      shown.map((one) => one.unitId),
    );
    const last = shown.at(-1);
    return {
      items: shown.map((one) => {
        const report = visible.get(one.recordId);
        const { scope, from, to, figure, counted, takenOff } = one;
        const base = { measure: meaningOf(one.series).measure, scope, from, to, figure, counted, takenOff };
        return report
          ? { ...base, reportId: one.recordId, unit: units.get(one.unitId) ?? null, ...report }
          : { ...base, reportId: null, unit: null, source: null, fileId: null, recordedOn: null };
      }),
      next: found.length > page.limit && last ? String(last.id) : null,
    };
  }

  /**
   * The statement behind a row of coverage of this very unit, or through as-is of one merged into it: no other unit's is opened. Outside the reader's
   * grants nothing but its numbers is told. @throws Refused `results.unknown_key`
   */
  async coverage(q: Queryable, actor: Actor, question: Question, key: string): Promise<CoverageRecord> {
    const { unitId, change, known, lens } = question;
    const params: unknown[] = [/^[1-9]\d{0,8}$/.test(key) ? Number(key) : 0, unitId, change];
    const own = carriedBy('$2::int', { day: 'NULL', change: '$3::int', present: known === null, lens });
    const seen = this.tree.inScope('c.unit_id', scopeOf(actor, 'result.read'), params);
    const [row] = await q.query<Omit<CoverageRecord, 'unit'> & { unitId: number; seen: boolean }>(
      `SELECT c.unit_id AS "unitId", c.campaign, c.as_of AS "asOf", c.deployed, c.expected, c.source, c.file_id AS "fileId",
              c.recorded_on AS "recordedOn", c.recorded_by AS "recordedBy", ${seen} AS seen FROM result_coverage c
        WHERE c.id = $1 AND c.unit_id IN (SELECT own.unit_id FROM (${own}) own) AND $3::int IS NOT NULL`,
      params,
    );
    if (!row) throw new Refused('results.unknown_key', 'Không có dòng số liệu này.', 'key');
    const { seen: open, unitId: at, ...record } = row;
    if (!open) return { ...record, unit: null, source: null, fileId: null, recordedBy: null };
    return { ...record, unit: (await this.tree.refs(q, [at])).get(at) ?? null };
  }

  private async visible(
    q: Queryable,
    actor: Actor,
    ids: readonly number[],
  ): Promise<Map<number, Pick<ResultRecord, 'source' | 'fileId' | 'recordedOn'>>> {
    const params: unknown[] = [ids];
    const seen = this.tree.inScope('r.unit_id', scopeOf(actor, 'result.read'), params);
    const rows = await q.query<{ id: number; source: string | null; fileId: number | null; recordedOn: Day }>(
      `SELECT r.id, r.source, r.file_id AS "fileId", r.recorded_on AS "recordedOn" FROM result_report r WHERE r.id = ANY($1) AND ${seen}`,
      params,
    );
    return new Map(rows.map(({ id, ...row }) => [id, row]));
  }
}
