import { DataSource } from 'typeorm';
import { systemActor } from '@lib/kernel';
import { Duplicates, Memberships } from '@lib/people';
import { transact } from '@lib/platform';
import { testApi, type TestApi } from '../support/api.js';
import { send } from '../support/office.js';
import { settle } from '../support/settle.js';
import { uploadList, workbook } from '../support/tables.js';
import { smallTree } from '../support/tree.js';

let api: TestApi;
let lan: string;

beforeAll(async () => {
  api = await testApi({ template: 'empty' });
  api.clock.setTo('2026-11-22');
  await smallTree(api.app);
  await api.account('lan', [['UNION_OFFICER', 'TINH-A']]);
  lan = await api.signIn('lan');
});
afterAll(() => api?.close());

const post = (url: string, body: object) => api.inject('POST', `/api/${url}`, { as: lan, body });
const put = (url: string, body: object) => api.inject('PUT', `/api/${url}`, { as: lan, body });
const get = async (url: string) => (await api.inject('GET', `/api/${url}`, { as: lan })).body;
const record = async (name: string, unit: string, more: object = {}): Promise<number> => {
  const answer = await post('people', { name, unit, ...more });
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.body.id;
};
const award = (person: number, number: string, unit = 'TINH-A') =>
  send(api, lan, 'POST', 'award-batches', {
    kind: 'AWARD',
    conferring: [{ unit: 'TINH-A' }],
    unit,
    form: 'BANG_KHEN',
    when: { from: '2026-03-01', to: '2026-03-01', basis: 'DECISION' },
    decision: { number, symbol: 'QĐ-LĐLĐ', date: '2026-03-01' },
    lines: [{ recipient: { person } }],
  });
const persons = async (): Promise<number | null> => {
  await settle(api.app);
  const ask = 'unit=TINH-A&from=2026-01-01&to=2026-12-31';
  const first = await api.inject('GET', `/api/summaries?${ask}`, { as: lan });
  if (first.status === 404)
    await send(api, lan, 'POST', 'summaries', { unit: 'TINH-A', from: '2026-01-01', to: '2026-12-31' });
  await settle(api.app);
  const { body } = await api.inject('GET', `/api/summaries?${ask}`, { as: lan });
  return (body.body ?? body).awards.total.persons?.value ?? (body.body ?? body).awards.total.persons;
};

