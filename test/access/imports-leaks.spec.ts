import { testApi, type TestApi } from '../support/api.js';
import { accepted, dryRun, uploadList, workbook } from '../support/tables.js';
import { smallTree } from '../support/tree.js';

/** A list holds names of one branch: the other sees neither the import, nor its rows, nor its files, and cannot reach in. */
describe('imports of others', () => {
  let api: TestApi;
  const tokens: Record<string, string> = {};
  let id: number;
  let files: number[];

  beforeAll(async () => {
    api = await testApi({ template: 'empty' });
    await smallTree(api.app);
    for (const [name, ...grants] of [
      ['a1', ['UNION_OFFICER', 'CS-A1']],
      ['a2', ['UNION_OFFICER', 'CS-A2']],
      ['tinh-a', ['UNION_OFFICER', 'TINH-A']],
      ['tinh-a-lanh-dao', ['UNIT_LEADER', 'TINH-A']],
      ['tinh-b', ['UNION_OFFICER', 'TINH-B']],
      // May import in both branches: a list for one of them must not reach the other.
      ['hai-noi', ['UNION_OFFICER', 'CS-A1'], ['UNION_OFFICER', 'CS-B1']],
      ['quan-tri', ['SYSTEM_ADMIN', 'TLD']],
    ] as const) {
      await api.account(name, grants);
      tokens[name] = await api.signIn(name);
    }
    const content = await workbook([
      ['Họ và tên', 'Năm sinh'],
      ['Bí Mật Một', 1980],
      ['Bí Mật Hai', 'sai'],
    ]);
    const seen = await dryRun(api, tokens['a1']!, 'mat.xlsx', content, { kind: 'people', unit: 'CS-A1' });
    id = seen.id;
    files = [seen.fileId, seen.answerFile.fileId];
  });
  afterAll(() => api?.close());

  const sees = async (name: string): Promise<string> => {
    const as = tokens[name]!;
    const listed = (await api.inject('GET', '/api/imports', { as })).body.items?.length ?? 'không';
    const statuses = [];
    for (const url of [`imports/${id}`, `imports/${id}/rows`, ...files.map((file) => `files/${file}`)])
      statuses.push((await api.inject('GET', `/api/${url}`, { as })).status);
    return `${listed} ${statuses.join(' ')}`;
  };

  test.each([
    ['a1', '1 200 200 200 200'],
    ['tinh-a', '1 200 200 200 200'],
    ['hai-noi', '1 200 200 200 200'],
    ['a2', '0 404 404 404 404'],
    ['tinh-b', '0 404 404 404 404'],
    // A leader reads people, but does not import.
    ['tinh-a-lanh-dao', 'không 404 404 404 404'],
    ['quan-tri', 'không 404 404 404 404'],
  ])('%s: %s', async (name, wanted) => expect(await sees(name)).toBe(wanted));

  test('nobody outside accepts, abandons or undoes it', async () => {
    for (const name of ['a2', 'tinh-b', 'quan-tri', 'tinh-a-lanh-dao'])
      for (const [step, more] of [
        ['acceptance', { skipWrong: true }],
        ['recheck', {}],
        ['abandonment', {}],
        ['undo', { reason: 'x' }],
      ] as const) {
        const answer = await api.inject('POST', `/api/imports/${id}/${step}`, {
          as: tokens[name]!,
          body: { version: 1, ...more },
        });
        expect([name, step, answer.status]).toEqual([name, step, 404]);
      }
  });

  test('a list for one unit does not reach another one, whatever its officer holds elsewhere', async () => {
    const content = await workbook([
      ['Họ và tên', 'Năm sinh', 'Mã đơn vị'],
      ['Người Sang', 1980, 'CS-B1'],
    ]);
    const seen = await dryRun(api, tokens['hai-noi']!, 'sang.xlsx', content, { kind: 'people', unit: 'CS-A1' });
    expect(seen.counts).toMatchObject({ NEW: 0, WRONG: 1 });
    const outside = await uploadList(api, tokens['a1']!, 'x.xlsx', content, { kind: 'people', unit: 'CS-B1' });
    expect([outside.status, outside.body.code]).toEqual([404, 'unit.not_found']);
    const none = await uploadList(api, tokens['a1']!, 'x.xlsx', content, { kind: 'people' });
    expect([none.status, none.body.code]).toEqual([400, 'imports.unit_required']);
  });

  test('whose card it is, is not told outside of the scope', async () => {
    const list = (unit: string) =>
      workbook([
        ['Họ và tên', 'Năm sinh', 'Mã đoàn viên'],
        [`Người ${unit}`, 1980, 'THE-1'],
      ]);
    const theirs = await dryRun(api, tokens['tinh-b']!, 'b.xlsx', await list('B'), { kind: 'people', unit: 'CS-B1' });
    await accepted(api, tokens['tinh-b']!, theirs);
    const mine = await dryRun(api, tokens['a1']!, 'a.xlsx', await list('A'), { kind: 'people', unit: 'CS-A1' });
    const rows = (await api.inject('GET', `/api/imports/${mine.id}/rows`, { as: tokens['a1']! })).text;
    expect(rows).toContain('người ngoài phạm vi');
    expect(rows).not.toContain('Người B');
  });

  test('the job works with the rights of the day: who has lost them writes nothing', async () => {
    const content = await workbook([
      ['Họ và tên', 'Năm sinh'],
      ['Người Muộn', 1980],
    ]);
    const seen = await dryRun(api, tokens['a2']!, 'muon.xlsx', content, { kind: 'people', unit: 'CS-A2' });
    const { status } = await api.inject('POST', `/api/imports/${seen.id}/acceptance`, {
      as: tokens['a2']!,
      body: { version: seen.version },
    });
    await api.db.source.query(
      `UPDATE account_grant SET valid_to = valid_from WHERE account_id = (SELECT id FROM account WHERE username = 'a2')`,
    );
    const { ImportRunner } = await import('@lib/spreadsheets');
    await api.app.get(ImportRunner).run();
    const [{ state }] = await api.db.source.query(`SELECT state FROM import WHERE id = $1`, [seen.id]);
    const [{ n }] = await api.db.source.query(`SELECT count(*)::int AS n FROM person WHERE full_name = 'Người Muộn'`);
    expect([status, state, n]).toEqual([200, 'REFUSED', 0]);
  });
});
