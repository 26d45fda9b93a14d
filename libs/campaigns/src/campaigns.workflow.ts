import { defineWorkflow, type Permission } from '@lib/kernel';

/**
 * A campaign's way (domain §9). `record_launched` is the fast lane: it was launched on paper, and is recorded in one
 * step (design §1.13).
 */
export const campaignWorkflow = defineWorkflow({
  what: 'campaign',
  initial: 'DRAFT',
  states: {
    DRAFT: 'Dự thảo',
    SUBMITTED: 'Chờ duyệt',
    APPROVED: 'Đã duyệt',
    LAUNCHED: 'Đang triển khai',
    INTERIM_REVIEWED: 'Đã sơ kết',
    FINAL_REVIEWED: 'Đã tổng kết',
    CLOSED: 'Đã kết thúc',
    CANCELLED: 'Đã huỷ',
  },
  steps: {
    submit: { from: ['DRAFT'], to: 'SUBMITTED', name: 'Trình duyệt' },
    return: { from: ['SUBMITTED'], to: 'DRAFT', name: 'Trả lại' },
    approve: { from: ['SUBMITTED'], to: 'APPROVED', name: 'Duyệt' },
    launch: { from: ['APPROVED'], to: 'LAUNCHED', name: 'Phát động' },
    record_launched: { from: ['DRAFT'], to: 'LAUNCHED', name: 'Ghi việc đã phát động' },
    interim_review: { from: ['LAUNCHED', 'INTERIM_REVIEWED'], to: 'INTERIM_REVIEWED', name: 'Sơ kết' },
    final_review: { from: ['LAUNCHED', 'INTERIM_REVIEWED'], to: 'FINAL_REVIEWED', name: 'Tổng kết' },
    close: { from: ['FINAL_REVIEWED'], to: 'CLOSED', name: 'Kết thúc' },
    cancel: { from: ['DRAFT', 'SUBMITTED', 'APPROVED', 'LAUNCHED', 'INTERIM_REVIEWED'], to: 'CANCELLED', name: 'Huỷ' },
    /** The owner is no more, and nobody goes on with it. */
    end_with_unit: {
      from: ['LAUNCHED', 'INTERIM_REVIEWED', 'FINAL_REVIEWED'],
      to: 'CLOSED',
      name: 'Kết thúc do sắp xếp tổ chức',
    },
  },
});
export type CampaignState = keyof typeof campaignWorkflow.stateNames;
export type CampaignStep = keyof typeof campaignWorkflow.steps;

/** Steps of the buttons; the fast lane is taken by registering. */
export const CAMPAIGN_STEPS = [
  'submit',
  'return',
  'approve',
  'launch',
  'interim_review',
  'final_review',
  'close',
  'cancel',
] as const satisfies readonly CampaignStep[];
export type TakenByHand = (typeof CAMPAIGN_STEPS)[number];

/** From here on it is addressed to the units below, and printed in summaries. */
export const LAUNCHED_STATES = [
  'LAUNCHED',
  'INTERIM_REVIEWED',
  'FINAL_REVIEWED',
  'CLOSED',
] as const satisfies readonly CampaignState[];

export function isLaunched(state: CampaignState): boolean {
  return (LAUNCHED_STATES as readonly CampaignState[]).includes(state);
}

/** Any of these permissions on the owner takes the step from that state. */
export function permissionsFor(step: TakenByHand, state: CampaignState): readonly Permission[] {
  if (step === 'submit') return ['campaign.register'];
  if (step === 'launch') return ['campaign.approve', 'campaign.register'];
  if (step === 'cancel' && state === 'DRAFT') return ['campaign.register', 'campaign.approve'];
  return ['campaign.approve'];
}

/** Steps that say why. */
export const NEEDS_REASON: ReadonlySet<TakenByHand> = new Set(['return', 'cancel']);

/** A phase runs until it is reviewed, whatever became of its target: early over-fulfilment ends nothing (DR-83). */
export const phaseWorkflow = defineWorkflow({
  what: 'campaign_phase',
  initial: 'RUNNING',
  states: { RUNNING: 'Đang thực hiện', REVIEWED: 'Đã sơ kết' },
  steps: {
    review: { from: ['RUNNING'], to: 'REVIEWED', name: 'Sơ kết giai đoạn' },
    reopen: { from: ['REVIEWED'], to: 'RUNNING', name: 'Mở lại giai đoạn' },
  },
});
export type PhaseState = keyof typeof phaseWorkflow.stateNames;
export type PhaseStep = keyof typeof phaseWorkflow.steps;
