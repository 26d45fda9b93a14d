import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { copyBinaries } from './binaries.js';
import { giveTo, openHome, type Home } from './home.js';
import { DataFolderBusy, takeLock } from './lock.js';
import { run } from './processes.js';
import { abortServer, answers, connectionUrl, runningServer, startServer, stopOrphan, stopServer } from './server.js';

export { DataFolderBusy } from './lock.js';

export interface EmbeddedPostgres {
  /** Connection string of the database `so_vang`, password included: not for logs. */
  readonly url: string;
  /** Folder of the cluster, its log and its password. */
  readonly home: string;
  /** Shuts down in order and waits for it; may be called twice. */
  stop(): Promise<void>;
  /** Tells the server to end at once and does not wait; the next start recovers from the log. */
  abort(): void;
}

export interface EmbeddedOptions {
  readonly dataDir: string;
  /** Told, in Vietnamese, what is being done. */
  readonly log: (line: string) => void;
  /** False only for tests: a power cut may then destroy the cluster. */
  readonly durable: boolean;
}

const DATABASE = 'so_vang';

/**
 * Starts the PostgreSQL that came with npm, with a cluster of its own for this data folder.
 * @throws DataFolderBusy while another process runs one on the same folder
 * @throws Error with a Vietnamese sentence where this machine cannot run it
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  const home = openHome(dataDir);
  const unlock = takeLock(home.lockFile, dataDir);
  try {
    const binaries = copyBinaries(home.binaries, options.log);
    await stopLeftBehind(home, binaries, options.log);
    await stopOrphan(home, binaries, options.log);
    const password = await openCluster(home, binaries, options);
    const port = await startServer({ home, binaries, password, durable: options.durable });
    let stopping: Promise<void> | null = null;
    const stop = () => (stopping ??= stopServer(home, binaries).finally(unlock));
    try {
      await createDatabase(connectionUrl(port, password, 'postgres'));
    } catch (error) {
      await stop();
      throw error;
    }
    return { url: connectionUrl(port, password, DATABASE), home: home.dir, stop, abort: () => abortServer(home) };
  } catch (error) {
    unlock();
    throw error;
  }
}

/**
 * For the command line: uses the server of a running `npm start` on the same data folder, or starts one for the while.
 * Stopping a joined one does nothing.
 */
export async function joinEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  try {
    return await startEmbeddedPostgres(options);
  } catch (error) {
    if (!(error instanceof DataFolderBusy)) throw error;
    const home = openHome(resolve(options.dataDir));
    const running = runningServer(home);
    if (!running || !existsSync(home.passwordFile)) throw error;
    const password = readFileSync(home.passwordFile, 'utf8');
    if (!(await answers(running.port, password))) throw error;
    return {
      url: connectionUrl(running.port, password, DATABASE),
      home: home.dir,
      stop: () => Promise.resolve(),
      abort: () => undefined,
    };
  }
}

/** Makes the cluster where there is none. @returns its password */
async function openCluster(home: Home, binaries: string, { log, durable }: EmbeddedOptions): Promise<string> {
  const complete = join(home.dir, 'complete');
  if (existsSync(complete)) return readFileSync(home.passwordFile, 'utf8');
  log(`Tạo cơ sở dữ liệu mới trong ${home.dir} …`);
  // Without the mark an earlier initdb was cut short; what it left holds no data.
  rmSync(home.cluster, { recursive: true, force: true });
  const password = randomBytes(24).toString('hex');
  rmSync(home.passwordFile, { force: true });
  writeFileSync(home.passwordFile, password, { mode: 0o600 });
  giveTo(home.owner, home.passwordFile);
  const { code, output } = await run(join(binaries, 'bin', 'initdb'), initOptions(home, durable), {
    cwd: home.dir,
    owner: home.owner,
  });
  if (code !== 0)
    throw new Error(
      `Không tạo được cơ sở dữ liệu trong ${home.dir}:\n${output.trim().split('\n').slice(-8).join('\n')}`,
    );
  writeFileSync(complete, '');
  return password;
}

/**
 * Code-point order by default, the same on every machine and whatever LANG says; columns that people read name their
 * collation (`vi-x-icu`).
 */
function initOptions(home: Home, durable: boolean): string[] {
  return [
    `--pgdata=${home.cluster}`,
    '--username=so_vang',
    `--pwfile=${home.passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ];
}

async function createDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

/** A data folder that was deleted while its server ran: the server is stopped, its files are left to the operator. */
async function stopLeftBehind(home: Home, binaries: string, log: (line: string) => void): Promise<void> {
  for (const dir of home.leftBehind) {
    const old: Home = { ...home, dir, cluster: join(dir, 'cluster') };
    await stopOrphan(old, binaries, log);
    log(`Dữ liệu của thư mục dữ liệu cũ đã bị xoá vẫn còn ở ${dir}; có thể xoá nếu không cần.`);
  }
}
