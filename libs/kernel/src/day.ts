/**
 * Days are calendar days of Asia/Ho_Chi_Minh, written `YYYY-MM-DD`; they compare as strings.
 * A fact happened within an interval of days; a day and a month are short intervals.
 */
export type Day = string;

export interface Interval {
  readonly from: Day;
  readonly to: Day;
}

const PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Days that a register can mean. Beyond them lie slips of the pen, and days whose neighbours have no such name. */
const FIRST_DAY: Day = '1900-01-01';
const LAST_DAY: Day = '2199-12-31';

/** True for a day that exists in the calendar: `2024-02-30` does not. */
export function isDay(value: unknown): value is Day {
  if (typeof value !== 'string' || !PATTERN.test(value)) return false;
  const at = new Date(`${value}T00:00:00Z`);
  return (
    !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === value && value >= FIRST_DAY && value <= LAST_DAY
  );
}

const vietnam = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Ho_Chi_Minh',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The Vietnamese calendar day of an instant; 17:00 UTC is already the next day. */
export function dayOf(instant: Date): Day {
  return vietnam.format(instant);
}

/** The day `count` days later (earlier when negative). */
export function addDays(day: Day, count: number): Day {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + count);
  return at.toISOString().slice(0, 10);
}

export function firstOfMonth(day: Day): Day {
  return `${day.slice(0, 7)}-01`;
}

export function lastOfMonth(day: Day): Day {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7));
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

export function contains(outer: Interval, inner: Interval): boolean {
  return outer.from <= inner.from && inner.to <= outer.to;
}

export function overlaps(a: Interval, b: Interval): boolean {
  return a.from <= b.to && b.from <= a.to;
}

/** `06/12/2023`, as officers write it. */
export function printDay(day: Day): string {
  const [, year, month, date] = PATTERN.exec(day) ?? [];
  return `${date}/${month}/${year}`;
}

/** `06/12/2023`, `tháng 5/2020`, `năm 2023` or `01/01/2020 – 31/07/2020`: the shortest true name of an interval. */
export function printInterval({ from, to }: Interval): string {
  if (from === to) return printDay(from);
  if (from === firstOfMonth(from) && to === lastOfMonth(from))
    return `tháng ${Number(from.slice(5, 7))}/${from.slice(0, 4)}`;
  if (from.endsWith('-01-01') && to === `${from.slice(0, 4)}-12-31`) return `năm ${from.slice(0, 4)}`;
  return `${printDay(from)} – ${printDay(to)}`;
}
