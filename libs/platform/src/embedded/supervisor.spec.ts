import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { DataFolderBusy, joinEmbeddedPostgres, startEmbeddedPostgres, type EmbeddedPostgres } from './supervisor.js';

/** Under a 0700 folder, with a space and Vietnamese letters: where a checkout may lie. */
const folder = mkdtempSync(join(tmpdir(), 'sổ vàng thử '));
const dataDir = join(folder, 'dữ liệu');
const said: string[] = [];
const homes = new Set<string>();

async function start(dir = dataDir): Promise<EmbeddedPostgres> {
  said.length = 0;
  const server = await startEmbeddedPostgres({ dataDir: dir, durable: false, log: (line) => said.push(line) });
  homes.add(server.home);
  return server;
}

async function ask<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const serverPid = (server: EmbeddedPostgres) =>
  Number(readFileSync(join(server.home, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);

afterAll(() => {
  for (const path of [...homes, folder]) rmSync(path, { recursive: true, force: true });
});

describe('The embedded PostgreSQL', () => {
  it('speaks UTF-8, sorts by code point and, where asked, as Vietnamese people do', async () => {
    const server = await start();
    try {
      const [row] = await ask<object>(
        server.url,
        `SELECT current_setting('server_encoding') AS encoding, current_setting('lc_messages') AS messages,
           (SELECT string_agg(x, ' ' ORDER BY x) FROM unnest('{e,đ,d}'::text[]) x) AS plain,
           (SELECT string_agg(x, ' ' ORDER BY x COLLATE "vi-x-icu") FROM unnest('{e,đ,d}'::text[]) x) AS vietnamese`,
      );
      expect(row).toEqual({ encoding: 'UTF8', messages: 'C', plain: 'd e đ', vietnamese: 'd đ e' });
    } finally {
      await server.stop();
    }
  });

  it('listens on loopback only, asks for a password and keeps it from other users', async () => {
    const server = await start();
    try {
      const [row] = await ask<object>(
        server.url,
        `SELECT current_setting('listen_addresses') AS addresses, current_setting('unix_socket_directories') AS sockets`,
      );
      expect(row).toEqual({ addresses: '127.0.0.1', sockets: '' });
      const guessed = new URL(server.url);
      guessed.password = 'password';
      await expect(ask(guessed.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
      expect(statSync(join(server.home, 'password')).mode & 0o777).toBe(0o600);
      expect(statSync(join(server.home, 'cluster')).mode & 0o777).toBe(0o700);
    } finally {
      await server.stop();
    }
  });

  it('keeps its data from one start to the next and leaves no process behind', async () => {
    const first = await start();
    await ask(first.url, 'CREATE TABLE kept (x int); INSERT INTO kept VALUES (7)');
    const pid = serverPid(first);
    await first.stop();
    await first.stop();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    const second = await start();
    try {
      expect(said).toEqual([]);
      expect(await ask(second.url, 'SELECT x FROM kept')).toEqual([{ x: 7 }]);
    } finally {
      await second.stop();
    }
  });

  it('refuses a second start on the same data folder, which the command line joins instead', async () => {
    const server = await start();
    try {
      await expect(start()).rejects.toThrow(DataFolderBusy);
      await expect(start()).rejects.toThrow(`số hiệu ${process.pid}`);
      const joined = await joinEmbeddedPostgres({ dataDir, durable: false, log: () => undefined });
      expect(joined.url).toBe(server.url);
      await joined.stop();
      expect(await ask(server.url, 'SELECT 1 AS x')).toEqual([{ x: 1 }]);
    } finally {
      await server.stop();
    }
  });

  it('runs side by side with another data folder', async () => {
    const [one, other] = await Promise.all([start(), start(join(folder, 'thư mục khác'))]);
    try {
      expect(one.url).not.toBe(other.url);
      expect(await ask(other.url, 'SELECT 1 AS x')).toEqual([{ x: 1 }]);
    } finally {
      await Promise.all([one.stop(), other.stop()]);
    }
  });

  it('stops the server that a killed run left, and starts on its data', async () => {
    const server = await start();
    const pid = serverPid(server);
    // The lock of a holder that is gone, as SIGKILL leaves it; the server itself still runs.
    const lock = join(server.home, 'lock');
    writeFileSync(lock, JSON.stringify({ pid: 2 ** 22 + 1, mark: 'gone' }));
    const next = await start();
    try {
      expect(said).toContain('Dừng PostgreSQL còn lại từ lần chạy trước bị ngắt …');
      expect(serverPid(next)).not.toBe(pid);
    } finally {
      await next.stop();
    }
    expect(existsSync(lock)).toBe(false);
  });

  it('starts although the process number of a killed server now belongs to another program', async () => {
    const server = await start();
    const file = join(server.home, 'cluster', 'postmaster.pid');
    const left = readFileSync(file, 'utf8');
    await server.stop();
    const stranger = spawn('sleep', ['60']);
    try {
      writeFileSync(file, left.replace(/^\d+/, String(stranger.pid)));
      const next = await start();
      await next.stop();
      expect(stranger.exitCode).toBeNull();
    } finally {
      stranger.kill();
    }
  });

  it('begins anew where the making of the cluster was cut short', async () => {
    const dir = join(folder, 'dở dang');
    const first = await start(dir);
    await first.stop();
    rmSync(join(first.home, 'complete'));
    rmSync(join(first.home, 'cluster', 'global'), { recursive: true });
    const second = await start(dir);
    await second.stop();
    expect(said).toContain(`Tạo cơ sở dữ liệu mới trong ${second.home} …`);
  });

  it('begins anew where the data folder was deleted', async () => {
    const dir = join(folder, 'bị xoá');
    const first = await start(dir);
    await ask(first.url, 'CREATE TABLE gone ()');
    await first.stop();
    rmSync(dir, { recursive: true });
    mkdirSync(dir);
    const second = await start(dir);
    try {
      expect(await ask(second.url, `SELECT to_regclass('gone') AS found`)).toEqual([{ found: null }]);
    } finally {
      await second.stop();
    }
  });

  it('keeps the log of the run before beside that of this run', async () => {
    const server = await start();
    await server.stop();
    expect(readdirSync(server.home)).toEqual(expect.arrayContaining(['server.log', 'server.log.1']));
  });
});
