import { createHash } from 'node:crypto';
import { fold, readMoney } from '@lib/kernel';
import type { ColumnSpec, ParsedValue, RowProblem } from '../import-kind.js';
import { dateOfNumber, readDate, type ReadDate } from './dates.rules.js';
import { legacyEncodingOf, legacyMessage } from './legacy.rules.js';
import { printCell, type RawCell } from './raw-cell.js';

type Read = { readonly value: ParsedValue } | { readonly code: string; readonly message: string };

const LONGEST = 300;
const MOST_REMEMBERED = 2_000;
const YES = ['x', 'co', '1', 'true', 'dung', 'yes'];
const NO = ['khong', '0', 'false', 'no'];

/** Reads cells of one column. Choices are looked up by value, by label, and as the drop-down writes them. */
export function cellReader(spec: ColumnSpec): (cell: RawCell) => Read {
  const choices = new Map<string, string>();
  for (const { value, label } of spec.choices ?? [])
    for (const text of [value, label, `${value} – ${label}`]) choices.set(fold(text), value);
  // The same few words stand in a column a hundred thousand times.
  const seen = new Map<string, Read>();
  const read = (cell: RawCell): Read => {
    if (cell === null) return spec.required ? missing(spec) : { value: null };
    if (typeof cell === 'object' && 'formula' in cell)
      return wrong('formula', 'Ô có công thức: hãy dán giá trị (sao chép, rồi “Dán đặc biệt › Giá trị”).');
    if (typeof cell === 'object' && 'error' in cell) return wrong('cell_error', `Ô báo lỗi ${cell.error}.`);
    const found = readCell(spec, cell, choices);
    return 'value' in found && (found.value === null || found.value === '') && spec.required ? missing(spec) : found;
  };
  return (cell) => {
    if (typeof cell !== 'string') return read(cell);
    const known = seen.get(cell);
    if (known) return known;
    const found = read(cell);
    if (seen.size < MOST_REMEMBERED) seen.set(cell, found);
    return found;
  };
}

/** The problem of a column, as it is kept and shown. */
export function problemOf(spec: ColumnSpec, { code, message }: { code: string; message: string }): RowProblem {
  return { column: spec.name, code: `imports.${code}`, message };
}

/** The same line again has the same. */
export function fingerprintOf(values: Readonly<Record<string, ParsedValue>>): string {
  return createHash('sha1').update(JSON.stringify(values)).digest('base64');
}

function readCell(spec: ColumnSpec, cell: Exclude<RawCell, null>, choices: ReadonlyMap<string, string>): Read {
  switch (spec.type) {
    case 'TEXT':
      return text(spec, printCell(cell));
    case 'CODE':
      return text(spec, printCell(cell).split(/\s+[–—-]\s+/)[0] ?? '');
    case 'CHOICE':
      return choice(spec, printCell(cell), choices);
    case 'MARK':
      return mark(cell);
    case 'YEAR':
      return year(cell);
    case 'DAY':
      return day(spec, cell);
    case 'INTEGER':
      return integer(spec, cell);
    case 'MONEY':
      return money(cell);
  }
}

/** What is read has been tidied by the reader of the file. */
function text(spec: ColumnSpec, value: string): Read {
  if (value.length > (spec.longest ?? LONGEST))
    return wrong('too_long', `Không quá ${spec.longest ?? LONGEST} ký tự (ô có ${value.length}).`);
  const legacy = legacyEncodingOf(value);
  if (legacy) return wrong('legacy_encoding', legacyMessage(legacy).replace('Chữ trong tệp', 'Chữ trong ô'));
  return { value: value === '' ? null : value };
}

function choice(spec: ColumnSpec, given: string, choices: ReadonlyMap<string, string>): Read {
  const found = choices.get(fold(given));
  if (found !== undefined) return { value: found };
  const shown = (spec.choices ?? []).slice(0, 12).map(({ label }) => label);
  const more = (spec.choices ?? []).length > shown.length ? '…' : '';
  return wrong('not_a_choice', `“${given}” không có trong danh mục: ${shown.join(', ')}${more}.`);
}

function mark(cell: Exclude<RawCell, null>): Read {
  if (typeof cell === 'boolean') return { value: cell };
  const word = fold(printCell(cell));
  if (YES.includes(word)) return { value: true };
  if (NO.includes(word)) return { value: false };
  return wrong('not_a_mark', 'Chỉ ghi “x” hoặc để trống.');
}

function year(cell: Exclude<RawCell, null>): Read {
  const found = dateOf(cell);
  if (found) return { value: Number(found.from.slice(0, 4)) };
  return wrong('not_a_year', `“${printCell(cell)}” không phải một năm: ghi đủ bốn chữ số, ví dụ 1985.`);
}

function day(spec: ColumnSpec, cell: Exclude<RawCell, null>): Read {
  const found = dateOf(cell);
  const [shape, example] = spec.coarsest ? ['ngày, tháng hoặc năm', '6/12/2023 hoặc 05/2020'] : ['ngày', '6/12/2023'];
  if (!found)
    return wrong('not_a_day', `“${printCell(cell)}” không phải ${shape}: ghi ngày trước tháng, ví dụ ${example}.`);
  const enough = found.precision === 'DAY' || spec.coarsest === 'YEAR' || spec.coarsest === found.precision;
  if (!enough)
    return wrong('too_coarse', `“${printCell(cell)}” chưa đủ ${spec.coarsest ? 'tháng' : 'ngày'}: ví dụ ${example}.`);
  return { value: spec.coarsest ? { from: found.from, to: found.to } : found.from };
}

function dateOf(cell: Exclude<RawCell, null>): ReadDate | null {
  if (typeof cell === 'object') return 'day' in cell ? { from: cell.day, to: cell.day, precision: 'DAY' } : null;
  if (typeof cell === 'number') return dateOfNumber(cell);
  return typeof cell === 'string' ? readDate(cell) : null;
}

function integer(spec: ColumnSpec, cell: Exclude<RawCell, null>): Read {
  if (typeof cell === 'number') {
    if (!Number.isSafeInteger(cell) || cell < 0)
      return wrong('not_an_integer', `“${printCell(cell)}” không phải số nguyên không âm.`);
    return { value: spec.qualified ? { value: cell, qualifier: 'EXACT' } : cell };
  }
  const said = typeof cell === 'string' && !/đ|dong|vnd/iu.test(cell) ? readMoney(cell) : null;
  if (!said) return wrong('not_an_integer', `“${printCell(cell)}” không phải số nguyên: ví dụ 1.067.`);
  if (spec.qualified) return { value: said };
  if (said.qualifier !== 'EXACT')
    return wrong('not_exact', `Cột này cần số chính xác, không nhận “${printCell(cell)}”.`);
  return { value: said.value };
}

function money(cell: Exclude<RawCell, null>): Read {
  if (typeof cell === 'number') {
    if (Number.isSafeInteger(cell) && cell >= 0) return { value: { value: cell, qualifier: 'EXACT' } };
    return wrong('not_money', `“${printCell(cell)}” không phải số tiền chẵn đồng.`);
  }
  const said = typeof cell === 'string' ? readMoney(cell) : null;
  return said
    ? { value: said }
    : wrong('not_money', `“${printCell(cell)}” không phải số tiền: ví dụ 2.400.000 đ hoặc 1,5 tỷ.`);
}

function missing({ header }: ColumnSpec): Read {
  return wrong('missing_value', `Thiếu “${header}”.`);
}

function wrong(code: string, message: string): Read {
  return { code, message };
}
