import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import ExcelJS, { type Workbook } from 'exceljs';
import type { Qualified } from '@lib/kernel';
import { col } from './list-out.js';
import { WorkbookOut, type SheetOut } from './workbook-out.js';

const AT = new Date('2024-07-16T02:00:00Z');

async function readBack(...sheets: SheetOut[]): Promise<Workbook> {
  const stream = new PassThrough();
  const bytes = buffer(stream);
  const out = new WorkbookOut(stream, AT);
  for (const sheet of sheets) await out.add(sheet);
  await out.close();
  const book = new ExcelJS.Workbook();
  await book.xlsx.load((await bytes) as unknown as ExcelJS.Buffer);
  return book;
}

const sheet = (rows: SheetOut['rows'], change: Partial<SheetOut> = {}): SheetOut => ({
  name: 'Danh sách',
  title: 'Danh sách khen thưởng',
  subtitle: ['Đơn vị: CĐVC', 'Xuất ngày 16/07/2024'],
  columns: [
    { header: 'Tên', width: 30, kind: 'TEXT' },
    { header: 'Số lượng', width: 10, kind: 'INTEGER' },
    { header: 'Số tiền', width: 18, kind: 'MONEY' },
    { header: 'Ngày', width: 12, kind: 'DAY' },
    { header: 'Tỷ lệ', width: 8, kind: 'PERCENT' },
  ],
  rows,
  ...change,
});

test('numbers, money, days and percentages are numbers and dates in the cells', async () => {
  const book = await readBack(sheet([['Phòng A', 1067, 1_500_000_000, '2024-07-16', 58.3]]));
  const row = book.worksheets[0]!.getRow(6);
  expect(row.getCell(1).value).toBe('Phòng A');
  expect(row.getCell(2).value).toBe(1067);
  expect(row.getCell(2).numFmt).toBe('#,##0');
  expect(row.getCell(3).value).toBe(1_500_000_000);
  expect(row.getCell(4).value).toEqual(new Date('2024-07-16T00:00:00Z'));
  expect(row.getCell(4).numFmt).toBe('dd/mm/yyyy');
  expect(row.getCell(5).value).toBe(0.583);
  expect(row.getCell(5).numFmt).toBe('0.0%');
});

test('an instant stands under its Vietnamese day; what nobody knows is an empty cell, never 0', async () => {
  const book = await readBack(sheet([['Phòng A', null, null, '2024-07-16T20:00:00.000Z', null]]));
  const row = book.worksheets[0]!.getRow(6);
  expect(row.getCell(4).value).toEqual(new Date('2024-07-17T00:00:00Z'));
  expect([2, 3, 5].map((place) => row.getCell(place).value)).toEqual([null, null, null]);
});

test.each(['=1+1', '+84 24', '-5', '@SUM(A1)', '=HYPERLINK("http://x";"y")'])('%s stays a text', async (text) => {
  const book = await readBack(sheet([[text, null, null, null, null]]));
  const cell = book.worksheets[0]!.getRow(6).getCell(1);
  expect([cell.type, cell.value, cell.formula]).toEqual([ExcelJS.ValueType.String, text, undefined]);
  expect(cell.numFmt).toBe('@');
});

test('head, header, filter and page are laid out for A4', async () => {
  const book = await readBack(sheet([['Phòng A', 1, 2, '2024-07-16', 3]]));
  const out = book.worksheets[0]!;
  expect([1, 2, 3, 5].map((row) => out.getRow(row).getCell(1).value)).toEqual([
    'Danh sách khen thưởng',
    'Đơn vị: CĐVC',
    'Xuất ngày 16/07/2024',
    'Tên',
  ]);
  expect(out.views[0]).toMatchObject({ state: 'frozen', ySplit: 5 });
  expect(out.autoFilter).toBe('A5:E6');
  expect(out.pageSetup).toMatchObject({
    paperSize: 9,
    orientation: 'landscape',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    printTitlesRow: '5:5',
  });
  expect(out.headerFooter.oddFooter).toContain('Trang &P/&N');
  expect(out.getRow(6).getCell(2).border.bottom?.style).toBe('thin');
});

test('the word before a number has a column of its own', async () => {
  const columns = col.stated('Suất quà', (row: { gifts: Qualified | null }) => row.gifts);
  const cells = [
    { gifts: { value: 2400, qualifier: 'OVER' } },
    { gifts: { value: 13, qualifier: 'EXACT' } },
    { gifts: null },
  ] as const;
  expect(columns.map(({ header }) => header)).toEqual(['Suất quà (hơn, gần…)', 'Suất quà']);
  expect(cells.map((row) => columns.map(({ of }) => of(row)))).toEqual([
    ['hơn', 2400],
    [null, 13],
    [null, null],
  ]);
});

test('names of sheets are made fit for Excel and told apart', async () => {
  const book = await readBack(
    sheet([], { name: 'Khen [cấp/tỉnh]: 2024' }),
    sheet([], { name: 'khen  cấp tỉnh   2024' }),
    sheet([], { name: 'a'.repeat(40) }),
    sheet([], { name: 'a'.repeat(50) }),
  );
  const names = book.worksheets.map(({ name }) => name);
  expect(new Set(names).size).toBe(4);
  expect(names.every((name) => name.length <= 31 && !/[\\/?*[\]:]/.test(name))).toBe(true);
});

test('a source of rows that fails fails the workbook', async () => {
  async function* failing(): AsyncGenerator<string[]> {
    yield ['Phòng A'];
    throw new Error('the database is away');
  }
  const out = new WorkbookOut(new PassThrough().resume(), AT);
  await expect(out.add(sheet(failing()))).rejects.toThrow('the database is away');
});
