import type { Counts } from '@lib/figures';
import { col, type ListColumn, type SheetOut } from '@lib/spreadsheets';

/** A table of a summary: what is asked of a sheet, less what all sheets of the workbook share. */
export type Table = Omit<SheetOut, 'subtitle'>;

/** The four counts side by side; they are never added together. */
export function countColumns<Row>(of: (row: Row) => Counts, before = ''): ListColumn<Row>[] {
  const names = ['Tập thể', 'Cá nhân', 'Hộ gia đình', 'Chưa tách'].map((name) =>
    before ? `${before}: ${name.toLowerCase()}` : name,
  );
  const [collectives = '', individuals = '', households = '', unsplit = ''] = names;
  return [
    col.integer(collectives, (row) => of(row).collectives, 11),
    col.integer(individuals, (row) => of(row).individuals, 11),
    col.integer(households, (row) => of(row).households, 11),
    col.integer(unsplit, (row) => of(row).unsplit, 11),
  ];
}
