import type { DataSource, QueryRunner } from 'typeorm';
import { systemActor } from '@lib/kernel';
import { audit, connect, transact } from '@lib/platform';
import { migrations } from '../../../../migrations/index.js';
import { loadDemo } from '../demo/load.js';
import { describe } from './shutdown.js';

type Say = (line: string) => void;

/** Any number: one for "a start prepares this database", so that of two starts at once the second waits. */
const PREPARING = 7_203_115;

/**
 * Brings the database to the program's state: migrations, and where asked the demonstration into an empty one.
 * @returns whether the demonstration is in it
 */
export async function prepareDatabase(url: string, demo: boolean, say: Say): Promise<boolean> {
  const source = await connect(url, migrations).catch((error: unknown) => {
    throw new Error(`Không kết nối được cơ sở dữ liệu (xem biến DATABASE_URL): ${describe(error)}`, { cause: error });
  });
  const lock = source.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [PREPARING]);
    await migrate(source, say);
    return await prepareDemo(source, lock, { url, demo, say });
  } finally {
    await lock.release();
    await source.destroy();
  }
}

async function migrate(source: DataSource, say: Say): Promise<void> {
  if (!(await source.showMigrations())) return;
  say('Cập nhật cấu trúc cơ sở dữ liệu …');
  const done = await source.runMigrations();
  say(`Cập nhật cấu trúc cơ sở dữ liệu: ${done.length} bước, xong.`);
}

async function prepareDemo(
  source: DataSource,
  lock: QueryRunner,
  { url, demo, say }: { url: string; demo: boolean; say: Say },
): Promise<boolean> {
  const state = await demoState(lock);
  if (state === 'loaded') return true;
  if (!demo || state === 'other data') return false;
  if (state === 'interrupted') {
    say('Lần nạp dữ liệu minh hoạ trước bị ngắt; làm lại từ đầu …');
    await lock.query('DROP SCHEMA public CASCADE');
    await lock.query('DROP SCHEMA IF EXISTS bullmq CASCADE');
    await lock.query('CREATE SCHEMA public');
    await source.runMigrations();
  }
  say('Nạp dữ liệu minh hoạ …');
  const started = Date.now();
  await mark(source, 'demo.begun');
  await loadDemo(url, say);
  await mark(source, 'demo.loaded');
  say(`Nạp dữ liệu minh hoạ: xong sau ${((Date.now() - started) / 1000).toFixed(1)} giây.`);
  return true;
}

/**
 * Every command leaves a line in the audit trail, so a trail without lines is an empty database. Nothing but the loading
 * itself has run between the two marks: what lies between them alone may be thrown away.
 */
async function demoState(lock: QueryRunner): Promise<'empty' | 'interrupted' | 'loaded' | 'other data'> {
  const [found] = (await lock.query(
    `SELECT EXISTS (SELECT FROM audit) AS any,
            EXISTS (SELECT FROM audit WHERE action = 'demo.begun') AS begun,
            EXISTS (SELECT FROM audit WHERE action = 'demo.loaded') AS loaded`,
  )) as [{ any: boolean; begun: boolean; loaded: boolean }];
  if (!found.any) return 'empty';
  if (found.loaded) return 'loaded';
  return found.begun ? 'interrupted' : 'other data';
}

async function mark(source: DataSource, action: string): Promise<void> {
  await transact(source, (tx) => audit(tx, new Date(), systemActor('npm start'), action, 'demo', {}));
}
