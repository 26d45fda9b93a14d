import { Accounts, DEMO_PASSWORD } from '@lib/access';
import { systemActor } from '@lib/kernel';
import { TEST_PASSWORD, testApi, type TestApi } from '../support/api.js';
import { smallTree } from '../support/tree.js';

let api: TestApi;
let adminA: string;
let lan: number;

beforeAll(async () => {
  api = await testApi({ template: 'empty' });
  await smallTree(api.app);
  await api.account('quan-tri-a', [['SYSTEM_ADMIN', 'TINH-A']]);
  lan = await api.account('lan', [['UNION_OFFICER', 'CS-A1']]);
  await api.account('binh', [['UNION_OFFICER', 'CS-B1']]);
  await api.account('tren', [['SYSTEM_ADMIN', 'TLD']]);
  adminA = await api.signIn('quan-tri-a');
});
afterAll(() => api?.close());

const list = async (query = '') =>
  (await api.inject('GET', `/api/accounts${query}`, { as: adminA })).body.items.map(
    (one: { username: string }) => one.username,
  );
const create = (body: object) => api.inject('POST', '/api/accounts', { as: adminA, body });

describe('accounts', () => {
  it('are seen only where the administrator manages accounts', async () => {
    expect(await list()).toEqual(['lan', 'quan-tri-a']);
    expect(await list('?unit=CS-A1')).toEqual(['lan']);
    expect((await api.inject('GET', '/api/accounts?unit=CS-B1', { as: adminA })).status).toBe(404);
  });

  it('are created with grants inside the administrator’s own scope, and work at once', async () => {
    const answer = await create({
      username: 'thu',
      name: 'Lê Thị Thu',
      password: TEST_PASSWORD,
      grants: [{ role: 'CLERK', unit: 'CS-A2' }],
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      username: 'thu',
      demo: false,
      disabled: false,
      grants: [{ role: 'CLERK', unit: { code: 'CS-A2' } }],
    });
    expect(answer.text).not.toContain('argon2');
    const session = await api.inject('GET', '/api/session', { as: await api.signIn('thu') });
    expect(session.body.abilities).toContain('award.revoke');
  });

  it('are not created with a grant outside that scope: nothing is stored, and the place is named', async () => {
    const grants = [
      { role: 'CLERK', unit: 'CS-A1' },
      { role: 'CLERK', unit: 'CS-B1' },
    ];
    const answer = await create({ username: 'ngoai', name: 'Ngoài phạm vi', password: TEST_PASSWORD, grants });
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([404, 'unit.not_found', 'grants[1].unit']);
    expect(
      (
        await create({
          username: 'ngoai',
          name: 'x',
          password: TEST_PASSWORD,
          grants: [{ role: 'CLERK', unit: 'TLD' }],
        })
      ).status,
    ).toBe(404);
    expect(await api.db.source.query(`SELECT 1 FROM account WHERE username = 'ngoai'`)).toEqual([]);
  });

  it('keep their names unique, and their passwords out of the dictionary', async () => {
    const grants = [{ role: 'CLERK', unit: 'CS-A1' }];
    expect((await create({ username: 'binh', name: 'Bình', password: TEST_PASSWORD, grants })).body).toMatchObject({
      code: 'access.username_taken',
    });
    for (const password of ['ngan', 'Congdoan@2026', 'aaaaaaaaaaaa']) {
      expect((await create({ username: 'yeu', name: 'Yếu', password, grants })).body).toMatchObject({
        field: 'password',
      });
    }
  });

  it('of other administrators’ units cannot be touched', async () => {
    const [{ id: binh }] = await api.db.source.query(`SELECT id FROM account WHERE username = 'binh'`);
    for (const [path, body] of [
      ['grants', { grants: [] }],
      ['disabled', { disabled: true }],
    ] as const) {
      expect((await api.inject('PUT', `/api/accounts/${binh}/${path}`, { as: adminA, body })).status).toBe(404);
    }
    expect(
      (await api.inject('GET', '/api/session', { as: await api.signIn('binh') })).body.account.grants,
    ).toHaveLength(1);
  });

  it('change their grants at once; those given elsewhere stay and are not shown', async () => {
    await api.db.source.query(
      `INSERT INTO account_grant (account_id, unit_id, role, valid_from) SELECT $1, id, 'AUDITOR', '2000-01-01' FROM unit WHERE code = 'CS-B1'`,
      [lan],
    );
    const token = await api.signIn('lan');
    const body = { grants: [{ role: 'LEADERSHIP_VIEWER', unit: 'CS-A2' }] };
    const answer = await api.inject('PUT', `/api/accounts/${lan}/grants`, { as: adminA, body });
    expect(answer.body.grants.map((grant: { unit: { code: string } }) => grant.unit.code)).toEqual(['CS-A2']);
    const held = (await api.inject('GET', '/api/session', { as: token })).body.account.grants;
    expect(held.map((grant: { unit: { code: string } }) => grant.unit.code).sort()).toEqual(['CS-A2', 'CS-B1']);
    const disable = await api.inject('PUT', `/api/accounts/${lan}/disabled`, { as: adminA, body: { disabled: true } });
    expect([disable.status, disable.body.code]).toEqual([409, 'access.held_elsewhere']);
    const above = await api.inject('PUT', `/api/accounts/${lan}/disabled`, {
      as: await api.signIn('tren'),
      body: { disabled: true },
    });
    expect(above.body.disabled).toBe(true);
    expect((await api.inject('GET', '/api/session', { as: token })).status).toBe(401);
  });

  it('never give themselves more', async () => {
    const [{ id }] = await api.db.source.query(`SELECT id FROM account WHERE username = 'quan-tri-a'`);
    const body = { grants: [{ role: 'AUDITOR', unit: 'TINH-A' }] };
    const answer = await api.inject('PUT', `/api/accounts/${id}/grants`, { as: adminA, body });
    expect([answer.status, answer.body.code]).toEqual([409, 'access.own_account']);
  });

  it('leave a trail that holds no password', async () => {
    const trail = await api.db.source.query(`SELECT action, data FROM audit WHERE action LIKE 'account.%' ORDER BY id`);
    expect(trail.map((line: { action: string }) => line.action)).toEqual(
      expect.arrayContaining(['account.created', 'account.grants_set', 'account.disabled']),
    );
    expect(JSON.stringify(trail)).not.toContain(TEST_PASSWORD);
    await expect(api.db.source.query(`DELETE FROM audit`)).rejects.toThrow(/only grows/);
  });
});

