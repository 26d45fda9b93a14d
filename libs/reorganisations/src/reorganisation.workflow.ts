import { defineWorkflow } from '@lib/kernel';

/** Prepared, perhaps waiting for its day, applied; a mistaken one is taken back by a counter-event, never deleted. */
export const REORGANISATION_WORKFLOW = defineWorkflow({
  what: 'reorganisation',
  initial: 'DRAFT',
  states: {
    DRAFT: 'Đang chuẩn bị',
    SCHEDULED: 'Chờ đến ngày hiệu lực',
    APPLIED: 'Đã thực hiện',
    REVERSED: 'Đã đảo lại',
    CANCELLED: 'Đã huỷ',
  },
  steps: {
    schedule: { from: ['DRAFT'], to: 'SCHEDULED', name: 'Duyệt, chờ đến ngày' },
    unschedule: { from: ['SCHEDULED'], to: 'DRAFT', name: 'Trả về chuẩn bị' },
    apply: { from: ['DRAFT', 'SCHEDULED'], to: 'APPLIED', name: 'Thực hiện' },
    reverse: { from: ['APPLIED'], to: 'REVERSED', name: 'Đảo lại' },
    cancel: { from: ['DRAFT', 'SCHEDULED'], to: 'CANCELLED', name: 'Huỷ' },
  },
});

export const REORGANISATION_STATES = ['DRAFT', 'SCHEDULED', 'APPLIED', 'REVERSED', 'CANCELLED'] as const;
export type ReorganisationState = (typeof REORGANISATION_STATES)[number];
export type ReorganisationStep = keyof typeof REORGANISATION_WORKFLOW.steps;
