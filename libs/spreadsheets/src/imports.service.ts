import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Files, type Arrived } from '@lib/files';
import { fold, Refused, systemActor, type Actor } from '@lib/kernel';
import { audit, Clock, Jobs, reader, Steps, transact, type Tx } from '@lib/platform';
import type { ImportKind } from './import-kind.js';
import { ImportKinds } from './import-kinds.js';
import { ImportScope } from './import-scope.js';
import { IMPORT_WORKFLOW, type ImportStep } from './import.workflow.js';
import type { AcceptImportInput, TemplateQuery, UploadImportInput } from './imports.dto.js';
import { Import } from './imports.entity.js';
import { inspectTable } from './reading/inspect.js';
import { writeTemplate } from './template.workbook.js';

/** What an officer does with an import. The long work is the job's: {@link ImportRunner}. */
@Injectable()
export class Imports {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly steps: Steps,
    private readonly jobs: Jobs,
    private readonly files: Files,
    private readonly kinds: ImportKinds,
    private readonly scope: ImportScope,
  ) {}

  /**
   * Keeps the file and queues its reading. What its first bytes already show is refused at once: the old .xls, a password,
   * macros, a zip that unpacks to far more than it holds.
   * @throws Refused `imports.*`, `import_kind.not_found`, `unit.not_found`; the content is discarded then
   */
  async upload(actor: Actor, arrived: Arrived, fileName: string, input: UploadImportInput): Promise<number> {
    try {
      mustBeOneself(actor);
      const mediaType = await inspectTable(arrived, fileName);
      const q = reader(this.db);
      const kind = this.kinds.of(input.kind, actor);
      const unitId = await this.scope.unit(q, actor, kind, input.unit ?? null);
      const params = paramsOf(kind, input.params ?? null);
      const narrow = await this.scope.narrowed(q, actor, unitId);
      await kind.checkParams?.(q, narrow, { importId: 0, unitId, params });
      const classification = input.classification ?? 'INTERNAL';
      const file = await this.files.addTable(actor, arrived, { name: fileName, classification, mediaType });
      return await transact(this.db, async (tx) => {
        await this.files.attach(tx, actor.everywhere ? systemActor(actor.name) : actor, file.id, 'file');
        const now = this.clock.now();
        const row = await tx.manager.save(
          Import,
          tx.manager.create(Import, {
            kind: kind.kind,
            unitId,
            params,
            classification,
            fileId: file.id,
            sheet: input.sheet ?? null,
            state: IMPORT_WORKFLOW.initial as Import['state'],
            version: 1,
            accountId: actor.accountId,
            accountName: actor.name,
            actingId: actor.accountId,
            actingName: actor.name,
            skipWrong: false,
            attempt: 0,
            phase: null,
            done: 0,
            total: null,
            layout: null,
            counts: null,
            notes: [],
            problems: [],
            answerFileId: null,
            createdAt: now,
            stateAt: now,
          }),
        );
        await audit(tx, now, actor, 'import.uploaded', `import:${row.id}`, { kind: kind.kind, sha256: file.sha256 });
        tx.afterCommit(() => this.jobs.wake('imports.run'));
        return row.id;
      });
    } finally {
      await this.files.discard(arrived);
    }
  }

  /** @throws Refused `imports.wrong_rows` where rows are wrong or asked about and the officer did not say to leave them out */
  async accept(actor: Actor, id: number, input: AcceptImportInput): Promise<void> {
    mustBeOneself(actor);
    await this.step(actor, id, input.version, 'accept', null, async (row) => {
      const { NEW = 0, CHANGED = 0, DUPLICATE = 0, WRONG = 0 } = row.counts ?? {};
      if (DUPLICATE + WRONG > 0 && !input.skipWrong)
        throw new Refused(
          'imports.wrong_rows',
          `Tệp còn ${WRONG} dòng sai và ${DUPLICATE} dòng trùng cần xác nhận. Hãy sửa rồi gửi lại, hoặc chọn “bỏ qua các dòng sai”.`,
          'skipWrong',
          'conflict',
        );
      if (NEW + CHANGED === 0)
        throw new Refused('imports.nothing_new', 'Không có dòng nào mới hoặc thay đổi để ghi.', null, 'conflict');
      row.skipWrong = DUPLICATE + WRONG > 0;
    });
  }

  /** Reads the stored file again: the register has changed since. */
  async recheck(actor: Actor, id: number, version: number): Promise<void> {
    mustBeOneself(actor);
    return this.step(actor, id, version, 'recheck', null);
  }

  abandon(actor: Actor, id: number, version: number): Promise<void> {
    return this.step(actor, id, version, 'abandon', null);
  }

  /** The state before the import, in one transaction. @throws Refused where later work builds on it, naming the lines */
  undo(actor: Actor, id: number, version: number, reason: string): Promise<void> {
    return this.step(actor, id, version, 'undo', reason, async (row, tx) => {
      const narrow = await this.scope.narrowed(tx, actor, row.unitId);
      const question = { importId: row.id, unitId: row.unitId, params: row.params };
      await this.kinds.of(row.kind).undo(tx, narrow, question);
    });
  }

  /** An empty table to fill in, with drop-downs and explanations. */
  async template(actor: Actor, kindName: string, ask: TemplateQuery): Promise<{ name: string; content: Readable }> {
    const q = reader(this.db);
    const kind = this.kinds.of(kindName, actor);
    const unitId = await this.scope.unit(q, actor, kind, ask.unit ?? null);
    const params = paramsOf(kind, ask.params ?? null);
    const narrow = await this.scope.narrowed(q, actor, unitId);
    const question = { importId: 0, unitId, params };
    await kind.checkParams?.(q, narrow, question);
    const columns = await kind.columns(q, narrow, question);
    return { name: `mau-${fold(kind.title).replaceAll(' ', '-')}.xlsx`, content: await writeTemplate(kind, columns) };
  }

  private async step(
    actor: Actor,
    id: number,
    version: number,
    step: ImportStep,
    reason: string | null,
    work: (row: Import, tx: Tx) => Promise<void> = async () => undefined,
  ): Promise<void> {
    await transact(this.db, async (tx) => {
      const row = await this.locked(tx, actor, id);
      if (row.version !== version)
        throw new Refused(
          'imports.changed_meanwhile',
          'Lần nhập này vừa thay đổi. Hãy tải lại trang rồi làm lại.',
          null,
          'conflict',
        );
      const state = await this.steps.take(tx, actor, IMPORT_WORKFLOW, row, step, reason);
      await work(row, tx);
      row.state = state;
      row.version += 1;
      row.attempt = 0;
      row.phase = null;
      row.stateAt = this.clock.now();
      row.actingId = actor.accountId;
      row.actingName = actor.name;
      await tx.manager.save(Import, row);
      const told = { kind: row.kind, ...(row.skipWrong && step === 'accept' ? { skipWrong: true } : {}) };
      await audit(tx, this.clock.now(), actor, `import.${step}`, `import:${id}`, told);
      if (state === 'UPLOADED' || state === 'ACCEPTING') tx.afterCommit(() => this.jobs.wake('imports.run'));
    });
  }

  /** The owner, and whoever may import this kind on its unit; the right is asked again, it may have gone. */
  private async locked(tx: Tx, actor: Actor, id: number): Promise<Import> {
    const params: unknown[] = [id];
    const [seen] = await tx.query(
      `SELECT 1 FROM import i WHERE i.id = $1 AND ${this.scope.visible(actor, params)} FOR UPDATE OF i`,
      params,
    );
    const row = seen ? await tx.manager.findOneBy(Import, { id }) : null;
    if (!row) throw Refused.notFound('import');
    await this.scope.acting(tx, { ...row, actingId: actor.accountId, actingName: actor.name });
    return row;
  }
}

