import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

/** A run of the compiled start program, with an environment that holds nothing but what is given: no LANG, no HOME. */
export class Program {
  readonly output: { text: string } = { text: '' };
  private readonly ended: Promise<unknown>;

  private constructor(readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.output.text += chunk.toString()));
    this.ended = once(child, 'close');
  }

  static start(cwd: string, env: Record<string, string>): Program {
    const file = join(ROOT, 'dist', 'apps', 'ops', 'src', 'start.js');
    return new Program(spawn(process.execPath, [file], { cwd, env: { PATH: '/usr/bin:/bin', ...env } }));
  }

  /** @returns once it has said so; fails with all it said where it ended before. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.output.text);
      if (found) return found;
      if (this.child.exitCode !== null || this.child.signalCode) throw new Error(`ended:\n${this.output.text}`);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  /** @returns the exit code */
  async end(signal?: NodeJS.Signals): Promise<number | null> {
    if (signal) this.child.kill(signal);
    await this.ended;
    return this.child.exitCode;
  }
}

/** The process number of the database server of a data folder, null where none runs. */
export function databaseProcess(dataDir: string): number | null {
  const file = join(homeOf(dataDir), 'cluster', 'postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : null;
}

export function homeOf(dataDir: string): string {
  const pointer = join(dataDir, 'postgres.json');
  if (!existsSync(pointer)) return join(dataDir, 'postgres');
  return (JSON.parse(readFileSync(pointer, 'utf8')) as { home: string }).home;
}

/** A zombie has ended: where nothing reaps orphans (containers) its number stays taken. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
