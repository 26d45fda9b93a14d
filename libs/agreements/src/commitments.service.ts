import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, tidy, type Actor, type Day } from '@lib/kernel';
import { audit, Clock, transact, type Tx } from '@lib/platform';
import { Files } from '@lib/files';
import { Agreement, Commitment } from './agreement.entity.js';
import { AgreementScope, type ForUnit } from './agreement-scope.js';
import { AgreementTasks } from './tasks.service.js';
import type { CommitmentInput, CommitmentOutcomeInput, CommitmentProgressInput } from './agreements.dto.js';
import { isBinding, isOpenToChange } from './agreements.rules.js';
import { DraftingService } from './drafting.service.js';
import { AgreementMembers } from './members.service.js';

type Line = Omit<Commitment, 'id' | 'agreementId' | 'carriedFrom' | 'recordedOn' | 'recordedBy'>;

/** Lines of an agreement: written while it is drafted, then carried out, reported on and ended. */
@Injectable()
export class CommitmentsService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly files: Files,
    private readonly scope: AgreementScope,
    private readonly drafting: DraftingService,
    private readonly members: AgreementMembers,
    private readonly tasks: AgreementTasks,
  ) {}

  /** @throws Refused `agreements.commitments_stand`, `agreements.owner_not_a_member`, `agreements.changed_meanwhile`. */
  async add(actor: Actor, id: number, input: CommitmentInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const agreement = await this.open(tx, actor, id, input.version);
      const line = await this.line(tx, agreement, input);
      const recorded = { recordedOn: this.clock.today(), recordedBy: actor.name };
      await tx.manager.insert(Commitment, { ...line, ...recorded, agreementId: id, carriedFrom: null });
      await this.changed(tx, actor, agreement, 'added', line.content);
    });
  }

  async change(actor: Actor, id: number, commitmentId: number, input: CommitmentInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const agreement = await this.open(tx, actor, id, input.version);
      const line = await this.line(tx, agreement, input);
      const { affected } = await tx.manager.update(Commitment, { id: commitmentId, agreementId: id }, line);
      if (!affected) throw Refused.notFound('commitment');
      await this.changed(tx, actor, agreement, 'changed', line.content);
    });
  }

  async remove(actor: Actor, id: number, commitmentId: number, version: number): Promise<void> {
    await transact(this.db, async (tx) => {
      const agreement = await this.open(tx, actor, id, version);
      const { affected } = await tx.manager.delete(Commitment, { id: commitmentId, agreementId: id });
      if (!affected) throw Refused.notFound('commitment');
      await this.changed(tx, actor, agreement, 'removed', String(commitmentId));
    });
  }

  /** What was done so far, with evidence; entries only add up. */
  async report(actor: Actor, id: number, commitmentId: number, input: CommitmentProgressInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const { member } = await this.bound(tx, actor, id, commitmentId, input.unit, input.day);
      if (input.fileId) await this.files.attach(tx, actor, input.fileId);
      await tx.query(
        `INSERT INTO agreement_progress (commitment_id, unit_id, day, body, value, file_id, entered_for, recorded_on, recorded_by, recorded_by_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          commitmentId,
          member.unitId,
          input.day,
          tidy(input.body),
          input.value ?? null,
          input.fileId ?? null,
          member.enteredFor,
          this.clock.today(),
          actor.name,
          actor.accountId,
        ],
      );
      await audit(tx, this.clock.now(), actor, 'commitment.progress', `commitment:${commitmentId}`, {
        unitId: member.unitId,
      });
    });
  }

  /** How it ended for a unit, on which day; a correction is a new row with its reason. */
  async end(actor: Actor, id: number, commitmentId: number, input: CommitmentOutcomeInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const { agreement, member } = await this.bound(tx, actor, id, commitmentId, input.unit, input.day);
      const { unitId, enteredFor } = member;
      const today = this.clock.today();
      const replaced = await tx.query(
        `UPDATE agreement_outcome SET removed_on = $3 WHERE commitment_id = $1 AND unit_id = $2 AND removed_on IS NULL RETURNING id`,
        [commitmentId, unitId, today],
      );
      if ((input.outcome === 'BROKEN' || replaced.length > 0) && !input.reason)
        throw new Refused('agreements.reason_required', 'Nêu lý do.', 'reason');
      if (input.fileId) await this.files.attach(tx, actor, input.fileId);
      await tx.query(
        `INSERT INTO agreement_outcome (commitment_id, unit_id, outcome, day, reason, file_id, entered_for, recorded_on, recorded_by, recorded_by_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          commitmentId,
          unitId,
          input.outcome,
          input.day,
          input.reason ? tidy(input.reason) : null,
          input.fileId ?? null,
          enteredFor,
          today,
          actor.name,
          actor.accountId,
        ],
      );
      if (input.outcome === 'RUNNING') await this.tasks.askCommitments(tx, agreement, { commitmentId, unitId });
      else await this.tasks.closeCommitment(tx, actor, commitmentId, unitId);
      await this.members.touch(tx, agreement);
      await audit(tx, this.clock.now(), actor, 'commitment.outcome', `commitment:${commitmentId}`, {
        unitId,
        outcome: input.outcome,
      });
    });
  }

  private async open(tx: Tx, actor: Actor, id: number, version: number): Promise<Agreement> {
    const agreement = await this.drafting.lock(tx, actor, id, version);
    if (!isOpenToChange(agreement.state))
      throw new Refused(
        'agreements.commitments_stand',
        'Văn bản đã thông qua nên không sửa được cam kết.',
        null,
        'conflict',
      );
    return agreement;
  }

  private async changed(
    tx: Tx,
    actor: Actor,
    { id, version }: Agreement,
    what: string,
    content: string,
  ): Promise<void> {
    await tx.manager.update(Agreement, { id }, { version: version + 1 });
    await audit(tx, this.clock.now(), actor, `commitment.${what}`, `agreement:${id}`, { content });
  }

  /** The unit for which a commitment is carried out: one that is bound by it, entered by itself or by those above and who lead. */
  private async bound(
    tx: Tx,
    actor: Actor,
    id: number,
    commitmentId: number,
    unit: string,
    day: Day,
  ): Promise<{ agreement: Agreement; member: ForUnit }> {
    const agreement = await this.scope.lockToJoin(tx, actor, 'agreement.read', id);
    const commitment = await tx.manager.findOneBy(Commitment, { id: commitmentId, agreementId: id });
    if (!commitment) throw Refused.notFound('commitment');
    const member = await this.scope.member(tx, actor, 'agreement.draft', id, unit);
    if (commitment.ownerId !== null && commitment.ownerId !== member.unitId)
      throw new Refused('agreements.not_the_owner', 'Cam kết này của đơn vị khác.', 'unit');
    if (!isBinding(agreement.state))
      throw new Refused('agreements.not_in_force', 'Văn bản không trong thời gian thực hiện.', null, 'conflict');
    if (day > this.clock.today()) throw new Refused('agreements.day_in_the_future', 'Ngày chưa đến.', 'day');
    return { agreement, member };
  }

  private async line(tx: Tx, agreement: Agreement, input: CommitmentInput): Promise<Line> {
    const ownerId = input.owner ? await this.owner(tx, agreement, input.owner) : null;
    if (input.deadline && input.deadline < agreement.termFrom)
      throw new Refused('agreements.deadline_before_term', 'Hạn trước thời gian của văn bản.', 'deadline');
    const text = (given: string | null | undefined): string | null => tidy(given ?? '') || null;
    return {
      ownerId,
      category: input.category,
      content: tidy(input.content),
      measure: text(input.measure),
      target: text(input.target),
      indicator: input.indicator ?? null,
      targetValue: input.targetValue ?? null,
      deadline: input.deadline ?? null,
      campaign: input.campaign ?? null,
      addressees: input.addressees ?? [],
    };
  }

  private async owner(tx: Tx, { id }: Agreement, code: string): Promise<number> {
    const [member] = await tx.query<{ unitId: number }>(
      `SELECT m.unit_id AS "unitId" FROM agreement_member m JOIN unit u ON u.id = m.unit_id
        WHERE m.agreement_id = $1 AND u.code = $2 AND m.removed_on IS NULL`,
      [id, code],
    );
    if (!member) throw new Refused('agreements.owner_not_a_member', 'Đơn vị này không tham gia văn bản.', 'owner');
    return member.unitId;
  }
}
