import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { testApi, type TestApi } from '../support/api.js';
import { accepted, dryRun, openWorkbook, uploadList, workbook, zip, type CellGiven } from '../support/tables.js';
import { smallTree } from '../support/tree.js';
import { SESSION_COOKIE } from '@lib/access';

const HEADER = ['Họ và tên', 'Năm sinh', 'Mã đơn vị', 'Mã đoàn viên', 'Là người khác'] as const;
const PEOPLE = { kind: 'people', unit: 'TINH-A' } as const;

describe('what comes in as a list and is none', () => {
  let api: TestApi;
  let officer: string;

  beforeAll(async () => {
    api = await testApi({ template: 'empty' });
    await smallTree(api.app);
    await api.account('can-bo', [['UNION_OFFICER', 'TINH-A']]);
    officer = await api.signIn('can-bo');
  });
  afterAll(() => api?.close());

  const refused = async (name: string, content: Buffer): Promise<[number, string]> => {
    const { status, body } = await uploadList(api, officer, name, content, PEOPLE);
    return [status, body.code];
  };
  const unread = async (name: string, content: Buffer, fields: object = {}): Promise<string[]> => {
    const { state, problems } = await dryRun(api, officer, name, content, { ...PEOPLE, ...fields });
    expect(state).toBe('REFUSED');
    return problems.map(({ code, message }: { code: string; message: string }) => `${code}: ${message}`);
  };
  const wrong = async (rows: readonly (readonly CellGiven[])[]): Promise<[number, string, string][]> => {
    const seen = await dryRun(api, officer, 'ds.xlsx', await workbook([[...HEADER], ...rows]), PEOPLE);
    const told: [number, string, string][] = [];
    for (const verdict of ['WRONG', 'DUPLICATE']) {
      const { body } = await api.inject('GET', `/api/imports/${seen.id}/rows?verdict=${verdict}`, { as: officer });
      for (const { row, problems } of body.items) told.push([row, verdict, problems[0].code]);
    }
    return told;
  };
  const people = async (): Promise<number> => (await api.db.source.query(`SELECT count(*)::int AS n FROM person`))[0].n;

  test('what the first bytes show is refused at once, and nothing is kept of it', async () => {
    const book = await workbook([[...HEADER]]);
    const bomb = zip([
      { name: '[Content_Types].xml', content: Buffer.from('<Types/>') },
      { name: 'xl/workbook.xml', content: Buffer.from('<workbook/>') },
      { name: 'xl/worksheets/sheet1.xml', content: Buffer.alloc(20_000_000, 'a') },
    ]);
    const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2000)]);
    const macro = zip([
      { name: '[Content_Types].xml', content: Buffer.from('<Types/>') },
      { name: 'xl/vbaProject.bin', content: Buffer.from('x') },
    ]);
    const sealed = zip([{ name: 'xl/workbook.xml', content: Buffer.from('x'), flags: 1 }]);
    expect(await refused('a.xlsx', bomb)).toEqual([400, 'imports.zip_bomb']);
    expect(await refused('a.xls', ole)).toEqual([400, 'imports.old_excel']);
    expect(await refused('a.xlsx', ole)).toEqual([400, 'imports.encrypted']);
    expect(await refused('a.xlsx', sealed)).toEqual([400, 'imports.encrypted']);
    expect(await refused('a.xlsm', book)).toEqual([400, 'imports.macros']);
    expect(await refused('a.xlsx', macro)).toEqual([400, 'imports.macros']);
    expect(await refused('a.pdf', book)).toEqual([400, 'imports.type_not_allowed']);
    expect(await refused('a.csv', book)).toEqual([400, 'imports.not_text']);
    expect(await refused('a.xlsx', Buffer.from('PK\x03\x04 hỏng'))).toEqual([400, 'imports.zip_broken']);
    expect((await api.db.source.query(`SELECT count(*)::int AS n FROM import`))[0].n).toBe(0);
  });

  test('a workbook that says it has 200 MB is refused before it is read', async () => {
    const { port } = api.app.getHttpServer().address() as AddressInfo;
    const status = await new Promise((resolve, reject) => {
      const call = request({
        port,
        method: 'POST',
        path: '/api/imports',
        headers: {
          host: `127.0.0.1:${port}`,
          cookie: `${SESSION_COOKIE}=${officer}`,
          'content-type': 'multipart/form-data; boundary=x',
          'content-length': String(200 * 1024 * 1024),
        },
      });
      call.on('response', (answer) => {
        resolve(answer.statusCode);
        call.destroy();
      });
      call.on('error', reject);
      // Only the first bytes ever leave.
      call.write('--x\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\nPK');
    });
    expect(status).toBe(413);
  });

  test('a member that unpacks to more than the directory says stops the reading', async () => {
    const lying = zip([
      { name: 'xl/workbook.xml', content: Buffer.from('<workbook/>'.repeat(1000)), saysSize: 11 },
      { name: '[Content_Types].xml', content: Buffer.from('<Types/>') },
    ]);
    expect(await unread('a.xlsx', lying)).toEqual([expect.stringContaining('imports.zip_broken')]);
  });

  test('a list without its header, with a header twice, or without rows is told in words', async () => {
    const told = async (...rows: CellGiven[][]) => (await unread('a.xlsx', await workbook(rows)))[0];
    expect(await told(['STT', 'Năm sinh'], [1, 1980])).toBe(
      'imports.header_missing: Thiếu cột “Họ và tên”. Dòng tiêu đề tìm thấy có: Năm sinh.',
    );
    expect(await told(['Cột A', 'Cột B'], ['x', 'y'])).toContain('Dòng đầu tiên là: Cột A | Cột B');
    expect(await told(['Họ và tên', 'Họ và tên'], ['x', 'y'])).toContain('imports.header_twice');
    expect(await told([...HEADER])).toContain('imports.no_rows');
  });

  test('legacy encodings are named', async () => {
    const tcvn3 = [
      ['Hä vµ tªn', 'N¨m sinh'],
      ['NguyÔn V¨n Hïng', '1980'],
      ['TrÇn ThÞ Hång', '1981'],
    ];
    const vni = [
      ['Hoï vaø teân', 'Naêm sinh'],
      ['Nguyeãn Vaên Huøng', '1980'],
      ['Traàn Thò Hoàng', '1981'],
    ];
    expect(await unread('a.xlsx', await workbook(tcvn3))).toEqual([
      expect.stringMatching(/^imports.legacy_encoding.*TCVN3/),
    ]);
    expect(await unread('a.xlsx', await workbook(vni))).toEqual([
      expect.stringMatching(/^imports.legacy_encoding.*VNI/),
    ]);
    const inRows = [[...HEADER], ...vni.slice(1), ['Leâ Vaên Taâm', '1980'], ['Phaïm Thò Ñaøo', '1990']];
    expect(await unread('a.xlsx', await workbook(inRows))).toEqual([
      expect.stringMatching(/^imports.legacy_encoding.*VNI/),
    ]);
  });

  test('CSV: the mark of Excel, UTF-16, three separators; a wrong one and no Unicode are told', async () => {
    const list = (separator: string) => `Họ và tên${separator}Năm sinh\r\n"Lê Văn ""Tí"""${separator}1980\r\n`;
    for (const separator of [';', ',', '\t'])
      expect((await dryRun(api, officer, 'a.csv', Buffer.from(`\ufeff${list(separator)}`), PEOPLE)).counts.NEW).toBe(1);
    const utf16 = Buffer.from(`\ufeff${list('\t')}`, 'utf16le');
    expect((await dryRun(api, officer, 'a.txt', utf16, PEOPLE)).counts.NEW).toBe(1);
    expect(await unread('a.csv', Buffer.from(list('|')))).toEqual([expect.stringContaining('ngăn cột bằng dấu “|”')]);
    const latin = Buffer.concat([
      Buffer.from('Ho va ten;Nam sinh\r\n'),
      Buffer.from('L\u00ea V\u00e2n;1980\r\n', 'latin1'),
    ]);
    expect(await unread('a.csv', latin)).toEqual([expect.stringContaining('imports.csv_encoding')]);
    const formula = await dryRun(
      api,
      officer,
      'a.csv',
      Buffer.from('Họ và tên;Năm sinh\r\n=HYPERLINK("x");1980\r\n'),
      PEOPLE,
    );
    expect([formula.counts.WRONG, formula.answerFile.name]).toEqual([1, 'a - cần sửa.xlsx']);
    const sheet = (
      await openWorkbook((await api.inject('GET', `/api/files/${formula.answerFile.fileId}`, { as: officer })).bytes)
    ).worksheets[0];
    const texts = JSON.stringify(sheet?.getSheetValues());
    expect(texts).toContain('Ô có công thức');
  });

  test('cells: formulas, errors and what no column takes are told at the cell', async () => {
    expect(
      await wrong([
        [{ formula: 'A1', result: 'Lê Văn Tí' }, 1980, 'CS-A1', null, null],
        ['Lê Văn Tèo', '80', 'CS-A1', null, null],
        ['Lê Văn Ba', null, 'CS-A1', null, null],
        ['Lê Văn Bốn', 1850, 'CS-A1', null, null],
        ['Lê Văn Năm', 1980, 'CS-XX', null, null],
        [null, 1980, 'CS-A1', null, null],
        ['Lê Văn Sáu', 1980, 'CS-A1', null, 'có lẽ'],
        ['x'.repeat(201), 1980, 'CS-A1', null, null],
      ]),
    ).toEqual([
      [2, 'WRONG', 'imports.formula'],
      [3, 'WRONG', 'imports.not_a_year'],
      [4, 'WRONG', 'people.not_identified'],
      [5, 'WRONG', 'imports.not_a_year'],
      [6, 'WRONG', 'people.unit_unknown'],
      [7, 'WRONG', 'imports.missing_value'],
      [8, 'WRONG', 'imports.not_a_mark'],
      [9, 'WRONG', 'imports.too_long'],
    ]);
  });

  test('two people of one name and year in one unit are asked about, and taken as two where the officer says so', async () => {
    const twins = (mark: string | null): CellGiven[][] => [
      [...HEADER],
      ['Lê Thị Hoa', 1980, 'CS-A1', null, null],
      ['Lê Thị Hoa', 1980, 'CS-A1', null, mark],
    ];
    const asked = await dryRun(api, officer, 'hai.xlsx', await workbook(twins(null)), PEOPLE);
    expect(asked.counts).toMatchObject({ NEW: 1, DUPLICATE: 1 });
    const content = await workbook(twins('x'));
    const two = await dryRun(api, officer, 'hai.xlsx', content, PEOPLE);
    expect(two.counts).toMatchObject({ NEW: 2, DUPLICATE: 0 });
    expect((await accepted(api, officer, two)).state).toBe('ACCEPTED');
    expect((await dryRun(api, officer, 'hai.xlsx', content, PEOPLE)).counts).toMatchObject({ UNCHANGED: 2 });
    // A third of that name, from another file, cannot be told apart from the two.
    expect(await wrong([['Lê Thị Hoa', 1980, 'CS-A1', null, null]])).toEqual([]);
    expect(await wrong([['Lê Thị Hoa', '1/2/1980', 'Công đoàn cơ sở A1', null, null]])).toEqual([
      [2, 'DUPLICATE', 'people.ambiguous'],
    ]);
  });

  test('5,000 rows of which one is wrong: none is written, until the officer says to leave it out', async () => {
    const before = await people();
    const rows = Array.from({ length: 5_000 }, (_, n) => [
      `Trần Văn ${n % 2 ? 'Lẻ' : 'Chẵn'}`,
      n === 2_500 ? 'sai' : 1980,
      'CS-A2',
      `T${n}`,
      null,
    ]);
    const seen = await dryRun(api, officer, 'lon.xlsx', await workbook([[...HEADER], ...rows]), PEOPLE);
    expect(seen.counts).toMatchObject({ NEW: 4_999, WRONG: 1 });
    const body = { version: seen.version };
    expect((await api.inject('POST', `/api/imports/${seen.id}/acceptance`, { as: officer, body })).body.code).toBe(
      'imports.wrong_rows',
    );
    expect(await people()).toBe(before);
    const done = await accepted(api, officer, seen, { skipWrong: true });
    expect([done.state, await people()]).toEqual(['ACCEPTED', before + 4_999]);
  });

  test('what somebody recorded between dry run and acceptance is seen: judged again, not written twice', async () => {
    const content = await workbook([
      [...HEADER],
      ['Đỗ Văn Chung', 1975, 'CS-A1', null, null],
      ['Đỗ Văn Riêng', 1976, 'CS-A1', null, null],
    ]);
    const seen = await dryRun(api, officer, 'chung.xlsx', content, PEOPLE);
    await api.inject('POST', '/api/people', {
      as: officer,
      body: { name: 'Đỗ Văn Chung', birthYear: 1975, unit: 'CS-A1' },
    });
    const before = await people();
    const again = await accepted(api, officer, seen);
    expect([again.state, again.counts, await people()]).toEqual([
      'CHECKED',
      { NEW: 1, CHANGED: 0, UNCHANGED: 1, DUPLICATE: 0, WRONG: 0 },
      before,
    ]);
    expect(again.notes[0].code).toBe('imports.register_changed');
    expect([(await accepted(api, officer, again)).state, await people()]).toEqual(['ACCEPTED', before + 1]);
  });
});

