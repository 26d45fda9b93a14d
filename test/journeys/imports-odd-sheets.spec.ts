import { DataSource } from 'typeorm';
import { systemActor } from '@lib/kernel';
import { transact } from '@lib/platform';
import { UnitEvents } from '@lib/units';
import { testApi, type TestApi } from '../support/api.js';
import { accepted, dryRun, workbook, type CellGiven } from '../support/tables.js';
import { smallTree } from '../support/tree.js';

const ASKED = { kind: 'people', unit: 'CS-A1' };

describe('sheets as offices really keep them', () => {
  let api: TestApi;
  let officer: string;

  beforeAll(async () => {
    api = await testApi({ template: 'empty' });
    await smallTree(api.app);
    await api.account('can-bo', [['UNION_OFFICER', 'TINH-A']]);
    officer = await api.signIn('can-bo');
  });
  afterAll(() => api?.close());

  const people = (column: string): Promise<unknown[]> =>
    api.db.source.query(`SELECT full_name AS name, ${column} FROM person ORDER BY id`);
  const codes = ({ notes }: { notes: { code: string }[] }): string[] => notes.map(({ code }) => code);

  test('the year of birth stands below “Nam” or below “Nữ”; in both, nobody knows which', async () => {
    const rows: CellGiven[][] = [
      ['STT', 'Họ và tên', 'Năm sinh', null],
      [null, null, 'Nam', 'Nữ'],
      [1, 'Lê Minh Hoạ', 1980, null],
      [2, 'Phạm Minh Hoạ', null, '12/5/1991'],
      [3, 'Vũ Minh Hoạ', 1980, 1991],
    ];
    const content = await workbook(rows, (sheet) => sheet.mergeCells('C1:D1'));
    const seen = await dryRun(api, officer, 'ds.xlsx', content, ASKED);
    expect(seen.counts).toMatchObject({ NEW: 2, WRONG: 1 });
    const { body } = await api.inject('GET', `/api/imports/${seen.id}/rows?verdict=WRONG`, { as: officer });
    expect(body.items).toMatchObject([{ row: 5, problems: [{ code: 'people.not_identified' }] }]);
    await accepted(api, officer, seen, { skipWrong: true });
    expect(await people(`birth_year AS year, gender`)).toEqual([
      { name: 'Lê Minh Hoạ', year: 1980, gender: 'MALE' },
      { name: 'Phạm Minh Hoạ', year: 1991, gender: 'FEMALE' },
    ]);
    expect((await dryRun(api, officer, 'ds.xlsx', content, ASKED)).counts).toMatchObject({ NEW: 0, UNCHANGED: 2 });
  });

  test('days of a workbook that counts from 1904 are the days that Excel shows', async () => {
    const joined = new Date(Date.UTC(2010, 2, 26));
    const content = await workbook([['Họ và tên', 'Năm sinh', 'Ngày kết nạp']], (sheet, book) => {
      book.properties.date1904 = true;
      sheet.addRow(['Hồ Minh Hoạ', 1975, joined]).getCell(3).numFmt = 'dd/mm/yyyy';
    });
    const seen = await dryRun(api, officer, 'mac.xlsx', content, ASKED);
    expect(seen.counts).toMatchObject({ NEW: 1, WRONG: 0 });
    await accepted(api, officer, seen);
    expect((await people(`admitted_on AS day`)).at(-1)).toEqual({ name: 'Hồ Minh Hoạ', day: '2010-03-26' });
  });

  test('of several sheets the one with the list is read, or the one that was asked for', async () => {
    const content = await workbook([['Ghi chú của văn phòng'], ['Xem trang sau']], (_, book) => {
      for (const [name, who] of [
        ['Quý I', 'Đỗ Minh Hoạ'],
        ['Quý II', 'Ngô Minh Hoạ'],
      ] as const)
        book.addWorksheet(name).addRows([
          ['Họ và tên', 'Năm sinh'],
          [who, 1988],
        ]);
    });
    const first = await dryRun(api, officer, 'nhieu-trang.xlsx', content, ASKED);
    expect([first.sheet, first.counts.NEW, codes(first)]).toEqual(['Quý I', 1, ['imports.sheet']]);
    const asked = await dryRun(api, officer, 'nhieu-trang.xlsx', content, { ...ASKED, sheet: 'Quý II' });
    expect([asked.sheet, asked.counts.NEW, codes(asked)]).toEqual(['Quý II', 1, []]);
    const unknown = await dryRun(api, officer, 'nhieu-trang.xlsx', content, { ...ASKED, sheet: 'Quý III' });
    expect([unknown.state, unknown.problems[0].code]).toEqual(['REFUSED', 'imports.sheet_unknown']);
  });

  test('an old list of codes puts nobody into a union that is no more', async () => {
    const event = {
      kind: 'MERGE' as const,
      from: api.clock.today(),
      units: ['CS-A2'],
      successors: [{ code: 'CS-A1' }],
    };
    const decision = { number: '9/QĐ', day: api.clock.today() };
    await transact(api.app.get(DataSource), (tx) =>
      api.app.get(UnitEvents).record(tx, systemActor('test'), { ...event, decision }),
    );
    const content = await workbook([
      ['Họ và tên', 'Năm sinh', 'Mã đơn vị'],
      ['Đi Lạc Minh Hoạ', 1980, 'CS-A2'],
      ['Đúng Chỗ Minh Hoạ', 1981, 'CS-A1'],
    ]);
    const seen = await dryRun(api, officer, 'cu.xlsx', content, { kind: 'people', unit: 'TINH-A' });
    expect(seen.counts).toMatchObject({ NEW: 1, WRONG: 1 });
    const { body } = await api.inject('GET', `/api/imports/${seen.id}/rows?verdict=WRONG`, { as: officer });
    expect(body.items).toMatchObject([{ row: 2, problems: [{ column: 'unit', code: 'people.unit_ended' }] }]);
  });
});
