import { Duplicates } from '@lib/people';
import { testApi, type TestApi } from '../support/api.js';
import { smallTree } from '../support/tree.js';

let api: TestApi;
let officerA: string;
let officerA1: string;
let top: string;
const ids: Record<string, number> = {};

beforeAll(async () => {
  api = await testApi({ template: 'empty' });
  await smallTree(api.app);
  await api.account('a', [['UNION_OFFICER', 'TINH-A']]);
  await api.account('a1', [['UNION_OFFICER', 'CS-A1']]);
  await api.account('b', [['UNION_OFFICER', 'TINH-B']]);
  await api.account('top', [['UNION_OFFICER', 'TLD']]);
  [officerA, officerA1, top] = [await api.signIn('a'), await api.signIn('a1'), await api.signIn('top')];
  const record = async (key: string, name: string, unit: string, more: object = {}) => {
    const body = { name, unit, birthYear: 1971, ...more };
    const answer = await api.inject('POST', '/api/people', { as: top, body });
    if (answer.status !== 201) throw new Error(answer.text);
    ids[key] = answer.body.id;
  };
  await record('a1', 'Quàng Thị Kín', 'CS-A1');
  await record('a2', 'Quàng Thị Kín', 'CS-A2', { memberCard: 'THE-A2' });
  await record('b', 'Quàng Thị Kín', 'CS-B1', { memberCard: 'THE-B' });
  await record('m', 'Quàng Thị Mật', 'CS-A1');
  await record('r', 'Quàng Thị Mật', 'CS-A1', { classification: 'RESTRICTED', another: true });
  await api.app.get(Duplicates).run();
});
afterAll(() => api?.close());

const get = (as: string, url: string) => api.inject('GET', `/api/${url}`, { as });
const pairs = async (as: string) =>
  (await get(as, 'people/duplicates')).body.items.map(({ a, b }: { a: { id: number }; b: { id: number } }) =>
    [a.id, b.id].join(),
  );

describe('people outside the reader’s units', () => {
  it('are in no list, search, number or page', async () => {
    for (const q of ['', '?q=quang%20thi%20kin', '?q=kin', '?q=THE-B', '?q=quang&limit=1'])
      expect((await get(officerA, `people${q}`)).text).not.toContain(`"id":${ids['b']},`);
    expect((await get(officerA, 'people?q=THE-B')).body).toEqual({ items: [], next: null });
    expect((await get(officerA1, 'people?q=kin')).body).toMatchObject({ items: [{ id: ids['a1'] }], next: null });
    for (const path of ['', '/awards']) expect((await get(officerA, `people/${ids['b']}${path}`)).status).toBe(404);
    expect((await get(officerA1, `people/${ids['a2']}`)).status).toBe(404);
  });

  it('that are restricted are not there for those who are not cleared', async () => {
    expect((await get(officerA, `people/${ids['r']}`)).status).toBe(404);
    expect((await get(top, 'people?q=mat')).body.items).toHaveLength(1);
    expect((await get(top, 'people?q=mat')).text).not.toContain(`"id":${ids['r']},`);
    expect(await pairs(top)).not.toContain(`${ids['m']},${ids['r']}`);
    expect(await api.db.source.query(`SELECT 1 FROM person_duplicate WHERE b_id = ${ids['r']}`)).toHaveLength(1);
  });

  it('are changed, moved, merged and told apart by nobody who may not see them', async () => {
    const tries: [string, string, object][] = [
      ['PUT', `people/${ids['b']}`, { version: 1, name: 'Ai Đó' }],
      ['POST', `people/${ids['b']}/move`, { unit: 'CS-A1', from: '2020-01-01' }],
      ['POST', `people/${ids['b']}/positions`, { unit: 'CS-A1', title: 'x', fullTime: false, from: '2020-01-01' }],
      ['POST', `people/${ids['b']}/merge`, { merged: ids['a1'], reason: 'x', certain: true }],
      ['POST', `people/${ids['a1']}/merge`, { merged: ids['b'], reason: 'x', certain: true }],
      ['POST', `people/${ids['a1']}/merge`, { merged: ids['r'], reason: 'x', certain: true }],
      ['POST', `people/${ids['b']}/unmerge`, { reason: 'x' }],
      ['POST', `people/${ids['a1']}/move`, { unit: 'CS-B1', from: '2020-01-01' }],
    ];
    for (const [method, url, body] of tries)
      expect([url, (await api.inject(method, `/api/${url}`, { as: officerA, body })).status]).toEqual([url, 404]);
  });

  it('are proposed as duplicates only to who may see both', async () => {
    // Two different cards speak against the third pair.
    expect(await pairs(top)).toEqual([`${ids['a1']},${ids['a2']}`, `${ids['a1']},${ids['b']}`]);
    expect(await pairs(officerA)).toEqual([`${ids['a1']},${ids['a2']}`]);
    expect(await pairs(officerA1)).toEqual([]);
    expect((await get(officerA1, `people/${ids['a1']}`)).body.duplicates).toBe(0);
    const [{ id }] = await api.db.source.query(
      `SELECT id FROM person_duplicate WHERE a_id = ${ids['a1']} AND b_id = ${ids['b']}`,
    );
    const reject = (as: string) =>
      api.inject('PUT', `/api/people/duplicates/${id}/rejected`, { as, body: { reason: 'khác' } });
    expect((await reject(officerA)).status).toBe(404);
    expect((await reject(top)).status).toBe(204);
    expect((await reject(top)).status).toBe(409);
  });

  it('stay unnamed where they were merged into somebody of mine', async () => {
    const merge = await api.inject('POST', `/api/people/${ids['a1']}/merge`, {
      as: top,
      body: { merged: ids['b'], reason: 'x' },
    });
    expect(merge.status).toBe(204);
    const seen = await get(officerA, `people/${ids['a1']}`);
    expect(seen.body.merged).toEqual([]);
    expect(seen.text).not.toContain('THE-B');
    expect(
      (await api.inject('POST', `/api/people/${ids['b']}/unmerge`, { as: officerA, body: { reason: 'x' } })).status,
    ).toBe(404);
  });

  it('are no colleagues', async () => {
    const { body } = await get(officerA1, 'session/colleagues');
    expect(body.items).toEqual([]);
    expect(
      (await get(officerA, 'session/colleagues')).body.items.map((one: { username: string }) => one.username),
    ).toEqual(['a1']);
  });
});
