import { fold } from '@lib/kernel';
import type { ColumnSpec } from '../import-kind.js';
import { printCell, type RawRow } from './raw-cell.js';

/** The header stands somewhere in the first lines, below the names of the bodies and the title. */
export const HEADER_WITHIN = 40;

export interface FoundColumn {
  readonly spec: ColumnSpec;
  /** As it stands in the file. */
  readonly header: string;
  /** From 0. */
  readonly index: number;
}

export interface FoundHeader {
  /** Numbers of its first and last line in the sheet. */
  readonly lines: readonly [number, number];
  readonly columns: readonly FoundColumn[];
  readonly missing: readonly ColumnSpec[];
  /** Headers that name the same column twice. */
  readonly twice: readonly string[];
  /** Texts of the header that mean no column: they are not read. */
  readonly unknown: readonly string[];
}

/** The line, or two neighbouring lines (merged cells above), that name most columns. Null where none names any. */
export function findHeader(rows: readonly RawRow[], specs: readonly ColumnSpec[]): FoundHeader | null {
  const words = wordsOf(specs);
  const head = rows.slice(0, HEADER_WITHIN);
  let best: FoundHeader | null = null;
  // Two lines only where they name more columns than one of them alone.
  const worth = (found: FoundHeader): number => found.columns.length * 2 - (found.lines[0] === found.lines[1] ? 0 : 1);
  head.forEach((row, place) => {
    const next = head[place + 1];
    const one = match([row.row, row.row], textsOf(row), specs, words);
    const two = next && next.row <= row.row + 2 ? match([row.row, next.row], joined(row, next), specs, words) : null;
    for (const found of [one, two]) if (found && (!best || worth(found) > worth(best))) best = found;
  });
  return best;
}

/** All that may stand over a column: its header first. */
function wordsOf(specs: readonly ColumnSpec[]): Map<string, { spec: ColumnSpec; rank: number }> {
  const words = new Map<string, { spec: ColumnSpec; rank: number }>();
  for (const spec of specs)
    [spec.header, ...spec.synonyms].forEach((text, rank) => {
      const word = fold(text);
      if (!words.has(word)) words.set(word, { spec, rank });
    });
  return words;
}

function textsOf({ cells }: RawRow): string[][] {
  return cells.map((cell) => (typeof cell === 'string' ? [cell] : []));
}

/** Of a column in two lines: below, above, and both together; a merged cell above counts for all columns below it. */
function joined(above: RawRow, below: RawRow): string[][] {
  let carried = '';
  return Array.from({ length: Math.max(above.cells.length, below.cells.length) }, (_, index) => {
    const own = above.cells[index];
    const under = below.cells[index];
    if (typeof own === 'string') carried = own;
    if (typeof under !== 'string') return typeof own === 'string' ? [own] : [];
    return [`${carried} ${under}`, under, ...(typeof own === 'string' ? [own] : [])];
  });
}

function match(
  lines: readonly [number, number],
  texts: readonly (readonly string[])[],
  specs: readonly ColumnSpec[],
  words: ReadonlyMap<string, { spec: ColumnSpec; rank: number }>,
): FoundHeader | null {
  const found = new Map<string, { column: FoundColumn; rank: number }>();
  const twice: string[] = [];
  const unknown: string[] = [];
  texts.forEach((candidates, index) => {
    const hit = candidates
      .flatMap((header) =>
        [header, header.replace(/\([^)]*\)/g, ' ')].map((text) => ({ header, word: words.get(fold(text)) })),
      )
      .find(({ word }) => word);
    if (!hit?.word) {
      if (candidates[0]) unknown.push(candidates[0]);
      return;
    }
    const { spec, rank } = hit.word;
    const column = { spec, header: hit.header, index };
    const before = found.get(spec.name);
    if (before && before.rank === rank) twice.push(hit.header);
    if (before && before.rank <= rank) return;
    found.set(spec.name, { column, rank });
  });
  if (found.size === 0) return null;
  const columns = [...found.values()].map(({ column }) => column).sort((a, b) => a.index - b.index);
  return { lines, columns, missing: specs.filter((spec) => spec.required && !found.has(spec.name)), twice, unknown };
}

/** `(1) (2) (3)` or `A B 1 2` below a header: numbers of the columns. */
export function numbersColumns({ cells }: RawRow): boolean {
  const texts = cells.filter((cell) => cell !== null).map((cell) => printCell(cell));
  if (texts.length < 2 || !texts.every((text) => /^\(?(\d{1,2}|[A-Z])\)?$/.test(text))) return false;
  const numbers = texts.map((text) => Number(text.replace(/[()]/g, ''))).filter((number) => !Number.isNaN(number));
  return numbers.every((number, place) => place === 0 || number === (numbers[place - 1] ?? 0) + 1);
}

/** With its accents: `Tống` and `Công` are names of people. */
const TOTALS = /^(tổng( cộng| số)?|cộng|tong cong|tong so)(?!\p{L})/iu;
const SIGNATURE =
  /^(nguoi lap|lap bieu|nguoi ghi|thu truong|chu tich|pho chu tich|tm |kt |ky ten|noi nhan|ngay \d|.* ngay \d+ thang \d+|.* ngay thang nam|xac nhan)/;
const GROUP = /^([ivx]+|[a-d])( |$)/;

/** Lines below the header that are no rows of the list, and what they are called in the note. */
export function notARow(cells: readonly unknown[], required: number): 'totals' | 'signature' | 'group' | null {
  const texts = cells.filter((cell) => cell !== null && cell !== undefined && cell !== '');
  const [written] = texts.filter((cell): cell is string => typeof cell === 'string');
  if (written === undefined) return null;
  if (TOTALS.test(written) && texts.length <= Math.max(2, required + 1)) return 'totals';
  if (texts.length > 2) return null;
  const first = fold(written);
  if (SIGNATURE.test(first)) return 'signature';
  return texts.length === 1 && GROUP.test(first) && /^[IVXABCD]+[.)\s]/.test(String(texts[0])) ? 'group' : null;
}
