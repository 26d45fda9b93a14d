import { DataSource } from 'typeorm';
import { Desk } from '@lib/desk';
import { systemActor } from '@lib/kernel';
import { People } from '@lib/people';
import { Outbox, transact } from '@lib/platform';
import { testApi, type TestApi } from '../support/api.js';
import { MailServer } from '../support/smtp.js';
import { smallTree } from '../support/tree.js';

/** What waits in one branch is nothing to the other; a restricted task only to those who are cleared. */
describe('the desk of others', () => {
  let server: MailServer;
  let api: TestApi;
  const tokens: Record<string, string> = {};
  const ids: Record<string, number> = {};

  beforeAll(async () => {
    server = await MailServer.start();
    api = await testApi({ template: 'empty', env: { mail: server.settings } });
    await smallTree(api.app);
    for (const [name, ...grants] of [
      ['a1', ['UNION_OFFICER', 'CS-A1']],
      ['a1-chu-tich', ['UNIT_LEADER', 'CS-A1']],
      ['a2', ['UNION_OFFICER', 'CS-A2']],
      ['b1', ['UNION_OFFICER', 'CS-B1']],
      ['tinh-a', ['UNION_OFFICER', 'TINH-A']],
      ['tinh-a-chu-tich', ['UNIT_LEADER', 'TINH-A']],
      ['tinh-b', ['UNION_OFFICER', 'TINH-B'], ['UNIT_LEADER', 'TINH-B']],
      // Two branches: what one grant gives does not travel along the other.
      ['hai-noi', ['UNION_OFFICER', 'CS-A1'], ['UNIT_LEADER', 'CS-B1']],
      ['quan-tri', ['SYSTEM_ADMIN', 'TINH-A']],
    ] as const) {
      ids[name] = await api.account(name, grants);
      tokens[name] = await api.signIn(name);
      await api.db.source.query(`UPDATE account SET email = $2 WHERE id = $1`, [ids[name], `${name}@congdoan.test`]);
    }
    const [{ id: unitId }] = await api.db.source.query(`SELECT id FROM unit WHERE code = 'CS-A1'`);
    await transact(api.app.get(DataSource), async (tx) => {
      const desk = api.app.get(Desk);
      const common = { unitId, why: 'Vì sao', due: null };
      await desk.open(tx, {
        ...common,
        key: 'result.enter:1',
        permission: 'result.enter',
        title: 'THƯỜNG',
        link: '/ket-qua/1',
      });
      await desk.open(tx, {
        ...common,
        key: 'result.enter:2',
        permission: 'file.add',
        title: 'HẠN CHẾ',
        link: '/ket-qua/2',
        classification: 'RESTRICTED',
      });
    });
    await api.app.get(Outbox).deliver();
  });
  afterAll(async () => {
    await api?.close();
    await server?.stop();
  });

  const seen = async (name: string): Promise<string> => {
    const of = (path: string) => api.inject('GET', `/api${path}`, { as: tokens[name]! });
    const [mine, below, notices] = [await of('/tasks?of=mine'), await of('/tasks?of=below'), await of('/notices')];
    const counts = [await of('/tasks/counts?of=mine'), await of('/tasks/counts?of=below')].map(({ body }) =>
      body.items.reduce((sum: number, { open }: { open: number }) => sum + open, 0),
    );
    expect([mine.body.items.length, below.body.items.length]).toEqual(counts);
    const list = ({ body }: typeof mine) =>
      body.items
        .map(({ title }: { title: string }) => title)
        .sort()
        .join(',');
    return [list(mine), list(below), list(notices)].join(' | ');
  };

  test.each([
    ['a1', 'THƯỜNG |  | THƯỜNG'],
    ['a1-chu-tich', 'HẠN CHẾ |  | HẠN CHẾ'],
    ['a2', ' |  | '],
    ['b1', ' |  | '],
    ['tinh-a', ' | THƯỜNG | '],
    ['tinh-a-chu-tich', ' | HẠN CHẾ | '],
    ['tinh-b', ' |  | '],
    ['hai-noi', 'THƯỜNG |  | THƯỜNG'],
    ['quan-tri', ' |  | '],
  ])('%s sees mine | below | notices: %s', async (name, wanted) => expect(await seen(name)).toBe(wanted));

  test('mail reaches only those whom the task waits for, and nothing restricted leaves', () => {
    expect(server.mails.flatMap(({ to }) => to).sort()).toEqual(['a1@congdoan.test', 'hai-noi@congdoan.test']);
    expect(server.mails.map(({ raw }) => raw).join()).not.toContain('ket-qua/2');
  });

  test('a notice of somebody else cannot be read, nor marked', async () => {
    const [{ id }] = await api.db.source.query(`SELECT id FROM desk_notice WHERE account_id = $1`, [ids['a1']]);
    for (const name of ['a2', 'b1', 'quan-tri']) {
      const answer = await api.inject('PUT', `/api/notices/${id}/read`, { as: tokens[name]!, body: {} });
      expect([answer.status, answer.body.code]).toEqual([404, 'notice.not_found']);
      await api.inject('PUT', '/api/notices/read', { as: tokens[name]!, body: { upTo: 2_000_000_000 } });
    }
    expect((await api.inject('GET', '/api/notices/unread', { as: tokens['a1']! })).body).toEqual({ unread: 1 });
  });

  test('an administrator links only whom he names exactly, inside his units, and never himself', async () => {
    const record = (name: string, birthYear: number | null, unit: string, more: object = {}) =>
      api.app.get(People).record(systemActor('test'), { name, birthYear, unit, ...more });
    await record('Trần Thị Lan', 1980, 'CS-A1');
    await record('Trần Thị Lan', 1985, 'CS-A1');
    await record('Lê Văn Bình', 1970, 'CS-B1');
    await record('Đỗ Văn Kín', 1971, 'CS-A1', { classification: 'RESTRICTED' });
    const put = (account: string, person: object | null) =>
      api.inject('PUT', `/api/accounts/${ids[account]}/person`, { as: tokens['quan-tri']!, body: { person } });
    const told = async (account: string, person: object | null) => {
      const { status, body } = await put(account, person);
      return status === 200 ? body.person : [status, body.code, body.field];
    };
    const lan = { name: 'Trần Thị Lan', unit: 'CS-A1' };
    expect(await told('a1', lan)).toEqual([409, 'people.ambiguous', 'person.birthYear']);
    expect(await told('a1', { ...lan, birthYear: 1985 })).toMatchObject({ name: 'Trần Thị Lan', birthYear: 1985 });
    const shown = await api.inject('GET', `/api/accounts/${ids['a1']}`, { as: tokens['quan-tri']! });
    expect(shown.body).toMatchObject({ username: 'a1', person: { birthYear: 1985, unit: { code: 'CS-A1' } } });
    expect(await told('a1', { ...lan, birthYear: 1981 })).toEqual([400, 'people.no_such_person', 'person.name']);
    expect(await told('a1', { name: 'Đỗ Văn Kín', unit: 'CS-A1' })).toEqual([
      400,
      'people.no_such_person',
      'person.name',
    ]);
    expect(await told('a1', { name: 'Lê Văn Bình', unit: 'CS-B1' })).toEqual([404, 'unit.not_found', 'person.unit']);
    expect(await told('b1', { ...lan, birthYear: 1985 })).toEqual([404, 'account.not_found', null]);
    expect(await told('quan-tri', { ...lan, birthYear: 1985 })).toEqual([409, 'access.own_account', null]);
    expect(await told('a1', null)).toBeNull();
  });

  test('an address is set only for accounts wholly inside the administrator’s units, and is in no trail', async () => {
    const put = (account: string, email: string | null) =>
      api.inject('PUT', `/api/accounts/${ids[account]}/mail`, {
        as: tokens['quan-tri']!,
        body: { email, notices: true },
      });
    expect((await put('a2', 'moi@congdoan.test')).body).toMatchObject({
      email: 'moi@congdoan.test',
      mailNotices: true,
    });
    expect((await put('b1', 'moi@congdoan.test')).status).toBe(404);
    expect((await put('hai-noi', 'moi@congdoan.test')).body).toMatchObject({ code: 'access.held_elsewhere' });
    expect((await put('quan-tri', 'moi@congdoan.test')).body).toMatchObject({ code: 'access.own_account' });
    expect((await put('a2', 'khong-co-a-cong')).body).toMatchObject({ code: 'access.email_wrong', field: 'email' });
    const trail = await api.db.source.query(`SELECT data FROM audit WHERE action = 'account.mail_set'`);
    expect(trail).toHaveLength(1);
    expect(JSON.stringify(trail)).not.toContain('moi@');
  });
});
