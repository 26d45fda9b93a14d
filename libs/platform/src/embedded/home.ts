import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Owner } from './processes.js';

/** Where one cluster lives and whom it belongs to. */
export interface Home {
  readonly dir: string;
  readonly cluster: string;
  readonly passwordFile: string;
  readonly logFile: string;
  readonly lockFile: string;
  /** Folder under which the copied programs lie. */
  readonly binaries: string;
  /** Who runs the server: null is ourselves, an unprivileged user where we are root (PostgreSQL refuses root). */
  readonly owner: Owner | null;
  /** Homes of earlier data folders of this path, whose data folder was deleted. */
  readonly leftBehind: readonly string[];
}

const ROOT_BASE = '/var/lib/so-vang';

/** initdb hands its path to a shell in double quotes. */
const SHELL_CHARACTERS = /["$`\n]/;

/**
 * As an ordinary user the cluster lies in the data folder. As root it lies in /var/lib/so-vang, where an unprivileged
 * user may own it, and the data folder holds a pointer; a data folder that an ordinary user began stays his.
 */
export function openHome(dataDir: string): Home {
  makeFolder(dataDir, null);
  const inside = join(dataDir, 'postgres');
  const asRoot = process.getuid?.() === 0;
  if (existsSync(join(inside, 'cluster', 'PG_VERSION'))) {
    const { uid, gid } = statSync(join(inside, 'cluster'));
    return describe(inside, asRoot ? ROOT_BASE : inside, asRoot && uid !== 0 ? { uid, gid } : null, []);
  }
  if (!asRoot && !SHELL_CHARACTERS.test(inside)) return create(inside, inside, null, []);
  const base = asRoot ? ROOT_BASE : join(homedir(), '.local', 'share', 'so-vang');
  const { dir, leftBehind } = pointedHome(dataDir, base);
  return create(dir, base, asRoot ? (ownerOf(join(dir, 'cluster')) ?? unprivilegedUser()) : null, leftBehind);
}

/** Read access for the owner alone: the password and the cluster. */
export function giveTo(owner: Owner | null, path: string): void {
  if (owner) chownSync(path, owner.uid, owner.gid);
}

function pointedHome(dataDir: string, base: string): { dir: string; leftBehind: readonly string[] } {
  makeFolder(base, null);
  chmodSync(base, 0o755);
  const pointer = join(dataDir, 'postgres.json');
  if (existsSync(pointer)) {
    const { home } = JSON.parse(readFileSync(pointer, 'utf8')) as { home: string };
    return { dir: home, leftBehind: [] };
  }
  // A deleted data folder means a fresh start: the name is never the one of an earlier cluster.
  const path = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  const leftBehind = readdirSync(base).filter((name) => name.startsWith(`${path}-`));
  const home = join(base, `${path}-${randomBytes(4).toString('hex')}`);
  writeFileSync(pointer, `${JSON.stringify({ home })}\n`, { mode: 0o600 });
  return { dir: home, leftBehind: leftBehind.map((name) => join(base, name)) };
}

function create(dir: string, binaries: string, owner: Owner | null, leftBehind: readonly string[]): Home {
  makeFolder(dir, owner);
  return describe(dir, binaries, owner, leftBehind);
}

function describe(dir: string, binaries: string, owner: Owner | null, leftBehind: readonly string[]): Home {
  return {
    dir,
    cluster: join(dir, 'cluster'),
    passwordFile: join(dir, 'password'),
    logFile: join(dir, 'server.log'),
    lockFile: join(dir, 'lock'),
    binaries,
    owner,
    leftBehind,
  };
}

function makeFolder(dir: string, owner: Owner | null): void {
  try {
    if (existsSync(dir)) {
      // With the stroke at its end only a folder has this name.
      accessSync(`${dir}/`, constants.W_OK);
      return;
    }
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    giveTo(owner, dir);
  } catch (cause) {
    throw new Error(
      `Không tạo được thư mục ${dir}, hoặc không ghi được vào đó (${cause instanceof Error ? cause.message : String(cause)}).`,
      {
        cause,
      },
    );
  }
}

function ownerOf(path: string): Owner | null {
  if (!existsSync(path)) return null;
  const { uid, gid } = statSync(path);
  return uid === 0 ? null : { uid, gid };
}

function unprivilegedUser(): Owner {
  for (const name of ['postgres', '_postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((what) => {
      const { status, stdout } = spawnSync('id', [what, name], { encoding: 'utf8' });
      return status === 0 ? Number(stdout) : Number.NaN;
    });
    if (uid && gid && uid > 0 && gid > 0) return { uid, gid };
  }
  throw new Error(
    'PostgreSQL không chạy bằng root và máy này không có người dùng postgres hay nobody. Hãy chạy bằng người dùng thường, hoặc đặt DATABASE_URL.',
  );
}
