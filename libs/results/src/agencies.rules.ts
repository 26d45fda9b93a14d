import type { Day, RefusalDetail } from '@lib/kernel';
import type { AgencyOutcome } from './agency.entity.js';

export interface AgencyFacts {
  readonly since: Day | null;
  readonly workersAsOf: Day | null;
}

/** All that is wrong with an agency by itself. */
export function wrongInAgency({ since, workersAsOf }: AgencyFacts, today: Day): RefusalDetail[] {
  const wrong: RefusalDetail[] = [];
  const say = (field: string, message: string): void =>
    void wrong.push({ code: 'agencies.in_the_future', field, message });
  if (since !== null && since > today) say('since', 'Ngày này chưa đến.');
  if (workersAsOf !== null && workersAsOf > today) say('workers.asOf', 'Thời điểm số lao động chưa đến.');
  return wrong;
}

export interface OutcomeFacts {
  readonly outcome: AgencyOutcome;
  readonly day: Day;
  readonly hasUnion: boolean;
  readonly since: Day | null;
}

export function wrongInOutcome({ outcome, day, hasUnion, since }: OutcomeFacts, today: Day): RefusalDetail[] {
  const wrong: RefusalDetail[] = [];
  const say = (code: string, field: string, message: string): void => void wrong.push({ code, field, message });
  if (day > today) say('agencies.in_the_future', 'day', 'Ngày này chưa đến.');
  if (since !== null && day < since)
    say('agencies.before_its_beginning', 'day', 'Ngày này trước ngày ghi nhận chưa có công đoàn.');
  if (outcome === 'UNION_FOUNDED' && !hasUnion)
    say('agencies.union_required', 'union', 'Hãy chọn công đoàn đã được thành lập.');
  if (outcome === 'CLOSED' && hasUnion)
    say('agencies.union_unexpected', 'union', 'Cơ quan không còn hoạt động thì không ghi công đoàn.');
  return wrong;
}
