import { testApi, type TestApi } from '../support/api.js';
import { smallTree } from '../support/tree.js';

let api: TestApi;
let as: string;

beforeAll(async () => {
  api = await testApi({ template: 'empty' });
  await smallTree(api.app);
  await api.account('lan', [
    ['UNION_OFFICER', 'TINH-A'],
    ['SYSTEM_ADMIN', 'TINH-A'],
  ]);
  as = await api.signIn('lan');
});
afterAll(() => api?.close());

const people = () => api.db.source.query('SELECT count(*)::int AS n FROM person').then(([row]) => row.n as number);

describe('bad input is refused whole', () => {
  afterEach(async () => expect(await people()).toBe(0));

  it('a body over 1 MB', async () => {
    const answer = await api.inject('POST', '/api/people', {
      as,
      body: { name: 'x'.repeat(1024 * 1024), unit: 'CS-A1' },
    });
    expect([answer.status, answer.body.code]).toEqual([413, 'input.too_large']);
  });

  it.each([
    ['cut off', '{"name": "Lan", "un'],
    ['not JSON at all', 'name=Lan'],
    ['reaching for a prototype', '{"name":"Lan","unit":"CS-A1","__proto__":{"isAdmin":true}}'],
    ['reaching for a constructor', '{"name":"Lan","unit":"CS-A1","constructor":{"prototype":{}}}'],
  ])('JSON that is %s', async (_, payload) => {
    const answer = await api.inject('POST', '/api/people', { as, payload });
    expect([answer.status, answer.body.code]).toEqual([400, 'input.malformed_json']);
    expect(answer.body.message).toMatch(/JSON/);
  });

  it('JSON that nests without end, and the character no database stores', async () => {
    const deep = await api.inject('POST', '/api/people', { as, payload: '['.repeat(100_000) + ']'.repeat(100_000) });
    expect([deep.status, deep.body.code]).toEqual([400, 'input.too_deep']);
    const zero = await api.inject('POST', '/api/people', { as, body: { name: 'La\0n', unit: 'CS-A1' } });
    expect([zero.status, zero.body.code]).toEqual([400, 'input.zero_character']);
    const inAddress = await api.inject('GET', '/api/people?q=La%00n', { as });
    expect([inAddress.status, inAddress.body.code]).toEqual([400, 'input.zero_character']);
  });

  it('another kind of body', async () => {
    const answer = await api.inject('POST', '/api/people', {
      as,
      payload: 'name=Lan',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect([answer.status, answer.body.code]).toEqual([415, 'input.media_type']);
  });

  it.each([
    ['a list', []],
    ['a number', 7],
    ['nothing', null],
  ])('%s where an object is expected', async (_, body) => {
    const answer = await api.inject('POST', '/api/people', { as, body });
    expect(answer.status).toBe(400);
    expect(answer.body.code).toMatch(/^input\./);
  });

  it('an unknown property, with its path', async () => {
    const answer = await api.inject('POST', '/api/people', {
      as,
      body: { name: 'Lan', unit: 'CS-A1', classification: 'PUBLIC', isAdmin: true },
    });
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      code: 'input.unknown_property',
      field: 'isAdmin',
      message: 'Không có trường dữ liệu này.',
      details: [{ code: 'input.unknown_property', field: 'isAdmin', message: 'Không có trường dữ liệu này.' }],
    });
    const query = await api.inject('GET', '/api/people?sort=name', { as });
    expect(query.body).toMatchObject({ code: 'input.unknown_property', field: 'sort' });
  });

  it('every wrong field at once, down to its place in a list, in Vietnamese', async () => {
    const body = {
      username: 'HOA',
      name: '',
      password: 'mot-mat-khau-dai',
      grants: [
        { role: 'CLERK', unit: 'CS-A1' },
        { role: 'KING', unit: 'CS-A1', until: 1 },
      ],
    };
    const answer = await api.inject('POST', '/api/accounts', { as, body });
    expect(answer.status).toBe(400);
    expect(answer.body.details.map(({ code, field }: { code: string; field: string }) => [field, code])).toEqual(
      expect.arrayContaining([
        ['username', 'input.wrong_format'],
        ['name', 'input.required'],
        ['grants[1].role', 'input.not_allowed'],
        ['grants[1].until', 'input.unknown_property'],
      ]),
    );
    expect(answer.body.details).toHaveLength(4);
  });

  it.each([
    [{ unit: 'CS-A1' }, 'name', 'input.required'],
    [{ name: 7, unit: 'CS-A1' }, 'name', 'input.not_text'],
    [{ name: 'x'.repeat(201), unit: 'CS-A1' }, 'name', 'input.too_long'],
    [{ name: 'Lan', unit: 'CS-A1', birthYear: '1980' }, 'birthYear', 'input.not_integer'],
    [{ name: 'Lan', unit: 'CS-A1', birthYear: 3000 }, 'birthYear', 'people.birth_year_impossible'],
    [{ name: 'Lan', unit: 'CS-A1', gender: 'X' }, 'gender', 'input.not_allowed'],
    [{ name: ' - ', unit: 'CS-A1' }, 'name', 'people.name_empty'],
  ])('%j names the field', async (body, field, code) => {
    const answer = await api.inject('POST', '/api/people', { as, body });
    expect([answer.status, answer.body.field, answer.body.code]).toEqual([400, field, code]);
    expect(answer.body.message).toMatch(/[ăâđêôơưáàảãạấầẩẫậếềểễệíìỉĩịóòỏõọốồổỗộúùủũụứừửữựýỳỷỹỵ]/i);
  });

  it('a day that is not in the calendar', async () => {
    for (const on of ['2024-02-30', '06/12/2023', '2024-1-1', '2024-01-01T00:00:00Z']) {
      const answer = await api.inject('GET', `/api/rulebook/forms?on=${on}`, { as });
      expect([answer.status, answer.body.field]).toEqual([400, 'on']);
    }
  });

  it('an id that cannot be one is not found', async () => {
    for (const id of ['0', '-1', 'abc', '99999999999', '1e3', '1.5']) {
      expect((await api.inject('GET', `/api/files/${id}`, { as })).status).toBe(404);
    }
  });
});

