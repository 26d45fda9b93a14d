import { ATTEMPTS_PER_USERNAME } from '@lib/access';
import { smallTree } from '../support/tree.js';
import { TEST_PASSWORD, testApi, type TestApi } from '../support/api.js';

let api: TestApi;

beforeAll(async () => {
  api = await testApi({ template: 'empty' });
  await smallTree(api.app);
  await api.account('lan', [['UNION_OFFICER', 'TINH-A']]);
  await api.account('minh', [['UNION_OFFICER', 'TINH-A']]);
  await api.account('hoa', [['UNION_OFFICER', 'TINH-A']]);
});
afterAll(() => api?.close());
afterEach(() => api.clock.release());

const signIn = (username: string, password: string) =>
  api.inject('POST', '/api/session', { body: { username, password } });

describe('signing in', () => {
  it('sets a cookie that scripts cannot read, and says who is here and what they may do', async () => {
    const answer = await signIn(' LAN ', TEST_PASSWORD);
    expect(answer.status).toBe(200);
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^sv_session=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect(answer.body.account).toEqual({
      username: 'lan',
      name: 'lan',
      demo: false,
      mustChangePassword: false,
      grants: [
        {
          role: 'UNION_OFFICER',
          roleName: 'Cán bộ công đoàn',
          unit: { code: 'TINH-A', name: 'Liên đoàn Lao động tỉnh A', level: 'PROVINCIAL_FEDERATION' },
        },
      ],
    });
    expect(answer.body.abilities).toContain('award.record');
    expect(answer.body.abilities).not.toContain('account.manage');
  });

  it('stores neither the token nor the password', async () => {
    const token = await api.signIn('lan');
    const stored = JSON.stringify(
      await api.db.source.query(
        `SELECT encode(token_hash, 'escape') AS e, encode(token_hash, 'base64') AS b, a.* FROM session, account a`,
      ),
    );
    expect(stored).not.toContain(token);
    expect(stored).not.toContain(TEST_PASSWORD);
    expect(stored).toContain('$argon2id$');
  });

  it('answers an unknown name, a wrong password and a disabled account alike', async () => {
    await api.account('khoa', [['UNION_OFFICER', 'TINH-A']]);
    await api.db.source.query(`UPDATE account SET disabled = true WHERE username = 'khoa'`);
    const answers = [
      await signIn('lan', 'sai-mat-khau'),
      await signIn('khong-co', 'sai-mat-khau'),
      await signIn('khoa', TEST_PASSWORD),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]!.body.code).toBe('access.wrong_credentials');
  });

  it('refuses further attempts after too many, the right password included, until the window has passed', async () => {
    const wrong = await Promise.all(
      Array.from({ length: ATTEMPTS_PER_USERNAME + 5 }, () => signIn('minh', 'sai-mat-khau')),
    );
    expect(wrong.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(ATTEMPTS_PER_USERNAME);
    while ((await signIn('minh', 'sai-mat-khau')).status === 401);
    const refused = await signIn('minh', TEST_PASSWORD);
    expect([refused.status, refused.body.code, refused.headers['retry-after']]).toEqual([
      429,
      'access.too_many_attempts',
      '900',
    ]);
    await api.db.source.query(`UPDATE sign_in_attempt SET at = at - interval '16 minutes'`);
    expect((await signIn('minh', TEST_PASSWORD)).status).toBe(200);
  });

  it('throttles names that do not exist in the same way, so that nothing tells them apart', async () => {
    for (let attempt = 0; attempt < ATTEMPTS_PER_USERNAME; attempt++) await signIn('nguoi-la', 'sai-mat-khau');
    expect((await signIn('nguoi-la', 'sai-mat-khau')).status).toBe(429);
  });

  it('throttles one address that tries many names, and leaves other addresses alone', async () => {
    const from = (address: string) => ({
      body: { username: 'hoa', password: TEST_PASSWORD },
      headers: { 'x-forwarded-for': address },
    });
    await api.db.source.query(
      `INSERT INTO sign_in_attempt (username, address, at) SELECT 'ten' || n, '203.0.113.9', now() FROM generate_series(1, 100) n`,
    );
    expect((await api.inject('POST', '/api/session', from('203.0.113.9'))).status).toBe(429);
    expect((await api.inject('POST', '/api/session', from('203.0.113.10'))).status).toBe(200);
  });
});

describe('a session', () => {
  const show = (as: string) => api.inject('GET', '/api/session', { as });

  it('ends twelve hours after the last request', async () => {
    api.clock.setTo('2030-01-01');
    const used = await api.signIn('lan');
    const idle = await api.signIn('lan');
    await at('2030-01-01T15:00:00Z', async () => expect((await show(used)).status).toBe(200));
    await at('2030-01-01T17:01:00Z', async () => {
      expect((await show(used)).status).toBe(200);
      expect((await show(idle)).status).toBe(401);
    });
  });

  it('ends seven days after sign-in however often it is used', async () => {
    api.clock.setTo('2031-01-01');
    const token = await api.signIn('lan');
    for (let hours = 11; hours < 7 * 24; hours += 11) {
      const time = new Date(Date.parse('2031-01-01T05:00:00Z') + hours * 3_600_000).toISOString();
      await at(time, async () => expect((await show(token)).status).toBe(200));
    }
    await at('2031-01-08T05:00:01Z', async () => expect((await show(token)).status).toBe(401));
  });

  it('ends at sign-out, for the server too', async () => {
    const token = await api.signIn('lan');
    expect((await api.inject('DELETE', '/api/session', { as: token })).status).toBe(204);
    expect((await show(token)).body.code).toBe('access.signed_out');
  });

  it('holds no longer once the account is disabled, and loses a grant on the day it ends', async () => {
    const token = await api.signIn('hoa');
    await api.db.source.query(
      `UPDATE account_grant SET valid_to = CURRENT_DATE WHERE account_id = (SELECT id FROM account WHERE username = 'hoa')`,
    );
    expect((await show(token)).body).toMatchObject({ account: { grants: [] }, abilities: [] });
    await api.db.source.query(`UPDATE account SET disabled = true WHERE username = 'hoa'`);
    expect((await show(token)).status).toBe(401);
  });

  it('ends everywhere else when the password changes', async () => {
    await api.account('nga', [['UNION_OFFICER', 'TINH-A']]);
    const here = await api.signIn('nga');
    const elsewhere = await api.signIn('nga');
    const change = (current: string, next: string) =>
      api.inject('PUT', '/api/session/password', { as: here, body: { current, next } });
    expect((await change(TEST_PASSWORD, 'ngan')).body).toMatchObject({
      code: 'access.password_too_short',
      field: 'next',
    });
    expect((await change(TEST_PASSWORD, 'Mật khẩu 123')).body).toMatchObject({
      code: 'access.password_too_common',
      field: 'next',
    });
    expect((await change('khong-dung-dau', 'mot-mat-khau-khac')).body).toMatchObject({
      code: 'access.wrong_password',
      field: 'current',
    });
    expect((await change(TEST_PASSWORD, 'mot-mat-khau-khac')).status).toBe(204);
    expect([(await show(here)).status, (await show(elsewhere)).status]).toEqual([200, 401]);
    expect((await signIn('nga', TEST_PASSWORD)).status).toBe(401);
    expect((await signIn('nga', 'mot-mat-khau-khac')).status).toBe(200);
  });

  async function at(time: string, work: () => Promise<void>): Promise<void> {
    const { now } = api.clock;
    api.clock.now = () => new Date(time);
    try {
      await work();
    } finally {
      api.clock.now = now;
    }
  }
});