describe('a demonstration', () => {
  it('names its accounts to whoever asks, and keeps their password', async () => {
    const demo = await testApi({ template: 'empty', env: { demo: true } });
    try {
      await smallTree(demo.app);
      expect((await demo.inject('GET', '/api/health')).body).toEqual({ status: 'ok', demo: false });
      await demo.app.get(Accounts).createDemo(systemActor('test'), {
        username: 'canbo',
        name: 'Cán bộ',
        grants: [{ role: 'UNION_OFFICER', unit: 'TINH-A' }],
      });
      const { body } = await demo.inject('GET', '/api/health');
      expect(body.demoAccounts).toEqual([
        { username: 'canbo', password: DEMO_PASSWORD, roleName: 'Cán bộ công đoàn', unit: 'Liên đoàn Lao động tỉnh A' },
      ]);
      const as = await demo.signIn('canbo', DEMO_PASSWORD);
      const change = await demo.inject('PUT', '/api/session/password', {
        as,
        body: { current: DEMO_PASSWORD, next: 'mot-mat-khau-moi' },
      });
      expect(change.body.code).toBe('access.demo_account');
    } finally {
      await demo.close();
    }
  });

  it('does not start where others could reach it', async () => {
    const { createApi } = await import('../../apps/api/src/create-api.js');
    const { readEnv } = await import('@lib/platform');
    await api.app.get(Accounts).createDemo(systemActor('test'), {
      username: 'minhhoa',
      name: 'Minh hoạ',
      grants: [{ role: 'AUDITOR', unit: 'TLD' }],
    });
    const start = (host: string) => createApi({ env: { ...readEnv({}), host }, databaseUrl: api.db.url });
    await expect(start('0.0.0.0')).rejects.toThrow(/tài khoản minh hoạ/);
    await (await start('127.0.0.1')).close();
    // Outside demo mode the page no longer tells the passwords, whatever the tables hold.
    expect((await api.inject('GET', '/api/health')).body).toEqual({ status: 'ok', demo: false });
  });
});
