import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { grantsOf } from '@lib/access';
import { ROLES, scopeOf, type Actor, type Role } from '@lib/kernel';
import { reader } from '@lib/platform';
import { AskService } from '@lib/summaries';
import { UnitTree } from '@lib/units';
import { testApi, type TestApi } from '../support/api.js';

/** Reading a summary finds session, scope and text in one statement; it must let through exactly what two did. */
let api: TestApi;

const PERIOD = { from: '2026-01-01', to: '2026-12-31' } as const;
const HOLDERS: readonly (readonly [string, readonly (readonly [Role, string])[]])[] = [
  ['doc-tinh', [['LEADERSHIP_VIEWER', 'MH-LDLD']]],
  ['doc-nganh', [['UNIT_LEADER', 'MH-CDN-YT']]],
  ['doc-co-so', [['UNION_OFFICER', 'MH-CDN-YT-CS1']]],
  [
    'doc-hai-noi',
    [
      ['LEADERSHIP_VIEWER', 'MH-CDN-GD'],
      ['AUDITOR', 'MH-CD-KCN-CS2'],
    ],
  ],
  ['quan-tri-he', [['SYSTEM_ADMIN', 'MH-LDLD']]],
  ['khong-co-gi', []],
];

beforeAll(async () => {
  api = await testApi({ template: 'demo' });
  for (const [name, grants] of HOLDERS) await api.account(name, grants);
  await api.db.source.query(`UPDATE unit SET classification = 'RESTRICTED' WHERE code = 'MH-CDN-YT-CS1'`);
});
afterAll(() => api?.close());

describe('a summary read in one statement', () => {
  it('is answered to whom it was, and to nobody else', async () => {
    const asking = api.app.get(AskService);
    const system: Actor = { accountId: null, name: 'test', grants: [], everywhere: true };
    const units = await api.db.source.query<{ code: string }[]>(`SELECT code FROM unit WHERE code LIKE 'MH-%'`);
    for (const { code: unit } of units) await asking.askNow(system, { unit, ...PERIOD });
    const seen = new Map<string, number>();
    for (const [name, held] of HOLDERS) {
      const as = await api.signIn(name);
      const actor = await actorOf(held);
      for (const { code: unit } of units) {
        const { status, text } = await api.inject(
          'GET',
          `/api/summaries?unit=${unit}&from=${PERIOD.from}&to=${PERIOD.to}`,
          { as },
        );
        const plain = await asking.ask(actor, { unit, ...PERIOD }).catch(() => null);
        expect([name, unit, status, status === 200 ? text : null]).toEqual([
          name,
          unit,
          plain ? 200 : 404,
          plain?.text ?? null,
        ]);
        if (status === 200) seen.set(name, (seen.get(name) ?? 0) + 1);
      }
    }
    expect(Object.fromEntries(seen)).toEqual({ 'doc-tinh': 15, 'doc-nganh': 4, 'doc-co-so': 1, 'doc-hai-noi': 6 });
  });

  it('asks the database once', async () => {
    const as = await api.signIn('doc-nganh');
    const { master } = api.app.get(DataSource).driver as unknown as { master: Pool };
    let statements = 0;
    master.on('acquire', () => (statements += 1));
    const { status } = await api.inject('GET', `/api/summaries?unit=MH-CDN-YT&from=${PERIOD.from}&to=${PERIOD.to}`, {
      as,
    });
    expect([status, statements]).toEqual([200, 1]);
  });

  it('refuses a bad question as before, and a token that ended', async () => {
    const as = await api.signIn('doc-nganh');
    const status = async (query: string, token: string): Promise<number> =>
      (await api.inject('GET', `/api/summaries?${query}`, { as: token })).status;
    expect(await status('unit=MH-CDN-YT&from=2026-02-30&to=2026-12-31', as)).toBe(400);
    expect(await status('unit=MH-CDN-YT&unit=MH-LDLD&from=2026-01-01&to=2026-12-31', as)).toBe(400);
    expect(await status('unit=MH-CDN-YT&from=2026-12-31&to=2026-01-01', as)).toBe(400);
    await api.inject('DELETE', '/api/session', { as });
    expect(await status('unit=MH-CDN-YT&from=2026-01-01&to=2026-12-31', as)).toBe(401);
  });

  it('judges every role on every unit as the scope condition does', async () => {
    const tree = api.app.get(UnitTree);
    const q = reader(api.db.source);
    const units = await q.query<{ id: number }>(`SELECT id FROM unit ORDER BY id`);
    for (const role of ROLES)
      for (const { id: root } of units) {
        const actor: Actor = {
          accountId: 1,
          name: 'test',
          grants: grantsOf([{ unitId: root, role }]),
          everywhere: false,
        };
        const scope = scopeOf(actor, 'summary.read');
        const params: unknown[] = [];
        const condition = tree.inScope('u.id', scope, params);
        const rows = await q.query<{ inside: boolean; places: [number, boolean][] | null }>(
          `SELECT ${condition} AS inside, ${tree.places('u.id', params)} AS places FROM unit u ORDER BY u.id`,
          params,
        );
        for (const { inside, places } of rows) expect(tree.sees(scope, places ?? [])).toBe(inside);
      }
  });
});

async function actorOf(held: readonly (readonly [Role, string])[]): Promise<Actor> {
  const units = await api.db.source.query<{ id: number; code: string }[]>(`SELECT id, code FROM unit`);
  const ids = new Map(units.map(({ id, code }) => [code, id]));
  const grants = grantsOf(held.map(([role, code]) => ({ role, unitId: ids.get(code) ?? 0 })));
  return { accountId: 1, name: 'test', grants, everywhere: false };
}
