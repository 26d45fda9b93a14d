import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, tidy, type Actor } from '@lib/kernel';
import { audit, Clock, Steps, transact, type Tx } from '@lib/platform';
import { Desk } from '@lib/desk';
import { Agreement } from './agreement.entity.js';
import { AgreementScope } from './agreement-scope.js';
import { AgreementTasks } from './tasks.service.js';
import { agreementWorkflow, type AgreementStep } from './agreement.workflow.js';
import type { AgreementStepInput } from './agreements.dto.js';
import { checkStep } from './agreements.rules.js';
import { AgreementMembers } from './members.service.js';

/** Takes agreements through their step table; opens and closes what waits for the members. */
@Injectable()
export class SteppingService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly steps: Steps,
    private readonly scope: AgreementScope,
    private readonly members: AgreementMembers,
    private readonly tasks: AgreementTasks,
    private readonly desk: Desk,
  ) {}

  /** @throws Refused `agreement.step_not_allowed`, `agreements.not_all_signed`, `agreements.no_members`. */
  async take(actor: Actor, id: number, { step, reason }: AgreementStepInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const agreement = await this.scope.lockToLead(tx, actor, 'agreement.draft', id);
      const why = reason ? tidy(reason) : null;
      checkStep(agreement.kind, step, why);
      const state = await this.steps.take(tx, actor, agreementWorkflow, agreement, step, why);
      await this.prepare(tx, agreement, step);
      await tx.manager.update(Agreement, { id }, { state, version: agreement.version + 1 });
      await this.follow(tx, actor, agreement, step);
      await this.members.touch(tx, agreement);
      await audit(tx, this.clock.now(), actor, `agreement.${step}`, `agreement:${id}`, { state });
    });
  }

  private async prepare(tx: Tx, agreement: Agreement, step: AgreementStep): Promise<void> {
    if (step === 'open_discussion' || step === 'adopt' || step === 'start_signing') {
      await this.members.refresh(tx, agreement);
      if ((await this.members.live(tx, agreement.id)).length === 0)
        throw new Refused('agreements.no_members', 'Khối, cụm chưa có đơn vị thành viên.', null);
    }
    if (step !== 'put_in_force') return;
    const missing = (await this.members.live(tx, agreement.id)).filter((member) => !member.excused && !member.scanned);
    if (missing.length === 0) return;
    const unsigned = missing.filter((member) => !member.confirmed).length;
    throw new Refused(
      'agreements.not_all_signed',
      `Còn ${unsigned} đơn vị chưa xác nhận ký và ${missing.length - unsigned} đơn vị chưa kèm bản ký.`,
      null,
      'conflict',
    );
  }

  private async follow(tx: Tx, actor: Actor, agreement: Agreement, step: AgreementStep): Promise<void> {
    const { id } = agreement;
    if (step === 'revise' || step === 'adopt' || step === 'cancel')
      await this.tasks.closeOpinions(tx, actor, agreement);
    if (step === 'open_discussion') await this.tasks.askOpinions(tx, agreement);
    if (step === 'start_signing') await this.tasks.askConfirmations(tx, agreement);
    if (step === 'cancel') await this.tasks.closeConfirmations(tx, actor, agreement);
    if (step === 'put_in_force' || step === 'carry_out') await this.tasks.askCommitments(tx, agreement);
    if (step === 'close') await this.tasks.closeCommitments(tx, actor, agreement);
    if (step === 'put_in_force' || step === 'cancel') await this.desk.close(tx, actor, `agreement.force:${id}`);
  }
}
