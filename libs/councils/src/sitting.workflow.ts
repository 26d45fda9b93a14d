import { defineWorkflow } from '@lib/kernel';

/** Membership is frozen when a sitting opens; closing it gives every line its outcome. */
export const SITTING_WORKFLOW = defineWorkflow({
  what: 'sitting',
  initial: 'PLANNED',
  states: { PLANNED: 'Đã lên lịch', OPEN: 'Đang họp', CLOSED: 'Đã kết thúc', CANCELLED: 'Đã huỷ' },
  steps: {
    open: { from: ['PLANNED'], to: 'OPEN', name: 'Khai mạc' },
    close: { from: ['OPEN'], to: 'CLOSED', name: 'Kết thúc phiên' },
    cancel: { from: ['PLANNED', 'OPEN'], to: 'CANCELLED', name: 'Huỷ phiên' },
  },
});

export const SITTING_STEPS = ['open', 'close', 'cancel'] as const;
export type SittingStep = (typeof SITTING_STEPS)[number];
export const SITTING_STATES = ['PLANNED', 'OPEN', 'CLOSED', 'CANCELLED'] as const;
export type SittingState = (typeof SITTING_STATES)[number];