describe('two records of one person', () => {
  it('are proposed, merged, counted once, and told apart again to the last figure', async () => {
    const a = await record('Nguyễn Thị Hòa', 'CS-A1', { birthYear: 1980 });
    const b = await record('Nguyễn Thị Hoà', 'CS-A1', { birthYear: 1980, memberCard: 'a-77' });
    await award(a, '1');
    await award(b, '2');
    expect(await persons()).toBe(2);
    expect(await api.app.get(Duplicates).run()).toBeGreaterThan(0);
    const [proposal] = (await get('people/duplicates')).items;
    expect([proposal.a.id, proposal.b.id, proposal.reasons[0]]).toEqual([
      a,
      b,
      'Họ tên chỉ khác cách đặt dấu thanh (hòa, hoà)',
    ]);

    expect((await post(`people/${b}/merge`, { merged: a, reason: 'Một người, hai cách viết' })).status).toBe(204);
    expect(await persons()).toBe(1);
    expect((await get('people?q=hoa')).items.map((one: { id: number }) => one.id)).toEqual([b]);
    const whole = await get(`people/${a}`);
    expect([whole.id, whole.merged.map((one: { id: number }) => one.id)]).toEqual([b, [a]]);
    expect((await get(`people/${b}/awards`)).items.map((one: { name: string }) => one.name).sort()).toEqual(
      ['Nguyễn Thị Hoà', 'Nguyễn Thị Hòa'].sort(),
    );
    expect((await get('people?q=A-77')).items.map((one: { id: number }) => one.id)).toEqual([b]);
    expect((await get('people/duplicates')).items).toEqual([]);

    await award(b, '3');
    expect((await put('people/999999/nothing', {})).status).toBe(404);
    expect((await post(`people/${a}/unmerge`, { reason: 'Hai người khác nhau' })).status).toBe(204);
    expect(await persons()).toBe(2);
    const count = async (id: number) => (await get(`people/${id}/awards`)).items.length;
    expect([await count(a), await count(b)]).toEqual([1, 2]);
    await api.app.get(Duplicates).run();
    expect((await get('people/duplicates')).items).toEqual([]);
    const verified = await api.db.source.query(
      `SELECT person_id, sum(indiv)::int AS n FROM figure_entry GROUP BY person_id HAVING sum(indiv) <> 0 ORDER BY person_id`,
    );
    expect(verified).toEqual([
      { person_id: a, n: 1 },
      { person_id: b, n: 2 },
    ]);
  });

  it('may be merged one after another; the one in the middle takes the first along', async () => {
    const [a, b, c] = [
      await record('Lò Văn Một', 'CS-A1'),
      await record('Lò Văn Một', 'CS-A2'),
      await record('Lò Văn Một', 'CS-A2'),
    ];
    await post(`people/${b}/merge`, { merged: a, reason: 'x' });
    await post(`people/${c}/merge`, { merged: b, reason: 'x' });
    expect((await get(`people/${a}`)).id).toBe(c);
    expect((await post(`people/${c}/merge`, { merged: a, reason: 'x' })).body.code).toBe('people.already_merged');
    await post(`people/${b}/unmerge`, { reason: 'x' });
    expect([(await get(`people/${a}`)).id, (await get(`people/${c}`)).merged]).toEqual([b, []]);
  });

  it('merged by two officers at once become one merge, and the other is told', async () => {
    const [a, b] = [await record('Lò Văn Hai', 'CS-A1'), await record('Lò Văn Hai', 'CS-A2')];
    const answers = await Promise.all([
      post(`people/${a}/merge`, { merged: b, reason: 'x' }),
      post(`people/${b}/merge`, { merged: a, reason: 'x' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
    const left = await api.db.source.query(
      `SELECT count(*)::int AS n FROM person WHERE id IN (${a}, ${b}) AND identity_id IS NULL`,
    );
    expect(left).toEqual([{ n: 1 }]);
  });

  it('that differ in a number are merged only by who is certain; of the same name and year in one unit are asked about', async () => {
    const a = await record('Vi Văn Ba', 'CS-A1', { birthYear: 1970, serviceNumber: '111' });
    const again = await post('people', { name: 'VI VĂN BA', unit: 'CS-A1', birthYear: 1970 });
    expect([again.status, again.body.code]).toEqual([409, 'people.same_exists']);
    const b = await record('Vi Văn Ba', 'CS-A1', { birthYear: 1970, serviceNumber: '222', another: true });
    expect((await post(`people/${a}/merge`, { merged: b, reason: 'x' })).body).toMatchObject({
      code: 'people.numbers_differ',
      field: 'certain',
    });
    expect((await post('people', { name: 'Ai', unit: 'CS-A1', serviceNumber: '111' })).body.field).toBe(
      'serviceNumber',
    );
    expect((await post(`people/${a}/merge`, { merged: b, reason: 'x', certain: true })).status).toBe(204);
  });
});

describe('a person', () => {
  it('moves from unit to unit, with days and without being in two at once', async () => {
    const id = await record('Hà Văn Chuyển', 'CS-A1', { birthYear: 1985, memberSince: '2015-01-01' });
    expect((await post(`people/${id}/move`, { unit: 'CS-A2', from: '2014-01-01' })).body.code).toBe(
      'people.move_before_last',
    );
    expect((await post(`people/${id}/move`, { unit: 'CS-A2', from: '2020-05-01', decision: '12/QĐ' })).status).toBe(
      204,
    );
    expect(
      (await post(`people/${id}/memberships`, { unit: 'CS-A2', from: '2014-06-01', to: '2015-02-01' })).body.code,
    ).toBe('people.memberships_overlap');
    expect(
      (await post(`people/${id}/memberships`, { unit: 'CS-A2', from: '2010-01-01', to: '2015-01-01' })).status,
    ).toBe(204);
    const spans = async () =>
      (await get(`people/${id}`)).memberships.map((one: { unit: { code: string }; from: string; to: string }) => [
        one.unit.code,
        one.from,
        one.to,
      ]);
    expect(await spans()).toEqual([
      ['CS-A2', '2020-05-01', null],
      ['CS-A1', '2015-01-01', '2020-05-01'],
      ['CS-A2', '2010-01-01', '2015-01-01'],
    ]);
    const { memberships } = await get(`people/${id}`);
    expect((await put(`people/${id}/memberships/${memberships[0].id}/removed`, { reason: 'nhầm' })).status).toBe(204);
    expect((await spans())[0]).toEqual(['CS-A1', '2015-01-01', null]);
    expect((await get(`people/${id}`)).unit.code).toBe('CS-A1');
  });

  it('goes with a whole unit to another, and back, but not who has moved on since', async () => {
    const [stays, goes] = [await record('Hà Thị Ở', 'CS-A2'), await record('Hà Thị Đi', 'CS-A2')];
    const memberships = api.app.get(Memberships);
    const ids = await api.db.source.query<{ id: number; code: string }[]>(`SELECT id, code FROM unit`);
    const unit = (code: string) => ids.find((one) => one.code === code)?.id ?? 0;
    const { move, people } = await transact(api.app.get(DataSource), (tx) =>
      memberships.moveAll(tx, systemActor('test'), unit('CS-A2'), unit('CS-A1'), '2026-11-01'),
    );
    expect(people).toBeGreaterThanOrEqual(2);
    expect((await get(`people/${stays}`)).memberships).toMatchObject([
      { unit: { code: 'CS-A1' }, from: '2026-11-01', to: null },
      { unit: { code: 'CS-A2' }, from: null, to: '2026-11-01' },
    ]);
    await post(`people/${goes}/move`, { unit: 'TINH-A', from: '2026-11-10' });
    await transact(api.app.get(DataSource), (tx) => memberships.moveAllBack(tx, systemActor('test'), move));
    expect((await get(`people/${stays}`)).memberships).toMatchObject([
      { unit: { code: 'CS-A2' }, from: null, to: null },
    ]);
    expect((await get(`people/${goes}`)).unit.code).toBe('TINH-A');
  });

  it('holds posts at once, and has years of service by the rule of the day', async () => {
    const id = await record('Lê Thị Kiêm', 'CS-A1');
    const position = {
      unit: 'CS-A1',
      title: 'Chủ tịch công đoàn cơ sở',
      fullTime: false,
      leads: true,
      from: '2015-01-01',
    };
    expect((await post(`people/${id}/positions`, position)).status).toBe(204);
    expect(
      (
        await post(`people/${id}/positions`, {
          ...position,
          unit: 'TINH-A',
          title: 'Ủy viên Ban Chấp hành',
          leads: false,
        })
      ).status,
    ).toBe(204);
    expect((await post(`people/${id}/positions`, position)).body.code).toBe('people.position_twice');
    expect(
      (await post(`people/${id}/service-periods`, { capacity: 'PART_TIME', from: '2006-11-23', to: '2016-11-23' }))
        .status,
    ).toBe(204);
    const { positions, serviceYears, servicePeriods } = await get(`people/${id}`);
    expect(positions).toHaveLength(2);
    expect(serviceYears[0]).toMatchObject({
      months: 180,
      reached: false,
      missingMonths: 60,
      rule: { verified: false },
    });
    expect((await get(`people/${id}?on=2014-01-01`)).serviceYears[0]).toMatchObject({
      months: 85,
      requiredMonths: 180,
    });
    expect((await put(`people/${id}/service-periods/${servicePeriods[0].id}/removed`, { reason: 'nhầm' })).status).toBe(
      204,
    );
    expect((await put(`people/${id}/positions/${positions[0].id}/end`, { to: '2026-01-01' })).status).toBe(204);
    expect((await get(`people/${id}`)).serviceYears[0].months).toBe(0);
  });

  it('is edited by one officer at a time', async () => {
    const id = await record('Lê Văn Sửa', 'CS-A1');
    const edit = (body: object) => api.inject('PUT', `/api/people/${id}`, { as: lan, body });
    expect((await edit({ version: 1, birthYear: 1990, admittedOn: '2012-05-01' })).body).toMatchObject({
      birthYear: 1990,
      version: 2,
    });
    expect((await edit({ version: 1, birthYear: 1991 })).body.code).toBe('people.changed_meanwhile');
  });
});

describe('an officer who is away', () => {
  it('lets another act on named days, with no more than he has, and everything bears both names', async () => {
    await api.account('phong', [['UNION_OFFICER', 'CS-A1']]);
    const phong = await api.signIn('phong');
    const as = (who: string, method: string, url: string, body?: object) =>
      api.inject(method, `/api/${url}`, { as: who, body });
    const days = { unit: 'CS-A2', from: '2026-11-22', until: '2026-11-30', reason: 'Đi học' };
    expect((await as(lan, 'POST', 'session/delegations', { ...days, to: 'khong-co' })).body.code).toBe(
      'access.no_such_colleague',
    );
    expect((await as(phong, 'POST', 'session/delegations', { ...days, to: 'lan' })).status).toBe(404);
    expect((await as(lan, 'POST', 'session/delegations', { ...days, to: 'phong' })).status).toBe(204);
    const [given] = (await as(phong, 'GET', 'session/delegations')).body.items;
    expect(given).toMatchObject({ state: 'LIVE', mine: true, unit: { code: 'CS-A2' } });
    const take = () => as(phong, 'POST', 'people', { name: 'Người Mới', unit: 'CS-A2' });
    expect((await take()).status).toBe(404);
    expect((await as(phong, 'PUT', 'session/acting', { delegation: given.id })).status).toBe(204);
    const made = await take();
    expect(made.status).toBe(201);
    expect((await as(phong, 'POST', 'people', { name: 'Người Mới', unit: 'TINH-A' })).status).toBe(404);
    expect((await as(phong, 'GET', 'session')).body.acting).toMatchObject({ name: 'lan' });
    const list = await workbook([['Họ và tên', 'Năm sinh']]);
    const upload = await uploadList(api, phong, 'ds.xlsx', list, { kind: 'people', unit: 'CS-A1' });
    expect([upload.status, upload.body.code]).toEqual([409, 'imports.acting']);
    expect((await as(phong, 'POST', 'session/delegations', { ...days, to: 'lan' })).body.code).toBe('access.acting');
    const trail = await api.db.source.query(
      `SELECT actor_name, data FROM audit WHERE action = 'person.recorded' AND subject = 'person:${made.body.id}'`,
    );
    expect(trail).toMatchObject([{ actor_name: 'phong (thay mặt lan)', data: { actingFor: expect.any(Number) } }]);
    expect((await as(lan, 'PUT', `session/delegations/${given.id}/revoked`, {})).status).toBe(204);
    expect((await take()).status).toBe(404);
    expect((await as(phong, 'GET', 'session')).body.acting).toBeNull();
  });

  it('hands open work over to who may do it, after seeing what goes', async () => {
    const [unit] = await api.db.source.query(`SELECT id FROM unit WHERE code = 'CS-A1'`);
    await api.db.source.query(
      `INSERT INTO desk_task (key, unit_id, permission, title, why, link, restricted, opened_at)
       VALUES ('x.a:1', ${unit.id}, 'award.record', 'Việc một', '', '/', false, now()), ('x.b:1', ${unit.id}, 'nomination.propose', 'Việc hai', '', '/', false, now())`,
    );
    await api.account('van-thu', [['CLERK', 'TINH-A']]);
    const [phong, clerk] = [await api.signIn('phong'), await api.signIn('van-thu')];
    const as = (who: string, method: string, url: string, body?: object) =>
      api.inject(method, `/api/${url}`, { as: who, body });
    const desk = async (who: string) =>
      (await as(who, 'GET', 'tasks?of=mine')).body.items.map((one: { title: string }) => one.title);
    expect(await desk(phong)).toEqual(['Việc một', 'Việc hai']);
    expect((await as(phong, 'GET', 'handovers/preview?to=van-thu')).status).toBe(400);
    await api.account('van-thu-1', [['CLERK', 'CS-A1']]);
    const other = await api.signIn('van-thu-1');
    const { tasks } = (await as(phong, 'GET', 'handovers/preview?to=van-thu-1')).body;
    expect(tasks.map((one: { title: string; fits: boolean }) => [one.title, one.fits])).toEqual([
      ['Việc một', true],
      ['Việc hai', false],
    ]);
    expect((await as(phong, 'POST', 'handovers', { to: 'van-thu-1', reason: 'Nghỉ thai sản' })).status).toBe(201);
    expect([await desk(phong), await desk(other), await desk(clerk)]).toEqual([['Việc hai'], ['Việc một'], []]);
    expect((await as(other, 'GET', 'notices')).body.items[0].title).toBe('Anh/chị được bàn giao 1 việc đang mở');
    expect((await as(phong, 'POST', 'handovers', { to: 'van-thu-1', reason: 'x' })).body.code).toBe(
      'desk.nothing_to_hand_over',
    );
  });
});
