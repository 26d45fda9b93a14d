import { hash } from '@node-rs/argon2';
import { connect, rehearse } from '@lib/platform';
import type { DataSource } from 'typeorm';
import { median, timed, type Say } from './measure.js';
import { startHelper, type Helper } from './program.js';
import type { Row } from './report.js';
import { unitIds, YEAR, type Shape } from './shape.js';
import { signIn } from './sign-in.js';

const ROUNDS = 5;
const BUDGET_MS = 5_000;
const PASSWORD = 'mot-mat-khau-dai';
const USERNAME = 'bench-reorganisation';

/**
 * The yardstick: the rows of the way up and down of the same units end, and new ones begin, in one transaction that is taken
 * back. No rules, no open work, no figures.
 */
const BARE = [
  `CREATE TEMP TABLE bare ON COMMIT DROP AS SELECT DISTINCT unit_id FROM unit_path WHERE ancestor_id = ANY($1) AND tto = 2147483647`,
  `ANALYZE bare`,
  `WITH ended AS (UPDATE unit_chain c SET tto = 2147483646 FROM bare b WHERE c.unit_id = b.unit_id AND c.tto = 2147483647 RETURNING c.*)
   INSERT INTO unit_chain (unit_id, chain, vfrom, vto, tfrom) SELECT unit_id, chain, vfrom, vto, 2147483646 FROM ended`,
  `WITH ended AS (UPDATE unit_path p SET tto = 2147483646 FROM bare b WHERE p.unit_id = b.unit_id AND p.tto = 2147483647 RETURNING p.*)
   INSERT INTO unit_path (unit_id, ancestor_id, depth, vfrom, vto, tfrom) SELECT unit_id, ancestor_id, depth, vfrom, vto, 2147483646 FROM ended`,
];

/** A province is merged into its neighbour, in the middle of the measured year: rehearsed over HTTP, nothing is kept. */
export async function benchReorganisation(url: string, shape: Shape, say: Say): Promise<Row[]> {
  const first = shape.provinces > 1 ? 2 : unitIds(shape).firstDirect;
  const units = [first];
  const db = await connect(url);
  const helpers: Helper<unknown>[] = [];
  try {
    await account(db);
    const below = await size(db, units);
    const api = await startHelper<number>('./api.js', url);
    helpers.push(api);
    const address = `http://127.0.0.1:${api.ready}/api/reorganisations`;
    const cookie = await signIn(api.ready, USERNAME, PASSWORD);
    const post = async (path: string, body?: object): Promise<{ reorganisation: { id: number } }> => {
      const headers = { 'content-type': 'application/json', origin: `http://127.0.0.1:${api.ready}`, cookie };
      const answer = await fetch(`${address}${path}`, { method: 'POST', headers, body: JSON.stringify(body ?? {}) });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as { reorganisation: { id: number } };
    };
    const { id } = (await post('', await merge(db, first, first + 1))).reorganisation;
    const times = { rehearsal: [] as number[], bare: [] as number[], ratio: [] as number[] };
    for (let round = 0; round <= ROUNDS; round += 1) {
      // Rows of the rounds before, taken back, are what autovacuum clears away between two rehearsals of a working day.
      await db.query(`VACUUM (ANALYZE) unit_chain, unit_path, unit_chain_as_is, unit_path_as_is`);
      const bare = await timed(() => closure(db, units));
      const rehearsal = await timed(() => post(`/${id}/rehearsal`));
      say(`  rehearsal round ${round}: bare closure ${bare.toFixed(0)} ms, rehearsal ${rehearsal.toFixed(0)} ms`);
      if (round === 0) continue; // warms the caches
      times.bare.push(bare);
      times.rehearsal.push(rehearsal);
      times.ratio.push(rehearsal / bare);
    }
    const slowest = Math.max(...times.rehearsal);
    return [
      {
        what: `rehearsal of a merge of a province, ${below} units below (slowest of ${ROUNDS})`,
        budget: `≤ ${BUDGET_MS / 1000} s`,
        measured: `${slowest.toFixed(0)} ms`,
        yardstick: `${median(times.bare).toFixed(0)} ms, ×${median(times.ratio).toFixed(1)} (bare update of the same ways up)`,
        value: slowest / 1000,
        limit: BUDGET_MS / 1000,
        unit: 's',
      },
    ];
  } finally {
    for (const helper of helpers) await helper.stop();
    await db.destroy();
  }
}

async function account(db: DataSource): Promise<void> {
  const passwordHash = await hash(PASSWORD);
  await db.query(
    `INSERT INTO account (username, name, password_hash, created_at) VALUES ($1, 'bench', $2, now()) ON CONFLICT DO NOTHING`,
    [USERNAME, passwordHash],
  );
  await db.query(
    `INSERT INTO account_grant (account_id, unit_id, role, valid_from)
     SELECT a.id, 1, 'UNION_OFFICER', '2000-01-01' FROM account a
      WHERE a.username = $1 AND NOT EXISTS (SELECT 1 FROM account_grant g WHERE g.account_id = a.id)`,
    [USERNAME],
  );
}

async function size(db: DataSource, units: readonly number[]): Promise<number> {
  const [row] = await db.query<{ count: number }[]>(
    `SELECT count(DISTINCT unit_id)::int AS count FROM unit_path WHERE ancestor_id = ANY($1) AND tto = 2147483647`,
    [units],
  );
  return row?.count ?? 0;
}

async function merge(db: DataSource, from: number, into: number): Promise<object> {
  const rows = await db.query<{ code: string }[]>(`SELECT code FROM unit WHERE id IN ($1, $2) ORDER BY id = $2`, [
    from,
    into,
  ]);
  const [predecessor, successor] = rows.map(({ code }) => code);
  const plan = { units: [predecessor], successors: [{ code: successor }] };
  return { title: 'Đo diễn tập', kind: 'MERGE', from: `${YEAR}-07-01`, ...plan };
}

function closure(db: DataSource, units: readonly number[]): Promise<void> {
  return rehearse(db, async (tx) => {
    const [begin = '', ...others] = BARE;
    await tx.query(begin, [units]);
    for (const statement of others) await tx.query(statement);
  });
}
