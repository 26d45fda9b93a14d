import { fold, isDay, lastOfMonth, type Interval } from '@lib/kernel';
import { dayOfSerial } from './workbook-parts.js';

export type Precision = 'DAY' | 'MONTH' | 'YEAR';

export interface ReadDate extends Interval {
  readonly precision: Precision;
}

/**
 * A date as officers write it: `6/12/2023`, `06-12-2023`, `2023-12-06`, `ngày 6 tháng 12 năm 2023`, `05/2020`,
 * `tháng 5/2020`, `2020`. The day comes first, the year has four digits. Null for anything else.
 */
export function readDate(text: string): ReadDate | null {
  const plain = fold(text)
    .replace(/\b(ngay|thang|nam|sn)\b/g, ' ')
    .trim()
    .split(/\s+/);
  if (!plain.every((part) => /^\d+$/.test(part))) return null;
  const [a = '', b = '', c = ''] = plain;
  if (plain.length === 3) {
    if (a.length === 4) return day(a, b, c);
    return c.length === 4 ? day(c, b, a) : null;
  }
  if (plain.length === 2) return a.length === 4 ? month(a, b) : b.length === 4 ? month(b, a) : null;
  return plain.length === 1 && a.length === 4 ? year(a) : null;
}

/** A number in a cell of days: a year, or a serial number that nobody formatted as a date. */
export function dateOfNumber(value: number): ReadDate | null {
  if (Number.isInteger(value) && value >= 1900 && value <= 2199) return year(String(value));
  const found = value >= 10_000 ? dayOfSerial(value, false) : null;
  return found ? { from: found, to: found, precision: 'DAY' } : null;
}

function day(y: string, m: string, d: string): ReadDate | null {
  const text = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
  return isDay(text) ? { from: text, to: text, precision: 'DAY' } : null;
}

function month(y: string, m: string): ReadDate | null {
  const from = `${y}-${m.padStart(2, '0')}-01`;
  return isDay(from) ? { from, to: lastOfMonth(from), precision: 'MONTH' } : null;
}

function year(y: string): ReadDate | null {
  const from = `${y}-01-01`;
  return isDay(from) ? { from, to: `${y}-12-31`, precision: 'YEAR' } : null;
}
