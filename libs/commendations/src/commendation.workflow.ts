import { defineWorkflow } from '@lib/kernel';

/** Decided by the competent organ, signed and numbered by the clerk, prepared by a job, issued into the register. */
export const COMMENDATION_WORKFLOW = defineWorkflow({
  what: 'commendation',
  initial: 'DRAFT',
  states: {
    DRAFT: 'Dự thảo',
    DECIDED: 'Đã duyệt, chờ ký và cấp số',
    SIGNED: 'Đã ký, đang chuẩn bị ban hành',
    PREPARED: 'Sẵn sàng ban hành',
    ISSUED: 'Đã ban hành',
    CANCELLED: 'Đã huỷ',
  },
  steps: {
    decide: { from: ['DRAFT'], to: 'DECIDED', name: 'Duyệt' },
    return: { from: ['DECIDED'], to: 'DRAFT', name: 'Trả lại dự thảo' },
    sign: { from: ['DECIDED'], to: 'SIGNED', name: 'Ghi số, đính kèm bản ký' },
    prepare: { from: ['SIGNED'], to: 'PREPARED', name: 'Chuẩn bị ban hành' },
    issue: { from: ['PREPARED'], to: 'ISSUED', name: 'Ban hành' },
    cancel: { from: ['DRAFT', 'DECIDED', 'SIGNED', 'PREPARED'], to: 'CANCELLED', name: 'Huỷ' },
  },
});

export const COMMENDATION_STATES = ['DRAFT', 'DECIDED', 'SIGNED', 'PREPARED', 'ISSUED', 'CANCELLED'] as const;
export type CommendationState = (typeof COMMENDATION_STATES)[number];
export type CommendationStep = keyof typeof COMMENDATION_WORKFLOW.steps;
