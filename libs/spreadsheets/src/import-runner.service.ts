import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, systemActor, type RefusalDetail } from '@lib/kernel';
import { audit, Clock, reader, Steps, transact, type Tx } from '@lib/platform';
import { ImportAcceptance, RegisterChanged } from './import-acceptance.service.js';
import { ImportReading, Superseded, type Told } from './import-reading.service.js';
import { IMPORT_WORKFLOW, type ImportStep } from './import.workflow.js';
import { Import, type ImportNote } from './imports.entity.js';

const WORKER = systemActor('Nhập từ tệp');
/** A file that takes its process down with it must not do so for ever. */
const MOST_ATTEMPTS = 5;
const KEPT_DAYS = 30;
const SWEEP_EVERY_MS = 3_600_000;

/**
 * The job of imports. It is only a wake-up: what waits is a state in a table. One process at a time works on an import; where
 * it is killed, the next begins that step anew, and what was not committed was never there.
 */
@Injectable()
export class ImportRunner {
  private sweptAt = 0;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly steps: Steps,
    private readonly reading: ImportReading,
    private readonly acceptance: ImportAcceptance,
  ) {}

  /** Works off everything that waits. One import that fails does not hold up the others; the failure is thrown at the end. */
  async run(): Promise<void> {
    const waiting = await reader(this.db).query<{ id: number }>(
      `SELECT id FROM import WHERE state IN ('UPLOADED', 'READING', 'ACCEPTING') ORDER BY id`,
    );
    let failed: unknown = null;
    for (const { id } of waiting) {
      try {
        await this.runOne(id);
      } catch (error) {
        failed ??= error;
      }
    }
    await this.sweep();
    if (failed) throw failed;
  }

  /** Until the import waits for a person again. False: another process has it in hand. */
  async runOne(id: number, told: Told = () => undefined): Promise<boolean> {
    // Held by a connection for as long as the work takes: it is gone at once where the process is.
    return this.db.transaction(async (guard) => {
      const [{ free }] = await guard.query<[{ free: boolean }]>(
        `SELECT pg_try_advisory_xact_lock(hashtext('import'), $1) AS free`,
        [id],
      );
      if (!free) return false;
      while (await this.stage(id, told));
      return true;
    });
  }

  /** One step of the way; true where the next one waits already. */
  private async stage(id: number, told: Told): Promise<boolean> {
    const row = await this.begin(id);
    if (!row) return false;
    try {
      if (row.state === 'READING') await this.reading.read(row, told);
      else await this.acceptance.write(row, told);
      return false;
    } catch (error) {
      if (error instanceof Superseded) return false;
      if (error instanceof RegisterChanged) return this.again(row, error.note);
      if (!(error instanceof Refused)) throw error;
      if (row.state === 'ACCEPTING' && error.code !== 'imports.rights_gone') return this.again(row, noteOf(error));
      await this.leave(row, 'refuse', { problems: error.details.map(noteOf) });
      return false;
    }
  }

  /** Takes the work up, by number: whoever lost it to a later number stops. Null where nothing waits. */
  private begin(id: number): Promise<Import | null> {
    return transact(this.db, async (tx) => {
      const row = await lock(tx, id);
      if (!row || !['UPLOADED', 'READING', 'ACCEPTING'].includes(row.state)) return null;
      if (row.state === 'UPLOADED') row.state = await this.steps.take(tx, WORKER, IMPORT_WORKFLOW, row, 'read');
      row.attempt += 1;
      row.version += 1;
      if (row.attempt > MOST_ATTEMPTS) {
        row.problems = [{ code: 'imports.failed', message: `Không xử lý được tệp này: đã thử ${MOST_ATTEMPTS} lần.` }];
        await this.take(tx, row, 'refuse');
        return null;
      }
      row.phase = row.state === 'READING' ? 'READING' : 'WRITING';
      row.done = 0;
      await tx.manager.save(Import, row);
      return row;
    });
  }

  /** Back to the beginning: the register is no longer what the dry run saw. */
  private async again(row: Import, note: ImportNote): Promise<boolean> {
    await this.leave(row, 'recheck', { notes: [note], attempt: 0, skipWrong: false });
    return true;
  }

  private leave(begun: Import, step: ImportStep, changes: Partial<Import>): Promise<void> {
    return transact(this.db, async (tx) => {
      const row = await lock(tx, begun.id);
      if (!row || row.state !== begun.state || row.attempt !== begun.attempt) return;
      Object.assign(row, changes);
      row.version += 1;
      await this.take(tx, row, step);
    });
  }

  private async take(tx: Tx, row: Import, step: ImportStep): Promise<void> {
    row.state = await this.steps.take(tx, WORKER, IMPORT_WORKFLOW, row, step);
    row.phase = null;
    row.stateAt = this.clock.now();
    await tx.manager.save(Import, row);
    await audit(tx, this.clock.now(), WORKER, `import.${step}`, `import:${row.id}`, { problems: row.problems });
  }

  /** What nobody accepted within a month is given up; the lines of what has ended are removed after a month. */
  private async sweep(): Promise<void> {
    const now = this.clock.now();
    if (Math.abs(now.getTime() - this.sweptAt) < SWEEP_EVERY_MS) return;
    this.sweptAt = now.getTime();
    const before = new Date(now.getTime() - KEPT_DAYS * 86_400_000);
    const old = await reader(this.db).query<{ id: number }>(
      `SELECT id FROM import WHERE state = 'CHECKED' AND state_at < $1`,
      [before],
    );
    for (const { id } of old)
      await transact(this.db, async (tx) => {
        const row = await lock(tx, id);
        if (row?.state === 'CHECKED') await this.take(tx, row, 'abandon');
      });
    await transact(this.db, (tx) =>
      tx.query(
        `DELETE FROM import_row r USING import i
          WHERE i.id = r.import_id AND i.state IN ('ACCEPTED', 'UNDONE', 'REFUSED', 'ABANDONED') AND i.state_at < $1`,
        [before],
      ),
    );
  }
}

function lock(tx: Tx, id: number): Promise<Import | null> {
  return tx.manager.findOne(Import, { where: { id }, lock: { mode: 'pessimistic_write' } });
}

function noteOf({ code, message }: Pick<RefusalDetail, 'code' | 'message'>): ImportNote {
  return { code, message };
}