describe('lists of units', () => {
  let api: TestApi;
  let officer: string;

  beforeAll(async () => {
    api = await testApi({ template: 'empty' });
    await smallTree(api.app);
    await api.account('can-bo', [['UNION_OFFICER', 'TINH-A']]);
    officer = await api.signIn('can-bo');
  });
  afterAll(() => api?.close());

  const UNITS = { kind: 'units', unit: 'TINH-A' } as const;
  const HEAD = ['Mã đơn vị', 'Tên đơn vị', 'Cấp', 'Cấp trên', 'Hiệu lực từ'];
  const run = async (...rows: CellGiven[][]) => dryRun(api, officer, 'dv.xlsx', await workbook([HEAD, ...rows]), UNITS);
  const codes = async (id: number): Promise<string[]> =>
    (await api.inject('GET', `/api/imports/${id}/rows?verdict=WRONG`, { as: officer })).body.items.map(
      ({ row, problems }: { row: number; problems: { code: string }[] }) => `${row} ${problems[0]?.code}`,
    );
  const below = async (code: string): Promise<string[]> =>
    (await api.inject('GET', `/api/units?parent=${code}`, { as: officer })).body.items.map(
      ({ code: one, name }: { code: string; name: string }) => `${one} ${name}`,
    );

  test('a parent may come later in the file; changed names keep their past; all of it is taken back', async () => {
    const before = await below('TINH-A');
    const seen = await run(
      ['TO-1', 'Tổ 1', 'Tổ công đoàn', 'BP-1', '01/02/2020'],
      ['BP-1', 'Bộ phận 1', 'Công đoàn bộ phận', 'CS-A1', '01/01/2020'],
      ['CS-A2', 'Công đoàn cơ sở A2 mới', 'Công đoàn cơ sở', null, '1/7/2025'],
    );
    expect(seen.counts).toMatchObject({ NEW: 2, CHANGED: 1, WRONG: 0 });
    const done = await accepted(api, officer, seen);
    expect(done.state).toBe('ACCEPTED');
    expect([await below('BP-1'), (await below('TINH-A'))[1]]).toEqual([['TO-1 Tổ 1'], 'CS-A2 Công đoàn cơ sở A2 mới']);
    const body = { version: done.version, reason: 'Nhầm' };
    expect((await api.inject('POST', `/api/imports/${done.id}/undo`, { as: officer, body })).body.state).toBe('UNDONE');
    expect(await below('TINH-A')).toEqual(before);
    // The codes are free again, for the same list.
    const again = await run(['BP-1', 'Bộ phận 1', 'Công đoàn bộ phận', 'CS-A1', '01/01/2020']);
    expect((await accepted(api, officer, again)).state).toBe('ACCEPTED');
  });

  test('cycles, levels, codes of others and a unit hung below a wrong line are refused', async () => {
    const { id } = await run(
      ['X-1', 'X1', 'Công đoàn bộ phận', 'X-2', null],
      ['X-2', 'X2', 'Công đoàn bộ phận', 'X-1', null],
      ['X-3', 'X3', 'Công đoàn bộ phận', 'X-3', null],
      ['CS-B1', 'Của tỉnh B', 'Công đoàn cơ sở', null, null],
      ['X-4', 'X4', 'LĐLĐ tỉnh, thành phố', 'CS-A1', null],
      ['mã sai', 'X5', 'Công đoàn cơ sở', null, null],
      ['CS-A2', 'Tên khác', 'Công đoàn cơ sở', null, null],
      ['X-6', 'X6', 'Công đoàn cơ sở', 'CS-B1', null],
    );
    expect(await codes(id)).toEqual([
      '2 units.parent_wrong',
      '3 units.parent_wrong',
      '4 units.cycle',
      '5 units.code_taken',
      '6 units.level_above_parent',
      '7 units.code_format',
      '8 units.from_required',
      '9 units.parent_wrong',
    ]);
  });

  test('a template filled in with its own example comes in clean', async () => {
    for (const kind of ['units', 'people']) {
      const answer = await api.inject('GET', `/api/import-kinds/${kind}/template?unit=TINH-A`, { as: officer });
      expect([answer.status, String(answer.headers['content-disposition'])]).toEqual([
        200,
        expect.stringMatching(/^attachment;/),
      ]);
      const book = await openWorkbook(answer.bytes);
      const [sheet, explained] = book.worksheets;
      const examples = new Map<string, string>();
      explained?.eachRow((row) => examples.set(String(row.getCell(1).value), String(row.getCell(4).value ?? '')));
      sheet?.getRow(1).eachCell((cell, column) => {
        const example = examples.get(String(cell.value).replace(' (*)', ''));
        if (example) sheet.getCell(2, column).value = example;
      });
      const validation = sheet?.getCell('C2').dataValidation ?? sheet?.getCell('D2').dataValidation;
      expect(JSON.stringify(validation)).toContain('DanhMuc!');
      const filled = Buffer.from(await book.xlsx.writeBuffer());
      const seen = await dryRun(api, officer, 'mau.xlsx', filled, { kind, unit: 'TINH-A' });
      expect([kind, seen.state, seen.counts.NEW, seen.counts.WRONG]).toEqual([kind, 'CHECKED', 1, 0]);
    }
  });
});
