import { DataSource } from 'typeorm';
import { Desk, DeskDaily, type TaskInput } from '@lib/desk';
import { grantsOf } from '@lib/access';
import { systemActor, type Actor, type Role } from '@lib/kernel';
import { transact } from '@lib/platform';
import { testApi, type TestApi } from '../support/api.js';
import { smallTree } from '../support/tree.js';

/** What waits for whom by when: one grassroots union, the province above it, and who is told of what. */
describe('the desk', () => {
  let api: TestApi;
  const tokens: Record<string, string> = {};
  const units: Record<string, number> = {};
  const ids: Record<string, number> = {};

  beforeAll(async () => {
    api = await testApi({ template: 'empty' });
    await smallTree(api.app);
    for (const { id, code } of await api.db.source.query(`SELECT id, code FROM unit`)) units[code] = id;
    for (const [name, role, unit] of [
      ['lan', 'UNIT_LEADER', 'CS-A1'],
      ['minh', 'UNION_OFFICER', 'CS-A1'],
      ['tinh', 'UNIT_LEADER', 'TINH-A'],
      ['xem', 'LEADERSHIP_VIEWER', 'TINH-A'],
    ] as const) {
      ids[name] = await api.account(name, [[role, unit]]);
      tokens[name] = await api.signIn(name);
    }
    api.clock.setTo('2026-11-02');
  });
  afterAll(() => api?.close());
  beforeEach(async () => {
    await on('2026-11-02');
    await api.db.source.query(`DELETE FROM desk_notice; DELETE FROM desk_task`);
  });

  const actor = (name: string, role: Role, unit: string): Actor => ({
    accountId: ids[name]!,
    name,
    grants: grantsOf([{ unitId: units[unit]!, role }]),
    everywhere: false,
  });
  const task = (n: number, more: Partial<TaskInput> = {}): TaskInput => ({
    key: `nomination.submit:${n}`,
    unitId: units['CS-A1']!,
    permission: 'nomination.submit',
    title: `Hồ sơ số ${n} chờ trình`,
    why: 'Cán bộ đã lập xong.',
    link: `/de-nghi/${n}`,
    due: null,
    ...more,
  });
  /** Days later, still signed in. */
  const on = async (day: string): Promise<void> => {
    api.clock.setTo(day);
    await api.db.source.query(`UPDATE session SET created_at = $1, seen_at = $1`, [api.clock.now()]);
  };
  const open = (given: TaskInput, by?: Actor) =>
    transact(api.app.get(DataSource), (tx) => api.app.get(Desk).open(tx, given, by));
  const close = (by: Actor, key: string) =>
    transact(api.app.get(DataSource), (tx) => api.app.get(Desk).close(tx, by, key));
  const get = async (path: string, as: string) => (await api.inject('GET', `/api${path}`, { as: tokens[as]! })).body;
  const titles = async (of: 'mine' | 'below', as: string): Promise<string[]> =>
    (await get(`/tasks?of=${of}`, as)).items.map((item: { title: string }) => item.title);
  const told = async (as: string): Promise<string[]> =>
    (await get('/notices', as)).items.map(
      (item: { occasion: string; title: string }) => `${item.occasion} ${item.title}`,
    );

  test('a task waits for those of the unit itself; those above have it in a list of its own', async () => {
    await open(task(1, { due: '2026-11-01' }));
    expect((await get('/tasks?of=mine', 'lan')).items).toEqual([
      {
        id: expect.any(Number),
        kind: 'nomination.submit',
        title: 'Hồ sơ số 1 chờ trình',
        why: 'Cán bộ đã lập xong.',
        link: '/de-nghi/1',
        unit: { code: 'CS-A1', name: 'Công đoàn cơ sở A1', level: 'GRASSROOTS_UNION' },
        unitEnded: false,
        due: '2026-11-01',
        overdue: true,
        openedDaysAgo: 0,
      },
    ]);
    expect(await titles('below', 'lan')).toEqual([]);
    expect([await titles('mine', 'tinh'), await titles('below', 'tinh')]).toEqual([[], ['Hồ sơ số 1 chờ trình']]);
    // Holds another permission there, or may only read.
    expect([await titles('mine', 'minh'), await titles('below', 'xem')]).toEqual([[], []]);
    expect(await get('/tasks/counts?of=mine', 'lan')).toEqual({
      items: [{ kind: 'nomination.submit', open: 1, overdue: 1 }],
    });
    expect([await told('lan'), await told('tinh'), await told('minh')]).toEqual([
      ['TASK Hồ sơ số 1 chờ trình'],
      [],
      [],
    ]);
  });

  test('the same key is one task and one notice, until it is closed', async () => {
    await open(task(1));
    await open(task(1));
    expect([await titles('mine', 'lan'), await told('lan')]).toEqual([
      ['Hồ sơ số 1 chờ trình'],
      ['TASK Hồ sơ số 1 chờ trình'],
    ]);
    await close(actor('lan', 'UNIT_LEADER', 'CS-A1'), 'nomination.submit:1');
    await close(actor('lan', 'UNIT_LEADER', 'CS-A1'), 'nomination.submit:1');
    expect(await titles('mine', 'lan')).toEqual([]);
    expect((await get('/notices/unread', 'lan')).unread).toBe(0);
    await open(task(1));
    expect(await titles('mine', 'lan')).toHaveLength(1);
    expect((await get('/notices/unread', 'lan')).unread).toBe(1);
  });

  test('whoever caused a task or a notice is not told of it', async () => {
    const lan = actor('lan', 'UNIT_LEADER', 'CS-A1');
    await open(task(1), lan);
    await transact(api.app.get(DataSource), (tx) =>
      api.app.get(Desk).tell(
        tx,
        {
          key: 'n:1',
          unitId: units['CS-A1']!,
          permission: 'award.read',
          title: 'Đã có quyết định',
          link: '/quyet-dinh/1',
        },
        lan,
      ),
    );
    expect([await told('lan'), await told('minh')]).toEqual([[], ['NEWS Đã có quyết định']]);
    expect(await titles('mine', 'lan')).toHaveLength(1);
  });

  test('the most urgent comes first, page after page, kind by kind', async () => {
    for (const [n, due] of [
      [1, null],
      [2, '2026-12-01'],
      [3, '2026-11-05'],
      [4, null],
      [5, '2026-11-05'],
    ] as const)
      await open(task(n, { due }));
    await open(task(6, { key: 'campaign.deploy:6', permission: 'strength.declare', title: 'Báo triển khai' }));
    const seen: string[] = [];
    let after = '';
    do {
      const page = await get(`/tasks?of=mine&kind=nomination&limit=2${after && `&after=${after}`}`, 'lan');
      seen.push(...page.items.map((item: { link: string }) => item.link.slice(-1)));
      after = page.next;
    } while (after);
    expect(seen.join('')).toBe('35214');
    expect((await get('/tasks?of=mine&kind=campaign.deploy', 'lan')).items).toHaveLength(1);
    expect((await get('/tasks/counts?of=mine', 'lan')).items).toEqual([
      { kind: 'campaign.deploy', open: 1, overdue: 0 },
      { kind: 'nomination.submit', open: 5, overdue: 0 },
    ]);
  });

  test('done by those above, in their place: the unit is told, and by whom is in the record', async () => {
    await open(task(1));
    await close(actor('tinh', 'UNIT_LEADER', 'TINH-A'), 'nomination.submit:1');
    expect(await told('lan')).toEqual(['IN_PLACE Hồ sơ số 1 chờ trình', 'TASK Hồ sơ số 1 chờ trình']);
    expect(await api.db.source.query(`SELECT closed_by FROM desk_task`)).toEqual([{ closed_by: 'tinh' }]);
    // Ended by somebody who had no such permission at all: nobody did it in their place.
    await open(task(2));
    await close(actor('minh', 'UNION_OFFICER', 'CS-A1'), 'nomination.submit:2');
    await open(task(3));
    await close(systemActor('x'), 'nomination.submit:3');
    expect((await told('lan')).filter((line) => line.startsWith('IN_PLACE'))).toHaveLength(1);
  });

  test('grants decide by the day: one that has not begun or has ended has no desk and is not told', async () => {
    const late = await api.account('moi', [['UNIT_LEADER', 'CS-A1']]);
    const as = await api.signIn('moi');
    const mine = async () => (await api.inject('GET', '/api/tasks?of=mine', { as })).body.items.length;
    await api.db.source.query(
      `UPDATE account_grant SET valid_from = '2026-11-03', valid_to = '2026-11-05' WHERE account_id = $1`,
      [late],
    );
    await open(task(1));
    expect(await mine()).toBe(0);
    expect(await api.db.source.query(`SELECT 1 FROM desk_notice WHERE account_id = $1`, [late])).toEqual([]);
    await on('2026-11-03');
    expect(await mine()).toBe(1);
    await on('2026-11-05');
    expect(await mine()).toBe(0);
    await api.db.source.query(`UPDATE account SET disabled = true WHERE id = $1`, [late]);
  });

  test('a unit that has ended leaves its tasks to those above, marked', async () => {
    await open(task(1, { unitId: units['CS-A2']! }));
    await api.db.source.query(`UPDATE unit SET ended = '2026-11-10' WHERE code = 'CS-A2'`);
    await on('2026-11-12');
    expect((await get('/tasks?of=below', 'tinh')).items).toMatchObject([{ unitEnded: true, openedDaysAgo: 10 }]);
    await api.db.source.query(`UPDATE unit SET ended = 'infinity' WHERE code = 'CS-A2'`);
  });

  test('notices are read one by one, or up to the latest seen', async () => {
    for (let n = 1; n <= 5; n += 1) await open(task(n));
    const page = await get('/notices?limit=2', 'lan');
    expect([page.unread, page.items.length]).toEqual([5, 2]);
    const rest = await get(`/notices?limit=10&after=${page.next}`, 'lan');
    expect(rest.items.map((item: { link: string }) => item.link)).toEqual(['/de-nghi/3', '/de-nghi/2', '/de-nghi/1']);
    const [newest, second] = page.items;
    const put = (path: string, body?: object, as = 'lan') =>
      api.inject('PUT', `/api/notices/${path}`, { as: tokens[as]!, body: body ?? {} });
    expect((await put(`${newest.id}/read`)).status).toBe(204);
    expect((await put(`${newest.id}/read`)).status).toBe(204);
    expect((await get('/notices/unread', 'lan')).unread).toBe(4);
    expect((await put('read', { upTo: second.id })).status).toBe(204);
    expect((await get('/notices/unread', 'lan')).unread).toBe(0);
    expect((await put(`${newest.id}/read`, {}, 'tinh')).status).toBe(404);
  });

  test('read notices are forgotten after 180 days; unread ones and tasks stay', async () => {
    await open(task(1));
    await open(task(2));
    const [newest] = (await get('/notices', 'lan')).items;
    await api.inject('PUT', `/api/notices/${newest.id}/read`, { as: tokens['lan']!, body: {} });
    await on('2027-05-01');
    await api.app.get(DeskDaily).run();
    expect(await told('lan')).toHaveLength(2);
    await on('2027-05-02');
    await api.app.get(DeskDaily).run();
    expect(await told('lan')).toEqual(['TASK Hồ sơ số 1 chờ trình']);
    expect(await titles('mine', 'lan')).toHaveLength(2);
  });

  test('input that means nothing is refused in words', async () => {
    for (const [path, field] of [
      ['/tasks', 'of'],
      ['/tasks?of=all', 'of'],
      ['/tasks?of=mine&kind=A;B', 'kind'],
      ['/tasks?of=mine&after=2026-13-01.1', 'after'],
      ['/tasks?of=mine&after=x', 'after'],
      ['/tasks?of=mine&limit=1000', 'limit'],
      ['/notices?after=x', 'after'],
    ] as const) {
      const answer = await api.inject('GET', `/api${path}`, { as: tokens['lan']! });
      expect([path, answer.status, answer.body.field]).toEqual([path, 400, field]);
    }
    const all = await api.inject('PUT', '/api/notices/read', { as: tokens['lan']!, body: {} });
    expect([all.status, all.body.field]).toEqual([400, 'upTo']);
    const mail = await api.inject('PUT', '/api/session/mail', {
      as: tokens['lan']!,
      body: { email: 'khong phai thu', notices: true },
    });
    expect([mail.status, mail.body.code, mail.body.field]).toEqual([400, 'access.email_wrong', 'email']);
  });
});
