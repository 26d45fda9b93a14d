import { defineWorkflow } from '@lib/kernel';

/** A dossier's own way; the outcome is per line. To a body outside the system it is sent and answered. */
export const DOSSIER_WORKFLOW = defineWorkflow({
  what: 'dossier',
  initial: 'DRAFT',
  states: {
    DRAFT: 'Đang soạn',
    SUBMITTED: 'Đã trình, chờ tiếp nhận',
    RECEIVED: 'Đã tiếp nhận, đang thẩm định',
    RETURNED: 'Trả lại',
    APPRAISED: 'Đã thẩm định',
    SENT: 'Đã gửi cơ quan ngoài công đoàn',
    ANSWERED: 'Đã có trả lời',
    CLOSED: 'Kết thúc',
    WITHDRAWN: 'Đã rút',
  },
  steps: {
    submit: { from: ['DRAFT'], to: 'SUBMITTED', name: 'Trình' },
    resubmit: { from: ['RETURNED'], to: 'SUBMITTED', name: 'Trình lại' },
    receive: { from: ['SUBMITTED'], to: 'RECEIVED', name: 'Tiếp nhận' },
    return: { from: ['SUBMITTED', 'RECEIVED'], to: 'RETURNED', name: 'Trả lại hồ sơ' },
    appraise: { from: ['RECEIVED'], to: 'APPRAISED', name: 'Kết thúc thẩm định' },
    reopen: { from: ['APPRAISED'], to: 'RECEIVED', name: 'Thẩm định lại' },
    send: { from: ['DRAFT'], to: 'SENT', name: 'Gửi cơ quan ngoài công đoàn' },
    answer: { from: ['SENT'], to: 'ANSWERED', name: 'Ghi nhận trả lời' },
    close: { from: ['RECEIVED', 'APPRAISED', 'ANSWERED'], to: 'CLOSED', name: 'Kết thúc' },
    withdraw: { from: ['DRAFT', 'SUBMITTED', 'RETURNED'], to: 'WITHDRAWN', name: 'Rút hồ sơ' },
    /** The unit that proposes, or the one that was asked, is no more, and nobody goes on with it. */
    end_with_unit: {
      from: ['DRAFT', 'SUBMITTED', 'RECEIVED', 'RETURNED', 'APPRAISED', 'SENT', 'ANSWERED'],
      to: 'CLOSED',
      name: 'Kết thúc do sắp xếp tổ chức',
    },
  },
});

export type DossierState = typeof DOSSIER_WORKFLOW.initial;
export type DossierStep = keyof typeof DOSSIER_WORKFLOW.steps;

/** Facts and papers are the proposer's to change. */
export const OPEN_TO_PROPOSER: readonly DossierState[] = ['DRAFT', 'RETURNED'];
