import { Injectable } from '@nestjs/common';
import { Refused, type Actor } from '@lib/kernel';
import { audit, Clock, Steps, type Queryable, type Tx } from '@lib/platform';
import { Desk } from '@lib/desk';
import { Agreement } from './agreement.entity.js';
import { AgreementScope } from './agreement-scope.js';
import { agreementWorkflow, type AgreementState } from './agreement.workflow.js';
import { AgreementMembers } from './members.service.js';
import { AgreementTasks } from './tasks.service.js';

/** An agreement or programme that is not closed, of a unit that ends: its own, or one of a bloc of which it is a member. */
export interface OpenAgreement {
  readonly id: number;
  readonly unitId: number;
  readonly label: string;
  readonly stateName: string;
  readonly link: string;
  readonly visible: boolean;
}

type Ref = Pick<OpenAgreement, 'id' | 'unitId'>;

/**
 * CARRIED: the unit has signed, or it is being carried out; that stays, and another carries it on. REPLACED: nothing is
 * promised yet, and the other unit stands in its place.
 */
interface Trace {
  readonly how: 'CARRIED' | 'REPLACED';
  readonly toUnitId: number;
  readonly own: boolean;
  /** The other unit came in by it. */
  readonly added: boolean;
  readonly carriedBefore: number | null;
  readonly commitments: readonly number[];
  readonly tasks: readonly number[];
}

interface Part {
  readonly own: boolean;
  readonly ownCarriedBy: number | null;
  /** The member row, of the unit or of one for which it carries on; null before members were taken over. */
  readonly memberId: number | null;
  readonly memberUnitId: number | null;
  readonly carriedBefore: number | null;
  readonly signed: boolean;
}

const CARRIED_OUT: readonly AgreementState[] = ['IN_FORCE', 'REVIEWED'];

/** What becomes of what a unit that ends has agreed to, its commitments included. */
@Injectable()
export class AgreementOpenWork {
  constructor(
    private readonly clock: Clock,
    private readonly steps: Steps,
    private readonly desk: Desk,
    private readonly scope: AgreementScope,
    private readonly members: AgreementMembers,
    private readonly tasks: AgreementTasks,
  ) {}

  async list(q: Queryable, reader: Actor, unitIds: readonly number[]): Promise<OpenAgreement[]> {
    const params: unknown[] = [unitIds];
    const visible = this.scope.visible(reader, 'agreement.read', params);
    const rows = await q.query<Ref & { title: string; running: number; state: AgreementState; visible: boolean }>(
      `SELECT ag.id, side.unit_id AS "unitId", t.title, ag.state, ${visible} AS visible,
              (SELECT count(*)::int FROM agreement_commitment k WHERE k.agreement_id = ag.id AND (k.owner_id IS NULL OR k.owner_id = side.unit_id)
                  AND NOT EXISTS (SELECT 1 FROM agreement_outcome o WHERE o.commitment_id = k.id AND o.unit_id = side.unit_id
                                     AND o.removed_on IS NULL AND o.outcome <> 'RUNNING')) AS running
         FROM (SELECT id AS agreement_id, coalesce(carried_by, unit_id) AS unit_id FROM agreement WHERE coalesce(carried_by, unit_id) = ANY($1)
               UNION SELECT agreement_id, coalesce(carried_by, unit_id) FROM agreement_member
                      WHERE coalesce(carried_by, unit_id) = ANY($1) AND removed_on IS NULL AND ended_on IS NULL) side
         JOIN agreement ag ON ag.id = side.agreement_id
         JOIN agreement_text t ON t.agreement_id = ag.id AND t.number = ag.text_number
        WHERE ag.state NOT IN ('CLOSED', 'CANCELLED') ORDER BY side.unit_id, ag.id`,
      params,
    );
    return rows.map(({ title, running, state, ...row }) => ({
      ...row,
      label: running === 0 ? title : `${title} (${running} cam kết đang thực hiện)`,
      stateName: agreementWorkflow.stateNames[state],
      link: `/giao-uoc/${row.id}`,
    }));
  }

  async handOver(
    tx: Tx,
    actor: Actor,
    refs: readonly Ref[],
    toUnitId: number,
  ): Promise<(Ref & { mark: string; trace: Trace })[]> {
    const handed: (Ref & { mark: string; trace: Trace })[] = [];
    for (const ref of refs) {
      const agreement = await this.locked(tx, ref.id);
      const part = await this.part(tx, ref);
      const carried = part.signed || part.carriedBefore !== null || CARRIED_OUT.includes(agreement.state);
      const trace = carried
        ? await this.carryOn(tx, agreement, ref, part, toUnitId)
        : await this.replace(tx, actor, agreement, ref, part, toUnitId);
      await this.changed(tx, actor, agreement, 'handed_over', { ...ref, ...trace });
      handed.push({ ...ref, trace, mark: (await this.marks(tx, [ref])).get(ref.id) ?? '' });
    }
    return handed;
  }

