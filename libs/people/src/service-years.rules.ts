import { addDays, printDay, type Day } from '@lib/kernel';
import type { ServiceRuleView } from '@lib/rulebook';
import type { Capacity } from './people.dto.js';

/** Union work in one capacity; `to` is the first day after, null while it lasts. */
export interface ServedPeriod {
  readonly capacity: Capacity;
  readonly from: Day;
  readonly to: Day | null;
}

/** One stretch as it counts. */
export interface CountedStretch {
  readonly capacity: Capacity;
  readonly from: Day;
  /** First day after. */
  readonly to: Day;
  readonly months: number;
  readonly days: number;
  /** 1, 1.5 or 2. */
  readonly coefficient: number;
  /** "01/01/2005 – 31/12/2010, không chuyên trách: 6 năm × 1,5 = 9 năm". */
  readonly words: string;
}

/** Years of service by one rule, with the way to them. */
export interface ServiceYears {
  readonly rule: ServiceRuleView;
  readonly on: Day;
  /** Weighted, whole months. */
  readonly months: number;
  readonly requiredMonths: number;
  readonly reached: boolean;
  readonly missingMonths: number;
  /** About when, if what lasts today goes on; null where nothing does, or it is reached. */
  readonly expectedOn: Day | null;
  readonly stretches: readonly CountedStretch[];
  readonly summary: string;
  readonly warnings: readonly string[];
}

const WORDS: Record<Capacity, string> = {
  FULL_TIME: 'chuyên trách',
  PART_TIME: 'không chuyên trách',
  PART_TIME_NON_STATE: 'không chuyên trách, doanh nghiệp ngoài nhà nước',
};
/** Days that make a month where stretches are added up. */
const MONTH_DAYS = 30;

/**
 * Adds up periods, continuous or cumulated, until the end of `on`, each with the coefficient of its capacity. Time that two
 * periods share counts once, with the higher coefficient; the rule's text does not say, so this is told as a warning.
 */
export function serviceYears(periods: readonly ServedPeriod[], rule: ServiceRuleView, on: Day): ServiceYears {
  const end = addDays(on, 1);
  const within = periods
    .map(({ capacity, from, to }) => ({
      capacity,
      from,
      to: to !== null && to < end ? to : end,
      open: to === null || to > end,
    }))
    .filter(({ from, to }) => from < to);
  const stretches = joined(cut(within, rule)).map(({ capacity, from, to }) => stretchOf(capacity, from, to, rule));
  let halfMonths = stretches.reduce((sum, { months, coefficient }) => sum + months * coefficient * 2, 0);
  const halfDays = stretches.reduce((sum, { days, coefficient }) => sum + days * coefficient * 2, 0);
  halfMonths += Math.floor(halfDays / MONTH_DAYS);
  const months = Math.floor(halfMonths / 2);
  const missingMonths = Math.max(0, rule.requiredMonths - months);
  const running = within.filter(({ open }) => open).map(({ capacity }) => halvesOf(capacity, rule));
  const fastest = running.length > 0 ? Math.max(...running) : null;
  const reached = missingMonths === 0;
  return {
    rule,
    on,
    months,
    requiredMonths: rule.requiredMonths,
    reached,
    missingMonths,
    expectedOn: reached || fastest === null ? null : monthsLater(end, Math.ceil((missingMonths * 2) / fastest)),
    stretches,
    summary: `${printMonths(months)} ${reached ? 'đạt' : 'trên'} yêu cầu ${printMonths(rule.requiredMonths)}${reached ? '' : `, còn thiếu ${printMonths(missingMonths)}`}.`,
    warnings: warningsOf(periods, within, rule),
  };
}

/** `9 năm 3 tháng`. */
export function printMonths(months: number): string {
  const [years, rest] = [Math.floor(months / 12), months % 12];
  const parts = [...(years > 0 ? [`${years} năm`] : []), ...(rest > 0 || years === 0 ? [`${rest} tháng`] : [])];
  return parts.join(' ');
}

interface Part {
  readonly capacity: Capacity;
  readonly from: Day;
  readonly to: Day;
}

