import type { Writable } from 'node:stream';
import ExcelJS from 'exceljs';
import { dayOf, isDay } from '@lib/kernel';
import { BODY, HEADER, SUBTITLE, TITLE } from './workbook-style.js';

/**
 * MONEY is whole đồng, PERCENT in per cent (58,3), DAY `YYYY-MM-DD`, PLAIN a number that counts nothing (a year): real
 * numbers and dates, never text.
 */
export type CellKind = 'TEXT' | 'PLAIN' | 'INTEGER' | 'DECIMAL' | 'DAY' | 'MONEY' | 'PERCENT';
export type CellOut = string | number | null;

export interface ColumnOut {
  readonly header: string;
  /** In characters. */
  readonly width: number;
  readonly kind: CellKind;
}

/** One sheet: title, lines below it, then a table that starts with its header. */
export interface SheetOut {
  /** On the tab; what Excel does not allow in it is left out. */
  readonly name: string;
  readonly title: string;
  readonly subtitle: readonly string[];
  readonly columns: readonly ColumnOut[];
  readonly rows: AsyncIterable<readonly CellOut[]> | Iterable<readonly CellOut[]>;
  readonly orientation?: 'portrait' | 'landscape';
}

/** exceljs 4.4 has no ESM names of its own for the streaming writer. */
const { WorkbookWriter } = ExcelJS.stream.xlsx;
type Writer = InstanceType<typeof WorkbookWriter>;
type Sheet = ReturnType<Writer['addWorksheet']>;

const A4 = 9;
/** Height of a line of 11 points. */
const LINE = 15;
/** Most characters that a cell of Excel holds. */
const LONGEST = 32_767;
/** Rows between two turns of the event loop, so that others are answered and what is written flows off. */
const AT_ONCE = 500;
/** A text that begins so could be taken for a formula once somebody edits the cell. */
const LIKE_A_FORMULA = /^[=+\-@\t\r]/;

/**
 * Workbooks that leave: written as they are read, row by row, laid out for A4. A failing source of rows fails the whole;
 * what has been written by then is no workbook.
 */
export class WorkbookOut {
  private readonly writer: Writer;
  private readonly names = new Set<string>();

  constructor(stream: Writable, at: Date) {
    this.writer = new WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
    this.writer.creator = 'Sổ Vàng';
    this.writer.created = at;
    this.writer.modified = at;
  }

  /** @returns the number of rows of the table. */
  async add(sheet: SheetOut): Promise<number> {
    const { title, subtitle, columns, orientation = 'landscape' } = sheet;
    const headerAt = subtitle.length + 3;
    const out = this.writer.addWorksheet(this.nameOf(sheet.name), {
      views: [{ state: 'frozen', xSplit: 0, ySplit: headerAt, showGridLines: false }],
      pageSetup: {
        paperSize: A4,
        orientation,
        fitToPage: true,
        fitToWidth: 1,
        // As many pages as it takes.
        fitToHeight: 0,
        horizontalCentered: true,
        printTitlesRow: `${headerAt}:${headerAt}`,
        margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
      },
      headerFooter: { oddFooter: `&L&8${footerText(title)}&R&8Trang &P/&N` },
    });
    out.columns = columns.map(({ width }) => ({ width }));
    head(out, title, subtitle);
    const header = out.getRow(headerAt);
    columns.forEach((column, place) => {
      const cell = header.getCell(place + 1);
      cell.value = column.header;
      cell.style = HEADER;
    });
    header.height = heightOf(columns.map((column) => lines(column.header, column.width)));
    header.commit();
    const rows = await this.body(out, headerAt, columns, sheet.rows);
    if (columns.length > 0)
      out.autoFilter = { from: { row: headerAt, column: 1 }, to: { row: headerAt + rows, column: columns.length } };
    out.commit();
    return rows;
  }

  /** Ends the workbook and its stream. */
  async close(): Promise<void> {
    await this.writer.commit();
  }

  private async body(
    out: Sheet,
    headerAt: number,
    columns: readonly ColumnOut[],
    rows: SheetOut['rows'],
  ): Promise<number> {
    let written = 0;
    for await (const cells of rows) {
      written += 1;
      const row = out.getRow(headerAt + written);
      columns.forEach(({ kind }, place) => {
        const cell = row.getCell(place + 1);
        const value = cells[place] ?? null;
        cell.value = valueOf(value, kind);
        cell.style = typeof value === 'string' && LIKE_A_FORMULA.test(value) ? BODY.QUOTED : BODY[kind];
      });
      const height = heightOf(
        columns.map(({ kind, width }, place) => (kind === 'TEXT' ? lines(cells[place], width) : 1)),
      );
      // A row of one line is left to the program that opens it.
      if (height > LINE) row.height = height;
      row.commit();
      if (written % AT_ONCE === 0) await new Promise((resume) => setImmediate(resume));
    }
    return written;
  }

  private nameOf(wanted: string): string {
    const name =
      wanted
        .replace(/[\\/?*[\]:']/g, ' ')
        .trim()
        .slice(0, 31) || 'Bảng';
    let free = name;
    for (let twice = 2; this.names.has(free.toLowerCase()); twice += 1)
      free = `${name.slice(0, 30 - String(twice).length)} ${twice}`;
    this.names.add(free.toLowerCase());
    return free;
  }
}

/** Lines that a text takes in a column: rows are not made higher by themselves where a file is only printed. */
function lines(value: CellOut | undefined, width: number): number {
  if (typeof value !== 'string') return 1;
  return value.split('\n').reduce((sum, part) => sum + Math.max(1, Math.ceil((part.length + 1) / width)), 0);
}

/** In points; Excel knows no row higher than 409. */
function heightOf(counts: readonly number[]): number {
  return Math.min(405, Math.max(1, ...counts) * LINE);
}

function head(out: Sheet, title: string, subtitle: readonly string[]): void {
  [title, ...subtitle].forEach((text, place) => {
    const row = out.getRow(place + 1);
    const cell = row.getCell(1);
    cell.value = text;
    cell.style = place === 0 ? TITLE : SUBTITLE;
    if (place === 0) row.height = 22;
    row.commit();
  });
}

function valueOf(value: CellOut, kind: CellKind): string | number | Date | null {
  if (value === null || value === '') return null;
  if (kind === 'TEXT') return String(value).slice(0, LONGEST);
  if (kind === 'DAY') return dateOf(String(value));
  // A word where a number belongs ("chưa rõ") stays a word; a number never becomes one.
  if (typeof value === 'string') return value;
  return kind === 'PERCENT' ? Math.round(value * 1e6) / 1e8 : value;
}

/** A day, or the Vietnamese day of an instant. Excel knows no zone: midnight UTC of a day is that day's serial. */
function dateOf(value: string): Date | string {
  const day = value.length > 10 ? dayOf(new Date(value)) : value;
  return isDay(day) ? new Date(`${day}T00:00:00Z`) : value;
}

/** `&` begins a code in a footer, and the whole may have 255 characters. */
function footerText(title: string): string {
  return title.replaceAll('&', '&&').slice(0, 120);
}
