import { addDays, isDay, Refused, tidy, type Day } from '@lib/kernel';
import { readWhole } from './xml.js';
import type { ZipIn } from './zip.js';

export interface SheetPart {
  readonly name: string;
  readonly hidden: boolean;
  readonly member: string;
}

export interface WorkbookParts {
  readonly sheets: readonly SheetPart[];
  /** Days are counted from 1904: workbooks that began on a Mac. */
  readonly from1904: boolean;
  readonly strings: readonly string[];
  /** True at the number of each cell style that shows a date. */
  readonly dateStyles: readonly boolean[];
}

/** Characters of all shared texts together. */
const MOST_TEXT = 60_000_000;

/** @throws Refused `imports.not_workbook`, `imports.macros`, `imports.too_much_text` */
export async function readParts(zip: ZipIn): Promise<WorkbookParts> {
  const targets = new Map<string, string>();
  await readWhole(zip.text('xl/_rels/workbook.xml.rels'), {
    open: (name, { Id = '', Target = '' }) => {
      if (name === 'Relationship') targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`);
    },
  });
  const sheets: SheetPart[] = [];
  let from1904 = false;
  await readWhole(zip.text('xl/workbook.xml'), {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key))?.[1] ?? '';
      const member = targets.get(id);
      if (member && zip.has(member) && member.includes('worksheets/'))
        sheets.push({
          name: attributes['name'] ?? '',
          hidden: (attributes['state'] ?? 'visible') !== 'visible',
          member,
        });
    },
  });
  if (sheets.length === 0)
    throw new Refused(
      'imports.not_workbook',
      'Tệp này không phải bảng tính Excel, hoặc không có trang tính nào.',
      'file',
    );
  return { sheets, from1904, strings: await readStrings(zip), dateStyles: await readDateStyles(zip) };
}

async function readStrings(zip: ZipIn): Promise<string[]> {
  const strings: string[] = [];
  let [text, inText, phonetic, total] = ['', false, false, 0];
  await readWhole(zip.text('xl/sharedStrings.xml'), {
    open: (name) => {
      if (name === 'si') text = '';
      if (name === 't') inText = true;
      if (name === 'rPh') phonetic = true;
    },
    text: (piece) => {
      if (inText && !phonetic) text += piece;
    },
    close: (name) => {
      if (name === 't') inText = false;
      if (name === 'rPh') phonetic = false;
      if (name !== 'si') return;
      total += text.length;
      if (total > MOST_TEXT)
        throw new Refused('imports.too_much_text', 'Tệp có quá nhiều chữ so với một danh sách; không đọc.', 'file');
      strings.push(tidy(text));
    },
  });
  return strings;
}

/** Numbers of the built-in formats that show days. */
const BUILT_IN_DATES = [14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 57, 58];

async function readDateStyles(zip: ZipIn): Promise<boolean[]> {
  const dates = new Set(BUILT_IN_DATES);
  const styles: boolean[] = [];
  let inCells = false;
  await readWhole(zip.text('xl/styles.xml'), {
    open: (name, attributes) => {
      if (name === 'numFmt' && showsDay(attributes['formatCode'] ?? '')) dates.add(Number(attributes['numFmtId']));
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) styles.push(dates.has(Number(attributes['numFmtId'] ?? 0)));
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return styles;
}

/** Letters of days or years, outside of quoted text, colours and conditions. */
function showsDay(format: string): boolean {
  const bare = format.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '');
  return /[dy]/i.test(bare) || (/m/i.test(bare) && !/[hs]/i.test(bare));
}

/** The day of a serial number; null outside of what a register can mean. Excel's 1900 counts a 29 February that never was. */
export function dayOfSerial(serial: number, from1904: boolean): Day | null {
  const whole = Math.floor(serial);
  if (whole < 1 || whole > 110_000) return null;
  const day = from1904 ? addDays('1904-01-01', whole) : addDays('1899-12-30', whole < 60 ? whole + 1 : whole);
  return isDay(day) ? day : null;
}
