import { DataSource } from 'typeorm';
import { systemActor } from '@lib/kernel';
import { transact } from '@lib/platform';
import { UnitEvents, UnitsService, type UnitEventInput } from '@lib/units';
import { testApi, type TestApi } from '../support/api.js';
import { smallTree } from '../support/tree.js';

const SETUP = systemActor('test');
const DECISION = { number: '99/QĐ-TLĐ', day: '2025-06-20' };
const SECRET = 'Ghi chú chỉ của tỉnh B';

let api: TestApi;
const sessions: Record<string, string> = {};

/** TINH-A and TINH-B must not see each other; TINH-C is what both have merged a unit into. */
beforeAll(async () => {
  api = await testApi({ template: 'empty' });
  api.clock.setTo('2025-07-15');
  await smallTree(api.app);
  const units = api.app.get(UnitsService);
  const plant = (code: string, name: string, parent: string, classification?: 'RESTRICTED') =>
    units.create(SETUP, {
      code,
      name,
      level: 'GRASSROOTS_UNION',
      parent,
      ...(classification ? { classification } : {}),
    });
  await plant('CS-B2', 'Công đoàn cơ sở B2', 'TINH-B');
  await plant('CS-B3', 'Công đoàn cơ sở B3', 'TINH-B');
  await plant('CS-BKIN', 'Đơn vị không công khai của B', 'TINH-B', 'RESTRICTED');
  await plant('CS-A3', 'Công đoàn cơ sở A3', 'TINH-A');
  for (const [name, unit] of [
    ['tinh-a', 'TINH-A'],
    ['tinh-b', 'TINH-B'],
    ['co-so', 'CS-A1'],
    ['ke-ben', 'CS-A3'],
    ['tong', 'TLD'],
  ] as const) {
    await api.account(name, [['UNION_OFFICER', unit]]);
    sessions[name] = await api.signIn(name);
  }
  await api.account('lanh-dao-a', [
    ['UNIT_LEADER', 'TINH-A'],
    ['UNION_OFFICER', 'TINH-A'],
  ]);
  sessions['lanh-dao-a'] = await api.signIn('lanh-dao-a');
});
afterAll(() => api?.close());

const record = (input: Omit<UnitEventInput, 'decision'>) =>
  transact(api.app.get(DataSource), (tx) =>
    api.app.get(UnitEvents).record(tx, SETUP, { decision: DECISION, ...input }),
  );
const reverse = (id: number) =>
  transact(api.app.get(DataSource), (tx) => api.app.get(UnitEvents).reverse(tx, SETUP, id, { decision: DECISION }));
const get = (as: string, url: string) => api.inject('GET', `/api${url}`, { as: sessions[as]! });
const events = async (as: string, query = ''): Promise<{ id: number }[]> =>
  (await get(as, `/unit-events?from=2025-01-01${query}`)).body.items;

