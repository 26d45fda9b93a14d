import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, tidy, type Actor } from '@lib/kernel';
import { audit, Clock, Steps, transact, type Tx } from '@lib/platform';
import { Desk } from '@lib/desk';
import { checkSeen } from './appraise.service.js';
import { Dossier } from './dossier.entity.js';
import { DOSSIER_WORKFLOW, OPEN_TO_PROPOSER } from './dossier.workflow.js';
import type { LinesSeenInput, SendBackInput } from './dossiers.dto.js';
import { NominationLine } from './line.entity.js';
import type { LineState } from './line.workflow.js';
import { NominationLines } from './lines.service.js';
import { NominationScope } from './nomination-scope.js';
import { Reasons } from './reasons.service.js';

const COMPOSABLE: readonly LineState[] = ['ELIGIBLE', 'RECOMMENDED', 'DOWNGRADED'];

/** Tổng hợp: a unit puts lines of the dossiers it has received into one submission of its own; each keeps its proposer. */
@Injectable()
export class ComposeService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly steps: Steps,
    private readonly desk: Desk,
    private readonly scope: NominationScope,
    private readonly lines: NominationLines,
    private readonly reasons: Reasons,
  ) {}

  /** Into a dossier of one's own that is still open. All or none. */
  async compose(actor: Actor, id: number, input: LinesSeenInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const ids = input.lines.map((line) => line.lineId);
      const from = await tx.query<{ dossierId: number; toUnitId: number | null }>(
        `SELECT d.id AS "dossierId", d.to_unit_id AS "toUnitId" FROM nomination_line l JOIN dossier d ON d.id = l.at_dossier_id WHERE l.id = ANY($1)`,
        [ids],
      );
      if (!(await this.scope.mayCommand(tx, actor, 'nomination.propose', 'proposing', id)))
        throw Refused.notFound('dossier');
      await this.scope.lockAll(tx, [id, ...from.map((row) => row.dossierId)]);
      const dossier = await this.open(tx, id);
      // What the unit has received is its to pass on: asked of the receiving side of every line.
      const lines = await this.received(tx, actor, dossier, ids);
      const versions = new Map(input.lines.map((line) => [line.lineId, line.version]));
      for (const line of lines)
        checkSeen([line], [{ lineId: line.id, version: versions.get(line.id) ?? 0 }], line.atDossierId);
      const unfit = lines.filter((line) => !COMPOSABLE.includes(line.state));
      if (unfit.length > 0) {
        const message = `Chỉ tổng hợp dòng đủ điều kiện hoặc được Hội đồng đề nghị: ${unfit.map((line) => line.name).join(', ')}.`;
        throw new Refused('nominations.not_composable', message, 'lines', 'conflict');
      }
      for (const line of lines) await this.carry(tx, actor, line, id);
      dossier.composed = true;
      await tx.manager.save(Dossier, dossier);
      await audit(tx, this.clock.now(), actor, 'dossier.composed', `dossier:${id}`, { lines: ids });
    });
  }

  /** Back to the dossier it came from, before the submission is made or while it is returned. */
  async takeOut(actor: Actor, id: number, input: LinesSeenInput): Promise<void> {
    await transact(this.db, async (tx) => {
      if (!(await this.scope.mayCommand(tx, actor, 'nomination.propose', 'proposing', id)))
        throw Refused.notFound('dossier');
      await this.open(tx, id);
      const lines = await this.lines.lock(
        tx,
        actor,
        'nomination.propose',
        input.lines.map((line) => line.lineId),
      );
      checkSeen(lines, input.lines, id);
      for (const line of lines) {
        await this.goBack(tx, actor, line, id, null);
        if (line.state === 'PROPOSED' || line.state === 'RETURNED') await this.lines.take(tx, actor, line, 'take_out');
        await tx.query(
          `UPDATE nomination_reason SET settled_at = $3 WHERE dossier_id = $1 AND line_id = $2 AND settled_at IS NULL`,
          [id, line.id, this.clock.now()],
        );
        await this.desk.close(tx, actor, `nomination.correct_line:${line.id}`);
      }
      await audit(tx, this.clock.now(), actor, 'dossier.taken_out', `dossier:${id}`, {
        lines: lines.map((line) => line.id),
      });
    });
  }

  /** A line that was returned to the unit that composed travels on to the dossier it came from, with the reasons. */
  async sendBack(actor: Actor, id: number, input: SendBackInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const dossier = await this.scope.lock(tx, actor, 'nomination.propose', 'proposing', id);
      const lines = await this.lines.lock(
        tx,
        actor,
        'nomination.propose',
        input.lines.map((line) => line.lineId),
      );
      checkSeen(lines, input.lines, id);
      const reason = input.reason ? tidy(input.reason) : null;
      for (const line of lines) {
        if (line.state !== 'RETURNED') {
          const message = 'Chỉ chuyển về đơn vị đề nghị những dòng đã bị trả lại.';
          throw new Refused('nominations.not_returned', message, 'lines', 'conflict');
        }
        const origin = await this.goBack(tx, actor, line, id, reason);
        await this.reasons.passDown(tx, actor, { dossierId: id, unitId: dossier.unitId }, origin.id, line.id, reason);
        await this.desk.close(tx, actor, `nomination.correct_line:${line.id}`);
        await this.waits(tx, actor, origin, line);
      }
      await audit(tx, this.clock.now(), actor, 'dossier.sent_back', `dossier:${id}`, {
        lines: lines.map((line) => line.id),
      });
    });
  }

  private async open(tx: Tx, id: number): Promise<Dossier> {
    const dossier = await this.scope.locked(tx, id);
    if (OPEN_TO_PROPOSER.includes(dossier.state)) return dossier;
    const message = 'Chỉ tổng hợp vào hồ sơ đang soạn hoặc được trả lại.';
    throw new Refused('nominations.not_open', message, null, 'conflict');
  }

  /** Lines that the dossier's own unit has received. A composer proposes; he need not be the one who appraised. */
  private async received(tx: Tx, actor: Actor, dossier: Dossier, ids: readonly number[]): Promise<NominationLine[]> {
    const lines = await this.lines.lock(tx, actor, 'nomination.read', ids);
    const at = await tx.query<{ id: number; toUnitId: number | null }>(
      `SELECT id, to_unit_id AS "toUnitId" FROM dossier WHERE id = ANY($1)`,
      [lines.map((line) => line.atDossierId)],
    );
    const asked = new Map(at.map((row) => [row.id, row.toUnitId]));
    if (lines.some((line) => line.atDossierId === dossier.id || asked.get(line.atDossierId) !== dossier.unitId))
      throw Refused.notFound('nomination', 'lines');
    if (dossier.toUnitId === dossier.unitId) {
      const message = 'Hồ sơ tổng hợp trình lên cấp trên hoặc cơ quan ngoài, không trình chính đơn vị.';
      throw new Refused('nominations.compose_upwards', message, 'to', 'conflict');
    }
    return lines;
  }

  private async carry(tx: Tx, actor: Actor, line: NominationLine, dossierId: number): Promise<void> {
    await tx.query(`INSERT INTO nomination_carry (line_id, dossier_id, from_day, by) VALUES ($1, $2, $3, $4)`, [
      line.id,
      dossierId,
      this.clock.today(),
      actor.name,
    ]);
    await this.moved(tx, actor, line, dossierId);
  }

  /** Ends its stay in this dossier. @throws Refused where the line was proposed in this very dossier */
  private async goBack(
    tx: Tx,
    actor: Actor,
    line: NominationLine,
    id: number,
    reason: string | null,
  ): Promise<Dossier> {
    const [before] = await tx.query<{ dossierId: number }>(
      `SELECT dossier_id AS "dossierId" FROM nomination_carry WHERE line_id = $1 AND dossier_id <> $2 AND until_day IS NULL ORDER BY id DESC LIMIT 1`,
      [line.id, id],
    );
    if (!before) {
      const message = `${line.name}: dòng này do chính hồ sơ này đề nghị; có thể rút, không đưa về đâu được.`;
      throw new Refused('nominations.own_proposal', message, 'lines', 'conflict');
    }
    await tx.query(
      `UPDATE nomination_carry SET until_day = $3, until_by = $4, reason = $5 WHERE line_id = $1 AND dossier_id = $2 AND until_day IS NULL`,
      [line.id, id, this.clock.today(), actor.name, reason],
    );
    await this.lines.endSubmissions(tx, line.id, id);
    await this.moved(tx, actor, line, before.dossierId);
    return this.scope.locked(tx, before.dossierId);
  }

  private async moved(tx: Tx, actor: Actor, line: NominationLine, dossierId: number): Promise<void> {
    line.atDossierId = dossierId;
    line.version += 1;
    line.changedBy = actor.name;
    line.changedAt = this.clock.now();
    await tx.manager.save(NominationLine, line);
  }

  private async waits(tx: Tx, actor: Actor, origin: Dossier, line: NominationLine): Promise<void> {
    if (origin.state === 'APPRAISED') {
      origin.state = await this.steps.take(tx, actor, DOSSIER_WORKFLOW, origin, 'reopen');
      origin.settledOn = null;
      origin.version += 1;
      await tx.manager.save(Dossier, origin);
    }
    await this.desk.open(
      tx,
      {
        key: `nomination.correct_line:${line.id}`,
        unitId: origin.unitId,
        permission: 'nomination.propose',
        title: `Cấp trên trả lại một dòng đề nghị: ${origin.title}`,
        why: 'Xem lý do tại từng mục, sửa hoặc giải trình, rồi trình lại dòng này.',
        link: `/de-nghi/${origin.id}?dong=${line.id}`,
        due: null,
      },
      actor,
    );
  }
}
