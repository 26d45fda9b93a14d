import { Refused, type Day, type RefusalDetail } from '@lib/kernel';
import type { BlocKind, BlocRole } from './bloc.entity.js';

const KIND_NAMES: Record<BlocKind, string> = { CLUSTER: 'Cụm', BLOCK: 'Khối' };

/** "Khối thi đua số 4 năm 2022, Công đoàn CAND": the year is part of the name, membership is yearly. */
export function blocName(kind: BlocKind, number: number, year: number, organiser: string | null): string {
  return `${KIND_NAMES[kind]} thi đua số ${number} năm ${year}${organiser ? `, ${organiser}` : ''}`;
}

export interface GivenMember {
  readonly unit: string;
  readonly role?: BlocRole;
  readonly joined?: Day | null;
  readonly leftOn?: Day | null;
}

/**
 * Members as given: each once, one head at most, days within the year of the bloc and in their order.
 * @throws Refused with every wrong field
 */
export function checkMembers(members: readonly GivenMember[], year: number): void {
  const wrong: RefusalDetail[] = [];
  const say = (code: string, message: string, field: string): void => void wrong.push({ code, message, field });
  const seen = new Set<string>();
  let heads = 0;
  for (const [i, { unit, role = 'MEMBER', joined = null, leftOn = null }] of members.entries()) {
    if (seen.has(unit)) say('blocs.member_twice', 'Đơn vị này đã có trong danh sách.', `members[${i}].unit`);
    seen.add(unit);
    if (role === 'HEAD') heads += 1;
    if (role === 'HEAD' && heads > 1)
      say('blocs.two_heads', 'Mỗi khối, cụm chỉ có một đơn vị trưởng.', `members[${i}].role`);
    if (role !== 'MEMBER' && leftOn !== null)
      say('blocs.head_has_left', 'Đơn vị trưởng, phó phải đang là thành viên.', `members[${i}].role`);
    const inYear = (day: Day | null): boolean => day === null || day.slice(0, 4) === String(year);
    if (!inYear(joined)) say('blocs.day_outside_year', `Ngày phải thuộc năm ${year}.`, `members[${i}].joined`);
    if (!inYear(leftOn)) say('blocs.day_outside_year', `Ngày phải thuộc năm ${year}.`, `members[${i}].leftOn`);
    if (joined !== null && leftOn !== null && leftOn < joined)
      say('blocs.left_before_joined', 'Ngày rời khối, cụm trước ngày tham gia.', `members[${i}].leftOn`);
  }
  if (wrong.length > 0) throw Refused.all(wrong);
}
