import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Files } from '@lib/files';
import { Refused, systemActor, type Actor } from '@lib/kernel';
import { Clock, reader, Steps, transact, type Tx } from '@lib/platform';
import { errorSheet, markedWorkbook, type WrongRow } from './answer.workbook.js';
import type { ImportKind, ImportQuestion, RowVerdict } from './import-kind.js';
import { ImportKinds } from './import-kinds.js';
import { ImportRows } from './import-rows.js';
import { ImportScope } from './import-scope.js';
import { IMPORT_WORKFLOW } from './import.workflow.js';
import { Import, type ImportPhase, type SheetLayout, type VerdictCounts } from './imports.entity.js';
import { tableFormat } from './reading/inspect.js';
import { ListIn, type ReadRow } from './reading/list-in.js';
import { openTable } from './reading/table-in.js';
import { whileNext } from './while-next.js';

/** Told while the work goes on; `total` null: not known yet. */
export type Told = (phase: ImportPhase, done: number, total: number | null) => void;

/** A later process, or the officer, has taken the work away: nothing more may be written. */
export class Superseded extends Error {}

/** More rows than this are not marked in the workbook itself, but listed. */
export const MOST_MARKED = 20_000;
const CHUNK = 1_000;
const WORKER = systemActor('Nhập từ tệp');
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The dry run: the file is read as a stream, judged some thousand rows at a time, staged, and answered with a workbook. */
@Injectable()
export class ImportReading {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly steps: Steps,
    private readonly files: Files,
    private readonly kinds: ImportKinds,
    private readonly rows: ImportRows,
    private readonly scope: ImportScope,
  ) {}

  /** @throws Refused where the file as a whole cannot be read; {@link Superseded} */
  async read(row: Import, told: Told): Promise<void> {
    const q = reader(this.db);
    const actor = await this.scope.acting(q, row);
    const kind = this.kinds.of(row.kind);
    const question = { importId: row.id, unitId: row.unitId, params: row.params };
    await this.step(row, (tx) => this.rows.clear(tx, row.id), { counts: null });
    const { path, name } = await this.files.locate(q, row.fileId);
    const table = await openTable(path, tableFormat(name));
    try {
      const list = await ListIn.find(table, await kind.columns(q, actor, question), row.sheet);
      const total = await this.stage(row, actor, kind, question, list, told);
      if (total === 0) throw new Refused('imports.no_rows', 'Dưới dòng tiêu đề không có dòng nào.', 'file');
      await this.rows.settled(q);
      await this.step(row, (tx) => this.rows.tellDuplicates(tx, row.id, kind), { layout: list.layout });
      const counts = await this.rows.counts(q, row.id);
      const answerFileId = await this.answer(row, { path, name }, list.layout, counts, total, told);
      await this.finish(row, { counts, answerFileId, total, notes: [...row.notes, ...list.notes] });
    } finally {
      table.close();
    }
  }

  /** Judges and stages chunk by chunk; one is written while the next is read. Returns how many rows there are. */
  private async stage(
    row: Import,
    actor: Actor,
    kind: ImportKind,
    question: ImportQuestion,
    list: ListIn,
    told: Told,
  ): Promise<number> {
    let written = 0;
    await whileNext(chunks(list.rows(), kind), async (rows) => {
      const parsed = rows.flatMap((one) => one.parsed ?? []);
      const verdicts = new Map<number, RowVerdict>();
      if (parsed.length > 0)
        for (const verdict of await kind.check(reader(this.db), actor, question, parsed))
          verdicts.set(verdict.row, verdict);
      written += rows.length;
      await this.step(row, (tx) => this.rows.stage(tx, row.id, rows, verdicts), { done: written });
      told('READING', written, null);
    });
    return written;
  }

  /** The workbook that goes back; null where nothing is wrong. */
  private async answer(
    row: Import,
    file: { path: string; name: string },
    layout: SheetLayout,
    counts: VerdictCounts,
    total: number,
    told: Told,
  ): Promise<number | null> {
    const wrong = counts.WRONG + counts.DUPLICATE;
    if (wrong === 0) return null;
    await this.step(row, async () => undefined, { phase: 'MARKING', done: 0, total: wrong });
    told('MARKING', 0, wrong);
    const rows = (): AsyncGenerator<WrongRow[]> => this.wrongRows(row.id);
    const marked = layout.sheet !== null && total <= MOST_MARKED;
    const workbook = marked
      ? await markedWorkbook(file.path, layout, rows()).catch(() => null) // a workbook that cannot be written back is listed
      : null;
    const content = workbook ?? errorSheet(file.name, this.clock.now(), layout, rows());
    const arrived = await this.files.receive(content);
    const { id } = await this.files.addTable(WORKER, arrived, {
      name: `${file.name.replace(/\.[^.]+$/, '')} - cần sửa.xlsx`,
      classification: row.classification,
      mediaType: XLSX,
    });
    return id;
  }

  private async *wrongRows(importId: number): AsyncGenerator<WrongRow[]> {
    for await (const rows of this.rows.pages(reader(this.db), importId, ['WRONG', 'DUPLICATE']))
      yield rows.map(({ row, cells, problems }) => ({ row, cells, problems: problems ?? [] }));
  }

  /** One transaction of the dry run, written only while the work is still this process's. */
  private step(row: Import, work: (tx: Tx) => Promise<void>, changes: Partial<Import>): Promise<void> {
    return transact(this.db, async (tx) => {
      const { affected } = await tx.manager.update(
        Import,
        { id: row.id, state: row.state, attempt: row.attempt },
        changes as Parameters<typeof tx.manager.update>[2],
      );
      if (affected !== 1) throw new Superseded();
      await work(tx);
    });
  }

  private finish(begun: Import, changes: Partial<Import>): Promise<void> {
    return transact(this.db, async (tx) => {
      const row = await tx.manager.findOne(Import, { where: { id: begun.id }, lock: { mode: 'pessimistic_write' } });
      if (!row || row.state !== begun.state || row.attempt !== begun.attempt) throw new Superseded();
      if (changes.answerFileId) await this.files.attach(tx, WORKER, changes.answerFileId);
      Object.assign(row, changes, { phase: null, attempt: 0, version: row.version + 1, stateAt: this.clock.now() });
      row.state = await this.steps.take(tx, WORKER, IMPORT_WORKFLOW, { id: row.id, state: begun.state }, 'checked');
      await tx.manager.save(Import, row);
    });
  }
}

/** @throws Refused `imports.too_many_rows` */
async function* chunks(source: AsyncIterable<ReadRow[]>, kind: ImportKind): AsyncGenerator<ReadRow[]> {
  const size = kind.wholeFile ? Number.POSITIVE_INFINITY : CHUNK;
  let [held, count]: [ReadRow[], number] = [[], 0];
  for await (const rows of source) {
    held = held.length === 0 ? rows : held.concat(rows);
    count += rows.length;
    if (count > kind.maxRows) throw tooMany(kind);
    if (held.length < size) continue;
    yield held;
    held = [];
  }
  if (held.length > 0) yield held;
}

function tooMany({ maxRows, title }: ImportKind): Refused {
  return new Refused(
    'imports.too_many_rows',
    `Mỗi tệp “${title}” không quá ${maxRows.toLocaleString('vi-VN')} dòng; hãy chia thành nhiều tệp.`,
    'file',
  );
}
