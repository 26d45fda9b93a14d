import type { Actor, Day, Interval, Permission, Qualified } from '@lib/kernel';
import type { Queryable, Tx } from '@lib/platform';

export const IMPORT_KINDS = ['units', 'people', 'award-lines', 'results'] as const;
export type ImportKindName = (typeof IMPORT_KINDS)[number];

/**
 * What a cell may hold once it is understood. TEXT, CODE, CHOICE and DAY of day precision: string; YEAR and INTEGER:
 * number; MARK: boolean; MONEY, and INTEGER that admits "hơn 2.400": {@link Qualified}; a DAY that may be a month or a
 * year: {@link Interval}. Null: the cell is empty.
 */
export type CellType = 'TEXT' | 'CODE' | 'CHOICE' | 'DAY' | 'YEAR' | 'INTEGER' | 'MONEY' | 'MARK';
export type ParsedValue = string | number | boolean | Qualified | Interval | null;

export interface ColumnChoice {
  /** What is stored. */
  readonly value: string;
  /** What the officer reads: "Nữ". Either is accepted in a cell, and "value – label" too. */
  readonly label: string;
}

export interface ColumnSpec {
  /** Name of the value in {@link ParsedRow}. */
  readonly name: string;
  /** As the template prints it; found in files without regard to case, accents and punctuation. */
  readonly header: string;
  /** Other words that officers write over this column. */
  readonly synonyms: readonly string[];
  /** The column must be there and its cells filled. A column that may be empty in some rows is checked by the kind. */
  readonly required: boolean;
  readonly type: CellType;
  /** DAY only: the least precise date that is accepted; the value is then an {@link Interval}. */
  readonly coarsest?: 'MONTH' | 'YEAR';
  /** INTEGER only: "hơn 2.400" is accepted; the value is then {@link Qualified}. */
  readonly qualified?: boolean;
  /** CHOICE: all that is accepted. CODE: what the template offers; other codes are judged by the kind. */
  readonly choices?: readonly ColumnChoice[];
  /** Characters of a TEXT or CODE; 300 unless told. */
  readonly longest?: number;
  /** False: understood where officers write so, and not proposed by the template. */
  readonly offered?: false;
  readonly example: string;
  readonly explanation: string;
}

/** What an import of the kind needs to be told beside the file: a batch, a period. */
export interface ParamSpec {
  readonly name: string;
  readonly title: string;
  readonly required: boolean;
  readonly type: 'ID' | 'DAY' | 'TEXT';
  readonly explanation: string;
}

/** One import, as its kind sees it. The actor that comes with it is narrowed to `unitId` and what is below it. */
export interface ImportQuestion {
  readonly importId: number;
  /** Null: the operator, everywhere. */
  readonly unitId: number | null;
  readonly params: Readonly<Record<string, string>>;
}

export interface ParsedRow {
  /** Number of the line in the sheet. */
  readonly row: number;
  readonly values: Readonly<Record<string, ParsedValue>>;
  /** Of all its values: the same line again has the same. */
  readonly fingerprint: string;
}

export interface RowProblem {
  /** Name of the column; null: the whole row. */
  readonly column: string | null;
  readonly code: string;
  /** Vietnamese sentence, as the comment in the cell says it. */
  readonly message: string;
}

export interface RowChange {
  readonly column: string;
  /** What is stored now; null: nothing. */
  readonly before: string | null;
}

export const VERDICTS = ['NEW', 'CHANGED', 'UNCHANGED', 'DUPLICATE', 'WRONG'] as const;
export type LineVerdict = (typeof VERDICTS)[number];

export interface RowVerdict {
  readonly row: number;
  readonly verdict: LineVerdict;
  /** For DUPLICATE and WRONG: why. */
  readonly problems?: readonly RowProblem[];
  /** What the row is about: two rows of a file with a key in common are told as duplicates of each other. */
  readonly keys?: readonly string[];
  readonly changes?: readonly RowChange[];
  /** JSON that {@link ImportKind.write} gets back; the same data must give the same plan. */
  readonly plan?: unknown;
}

export interface CheckedRow extends ParsedRow {
  readonly verdict: 'NEW' | 'CHANGED';
  readonly plan: unknown;
}

/** What one kind of list means. Rooms register theirs when they start. */
export interface ImportKind {
  readonly kind: ImportKindName;
  /** "Đoàn viên" */
  readonly title: string;
  /** Needed on the unit that the import is made for, beside `import.run`. */
  readonly permission: Permission;
  readonly params: readonly ParamSpec[];
  /** A file with more rows is refused. */
  readonly maxRows: number;
  /** True: {@link check} and {@link write} get all rows at once instead of a few thousand at a time. */
  readonly wholeFile?: boolean;
  /** What the officer is told where two rows of the file have a key in common, and in which column. */
  readonly duplicate?: { readonly column: string; readonly advice: string };
  /** @throws Refused where the parameters name nothing of the actor's; asked before the file is stored. */
  checkParams?(q: Queryable, actor: Actor, question: ImportQuestion): Promise<void>;
  columns(q: Queryable, actor: Actor, question: ImportQuestion): Promise<readonly ColumnSpec[]>;
  /** Set-based. Gets only rows whose cells could be read; one verdict for each, in any order. Changes nothing. */
  check(q: Queryable, actor: Actor, question: ImportQuestion, rows: readonly ParsedRow[]): Promise<RowVerdict[]>;
  /** Before the rows are checked again and written: takes the locks that let nothing change in between. */
  begin?(tx: Tx, actor: Actor, question: ImportQuestion): Promise<void>;
  /** Set-based; in the one transaction of the acceptance. Notes what it wrote by `ImportEffects.add`. */
  write(tx: Tx, actor: Actor, question: ImportQuestion, rows: readonly CheckedRow[]): Promise<void>;
  /** After the last rows are written, in the same transaction: what is cheaper to do once for all of them. */
  end?(tx: Tx, actor: Actor, question: ImportQuestion): Promise<void>;
  /** @throws Refused naming the row, and what later work builds on it */
  undo(tx: Tx, actor: Actor, question: ImportQuestion): Promise<void>;
}

/** Day of a value that was read with day precision. */
export function dayOfValue(value: ParsedValue | undefined): Day | null {
  return typeof value === 'string' ? value : null;
}

export function textOf(value: ParsedValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

export function numberOf(value: ParsedValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

export function qualifiedOf(value: ParsedValue | undefined): Qualified | null {
  return typeof value === 'object' && value !== null && 'qualifier' in value ? value : null;
}

export function intervalOf(value: ParsedValue | undefined): Interval | null {
  return typeof value === 'object' && value !== null && 'from' in value ? value : null;
}
