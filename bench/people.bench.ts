import { hash } from '@node-rs/argon2';
import { connect } from '@lib/platform';
import { DataSource } from 'typeorm';
import { generateNames } from './generate/names.js';
import type { LoadAnswer, LoadQuestion } from './load.js';
import { quantile, timed, type Say } from './measure.js';
import { startHelper, type Helper } from './program.js';
import type { Row } from './report.js';
import { NATION, type Shape } from './shape.js';
import { signIn } from './sign-in.js';

const PEOPLE = 5_000_000;
const REQUESTS = 200;
const BARE = 60;
const CLIENTS = 2;
const PAGE = 50;
const PASSWORD = 'mot-mat-khau-dai';
const READERS = { 'direct upper': 'U500', province: 'U31', confederation: 'U1' };
const SEARCH_MS = 100;
const LIST_MS = 50;
/** Common and rare, at either end of the alphabet, a word not yet whole, and nobody. */
const NAMES = ['nguyen van an', 'Nguyễn Thị Yến', 'tran thi vin', 'hoà', 'ksor', 'y vượng', 'bế văn đ', 'khong co ai'];

/** Finding people by name without accents, and reading the register in order, in one's own units. */
export async function benchPeople(url: string, say: Say, shape: Shape = NATION, people = PEOPLE): Promise<Row[]> {
  await prepare(url, shape, people, say);
  const helpers: Helper<unknown>[] = [];
  const db = await connect(url);
  try {
    const api = await startHelper<number>('./api.js', url);
    const load = await startHelper<string>('./load.js');
    helpers.push(api, load);
    const rows: Row[] = [];
    for (const [what, code] of Object.entries(READERS)) {
      const cookie = await signIn(api.ready, `bench-people-${code.toLowerCase()}`, PASSWORD);
      const list = `http://127.0.0.1:${api.ready}/api/people?limit=${PAGE}`;
      const ask = async (address: string): Promise<number> => {
        const question = { url: address, cookie, clients: CLIENTS };
        await load.ask<LoadAnswer>({ ...question, requests: 10 } satisfies LoadQuestion);
        const { times } = await load.ask<LoadAnswer>({ ...question, requests: REQUESTS } satisfies LoadQuestion);
        return quantile(times, 0.95);
      };
      const found: { name: string; p95: number }[] = [];
      for (const name of NAMES) found.push({ name, p95: await ask(`${list}&q=${encodeURIComponent(name)}`) });
      say(`  people of ${what}: ${found.map(({ name, p95 }) => `${name} ${p95.toFixed(0)}`).join(', ')} ms`);
      const slowest = found.toSorted((a, b) => b.p95 - a.p95)[0] ?? { name: '', p95: Number.NaN };
      const bare = what === 'confederation' ? await plain(db, slowest.name) : null;
      rows.push(row(`search of names, ${what}: slowest "${slowest.name}"`, slowest.p95, SEARCH_MS, bare));
      rows.push(row(`list of people, ${what}: first page`, await ask(list), LIST_MS, null));
      const next = await deep(list, cookie);
      rows.push(row(`list of people, ${what}: a later page`, await ask(`${list}&after=${next}`), LIST_MS, null));
    }
    return rows;
  } finally {
    for (const helper of helpers) await helper.stop();
    await db.destroy();
  }
}

function row(what: string, p95: number, limit: number, bare: number | null): Row {
  return {
    what: `${what} (p95 of ${REQUESTS})`,
    budget: `≤ ${limit} ms`,
    measured: `${p95.toFixed(1)} ms`,
    yardstick: bare === null ? '–' : `${bare.toFixed(1)} ms, ×${(p95 / bare).toFixed(2)} (bare SQL on the folded name)`,
    value: p95 / 1000,
    limit: limit / 1000,
    unit: 's',
  };
}

/** The same question as one plain statement: every word somewhere in the folded name, sorted. */
async function plain(db: DataSource, name: string): Promise<number> {
  const words = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd').split(' ');
  const times: number[] = [];
  for (let n = 0; n < BARE / 20; n += 1)
    times.push(
      await timed(() =>
        db.query(
          `SELECT id, full_name FROM person WHERE ${words.map((_, i) => `' ' || name_folded LIKE $${i + 1}`).join(' AND ')}
            ORDER BY given_name, full_name, id LIMIT ${PAGE}`,
          words.map((word) => `% ${word}%`),
        ),
      ),
    );
  return quantile(times, 0.95);
}

/** Fifty pages on. */
async function deep(list: string, cookie: string): Promise<string> {
  let after = '';
  for (let n = 0; n < 50; n += 1) {
    const answer = await fetch(`${list}${after && `&after=${after}`}`, { headers: { cookie } });
    if (!answer.ok) throw new Error(`${list}: ${answer.status}`);
    const { next } = (await answer.json()) as { next: string | null };
    if (next === null) break;
    after = next;
  }
  return after;
}

async function prepare(url: string, shape: Shape, people: number, say: Say): Promise<void> {
  const db = await connect(url);
  try {
    const seconds = await timed(() =>
      db.transaction(async (manager) => {
        await manager.query(`SET LOCAL session_replication_role = replica`);
        await generateNames(
          { query: <Row>(sql: string, values: readonly unknown[] = []) => manager.query<Row[]>(sql, [...values]) },
          shape,
          people,
        );
      }),
    );
    say(`  people: names ${(seconds / 1000).toFixed(0)} s`);
    await db.query(`VACUUM (ANALYZE) person`);
    const passwordHash = await hash(PASSWORD);
    for (const code of Object.values(READERS)) {
      const username = `bench-people-${code.toLowerCase()}`;
      await db.query(
        `INSERT INTO account (username, name, password_hash, created_at) VALUES ($1, 'bench', $2, now()) ON CONFLICT DO NOTHING`,
        [username, passwordHash],
      );
      await db.query(
        `INSERT INTO account_grant (account_id, unit_id, role, valid_from) SELECT a.id, u.id, 'UNION_OFFICER', '2020-01-01' FROM account a, unit u
          WHERE a.username = $1 AND u.code = $2 AND NOT EXISTS (SELECT FROM account_grant g WHERE g.account_id = a.id)`,
        [username, code],
      );
    }
  } finally {
    await db.destroy();
  }
}
