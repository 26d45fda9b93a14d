import { hash } from '@node-rs/argon2';
import { connect } from '@lib/platform';
import { quantile, type Say } from './measure.js';
import type { LoadAnswer, LoadQuestion } from './load.js';
import { startHelper, type Helper } from './program.js';
import type { Row } from './report.js';
import { signIn } from './sign-in.js';

const REQUESTS = 300;
const CLIENTS = 2;
const PAGE = 50;
const PASSWORD = 'mot-mat-khau-dai';
const READERS = { grassroots: 'U20000', 'direct upper': 'U500', province: 'U31', confederation: 'U1' };
const BUDGET_MS = 50;

/** The list of nomination lines in one's subtree, filtered: the first page, and the one after a thousand others. */
export async function benchNominations(url: string, say: Say): Promise<Row[]> {
  await accounts(url);
  const helpers: Helper<unknown>[] = [];
  try {
    const api = await startHelper<number>('./api.js', url);
    const load = await startHelper<string>('./load.js');
    helpers.push(api, load);
    const rows: Row[] = [];
    for (const [what, code] of Object.entries(READERS)) {
      const cookie = await signIn(api.ready, `bench-${code.toLowerCase()}`, PASSWORD);
      const list = `http://127.0.0.1:${api.ready}/api/nominations?tab=mine&form=BANG_KHEN&state=ELIGIBLE&limit=${PAGE}`;
      const pages = { 'first page': list, 'page after 1,000 others': `${list}&after=${await deep(url, code)}` };
      for (const [page, address] of Object.entries(pages)) {
        const ask = { url: address, cookie, clients: CLIENTS };
        await load.ask<LoadAnswer>({ ...ask, requests: 20 } satisfies LoadQuestion);
        const { times } = await load.ask<LoadAnswer>({ ...ask, requests: REQUESTS } satisfies LoadQuestion);
        const p95 = quantile(times, 0.95);
        say(`  nominations of ${what}, ${page}: p95 ${p95.toFixed(1)} ms`);
        rows.push({
          what: `list of nominations, filtered: ${what}, ${page} (p95 of ${REQUESTS})`,
          budget: `≤ ${BUDGET_MS} ms`,
          measured: `${p95.toFixed(1)} ms`,
          yardstick: '–',
          value: p95 / 1000,
          limit: BUDGET_MS / 1000,
          unit: 's',
        });
      }
    }
    return rows;
  } finally {
    for (const helper of helpers) await helper.stop();
  }
}

async function accounts(url: string): Promise<void> {
  const db = await connect(url);
  try {
    const passwordHash = await hash(PASSWORD);
    for (const code of Object.values(READERS)) {
      await db.query(
        `INSERT INTO account (username, name, password_hash, created_at) VALUES ($1, 'bench', $2, now()) ON CONFLICT DO NOTHING`,
        [`bench-${code.toLowerCase()}`, passwordHash],
      );
      await db.query(
        `INSERT INTO account_grant (account_id, unit_id, role, valid_from) SELECT a.id, u.id, 'UNION_OFFICER', '2020-01-01' FROM account a, unit u
          WHERE a.username = $1 AND u.code = $2 AND NOT EXISTS (SELECT FROM account_grant g WHERE g.account_id = a.id)`,
        [`bench-${code.toLowerCase()}`, code],
      );
    }
  } finally {
    await db.destroy();
  }
}

/** Id of the line that the thousandth page ends with; of a smaller subtree, its middle. */
async function deep(url: string, code: string): Promise<number> {
  const db = await connect(url);
  try {
    const [row] = await db.query<{ id: number }[]>(
      `WITH mine AS (SELECT l.id, row_number() OVER (ORDER BY l.id DESC) AS n, count(*) OVER () AS total FROM nomination_line l JOIN unit_path p ON p.unit_id = l.unit_id
          JOIN unit u ON u.id = p.ancestor_id WHERE u.code = $1 AND p.vto = 'infinity' AND p.tto = 2147483647 AND l.form = 'BANG_KHEN' AND l.state = 'ELIGIBLE')
       SELECT id FROM mine WHERE n = least(${PAGE} * 1000, greatest(1, total / 2))`,
      [code],
    );
    return row?.id ?? 1_000_000;
  } finally {
    await db.destroy();
  }
}
