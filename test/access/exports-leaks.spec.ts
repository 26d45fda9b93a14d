import { readdir, readlink } from 'node:fs/promises';
import ExcelJS from 'exceljs';
import { settle } from '../support/settle.js';
import { testApi, type TestApi } from '../support/api.js';
import { smallTree } from '../support/tree.js';

/** What leaves as a workbook is what the list shows to the same reader, and nothing else. */
describe('workbooks', () => {
  let api: TestApi;
  let a: string;
  let b: string;

  beforeAll(async () => {
    api = await testApi({ template: 'empty' });
    await smallTree(api.app);
    await api.account('can-bo-a', [
      ['UNION_OFFICER', 'TINH-A'],
      ['SYSTEM_ADMIN', 'TINH-A'],
      ['COUNCIL_SECRETARY', 'TINH-A'],
      ['CLERK', 'TINH-A'],
      ['APPRAISER', 'TINH-A'],
    ]);
    await api.account('can-bo-b', [['UNION_OFFICER', 'TINH-B']]);
    [a, b] = [await api.signIn('can-bo-a'), await api.signIn('can-bo-b')];
    for (const [as, unit, own] of [
      [a, 'CS-A1', 'Bí Mật Của A'],
      [b, 'CS-B1', 'Bí Mật Của B'],
    ] as const) {
      await send(as, 'people', { name: own, birthYear: 1980, unit });
      await send(as, 'award-batches', {
        kind: 'RECOGNITION',
        conferring: [{ unit }],
        unit,
        when: { from: '2024-05-20', to: '2024-05-20', basis: 'DECISION' },
        reason: own,
        lines: [{ recipient: { personName: own, birthYear: 1980 } }],
      });
    }
    await send(b, 'people', { name: 'Người Hạn Chế', birthYear: 1970, unit: 'CS-B1', classification: 'RESTRICTED' });
    await send(a, 'people', { name: '=HYPERLINK("http://x")', birthYear: 1971, unit: 'CS-A1' });
  });
  afterAll(() => api?.close());

  const get = (as: string, url: string) => api.inject('GET', `/api/${url}`, { as });
  async function send(as: string, url: string, body: object): Promise<void> {
    const answer = await api.inject('POST', `/api/${url}`, { as, body });
    if (answer.status >= 300) throw new Error(`${url}: ${answer.status} ${answer.text}`);
  }
  async function book(as: string, url: string): Promise<ExcelJS.Workbook> {
    const answer = await get(as, url);
    expect([url, answer.status, answer.headers['content-disposition']]).toEqual([
      url,
      200,
      expect.stringMatching(/^attachment; filename="[a-z0-9-]+\.xlsx"$/),
    ]);
    const out = new ExcelJS.Workbook();
    await out.xlsx.load(answer.bytes as unknown as ArrayBuffer);
    return out;
  }
  const words = (out: ExcelJS.Workbook): string =>
    JSON.stringify(out.worksheets.map((sheet) => sheet.getSheetValues()));

  /** Addresses with a parameter are filled in by the tests that know a record. */
  const exported = (): string[] =>
    api.routes
      .filter(({ method, url }) => method === 'GET' && url.endsWith('/xlsx') && !url.includes(':'))
      .map(({ url }) => url.replace('/api/', ''))
      .filter((url) => url !== 'summaries/xlsx');
  const asked = (url: string): string => (/^(dossiers|nominations)\//.test(url) ? `${url}?tab=mine` : url);

  test('every list that has pages has a workbook beside it', () => {
    const urls = new Set(api.routes.filter(({ method }) => method === 'GET').map(({ url }) => url));
    const lists = ['units', 'unit-events', 'reorganisations', 'people', 'accounts', 'award-batches', 'awards', 'indicators', 'result-reports', 'result-targets', 'coverage-statements', 'campaigns', 'campaigns/:id/deployments', 'events', 'blocs', 'agreements', 'title-registrations', 'dossiers', 'nominations', 'councils', 'sittings', 'commendations', 'imports']; // prettier-ignore
    expect(lists.filter((list) => !urls.has(`/api/${list}`) || !urls.has(`/api/${list}/xlsx`))).toEqual([]);
  });

  test('no row of another province, and no restricted person, in any of them', async () => {
    for (const url of exported()) {
      const told = words(await book(a, asked(url)));
      expect([url, /Bí Mật Của B|Người Hạn Chế|CS-B1|tỉnh B/.test(told)]).toEqual([url, false]);
    }
    expect(words(await book(a, 'people/xlsx'))).toContain('Bí Mật Của A');
    expect(words(await book(b, 'people/xlsx'))).not.toContain('Người Hạn Chế');
  });

  test('a unit or a record outside the scope does not exist', async () => {
    for (const url of [
      'people/xlsx?unit=CS-B1',
      'units/xlsx?parent=TINH-B',
      'award-batches/xlsx?unit=CS-B1',
      'award-batches/2/xlsx',
      'summaries/xlsx?unit=CS-B1&from=2024-01-01&to=2024-12-31',
    ]) {
      expect([url, (await get(a, url)).status]).toEqual([url, 404]);
    }
  });

  test('what looks like a formula is a text', async () => {
    const cells: ExcelJS.Cell[] = [];
    (await book(a, 'people/xlsx')).worksheets[0]!.eachRow((row) => row.eachCell((cell) => void cells.push(cell)));
    const [found] = cells.filter(({ value }) => String(value).startsWith('=HYPERLINK'));
    expect([found?.type, cells.some(({ formula }) => formula !== undefined)]).toEqual([
      ExcelJS.ValueType.String,
      false,
    ]);
  });

  test('the trail keeps who took what, and not which name was looked for', async () => {
    await book(a, 'people/xlsx?q=Ten%20Can%20Tim');
    const rows = await api.db.source.query(
      `SELECT actor_name, subject, data FROM audit WHERE action = 'list.exported' ORDER BY id DESC LIMIT 1`,
    );
    expect(rows[0]).toMatchObject({ subject: 'list:danh-sach-doan-vien', data: { q: true, rows: 0 } });
  });

  test('a summary that is not computed yet is refused in words, and then leaves with its numbers', async () => {
    const url = 'summaries/xlsx?unit=TINH-A&from=2024-01-01&to=2024-12-31';
    const early = await get(a, url);
    expect([early.status, early.body.code]).toEqual([409, 'summaries.computing']);
    await settle(api.app);
    const told = await book(a, url);
    expect(words(told)).toContain('Công đoàn cơ sở A1');
    expect(words(told)).not.toMatch(/Bí Mật Của B|CS-B1|tỉnh B/);
  });

  (process.platform === 'linux' ? test : test.skip)('leave no file open, whether they were read or not', async () => {
    const spools = async (): Promise<string[]> => {
      const links = await Promise.all(
        (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
      );
      return links.filter((link) => link.includes('/exports/'));
    };
    await book(a, 'people/xlsx');
    expect((await get(b, 'people/xlsx?unit=TINH-A')).status).toBe(404);
    for (let turn = 0; turn < 200 && (await spools()).length > 0; turn += 1) await new Promise(setImmediate);
    expect(await spools()).toEqual([]);
  });
});
