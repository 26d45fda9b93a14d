import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, tidy, type Actor } from '@lib/kernel';
import { audit, Clock, transact, type Tx } from '@lib/platform';
import { Files, StoredFile } from '@lib/files';
import type { Agreement } from './agreement.entity.js';
import { AgreementScope, type ForUnit } from './agreement-scope.js';
import { AgreementTasks } from './tasks.service.js';
import type { AgreementConfirmationInput, AgreementExcuseInput } from './agreements.dto.js';
import { AgreementMembers } from './members.service.js';
import { anotherText } from './opinions.service.js';

const SCANS = ['application/pdf', 'image/png', 'image/jpeg'];

/** What a member's leader signed on paper is confirmed here, with the scan; a click is no signature. */
@Injectable()
export class ConfirmationsService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly files: Files,
    private readonly scope: AgreementScope,
    private readonly members: AgreementMembers,
    private readonly tasks: AgreementTasks,
  ) {}

  /**
   * A second confirmation of the same unit corrects the first, which stays as it was entered.
   * @throws Refused `agreements.not_open_to_sign`, `agreements.another_text`, `agreements.scan_required`,
   *   `agreements.scan_not_paper`, `agreements.day_in_the_future`, `agreements.reason_required`
   */
  async confirm(actor: Actor, id: number, input: AgreementConfirmationInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const agreement = await this.scope.lockToJoin(tx, actor, 'agreement.read', id);
      const member = await this.scope.member(tx, actor, 'agreement.confirm', id, input.unit);
      await this.check(tx, actor, agreement, member, input);
      const { unitId, enteredFor } = member;
      const today = this.clock.today();
      const replaced = await tx.query(
        `UPDATE agreement_confirmation SET removed_on = $3 WHERE agreement_id = $1 AND unit_id = $2 AND removed_on IS NULL RETURNING id`,
        [id, unitId, today],
      );
      if (replaced.length > 0 && !input.reason)
        throw new Refused('agreements.reason_required', 'Đơn vị đã xác nhận; nêu lý do sửa.', 'reason');
      await tx.query(
        `INSERT INTO agreement_confirmation (agreement_id, text_number, unit_id, signer_name, signer_post, day, file_id, source, reason, entered_for, recorded_on, recorded_by, recorded_by_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
        [
          id,
          input.text,
          unitId,
          tidy(input.signerName),
          tidy(input.signerPost ?? '') || null,
          input.day,
          input.fileId ?? null,
          tidy(input.source ?? '') || null,
          input.reason ? tidy(input.reason) : null,
          enteredFor,
          today,
          actor.name,
          actor.accountId,
        ],
      );
      await this.tasks.confirmed(tx, actor, agreement, unitId);
      await this.members.touch(tx, agreement);
      await audit(tx, this.clock.now(), actor, 'agreement.confirmed', `agreement:${id}`, { unitId, day: input.day });
    });
  }

  /** The organiser, or who leads, says why the agreement does not wait for a member, or for its scan. */
  async excuse(actor: Actor, id: number, { unit, reason }: AgreementExcuseInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const agreement = await this.scope.lockToLead(tx, actor, 'agreement.draft', id);
      if (agreement.state !== 'SIGNING') throw notOpen();
      const [row] = await tx.query<{ unitId: number }>(
        `UPDATE agreement_member m SET excused_on = $3, excused_reason = $4, excused_by = $5 FROM unit u
          WHERE m.agreement_id = $1 AND u.id = m.unit_id AND u.code = $2 AND m.removed_on IS NULL RETURNING m.unit_id AS "unitId"`,
        [id, unit, this.clock.today(), tidy(reason), actor.name],
      );
      if (!row) throw new Refused('agreements.not_a_member', 'Đơn vị này không tham gia giao ước.', 'unit');
      await this.tasks.confirmed(tx, actor, agreement, row.unitId);
      await this.members.touch(tx, agreement);
      await audit(tx, this.clock.now(), actor, 'agreement.excused', `agreement:${id}`, { unitId: row.unitId });
    });
  }

  private async check(
    tx: Tx,
    actor: Actor,
    { state, textNumber }: Agreement,
    { enteredFor }: ForUnit,
    input: AgreementConfirmationInput,
  ): Promise<void> {
    // A correction, or a scan that comes late, is still taken while the agreement is carried out.
    if (state !== 'SIGNING' && state !== 'IN_FORCE') throw notOpen();
    if (input.text !== textNumber) throw anotherText();
    if (input.day > this.clock.today()) throw new Refused('agreements.day_in_the_future', 'Ngày ký chưa đến.', 'day');
    if (!input.fileId) {
      if (!enteredFor) throw new Refused('agreements.scan_required', 'Kèm bản ký (PDF hoặc ảnh).', 'fileId');
      if (!input.source)
        throw new Refused('agreements.scan_required', 'Kèm bản ký, hoặc nêu nguồn khi nhập thay.', 'source');
      return;
    }
    await this.files.attach(tx, actor, input.fileId);
    const file = await tx.manager.findOneBy(StoredFile, { id: input.fileId });
    if (!file || !SCANS.includes(file.mediaType))
      throw new Refused('agreements.scan_not_paper', 'Bản ký phải là tệp PDF hoặc ảnh PNG, JPEG.', 'fileId');
  }
}

function notOpen(): Refused {
  return new Refused('agreements.not_open_to_sign', 'Giao ước chưa mở hoặc đã hết giai đoạn ký kết.', null, 'conflict');
}
