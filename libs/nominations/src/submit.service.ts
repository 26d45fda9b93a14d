import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AccountsQueries } from '@lib/access';
import { Refused, tidy, type Actor } from '@lib/kernel';
import { audit, Clock, Steps, transact, type Tx } from '@lib/platform';
import { Desk } from '@lib/desk';
import { UnitTree } from '@lib/units';
import { checkVersion } from './changed.rules.js';
import { workingDays } from './clock.rules.js';
import { Dossier } from './dossier.entity.js';
import { DOSSIER_WORKFLOW, type DossierStep } from './dossier.workflow.js';
import type { SubmitInput, WithdrawDossierInput } from './dossiers.dto.js';
import { NominationLine } from './line.entity.js';
import { NominationLines } from './lines.service.js';
import { NominationScope } from './nomination-scope.js';
import { Reasons } from './reasons.service.js';

const UNSUBMITTED = ['ELIGIBLE', 'RECOMMENDED', 'DOWNGRADED'];

/** How a dossier leaves its proposer. */
@Injectable()
export class SubmitService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly steps: Steps,
    private readonly desk: Desk,
    private readonly tree: UnitTree,
    private readonly accounts: AccountsQueries,
    private readonly scope: NominationScope,
    private readonly lines: NominationLines,
    private readonly reasons: Reasons,
  ) {}

  /** The officer has finished: it waits for the leader who submits. */
  async ask(actor: Actor, id: number): Promise<void> {
    await transact(this.db, async (tx) => {
      const dossier = await this.scope.lock(tx, actor, 'nomination.propose', 'proposing', id);
      if (dossier.state !== 'DRAFT' && dossier.state !== 'RETURNED') DOSSIER_WORKFLOW.next(dossier.state, 'submit');
      await this.desk.open(
        tx,
        {
          key: `nomination.submit:${id}`,
          unitId: dossier.unitId,
          permission: 'nomination.submit',
          title: `Hồ sơ đề nghị chờ trình: ${dossier.title}`,
          why: 'Cán bộ đã soạn xong; cần lãnh đạo đơn vị xem và trình.',
          link: `/de-nghi/${id}`,
          due: null,
        },
        actor,
      );
      await audit(tx, this.clock.now(), actor, 'dossier.ready', `dossier:${id}`, {});
    });
  }

  /**
   * Upwards, or to the body outside; again after it was returned.
   * @throws Refused `nominations.leader_submits` for an officer where the unit has somebody who submits
   */
  async submit(actor: Actor, id: number, input: SubmitInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const dossier = await this.scope.lock(tx, actor, 'nomination.read', 'proposing', id);
      const byOfficer = await this.asOfficer(tx, actor, dossier);
      checkVersion(dossier, input.version);
      const step: DossierStep =
        dossier.state === 'RETURNED' ? 'resubmit' : dossier.toOutsideId === null ? 'submit' : 'send';
      const lines = await this.carried(tx, id);
      if (lines.length === 0)
        throw new Refused('nominations.no_lines', 'Hồ sơ chưa có dòng đề nghị nào.', 'lines', 'conflict');
      const before = dossier.state;
      dossier.state = await this.steps.take(tx, actor, DOSSIER_WORKFLOW, dossier, step);
      if (before === 'RETURNED')
        await this.reasons.settle(tx, actor, id, [null, ...lines.map((line) => line.id)], input.answers ?? []);
      await this.moveLines(tx, actor, dossier, lines);
      await this.store(tx, actor, dossier, byOfficer);
      await this.recordSubmissions(
        tx,
        dossier,
        lines.map((line) => line.id),
      );
      await this.tell(tx, actor, dossier);
      await audit(tx, this.clock.now(), actor, `dossier.${step}`, `dossier:${id}`, { lines: lines.length, byOfficer });
    });
  }

  async withdraw(actor: Actor, id: number, { version, reason }: WithdrawDossierInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const dossier = await this.scope.lock(tx, actor, 'nomination.propose', 'proposing', id);
      checkVersion(dossier, version);
      const lines = await this.carried(tx, id);
      if (lines.some((line) => line.dossierId !== id)) {
        const message = 'Hồ sơ có dòng của đơn vị khác: đưa các dòng đó ra trước khi rút.';
        throw new Refused('nominations.holds_other_units', message, 'lines', 'conflict');
      }
      dossier.state = await this.steps.take(tx, actor, DOSSIER_WORKFLOW, dossier, 'withdraw', tidy(reason));
      for (const line of lines) await this.lines.take(tx, actor, line, 'withdraw', { reason: tidy(reason) });
      dossier.settledOn = this.clock.today();
      dossier.version += 1;
      await tx.manager.save(Dossier, dossier);
      for (const kind of ['submit', 'appraise', 'correct'])
        await this.desk.close(tx, actor, `nomination.${kind}:${id}`);
      await audit(tx, this.clock.now(), actor, 'dossier.withdrawn', `dossier:${id}`, {});
    });
  }

  /** True where the officer submits because the unit has nobody who does. */
  private async asOfficer(tx: Tx, actor: Actor, dossier: Dossier): Promise<boolean> {
    if (await this.scope.mayCommand(tx, actor, 'nomination.submit', 'proposing', dossier.id)) return false;
    if (!(await this.scope.mayCommand(tx, actor, 'nomination.propose', 'proposing', dossier.id)))
      throw Refused.notFound('dossier');
    const leaders = await this.accounts.holders(tx, {
      unitId: dossier.unitId,
      permission: 'nomination.submit',
      cleared: false,
    });
    if (leaders.length === 0) return true;
    const message = 'Đơn vị có lãnh đạo được giao trình hồ sơ. Hãy chuyển hồ sơ để lãnh đạo trình.';
    throw new Refused('nominations.leader_submits', message, null, 'forbidden');
  }

  /** Lines that lie in the dossier now, locked. */
  private async carried(tx: Tx, id: number): Promise<NominationLine[]> {
    const lines = await tx.manager.find(NominationLine, {
      where: { atDossierId: id },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    return lines.filter((line) => line.state !== 'WITHDRAWN');
  }

  private async moveLines(tx: Tx, actor: Actor, dossier: Dossier, lines: readonly NominationLine[]): Promise<void> {
    const submitted = await tx.query<{ lineId: number }>(
      `SELECT line_id AS "lineId" FROM nomination_submission WHERE dossier_id = $1 AND ended_on IS NULL`,
      [dossier.id],
    );
    const before = new Set(submitted.map((row) => row.lineId));
    for (const line of lines) {
      if (dossier.toOutsideId !== null) await this.lines.take(tx, actor, line, 'send_outside');
      else if (line.state === 'RETURNED') await this.lines.take(tx, actor, line, 'resubmit');
      else if (!before.has(line.id) && UNSUBMITTED.includes(line.state))
        await this.lines.take(tx, actor, line, 'pass_on');
    }
  }

  private async store(tx: Tx, actor: Actor, dossier: Dossier, byOfficer: boolean): Promise<void> {
    const today = this.clock.today();
    dossier.submittedByOfficer = byOfficer;
    dossier.submittedOn ??= today;
    if (dossier.returnedOn !== null) dossier.daysReturned += workingDays(dossier.returnedOn, today);
    dossier.returnedOn = null;
    dossier.version += 1;
    dossier.changedBy = actor.name;
    dossier.changedAt = this.clock.now();
    await tx.manager.save(Dossier, dossier);
  }

  /**
   * What summaries count: who asked whom for what, once per dossier. What a correction changed becomes a new row with the day
   * of the first.
   */
  private async recordSubmissions(tx: Tx, dossier: Dossier, lineIds: readonly number[]): Promise<void> {
    const today = this.clock.today();
    await tx.query(
      `WITH now AS (SELECT l.id, l.class, coalesce(l.to_form, l.form) AS form FROM nomination_line l WHERE l.id = ANY($1)),
            changed AS (UPDATE nomination_submission s SET ended_on = $3 FROM now
                         WHERE s.line_id = now.id AND s.dossier_id = $2 AND s.ended_on IS NULL AND (s.form, s.class) <> (now.form, now.class)
                        RETURNING s.line_id, s.day)
       INSERT INTO nomination_submission (line_id, dossier_id, carry_id, unit_id, to_unit_id, to_outside_id, day, class, form, recorded_on)
       SELECT now.id, $2, c.id, $4, $5, $6, coalesce(changed.day, $3::date), now.class, now.form, $3::date
         FROM now JOIN nomination_carry c ON c.line_id = now.id AND c.dossier_id = $2 AND c.until_day IS NULL
         LEFT JOIN changed ON changed.line_id = now.id
        WHERE changed.line_id IS NOT NULL OR NOT EXISTS (
              SELECT 1 FROM nomination_submission s WHERE s.line_id = now.id AND s.dossier_id = $2 AND s.ended_on IS NULL)`,
      [lineIds, dossier.id, today, dossier.unitId, dossier.toUnitId, dossier.toOutsideId],
    );
    await this.lines.touch(tx, lineIds);
  }

  private async tell(tx: Tx, actor: Actor, dossier: Dossier): Promise<void> {
    const { id, unitId, toUnitId } = dossier;
    await this.desk.close(tx, actor, `nomination.submit:${id}`);
    await this.desk.close(tx, actor, `nomination.correct:${id}`);
    const name = (await this.tree.refs(tx, [unitId])).get(unitId)?.name ?? '';
    const link = `/de-nghi/${id}`;
    if (toUnitId !== null)
      await this.desk.open(
        tx,
        {
          key: `nomination.appraise:${id}`,
          unitId: toUnitId,
          permission: 'nomination.appraise',
          title: `Hồ sơ đề nghị của ${name} chờ tiếp nhận, thẩm định`,
          why: dossier.title,
          link,
          due: null,
        },
        actor,
      );
    else
      await this.desk.open(
        tx,
        {
          key: `nomination.answer:${id}`,
          unitId,
          permission: 'nomination.propose',
          title: `Chờ trả lời của cơ quan ngoài công đoàn: ${dossier.title}`,
          why: 'Khi có quyết định hoặc công văn trả lời, ghi kết quả cho từng dòng.',
          link,
          due: null,
        },
        actor,
      );
  }
}