  async close(tx: Tx, actor: Actor, refs: readonly Ref[], reason: string): Promise<void> {
    for (const ref of refs) {
      const agreement = await this.locked(tx, ref.id);
      const { own, memberId, memberUnitId, signed } = await this.part(tx, ref);
      if (own) await this.end(tx, actor, agreement, reason);
      else if (signed || CARRIED_OUT.includes(agreement.state))
        await tx.query(`UPDATE agreement_member SET ended_on = $2, ended_reason = $3 WHERE id = $1`, [
          memberId,
          this.clock.today(),
          reason,
        ]);
      else
        await tx.query(
          `UPDATE agreement_member SET excused_on = $2, excused_reason = $3, excused_by = $4 WHERE id = $1`,
          [memberId, this.clock.today(), reason, actor.name],
        );
      const keys = await this.tasks.keysOf(tx, agreement, memberUnitId ?? ref.unitId);
      for (const key of [
        ...keys.asked,
        ...keys.commitments.filter((key) => own || !key.startsWith('agreement.force:')),
      ])
        await this.desk.close(tx, actor, key);
      if (!own) await this.tasks.confirmed(tx, actor, agreement, memberUnitId ?? ref.unitId);
      await this.changed(tx, actor, agreement, 'ended_with_unit', { ...ref, reason });
    }
  }

  async workedOn(q: Queryable, items: readonly (Ref & { mark: string })[]): Promise<Ref[]> {
    const marks = await this.marks(q, items);
    // An agreement that was handed over for two units bears the mark of the second one.
    const last = new Map(items.map(({ id, mark }) => [id, mark]));
    return items.filter(({ id }) => marks.get(id) !== last.get(id)).map(({ id, unitId }) => ({ id, unitId }));
  }

  async takeBack(tx: Tx, actor: Actor, items: readonly (Ref & { trace: object })[]): Promise<void> {
    for (const { id, unitId, trace } of items.toReversed()) {
      const agreement = await this.locked(tx, id);
      const { how, toUnitId, own, added, carriedBefore, commitments, tasks } = trace as Trace;
      if (how === 'CARRIED') {
        if (own) await tx.query(`UPDATE agreement SET carried_by = $2 WHERE id = $1`, [id, carriedBefore]);
        await tx.query(
          `UPDATE agreement_member SET carried_by = $4::int WHERE agreement_id = $1 AND carried_by = $2
              AND coalesce($4::int, unit_id) = $3`,
          [id, toUnitId, unitId, carriedBefore],
        );
        await this.desk.handOver(tx, toUnitId, unitId, { ids: tasks });
      } else {
        if (own) await tx.query(`UPDATE agreement SET unit_id = $2 WHERE id = $1`, [id, unitId]);
        if (added) await this.leave(tx, actor, agreement, toUnitId);
        await this.enter(tx, agreement, unitId);
        await tx.query(`UPDATE agreement_commitment SET owner_id = $2 WHERE id = ANY($1)`, [commitments, unitId]);
      }
      await this.changed(tx, actor, agreement, 'taken_back', { unitId });
    }
  }

  private async carryOn(
    tx: Tx,
    agreement: Agreement,
    { id, unitId }: Ref,
    { own, ownCarriedBy, memberUnitId, carriedBefore }: Part,
    toUnitId: number,
  ): Promise<Trace> {
    if (own) await tx.query(`UPDATE agreement SET carried_by = $2 WHERE id = $1`, [id, toUnitId]);
    await tx.query(
      `UPDATE agreement_member SET carried_by = $3 WHERE agreement_id = $1 AND coalesce(carried_by, unit_id) = $2 AND removed_on IS NULL`,
      [id, unitId, toUnitId],
    );
    const { commitments } = await this.tasks.keysOf(tx, agreement, memberUnitId ?? unitId);
    const keys = commitments.filter((key) => own || !key.startsWith('agreement.force:'));
    const tasks = await this.desk.handOver(tx, unitId, toUnitId, { keys });
    const before = carriedBefore ?? ownCarriedBy;
    return { how: 'CARRIED', toUnitId, own, added: false, carriedBefore: before, commitments: [], tasks };
  }

