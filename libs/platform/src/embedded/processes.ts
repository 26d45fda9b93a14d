import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync } from 'node:fs';

/** The unprivileged user a process is started as; null keeps our own. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export interface Place {
  readonly cwd: string;
  readonly owner: Owner | null;
}

/** Nothing is inherited: a stray LANG, PGDATA or PGPORT of the caller must not shape the cluster. */
export function spawnSettings({ cwd, owner }: Place) {
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', HOME: cwd };
  return { cwd, env, windowsHide: true, ...(owner ? { uid: owner.uid, gid: owner.gid } : {}) };
}

/** Runs a program to its end; never throws for its exit code. @throws Error where it cannot be run at all. */
export function run(
  file: string,
  args: readonly string[],
  place: Place,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...spawnSettings(place), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => reject(cannotRun(file, error)));
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** ENOENT for a file that exists means its loader is missing: the binaries need glibc, which Alpine does not have. */
export function cannotRun(file: string, cause: Error): Error {
  return new Error(
    `Không chạy được ${file} (${cause.message}). Hãy đặt DATABASE_URL tới một PostgreSQL 15–18 có sẵn (bản kèm theo cần Linux glibc, macOS hoặc Windows).`,
    { cause },
  );
}

/**
 * A mark no later process with the same number shares (its start time); null when the process is gone. A zombie is gone:
 * where nothing reaps orphans (containers) it would otherwise look alive for ever.
 */
export function processMark(pid: number): string | null {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const [state, startTime] = [fields[0], fields[19]];
      return state === 'Z' || state === 'X' || startTime === undefined ? null : startTime;
    } catch {
      return null;
    }
  }
  if (process.platform === 'win32') return answersSignal(pid) ? 'alive' : null;
  const line = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  return line === '' || line.startsWith('Z') ? null : line.replace(/^\S+\s+/, '');
}

/** Whether a live process is the server of this cluster, and not another program that got its number. */
export function serves(pid: number, cluster: string): boolean {
  if (processMark(pid) === null) return false;
  if (process.platform === 'win32') return true;
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.includes(cluster);
  }
  try {
    // PostgreSQL works in its data folder; the link follows a folder that was moved meanwhile.
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
  } catch {
    return false;
  }
}

function answersSignal(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
