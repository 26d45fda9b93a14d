import { Injectable } from '@nestjs/common';
import { DataSource, QueryFailedError } from 'typeorm';
import { Refused, tidy, type Actor, type Warning } from '@lib/kernel';
import { audit, Clock, Steps, transact, type Tx } from '@lib/platform';
import { Desk } from '@lib/desk';
import { Files } from '@lib/files';
import { NominationLines, Separation, type NominationLine } from '@lib/nominations';
import { CommendationScope, DRAFTING } from './commendation-scope.js';
import { COMMENDATION_WORKFLOW } from './commendation.workflow.js';
import type {
  CommendationChange,
  CommendationInput,
  CommendationMinutesInput,
  StepInput,
  VerdictInput,
} from './commendations.dto.js';
import { Commendation, CommendationLine } from './commendations.entity.js';
import { inOffice, Weighing } from './weighing.service.js';

const UNIQUE_VIOLATION = '23505';

/** A decision until it is signed: lines gathered with an outcome each, then decided by the competent organ. */
@Injectable()
export class DraftService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly steps: Steps,
    private readonly desk: Desk,
    private readonly files: Files,
    private readonly lines: NominationLines,
    private readonly separation: Separation,
    private readonly scope: CommendationScope,
    private readonly weighing: Weighing,
  ) {}

  async draft(actor: Actor, input: CommendationInput): Promise<{ id: number; warnings: Warning[] }> {
    return this.inOneDecision(() =>
      transact(this.db, async (tx) => {
        const unitId = await this.scope.unitFor(tx, actor, input.unit);
        const row = tx.manager.create(Commendation, {
          unitId,
          organ: input.organ,
          title: tidy(input.title),
          state: COMMENDATION_WORKFLOW.initial,
          version: 1,
          recordedOn: this.clock.today(),
          recordedBy: actor.name,
          recordedById: actor.accountId,
        });
        await tx.manager.insert(Commendation, row);
        const warnings = await this.gather(tx, actor, row, input.lines);
        await this.openTask(tx, actor, row);
        await audit(tx, this.clock.now(), actor, 'commendation.drafted', `commendation:${row.id}`, {
          lines: input.lines.length,
        });
        return { id: row.id, warnings };
      }),
    );
  }

  async change(actor: Actor, id: number, input: CommendationChange): Promise<{ warnings: Warning[] }> {
    return this.inOneDecision(() =>
      transact(this.db, async (tx) => {
        const row = await this.scope.lock(tx, actor, DRAFTING, id);
        if (row.state !== 'DRAFT')
          throw new Refused(
            'commendations.not_a_draft',
            'Chỉ sửa được dự thảo. Trả lại dự thảo trước khi sửa.',
            null,
            'conflict',
          );
        mustBeUnchanged(input.version, row);
        row.organ = input.organ;
        row.title = tidy(input.title);
        await tx.query(`DELETE FROM commendation_line WHERE commendation_id = $1`, [id]);
        const warnings = await this.gather(tx, actor, row, input.lines);
        await this.save(tx, row);
        await audit(tx, this.clock.now(), actor, 'commendation.changed', `commendation:${id}`, {
          lines: input.lines.length,
        });
        return { warnings };
      }),
    );
  }

  /** The organ's word: only by somebody who neither proposed nor appraised any of the lines, and is in none of them. */
  async decide(actor: Actor, id: number, input: StepInput): Promise<{ warnings: Warning[] }> {
    return transact(this.db, async (tx) => {
      const row = await this.scope.lock(tx, actor, ['commendation.decide'], id);
      mustBeUnchanged(input.version, row);
      const verdicts = await this.verdicts(tx, id);
      const lines = await this.lockLines(tx, actor, verdicts);
      const inputs: VerdictInput[] = verdicts.map(({ lineId, outcome, form, reason, registerNumber }) => ({
        line: lineId,
        outcome,
        form,
        reason,
        registerNumber,
      }));
      // Weighed again: since the draft was put together a line may have been before a council, or have gone elsewhere.
      const weighed = await this.weighing.weigh(tx, row.unitId, inputs, lines);
      const warnings: Warning[] = [];
      for (const verdict of verdicts) {
        const line = lines.find((one) => one.id === verdict.lineId);
        const found = weighed.find((one) => one.lineId === verdict.lineId)?.warnings ?? [];
        if (line) found.push(...(await this.separation.check(tx, actor, line, 'DECIDE')));
        await tx.manager.update(CommendationLine, { id: verdict.id }, { warnings: found });
        warnings.push(...found);
      }
      row.state = await this.steps.take(tx, actor, COMMENDATION_WORKFLOW, row, 'decide', input.reason ?? null);
      await this.save(tx, row);
      await this.desk.close(tx, actor, `commendation.decide:${id}`);
      await this.desk.open(
        tx,
        {
          key: `commendation.sign:${id}`,
          unitId: row.unitId,
          permission: 'commendation.issue',
          title: `Quyết định đã duyệt chờ ký và cấp số: ${row.title}`,
          why: 'Cơ quan có thẩm quyền đã duyệt; văn thư ghi số, ngày, người ký và đính kèm bản ký.',
          link: `/quyet-dinh/${id}`,
          due: null,
        },
        actor,
      );
      await audit(tx, this.clock.now(), actor, 'commendation.decided', `commendation:${id}`, {});
      return { warnings };
    });
  }

  async returnToDraft(actor: Actor, id: number, input: StepInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const row = await this.scope.lock(tx, actor, DRAFTING, id);
      mustBeUnchanged(input.version, row);
      row.state = await this.steps.take(tx, actor, COMMENDATION_WORKFLOW, row, 'return', needed(input.reason));
      await this.save(tx, row);
      await this.desk.close(tx, actor, `commendation.sign:${id}`);
      await this.openTask(tx, actor, row);
      await audit(tx, this.clock.now(), actor, 'commendation.returned', `commendation:${id}`, {});
    });
  }

  /** Before it is issued. The number that a signed one has taken stays taken; its lines may go into another decision. */
  async cancel(actor: Actor, id: number, input: StepInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const row = await this.scope.lock(tx, actor, DRAFTING, id);
      mustBeUnchanged(input.version, row);
      await this.cancelIn(tx, actor, row, needed(input.reason));
    });
  }

  /** The same of a row that is locked, within another command. */
  async cancelIn(tx: Tx, actor: Actor, row: Commendation, reason: string): Promise<void> {
    const { id } = row;
    const signed = row.state === 'SIGNED' || row.state === 'PREPARED';
    row.state = await this.steps.take(tx, actor, COMMENDATION_WORKFLOW, row, 'cancel', reason);
    await this.save(tx, row);
    const verdicts = await this.verdicts(tx, id);
    await tx.query(`UPDATE commendation_line SET held = false WHERE commendation_id = $1`, [id]);
    if (signed) {
      const office = inOffice(actor);
      const ids = verdicts.map(({ lineId }) => lineId);
      for (const line of await this.lines.lock(tx, office, 'commendation.issue', ids))
        await this.lines.take(tx, office, line, 'release');
    }
    for (const task of ['decide', 'sign', 'issue']) await this.desk.close(tx, actor, `commendation.${task}:${id}`);
    await audit(tx, this.clock.now(), actor, 'commendation.cancelled', `commendation:${id}`, { reason });
  }

  /** Minutes of the committee: where a unit is too small to keep the duties apart, they stand for it (design §1.10). */
  async attachMinutes(actor: Actor, id: number, { fileId, version }: CommendationMinutesInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const row = await this.scope.lock(tx, actor, DRAFTING, id);
      mustBeUnchanged(version, row);
      if (row.state === 'ISSUED' || row.state === 'CANCELLED')
        throw new Refused('commendations.settled', 'Quyết định này đã kết thúc.', null, 'conflict');
      await this.files.attach(tx, actor, fileId);
      row.minutesFileId = fileId;
      await this.save(tx, row);
      await audit(tx, this.clock.now(), actor, 'commendation.minutes', `commendation:${id}`, { file: fileId });
    });
  }

  private async gather(tx: Tx, actor: Actor, row: Commendation, inputs: readonly VerdictInput[]): Promise<Warning[]> {
    const twice = inputs.findIndex(({ line }, index) => inputs.findIndex((other) => other.line === line) < index);
    if (twice >= 0)
      throw new Refused('commendations.line_twice', 'Dòng đề nghị này đã có trong quyết định.', `lines[${twice}].line`);
    const lines = await this.lockLines(
      tx,
      actor,
      inputs.map(({ line }) => ({ lineId: line })),
    );
    const elsewhere = await tx.query(
      `SELECT 1 FROM dossier WHERE id = ANY($1) AND to_unit_id IS DISTINCT FROM $2::int LIMIT 1`,
      [lines.map(({ atDossierId }) => atDossierId), row.unitId],
    );
    if (elsewhere.length > 0)
      throw new Refused('commendations.line_of_another_unit', 'Có dòng đề nghị gửi đến đơn vị khác.', 'lines');
    const weighed = await this.weighing.weigh(tx, row.unitId, inputs, lines);
    await tx.manager.insert(
      CommendationLine,
      weighed.map((verdict) => ({ ...verdict, commendationId: row.id, held: true, batchId: null, awardLineId: null })),
    );
    await this.closeGathering(tx, actor, lines);
    return weighed.flatMap(({ warnings }) => warnings);
  }

  /** Nothing of that sitting waits for a decision any more. */
  private async closeGathering(tx: Tx, actor: Actor, lines: readonly NominationLine[]): Promise<void> {
    const ids = lines.map(({ id }) => id);
    const sittings = new Set([...(await this.weighing.said(tx, ids)).values()].map(({ sitting }) => sitting));
    for (const sitting of sittings) {
      const open = await tx.query(
        `SELECT 1 FROM sitting_line sl WHERE sl.sitting_id = $1
            AND NOT EXISTS (SELECT 1 FROM commendation_line cl WHERE cl.line_id = sl.line_id AND cl.held) LIMIT 1`,
        [sitting],
      );
      if (open.length === 0) await this.desk.close(tx, actor, `commendation.gather:${sitting}`);
    }
  }

  private openTask(tx: Tx, actor: Actor, row: Commendation): Promise<void> {
    return this.desk.open(
      tx,
      {
        key: `commendation.decide:${row.id}`,
        unitId: row.unitId,
        permission: 'commendation.decide',
        title: `Dự thảo quyết định chờ duyệt: ${row.title}`,
        why: 'Dự thảo đã có đủ kết quả từng dòng; cơ quan có thẩm quyền duyệt.',
        link: `/quyet-dinh/${row.id}`,
        due: null,
      },
      actor,
    );
  }

  private async lockLines(tx: Tx, actor: Actor, verdicts: readonly { lineId: number }[]): Promise<NominationLine[]> {
    const ids = verdicts.map(({ lineId }) => lineId);
    const decides = actor.everywhere || actor.grants.some(({ permissions }) => permissions.has('commendation.decide'));
    return this.lines.lock(tx, actor, decides ? 'commendation.decide' : 'commendation.issue', ids);
  }

  private verdicts(tx: Tx, id: number): Promise<CommendationLine[]> {
    return tx.manager.find(CommendationLine, { where: { commendationId: id }, order: { id: 'ASC' } });
  }

  private async save(tx: Tx, row: Commendation): Promise<void> {
    row.version += 1;
    await tx.manager.save(Commendation, row);
  }

  /** Two drafts at once reach for the same line: the second one is told. */
  private async inOneDecision<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (
        error instanceof QueryFailedError &&
        (error.driverError as { code?: string; constraint?: string }).code === UNIQUE_VIOLATION
      )
        throw new Refused(
          'commendations.line_in_another',
          'Có dòng đề nghị đã nằm trong một quyết định khác.',
          'lines',
          'conflict',
        );
      throw error;
    }
  }
}

/** Two people editing one thing lose nothing: the second one is told. */
export function mustBeUnchanged(seen: number, { version }: Commendation): void {
  if (seen === version) return;
  const message = 'Có người vừa sửa nội dung này. Hãy tải lại trang rồi làm lại.';
  throw new Refused('commendations.changed_meanwhile', message, 'version', 'conflict');
}

function needed(reason: string | null | undefined): string {
  if (reason) return tidy(reason);
  throw new Refused('commendations.reason_needed', 'Ghi lý do.', 'reason');
}
