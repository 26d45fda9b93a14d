import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Refused, type Actor, type Day, type Permission } from '@lib/kernel';
import { audit, Clock, Steps, type Queryable, type Tx } from '@lib/platform';
import type { LineInput } from '@lib/awards';
import { Desk } from '@lib/desk';
import { Ledger } from '@lib/figures';
import { UnitTree } from '@lib/units';
import { Dossier } from './dossier.entity.js';
import { DOSSIER_WORKFLOW, type DossierStep } from './dossier.workflow.js';
import { NominationLine } from './line.entity.js';
import { LINE_WORKFLOW, SETTLED, UNDER_EMBARGO, type LineStep } from './line.workflow.js';
import { NominationScope, type Side } from './nomination-scope.js';
import { NominationQueries, type NominationView } from './nominations.queries.js';

/** What comes with a step of a line. */
export interface StepDetails {
  readonly reason?: string | null;
  /** Code of the form given instead of the one asked for; `downgrade` needs it. */
  readonly toForm?: string | null;
  /** Where the register holds the award, with its day: `award` and `answer_award` need it. */
  readonly award?: { readonly batchId: number; readonly lineId: number; readonly day: Day };
}

/** Steps that the proposing side takes. */
const OF_PROPOSERS: readonly LineStep[] = ['withdraw', 'resubmit', 'take_out', 'answer_award'];

const PROPOSING: readonly Permission[] = ['nomination.propose', 'nomination.submit'];

/** Lines as the rooms above work with them: locked, taken a step further, seen. */
@Injectable()
export class NominationLines {
  constructor(
    private readonly clock: Clock,
    private readonly steps: Steps,
    private readonly ledger: Ledger,
    private readonly desk: Desk,
    private readonly tree: UnitTree,
    private readonly scope: NominationScope,
    private readonly queries: NominationQueries,
  ) {}

