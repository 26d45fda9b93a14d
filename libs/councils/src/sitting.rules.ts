import { Refused, type Day } from '@lib/kernel';
import type { Council, Sitting } from './councils.entity.js';
import { SITTING_WORKFLOW } from './sitting.workflow.js';

/** @throws Refused `councils.outside_term` */
export function mustBeWithin({ validFrom, validTo }: Council, day: Day): void {
  if (day < validFrom || (validTo !== 'infinity' && day >= validTo))
    throw new Refused('councils.outside_term', 'Ngày họp nằm ngoài thời gian hoạt động của Hội đồng.', 'day');
}

/** What may be changed only while the sitting stands so. @throws Refused `sitting.step_not_allowed` */
export function mustBeIn(sitting: Sitting, states: readonly Sitting['state'][]): void {
  if (states.includes(sitting.state)) return;
  const now = SITTING_WORKFLOW.stateNames[sitting.state];
  throw new Refused(
    'sitting.step_not_allowed',
    `Phiên họp đang ở trạng thái “${now}”, không sửa được nội dung này.`,
    null,
    'conflict',
  );
}
