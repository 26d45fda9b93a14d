import { fold, tidy } from '@lib/kernel';
import type { Id, LineInput, RecipientInput } from '../contract.js';
import { searchUnits } from '../units/units.api.js';

export type LineKind = 'person' | 'unit' | 'office' | 'collective' | 'household';

/** One row of the table of named recipients, as typed. */
export interface LineDraft {
  key: string;
  kind: LineKind;
  name: string;
  /** Set when the name was chosen from the people already known. */
  person: Id | null;
  birthYear: number | null;
  unit: string | null;
  /** What was pasted as the unit and has not been recognised. */
  unitText: string;
  office: string | null;
  registerNumber: string;
}

let made = 0;
export function newLine(change: Partial<LineDraft> = {}): LineDraft {
  made += 1;
  return {
    key: `l${made}`,
    kind: 'person',
    name: '',
    person: null,
    birthYear: null,
    unit: null,
    unitText: '',
    office: null,
    registerNumber: '',
    ...change,
  };
}

export function isBlank(line: LineDraft): boolean {
  return (
    !line.name.trim() && !line.office && !(line.kind === 'unit' && line.unit) && !line.registerNumber && !line.birthYear
  );
}

const HEADINGS = new Set(['ho ten', 'ho va ten', 'ten', 'ten tap the ca nhan', 'ho va ten ten tap the', 'stt', 'tt']);

/**
 * Rows copied from a spreadsheet: name, birth year, unit, register number. A leading column of running numbers and a
 * row of headings are left out; a full birth date gives its year.
 */
export function readPasted(text: string): LineDraft[] {
  let rows = text
    .split(/\r?\n/)
    .map((row) => row.split('\t').map(tidy))
    .filter((row) => row.some(Boolean));
  const [head] = rows;
  if (head && HEADINGS.has(fold(head[0] ?? ''))) rows = rows.slice(1);
  const isNumbered =
    rows.length > 0 &&
    rows.every((row) => row.length > 1 && /^\d+\.?$/.test(row[0] ?? '') && !/^\d+$/.test(row[1] ?? ''));
  if (isNumbered) rows = rows.map((row) => row.slice(1));
  return rows.map(([name = '', born = '', unitText = '', registerNumber = '']) =>
    newLine({ name, birthYear: Number(/\d{4}/.exec(born)?.[0] ?? 0) || null, unitText, registerNumber }),
  );
}

/** Finds the unit of each pasted row by its code or its exact name, accents or not; what is not certain stays text. */
export async function recogniseUnits(lines: readonly LineDraft[]): Promise<LineDraft[]> {
  const texts = [...new Set(lines.filter((line) => line.unitText && !line.unit).map((line) => line.unitText))];
  const known = new Map<string, string>();
  for (const text of texts) {
    const found = await searchUnits(text, null, 10).catch(() => []);
    const exact = found.filter((unit) => fold(unit.code) === fold(text) || fold(unit.name) === fold(text));
    if (exact.length === 1 && exact[0]) known.set(text, exact[0].code);
  }
  return lines.map((line) => {
    const unit = known.get(line.unitText);
    return unit && !line.unit ? { ...line, unit, unitText: '' } : line;
  });
}

export type LineErrors = Record<string, { name?: string; unit?: string; registerNumber?: string }>;

/** What is missing in the rows before they are sent, by row key. */
export function missingIn(lines: readonly LineDraft[]): LineErrors {
  const errors: LineErrors = {};
  for (const line of lines) {
    if (line.unitText && !line.unit) errors[line.key] = { unit: `Chưa nhận ra “${line.unitText}”. Mời chọn đơn vị.` };
    else if (line.kind === 'unit' && !line.unit) errors[line.key] = { name: 'Mời chọn tập thể.' };
    else if (line.kind === 'office' && !line.office)
      errors[line.key] = { name: 'Mời chọn đơn vị rồi chọn văn phòng, ban.' };
    else if (line.registerNumber.trim() && !/^[1-9]\d{0,8}$/.test(line.registerNumber.trim()))
      errors[line.key] = { registerNumber: 'Số sổ vàng chỉ gồm chữ số.' };
    else if (line.kind !== 'unit' && line.kind !== 'office' && line.name.trim().length < 2)
      errors[line.key] = { name: 'Mời nhập tên.' };
  }
  return errors;
}

function recipientOf(line: LineDraft): RecipientInput {
  if (line.kind === 'unit') return { unit: line.unit ?? '' };
  if (line.kind === 'office') return { office: line.office ?? '' };
  if (line.kind === 'collective') return { collective: tidy(line.name) };
  if (line.kind === 'household') return { household: tidy(line.name) };
  if (line.person !== null) return { person: line.person };
  return { personName: tidy(line.name), ...(line.birthYear ? { birthYear: line.birthYear } : {}) };
}

/** `auto`: the next golden-book number of the series where the clerk gave none. */
export function inputOf(line: LineDraft, auto: boolean): LineInput {
  const number = tidy(line.registerNumber) || (auto ? 'auto' : '');
  return {
    recipient: recipientOf(line),
    ...(line.unit && line.kind !== 'unit' ? { unit: line.unit } : {}),
    ...(number ? { registerNumber: number } : {}),
  };
}

/** Sentences about `lines[3].unit` go to the cell of that row; gives back those that are about no row. */
export function lineErrorsOf(
  details: readonly { field: string | null; message: string }[],
  sent: readonly LineDraft[],
): LineErrors {
  const errors: LineErrors = {};
  for (const { field, message } of details) {
    const match = /^lines(?:\[|\.)(\d+)\]?\.?(.*)$/.exec(field ?? '');
    const row = match ? sent[Number(match[1])] : undefined;
    if (!match || !row) continue;
    const cell = match[2] === 'unit' ? 'unit' : match[2] === 'registerNumber' ? 'registerNumber' : 'name';
    errors[row.key] = { ...errors[row.key], [cell]: message };
  }
  return errors;
}
