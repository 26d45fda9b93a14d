import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, tidy, type Actor } from '@lib/kernel';
import { audit, Clock, Jobs, Steps, transact } from '@lib/platform';
import { Decisions } from '@lib/awards';
import { Desk } from '@lib/desk';
import { Files } from '@lib/files';
import { NominationLines } from '@lib/nominations';
import { CommendationScope } from './commendation-scope.js';
import { COMMENDATION_WORKFLOW } from './commendation.workflow.js';
import type { SignInput } from './commendations.dto.js';
import { Commendation, CommendationLine } from './commendations.entity.js';
import { mustBeUnchanged } from './draft.service.js';
import { inOffice } from './weighing.service.js';

/** The clerk enters what stands on the signed paper. From here on the number is taken, and the lines can go nowhere else. */
@Injectable()
export class SignService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly steps: Steps,
    private readonly desk: Desk,
    private readonly files: Files,
    private readonly lines: NominationLines,
    private readonly decisions: Decisions,
    private readonly scope: CommendationScope,
  ) {}

  /** @throws Refused `commendations.number_taken`, a conflict: two clerks with one number, exactly one gets it */
  async sign(actor: Actor, id: number, input: SignInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const row = await this.scope.lock(tx, actor, ['commendation.issue'], id);
      mustBeUnchanged(input.version, row);
      row.state = await this.steps.take(tx, actor, COMMENDATION_WORKFLOW, row, 'sign');
      if (input.day > this.clock.today())
        throw new Refused('commendations.day_in_the_future', 'Ngày quyết định chưa đến.', 'day');
      await this.files.attach(tx, actor, input.fileId);
      const [file] = await tx.query<{ mediaType: string }>(`SELECT media_type AS "mediaType" FROM file WHERE id = $1`, [
        input.fileId,
      ]);
      if (file?.mediaType !== 'application/pdf')
        throw new Refused('commendations.not_a_pdf', 'Bản ký phải là tệp PDF.', 'fileId');
      const [number, symbol] = [tidy(input.number), tidy(input.symbol)];
      row.decisionId = await this.decisions.reserve(tx, row.unitId, { number, symbol, date: input.day });
      if (row.decisionId === null) {
        const name = `${number}${symbol ? `/${symbol}` : ''}`;
        const message = `Số ${name} năm ${input.day.slice(0, 4)} đã dùng cho một quyết định khác của đơn vị.`;
        throw new Refused('commendations.number_taken', message, 'number', 'conflict');
      }
      row.number = number;
      row.symbol = symbol;
      row.day = input.day;
      row.signerName = tidy(input.signerName);
      row.signerPost = tidy(input.signerPost);
      row.fileId = input.fileId;
      row.version += 1;
      await tx.manager.save(Commendation, row);
      const office = inOffice(actor);
      const verdicts = await tx.manager.findBy(CommendationLine, { commendationId: id });
      const ids = verdicts.map(({ lineId }) => lineId);
      for (const line of await this.lines.lock(tx, office, 'commendation.issue', ids))
        await this.lines.take(tx, office, line, 'decide');
      await this.desk.close(tx, actor, `commendation.sign:${id}`);
      await audit(tx, this.clock.now(), actor, 'commendation.signed', `commendation:${id}`, {
        number,
        symbol,
        day: input.day,
        file: input.fileId,
      });
      tx.afterCommit(() => this.jobs.wake('commendations.prepare'));
    });
  }
}
