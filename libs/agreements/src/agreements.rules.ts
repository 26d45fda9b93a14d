import { Refused, type Day } from '@lib/kernel';
import type { AgreementKind, CommitmentOutcome } from './agreement.entity.js';
import { AGREEMENT_STEPS, agreementWorkflow, type AgreementState, type AgreementStep } from './agreement.workflow.js';

/** How a commitment stands on a day. */
export const COMMITMENT_STANDINGS = ['KEPT', 'RUNNING', 'OVERDUE', 'BROKEN', 'ENDED'] as const;
export type CommitmentStanding = (typeof COMMITMENT_STANDINGS)[number];

/**
 * Overdue: the deadline lies before the asked day and nobody has said how it ended. Ended: the part of its unit was closed
 * with the unit, before the deadline; a deadline missed earlier stays missed.
 */
export function standingOf(
  outcome: CommitmentOutcome | null,
  deadline: Day | null,
  asked: Day,
  unitEndedOn: Day | null,
): CommitmentStanding {
  if (outcome === 'KEPT' || outcome === 'BROKEN') return outcome;
  const ended = unitEndedOn !== null && unitEndedOn <= asked ? unitEndedOn : null;
  if (deadline !== null && deadline < (ended ?? asked)) return 'OVERDUE';
  return ended === null ? 'RUNNING' : 'ENDED';
}

/** Signed after the day of signing, or neither signed nor excused although that day has passed. */
export function isLate(signBy: Day | null, signedOn: Day | null, excused: boolean, asked: Day): boolean {
  if (signBy === null) return false;
  return signedOn === null ? !excused && signBy < asked : signBy < signedOn;
}

const OF_ONE_KIND: Partial<Record<AgreementStep, AgreementKind>> = {
  start_signing: 'AGREEMENT',
  put_in_force: 'AGREEMENT',
  carry_out: 'PROGRAMME',
};
const WITH_REASON: ReadonlySet<AgreementStep> = new Set<AgreementStep>(['revise', 'cancel']);

/** Steps of the table that this kind takes. */
export function openSteps(kind: AgreementKind, state: AgreementState): AgreementStep[] {
  return agreementWorkflow
    .open(state)
    .filter((step) => AGREEMENT_STEPS.includes(step) && (OF_ONE_KIND[step] ?? kind) === kind);
}

export function needsReason(step: AgreementStep): boolean {
  return WITH_REASON.has(step);
}

/** @throws Refused `agreements.step_of_other_kind`, `agreements.reason_required` */
export function checkStep(kind: AgreementKind, step: AgreementStep, reason: string | null): void {
  if ((OF_ONE_KIND[step] ?? kind) !== kind) {
    const message = kind === 'PROGRAMME' ? 'Chương trình công tác không qua bước ký kết.' : 'Giao ước phải qua ký kết.';
    throw new Refused('agreements.step_of_other_kind', message, 'step');
  }
  if (needsReason(step) && reason === null)
    throw new Refused('agreements.reason_required', 'Nêu lý do của bước này.', 'reason');
}

/** Texts and commitments change only until the agreement is adopted. */
export function isOpenToChange(state: AgreementState): boolean {
  return state === 'DRAFT' || state === 'UNDER_DISCUSSION';
}

/** Commitments are carried out and reported on. */
export function isBinding(state: AgreementState): boolean {
  return state === 'SIGNING' || state === 'IN_FORCE' || state === 'REVIEWED';
}
