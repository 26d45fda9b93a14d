import { Injectable } from '@nestjs/common';
import { Refused, tidy, type Actor, type RefusalDetail } from '@lib/kernel';
import { Clock, type Tx } from '@lib/platform';
import type { ReasonAnswerInput, ReturnReasonInput } from './dossiers.dto.js';

interface OpenReason {
  readonly id: number;
  readonly lineId: number | null;
  readonly field: string;
  readonly touched: boolean;
  readonly answer: string | null;
}

/** Why something was returned, field by field; each is settled by a change, or by an answer. */
@Injectable()
export class Reasons {
  constructor(private readonly clock: Clock) {}

  async give(
    tx: Tx,
    actor: Actor,
    dossierId: number,
    byUnitId: number | null,
    reasons: readonly ReturnReasonInput[],
  ): Promise<void> {
    for (const { lineId, field, reason } of reasons)
      await tx.query(
        `INSERT INTO nomination_reason (dossier_id, line_id, field, reason, at, by, by_unit_id) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [dossierId, lineId ?? null, field, tidy(reason), this.clock.now(), actor.name, byUnitId],
      );
  }

  /** Stores the answers; refuses while a reason of these lines (of the dossier where null) is neither acted upon nor answered. */
  async settle(
    tx: Tx,
    actor: Actor,
    dossierId: number,
    about: readonly (number | null)[],
    answers: readonly ReasonAnswerInput[],
  ): Promise<void> {
    const open = (await this.open(tx, dossierId)).filter((reason) => about.includes(reason.lineId));
    const known = new Map(open.map((reason) => [reason.id, reason]));
    const strange = answers.findIndex((answer) => !known.has(answer.reasonId));
    if (strange >= 0) throw Refused.notFound('reason', `answers[${strange}].reasonId`);
    const answered = new Set(answers.map((answer) => answer.reasonId));
    const left: RefusalDetail[] = open
      .filter((reason) => !reason.touched && !answered.has(reason.id))
      .map((reason) => ({
        code: 'nominations.reason_open',
        field: `reasons.${reason.id}`,
        message: 'Chưa sửa và chưa giải trình lý do trả lại này.',
      }));
    if (left.length > 0) throw Refused.all(left);
    for (const { reasonId, answer } of answers)
      await tx.query(`UPDATE nomination_reason SET answer = $2, answered_by = $3 WHERE id = $1`, [
        reasonId,
        tidy(answer),
        actor.name,
      ]);
    await tx.query(`UPDATE nomination_reason SET settled_at = $2 WHERE id = ANY($1)`, [
      [...known.keys()],
      this.clock.now(),
    ]);
  }

  /** The unit that composed sends lines further back: the same reasons now stand at the dossier they came from. */
  async passDown(
    tx: Tx,
    actor: Actor,
    from: { dossierId: number; unitId: number },
    toDossierId: number,
    lineId: number,
    reason: string | null,
  ): Promise<void> {
    const moved = await tx.query<{ field: string; reason: string }>(
      `UPDATE nomination_reason SET settled_at = $3, answer = 'Chuyển về đơn vị đề nghị', answered_by = $4
        WHERE dossier_id = $1 AND line_id = $2 AND settled_at IS NULL RETURNING field, reason`,
      [from.dossierId, lineId, this.clock.now(), actor.name],
    );
    const given = moved.map((one) => ({ lineId, field: one.field, reason: one.reason })) as ReturnReasonInput[];
    if (reason) given.push({ lineId, field: 'reason', reason });
    await this.give(tx, actor, toDossierId, from.unitId, given);
  }

  private open(tx: Tx, dossierId: number): Promise<OpenReason[]> {
    return tx.query<OpenReason>(
      `SELECT id, line_id AS "lineId", field, touched, answer FROM nomination_reason WHERE dossier_id = $1 AND settled_at IS NULL ORDER BY id`,
      [dossierId],
    );
  }
}
