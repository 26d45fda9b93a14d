import { Injectable } from '@nestjs/common';
import { Refused, tidy, type Actor, type Warning } from '@lib/kernel';
import { Clock, type Tx } from '@lib/platform';
import { Reorganisation } from './reorganisation.entity.js';
import { REORGANISATION_WORKFLOW } from './reorganisation.workflow.js';

/** Page of the web app. */
export function reorganisationLink(id: number): string {
  return `/sap-xep/${id}`;
}

/** Stores a row that is locked, with who changed it. */
@Injectable()
export class Saving {
  constructor(private readonly clock: Clock) {}

  async save(tx: Tx, actor: Actor, row: Reorganisation): Promise<void> {
    row.version += 1;
    row.changedBy = actor.name;
    row.changedAt = this.clock.now();
    await tx.manager.save(Reorganisation, row);
  }
}

export function mustBeDraft({ state }: Reorganisation): void {
  if (state === 'DRAFT') return;
  const now = REORGANISATION_WORKFLOW.stateNames[state];
  const message = `Việc sắp xếp này đang ở trạng thái “${now}”, không sửa được nữa.`;
  throw new Refused('reorganisations.not_a_draft', message, null, 'conflict');
}

/** What has to stand before anybody applies it. @throws Refused `reorganisations.decision_needed` */
export function mustBeReady({ decisionNumber, decisionDay }: Reorganisation): void {
  if (decisionNumber !== null && decisionDay !== null) return;
  const message = 'Ghi số và ngày của quyết định về tổ chức trước khi thực hiện.';
  throw new Refused('reorganisations.decision_needed', message, 'decision', 'conflict');
}

export function needed(reason: string | null | undefined): string {
  if (reason) return tidy(reason);
  throw new Refused('reorganisations.reason_needed', 'Ghi lý do.', 'reason');
}

/** Preparing and applying by one person is told, not refused. */
export function sameHands({ accountId }: Actor, { preparedById }: Reorganisation): Warning[] {
  if (accountId === null || accountId !== preparedById) return [];
  const message = 'Người chuẩn bị cũng là người thực hiện việc này.';
  return [{ code: 'reorganisations.same_hands', field: null, message }];
}
