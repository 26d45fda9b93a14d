/**
 * Builds what changed since the last build: the server (dist/) and the web page (dist/web).
 * `node scripts/build.mjs` builds both, with `server` or `web` only the one.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const PARTS = {
  server: {
    says: 'Biên dịch máy chủ',
    sources: [
      'apps/api',
      'apps/worker',
      'apps/ops',
      'libs',
      'migrations',
      'bench',
      'package.json',
      'package-lock.json',
      'nest-cli.json',
    ],
    program: ['@nestjs/cli', 'nest', 'build'],
  },
  web: {
    says: 'Đóng gói trang web',
    sources: ['apps/web', 'libs', 'openapi.json', 'package.json', 'package-lock.json'],
    program: ['vite', 'vite', 'build', 'apps/web', '--logLevel', 'warn'],
    unless: () => !existsSync(join(root, 'apps/web/vite.config.ts')),
  },
};

/** @param say told in Vietnamese what is built; what the compilers print goes to stderr */
export function build(names, say) {
  // Nothing is written where nothing changed: the checkout may belong to another user.
  if (names.every(isFresh)) return;
  mkdirSync(join(root, 'dist'), { recursive: true });
  const unlock = lock();
  try {
    for (const name of names) if (!isFresh(name)) buildPart(name, say);
  } finally {
    unlock();
  }
}

function isFresh(name) {
  const { sources, unless } = PARTS[name];
  return unless?.() || readText(stampFile(name)) === fingerprint(sources);
}

function buildPart(name, say) {
  const { says, sources, program } = PARTS[name];
  const stamp = fingerprint(sources);
  say(`${says} …`);
  const started = Date.now();
  rmSync(stampFile(name), { force: true });
  const [owner, command, ...args] = program;
  const { status, error } = spawnSync(process.execPath, [programFile(owner, command), ...args], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${says}: không thành công.`);
  writeFileSync(stampFile(name), stamp);
  say(`${says}: xong sau ${((Date.now() - started) / 1000).toFixed(1)} giây.`);
}

function stampFile(name) {
  return join(root, 'dist', `.built-${name}`);
}

/** Paths, sizes and times of change of all sources; reading them whole would cost every start a second. */
function fingerprint(sources) {
  const hash = createHash('sha256').update(process.version);
  const settings = readdirSync(root).filter((name) => name.startsWith('tsconfig'));
  for (const path of [...sources, ...settings].sort()) addPath(hash, path);
  return hash.digest('hex');
}

function addPath(hash, path) {
  const full = join(root, path);
  if (!existsSync(full)) return;
  const stat = statSync(full);
  if (!stat.isDirectory()) {
    hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\n`);
    return;
  }
  for (const entry of readdirSync(full).sort()) if (entry !== 'node_modules') addPath(hash, join(path, entry));
}

/** The script behind a command of a package, wherever npm put its shims. */
function programFile(owner, command) {
  const folder = join(root, 'node_modules', owner);
  if (!existsSync(folder)) throw new Error('Thiếu thư viện. Hãy chạy: npm install');
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[command]);
}

/** Two builds at once would read each other's half-written files: the second waits. */
function lock() {
  const file = join(root, 'dist', '.building');
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!isAlive(Number(readText(file)))) rmSync(file, { force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function isAlive(pid) {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const asked = process.argv.slice(2);
  try {
    build(asked.length > 0 ? asked : Object.keys(PARTS), (line) => process.stderr.write(`${line}\n`));
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
