import { systemActor } from '@lib/kernel';
import { UnitsService } from '@lib/units';
import { testApi, type TestApi } from '../support/api.js';
import { smallTree } from '../support/tree.js';
import { PDF, uploadFile } from '../support/upload.js';

const SECRET = 'Chủ đề chỉ của khối A';

let api: TestApi;
let keeper: string;
let sibling: string;
let neighbour: string;
let member: string;
let bloc: number;
let agreement: number;
let commitment: number;
let file: number;

beforeAll(async () => {
  api = await testApi({ template: 'empty' });
  api.clock.setTo('2022-03-25');
  await smallTree(api.app);
  const loader = systemActor('test');
  const units = api.app.get(UnitsService);
  await units.create(loader, { code: 'CS-A3', name: 'CĐCS A3', level: 'GRASSROOTS_UNION', parent: 'TINH-A' });
  await units.create(loader, {
    code: 'CS-KIN',
    name: 'Đơn vị không công khai',
    level: 'GRASSROOTS_UNION',
    parent: 'TINH-A',
    classification: 'RESTRICTED',
  });
  await api.account('giu', [
    ['UNION_OFFICER', 'TINH-A'],
    ['UNIT_LEADER', 'TINH-A'],
  ]);
  // Another province, a unit of the same province in another bloc, and a member of the bloc.
  await api.account('tinh-b', [
    ['UNION_OFFICER', 'TINH-B'],
    ['UNIT_LEADER', 'TINH-B'],
  ]);
  await api.account('canh-ben', [
    ['UNION_OFFICER', 'CS-A3'],
    ['UNIT_LEADER', 'CS-A3'],
  ]);
  await api.account('thanh-vien', [
    ['UNION_OFFICER', 'CS-A2'],
    ['UNIT_LEADER', 'CS-A2'],
  ]);
  keeper = await api.signIn('giu');
  sibling = await api.signIn('tinh-b');
  neighbour = await api.signIn('canh-ben');
  member = await api.signIn('thanh-vien');
  bloc = (await post('/blocs', keeper, block('TINH-A', 4, ['CS-A1', 'CS-A2', 'CS-KIN']))).body.id;
  await post('/blocs', keeper, block('TINH-A', 5, ['CS-A3']));
  await post('/blocs', sibling, block('TINH-B', 4, ['CS-B1']));
  const created = await post('/agreements', keeper, { kind: 'AGREEMENT', bloc, title: SECRET, body: SECRET });
  agreement = created.body.id;
  const line = { version: 1, category: 'CARE', content: SECRET };
  commitment = (await post(`/agreements/${agreement}/commitments`, keeper, line)).body.commitments[0].id;
  for (const step of ['open_discussion', 'adopt', 'start_signing'])
    await post(`/agreements/${agreement}/steps`, keeper, { step });
  file = (await uploadFile(api, keeper, 'ban-ky.pdf', PDF)).body.id;
  await post(`/agreements/${agreement}/confirmations`, keeper, { ...signature('CS-A1'), fileId: file });
});
afterAll(() => api?.close());

const get = (path: string, as: string) => api.inject('GET', `/api${path}`, { as });
const post = (path: string, as: string, body: unknown) => api.inject('POST', `/api${path}`, { as, body });
const block = (organiser: string, number: number, members: string[]) => ({
  organiser,
  kind: 'BLOCK',
  number,
  year: 2022,
  theme: SECRET,
  members: members.map((unit) => ({ unit })),
});
const signature = (unit: string) => ({ unit, text: 1, signerName: 'Người Ký', day: '2022-03-25' });

describe.each([
  ['another province', () => sibling, 'CS-B1'],
  ['a unit of the same organiser in another bloc', () => neighbour, 'CS-A3'],
])('%s', (_, who, own) => {
  it('does not find the bloc, its agreements or their papers', async () => {
    for (const path of [`/blocs/${bloc}`, `/agreements/${agreement}`, `/files/${file}`]) {
      const answer = await get(path, who());
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.text).not.toContain(SECRET);
    }
    const blocs = await get('/blocs', who());
    expect(blocs.body.items).toHaveLength(1);
    expect(blocs.text).not.toContain('CS-A1');
    expect((await get('/agreements', who())).body).toEqual({ items: [], next: null });
    expect((await get(`/agreements?bloc=${bloc}`, who())).body.items).toEqual([]);
  });

  it('can neither lead, join nor confirm', async () => {
    const at = `/agreements/${agreement}`;
    const asked: [string, unknown][] = [
      [`${at}/steps`, { step: 'put_in_force' }],
      [`${at}/texts`, { version: 1, title: 'xx', body: 'x' }],
      [`${at}/opinions`, { unit: own, text: 1, body: 'x' }],
      [`${at}/confirmations`, { ...signature(own), source: 'x' }],
      [`${at}/confirmations`, { ...signature('CS-A1'), source: 'x' }],
      [`${at}/excuses`, { unit: 'CS-A2', reason: 'xx' }],
      [`${at}/commitments`, { version: 1, category: 'CARE', content: 'xx' }],
      [`${at}/commitments/${commitment}/progress`, { unit: own, day: '2022-03-25', body: 'x' }],
      [`${at}/commitments/${commitment}/outcomes`, { unit: own, outcome: 'KEPT', day: '2022-03-25' }],
      [`${at}/carry-over`, { title: 'xx', body: 'x' }],
      ['/agreements', { kind: 'AGREEMENT', bloc, title: 'xx', body: 'x' }],
      [`/blocs/${bloc}/copies`, {}],
    ];
    for (const [path, body] of asked) expect([path, (await post(path, who(), body)).status]).toEqual([path, 404]);
    const edit = { version: 1, members: [] };
    expect((await api.inject('PUT', `/api/blocs/${bloc}`, { as: who(), body: edit })).status).toBe(404);
    expect((await api.inject('PUT', `/api/agreements/${agreement}`, { as: who(), body: { version: 1 } })).status).toBe(
      404,
    );
  });
});

describe('a member of the bloc', () => {
  it('sees it, its agreement and the signed paper, and only what is its own to do', async () => {
    expect((await get(`/blocs/${bloc}`, member)).body.theme).toBe(SECRET);
    const seen = await get(`/agreements/${agreement}`, member);
    expect([seen.body.may, seen.body.steps]).toEqual([[], []]);
    expect((await get(`/files/${file}`, member)).status).toBe(200);
    const other = await post(`/agreements/${agreement}/confirmations`, member, { ...signature('CS-A1'), source: 'x' });
    expect([other.status, other.body.field]).toEqual([404, 'unit']);
    expect((await post(`/agreements/${agreement}/steps`, member, { step: 'cancel', reason: 'xx' })).status).toBe(404);
  });

  it('is not told the name of a restricted member; those cleared for it are', async () => {
    for (const path of [`/blocs/${bloc}`, `/agreements/${agreement}`]) {
      const seen = await get(path, member);
      expect(seen.text).not.toMatch(/CS-KIN|không công khai/);
      expect(seen.body.memberUnits).toHaveLength(3);
      expect((await get(path, keeper)).text).toContain('CS-KIN');
    }
  });
});
