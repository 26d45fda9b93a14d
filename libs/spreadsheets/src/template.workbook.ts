import { Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import type { ColumnSpec, ImportKind } from './import-kind.js';

/** Lines of the template that carry drop-downs and formats. */
const PREPARED = 2_000;
const HEADER_FILL = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFDDEBF7' } } as const;
const LISTS = 'DanhMuc';
/** One page wide, as many as it takes long. */
const A4 = { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 } as const;

const FORMATS: Partial<Record<ColumnSpec['type'], string>> = {
  TEXT: '@',
  CODE: '@',
  CHOICE: '@',
  MARK: '@',
  INTEGER: '#,##0',
  MONEY: '#,##0',
  YEAR: '0',
};

const TYPE_WORDS: Record<ColumnSpec['type'], string> = {
  TEXT: 'Chữ',
  CODE: 'Mã',
  CHOICE: 'Chọn trong danh mục',
  DAY: 'Ngày (6/12/2023)',
  YEAR: 'Năm (1985)',
  INTEGER: 'Số nguyên (1.067)',
  MONEY: 'Số tiền (2.400.000 đ hoặc 1,5 tỷ)',
  MARK: '“x” hoặc để trống',
};

/** The format of a column in words, for the sheet of explanations and the page of the documentation. */
export function typeWords({ type, coarsest, qualified }: ColumnSpec): string {
  if (type === 'DAY' && coarsest === 'YEAR') return 'Ngày, tháng hoặc năm (6/12/2023, 05/2020, 2020)';
  if (type === 'DAY' && coarsest === 'MONTH') return 'Ngày hoặc tháng (6/12/2023, 05/2020)';
  return type === 'INTEGER' && qualified ? 'Số (1.067 hoặc “hơn 2.400”)' : TYPE_WORDS[type];
}

/** An empty table: the header, drop-downs out of a hidden sheet, formats that keep leading zeros, and a sheet that explains. */
export async function writeTemplate(kind: ImportKind, understood: readonly ColumnSpec[]): Promise<Readable> {
  const columns = understood.filter(({ offered }) => offered !== false);
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet(kind.title, { pageSetup: A4, views: [{ state: 'frozen', ySplit: 1 }] });
  const explained = book.addWorksheet('Hướng dẫn', { pageSetup: A4 });
  const lists = book.addWorksheet(LISTS, { state: 'veryHidden' });
  columns.forEach((column, index) => {
    const at = index + 1;
    const cell = sheet.getCell(1, at);
    cell.value = column.required ? `${column.header} (*)` : column.header;
    cell.font = { bold: true };
    cell.fill = HEADER_FILL;
    cell.alignment = { wrapText: true, vertical: 'middle' };
    sheet.getColumn(at).width = Math.max(12, Math.min(40, column.header.length + 6, 60));
    const format = FORMATS[column.type];
    if (format) sheet.getColumn(at).numFmt = format;
    offer(sheet, lists, column, at);
  });
  explain(explained, kind, columns);
  return Readable.from([Buffer.from(await book.xlsx.writeBuffer())]);
}

/** A list longer than a cell's own 255 characters works only as a range. */
function offer(sheet: ExcelJS.Worksheet, lists: ExcelJS.Worksheet, column: ColumnSpec, at: number): void {
  const choices = column.choices ?? [];
  if (choices.length === 0) return;
  choices.forEach(({ value, label }, place) => {
    lists.getCell(place + 1, at).value = column.type === 'CODE' ? `${value} – ${label}` : label;
  });
  const letter = lists.getColumn(at).letter;
  for (let row = 2; row <= PREPARED; row += 1)
    sheet.getCell(row, at).dataValidation = {
      type: 'list',
      allowBlank: !column.required,
      // Codes that are not offered may still be right: the drop-down helps, the dry run judges.
      showErrorMessage: column.type === 'CHOICE',
      errorTitle: 'Không có trong danh mục',
      error: `Hãy chọn “${column.header}” trong danh sách.`,
      formulae: [`${LISTS}!$${letter}$1:$${letter}$${choices.length}`],
    };
}

function explain(sheet: ExcelJS.Worksheet, kind: ImportKind, columns: readonly ColumnSpec[]): void {
  sheet.addRow([`Mẫu nhập: ${kind.title}`]).font = { bold: true, size: 14 };
  sheet.addRow([
    'Điền vào trang đầu, từ dòng 2. Cột có (*) phải có. Không để công thức; dòng “Tổng cộng” được bỏ qua.',
  ]);
  sheet.addRow([]);
  const head = sheet.addRow(['Cột', 'Bắt buộc', 'Cách ghi', 'Ví dụ', 'Giải thích']);
  head.font = { bold: true };
  head.eachCell((cell) => {
    cell.fill = HEADER_FILL;
  });
  for (const column of columns)
    sheet.addRow([
      column.header,
      column.required ? 'có' : '',
      typeWords(column),
      column.example,
      column.explanation,
    ]).alignment = { wrapText: true, vertical: 'top' };
  [24, 10, 30, 28, 70].forEach((width, index) => (sheet.getColumn(index + 1).width = width));
  sheet.getColumn(4).numFmt = '@';
}
