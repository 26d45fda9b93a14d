import { testApi, type TestAnswer, type TestApi } from '../support/api.js';
import { settle } from '../support/settle.js';
import { smallTree } from '../support/tree.js';

/** Stands in everything that branch B has stated, and must never reach anyone of branch A. */
const MARK = 'dauhieubimat';

/** Keys of another unit's rows open nothing through one's own summary. */
describe('the records behind a summary', () => {
  let api: TestApi;
  const who: Record<string, string> = {};
  let coverage: number;
  let campaign: number;
  let file: number;

  beforeAll(async () => {
    api = await testApi({ template: 'empty' });
    await smallTree(api.app);
    const both = ['UNION_OFFICER', 'UNIT_LEADER'] as const;
    await api.account(
      'cua-a',
      both.map((role) => [role, 'TINH-A'] as const),
    );
    await api.account(
      'cua-b',
      both.map((role) => [role, 'TINH-B'] as const),
    );
    await api.account('cs-a', [['UNION_OFFICER', 'CS-A1']]);
    await api.account('cap-tren', [['LEADERSHIP_VIEWER', 'TLD']]);
    await api.account('quan-tri', [['SYSTEM_ADMIN', 'TLD']]);
    for (const name of ['cua-a', 'cua-b', 'cs-a', 'cap-tren', 'quan-tri']) who[name] = await api.signIn(name);
    const head = `--x\r\nContent-Disposition: form-data; name="file"; filename="${MARK}.pdf"\r\n\r\n`;
    const payload = Buffer.from(`${head}%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n\r\n--x--\r\n`);
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    file = (await api.inject('POST', '/api/files', { as: who['cua-b']!, payload, headers })).body.id;
    const post = async (url: string, body: object): Promise<TestAnswer['body']> => {
      const answer = await api.inject('POST', `/api/${url}`, { as: who['cua-b']!, body });
      if (answer.status !== 201) throw new Error(`${url}: ${answer.status} ${answer.text}`);
      return answer.body;
    };
    campaign = (
      await post('campaigns', {
        name: MARK,
        category: 'MOVEMENT',
        unit: 'TINH-B',
        plan: MARK,
        launched: { number: '1' },
      })
    ).id;
    await post(`campaigns/${campaign}/deployments`, {
      unit: 'CS-B1',
      status: 'DEPLOYED',
      since: '2026-01-01',
      source: MARK,
    });
    coverage = (
      await post('coverage-statements', {
        unit: 'TINH-B',
        campaign: MARK,
        level: 'GRASSROOTS_UNION',
        asOf: '2026-06-30',
        deployed: 1,
        source: MARK,
        fileId: file,
      })
    ).id;
    await post('indicators', {
      code: 'QUA',
      name: 'Quà',
      unitOfMeasure: 'suất',
      nature: 'FLOW',
      measures: 'COUNT_AND_MONEY',
      owner: 'TINH-B',
    });
    await post('result-reports', {
      unit: 'TINH-B',
      from: '2026-01-01',
      to: '2026-06-30',
      basis: 'PERIOD',
      scope: 'OWN',
      status: 'DELIVERED',
      items: [{ indicator: 'QUA', count: { value: 7, qualifier: 'EXACT' } }],
      source: MARK,
      note: MARK,
    });
    await settle(api.app);
  });
  afterAll(() => api?.close());

  const ask = (name: string, url: string): Promise<TestAnswer> => api.inject('GET', `/api/${url}`, { as: who[name]! });
  const records = (kind: string, unit: string, key: string | number): string =>
    `summaries/${kind}/records?unit=${unit}&from=2026-01-01&to=2026-12-31&key=${encodeURIComponent(key)}`;

  test('coverage of one’s own unit opens; through another unit its key is none', async () => {
    expect((await ask('cua-b', records('coverage', 'TINH-B', coverage))).body).toMatchObject({
      campaign: MARK,
      deployed: 1,
      unit: { code: 'TINH-B' },
    });
    for (const [name, unit] of [
      ['cua-a', 'TINH-A'],
      ['cs-a', 'CS-A1'],
      ['cap-tren', 'TLD'],
      ['cua-b', 'CS-B1'],
    ] as const) {
      const { status, body, text } = await ask(name, records('coverage', unit, coverage));
      expect([name, status, body.code, text.includes(MARK)]).toEqual([name, 400, 'results.unknown_key', false]);
    }
  });

  test('no key of any kind reaches another branch, and its unit does not exist', async () => {
    const keys = [
      '1',
      '2',
      '3',
      '4',
      `campaign:${campaign}`,
      `campaign:${campaign}:GRASSROOTS_UNION`,
      'members',
      'GIAY_KHEN|u:1',
    ];
    const found: string[] = [];
    for (const kind of ['indicators', 'coverage', 'campaigns', 'agreements', 'proposals'])
      for (const key of keys)
        for (const [name, unit] of [
          ['cua-a', 'TINH-A'],
          ['cs-a', 'CS-A1'],
        ] as const) {
          const own = await ask(name, records(kind, unit, key));
          if (own.status >= 500 || own.text.includes(MARK) || own.text.includes('TINH-B')) found.push(own.text);
          if ((own.body.items ?? []).length > 0 || (own.body.hidden ?? 0) > 0)
            found.push(`${kind} ${key}: ${own.text}`);
          for (const foreign of ['TINH-B', 'CS-B1', 'TLD', 'KHONG-CO']) {
            const { status, text } = await ask(name, records(kind, foreign, key));
            const bad = key === 'members' || kind !== 'agreements' ? 404 : 400;
            if (status !== bad) found.push(`${kind} ${key} of ${foreign}: ${status} ${text}`);
          }
        }
    expect(found).toEqual([]);
  });

  test('the administrator reads no business data at all, and nobody else the file', async () => {
    const urls = [
      'tasks?of=mine',
      'notices',
      'campaigns',
      'blocs',
      'result-reports',
      'coverage-statements',
      'agreements',
      'dossiers?tab=mine',
      'nominations?tab=mine',
      'councils',
      'sittings',
      'commendations',
      records('coverage', 'TLD', 1),
    ];
    for (const url of urls) {
      const { status, body, text } = await ask('quan-tri', url);
      expect([url, text.includes(MARK)]).toEqual([url, false]);
      if (!/^(tasks|notices)/.test(url)) expect([url, status]).toEqual([url, 404]);
      else expect([url, body.items]).toEqual([url, []]);
    }
    for (const name of ['cua-a', 'cs-a', 'quan-tri']) expect((await ask(name, `files/${file}`)).status).toBe(404);
    expect((await ask('cap-tren', `files/${file}`)).status).toBe(200);
  });
});
