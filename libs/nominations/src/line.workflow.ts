import { defineWorkflow } from '@lib/kernel';

/**
 * One state machine for the whole way of a line, from its proposer to the golden book. The proposing and the appraising
 * steps are taken in this room, those of the council and of the decision in the rooms above, all through `NominationLines`.
 */
export const LINE_WORKFLOW = defineWorkflow({
  what: 'nomination',
  initial: 'PROPOSED',
  states: {
    PROPOSED: 'Đề nghị',
    RETURNED: 'Trả lại',
    ELIGIBLE: 'Đủ điều kiện',
    INELIGIBLE: 'Không đủ điều kiện',
    BEFORE_COUNCIL: 'Đang trình Hội đồng',
    RECOMMENDED: 'Hội đồng đề nghị khen thưởng',
    DOWNGRADED: 'Hội đồng đề nghị hình thức thấp hơn',
    NOT_RECOMMENDED: 'Hội đồng không đề nghị',
    DECIDED: 'Đã có trong quyết định',
    AWARDED: 'Đã khen thưởng',
    DECLINED: 'Không khen thưởng',
    SENT_OUTSIDE: 'Đã gửi cơ quan ngoài công đoàn',
    WITHDRAWN: 'Đã rút',
  },
  steps: {
    accept: { from: ['PROPOSED'], to: 'ELIGIBLE', name: 'Đủ điều kiện' },
    reject: { from: ['PROPOSED'], to: 'INELIGIBLE', name: 'Không đủ điều kiện' },
    return: { from: ['PROPOSED', 'ELIGIBLE', 'INELIGIBLE'], to: 'RETURNED', name: 'Trả lại' },
    resubmit: { from: ['RETURNED'], to: 'PROPOSED', name: 'Trình lại' },
    /** In a submission that the receiving unit composed: the next level looks at it afresh. */
    pass_on: { from: ['ELIGIBLE', 'RECOMMENDED', 'DOWNGRADED'], to: 'PROPOSED', name: 'Trình lên cấp trên' },
    take_out: { from: ['PROPOSED', 'RETURNED'], to: 'ELIGIBLE', name: 'Đưa ra khỏi hồ sơ tổng hợp' },
    put_before_council: { from: ['ELIGIBLE'], to: 'BEFORE_COUNCIL', name: 'Trình Hội đồng' },
    take_back: { from: ['BEFORE_COUNCIL'], to: 'ELIGIBLE', name: 'Rút khỏi phiên họp' },
    recommend: { from: ['BEFORE_COUNCIL'], to: 'RECOMMENDED', name: 'Hội đồng đề nghị' },
    downgrade: { from: ['BEFORE_COUNCIL'], to: 'DOWNGRADED', name: 'Hội đồng hạ hình thức' },
    not_recommend: { from: ['BEFORE_COUNCIL'], to: 'NOT_RECOMMENDED', name: 'Hội đồng không đề nghị' },
    decide: {
      from: ['ELIGIBLE', 'RECOMMENDED', 'DOWNGRADED', 'NOT_RECOMMENDED'],
      to: 'DECIDED',
      name: 'Ký quyết định',
    },
    award: { from: ['DECIDED'], to: 'AWARDED', name: 'Ban hành' },
    /** The decision was cancelled before it was issued; what the council said stays with its sitting. */
    release: { from: ['DECIDED'], to: 'ELIGIBLE', name: 'Rút khỏi quyết định' },
    decline: {
      from: ['DECIDED', 'ELIGIBLE', 'INELIGIBLE', 'RECOMMENDED', 'DOWNGRADED', 'NOT_RECOMMENDED', 'SENT_OUTSIDE'],
      to: 'DECLINED',
      name: 'Không khen thưởng',
    },
    send_outside: {
      from: ['PROPOSED', 'ELIGIBLE', 'RECOMMENDED', 'DOWNGRADED'],
      to: 'SENT_OUTSIDE',
      name: 'Gửi cơ quan ngoài công đoàn',
    },
    answer_award: { from: ['SENT_OUTSIDE'], to: 'AWARDED', name: 'Được khen thưởng' },
    withdraw: { from: ['PROPOSED', 'RETURNED', 'ELIGIBLE', 'INELIGIBLE'], to: 'WITHDRAWN', name: 'Rút' },
    /** With its dossier; that it was proposed stays a fact. */
    end_with_unit: {
      from: ['PROPOSED', 'RETURNED', 'ELIGIBLE', 'INELIGIBLE', 'SENT_OUTSIDE'],
      to: 'WITHDRAWN',
      name: 'Kết thúc do sắp xếp tổ chức',
    },
  },
});

export type LineState = typeof LINE_WORKFLOW.initial;
export type LineStep = keyof typeof LINE_WORKFLOW.steps;

/** The line goes no further. */
export const SETTLED: readonly LineState[] = ['AWARDED', 'DECLINED', 'WITHDRAWN'];

/** Between the council and the day the decision is issued, the outcome is known on the deciding side alone. */
export const UNDER_EMBARGO: readonly LineState[] = [
  'BEFORE_COUNCIL',
  'RECOMMENDED',
  'DOWNGRADED',
  'NOT_RECOMMENDED',
  'DECIDED',
];

/** {@link UNDER_EMBARGO} as a list in SQL. */
export const EMBARGOED = `(${UNDER_EMBARGO.map((state) => `'${state}'`).join(', ')})`;
