import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { giveTo, type Home } from './home.js';
import { cannotRun, run, serves, spawnSettings } from './processes.js';

/** A cold start after a crash replays the log first. */
const START_TIMEOUT_MS = 120_000;

export interface ServerSettings {
  readonly home: Home;
  /** Folder of the copied programs. */
  readonly binaries: string;
  readonly password: string;
  /** False trades safety against a power cut for speed: tests. */
  readonly durable: boolean;
}

export function connectionUrl(port: number, password: string, database: string): string {
  return `postgres://so_vang:${password}@127.0.0.1:${port}/${database}`;
}

/** What postmaster.pid says: the process and its port; null without the file. */
export function runningServer(home: Home): { pid: number; port: number } | null {
  const file = join(home.cluster, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, 'utf8').split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]) };
}

/**
 * Ends what a killed run left: a server still running on this cluster is shut down in order; a pid file whose process is
 * gone, or by now another program's, is removed, since PostgreSQL would refuse to start beside it.
 */
export async function stopOrphan(home: Home, binaries: string, log: (line: string) => void): Promise<void> {
  const found = runningServer(home);
  if (!found) return;
  if (serves(found.pid, home.cluster)) {
    log('Dừng PostgreSQL còn lại từ lần chạy trước bị ngắt …');
    await stopServer(home, binaries);
  }
  rmSync(join(home.cluster, 'postmaster.pid'), { force: true });
}

/**
 * Fast shutdown; one that does not end in 30 s is cut short (the next start recovers from the log).
 * @throws Error where the server still runs: its files must then not be touched
 */
export async function stopServer(home: Home, binaries: string): Promise<void> {
  const place = { cwd: home.dir, owner: home.owner };
  for (const mode of ['fast', 'immediate']) {
    if (!runningServer(home)) return;
    const { code } = await run(
      join(binaries, 'bin', 'pg_ctl'),
      ['stop', '-D', home.cluster, '-m', mode, '-w', '-t', '30'],
      place,
    );
    if (code === 0) return;
  }
  const left = runningServer(home);
  if (left && serves(left.pid, home.cluster))
    throw new Error(`Không dừng được PostgreSQL (số hiệu ${left.pid}) trong ${home.dir}.`);
}

/** PostgreSQL's immediate shutdown, without waiting for it. */
export function abortServer(home: Home): void {
  const running = runningServer(home);
  if (running && serves(running.pid, home.cluster)) process.kill(running.pid, 'SIGQUIT');
}

/** Starts the server on a free port of 127.0.0.1 and waits until it answers with our password. @returns the port */
export async function startServer(settings: ServerSettings): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const failure = await launch(settings, port);
    if (failure === null) return port;
    // Lost the race for the port, or the children of a killed server are still letting go of its memory.
    const passing = /Address already in use|could not bind|shared memory block/.test(failure);
    if (!passing || attempt === 10)
      throw new Error(`PostgreSQL không khởi động được:\n${failure}\nNhật ký: ${settings.home.logFile}`);
    await sleep(500);
  }
}

/** @returns null once it answers, or the end of its log when it ended */
async function launch(settings: ServerSettings, port: number): Promise<string | null> {
  const { home, binaries, password } = settings;
  const log = openLog(home);
  const file = join(binaries, 'bin', 'postgres');
  // Its own process group: Ctrl-C in the terminal reaches us alone, and we shut it down in order.
  const child = spawn(file, ['-D', home.cluster, ...serverOptions(port, settings.durable)], {
    ...spawnSettings({ cwd: home.dir, owner: home.owner }),
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  const end: { error?: Error; exited?: true } = {};
  child.once('error', (error) => (end.error = cannotRun(file, error)));
  child.once('exit', () => (end.exited = true));
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (end.error) throw end.error;
    if (end.exited) return readFileSync(home.logFile, 'utf8').split('\n').slice(-8).join('\n');
    if (await answers(port, password)) return null;
    await sleep(40);
  }
  await stopServer(home, binaries);
  return 'quá thời gian chờ';
}

function serverOptions(port: number, durable: boolean): string[] {
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    // No socket file: its path may be at most 107 bytes, and a folder's name can be longer.
    'unix_socket_directories=',
    'logging_collector=off',
    'cluster_name=so-vang',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ];
  return settings.flatMap((setting) => ['-c', setting]);
}

/** The log of this run; the one before is kept beside it. */
function openLog({ logFile, owner }: Home): number {
  if (existsSync(logFile)) renameSync(logFile, `${logFile}.1`);
  const log = openSync(logFile, 'a', 0o600);
  giveTo(owner, logFile);
  return log;
}

export async function answers(port: number, password: string): Promise<boolean> {
  const client = new Client({
    connectionString: connectionUrl(port, password, 'postgres'),
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
