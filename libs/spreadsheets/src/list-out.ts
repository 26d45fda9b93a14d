import { printQualifier, type Day, type Qualified } from '@lib/kernel';
import type { CellKind, CellOut, ColumnOut, SheetOut } from './workbook-out.js';

/** One column of a list: what of a row stands in it. */
export interface ListColumn<Row> extends ColumnOut {
  readonly of: (row: Row) => CellOut;
}

/** How a list leaves as a workbook. */
export interface ListOut<Row> {
  /** File name: Vietnamese without accents, without ending. */
  readonly file: string;
  readonly title: string;
  readonly columns: readonly ListColumn<Row>[];
  readonly orientation?: 'portrait' | 'landscape';
}

/** A page as every list answers it; null: there is no further one. */
export interface ListPage<Row> {
  readonly items: readonly Row[];
  readonly next?: string | number | null;
}

/** A list whose rows are there already, as a table. */
export function tableOf<Row>(
  { title, columns, orientation = 'landscape' }: Omit<ListOut<Row>, 'file'>,
  rows: readonly Row[],
): Omit<SheetOut, 'name' | 'subtitle'> {
  return { title, columns, orientation, rows: rows.map((row) => columns.map(({ of }) => of(row))) };
}

type Of<Row> = ListColumn<Row>['of'];
const column =
  (kind: CellKind, usual: number) =>
  <Row>(header: string, of: Of<Row>, width = usual): ListColumn<Row> => ({ header, width, kind, of });

const text = column('TEXT', 24);
const plain = column('PLAIN', 9);
const integer = column('INTEGER', 10);
const decimal = column('DECIMAL', 10);
const money = column('MONEY', 18);
const percent = column('PERCENT', 9);
const day = column('DAY', 12);

/** The word before a number ("hơn") in a column of its own, the number beside it. */
function stated<Row>(
  header: string,
  of: (row: Row) => Qualified | null | undefined,
  kind: 'INTEGER' | 'MONEY' = 'INTEGER',
): [ListColumn<Row>, ListColumn<Row>] {
  return [
    text(`${header} (hơn, gần…)`, (row) => qualifierOf(of(row)), 9),
    { header, width: kind === 'MONEY' ? 18 : 11, kind, of: (row) => of(row)?.value ?? null },
  ];
}

/** Both days of an interval. */
function interval<Row>(of: (row: Row) => { from: Day | null; to: Day | null } | null): ListColumn<Row>[] {
  return [day('Từ ngày', (row) => of(row)?.from ?? null), day('Đến ngày', (row) => of(row)?.to ?? null)];
}

function yesNo(value: boolean | null | undefined): string | null {
  return value === null || value === undefined ? null : value ? 'có' : 'không';
}

function qualifierOf(value: Qualified | null | undefined): string | null {
  return value ? printQualifier(value.qualifier) || null : null;
}

/** The columns of a list, by what stands in them. */
export const col = { text, plain, integer, decimal, money, percent, day, stated, interval, yesNo };