describe('events of units', () => {
  it('of one province are not told to another, and their units are not named', async () => {
    const own = await record({
      kind: 'RENAME',
      from: '2025-02-01',
      units: ['CS-B1'],
      name: 'Tên mới B1',
      note: SECRET,
    });
    expect((await events('tinh-b')).map((one) => one.id)).toContain(own.id);
    expect((await get('tinh-b', `/unit-events/${own.id}`)).text).toContain(SECRET);
    expect(await events('tinh-a')).toEqual([]);
    expect((await get('tinh-a', `/unit-events/${own.id}`)).status).toBe(404);
    expect((await get('tinh-a', `/unit-events?unit=TINH-B`)).status).toBe(404);
    expect((await get('tinh-a', `/units/CS-B1/history`)).status).toBe(404);
    expect((await get('tinh-a', `/units/CS-B1/events`)).status).toBe(404);
    await reverse(own.id);
    expect(await events('tinh-a')).toEqual([]);
  });

  it('that reach over two provinces tell each its own part, without the note', async () => {
    const subUnits = [{ unit: 'CS-B2', to: 'TINH-A' }];
    const { id } = await record({
      kind: 'MERGE',
      from: '2025-03-01',
      units: ['TINH-B'],
      successors: [{ code: 'TINH-A' }],
      complete: false,
      subUnits,
      note: SECRET,
    });
    for (const [as, seen, hidden] of [
      ['tinh-a', ['tỉnh A', 'cơ sở B2'], ['tỉnh B', SECRET]],
      ['tinh-b', ['tỉnh B'], ['tỉnh A', 'cơ sở B2', SECRET]],
    ] as const) {
      const { text, body } = await get(as, `/unit-events/${id}`);
      for (const name of seen) expect(text).toContain(name);
      for (const name of hidden) expect(text).not.toContain(name);
      expect(body.others).toBe(true);
    }
    expect((await get('tong', `/unit-events/${id}`)).body).toMatchObject({ others: false, note: SECRET });
    // Where a unit came from is not told to those it came to, either.
    const history = await get('tinh-a', '/units/CS-B2/history');
    expect(history.status).toBe(200);
    expect(history.text).not.toContain('tỉnh B');
    expect(history.body.placements).toMatchObject([
      { parent: { code: 'TINH-A' }, from: '2025-03-01' },
      { parent: null, root: false },
    ]);
  });

  it('let those who have the successor read what was merged into it, and nobody else, and only read', async () => {
    expect((await get('co-so', '/units/CS-B3')).status).toBe(404);
    const { id } = await record({
      kind: 'MERGE',
      from: '2025-04-01',
      units: ['CS-B3', 'CS-BKIN'],
      successors: [{ code: 'CS-A1' }],
    });
    expect((await get('co-so', '/units/CS-B3')).status).toBe(200);
    expect((await get('tinh-a', '/units/CS-B3/history')).body.successors).toMatchObject([{ unit: { code: 'CS-A1' } }]);
    expect((await get('co-so', '/units/CS-A1/history')).body.predecessors).toMatchObject([{ unit: { code: 'CS-B3' } }]);
    expect((await get('co-so', '/units/CS-B1')).status).toBe(404);
    expect((await get('ke-ben', '/units/CS-B3')).status).toBe(404);
    // The restricted one opens only to who is cleared where the successor stands.
    expect((await get('tinh-a', '/units/CS-BKIN')).status).toBe(404);
    expect((await get('lanh-dao-a', '/units/CS-BKIN')).status).toBe(200);
    expect((await get('co-so', `/unit-events/${id}`)).text).not.toContain('không công khai');
    // It stands in no list of today, and is not changed by them.
    expect((await get('co-so', '/units')).text).not.toContain('CS-B3');
    const change = { from: '2024-01-01', name: 'Không phải của tôi' };
    const changed = await api.inject('POST', '/api/units/CS-B3/versions', { as: sessions['tinh-a']!, body: change });
    expect(changed.status).toBe(404);
    await reverse(id);
    expect((await get('co-so', '/units/CS-B3')).status).toBe(404);
  });

  it('follow a successor to its own successor', async () => {
    const first = await record({
      kind: 'MERGE',
      from: '2025-05-01',
      units: ['CS-B3'],
      successors: [{ code: 'CS-A3' }],
    });
    const second = await record({
      kind: 'MERGE',
      from: '2025-05-02',
      units: ['CS-A3'],
      successors: [{ code: 'CS-A1' }],
    });
    expect((await get('co-so', '/units/CS-B3')).status).toBe(200);
    expect((await get('co-so', '/units/CS-A3')).status).toBe(200);
    await reverse(second.id);
    expect((await get('co-so', '/units/CS-B3')).status).toBe(404);
    await reverse(first.id);
  });

  it('that are still to come open nothing before their day', async () => {
    const { id } = await record({
      kind: 'MERGE',
      from: '2025-09-01',
      units: ['CS-B3'],
      successors: [{ code: 'CS-A1' }],
    });
    expect((await get('co-so', '/units/CS-B3')).status).toBe(404);
    api.clock.setTo('2025-09-01');
    const later = { ...sessions, 'co-so': await api.signIn('co-so') };
    expect((await api.inject('GET', '/api/units/CS-B3', { as: later['co-so']! })).status).toBe(200);
    api.clock.setTo('2025-07-15');
    await reverse(id);
  });

  it('taken back, of a unit that is gone again, are told where it had stood', async () => {
    const found = { code: 'CS-MOI', name: 'Công đoàn vừa lập', level: 'GRASSROOTS_UNION' as const, parent: 'TINH-A' };
    const founding = await record({ kind: 'FOUND', from: '2025-06-01', units: [], successors: [{ found }] });
    const counter = await reverse(founding.id);
    for (const { id } of [founding, counter]) {
      expect((await get('tinh-a', `/unit-events/${id}`)).text).toContain('Công đoàn vừa lập');
      expect((await get('tinh-b', `/unit-events/${id}`)).status).toBe(404);
    }
    const ids = (list: { id: number }[]) => list.map((one) => one.id);
    expect(ids(await events('tinh-a', '&kind=FOUND'))).toEqual([counter.id, founding.id]);
    expect(ids(await events('tinh-a', '&kind=FOUND&standing=true'))).toEqual([]);
    expect((await get('tinh-a', '/units/CS-MOI')).status).toBe(404);
    expect((await get('tinh-a', '/units/search?q=vua+lap')).body.items).toEqual([]);
  });

  it('are read page by page', async () => {
    const all = (await events('tong')).map((one) => one.id);
    const paged: number[] = [];
    for (let after: string | null = ''; after !== null;) {
      const page: { items: { id: number }[]; next: string | null } = (
        await get('tong', `/unit-events?from=2025-01-01&limit=3${after && `&after=${after}`}`)
      ).body;
      paged.push(...page.items.map((one) => one.id));
      after = page.next;
    }
    expect(all.length).toBeGreaterThan(6);
    expect(paged).toEqual(all);
    expect((await get('tong', '/unit-events?after=2025-01-01')).status).toBe(400);
  });
});

