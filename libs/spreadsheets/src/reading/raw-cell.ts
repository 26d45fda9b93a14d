import { printDay, type Day } from '@lib/kernel';

/** What stands in a cell, before anybody knows what it means. JSON: rows are staged as they were read. */
export type RawCell = string | number | boolean | null | RawDay | RawFormula | RawError;

/** A number that the workbook shows as a date. */
export interface RawDay {
  readonly day: Day;
}

/** A formula; what it gives may differ from what was last computed. */
export interface RawFormula {
  readonly formula: string;
}

/** `#REF!` */
export interface RawError {
  readonly error: string;
}

/** One line of a sheet; cells by column, counted from 0. Empty lines are left out by the reader. */
export interface RawRow {
  readonly row: number;
  readonly cells: readonly RawCell[];
}

/** As an officer would write it. */
export function printCell(cell: RawCell): string {
  if (cell === null) return '';
  if (typeof cell === 'object') {
    if ('day' in cell) return printDay(cell.day);
    return 'formula' in cell ? `=${cell.formula}` : cell.error;
  }
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  return typeof cell === 'number' ? String(cell).replace('.', ',') : cell;
}
