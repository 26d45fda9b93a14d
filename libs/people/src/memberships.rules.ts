import { printDay, Refused, type Day } from '@lib/kernel';

/** Null at either side: not known since when; still lasting. `to` is the first day after. */
export interface Span {
  readonly from: Day | null;
  readonly to: Day | null;
}

export function spansOverlap(a: Span, b: Span): boolean {
  return (a.to === null || (b.from ?? '') < a.to) && (b.to === null || (a.from ?? '') < b.to);
}

/**
 * Somebody is a member of one unit at a time.
 * @throws Refused `people.move_in_future`, `people.move_before_last`
 */
export function checkMove(current: Span & { readonly unitName: string }, day: Day, today: Day): void {
  if (day > today) throw new Refused('people.move_in_future', 'Ngày chuyển sinh hoạt chưa tới.', 'from');
  if (current.from === null || current.from < day) return;
  const since = printDay(current.from);
  const message = `Người này sinh hoạt ở ${current.unitName} từ ${since}; ngày chuyển đi phải sau ngày đó.`;
  throw new Refused('people.move_before_last', message, 'from', 'conflict');
}

/** @throws Refused `people.ends_before_it_begins`, `people.memberships_overlap` */
export function checkPast(past: { from: Day; to: Day }, others: readonly (Span & { unitName: string })[]): void {
  checkOrder(past.from, past.to);
  const clash = others.find((other) => spansOverlap(past, other));
  if (!clash) return;
  const words = [clash.from && `từ ${printDay(clash.from)}`, clash.to && `trước ${printDay(clash.to)}`].filter(Boolean);
  const message = `Thời gian này trùng với sinh hoạt ở ${clash.unitName}${words.length > 0 ? ` (${words.join(', ')})` : ''}.`;
  throw new Refused('people.memberships_overlap', message, 'from', 'conflict');
}

/** @throws Refused `people.ends_before_it_begins` */
export function checkOrder(from: Day, to: Day | null | undefined): void {
  if (!to || from < to) return;
  throw new Refused('people.ends_before_it_begins', 'Ngày kết thúc phải sau ngày bắt đầu.', 'to');
}
