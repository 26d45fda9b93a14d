import { tableFormat, type TableFormat } from './inspect.js';
import type { RawRow } from './raw-cell.js';

/** A table on disk, read as a stream. */
export interface TableIn {
  /** Those shown first; a CSV has one without a name. */
  sheets(): readonly { readonly name: string | null; readonly hidden: boolean }[];
  /** Lines that hold something, a few at a time. */
  rows(sheet: string | null): AsyncGenerator<RawRow[]>;
  readonly hiddenRows: number;
  readonly hiddenColumns: number;
  close(): void;
}

export async function openTable(path: string, format: TableFormat): Promise<TableIn> {
  if (format === 'xlsx') return (await import('./xlsx.reader.js')).XlsxIn.open(path);
  return (await import('./csv.reader.js')).CsvIn.open(path);
}

/** Every line of the first sheet as it stands there: the parse alone. */
export async function* readTable(path: string): AsyncGenerator<RawRow[]> {
  const table = await openTable(path, tableFormat(path));
  try {
    yield* table.rows(table.sheets()[0]?.name ?? null);
  } finally {
    table.close();
  }
}
