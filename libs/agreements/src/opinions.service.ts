import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, tidy, type Actor } from '@lib/kernel';
import { audit, Clock, transact } from '@lib/platform';
import { AgreementScope } from './agreement-scope.js';
import { AgreementTasks } from './tasks.service.js';
import type { AgreementOpinionAnswerInput, AgreementOpinionInput } from './agreements.dto.js';

/** Opinions of member units on a version of the text, and what those who draft answer to them. */
@Injectable()
export class OpinionsService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly scope: AgreementScope,
    private readonly tasks: AgreementTasks,
  ) {}

  /** @throws Refused `agreements.not_under_discussion`, `agreements.another_text`. */
  async give(actor: Actor, id: number, input: AgreementOpinionInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const agreement = await this.scope.lockToJoin(tx, actor, 'agreement.read', id);
      const { unitId, enteredFor } = await this.scope.member(tx, actor, 'agreement.draft', id, input.unit);
      if (agreement.state !== 'UNDER_DISCUSSION')
        throw new Refused('agreements.not_under_discussion', 'Văn bản không đang lấy ý kiến.', null, 'conflict');
      if (input.text !== agreement.textNumber) throw anotherText();
      await tx.query(
        `INSERT INTO agreement_opinion (agreement_id, text_number, unit_id, body, entered_for, recorded_on, recorded_by, recorded_by_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [id, input.text, unitId, tidy(input.body), enteredFor, this.clock.today(), actor.name, actor.accountId],
      );
      await this.tasks.closeOpinion(tx, actor, agreement, unitId);
      await audit(tx, this.clock.now(), actor, 'agreement.opinion_given', `agreement:${id}`, { unitId });
    });
  }

  /** Taken over or not, and why; may be answered again until the agreement is adopted. */
  async answer(
    actor: Actor,
    id: number,
    opinionId: number,
    { taken, answer }: AgreementOpinionAnswerInput,
  ): Promise<void> {
    await transact(this.db, async (tx) => {
      const { state } = await this.scope.lockToLead(tx, actor, 'agreement.draft', id);
      if (state !== 'UNDER_DISCUSSION' && state !== 'DRAFT')
        throw new Refused('agreements.not_under_discussion', 'Văn bản không đang lấy ý kiến.', null, 'conflict');
      const [row] = await tx.query(
        `UPDATE agreement_opinion SET taken = $3, answer = $4, answered_on = $5, answered_by = $6
          WHERE id = $2 AND agreement_id = $1 RETURNING id`,
        [id, opinionId, taken, tidy(answer), this.clock.today(), actor.name],
      );
      if (!row) throw Refused.notFound('opinion');
      await audit(tx, this.clock.now(), actor, 'agreement.opinion_answered', `agreement:${id}`, { opinionId, taken });
    });
  }
}

export function anotherText(): Refused {
  return new Refused(
    'agreements.another_text',
    'Văn bản đã có bản khác. Hãy tải lại và đọc bản mới.',
    'text',
    'conflict',
  );
}