  /**
   * Loads and locks lines for a command, in the order of their ids. `nomination.propose` and `nomination.submit` are asked on
   * the unit whose dossier carries the line, every other permission on the unit that has received it.
   * @throws Refused `nomination.not_found` when one of them is outside the scope
   */
  async lock(tx: Tx, actor: Actor, permission: Permission, ids: readonly number[]): Promise<NominationLine[]> {
    const wanted = [...new Set(ids)];
    const side: Side = PROPOSING.includes(permission) ? 'proposing' : 'receiving';
    const params: unknown[] = [wanted];
    const held = await tx.query<{ dossierId: number }>(
      `SELECT l.at_dossier_id AS "dossierId" FROM nomination_line l JOIN dossier d ON d.id = l.at_dossier_id
        WHERE l.id = ANY($1) AND ${this.scope.holds(actor, permission, side, params)} AND ${this.scope.cleared(actor, params)}`,
      params,
    );
    if (held.length !== wanted.length) throw Refused.notFound('nomination', 'lines');
    const dossierIds = held.map((row) => row.dossierId);
    await this.scope.lockAll(tx, dossierIds);
    const lines = await tx.manager.find(NominationLine, {
      where: { id: In(wanted) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    // Composed into another dossier between the look and the lock: whose it is now has not been asked.
    if (lines.some((line) => !dossierIds.includes(line.atDossierId))) {
      const message = 'Dòng đề nghị vừa được chuyển sang hồ sơ khác. Hãy tải lại trang.';
      throw new Refused('nominations.line_moved', message, 'lines', 'conflict');
    }
    return lines;
  }

  /**
   * Takes one step with a line that is locked, stores it, closes the dossiers that are settled by it and tells the
   * proposing unit. The line given is brought up to date.
   */
  async take(tx: Tx, actor: Actor, line: NominationLine, step: LineStep, details: StepDetails = {}): Promise<void> {
    const { reason = null, toForm, award } = details;
    if (step === 'downgrade' && !toForm)
      throw new Refused('nominations.form_needed', 'Chọn hình thức được đề nghị thay thế.', 'toForm');
    // The step table would name the state: what the council said is not told to those who propose.
    if (OF_PROPOSERS.includes(step) && UNDER_EMBARGO.includes(line.state)) {
      const message = 'Đề nghị đang được cấp trên xét khen thưởng, không làm được bước này nữa.';
      throw new Refused('nomination.step_not_allowed', message, null, 'conflict');
    }
    line.state = await this.steps.take(tx, actor, LINE_WORKFLOW, line, step, reason);
    line.stateReason = reason;
    if (toForm !== undefined) line.toForm = toForm === line.form ? null : toForm;
    if (award) {
      line.awardBatchId = award.batchId;
      line.awardLineId = award.lineId;
      line.awardedDay = award.day;
      line.awardedOn = this.clock.today();
    }
    line.version += 1;
    line.changedBy = actor.name;
    line.changedAt = this.clock.now();
    await tx.manager.save(NominationLine, line);
    if (step === 'withdraw') await this.endSubmissions(tx, line.id, null);
    if (line.state === 'AWARDED') await this.touch(tx, [line.id]);
    if (SETTLED.includes(line.state)) await this.settle(tx, actor, line);
  }

  views(q: Queryable, actor: Actor, ids: readonly number[]): Promise<NominationView[]> {
    return this.queries.views(q, actor, ids);
  }

  /** Lines as the register takes them, in the order given: for the decision, or the answer, that confers. */
  async registerInput(q: Queryable, lines: readonly NominationLine[]): Promise<LineInput[]> {
    const refs = await this.tree.refs(
      q,
      lines.map((line) => line.unitId),
    );
    const offices = await q.query<{ id: number; code: string }>(`SELECT id, code FROM office WHERE id = ANY($1)`, [
      lines.flatMap((line) => (line.officeId === null ? [] : [line.officeId])),
    ]);
    const officeCodes = new Map(offices.map((office) => [office.id, office.code]));
    return lines.map((line) => ({
      recipient: recipientOf(line, officeCodes),
      unit: refs.get(line.unitId)?.code ?? null,
      reason: line.reason,
      positionBand: line.positionBand,
      enterprise: line.enterprise,
    }));
  }

  /** What summaries print of these lines' proposals has changed. */
  async touch(tx: Tx, lineIds: readonly number[]): Promise<void> {
    const rows = await tx.query<{ unitId: number; day: Day }>(
      `SELECT DISTINCT unit_id AS "unitId", day FROM nomination_submission WHERE line_id = ANY($1)`,
      [lineIds],
    );
    await this.ledger.touch(
      tx,
      rows.map(({ unitId, day }) => ({ unitId, from: day, to: day })),
    );
  }

  /** The line is no longer asked for in this dossier; in none at all when `dossierId` is null. */
  async endSubmissions(tx: Tx, lineId: number, dossierId: number | null): Promise<void> {
    await tx.query(
      `UPDATE nomination_submission SET ended_on = $3 WHERE line_id = $1 AND ended_on IS NULL AND ($2::int IS NULL OR dossier_id = $2)`,
      [lineId, dossierId, this.clock.today()],
    );
    await this.touch(tx, [lineId]);
  }

  /** Dossiers on the line's way in which nothing is open any more come to their end; the proposing unit is told of the outcome. */
  private async settle(tx: Tx, actor: Actor, line: NominationLine): Promise<void> {
    const done = await tx.query<{ id: number }>(
      `SELECT d.id FROM nomination_carry c JOIN dossier d ON d.id = c.dossier_id
        WHERE c.line_id = $1 AND c.until_day IS NULL AND d.state IN ('RECEIVED', 'APPRAISED', 'SENT')
          AND NOT EXISTS (SELECT 1 FROM nomination_carry o JOIN nomination_line ol ON ol.id = o.line_id
                           WHERE o.dossier_id = d.id AND o.until_day IS NULL AND ol.state NOT IN ('AWARDED', 'DECLINED', 'WITHDRAWN', 'INELIGIBLE'))
        ORDER BY d.id FOR UPDATE OF d`,
      [line.id],
    );
    for (const { id } of done) await this.closeDossier(tx, actor, id);
    if (line.state === 'WITHDRAWN') return;
    await this.desk.tell(
      tx,
      {
        key: `nomination.outcome:${line.id}:${line.state}`,
        unitId: line.proposingUnitId,
        permission: 'nomination.propose',
        title: line.state === 'AWARDED' ? 'Một đề nghị đã được khen thưởng' : 'Một đề nghị không được khen thưởng',
        link: `/de-nghi/${line.dossierId}`,
      },
      actor,
    );
  }

  private async closeDossier(tx: Tx, actor: Actor, id: number): Promise<void> {
    const dossier = await this.scope.locked(tx, id);
    const steps: readonly DossierStep[] = dossier.state === 'SENT' ? ['answer', 'close'] : ['close'];
    for (const step of steps) dossier.state = await this.steps.take(tx, actor, DOSSIER_WORKFLOW, dossier, step);
    dossier.settledOn = this.clock.today();
    await tx.manager.save(Dossier, dossier);
    await this.desk.close(tx, actor, `nomination.appraise:${id}`);
    await this.desk.close(tx, actor, `nomination.answer:${id}`);
    await audit(tx, this.clock.now(), actor, 'dossier.closed', `dossier:${id}`, {});
  }
}

function recipientOf(line: NominationLine, offices: ReadonlyMap<number, string>): LineInput['recipient'] {
  if (line.personId !== null) return { person: line.personId };
  if (line.class === 'INDIVIDUAL') return { personName: line.name, birthYear: line.birthYear, gender: line.gender };
  if (line.class === 'HOUSEHOLD') return { household: line.name };
  const office = line.officeId === null ? undefined : offices.get(line.officeId);
  return office === undefined ? { collective: line.name } : { office };
}
