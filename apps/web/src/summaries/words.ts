import { printNumber, printQualified, type Qualified } from '@lib/kernel';
import type { Lens, Summary } from './summary.contract.js';

export const OUTCOMES = { EXCEEDED: 'vượt', MET: 'đạt', NOT_MET: 'chưa đạt' } as const;

const percents = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 });

/** `58,3%` */
export function printPercent(value: number): string {
  return `${percents.format(value)}%`;
}

/** `gần 1.400.000.000` */
export function printMoney(money: Qualified): string {
  return printQualified(money);
}

/** `14/24 (58,3%)`; a denominator that nobody knows is said. */
export function printCoverage(deployed: number, expected: number | null, percent: number | null): string {
  if (expected === null) return `${printNumber(deployed)}/? (chưa rõ mẫu số)`;
  return `${printNumber(deployed)}/${printNumber(expected)}${percent === null ? '' : ` (${printPercent(percent)})`}`;
}

/** Through which eyes the past is seen. */
export const LENS_WORDS = {
  'as-was': 'theo tổ chức tại thời điểm',
  'as-is': 'quy về tổ chức hiện nay',
} as const satisfies Record<Lens, string>;

/** A unit that has ended, where what it left stands today. */
export const CARRIED_WORDS = {
  MERGED: 'đơn vị đã sáp nhập',
  DISSOLVED: 'đơn vị đã giải thể',
  UNALLOCATED: 'chưa phân bổ',
} as const satisfies Record<NonNullable<Summary['carried']>, string>;
