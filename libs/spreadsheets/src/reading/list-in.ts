import { Refused } from '@lib/kernel';
import type { ColumnSpec, ParsedRow, ParsedValue, RowProblem } from '../import-kind.js';
import type { ImportNote, SheetLayout } from '../imports.entity.js';
import { cellReader, fingerprintOf, problemOf } from './cells.rules.js';
import { findHeader, HEADER_WITHIN, notARow, numbersColumns, type FoundHeader } from './header.rules.js';
import { LegacyCount, legacyMessage } from './legacy.rules.js';
import type { RawCell, RawRow } from './raw-cell.js';
import type { TableIn } from './table-in.js';

/** One line of the list: its cells in the order of the layout, and what they mean where all could be read. */
export interface ReadRow {
  readonly row: number;
  readonly cells: readonly RawCell[];
  /** Null where a cell is wrong. */
  readonly parsed: ParsedRow | null;
  readonly problems: readonly RowProblem[];
}

/** Lines that are looked at before a legacy encoding is told for the whole file. */
const LEGACY_WITHIN = 300;

/** An officer's list in a table: the sheet and line of the header found by its words, every line below it understood. */
export class ListIn {
  readonly notes: ImportNote[] = [];

  private constructor(
    private readonly table: TableIn,
    private readonly specs: readonly ColumnSpec[],
    private readonly header: FoundHeader,
    readonly layout: SheetLayout,
  ) {}

  /** @throws Refused `imports.legacy_encoding`, `imports.header_missing`, `imports.header_twice`, `imports.sheet_unknown` */
  static async find(table: TableIn, specs: readonly ColumnSpec[], asked: string | null): Promise<ListIn> {
    const sheets = table.sheets().filter(({ name }) => asked === null || name === asked);
    if (sheets.length === 0) throw new Refused('imports.sheet_unknown', `Tệp không có trang tính “${asked}”.`, 'sheet');
    let closest: { header: FoundHeader | null; seen: RawRow[] } | null = null;
    for (const { name } of sheets) {
      const seen = await firstRows(table, name);
      const header = findHeader(seen, specs);
      if (header && header.missing.length === 0) {
        if (header.twice.length > 0) throw twice(header);
        const columns = header.columns.map(({ spec, ...column }) => ({ name: spec.name, ...column }));
        const list = new ListIn(table, specs, header, { sheet: name, header: header.lines, columns });
        const shown = table.sheets().filter(({ hidden }) => !hidden).length;
        if (asked === null && shown > 1) list.note('sheet', `Tệp có ${shown} trang tính; chỉ đọc trang “${name}”.`);
        if (header.unknown.length > 0)
          list.note('unknown_columns', `Cột không dùng đến, không đọc: ${header.unknown.slice(0, 15).join(', ')}.`);
        return list;
      }
      if (!closest || (header?.columns.length ?? 0) > (closest.header?.columns.length ?? 0)) closest = { header, seen };
    }
    throw headerMissing(closest?.header ?? null, closest?.seen ?? [], specs);
  }

  /** All lines of the list, a few hundred at a time. @throws Refused `imports.legacy_encoding` */
  async *rows(): AsyncGenerator<ReadRow[]> {
    const { columns, lines } = this.header;
    const readers = columns.map(({ spec, index }) => ({ spec, index, read: cellReader(spec) }));
    const required = this.specs.filter((spec) => spec.required).length;
    const legacy = new LegacyCount();
    const left = { totals: [] as number[], signature: [] as number[], group: [] as number[], numbers: [] as number[] };
    let looked = 0;
    for await (const raw of this.table.rows(this.layout.sheet)) {
      const rows: ReadRow[] = [];
      for (const line of raw) {
        if (line.row <= lines[1]) continue;
        const cells = readers.map(({ index }) => line.cells[index] ?? null);
        // What stands only beside the list, in columns that are not read, may still say what the line is.
        const other = notARow(line.cells, required);
        if (other) {
          left[other].push(line.row);
          continue;
        }
        if (cells.every((cell) => cell === null)) continue;
        if (looked === 0 && numbersColumns(line)) {
          left.numbers.push(line.row);
          continue;
        }
        if (looked < LEGACY_WITHIN) {
          for (const cell of cells) if (typeof cell === 'string') legacy.add(cell);
          const encoding = legacy.verdict();
          if (encoding) throw legacyRefusal(encoding);
        }
        looked += 1;
        rows.push(understood(line.row, cells, readers));
      }
      if (rows.length > 0) yield rows;
    }
    this.tellLeft(left);
  }

