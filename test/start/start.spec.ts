import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseProcess, freePort, homeOf, isAlive, Program } from './program.js';

const folder = mkdtempSync(join(tmpdir(), 'sổ vàng '));
const dataDir = join(folder, 'kín', 'dữ liệu');
const started: Program[] = [];

/** Whole starts, several in a row: on a busy machine each takes many seconds. */
const PATIENCE_MS = 240_000;

function start(env: Record<string, string>): Program {
  const program = Program.start(folder, { SO_VANG_DATA: dataDir, ...env });
  started.push(program);
  return program;
}

beforeAll(() => {
  mkdirSync(join(folder, 'kín'));
  chmodSync(join(folder, 'kín'), 0o700);
});

afterAll(async () => {
  for (const program of started)
    if (program.child.exitCode === null && !program.child.signalCode) await program.end('SIGTERM');
  for (const path of [homeOf(dataDir), folder]) rmSync(path, { recursive: true, force: true });
});

describe('npm start', () => {
  it(
    'killed while it loads the demonstration, loads it anew from the beginning',
    async () => {
      const killed = start({ PORT: String(await freePort()) });
      await killed.says(/Nạp dữ liệu minh hoạ …\n {2}.+\n/);
      await killed.end('SIGKILL');
      const next = start({ PORT: String(await freePort()) });
      await next.says(/Ctrl-C/);
      expect(next.output.text).toContain('làm lại từ đầu');
      expect(await next.end('SIGINT')).toBe(0);
      rmSync(homeOf(dataDir), { recursive: true });
      rmSync(dataDir, { recursive: true, force: true });
    },
    PATIENCE_MS,
  );

  it(
    'comes up in a 0700 folder with Vietnamese letters and without LANG, shows the demo accounts, and stops all on Ctrl-C',
    async () => {
      const port = await freePort();
      const program = start({ PORT: String(port) });
      await program.says(/Ctrl-C/);
      expect(program.output.text).toContain(`http://127.0.0.1:${port}`);
      expect(program.output.text).toContain('Tài khoản minh hoạ');
      const health = (await (await fetch(`http://127.0.0.1:${port}/api/health`)).json()) as { demo: boolean };
      expect(health.demo).toBe(true);
      const server = databaseProcess(dataDir)!;
      expect(isAlive(server)).toBe(true);
      expect(await program.end('SIGINT')).toBe(0);
      expect(program.output.text.trimEnd().endsWith('Đã dừng.')).toBe(true);
      expect(isAlive(server)).toBe(false);
    },
    PATIENCE_MS,
  );

  it(
    'keeps its data after a SIGKILL, and takes the database server that outlived it back in order',
    async () => {
      const killed = start({ PORT: String(await freePort()) });
      await killed.says(/Ctrl-C/);
      expect(killed.output.text).not.toContain('Nạp dữ liệu');
      const orphan = databaseProcess(dataDir)!;
      await killed.end('SIGKILL');
      expect(isAlive(orphan)).toBe(true);
      const port = await freePort();
      const next = start({ PORT: String(port) });
      await next.says(/Ctrl-C/);
      expect(isAlive(orphan)).toBe(false);
      expect(next.output.text).not.toContain('Nạp dữ liệu');
      expect((await fetch(`http://127.0.0.1:${port}/api/health`)).status).toBe(200);

      const second = start({ PORT: String(await freePort()) });
      expect(await second.end()).toBe(1);
      expect(second.output.text).toContain('đang được một tiến trình Sổ Vàng khác dùng');
      expect((await fetch(`http://127.0.0.1:${port}/api/health`)).status).toBe(200);
      expect(await next.end('SIGTERM')).toBe(0);
      expect(databaseProcess(dataDir)).toBeNull();
    },
    PATIENCE_MS,
  );

  it('names PORT where the port is taken, and has started nothing', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const program = start({ PORT: String(port), SO_VANG_DATA: join(folder, 'chưa có') });
    expect(await program.end()).toBe(1);
    taken.close();
    expect(program.output.text).toMatch(new RegExp(`^Cổng ${port} đang bị chương trình khác dùng.*PORT=`));
    expect(databaseProcess(join(folder, 'chưa có'))).toBeNull();
  });

  it('refuses to show the demonstration to other machines', async () => {
    const program = start({ PORT: String(await freePort()), HOST: '0.0.0.0' });
    expect(await program.end()).toBe(1);
    expect(program.output.text).toContain('Dữ liệu minh hoạ chỉ chạy trên chính máy này');
  });

  it('names the wrong setting and not its value', async () => {
    const program = start({ PORT: 'ba nghìn', DATABASE_URL: 'mysql://secret' });
    expect(await program.end()).toBe(1);
    expect(program.output.text.trim()).toBe('Biến môi trường không hợp lệ: PORT, DATABASE_URL');
  });
});
