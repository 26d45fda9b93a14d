import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, tidy, type Actor, type RefusalDetail, type Warning } from '@lib/kernel';
import { audit, Clock, Steps, transact, type Tx } from '@lib/platform';
import { Desk } from '@lib/desk';
import { checkVersion } from './changed.rules.js';
import { APPRAISAL_LIMIT, dueAfter } from './clock.rules.js';
import { Dossier } from './dossier.entity.js';
import { DOSSIER_WORKFLOW, type DossierStep } from './dossier.workflow.js';
import type { AppraisalInput, LineSeenInput, ResubmitLinesInput, ReturnInput, VersionInput } from './dossiers.dto.js';
import type { LinesSaved } from './draft-lines.service.js';
import type { NominationLine } from './line.entity.js';
import { NominationLines } from './lines.service.js';
import { NominationScope } from './nomination-scope.js';
import { Reasons } from './reasons.service.js';
import { Separation } from './separation.service.js';

/** The receiving desk: takes in, gives back with reasons, finds each line eligible or not. */
@Injectable()
export class AppraiseService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly steps: Steps,
    private readonly desk: Desk,
    private readonly scope: NominationScope,
    private readonly lines: NominationLines,
    private readonly reasons: Reasons,
    private readonly separation: Separation,
  ) {}

  /** From this day the clock runs, and this day's rules judge the dossier. */
  async receive(actor: Actor, id: number, { version }: VersionInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const dossier = await this.scope.lock(tx, actor, 'nomination.appraise', 'receiving', id);
      checkVersion(dossier, version);
      await this.step(tx, actor, dossier, 'receive');
      dossier.receivedOn ??= this.clock.today();
      await this.store(tx, actor, dossier);
      await this.waits(tx, actor, dossier);
      await audit(tx, this.clock.now(), actor, 'dossier.received', `dossier:${id}`, {});
    });
  }

  /** The whole dossier, or only the lines that the reasons name; the other lines go on. */
  async giveBack(actor: Actor, id: number, input: ReturnInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const dossier = await this.scope.lock(tx, actor, 'nomination.appraise', 'receiving', id);
      checkVersion(dossier, input.version);
      const about = input.reasons.findIndex((reason) => !input.whole && !reason.lineId);
      if (about >= 0) {
        const message = 'Trả lại từng dòng: mỗi lý do phải nêu dòng nào.';
        throw new Refused('nominations.reason_without_line', message, `reasons[${about}].lineId`);
      }
      const ids = [...new Set(input.reasons.flatMap((reason) => reason.lineId ?? []))];
      const lines = await this.own(tx, actor, dossier, ids);
      const [first] = input.reasons;
      if (input.whole) {
        await this.step(tx, actor, dossier, 'return', first ? tidy(first.reason) : null);
        if (dossier.receivedOn !== null) dossier.returnedOn = this.clock.today();
      } else if (dossier.state === 'APPRAISED') await this.step(tx, actor, dossier, 'reopen');
      else if (dossier.state !== 'RECEIVED') DOSSIER_WORKFLOW.next(dossier.state, 'appraise');
      for (const line of lines) {
        const why = input.reasons.filter((reason) => reason.lineId === line.id).map((reason) => tidy(reason.reason));
        await this.lines.take(tx, actor, line, 'return', { reason: why.join('; ') });
      }
      await this.reasons.give(tx, actor, id, dossier.toUnitId, input.reasons);
      await this.store(tx, actor, dossier);
      await this.tellReturned(tx, actor, dossier, input.whole, lines);
      await audit(tx, this.clock.now(), actor, 'dossier.returned', `dossier:${id}`, { whole: input.whole, lines: ids });
    });
  }

  /** Lines that alone were returned go back to the desk that asked; the dossier stayed there. */
  async resubmit(actor: Actor, id: number, input: ResubmitLinesInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const dossier = await this.scope.lock(tx, actor, 'nomination.propose', 'proposing', id);
      if (dossier.state !== 'RECEIVED' && dossier.state !== 'APPRAISED')
        DOSSIER_WORKFLOW.next(dossier.state, 'appraise');
      const lines = await this.lines.lock(
        tx,
        actor,
        'nomination.propose',
        input.lines.map((line) => line.lineId),
      );
      checkSeen(lines, input.lines, id);
      await this.reasons.settle(
        tx,
        actor,
        id,
        lines.map((line) => line.id),
        input.answers ?? [],
      );
      for (const line of lines) {
        await this.lines.take(tx, actor, line, 'resubmit');
        await this.desk.close(tx, actor, `nomination.correct_line:${line.id}`);
      }
      await tx.query(
        `UPDATE nomination_submission s SET ended_on = $2 FROM nomination_line l
          WHERE l.id = s.line_id AND s.line_id = ANY($1) AND s.dossier_id = $3 AND s.ended_on IS NULL AND (s.form, s.class) <> (coalesce(l.to_form, l.form), l.class)`,
        [lines.map((line) => line.id), this.clock.today(), id],
      );
      await tx.query(
        `INSERT INTO nomination_submission (line_id, dossier_id, carry_id, unit_id, to_unit_id, to_outside_id, day, class, form, recorded_on)
         SELECT DISTINCT ON (l.id) l.id, s.dossier_id, s.carry_id, s.unit_id, s.to_unit_id, s.to_outside_id, s.day, l.class, coalesce(l.to_form, l.form), $2::date
           FROM nomination_line l JOIN nomination_submission s ON s.line_id = l.id AND s.dossier_id = $3
          WHERE l.id = ANY($1) AND NOT EXISTS (SELECT 1 FROM nomination_submission o WHERE o.line_id = l.id AND o.dossier_id = $3 AND o.ended_on IS NULL)
          ORDER BY l.id, s.id DESC`,
        [lines.map((line) => line.id), this.clock.today(), id],
      );
      await this.lines.touch(
        tx,
        lines.map((line) => line.id),
      );
      if (dossier.state === 'APPRAISED') {
        await this.step(tx, actor, dossier, 'reopen');
        await this.store(tx, actor, dossier);
      }
      await this.waits(tx, actor, dossier);
      await audit(tx, this.clock.now(), actor, 'dossier.lines_resubmitted', `dossier:${id}`, {
        lines: lines.map((line) => line.id),
      });
    });
  }

  /** Line by line, many at once; when no line waits any more the dossier is appraised. All or none. */
  async appraise(actor: Actor, id: number, input: AppraisalInput): Promise<LinesSaved> {
    return transact(this.db, async (tx) => {
      const dossier = await this.scope.lock(tx, actor, 'nomination.appraise', 'receiving', id);
      if (dossier.state === 'SUBMITTED') {
        const message = 'Hãy tiếp nhận hồ sơ trước khi thẩm định.';
        throw new Refused('nominations.receive_first', message, null, 'conflict');
      }
      if (dossier.state !== 'RECEIVED' && dossier.state !== 'APPRAISED')
        DOSSIER_WORKFLOW.next(dossier.state, 'appraise');
      const bare: RefusalDetail[] = input.lines.flatMap((line, index) =>
        line.outcome === 'REJECT' && !line.reason
          ? [
              {
                code: 'nominations.reason_needed',
                field: `lines[${index}].reason`,
                message: 'Nêu lý do không đủ điều kiện.',
              },
            ]
          : [],
      );
      if (bare.length > 0) throw Refused.all(bare);
      const lines = await this.own(
        tx,
        actor,
        dossier,
        input.lines.map((line) => line.lineId),
      );
      checkSeen(lines, input.lines, id);
      const outcomes = new Map(input.lines.map((line) => [line.lineId, line]));
      const warnings: Warning[] = [];
      for (const line of lines) {
        warnings.push(...(await this.separation.check(tx, actor, line, 'APPRAISE')));
        const given = outcomes.get(line.id);
        const reason = given?.reason ? tidy(given.reason) : null;
        await this.lines.take(tx, actor, line, given?.outcome === 'ACCEPT' ? 'accept' : 'reject', { reason });
      }
      await this.finish(tx, actor, dossier);
      await audit(tx, this.clock.now(), actor, 'dossier.appraised', `dossier:${id}`, {
        lines: lines.map((line) => line.id),
      });
      return { ids: lines.map((line) => line.id), warnings };
    });
  }

  private async finish(tx: Tx, actor: Actor, dossier: Dossier): Promise<void> {
    const waiting = await tx.query(
      `SELECT 1 FROM nomination_line WHERE at_dossier_id = $1 AND state IN ('PROPOSED', 'RETURNED') LIMIT 1`,
      [dossier.id],
    );
    if (waiting.length > 0 || dossier.state !== 'RECEIVED') return;
    await this.step(tx, actor, dossier, 'appraise');
    dossier.settledOn = this.clock.today();
    await this.store(tx, actor, dossier);
    await this.desk.close(tx, actor, `nomination.appraise:${dossier.id}`);
    await this.desk.tell(
      tx,
      {
        key: `nomination.appraised:${dossier.id}:${dossier.version}`,
        unitId: dossier.unitId,
        permission: 'nomination.propose',
        title: `Hồ sơ đã được thẩm định: ${dossier.title}`,
        link: `/de-nghi/${dossier.id}`,
      },
      actor,
    );
  }

  /** Lines that this dossier carries now, locked for the receiving side. */
  private async own(tx: Tx, actor: Actor, dossier: Dossier, ids: readonly number[]): Promise<NominationLine[]> {
    if (ids.length === 0) return [];
    const lines = await this.lines.lock(tx, actor, 'nomination.appraise', ids);
    checkHere(lines, dossier.id);
    return lines;
  }

  private async step(
    tx: Tx,
    actor: Actor,
    dossier: Dossier,
    step: DossierStep,
    reason: string | null = null,
  ): Promise<void> {
    dossier.state = await this.steps.take(tx, actor, DOSSIER_WORKFLOW, dossier, step, reason);
    if (step === 'reopen') dossier.settledOn = null;
  }

  private async store(tx: Tx, actor: Actor, dossier: Dossier): Promise<void> {
    dossier.version += 1;
    dossier.changedBy = actor.name;
    dossier.changedAt = this.clock.now();
    await tx.manager.save(Dossier, dossier);
  }

  private async waits(tx: Tx, actor: Actor, dossier: Dossier): Promise<void> {
    if (dossier.toUnitId === null) return;
    const { id, receivedOn, daysReturned } = dossier;
    const key = `nomination.appraise:${id}`;
    await this.desk.close(tx, actor, key);
    await this.desk.open(
      tx,
      {
        key,
        unitId: dossier.toUnitId,
        permission: 'nomination.appraise',
        title: `Hồ sơ chờ thẩm định: ${dossier.title}`,
        why: `Thời hạn ${APPRAISAL_LIMIT.workingDays} ngày làm việc (${APPRAISAL_LIMIT.source.toLowerCase()}).`,
        link: `/de-nghi/${id}`,
        due: receivedOn === null ? null : dueAfter(receivedOn, APPRAISAL_LIMIT.workingDays + daysReturned),
      },
      actor,
    );
  }

  private async tellReturned(
    tx: Tx,
    actor: Actor,
    dossier: Dossier,
    whole: boolean,
    lines: readonly NominationLine[],
  ): Promise<void> {
    const { id, unitId } = dossier;
    const to = { unitId, permission: 'nomination.propose', due: null } as const;
    if (whole) {
      await this.desk.close(tx, actor, `nomination.appraise:${id}`);
      const title = `Hồ sơ bị trả lại: ${dossier.title}`;
      const why = 'Xem lý do tại từng mục, sửa hoặc giải trình, rồi trình lại.';
      await this.desk.open(tx, { ...to, key: `nomination.correct:${id}`, title, why, link: `/de-nghi/${id}` }, actor);
      return;
    }
    for (const line of lines) {
      const title = `Một dòng đề nghị bị trả lại: ${dossier.title}`;
      const why = 'Xem lý do tại từng mục, sửa hoặc giải trình, rồi trình lại dòng này.';
      const link = `/de-nghi/${id}?dong=${line.id}`;
      await this.desk.open(tx, { ...to, key: `nomination.correct_line:${line.id}`, title, why, link }, actor);
    }
  }
}

/** @throws Refused where a line has been moved to another dossier */
export function checkHere(lines: readonly NominationLine[], dossierId: number): void {
  if (lines.every((line) => line.atDossierId === dossierId)) return;
  const message = 'Có dòng không còn nằm ở hồ sơ này. Hãy tải lại trang.';
  throw new Refused('nominations.line_moved', message, 'lines', 'conflict');
}

/** Every line lies here, and as the reader saw it. */
export function checkSeen(lines: readonly NominationLine[], seen: readonly LineSeenInput[], dossierId: number): void {
  checkHere(lines, dossierId);
  const versions = new Map(seen.map((line) => [line.lineId, line.version]));
  for (const line of lines) checkVersion(line, versions.get(line.id) ?? 0, 'lines');
}
