import { PassThrough, Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import type { SheetLayout } from './imports.entity.js';
import type { RowProblem } from './import-kind.js';
import type { RawCell } from './reading/raw-cell.js';
import { printCell } from './reading/raw-cell.js';
import { WorkbookOut } from './workbook-out.js';

export interface WrongRow {
  readonly row: number;
  readonly cells: readonly RawCell[];
  readonly problems: readonly RowProblem[];
}

const WRONG_FILL = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFC7CE' } } as const;

/** The officer's own workbook: the wrong cells filled, a comment in each, all else as it was sent. */
export async function markedWorkbook(
  path: string,
  layout: SheetLayout,
  rows: AsyncIterable<readonly WrongRow[]>,
): Promise<Readable> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  const sheet = book.worksheets.find(({ name }) => name === layout.sheet);
  if (!sheet) throw new Error(`no sheet ${layout.sheet}`);
  for await (const some of rows)
    for (const { row, problems } of some)
      for (const [index, messages] of byCell(problems, layout)) mark(sheet.getCell(row, index + 1), messages);
  return Readable.from([Buffer.from(await book.xlsx.writeBuffer())]);
}

function mark(cell: ExcelJS.Cell, messages: readonly string[]): void {
  // Styles are shared between cells of a workbook: a changed one would colour all of them.
  cell.style = { ...cell.style, fill: WRONG_FILL };
  cell.note = { texts: [{ text: messages.join('\n') }], margins: { insetmode: 'auto' } };
}

/** Problems of the whole row stand at the first column of the list. */
function byCell(problems: readonly RowProblem[], layout: SheetLayout): Map<number, string[]> {
  const cells = new Map<number, string[]>();
  for (const { column, message } of problems) {
    const place = layout.columns.find(({ name }) => name === column) ?? layout.columns[0];
    const index = place?.index ?? 0;
    cells.set(index, [...(cells.get(index) ?? []), message]);
  }
  return cells;
}

/** For large files and CSV: line, column, value and problem, one problem a line. */
export function errorSheet(
  fileName: string,
  at: Date,
  layout: SheetLayout,
  rows: AsyncIterable<readonly WrongRow[]>,
): Readable {
  const stream = new PassThrough();
  const book = new WorkbookOut(stream, at);
  const write = async (): Promise<void> => {
    await book.add({
      name: 'Dòng sai',
      title: 'Những ô cần sửa',
      subtitle: [`Tệp: ${fileName}${layout.sheet ? `, trang tính “${layout.sheet}”` : ''}`],
      orientation: 'landscape',
      columns: [
        { header: 'Dòng', width: 10, kind: 'INTEGER' },
        { header: 'Cột', width: 24, kind: 'TEXT' },
        { header: 'Giá trị trong ô', width: 34, kind: 'TEXT' },
        { header: 'Cần sửa', width: 80, kind: 'TEXT' },
      ],
      rows: problemLines(layout, rows),
    });
    await book.close();
  };
  write().catch((error: unknown) => stream.destroy(error instanceof Error ? error : new Error(String(error))));
  return stream;
}

async function* problemLines(
  layout: SheetLayout,
  rows: AsyncIterable<readonly WrongRow[]>,
): AsyncGenerator<(string | number | null)[]> {
  for await (const some of rows)
    for (const { row, cells, problems } of some)
      for (const { column, message } of problems) {
        const place = layout.columns.findIndex(({ name }) => name === column);
        yield [row, layout.columns[place]?.header ?? '', place < 0 ? '' : printCell(cells[place] ?? null), message];
      }
}
