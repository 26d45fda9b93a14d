import { defineWorkflow } from '@lib/kernel';

/**
 * Domain §9: a draft is discussed, adopted, signed by every member, carried out, reviewed and closed. A work programme is
 * carried out as soon as it is adopted.
 */
export const agreementWorkflow = defineWorkflow({
  what: 'agreement',
  initial: 'DRAFT',
  states: {
    DRAFT: 'Dự thảo',
    UNDER_DISCUSSION: 'Đang lấy ý kiến',
    ADOPTED: 'Đã thông qua',
    SIGNING: 'Đang ký kết',
    IN_FORCE: 'Đang thực hiện',
    REVIEWED: 'Đã tổng kết',
    CLOSED: 'Đã kết thúc',
    CANCELLED: 'Đã huỷ',
  },
  steps: {
    open_discussion: { from: ['DRAFT'], to: 'UNDER_DISCUSSION', name: 'Đưa ra lấy ý kiến' },
    revise: { from: ['UNDER_DISCUSSION'], to: 'DRAFT', name: 'Soạn lại bản mới' },
    adopt: { from: ['UNDER_DISCUSSION'], to: 'ADOPTED', name: 'Thông qua' },
    start_signing: { from: ['ADOPTED'], to: 'SIGNING', name: 'Mở ký kết' },
    carry_out: { from: ['ADOPTED'], to: 'IN_FORCE', name: 'Triển khai thực hiện' },
    put_in_force: { from: ['SIGNING'], to: 'IN_FORCE', name: 'Đưa vào thực hiện' },
    review: { from: ['IN_FORCE'], to: 'REVIEWED', name: 'Tổng kết' },
    close: { from: ['REVIEWED'], to: 'CLOSED', name: 'Kết thúc' },
    cancel: { from: ['DRAFT', 'UNDER_DISCUSSION', 'ADOPTED', 'SIGNING'], to: 'CANCELLED', name: 'Huỷ' },
    /** The unit that agreed alone is no more, and nobody goes on with it: taken by reorganisations, never by hand. */
    end_with_unit: { from: ['IN_FORCE', 'REVIEWED'], to: 'CLOSED', name: 'Kết thúc do sắp xếp tổ chức' },
  },
});

export type AgreementStep = keyof typeof agreementWorkflow.steps;
export type AgreementState = keyof typeof agreementWorkflow.stateNames;
/** Steps of the buttons. */
export const AGREEMENT_STEPS: AgreementStep[] = (Object.keys(agreementWorkflow.steps) as AgreementStep[]).filter(
  (step) => step !== 'end_with_unit',
);
