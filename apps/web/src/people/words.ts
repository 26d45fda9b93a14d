import type { Day } from '@lib/kernel';
import { addDays } from '@lib/kernel';
import { printAnyDay } from '../words/format.js';
import type { PersonView, ServicePeriodView } from './people.contract.js';

export const CAPACITY_NAMES: Record<ServicePeriodView['capacity'], string> = {
  FULL_TIME: 'Chuyên trách',
  PART_TIME: 'Không chuyên trách',
  PART_TIME_NON_STATE: 'Không chuyên trách, doanh nghiệp ngoài nhà nước',
};

export const GENDER_NAMES: Record<'MALE' | 'FEMALE', string> = { MALE: 'Nam', FEMALE: 'Nữ' };

/** `01/01/2015 – nay`; the API's end is the first day after. */
export function printSpan(from: Day | null, to: Day | null): string {
  return `${from ? printAnyDay(from) : 'từ trước'} – ${to ? printAnyDay(addDays(to, -1)) : 'nay'}`;
}

export function personLine({ birthYear, unit }: Pick<PersonView, 'birthYear' | 'unit'>): string {
  return [birthYear ? `sinh ${birthYear}` : 'chưa rõ năm sinh', unit?.name].filter(Boolean).join(' · ');
}
