import { systemActor } from '@lib/kernel';
import { transact } from '@lib/platform';
import { People, PeopleNews } from '@lib/people';
import { UnitEvents, UnitsService } from '@lib/units';
import { testApi, type TestApi } from '../support/api.js';
import { send } from '../support/office.js';
import { settle } from '../support/settle.js';
import { smallTree } from '../support/tree.js';

const SECRET = 'Công ty chỉ tỉnh A biết';
const HIDDEN_UNION = 'Công đoàn không công khai';
const RESTRICTED_PERSON = 'Nguyễn Thị Kín';
const HALF = 'from=2024-01-01&to=2024-06-30';

let api: TestApi;
let stranger: string;
let reader: string;
let below: string;
let keeper: string;
let agency: number;

beforeAll(async () => {
  api = await testApi({ template: 'empty' });
  api.clock.setTo('2024-06-20');
  await smallTree(api.app);
  const loader = systemActor('test');
  await api.account('can-bo', [['UNION_OFFICER', 'TINH-A']]);
  await api.account('tinh-b', [
    ['UNION_OFFICER', 'TINH-B'],
    ['UNIT_LEADER', 'TINH-B'],
  ]);
  await api.account('doc', [['LEADERSHIP_VIEWER', 'TINH-A']]);
  await api.account('co-so', [['UNION_OFFICER', 'CS-A2']]);
  await api.account('lanh-dao', [['UNIT_LEADER', 'CS-A1']]);
  await api.account('quan-tri', [
    ['SYSTEM_ADMIN', 'TINH-A'],
    ['LEADERSHIP_VIEWER', 'TINH-A'],
  ]);
  const officer = await api.signIn('can-bo');
  stranger = await api.signIn('tinh-b');
  reader = await api.signIn('doc');
  below = await api.signIn('co-so');
  keeper = await api.signIn('quan-tri');
  agency = (await send(api, officer, 'POST', 'agencies', { unit: 'CS-A1', name: SECRET, source: SECRET })).id;
  await api.app.get(UnitsService).create(loader, {
    code: 'CS-KIN',
    name: 'Đơn vị cũ',
    level: 'GRASSROOTS_UNION',
    parent: 'TINH-A',
    classification: 'RESTRICTED',
  });
  await transact(api.db.source, (tx) =>
    api.app.get(UnitEvents).record(tx, loader, {
      kind: 'FOUND',
      from: '2024-03-01',
      decision: { number: '99/QĐ-MẬT', day: '2024-02-20' },
      units: [],
      successors: [{ found: { code: 'CS-MOI', name: HIDDEN_UNION, level: 'GRASSROOTS_UNION', parent: 'TINH-A' } }],
    }),
  );
  await api.db.source.query(`UPDATE unit SET classification = 'RESTRICTED' WHERE code = 'CS-MOI'`);
  const { id } = await api.app
    .get(People)
    .record(loader, { name: RESTRICTED_PERSON, unit: 'CS-A1', classification: 'RESTRICTED' });
  await transact(api.db.source, async (tx) => {
    await tx.query(`UPDATE person SET admitted_on = '2024-02-01' WHERE id = $1`, [id]);
    await tx.query(
      `INSERT INTO person_position (person_id, unit_id, title, full_time, leads, vfrom, recorded_on, recorded_by)
       SELECT $1, id, 'Chủ tịch', true, true, '2024-01-01', '2024-01-01', 'test' FROM unit WHERE code = 'CS-A1'`,
      [id],
    );
    await api.app.get(PeopleNews).admitted(tx, [id]);
  });
  await settle(api.app);
});
afterAll(() => api?.close());

const get = (path: string, as: string) => api.inject('GET', `/api${path}`, { as });
const post = (path: string, as: string, body: object) => api.inject('POST', `/api${path}`, { as, body });

describe('another province', () => {
  it('finds neither the agency nor anything of it', async () => {
    for (const path of [`/agencies/${agency}`, '/agencies?unit=CS-A1', '/units/CS-A1/leaders']) {
      const answer = await get(path, stranger);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.text).not.toContain(SECRET);
    }
    expect((await get('/agencies', stranger)).body).toEqual({ items: [], next: null });
    expect((await get('/agencies?q=cong%20ty%20chi%20tinh', stranger)).body.items).toEqual([]);
    const behind = await get(`/summaries/organisation/records?unit=TINH-A&${HALF}&key=agenciesWithoutUnion`, stranger);
    expect(behind.status).toBe(404);
  });

  it('changes nothing of it', async () => {
    const asked: [string, object][] = [
      ['/agencies', { unit: 'CS-A1', name: 'Công ty X', source: 'xx' }],
      [`/agencies/${agency}/corrections`, { unit: 'CS-B1', name: 'Công ty X', source: 'xx', reason: 'xxx' }],
      [`/agencies/${agency}/outcome`, { outcome: 'CLOSED', day: '2024-06-01' }],
      [`/agencies/${agency}/reopening`, { reason: 'xxx' }],
      [`/agencies/${agency}/removal`, { reason: 'xxx' }],
    ];
    for (const [path, body] of asked) expect([path, (await post(path, stranger, body)).status]).toEqual([path, 404]);
  });
});

it('a unit of the same province sees only what it is responsible for itself', async () => {
  expect((await get('/agencies', below)).body.items).toEqual([]);
  expect((await get(`/agencies/${agency}`, below)).status).toBe(404);
});

it('whoever may read, and not enter, is offered nothing and refused everything', async () => {
  const answer = await get(`/agencies/${agency}`, reader);
  expect([answer.status, answer.body.may]).toEqual([200, []]);
  expect((await post(`/agencies/${agency}/removal`, reader, { reason: 'xxx' })).status).toBe(404);
});

describe('the records behind a number', () => {
  const behind = (key: string) => get(`/summaries/organisation/records?unit=TINH-A&${HALF}&key=${key}`, reader);

  it('count a restricted union without naming it or its decision', async () => {
    const answer = await behind('founded');
    expect(answer.body.items).toMatchObject([{ what: 'HIDDEN', unit: null, detail: null, counted: true }]);
    for (const secret of [HIDDEN_UNION, 'CS-MOI', '99/QĐ-MẬT']) expect(answer.text).not.toContain(secret);
  });

  it('count a restricted person without naming him', async () => {
    const answer = await behind('membersAdmitted');
    expect(answer.body.items).toMatchObject([{ what: 'HIDDEN', id: null, unit: null, counted: true }]);
    expect(answer.text).not.toContain(RESTRICTED_PERSON);
  });
});

describe('who leads a unit', () => {
  it('leaves out people whom the reader may not see, and accounts for all who do not keep them', async () => {
    const answer = await get('/units/CS-A1/leaders', reader);
    expect(answer.body).toEqual({ posts: [], accounts: null });
    expect(answer.text).not.toContain(RESTRICTED_PERSON);
  });

  it('names the accounts to whoever keeps them', async () => {
    expect((await get('/units/CS-A1/leaders', keeper)).body).toMatchObject({ accounts: [{ name: 'lanh-dao' }] });
  });
});

it('the page of sub-units cannot be asked what stands behind a name that the reader may not see', async () => {
  const all = await get('/units?parent=TINH-A&limit=1', reader);
  expect(all.body.items).toHaveLength(1);
  // A cursor outside the grants, or of another parent, follows nothing.
  for (const after of ['CS-KIN', 'CS-MOI', 'CS-B1'])
    expect([after, (await get(`/units?parent=TINH-A&after=${after}`, reader)).body.items]).toEqual([after, []]);
});
