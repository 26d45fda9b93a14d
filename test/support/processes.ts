import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { QueryRunner } from 'typeorm';
import type { TestDatabase } from './database.js';

const BUILT = join(import.meta.dirname, '..', '..', 'dist', 'apps');
/** Starting a process on a busy machine takes many seconds; what is waited for is a condition, never a time. */
const PATIENCE_MS = 60_000;

/** A process of the built program, on a database of a test. It is killed, not asked to stop. */
export class ProgramProcess {
  private said = '';

  private constructor(readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.said += chunk.toString()));
  }

  static async worker(databaseUrl: string, dataDir: string): Promise<ProgramProcess> {
    const started = ProgramProcess.start('worker', { DATABASE_URL: databaseUrl, SO_VANG_DATA: dataDir });
    await started.says(/đang chạy/);
    return started;
  }

  /** Listens on a port that the system chooses: {@link url}. */
  static async api(databaseUrl: string, dataDir: string): Promise<ProgramProcess & { readonly url: string }> {
    const started = ProgramProcess.start('api', { DATABASE_URL: databaseUrl, SO_VANG_DATA: dataDir, PORT: '0' });
    const [, url] = await started.says(/API: (\S+)/);
    return Object.assign(started, { url: url ?? '' });
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode) return;
    const closed = once(this.child, 'close');
    this.child.kill('SIGKILL');
    await closed;
  }

  private static start(name: string, env: Record<string, string>): ProgramProcess {
    const file = join(BUILT, name, 'src', 'main.js');
    return new ProgramProcess(spawn(process.execPath, [file], { env: { PATH: '/usr/bin:/bin', ...env } }));
  }

  private async says(pattern: RegExp): Promise<RegExpExecArray> {
    let found: RegExpExecArray | null = null;
    await until(() => {
      found = pattern.exec(this.said);
      if (!found && this.child.exitCode !== null) throw new Error(`the process ended:\n${this.said}`);
      return found !== null;
    });
    if (!found) throw new Error('unreachable');
    return found;
  }
}

/** A table that nobody else reads or writes until it is let go: whoever reaches it stands still in the middle. */
export class Barrier {
  private constructor(
    private readonly db: TestDatabase,
    private readonly runner: QueryRunner,
  ) {}

  static async on(db: TestDatabase, table: string): Promise<Barrier> {
    const runner = db.source.createQueryRunner();
    await runner.startTransaction();
    await runner.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    return new Barrier(db, runner);
  }

  /** @returns the number of the connection that stands before it with a statement like this */
  async stops(statement: string): Promise<number> {
    let pid = 0;
    await until(async () => {
      const [row] = await this.db.source.query<{ pid: number }[]>(
        `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0 AND query LIKE '%' || $1 || '%'`,
        [statement],
      );
      pid = row?.pid ?? 0;
      return pid > 0;
    });
    return pid;
  }

  /** Lets go, and waits until the connection of the killed process is gone with what it had begun. */
  async lift(gone: number): Promise<void> {
    await this.runner.rollbackTransaction();
    await this.runner.release();
    await until(async () => {
      const rows = await this.db.source.query<unknown[]>(`SELECT 1 FROM pg_stat_activity WHERE pid = $1`, [gone]);
      return rows.length === 0;
    });
  }
}

export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('waited too long');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
