import { hash } from '@node-rs/argon2';
import { systemActor } from '@lib/kernel';
import { connect } from '@lib/platform';
import { AskService, ComputeService } from '@lib/summaries';
import { DataSource } from 'typeorm';
import type { LoadAnswer, LoadQuestion } from './load.js';
import { median, quantile, type Say } from './measure.js';
import { openProgram, startHelper, type Helper } from './program.js';
import type { Row } from './report.js';
import { YEAR } from './shape.js';
import { signIn } from './sign-in.js';

/** Many short rounds: on a shared machine the two sides then see the same weather. */
const ROUNDS = 25;
const REQUESTS = 80;
const CLIENTS = 2;
const PASSWORD = 'mot-mat-khau-dai';
const PERIOD = `from=${YEAR}-01-01&to=${YEAR}-12-31`;
const UNITS = { grassroots: 'U20000', 'direct upper': 'U500', confederation: 'U1' };

/** Reading a stored summary, signed in, against a row of as many bytes from the bare endpoint; turn by turn. */
export async function benchRead(url: string, say: Say): Promise<Row[]> {
  await prepare(url);
  const helpers: Helper<unknown>[] = [];
  try {
    const api = await startHelper<number>('./api.js', url);
    const bare = await startHelper<number>('./bare-api.js', url);
    const load = await startHelper<string>('./load.js');
    helpers.push(api, bare, load);
    const cookie = await signIn(api.ready, 'bench', PASSWORD);
    const rows: Row[] = [];
    for (const [what, code] of Object.entries(UNITS)) {
      const read = `http://127.0.0.1:${api.ready}/api/summaries?unit=${code}&${PERIOD}`;
      await copyText(url, code, read, cookie);
      rows.push(await compare(load, what, read, cookie, `http://127.0.0.1:${bare.ready}/bare/${code}`, say));
    }
    return rows;
  } finally {
    for (const helper of helpers) await helper.stop();
  }
}

async function compare(
  load: Helper<string>,
  what: string,
  read: string,
  cookie: string,
  bare: string,
  say: Say,
): Promise<Row> {
  const p95 = { read: [] as number[], bare: [] as number[], ratio: [] as number[] };
  const all = { read: [] as number[], bare: [] as number[] };
  let bytes = 0;
  for (let round = -1; round < ROUNDS; round += 1) {
    const one = { requests: REQUESTS, clients: CLIENTS };
    const first = await load.ask<LoadAnswer>({ ...one, url: bare, cookie: null } satisfies LoadQuestion);
    const second = await load.ask<LoadAnswer>({ ...one, url: read, cookie } satisfies LoadQuestion);
    if (first.bytes !== second.bytes) throw new Error(`unequal answers: ${first.bytes} and ${second.bytes} bytes`);
    bytes = second.bytes;
    if (round < 0) continue; // warms both
    all.bare.push(...first.times);
    all.read.push(...second.times);
    p95.bare.push(quantile(first.times, 0.95));
    p95.read.push(quantile(second.times, 0.95));
    p95.ratio.push(quantile(second.times, 0.95) / quantile(first.times, 0.95));
  }
  say(`  read ${what}: ratios ${p95.ratio.map((ratio) => ratio.toFixed(2)).join(' ')}`);
  return {
    what: `reading a summary, signed in: ${what}, ${(bytes / 1024).toFixed(0)} kB (p95, ${ROUNDS} × ${REQUESTS})`,
    budget: '≤ 1.5 × bare',
    measured: `${median(p95.read).toFixed(2)} ms (p50 ${median(all.read).toFixed(2)})`,
    yardstick: `${median(p95.bare).toFixed(2)} ms (p50 ${median(all.bare).toFixed(2)})`,
    value: median(p95.ratio),
    limit: 1.5,
    unit: '×',
  };
}

/** Summaries that stand, and a reader who may see the whole tree. */
async function prepare(url: string): Promise<void> {
  const app = await openProgram(url);
  try {
    for (const unit of Object.values(UNITS))
      await app.get(AskService).ask(systemActor('bench'), { unit, from: `${YEAR}-01-01`, to: `${YEAR}-12-31` });
    await app.get(ComputeService).run();
    const db = app.get(DataSource);
    // What autovacuum would have done since the burst.
    await db.query(`VACUUM (ANALYZE) figure_inbox, summary, session`);
    await db.query(`CREATE TABLE IF NOT EXISTS bench_text (id text PRIMARY KEY, body text NOT NULL)`);
    await db.query(
      `INSERT INTO account (username, name, password_hash, created_at) VALUES ('bench', 'bench', $1, now()) ON CONFLICT DO NOTHING`,
      [await hash(PASSWORD)],
    );
    await db.query(
      `INSERT INTO account_grant (account_id, unit_id, role, valid_from) SELECT id, 1, 'LEADERSHIP_VIEWER', '2020-01-01' FROM account a
        WHERE username = 'bench' AND NOT EXISTS (SELECT FROM account_grant g WHERE g.account_id = a.id)`,
    );
  } finally {
    await app.close();
  }
}

/** The very text that the program answers becomes the bare endpoint's row. */
async function copyText(url: string, id: string, read: string, cookie: string): Promise<void> {
  const answer = await fetch(read, { headers: { cookie } });
  if (answer.status !== 200) throw new Error(`${read}: ${answer.status}`);
  const db = await connect(url);
  await db.query(`INSERT INTO bench_text VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET body = excluded.body`, [
    id,
    await answer.text(),
  ]);
  await db.destroy();
}