describe('coordination', () => {
  const url = (code: string, rest = '') => `/units/${code}/coordination${rest}`;
  const post = (as: string, path: string, body: object) =>
    api.inject('POST', `/api${path}`, { as: sessions[as]!, body });

  it('is the same from both sides, grants nothing, and names nobody outside the grants', async () => {
    const made = await post('tong', url('TINH-A'), { with: 'TINH-B', from: '2025-01-01', note: SECRET });
    expect(made.status).toBe(201);
    expect(made.body.items).toMatchObject([
      { with: { code: 'TINH-B' }, from: '2025-01-01', until: null, mayChange: true },
    ]);
    expect((await get('tong', url('TINH-B'))).body.items).toMatchObject([{ with: { code: 'TINH-A' }, note: SECRET }]);
    const own = await get('tinh-a', url('TINH-A'));
    expect(own.body.items).toMatchObject([{ with: null, note: null }]);
    expect(own.text).not.toContain('tỉnh B');
    expect((await get('tinh-a', '/units/TINH-B')).status).toBe(404);
    expect((await get('tinh-a', url('TINH-B'))).status).toBe(404);
    expect((await get('tong', url('TINH-A', '?on=2024-12-31'))).body.items).toEqual([]);
    expect((await post('tong', url('TINH-B'), { with: 'TINH-A', from: '2025-02-01' })).body.code).toBe(
      'units.coordination_exists',
    );
    const [{ id }] = made.body.items;
    expect((await post('tinh-b', url('TINH-B', `/${id}/end`), { until: '2025-01-01' })).status).toBe(400);
    expect((await post('tinh-a', url('TINH-B', `/${id}/end`), { until: '2025-03-01' })).status).toBe(404);
    expect((await post('tinh-a', url('CS-A1', `/${id}/removal`), {})).status).toBe(404);
    expect((await post('tinh-b', url('TINH-B', `/${id}/end`), { until: '2025-03-01' })).status).toBe(200);
    expect((await get('tong', url('TINH-A', '?on=2025-03-01'))).body.items).toEqual([]);
    expect((await get('tong', url('TINH-A', '?on=2025-02-28'))).body.items).toHaveLength(1);
    expect((await post('tong', url('TINH-A', `/${id}/removal`), {})).body.items).toEqual([]);
  });

  it('is refused with a unit that one does not see, that is the same, or that does not live then', async () => {
    const link = (as: string, code: string, given: object) => post(as, url(code), { from: '2025-01-01', ...given });
    expect(await link('tinh-a', 'TINH-A', { with: 'TINH-B' })).toMatchObject({ status: 404 });
    expect((await link('tong', 'TINH-A', { with: 'TINH-A' })).body.code).toBe('units.coordination_self');
    const founded = await record({
      kind: 'FOUND',
      from: '2025-07-01',
      units: [],
      successors: [{ found: { code: 'CS-SAU', name: 'Lập sau', level: 'GRASSROOTS_UNION', parent: 'TINH-A' } }],
    });
    expect((await link('tong', 'TINH-A', { with: 'CS-SAU' })).body.code).toBe('units.not_valid_then');
    expect((await link('tong', 'TINH-A', { with: 'CS-A1', until: '2025-01-01' })).body.code).toBe(
      'units.empty_validity',
    );
    await reverse(founded.id);
  });
});
