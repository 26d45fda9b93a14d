import canonicalize from 'canonicalize';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { systemActor } from '@lib/kernel';
import { audit, Clock, Jobs, Steps, transact, type Tx } from '@lib/platform';
import type {
  CheckedRow,
  ColumnSpec,
  ImportKind,
  ImportQuestion,
  LineVerdict,
  ParsedRow,
  ParsedValue,
} from './import-kind.js';
import { ImportKinds } from './import-kinds.js';
import { Superseded, type Told } from './import-reading.service.js';
import { ImportRows, type StagedRow } from './import-rows.js';
import { ImportScope } from './import-scope.js';
import { IMPORT_WORKFLOW } from './import.workflow.js';
import { Import, type ImportNote, type SheetLayout } from './imports.entity.js';
import { cellReader, fingerprintOf } from './reading/cells.rules.js';
import { whileNext } from './while-next.js';

const TELL_EVERY_MS = 500;

/** What the dry run said no longer holds: the officer has to look again before anything is written. */
export class RegisterChanged extends Error {
  readonly note: ImportNote;

  constructor(rows: readonly number[]) {
    super('the register has changed since the dry run');
    const shown = rows.slice(0, 10).join(', ') + (rows.length > 10 ? '…' : '');
    this.note = {
      code: 'imports.register_changed',
      message: `Dữ liệu đã thay đổi từ lần kiểm tra trước (dòng ${shown}); đã kiểm tra lại, hãy xem kết quả rồi chấp nhận.`,
    };
  }
}

/** Writes an accepted import: everything in one transaction, after every row has been judged again in it. */
@Injectable()
export class ImportAcceptance {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly steps: Steps,
    private readonly jobs: Jobs,
    private readonly kinds: ImportKinds,
    private readonly rows: ImportRows,
    private readonly scope: ImportScope,
  ) {}

  /** @throws RegisterChanged, Refused (nothing is written then), {@link Superseded} */
  async write(begun: Import, told: Told): Promise<void> {
    const kind = this.kinds.of(begun.kind);
    const question = { importId: begun.id, unitId: begun.unitId, params: begun.params };
    const total = (begun.counts?.NEW ?? 0) + (begun.counts?.CHANGED ?? 0);
    await transact(this.db, async (tx) => {
      const actor = await this.scope.acting(tx, begun);
      await kind.begin?.(tx, actor, question);
      const columns = await kind.columns(tx, actor, question);
      const understand = understanding(columns, begun.layout);
      await this.judgeAgain(tx, kind, question, actor, understand);
      let [done, toldAt] = [0, 0];
      const pages = this.understood(tx, begun.id, ['NEW', 'CHANGED'], kind, understand);
      await whileNext(pages, async (page) => {
        const rows = page.flatMap(({ staged: { verdict, plan }, parsed }): CheckedRow[] =>
          parsed && (verdict === 'NEW' || verdict === 'CHANGED') ? [{ ...parsed, verdict, plan }] : [],
        );
        await kind.write(tx, actor, question, rows);
        done += rows.length;
        told('WRITING', done, total);
        if (performance.now() - toldAt < TELL_EVERY_MS) return;
        toldAt = performance.now();
        await this.tell(begun, done, total);
      });
      await kind.end?.(tx, actor, question);
      await this.finish(tx, begun);
    });
  }

  /** Made ready while the database works on the page before. */
  private async *understood(
    tx: Tx,
    importId: number,
    verdicts: readonly LineVerdict[],
    { wholeFile }: ImportKind,
    understand: (row: StagedRow) => ParsedRow | null,
  ): AsyncGenerator<{ staged: StagedRow; parsed: ParsedRow | null }[]> {
    for await (const page of this.rows.pages(tx, importId, verdicts, wholeFile))
      yield page.map((staged) => ({ staged, parsed: understand(staged) }));
  }

  private async judgeAgain(
    tx: Tx,
    kind: ImportKind,
    question: ImportQuestion,
    actor: Parameters<ImportKind['check']>[1],
    understand: (row: StagedRow) => ParsedRow | null,
  ): Promise<void> {
    const differ: number[] = [];
    const wanted = kind.wholeFile ? (['NEW', 'CHANGED', 'UNCHANGED'] as const) : (['NEW', 'CHANGED'] as const);
    const pages = this.understood(tx, question.importId, wanted, kind, understand);
    await whileNext(pages, async (page) => {
      const parsed = page.flatMap((one) => one.parsed ?? []);
      const verdicts = new Map((await kind.check(tx, actor, question, parsed)).map((one) => [one.row, one]));
      for (const { staged } of page) {
        const now = verdicts.get(staged.row);
        if (!now || now.verdict !== staged.verdict || !same(now.plan, staged.plan)) differ.push(staged.row);
      }
    });
    if (differ.length > 0) throw new RegisterChanged(differ);
  }

  /** Seen by others while the transaction goes on: on a connection of its own. */
  private async tell(begun: Import, done: number, total: number): Promise<void> {
    await this.db.manager.update(
      Import,
      { id: begun.id, state: 'ACCEPTING', attempt: begun.attempt },
      { phase: 'WRITING', done, total },
    );
  }

  private async finish(tx: Tx, begun: Import): Promise<void> {
    const row = await tx.manager.findOne(Import, { where: { id: begun.id }, lock: { mode: 'pessimistic_write' } });
    if (!row || row.state !== 'ACCEPTING' || row.attempt !== begun.attempt) throw new Superseded();
    const actor = { ...systemActor(row.actingName), accountId: row.actingId };
    const counts = row.counts ?? { NEW: 0, CHANGED: 0, DUPLICATE: 0, WRONG: 0 };
    const left = counts.DUPLICATE + counts.WRONG;
    const reason = row.skipWrong ? `Bỏ qua ${left} dòng sai hoặc trùng` : null;
    row.state = await this.steps.take(tx, actor, IMPORT_WORKFLOW, row, 'write', reason);
    row.phase = null;
    row.attempt = 0;
    row.version += 1;
    row.stateAt = this.clock.now();
    await tx.manager.save(Import, row);
    await audit(tx, this.clock.now(), actor, 'import.written', `import:${row.id}`, {
      kind: row.kind,
      counts,
      skipWrong: row.skipWrong,
    });
    tx.afterCommit(() => this.jobs.wake('figures.apply'));
  }
}

/** Reads staged cells as the dry run did; null where a cell can no longer be read. */
function understanding(
  columns: readonly ColumnSpec[],
  layout: SheetLayout | null,
): (row: StagedRow) => ParsedRow | null {
  const readers = (layout?.columns ?? []).map(({ name }) => {
    const spec = columns.find((column) => column.name === name);
    return { name, read: spec ? cellReader(spec) : null };
  });
  return ({ row, cells }) => {
    const values: Record<string, ParsedValue> = {};
    for (const [place, { name, read }] of readers.entries()) {
      const found = read?.(cells[place] ?? null);
      if (!found || !('value' in found)) return null;
      values[name] = found.value;
    }
    return { row, values, fingerprint: fingerprintOf(values) };
  };
}

/** The database keeps JSON in an order of its own. */
function same(a: unknown, b: unknown): boolean {
  return a === b || canonicalize(a ?? null) === canonicalize(b ?? null);
}
