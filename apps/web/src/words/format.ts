import {
  addDays,
  isDay,
  printDay,
  printInterval,
  printNumber,
  printQualified,
  type Day,
  type Interval,
  type Qualified,
} from '@lib/kernel';

export { printDay, printInterval, printNumber };

/** A count as the API gives it: a bare number is exact, null is unknown. */
export type CountLike = number | Qualified | null | undefined;

export const NO_FIGURE = 'chưa có số liệu';

export function isKnown(count: CountLike): count is number | Qualified {
  return count !== null && count !== undefined;
}

export function valueOf(count: CountLike): number {
  return isKnown(count) ? (typeof count === 'number' ? count : count.value) : 0;
}

/** `hơn 24.000`, `3.958`, or "chưa có số liệu": an unknown figure is never printed as 0. */
export function printCount(count: CountLike, unknown: string = NO_FIGURE): string {
  if (!isKnown(count)) return unknown;
  return typeof count === 'number' ? printNumber(count) : printQualified(count);
}

/** A day or an instant of the API as `06/12/2023`; nothing for nothing. */
export function printAnyDay(value: string | null | undefined, none = '—'): string {
  if (!value) return none;
  const day = value.length > 10 ? dayOfInstant(value) : value;
  return isDay(day) ? printDay(day) : value;
}

const vietnam = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Ho_Chi_Minh',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const clock = new Intl.DateTimeFormat('vi-VN', {
  timeZone: 'Asia/Ho_Chi_Minh',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});

export function dayOfInstant(instant: string): Day {
  return vietnam.format(new Date(instant));
}

/** `06/12/2023 14:05`, the hour of Vietnam. */
export function printInstant(instant: string): string {
  return instant.length > 10
    ? `${printDay(dayOfInstant(instant))} ${clock.format(new Date(instant))}`
    : printAnyDay(instant);
}

export function today(): Day {
  return vietnam.format(new Date());
}

/**
 * "từ 01/07/2025 đến nay", "từ đầu (chưa rõ ngày) đến hết 30/06/2025": validity whose beginning or end may be unknown.
 * `to` is the first day after, as the API gives it.
 */
export function printValidity(from: Day | null, to: Day | null): string {
  const start = from ? `từ ${printDay(from)}` : 'từ đầu (chưa rõ ngày)';
  return to ? `${start} đến hết ${printDay(addDays(to, -1))}` : `${start} đến nay`;
}

export function printWhen(when: Interval | null): string {
  return when ? printInterval(when) : '—';
}

/** `1,2 MB`: size of a file for a person. */
export function printSize(bytes: number): string {
  if (bytes < 1024 * 1024) return `${printNumber(Math.max(1, Math.round(bytes / 1024)))} kB`;
  return `${new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 }).format(bytes / 1024 / 1024)} MB`;
}

/** Codes of units and offices are written in capitals; small letters typed become that. */
export function upperCase(text: unknown): unknown {
  return typeof text === 'string' ? text.toUpperCase() : text;
}

/** For the beginning of a sentence or a heading. */
export function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
