import { systemActor } from '@lib/kernel';
import { UnitsService } from '@lib/units';
import { testApi, type TestAnswer, type TestApi } from '../support/api.js';
import { smallTree } from '../support/tree.js';

let api: TestApi;
const sessions: Record<string, string> = {};

/** `can-bo` records and merges, and is not cleared; `cleared` is the same and cleared. */
beforeAll(async () => {
  api = await testApi({ template: 'empty' });
  api.clock.setTo('2026-07-10');
  await smallTree(api.app);
  await api.app.get(UnitsService).create(systemActor('test'), {
    code: 'CS-KIN',
    name: 'Đơn vị không công khai (minh hoạ)',
    level: 'GRASSROOTS_UNION',
    parent: 'TINH-A',
    classification: 'RESTRICTED',
  });
  await api.account('can-bo', [['UNION_OFFICER', 'TINH-A']]);
  await api.account('cleared', [
    ['UNION_OFFICER', 'TINH-A'],
    ['APPRAISER', 'TINH-A'],
  ]);
  await api.account('tong', [
    ['UNION_OFFICER', 'TLD'],
    ['UNIT_LEADER', 'TLD'],
  ]);
  await api.account('pho', [['UNION_OFFICER', 'TINH-A']]);
  for (const name of ['can-bo', 'cleared', 'tong', 'pho']) sessions[name] = await api.signIn(name);
});
afterAll(() => api?.close());

const ask = (as: string, method: string, url: string, body?: object): Promise<TestAnswer> =>
  api.inject(method, `/api/${url}`, { as: sessions[as]!, ...(body ? { body } : {}) });
async function must(as: string, method: string, url: string, body?: object): Promise<TestAnswer['body']> {
  const answer = await ask(as, method, url, body);
  if (answer.status > 299) throw new Error(`${method} ${url}: ${answer.status} ${answer.text}`);
  return answer.body;
}
const record = async (name: string, more: object = {}): Promise<number> =>
  (await must('cleared', 'POST', 'people', { name, birthYear: 1980, unit: 'CS-A1', ...more })).id;

describe('a restricted person', () => {
  it('is not laid open by merging the record into one that everybody reads', async () => {
    const open = await record('Công Minh Hoạ');
    const restricted = await record('Kín Minh Hoạ', { memberCard: 'MAT-77', classification: 'RESTRICTED' });
    const post = { unit: 'CS-A1', title: 'Chức vụ kín', fullTime: true, from: '2020-01-01' };
    await must('cleared', 'POST', `people/${restricted}/positions`, post);
    const merging = { reason: 'Một người', certain: true };
    const refused = await ask('cleared', 'POST', `people/${open}/merge`, { merged: restricted, ...merging });
    expect([refused.status, refused.body?.code, refused.body?.field]).toEqual([
      409,
      'people.restricted_into_open',
      'merged',
    ]);
    expect((await must('can-bo', 'GET', 'people?q=MAT-77')).items).toEqual([]);
    expect((await ask('can-bo', 'GET', `people/${restricted}`)).status).toBe(404);
    await must('cleared', 'POST', `people/${restricted}/merge`, { merged: open, ...merging });
    for (const id of [open, restricted]) expect((await ask('can-bo', 'GET', `people/${id}`)).status).toBe(404);
    expect((await must('cleared', 'GET', 'people?q=%20mat-77')).items).toMatchObject([{ id: restricted }]);
  });

  it('or unit is not named by the way of somebody who left it', async () => {
    const id = await record('Chuyển Minh Hoạ', { unit: 'CS-KIN', memberSince: '2020-01-01' });
    await must('cleared', 'POST', `people/${id}/positions`, {
      unit: 'CS-KIN',
      title: 'Ủy viên',
      fullTime: false,
      from: '2020-01-01',
    });
    await must('cleared', 'POST', `people/${id}/move`, { unit: 'CS-A1', from: '2024-01-01' });
    const told = await ask('can-bo', 'GET', `people/${id}`);
    expect(told.text).not.toContain('CS-KIN');
    expect(told.body.memberships.map(({ unit }: { unit: { code: string } | null }) => unit?.code ?? null)).toEqual([
      'CS-A1',
      null,
    ]);
    const whole = await must('cleared', 'GET', `people/${id}`);
    expect([whole.memberships[1].unit.code, whole.positions[0].unit.code]).toEqual(['CS-KIN', 'CS-KIN']);
  });
});

describe('a restricted unit below one that is dissolved', () => {
  it('is not named by the refusal', async () => {
    const plan = {
      title: 'Giải thể tỉnh A (minh hoạ)',
      kind: 'DISSOLVE',
      from: '2026-07-01',
      decision: { number: '59/QĐ', day: '2026-06-15' },
      units: ['TINH-A'],
      subUnits: ['CS-A1', 'CS-A2'].map((unit) => ({ unit, to: 'TINH-B' })),
    };
    await api.account('soan', [['UNION_OFFICER', 'TLD']]);
    sessions['soan'] = await api.signIn('soan');
    const { id } = (await must('soan', 'POST', 'reorganisations', plan)).reorganisation;
    const refused = await ask('soan', 'POST', `reorganisations/${id}/rehearsal`);
    expect(refused.body.code).toBe('units.sub_unit_without_outcome');
    expect(refused.body.message).toContain('một đơn vị không công khai');
    expect(refused.text).not.toContain('CS-KIN');
    expect(refused.text).not.toContain('Đơn vị không công khai (minh hoạ)');
  });
});

