import { addDays, type Day } from '@lib/kernel';

/**
 * Working days that the receiving unit has for a dossier. 20 is the newer limit for provincial Bằng khen (domain §2.7);
 * which text sets it for unions has not been read, so a late dossier is shown as late and nothing is refused.
 */
export const APPRAISAL_LIMIT = {
  workingDays: 20,
  source: 'Thời hạn thẩm định: chưa kiểm chứng',
  verified: false,
} as const;

function isWorking(day: Day): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/** Working days after `from`, up to and with `to`. Saturdays and Sundays are none; holidays are not known here. */
export function workingDays(from: Day, to: Day): number {
  let count = 0;
  for (let day = from; day < to;) {
    day = addDays(day, 1);
    if (isWorking(day)) count += 1;
  }
  return count;
}

/** The last day of so many working days after `from`. */
export function dueAfter(from: Day, count: number): Day {
  let day = from;
  for (let left = count; left > 0;) {
    day = addDays(day, 1);
    if (isWorking(day)) left -= 1;
  }
  return day;
}

/** What of a dossier its clock needs. */
export interface ClockFacts {
  readonly receivedOn: Day | null;
  readonly returnedOn: Day | null;
  readonly daysReturned: number;
  readonly settledOn: Day | null;
}

export interface DeskClock {
  /** Working days at the receiving desk, the time it lay returned not counted. */
  readonly days: number;
  /** Null while it lies returned: the clock stands still. */
  readonly due: Day | null;
  readonly late: boolean;
  readonly limit: number;
  readonly source: string;
}

/** Null before it was received. */
export function deskClock(facts: ClockFacts, today: Day): DeskClock | null {
  if (facts.receivedOn === null) return null;
  const until = facts.returnedOn ?? facts.settledOn ?? today;
  const days = Math.max(0, workingDays(facts.receivedOn, until) - facts.daysReturned);
  const due =
    facts.returnedOn === null ? dueAfter(facts.receivedOn, APPRAISAL_LIMIT.workingDays + facts.daysReturned) : null;
  const { workingDays: limit, source } = APPRAISAL_LIMIT;
  return { days, due, late: days > limit, limit, source };
}
