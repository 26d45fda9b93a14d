import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { processMark } from './processes.js';

/** Another live process of ours uses the data folder. */
export class DataFolderBusy extends Error {
  constructor(
    readonly dataDir: string,
    readonly pid: number,
  ) {
    super(
      `Thư mục dữ liệu ${dataDir} đang được một tiến trình Sổ Vàng khác dùng (số hiệu ${pid}). ` +
        'Hãy dừng tiến trình đó, hoặc đặt SO_VANG_DATA tới một thư mục khác.',
    );
  }
}

interface Holder {
  readonly pid: number;
  readonly mark: string;
}

/**
 * One process at a time per cluster. The file names its holder, so that what a killed holder left behind is taken over.
 * @returns the release. @throws DataFolderBusy while the holder lives.
 */
export function takeLock(file: string, dataDir: string): () => void {
  const mine: Holder = { pid: process.pid, mark: processMark(process.pid) ?? '' };
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(mine), { mode: 0o644 });
  try {
    // A hard link appears whole or not at all; a second try follows the removal of a stale lock.
    for (let attempt = 0; attempt < 3; attempt++) {
      if (linked(draft, file)) return () => release(file, mine);
      const holder = lockHolder(file);
      if (holder !== null) throw new DataFolderBusy(dataDir, holder);
      // Renamed away before it is removed: of two processes that find the same stale lock only one moves it.
      moveAway(file, `${draft}.stale`);
    }
    throw new DataFolderBusy(dataDir, lockHolder(file) ?? 0);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** The live process that holds the lock, or null. */
export function lockHolder(file: string): number | null {
  const holder = read(file);
  return holder && processMark(holder.pid) === holder.mark ? holder.pid : null;
}

function linked(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function moveAway(file: string, aside: string): void {
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  // Between reading and renaming another process may have taken the lock: give it back.
  if (lockHolder(aside) !== null) linked(aside, file);
  rmSync(aside, { force: true });
}

function release(file: string, mine: Holder): void {
  const holder = read(file);
  if (holder?.pid === mine.pid && holder.mark === mine.mark) rmSync(file, { force: true });
}

function read(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return null;
  }
}