describe('who acts for another', () => {
  it('reads what the other reads of the units that came before, and nothing of his own', async () => {
    const plan = {
      title: 'Nhập CS-A2 (minh hoạ)',
      kind: 'MERGE',
      from: '2026-07-01',
      decision: { number: '60/QĐ', day: '2026-06-15' },
      units: ['CS-A2'],
      successors: [
        { found: { code: 'CS-A3', name: 'Công đoàn A3 (minh hoạ)', level: 'GRASSROOTS_UNION', parent: 'TINH-A' } },
      ],
    };
    const { id, version } = (await must('tong', 'POST', 'reorganisations', plan)).reorganisation;
    await must('tong', 'POST', `reorganisations/${id}/application`, { version });
    await api.account('truong-a3', [['UNION_OFFICER', 'CS-A3']]);
    sessions['truong-a3'] = await api.signIn('truong-a3');
    expect((await ask('truong-a3', 'GET', 'units/CS-A2')).status).toBe(200);
    // The colleague holds the same unit on the day he is named, and another one by the time he acts.
    const hold = (unit: string) =>
      api.db.source.query(
        `UPDATE account_grant SET unit_id = (SELECT id FROM unit WHERE code = $1) WHERE account_id = (SELECT id FROM account WHERE username = 'pho')`,
        [unit],
      );
    await hold('CS-A3');
    const given = { to: 'pho', unit: 'CS-A3', from: '2026-07-10', until: '2026-07-20', reason: 'Nghỉ phép' };
    await must('truong-a3', 'POST', 'session/delegations', given);
    await hold('TINH-B');
    const [delegation] = (await must('pho', 'GET', 'session/delegations')).items;
    await must('pho', 'PUT', 'session/acting', { delegation: delegation.id });
    const sees = async (): Promise<number[]> =>
      Promise.all(['CS-A3', 'CS-A2', 'CS-B1'].map(async (code) => (await ask('pho', 'GET', `units/${code}`)).status));
    expect(await sees()).toEqual([200, 200, 404]);
    const change = { name: 'Đổi tên', from: '2026-06-01' };
    expect((await ask('pho', 'PUT', 'units/CS-A2', change)).status).toBe(404);
    await must('truong-a3', 'PUT', `session/delegations/${delegation.id}/revoked`);
    expect(await sees()).toEqual([404, 404, 200]);
  });
});

describe('a person of two records', () => {
  it('is linked to an account, once they are merged', async () => {
    await api.account('quan-tri', [['SYSTEM_ADMIN', 'TINH-A']]);
    await api.account('hai-ho-so', [['UNION_OFFICER', 'CS-A1']]);
    sessions['quan-tri'] = await api.signIn('quan-tri');
    const [account] = (await must('quan-tri', 'GET', 'accounts?q=hai-ho-so')).items;
    const kept = await record('Trùng Minh Hoạ');
    const merged = await record('Trùng Minh Hoạ', { another: true });
    const person = { name: 'Trùng Minh Hoạ', birthYear: 1980, unit: 'CS-A1' };
    const link = () => ask('quan-tri', 'PUT', `accounts/${account.id}/person`, { person });
    expect((await link()).body.code).toBe('people.ambiguous');
    await must('cleared', 'POST', `people/${kept}/merge`, { merged, reason: 'Một người' });
    expect((await link()).status).toBe(200);
    const [linked] = await api.db.source.query(`SELECT person_id AS id FROM account_person WHERE account_id = $1`, [
      account.id,
    ]);
    expect(linked.id).toBe(kept);
  });
});

describe('a post', () => {
  it('is not held twice at once, by its beginning or by a later end', async () => {
    const id = await record('Giữ Chức Minh Hoạ');
    const hold = (from: string, to?: string) =>
      ask('can-bo', 'POST', `people/${id}/positions`, { unit: 'CS-A1', title: 'Ủy viên', fullTime: false, from, to });
    expect((await hold('2010-01-01', '2012-01-01')).status).toBe(204);
    expect((await hold('2014-01-01')).status).toBe(204);
    expect((await hold('2011-01-01', '2013-01-01')).body.code).toBe('people.position_twice');
    const { positions } = await must('can-bo', 'GET', `people/${id}`);
    const end = (to: string) => ask('can-bo', 'PUT', `people/${id}/positions/${positions[1].id}/end`, { to });
    const late = await end('2015-01-01');
    expect([late.status, late.body.code, late.body.field]).toEqual([409, 'people.position_twice', 'to']);
    expect((await end('2014-01-01')).status).toBe(204);
  });
});