  private async replace(
    tx: Tx,
    actor: Actor,
    agreement: Agreement,
    { id, unitId }: Ref,
    { own, memberId }: Part,
    toUnitId: number,
  ): Promise<Trace> {
    if (own) await tx.query(`UPDATE agreement SET unit_id = $2 WHERE id = $1`, [id, toUnitId]);
    const lines = await tx.query<{ id: number }>(
      `UPDATE agreement_commitment SET owner_id = $3 WHERE agreement_id = $1 AND owner_id = $2 RETURNING id`,
      [id, unitId, toUnitId],
    );
    let added = false;
    if (memberId !== null) {
      await this.leave(tx, actor, agreement, unitId);
      added = await this.enter(tx, agreement, toUnitId);
    }
    const commitments = lines.map((line) => line.id);
    return { how: 'REPLACED', toUnitId, own, added, carriedBefore: null, commitments, tasks: [] };
  }

  private async leave(tx: Tx, actor: Actor, agreement: Agreement, unitId: number): Promise<void> {
    await tx.query(
      `UPDATE agreement_member SET removed_on = $3 WHERE agreement_id = $1 AND unit_id = $2 AND removed_on IS NULL`,
      [agreement.id, unitId, this.clock.today()],
    );
    const { asked } = await this.tasks.keysOf(tx, agreement, unitId);
    for (const key of asked) await this.desk.close(tx, actor, key);
  }

  /** True where it was no member before. It is asked what every member is being asked. */
  private async enter(tx: Tx, agreement: Agreement, unitId: number): Promise<boolean> {
    const added = await tx.query(
      `INSERT INTO agreement_member (agreement_id, unit_id, recorded_on) VALUES ($1, $2, $3)
       ON CONFLICT (agreement_id, unit_id) WHERE removed_on IS NULL DO NOTHING RETURNING id`,
      [agreement.id, unitId, this.clock.today()],
    );
    if (added.length === 0) return false;
    if (agreement.state === 'UNDER_DISCUSSION') await this.tasks.askOpinions(tx, agreement, unitId);
    if (agreement.state === 'SIGNING') await this.tasks.askConfirmations(tx, agreement, unitId);
    return true;
  }

  private async end(tx: Tx, actor: Actor, agreement: Agreement, reason: string): Promise<void> {
    const step = CARRIED_OUT.includes(agreement.state) ? 'end_with_unit' : 'cancel';
    const state = await this.steps.take(tx, actor, agreementWorkflow, agreement, step, reason);
    await tx.manager.update(Agreement, { id: agreement.id }, { state });
  }

  private async changed(tx: Tx, actor: Actor, agreement: Agreement, what: string, data: object): Promise<void> {
    await tx.query(`UPDATE agreement SET version = version + 1 WHERE id = $1`, [agreement.id]);
    await this.members.touch(tx, agreement);
    await audit(tx, this.clock.now(), actor, `agreement.${what}`, `agreement:${agreement.id}`, data);
  }

  private async locked(tx: Tx, id: number): Promise<Agreement> {
    const found = await tx.manager.findOne(Agreement, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!found) throw Refused.notFound('agreement');
    return found;
  }

  private async part(tx: Tx, { id, unitId }: Ref): Promise<Part> {
    const [part] = await tx.query<Part>(
      `SELECT coalesce(ag.carried_by, ag.unit_id) IS NOT DISTINCT FROM $2::int AS own, ag.carried_by AS "ownCarriedBy", m.id AS "memberId",
              m.unit_id AS "memberUnitId", m.carried_by AS "carriedBefore",
              EXISTS (SELECT 1 FROM agreement_confirmation c WHERE c.agreement_id = ag.id AND c.unit_id = m.unit_id AND c.removed_on IS NULL) AS signed
         FROM agreement ag LEFT JOIN agreement_member m ON m.agreement_id = ag.id AND coalesce(m.carried_by, m.unit_id) = $2 AND m.removed_on IS NULL
        WHERE ag.id = $1 ORDER BY m.carried_by NULLS FIRST LIMIT 1`,
      [id, unitId],
    );
    if (!part) throw Refused.notFound('agreement');
    return part;
  }

  private async marks(q: Queryable, refs: readonly Ref[]): Promise<Map<number, string>> {
    const rows = await q.query<{ id: number; mark: string }>(
      `SELECT ag.id, concat_ws('/', ag.state, ag.version, ag.text_number, (SELECT count(*) FROM agreement_confirmation c WHERE c.agreement_id = ag.id),
                (SELECT count(*) FROM agreement_opinion o WHERE o.agreement_id = ag.id),
                (SELECT count(*) FROM agreement_progress p JOIN agreement_commitment k ON k.id = p.commitment_id WHERE k.agreement_id = ag.id),
                (SELECT count(*) FROM agreement_outcome o JOIN agreement_commitment k ON k.id = o.commitment_id WHERE k.agreement_id = ag.id)) AS mark
         FROM agreement ag WHERE ag.id = ANY($1)`,
      [refs.map(({ id }) => id)],
    );
    return new Map(rows.map(({ id, mark }) => [id, mark]));
  }
}