/** Between two days on which something begins or ends, the capacity that counts most. */
function cut(periods: readonly Part[], rule: ServiceRuleView): Part[] {
  const days = [...new Set(periods.flatMap(({ from, to }) => [from, to]))].toSorted();
  return days.slice(1).flatMap((to, index) => {
    const from = days[index] ?? to;
    const [best] = periods
      .filter((period) => period.from <= from && to <= period.to)
      .toSorted((a, b) => halvesOf(b.capacity, rule) - halvesOf(a.capacity, rule));
    return best ? [{ capacity: best.capacity, from, to }] : [];
  });
}

function joined(parts: readonly Part[]): Part[] {
  const whole: Part[] = [];
  for (const part of parts) {
    const last = whole.at(-1);
    if (last && last.to === part.from && last.capacity === part.capacity) whole.splice(-1, 1, { ...last, to: part.to });
    else whole.push(part);
  }
  return whole;
}

function stretchOf(capacity: Capacity, from: Day, to: Day, rule: ServiceRuleView): CountedStretch {
  const { months, days } = length(from, to);
  const coefficient = halvesOf(capacity, rule) / 2;
  const long = `${printMonths(months)}${days > 0 ? ` ${days} ngày` : ''}`;
  const factor = String(coefficient).replace('.', ',');
  const words = `${printDay(from)} – ${printDay(addDays(to, -1))}, ${WORDS[capacity]}: ${long} × ${factor}${coefficient === 1 ? '' : ` = ${weighted(months, days, coefficient)}`}`;
  return { capacity, from, to, months, days, coefficient, words };
}

function weighted(months: number, days: number, coefficient: number): string {
  const wholeDays = months * coefficient * MONTH_DAYS + days * coefficient;
  const rest = Math.floor(wholeDays % MONTH_DAYS);
  return `${printMonths(Math.floor(wholeDays / MONTH_DAYS))}${rest > 0 ? ` ${rest} ngày` : ''}`;
}

/** Whole calendar months and the days that are left. */
function length(from: Day, to: Day): { months: number; days: number } {
  let months = (year(to) - year(from)) * 12 + month(to) - month(from);
  if (monthsLater(from, months) > to) months -= 1;
  return { months, days: daysBetween(monthsLater(from, months), to) };
}

function year(day: Day): number {
  return Number(day.slice(0, 4));
}

function month(day: Day): number {
  return Number(day.slice(5, 7));
}

/** The same day of a later month, or that month's last. */
function monthsLater(day: Day, months: number): Day {
  const first = new Date(Date.UTC(year(day), month(day) - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(Number(day.slice(8)), last));
  return first.toISOString().slice(0, 10);
}

function daysBetween(from: Day, to: Day): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
}

/** Where the text was not read, time counts once. */
function halvesOf(capacity: Capacity, rule: ServiceRuleView): number {
  return knownHalves(capacity, rule) ?? 2;
}

function knownHalves(capacity: Capacity, rule: ServiceRuleView): number | null {
  if (capacity === 'FULL_TIME') return rule.fullTimeHalf;
  return capacity === 'PART_TIME' ? rule.partTimeHalf : rule.partTimeNonStateHalf;
}

function warningsOf(all: readonly ServedPeriod[], within: readonly Part[], rule: ServiceRuleView): string[] {
  const clash = within.some((a, i) => within.some((b, j) => i < j && a.from < b.to && b.from < a.to));
  const unknown = [...new Set(within.map(({ capacity }) => capacity))].filter((one) => knownHalves(one, rule) === null);
  return [
    ...(all.length === 0 ? ['Chưa ghi thời gian công tác công đoàn nào.'] : []),
    ...(clash
      ? ['Có thời gian trùng nhau: phần trùng chỉ tính một lần, theo hệ số cao hơn (quy định không nói rõ).']
      : []),
    ...unknown.map((one) => `Chưa rõ hệ số của thời gian ${WORDS[one]} theo quy định này; tạm tính × 1.`),
    ...(rule.verified ? [] : ['Quy định này chưa kiểm chứng với nguyên văn.']),
  ];
}
