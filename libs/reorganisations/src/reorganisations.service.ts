import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { fold, Refused, tidy, type Actor, type Warning } from '@lib/kernel';
import { audit, Clock, Steps, transact, type Tx } from '@lib/platform';
import { Desk } from '@lib/desk';
import { Files } from '@lib/files';
import { planOf } from './plan.rules.js';
import { ReorganisationScope, type PlanPlace } from './reorganisation-scope.js';
import { Reorganisation } from './reorganisation.entity.js';
import { REORGANISATION_WORKFLOW, type ReorganisationStep } from './reorganisation.workflow.js';
import { mustBeDraft, mustBeReady, needed, reorganisationLink, sameHands, Saving } from './saving.service.js';
import type { EditReorganisationInput, ReorganisationInput, ReorganisationStepInput } from './reorganisations.dto.js';

type Facts = Pick<
  Reorganisation,
  'title' | 'titleFolded' | 'kind' | 'from' | 'plan' | 'decisionNumber' | 'decisionDay' | 'decisionBody' | 'note'
>;

/** A reorganisation until it is applied: prepared, changed, put before whoever decides, scheduled, cancelled. */
@Injectable()
export class ReorganisationsService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly steps: Steps,
    private readonly desk: Desk,
    private readonly files: Files,
    private readonly scope: ReorganisationScope,
    private readonly saving: Saving,
  ) {}

  async prepare(actor: Actor, input: ReorganisationInput): Promise<number> {
    return transact(this.db, async (tx) => {
      const facts = factsOf(input);
      const place = await this.scope.place(tx, actor, 'reorganisation.prepare', facts.plan, facts.from);
      if (input.fileId) await this.files.attach(tx, actor, input.fileId);
      const row = tx.manager.create(Reorganisation, {
        ...facts,
        unitId: place.unitId,
        fileId: input.fileId ?? null,
        state: REORGANISATION_WORKFLOW.initial,
        eventId: null,
        counterEventId: null,
        followedTasks: [],
        moves: [],
        heldUp: null,
        preparedById: actor.accountId,
        version: 1,
        changedBy: actor.name,
        changedAt: this.clock.now(),
        recordedOn: this.clock.today(),
        recordedBy: actor.name,
      });
      await tx.manager.insert(Reorganisation, row);
      await this.name(tx, row.id, place);
      await audit(tx, this.clock.now(), actor, 'reorganisation.prepared', `reorganisation:${row.id}`, input);
      return row.id;
    });
  }

  /** While it is a draft. What was said about open work stays, as far as its units still end. */
  async edit(actor: Actor, id: number, input: EditReorganisationInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const row = await this.scope.lock(tx, actor, 'reorganisation.prepare', id, input.version);
      mustBeDraft(row);
      const facts = factsOf(input);
      const place = await this.scope.place(tx, actor, 'reorganisation.prepare', facts.plan, facts.from);
      if (input.fileId && input.fileId !== row.fileId) await this.files.attach(tx, actor, input.fileId);
      Object.assign(row, facts, { unitId: place.unitId, fileId: input.fileId ?? null });
      await this.saving.save(tx, actor, row);
      await tx.query(`DELETE FROM reorganisation_unit WHERE reorganisation_id = $1`, [id]);
      await this.name(tx, id, place);
      await audit(tx, this.clock.now(), actor, 'reorganisation.edited', `reorganisation:${id}`, input);
    });
  }

  /** The officer has finished: it waits for whoever applies. */
  async request(actor: Actor, id: number, { version }: ReorganisationStepInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const row = await this.scope.lock(tx, actor, 'reorganisation.prepare', id, version);
      mustBeDraft(row);
      mustBeReady(row);
      await this.desk.open(
        tx,
        {
          key: `reorganisation.apply:${id}`,
          unitId: row.unitId,
          permission: 'reorganisation.apply',
          title: `Sắp xếp tổ chức chờ duyệt: ${row.title}`,
          why: 'Cán bộ đã chuẩn bị xong; xem diễn tập rồi thực hiện, hoặc trả lại.',
          link: reorganisationLink(id),
          due: row.from,
        },
        actor,
      );
      await audit(tx, this.clock.now(), actor, 'reorganisation.requested', `reorganisation:${id}`, {});
    });
  }

  /** Decided; it is applied by itself on its day. @throws Refused `reorganisations.day_has_come` */
  async schedule(actor: Actor, id: number, { version }: ReorganisationStepInput): Promise<readonly Warning[]> {
    return transact(this.db, async (tx) => {
      const row = await this.scope.lock(tx, actor, 'reorganisation.apply', id, version);
      await this.scope.place(tx, actor, 'reorganisation.apply', row.plan, row.from);
      mustBeReady(row);
      if (row.from <= this.clock.today())
        throw new Refused(
          'reorganisations.day_has_come',
          'Ngày hiệu lực đã đến: hãy thực hiện ngay, không cần chờ.',
          'from',
          'conflict',
        );
      await this.step(tx, actor, row, 'schedule', null);
      return sameHands(actor, row);
    });
  }

  async unschedule(actor: Actor, id: number, { version, reason }: ReorganisationStepInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const row = await this.scope.lock(tx, actor, 'reorganisation.apply', id, version);
      row.heldUp = null;
      await this.step(tx, actor, row, 'unschedule', needed(reason));
    });
  }

  async cancel(actor: Actor, id: number, { version, reason }: ReorganisationStepInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const row = await this.scope.lock(tx, actor, 'reorganisation.prepare', id, version);
      await this.step(tx, actor, row, 'cancel', needed(reason));
    });
  }

  private async step(
    tx: Tx,
    actor: Actor,
    row: Reorganisation,
    step: ReorganisationStep,
    reason: string | null,
  ): Promise<void> {
    row.state = await this.steps.take(tx, actor, REORGANISATION_WORKFLOW, row, step, reason);
    await this.saving.save(tx, actor, row);
    for (const task of ['apply', 'correct']) await this.desk.close(tx, actor, `reorganisation.${task}:${row.id}`);
    await audit(tx, this.clock.now(), actor, `reorganisation.${step}`, `reorganisation:${row.id}`, { reason });
  }

  private async name(tx: Tx, id: number, { units }: PlanPlace): Promise<void> {
    await tx.query(
      `INSERT INTO reorganisation_unit (reorganisation_id, unit_id) SELECT $1, unnest($2::int[]) ON CONFLICT DO NOTHING`,
      [id, [...units.values()]],
    );
  }
}

function factsOf(input: ReorganisationInput): Facts {
  const title = tidy(input.title);
  const { decision } = input;
  return {
    title,
    titleFolded: fold(title),
    kind: input.kind,
    from: input.from,
    plan: planOf(input),
    decisionNumber: decision ? tidy(decision.number) : null,
    decisionDay: decision?.day ?? null,
    decisionBody: tidy(decision?.body ?? '') || null,
    note: tidy(input.note ?? '') || null,
  };
}