/** The job asks for the account's own rights, long after a session of acting for another may have ended. @throws Refused `imports.acting` */
function mustBeOneself({ actingFor }: Actor): void {
  if (actingFor === undefined) return;
  const message =
    'Đang làm thay người khác: danh sách được nhập bằng quyền của chính mình. Hãy trở lại làm việc bằng tên mình trước.';
  throw new Refused('imports.acting', message, null, 'conflict');
}

/** @throws Refused `imports.params_invalid`, `input.required` */
function paramsOf(kind: ImportKind, text: string | null): Record<string, string> {
  const given = parsed(text ?? '{}');
  const known = new Map(kind.params.map((param) => [param.name, param]));
  for (const [name, value] of Object.entries(given))
    if (!known.has(name) || typeof value !== 'string' || value.length > 300) throw invalid();
  for (const { name, required, title } of kind.params)
    if (required && !given[name]) throw new Refused('input.required', `Hãy cho biết: ${title}.`, name);
  return given as Record<string, string>;
}

function parsed(text: string): Record<string, unknown> {
  try {
    const given: unknown = JSON.parse(text);
    if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given as Record<string, unknown>;
  } catch {
    // Not JSON: refused below.
  }
  throw invalid();
}

function invalid(): Refused {
  return new Refused('imports.params_invalid', 'Tham số của lần nhập không đúng dạng.', 'params');
}