describe('the front door', () => {
  const body = { username: 'lan', password: 'x' };
  const code = async (headers: Record<string, string>) => {
    const answer = await api.inject('POST', '/api/session', { body, headers });
    return [answer.status, answer.body.code];
  };
  const foreign = [403, 'input.foreign_origin'];
  const passes = [401, 'access.wrong_credentials'];

  it('answers only to its own names', async () => {
    const refused = await api.inject('GET', '/api/health', { headers: { host: 'rebind.example:3000' } });
    expect([refused.status, refused.body.code]).toEqual([403, 'input.host_not_allowed']);
    for (const host of ['localhost:3000', '127.0.0.1', '[::1]:3000']) {
      expect((await api.inject('GET', '/api/health', { headers: { host } })).status).toBe(200);
    }
  });

  it('lets no other page change anything', async () => {
    const host = '127.0.0.1:3000';
    expect(await code({ host, origin: 'https://example.vn' })).toEqual(foreign);
    expect(await code({ host, origin: 'http://127.0.0.1:3001' })).toEqual(foreign);
    expect(await code({ host, origin: 'null' })).toEqual(foreign);
    expect(await code({ host, 'sec-fetch-site': 'cross-site' })).toEqual(foreign);
    expect(await code({ host, 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:3000' })).toEqual(foreign);
    expect(await code({ host, origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-origin' })).toEqual(passes);
    expect(await code({ host })).toEqual(passes);
  });

  it('sends strict headers with every answer, and lets no other site read it', async () => {
    const { headers } = await api.inject('GET', '/api/health', { headers: { origin: 'https://example.vn' } });
    expect(headers['content-security-policy']).toMatch(/default-src 'self';script-src 'self';/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('a fault', () => {
  it('is answered with a number and nothing of what went wrong inside', async () => {
    await api.db.source.query('ALTER TABLE person RENAME TO person_gone');
    const write = process.stderr.write.bind(process.stderr);
    const logged: string[] = [];
    process.stderr.write = ((text: string) => logged.push(text) > 0) as typeof process.stderr.write;
    try {
      const answer = await api.inject('GET', '/api/people?q=bi-mat', { as });
      expect([answer.status, answer.body.code]).toEqual([500, 'server.fault']);
      expect(answer.text).not.toMatch(/person|relation|SELECT/);
      const [id = '-'] = /[0-9a-f-]{36}/.exec(answer.text) ?? [];
      expect(logged.join('')).toContain(id);
      expect(logged.join('')).not.toContain('bi-mat');
    } finally {
      process.stderr.write = write;
      await api.db.source.query('ALTER TABLE person_gone RENAME TO person');
    }
  });
});
