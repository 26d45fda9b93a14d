import { Injectable } from '@nestjs/common';
import { Refused, scopeOf, type Actor } from '@lib/kernel';
import { audit, Clock, type Queryable, type Tx } from '@lib/platform';
import {
  ImportEffects,
  type CheckedRow,
  type ColumnSpec,
  type ImportKind,
  type ImportQuestion,
  type ParsedRow,
  type RowVerdict,
} from '@lib/spreadsheets';
import { UnitLists } from '@lib/units';
import { IndicatorCatalogue } from './indicators.service.js';
import { ResultListWriter } from './result-list-writer.js';
import { keyOf, ResultRows, spanOf, type ResultPlan } from './result-rows.js';
import { resultColumns } from './results.columns.js';

const REPORT = 'result_report';

/** Results of many units and indicators over one period; a row that says otherwise than a standing report corrects it. */
@Injectable()
export class ResultsImport implements ImportKind {
  readonly kind = 'results';
  readonly title = 'Kết quả theo chỉ tiêu';
  readonly permission = 'result.enter';
  readonly maxRows = 20_000;
  readonly duplicate = { column: 'indicator', advice: 'Mỗi đơn vị ghi một dòng cho một chỉ tiêu trong kỳ.' };
  readonly params = [
    { name: 'from', title: 'Từ ngày', required: true, type: 'DAY', explanation: 'Ngày đầu của kỳ số liệu.' },
    { name: 'to', title: 'Đến ngày', required: true, type: 'DAY', explanation: 'Ngày cuối của kỳ số liệu.' },
    {
      name: 'source',
      title: 'Nguồn số liệu chung',
      required: false,
      type: 'TEXT',
      explanation: 'Văn bản nêu số liệu, dùng cho dòng không ghi nguồn riêng.',
    },
  ] as const;

  constructor(
    private readonly clock: Clock,
    private readonly units: UnitLists,
    private readonly catalogue: IndicatorCatalogue,
    private readonly rows: ResultRows,
    private readonly writer: ResultListWriter,
    private readonly effects: ImportEffects,
  ) {}

  async checkParams(_q: Queryable, _actor: Actor, question: ImportQuestion): Promise<void> {
    const { to } = spanOf(question);
    if (to > this.clock.today()) throw new Refused('results.in_the_future', 'Ngày cuối của số liệu chưa đến.', 'to');
  }

  async columns(q: Queryable, actor: Actor): Promise<readonly ColumnSpec[]> {
    const units = await this.units.choices(q, scopeOf(actor, 'result.enter'));
    return resultColumns(units, await this.catalogue.list(''));
  }

  check(q: Queryable, actor: Actor, question: ImportQuestion, rows: readonly ParsedRow[]): Promise<RowVerdict[]> {
    return this.rows.judge(q, actor, question, rows);
  }

  /** @throws Refused `results.changed_meanwhile` where somebody reported the same between the check and the lock */
  async write(tx: Tx, actor: Actor, question: ImportQuestion, rows: readonly CheckedRow[]): Promise<void> {
    const plans = rows.map(({ plan }) => plan as ResultPlan);
    await this.writer.lock(
      tx,
      plans.map(({ unitId }) => unitId),
    );
    const standing = new Map((await this.rows.standing(tx, plans)).map((one) => [keyOf(one), one.id]));
    const moved = rows.find((_, place) => {
      const plan = plans[place];
      return plan && (standing.get(keyOf(plan)) ?? null) !== plan.replaces;
    });
    if (moved) throw changedMeanwhile(moved.row);
    const replaced = plans.flatMap(({ replaces }) => replaces ?? []);
    await this.writer.end(tx, actor, replaced, `Sửa theo danh sách Excel, lần nhập số ${question.importId}`);
    const ids = await this.writer.store(tx, actor, plans);
    await this.effects.add(
      tx,
      question.importId,
      rows.map(({ row, verdict }, place) => ({
        row,
        what: REPORT,
        recordId: ids[place] ?? 0,
        act: verdict === 'CHANGED' ? 'CHANGED' : 'INSERTED',
        before: plans[place]?.replaces ?? null,
        fingerprint: null,
      })),
    );
    await audit(tx, this.clock.now(), actor, 'result.list_entered', `import:${question.importId}`, {
      entered: ids.length,
      corrected: replaced.length,
    });
  }

  /**
   * Ends what the list reported; a report that it had corrected is stated again as it was.
   * @throws Refused `results.import_built_upon` naming the row whose report was corrected or removed since
   */
  async undo(tx: Tx, actor: Actor, question: ImportQuestion): Promise<void> {
    const written = await this.effects.of(tx, question.importId);
    const ids = written.map(({ recordId }) => recordId);
    const held = await tx.query<{ id: number; unitId: number; removed: boolean }>(
      `SELECT id, unit_id AS "unitId", removed_on IS NOT NULL AS removed FROM result_report WHERE id = ANY($1)`,
      [ids],
    );
    await this.writer.lock(
      tx,
      held.map(({ unitId }) => unitId),
    );
    const gone = new Set(
      (
        await tx.query<{ id: number }>(
          `SELECT id FROM result_report WHERE id = ANY($1) AND removed_on IS NOT NULL ORDER BY id FOR UPDATE`,
          [ids],
        )
      ).map(({ id }) => id),
    );
    const first = written.find(({ recordId }) => gone.has(recordId));
    if (first) throw builtUpon(first.row, first.recordId);
    await this.writer.end(tx, actor, ids, `Hoàn tác lần nhập số ${question.importId}`);
    const corrected = written.filter(({ act }) => act === 'CHANGED');
    const before = await this.before(
      tx,
      new Map(corrected.map(({ before: old, recordId }) => [Number(old), recordId])),
    );
    await this.writer.store(tx, actor, before);
    await audit(tx, this.clock.now(), actor, 'result.list_undone', `import:${question.importId}`, {
      ended: ids.length,
      restored: before.length,
    });
  }

  /** Ended reports as they were, to be stated again in the place of what took theirs. */
  private before(tx: Tx, successors: ReadonlyMap<number, number>): Promise<ResultPlan[]> {
    return tx
      .query<ResultPlan & { readonly id: number }>(
        `SELECT r.id, r.unit_id AS "unitId", i.code AS indicator, r.span_from AS "from", r.day AS "to", r.scope, r.status,
                r.funding_source AS "fundingSource", r.beneficiary_class AS "beneficiaryClass", r.source,
                CASE WHEN t.count IS NOT NULL THEN json_build_object('value', t.count, 'qualifier', t.count_qualifier) END AS count,
                CASE WHEN r.money IS NOT NULL THEN json_build_object('value', r.money, 'qualifier', r.money_qualifier) END AS money
           FROM result_report r JOIN result_item t ON t.report_id = r.id JOIN indicator i ON i.id = t.indicator_id
          WHERE r.id = ANY($1) ORDER BY r.id`,
        [[...successors.keys()]],
      )
      .then((rows) => rows.map(({ id, ...plan }) => ({ ...plan, replaces: successors.get(id) ?? null })));
  }
}

function changedMeanwhile(row: number): Refused {
  const message = `Dòng ${row}: số liệu này vừa được báo cáo hoặc sửa; hãy kiểm tra lại danh sách.`;
  return new Refused('results.changed_meanwhile', message, null, 'conflict');
}

function builtUpon(row: number, report: number): Refused {
  const message = `Không hoàn tác được: dòng ${row} (báo cáo số ${report}) đã được sửa hoặc xoá sau khi nhập.`;
  return new Refused('results.import_built_upon', message, null, 'conflict');
}