  private tellLeft(left: Record<'totals' | 'signature' | 'group' | 'numbers', number[]>): void {
    const say = (code: string, rows: readonly number[], what: string): void => {
      if (rows.length > 0)
        this.note(code, `Không đọc ${what}: dòng ${rows.slice(0, 10).join(', ')}${rows.length > 10 ? '…' : ''}.`);
    };
    say('totals', left.totals, 'dòng tổng cộng');
    say('signature', left.signature, 'dòng ký tên, ghi ngày');
    say('group', left.group, 'dòng tiêu đề nhóm');
    say('column_numbers', left.numbers, 'dòng đánh số cột');
    const { hiddenRows, hiddenColumns } = this.table;
    if (hiddenRows + hiddenColumns > 0)
      this.note('hidden', `Trang tính có ${hiddenRows} dòng ẩn và ${hiddenColumns} nhóm cột ẩn; dòng ẩn vẫn được đọc.`);
  }

  private note(code: string, message: string): void {
    this.notes.push({ code: `imports.${code}`, message });
  }
}

function understood(
  row: number,
  cells: readonly RawCell[],
  readers: readonly { spec: ColumnSpec; read: ReturnType<typeof cellReader> }[],
): ReadRow {
  const values: Record<string, ParsedValue> = {};
  const problems: RowProblem[] = [];
  readers.forEach(({ spec, read }, place) => {
    const found = read(cells[place] ?? null);
    if ('value' in found) values[spec.name] = found.value;
    else problems.push(problemOf(spec, found));
  });
  if (problems.length > 0) return { row, cells, parsed: null, problems };
  return { row, cells, parsed: { row, values, fingerprint: fingerprintOf(values) }, problems };
}

async function firstRows(table: TableIn, sheet: string | null): Promise<RawRow[]> {
  const seen: RawRow[] = [];
  for await (const rows of table.rows(sheet)) {
    seen.push(...rows);
    if (seen.length > HEADER_WITHIN) break;
  }
  return seen.slice(0, HEADER_WITHIN + 1);
}

function headerMissing(header: FoundHeader | null, seen: readonly RawRow[], specs: readonly ColumnSpec[]): Refused {
  const legacy = new LegacyCount();
  for (const { cells } of seen) for (const cell of cells) if (typeof cell === 'string') legacy.add(cell);
  const encoding = legacy.verdict();
  if (encoding) return legacyRefusal(encoding);
  const expected = specs.filter(({ required }) => required).map((spec) => spec.header);
  if (header) {
    const found = header.columns.map((column) => column.header).join(', ');
    const missing = header.missing.map((spec) => `“${spec.header}”`).join(', ');
    return new Refused('imports.header_missing', `Thiếu cột ${missing}. Dòng tiêu đề tìm thấy có: ${found}.`, 'file');
  }
  const first = seen[0]?.cells.filter((cell): cell is string => typeof cell === 'string') ?? [];
  const says = first.length > 0 ? ` Dòng đầu tiên là: ${first.join(' | ').slice(0, 200)}.` : ' Tệp không có dòng nào.';
  return new Refused(
    'imports.header_missing',
    `Không tìm thấy dòng tiêu đề với các cột: ${expected.join(', ')}.${says}`,
    'file',
  );
}

function twice({ twice: headers }: FoundHeader): Refused {
  const names = headers.map((header) => `“${header}”`).join(', ');
  return new Refused('imports.header_twice', `Tiêu đề ${names} có ở nhiều cột; hãy chỉ để lại một.`, 'file');
}

function legacyRefusal(encoding: 'TCVN3' | 'VNI'): Refused {
  return new Refused('imports.legacy_encoding', legacyMessage(encoding), 'file');
}
