import { Injectable } from '@nestjs/common';
import { Refused, scopeOf, type Actor } from '@lib/kernel';
import { audit, Clock, type Queryable, type Tx } from '@lib/platform';
import { Ledger } from '@lib/figures';
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
import { AwardLineRows, type LinePlan, type ListedBatch } from './award-line-rows.js';
import { lineColumns } from './award-lines.columns.js';
import { AwardScope, mustNotBeIssued } from './award-scope.js';
import type { AwardBatch } from './awards.entity.js';
import { Containment } from './containment.service.js';
import { AwardLineWriter, LINE } from './award-line-writer.js';
import { History } from './history.service.js';

/**
 * Recipients of one batch out of a list: 1.067 names of a ceremony become lines that fill what the batch states. The rules
 * are those of a line that is typed; whoever is not known yet is told as a new person before anything is written.
 */
@Injectable()
export class AwardLinesImport implements ImportKind {
  readonly kind = 'award-lines';
  readonly title = 'Danh sách được khen của một đợt';
  readonly permission = 'award.record';
  readonly maxRows = 5_000;
  readonly wholeFile = true;
  readonly duplicate = {
    column: 'name',
    advice: 'Nếu là hai người khác nhau, hãy ghi năm sinh hoặc đơn vị để phân biệt.',
  };
  readonly params = [
    {
      name: 'batch',
      title: 'Đợt khen trong sổ vàng',
      required: true,
      type: 'ID',
      explanation: 'Số của đợt khen mà danh sách này kê ra.',
    },
  ] as const;

  constructor(
    private readonly clock: Clock,
    private readonly units: UnitLists,
    private readonly scope: AwardScope,
    private readonly rows: AwardLineRows,
    private readonly writer: AwardLineWriter,
    private readonly containment: Containment,
    private readonly ledger: Ledger,
    private readonly history: History,
    private readonly effects: ImportEffects,
  ) {}

  async checkParams(q: Queryable, actor: Actor, question: ImportQuestion): Promise<void> {
    await this.batch(q, actor, question);
  }

  async columns(q: Queryable, actor: Actor, question: ImportQuestion): Promise<readonly ColumnSpec[]> {
    await this.batch(q, actor, question);
    return lineColumns(await this.units.choices(q, scopeOf(actor, 'award.record')));
  }

  async check(q: Queryable, actor: Actor, question: ImportQuestion, rows: readonly ParsedRow[]): Promise<RowVerdict[]> {
    return this.rows.judge(q, actor, await this.batch(q, actor, question), rows);
  }

  async begin(tx: Tx, actor: Actor, question: ImportQuestion): Promise<void> {
    const batch = await this.scope.lock(tx, actor, 'award.record', batchOf(question));
    if (batch.state !== 'LIVE') throw notLive();
    await this.containment.lockContainers(tx, batch);
  }

  async write(tx: Tx, actor: Actor, question: ImportQuestion, rows: readonly CheckedRow[]): Promise<void> {
    const batch = await this.scope.lock(tx, actor, 'award.record', batchOf(question));
    const containers = await this.containment.lockContainers(tx, batch);
    const written = await this.writer.write(
      tx,
      actor,
      batch,
      rows.map(({ row, verdict, plan }) => ({ row, verdict, plan: plan as LinePlan })),
    );
    await this.effects.add(tx, question.importId, written);
    await this.containment.checkFits(tx, batch, containers);
    await this.ledger.post(tx, 'awards', [batch.id, ...containers.map(({ id }) => id)]);
    const told = { added: written.filter(({ what, act }) => what === LINE && act === 'INSERTED').length };
    await this.history.add(tx, actor, batch.id, 'lines', null, { ...told, import: question.importId });
    await audit(tx, this.clock.now(), actor, 'award.lines', `award:${batch.id}`, told);
  }

  /** @throws Refused `awards.import_built_upon` naming the lines */
  async undo(tx: Tx, actor: Actor, question: ImportQuestion): Promise<void> {
    const batch = await this.scope.lock(tx, actor, 'award.record', batchOf(question));
    await mustNotBeIssued(tx, batch);
    const containers = await this.containment.lockContainers(tx, batch);
    const written = await this.effects.of(tx, question.importId);
    const removed = await this.writer.takeBack(
      tx,
      actor,
      batch,
      written,
      await this.effects.later(tx, question.importId),
    );
    await this.ledger.post(tx, 'awards', [batch.id, ...containers.map(({ id }) => id)]);
    await this.history.add(tx, actor, batch.id, 'remove', `Hoàn tác lần nhập số ${question.importId}`, { removed });
    await audit(tx, this.clock.now(), actor, 'award.lines_undone', `award:${batch.id}`, { removed });
  }

  private async batch(q: Queryable, actor: Actor, question: ImportQuestion): Promise<ListedBatch> {
    const id = batchOf(question);
    if (!(await this.scope.mayCommand(q, actor, 'award.record', id))) throw Refused.notFound('award', 'batch');
    const [batch] = await q.query<ListedBatch & Pick<AwardBatch, 'state'>>(
      `SELECT id, unit_id AS "unitId", day, state FROM award_batch WHERE id = $1`,
      [id],
    );
    if (batch?.state !== 'LIVE') throw notLive();
    return batch;
  }
}

function batchOf({ params }: ImportQuestion): number {
  const id = Number(params['batch']);
  if (!Number.isSafeInteger(id) || id < 1 || id > 2_147_483_647) throw Refused.notFound('award', 'batch');
  return id;
}

function notLive(): Refused {
  return new Refused('awards.not_live', 'Khen thưởng này đã bị huỷ hoặc xoá.', null, 'conflict');
}
