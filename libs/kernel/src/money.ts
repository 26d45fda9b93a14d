import { tidy } from './fold.js';
import { printNumber, type Qualified, type Qualifier } from './qualified.js';

/** Words before a sum, as officers write them. */
const QUALIFIER_WORDS: readonly (readonly [RegExp, Qualifier])[] = [
  [/^(hon|tren) /, 'OVER'],
  [/^gan /, 'NEARLY'],
  [/^it nhat /, 'AT_LEAST'],
  [/^(khoang|chung) /, 'ABOUT'],
];

/** Names of the places of a sum, accents apart; `tỉ` and `tỷ` are one. */
const UNITS: Readonly<Record<string, number>> = { ty: 9, ti: 9, trieu: 6, tr: 6, nghin: 3, ngan: 3 };

const PART = /^(\d+(?:\.\d{3})*|\d+)(?:,(\d+))?(?: ?(ty|ti|trieu|tr|nghin|ngan))?(?: |$)/;
const CURRENCY = / ?(dong|d|vnd)$/;

/**
 * Money as officers write it: "1,5 tỷ", "250 triệu", "1 tỷ 500 triệu", "1.400.000.000 đồng", "gần 1,4 tỷ". The comma is decimal.
 * Null for what is none of these, and for what is no whole number of đồng.
 */
export function readMoney(text: string): Qualified | null {
  let rest = plain(text);
  const said = QUALIFIER_WORDS.find(([word]) => word.test(rest));
  if (said) rest = rest.replace(said[0], '');
  rest = rest.replace(CURRENCY, '');
  let value = 0n;
  for (let above = Infinity; rest !== '';) {
    const found = PART.exec(rest);
    if (!found) return null;
    const [whole, digits = '', decimals = '', unit] = found;
    const power = unit ? (UNITS[unit] ?? 0) : 0;
    // Each part is smaller than the one before it: "500 triệu 1 tỷ" is a slip.
    if (power >= above || decimals.length > power) return null;
    value += BigInt(digits.replaceAll('.', '') + decimals.padEnd(power, '0'));
    above = power;
    rest = rest.slice(whole.length);
    if (rest === '' && whole.endsWith(' ')) return null;
  }
  if (value > BigInt(Number.MAX_SAFE_INTEGER) || !/\d/.test(text)) return null;
  return { value: Number(value), qualifier: said?.[1] ?? 'EXACT' };
}

/** Small letters without accents; commas, points and signs stay. */
function plain(text: string): string {
  return tidy(text).toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd');
}

/** `1,5 tỷ đồng`, `250 triệu đồng`, `2.230.000 đồng`: in the largest place that loses nothing with three decimals. */
export function printMoney(value: number): string {
  const place = [
    { size: 1e9, name: ' tỷ' },
    { size: 1e6, name: ' triệu' },
  ].find(({ size }) => value >= size && value % (size / 1000) === 0);
  if (!place) return `${printNumber(value)} đồng`;
  return `${new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 3 }).format(value / place.size)}${place.name} đồng`;
}
