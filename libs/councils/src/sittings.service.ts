import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { printDay, Refused, tidy, type Actor, type Warning } from '@lib/kernel';
import { audit, Clock, Steps, transact, type Tx } from '@lib/platform';
import { Desk } from '@lib/desk';
import { Files } from '@lib/files';
import { NominationLines, Separation, type LineStep, type NominationLine } from '@lib/nominations';
import { CouncilScope, mustBeUnchanged } from './council-scope.js';
import type { PresenceInput, SittingChange, SittingInput, SittingStepInput } from './councils.dto.js';
import { Council, Sitting } from './councils.entity.js';
import { mustBeIn, mustBeWithin } from './sitting.rules.js';
import { SITTING_WORKFLOW } from './sitting.workflow.js';
import type { CouncilOutcome } from './vote.rules.js';

const LINE_STEPS: Record<CouncilOutcome, LineStep> = {
  RECOMMENDED: 'recommend',
  DOWNGRADED: 'downgrade',
  NOT_RECOMMENDED: 'not_recommend',
};

interface Voted {
  readonly lineId: number;
  readonly outcome: CouncilOutcome | null;
  readonly lowerForm: string | null;
}

/** A sitting from its plan to its minutes. Closing it gives every line its outcome in one transaction. */
@Injectable()
export class SittingsService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly steps: Steps,
    private readonly desk: Desk,
    private readonly files: Files,
    private readonly lines: NominationLines,
    private readonly separation: Separation,
    private readonly scope: CouncilScope,
  ) {}

  async plan(actor: Actor, input: SittingInput): Promise<number> {
    return transact(this.db, async (tx) => {
      const council = await this.scope.lockCouncil(tx, actor, input.council, 'council');
      mustBeWithin(council, input.day);
      const sitting = tx.manager.create(Sitting, {
        councilId: council.id,
        day: input.day,
        place: input.place ? tidy(input.place) : null,
        state: SITTING_WORKFLOW.initial,
        minutesFileId: null,
        version: 1,
        recordedOn: this.clock.today(),
        recordedBy: actor.name,
        recordedById: actor.accountId,
      });
      await tx.manager.insert(Sitting, sitting);
      await this.openTask(tx, actor, sitting, council);
      await audit(tx, this.clock.now(), actor, 'sitting.planned', `sitting:${sitting.id}`, { council: council.id });
      return sitting.id;
    });
  }

  async change(actor: Actor, id: number, input: SittingChange): Promise<void> {
    await transact(this.db, async (tx) => {
      const { sitting, council } = await this.scope.lockSitting(tx, actor, id);
      mustBeIn(sitting, ['PLANNED']);
      mustBeUnchanged(input.version, sitting.version);
      mustBeWithin(council, input.day);
      sitting.day = input.day;
      sitting.place = input.place ? tidy(input.place) : null;
      await this.save(tx, sitting);
      await this.desk.close(tx, actor, `sitting.hold:${id}`);
      await this.openTask(tx, actor, sitting, council);
      await audit(tx, this.clock.now(), actor, 'sitting.changed', `sitting:${id}`, { day: input.day });
    });
  }

  /** Puts eligible lines before the sitting. */
  async putLines(actor: Actor, id: number, lineIds: readonly number[]): Promise<{ warnings: Warning[] }> {
    return transact(this.db, async (tx) => {
      const { sitting, council } = await this.scope.lockSitting(tx, actor, id);
      mustBeIn(sitting, ['PLANNED', 'OPEN']);
      const lines = await this.lines.lock(tx, actor, 'council.keep', lineIds);
      await mustBeAskedOf(tx, council.unitId, lines);
      const warnings: Warning[] = [];
      for (const line of lines) {
        warnings.push(...(await this.separation.check(tx, actor, line, 'COUNCIL')));
        await this.lines.take(tx, actor, line, 'put_before_council');
        await tx.query(`INSERT INTO sitting_line (sitting_id, line_id) VALUES ($1, $2)`, [id, line.id]);
      }
      await audit(tx, this.clock.now(), actor, 'sitting.lines_put', `sitting:${id}`, { lines: lineIds });
      return { warnings };
    });
  }

  /** Takes a line out again; what was voted on it at this sitting goes with it. */
  async takeBack(actor: Actor, id: number, lineId: number, reason: string): Promise<void> {
    await transact(this.db, async (tx) => {
      const { sitting } = await this.scope.lockSitting(tx, actor, id);
      mustBeIn(sitting, ['PLANNED', 'OPEN']);
      await this.takeBackAll(tx, actor, id, [lineId], reason);
      await audit(tx, this.clock.now(), actor, 'sitting.line_taken_back', `sitting:${id}`, { line: lineId, reason });
    });
  }

  /** The roll: who is there, who has sent a written ballot. */
  async callRoll(actor: Actor, id: number, input: PresenceInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const { sitting } = await this.scope.lockSitting(tx, actor, id);
      mustBeIn(sitting, ['OPEN']);
      mustBeUnchanged(input.version, sitting.version);
      for (const [index, { member, presence }] of input.members.entries()) {
        const rows = await tx.query(
          `UPDATE sitting_member SET presence = $3 WHERE sitting_id = $1 AND member_id = $2 RETURNING 1`,
          [id, member, presence],
        );
        if (rows.length === 0) throw Refused.notFound('council_member', `members[${index}].member`);
      }
      // A vote was held against the roll as it was: the numbers stay, whoever keeps the sitting enters the outcome again.
      await tx.query(
        `UPDATE sitting_line SET outcome = NULL, version = version + 1 WHERE sitting_id = $1 AND outcome IS NOT NULL`,
        [id],
      );
      await this.save(tx, sitting);
      await audit(tx, this.clock.now(), actor, 'sitting.roll_called', `sitting:${id}`, {
        members: input.members.length,
      });
    });
  }

  async attachMinutes(actor: Actor, id: number, fileId: number): Promise<void> {
    await transact(this.db, async (tx) => {
      const { sitting } = await this.scope.lockSitting(tx, actor, id);
      mustBeIn(sitting, ['OPEN']);
      await this.files.attach(tx, actor, fileId);
      const [file] = await tx.query<{ mediaType: string }>(`SELECT media_type AS "mediaType" FROM file WHERE id = $1`, [
        fileId,
      ]);
      if (!/pdf$|wordprocessingml\.document$/.test(file?.mediaType ?? ''))
        throw new Refused('councils.minutes_not_a_document', 'Biên bản phải là tệp PDF hoặc DOCX.', 'fileId');
      sitting.minutesFileId = fileId;
      await this.save(tx, sitting);
      await audit(tx, this.clock.now(), actor, 'sitting.minutes', `sitting:${id}`, { file: fileId });
    });
  }

  async take(actor: Actor, id: number, { step, version, reason }: SittingStepInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const { sitting, council } = await this.scope.lockSitting(tx, actor, id);
      mustBeUnchanged(version, sitting.version);
      if (step === 'cancel' && !reason) throw new Refused('councils.reason_needed', 'Ghi lý do huỷ phiên.', 'reason');
      sitting.state = await this.steps.take(tx, actor, SITTING_WORKFLOW, sitting, step, reason ?? null);
      await this.save(tx, sitting);
      await this[step](tx, actor, sitting, council);
      await audit(tx, this.clock.now(), actor, `sitting.${step}`, `sitting:${id}`, reason ? { reason } : {});
    });
  }

  /** Cancels it within another command, whose reason it is. Its lines go back to the dossiers that carry them. */
  async cancelIn(tx: Tx, actor: Actor, id: number, reason: string): Promise<void> {
    const { sitting, council } = await this.scope.lockSitting(tx, actor, id);
    sitting.state = await this.steps.take(tx, actor, SITTING_WORKFLOW, sitting, 'cancel', reason);
    await this.save(tx, sitting);
    await this.cancel(tx, actor, sitting, council);
    await audit(tx, this.clock.now(), actor, 'sitting.cancel', `sitting:${id}`, { reason });
  }

  /** Membership as it is now, for good. */
  private async open(tx: Tx, _actor: Actor, sitting: Sitting, _council: Council): Promise<void> {
    if (sitting.day > this.clock.today())
      throw new Refused(
        'councils.sitting_not_yet',
        `Phiên họp định vào ngày ${printDay(sitting.day)}, chưa đến.`,
        'step',
        'conflict',
      );
    await tx.query(
      `INSERT INTO sitting_member (sitting_id, member_id, name, role, account_id, person_id)
       SELECT $1, id, name, role, account_id, person_id FROM council_member WHERE council_id = $2 AND removed_on IS NULL`,
      [sitting.id, sitting.councilId],
    );
  }

  private async close(tx: Tx, actor: Actor, sitting: Sitting, council: Council): Promise<void> {
    const votes = await tx.query<Voted>(
      `SELECT line_id AS "lineId", outcome, lower_form AS "lowerForm" FROM sitting_line WHERE sitting_id = $1 ORDER BY line_id`,
      [sitting.id],
    );
    const open = votes.filter(({ outcome }) => outcome === null).length;
    if (open > 0)
      throw new Refused(
        'councils.lines_without_outcome',
        `Còn ${open} dòng chưa có kết quả. Ghi kết quả, hoặc rút dòng khỏi phiên.`,
        'lines',
      );
    if (sitting.minutesFileId === null)
      throw new Refused(
        'councils.minutes_needed',
        'Đính kèm biên bản họp (PDF hoặc DOCX) trước khi kết thúc phiên.',
        'minutes',
      );
    const lines = await this.lockLines(
      tx,
      actor,
      votes.map(({ lineId }) => lineId),
    );
    for (const line of lines) {
      const { outcome, lowerForm } = votes.find(({ lineId }) => lineId === line.id) ?? {
        outcome: null,
        lowerForm: null,
      };
      if (!outcome) throw new Error(`line ${line.id} of sitting ${sitting.id} has no outcome`);
      await this.separation.check(tx, actor, line, 'COUNCIL');
      await this.lines.take(
        tx,
        actor,
        line,
        LINE_STEPS[outcome],
        outcome === 'DOWNGRADED' ? { toForm: lowerForm } : {},
      );
    }
    await this.desk.close(tx, actor, `sitting.hold:${sitting.id}`);
    if (lines.length === 0) return;
    await this.desk.open(
      tx,
      {
        key: `commendation.gather:${sitting.id}`,
        unitId: council.unitId,
        permission: 'commendation.decide',
        title: `Kết quả phiên họp ngày ${printDay(sitting.day)} của ${council.name} chờ quyết định`,
        why: `Hội đồng đã xét ${lines.length} dòng đề nghị; cơ quan có thẩm quyền quyết định.`,
        link: `/hoi-dong/phien/${sitting.id}`,
        due: null,
      },
      actor,
    );
  }

  private async cancel(tx: Tx, actor: Actor, sitting: Sitting, _council: Council): Promise<void> {
    const rows = await tx.query<{ lineId: number }>(
      `SELECT line_id AS "lineId" FROM sitting_line WHERE sitting_id = $1`,
      [sitting.id],
    );
    await this.takeBackAll(
      tx,
      actor,
      sitting.id,
      rows.map(({ lineId }) => lineId),
      'Phiên họp bị huỷ',
    );
    await this.desk.close(tx, actor, `sitting.hold:${sitting.id}`);
  }

  private async takeBackAll(
    tx: Tx,
    actor: Actor,
    sittingId: number,
    lineIds: readonly number[],
    reason: string,
  ): Promise<void> {
    const gone = await tx.query<{ lineId: number }>(
      `DELETE FROM sitting_line WHERE sitting_id = $1 AND line_id = ANY($2) RETURNING line_id AS "lineId"`,
      [sittingId, lineIds],
    );
    if (gone.length !== lineIds.length) throw Refused.notFound('nomination');
    for (const line of await this.lockLines(tx, actor, lineIds))
      await this.lines.take(tx, actor, line, 'take_back', { reason });
  }

  private async lockLines(tx: Tx, actor: Actor, ids: readonly number[]): Promise<NominationLine[]> {
    return ids.length === 0 ? [] : this.lines.lock(tx, actor, 'council.keep', ids);
  }

  private async openTask(tx: Tx, actor: Actor, sitting: Sitting, council: Council): Promise<void> {
    const when = `Phiên họp ngày ${printDay(sitting.day)} của ${council.name}`;
    await this.desk.open(
      tx,
      {
        key: `sitting.hold:${sitting.id}`,
        unitId: council.unitId,
        permission: 'council.keep',
        title: `${when}: chuẩn bị và ghi kết quả`,
        why: 'Phiên họp đã lên lịch; thư ký điểm danh, ghi số phiếu và biên bản.',
        link: `/hoi-dong/phien/${sitting.id}`,
        due: sitting.day,
      },
      actor,
    );
    await this.desk.tell(
      tx,
      {
        key: `sitting.planned:${sitting.id}:${sitting.version}`,
        unitId: council.unitId,
        permission: 'council.read',
        title: when,
        link: `/hoi-dong/phien/${sitting.id}`,
      },
      actor,
    );
  }

  private async save(tx: Tx, sitting: Sitting): Promise<void> {
    sitting.version += 1;
    await tx.manager.save(Sitting, sitting);
  }
}

/** A council looks only at what its own unit was asked. */
async function mustBeAskedOf(tx: Tx, unitId: number, lines: readonly NominationLine[]): Promise<void> {
  const elsewhere = await tx.query<{ id: number }>(
    `SELECT id FROM dossier WHERE id = ANY($1) AND to_unit_id IS DISTINCT FROM $2::int`,
    [lines.map(({ atDossierId }) => atDossierId), unitId],
  );
  if (elsewhere.length > 0)
    throw new Refused(
      'councils.line_of_another_unit',
      'Có dòng đề nghị gửi đến đơn vị khác, không phải đơn vị của Hội đồng này.',
      'lines',
    );
}
