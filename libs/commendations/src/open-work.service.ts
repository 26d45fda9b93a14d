import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Refused, type Actor } from '@lib/kernel';
import { audit, Clock, type Queryable, type Tx } from '@lib/platform';
import { Desk } from '@lib/desk';
import { CommendationScope } from './commendation-scope.js';
import { COMMENDATION_WORKFLOW, type CommendationState } from './commendation.workflow.js';
import { Commendation } from './commendations.entity.js';
import { DraftService } from './draft.service.js';

/** A decision that was not issued, of a unit that ends. */
export interface OpenCommendation {
  readonly id: number;
  readonly unitId: number;
  readonly label: string;
  readonly stateName: string;
  readonly link: string;
  readonly visible: boolean;
}

type Ref = Pick<OpenCommendation, 'id' | 'unitId'>;

interface Trace {
  readonly toUnitId: number;
  readonly tasks: readonly number[];
}

/** What becomes of decisions of a unit that ends. One that is signed is the old unit's: it is issued in time, or cancelled. */
@Injectable()
export class CommendationOpenWork {
  constructor(
    private readonly clock: Clock,
    private readonly desk: Desk,
    private readonly scope: CommendationScope,
    private readonly drafts: DraftService,
  ) {}

  async list(q: Queryable, reader: Actor, unitIds: readonly number[]): Promise<OpenCommendation[]> {
    const params: unknown[] = [unitIds];
    const rows = await q.query<Ref & { label: string; state: CommendationState; visible: boolean }>(
      `SELECT c.id, c.unit_id AS "unitId", c.title AS label, c.state, ${this.scope.whole(reader, params)} AS visible
         FROM commendation c WHERE c.unit_id = ANY($1) AND c.state NOT IN ('ISSUED', 'CANCELLED') ORDER BY c.unit_id, c.id`,
      params,
    );
    return rows.map(({ state, ...row }) => ({
      ...row,
      stateName: COMMENDATION_WORKFLOW.stateNames[state],
      link: `/quyet-dinh/${row.id}`,
    }));
  }

  /** @throws Refused `commendations.signed_stands` */
  async handOver(
    tx: Tx,
    actor: Actor,
    refs: readonly Ref[],
    toUnitId: number,
  ): Promise<(Ref & { mark: string; trace: Trace })[]> {
    const rows = await this.locked(tx, refs);
    const signed = rows.find(({ state }) => state === 'SIGNED' || state === 'PREPARED');
    if (signed) {
      const message = `Quyết định “${signed.title}” đã ký, mang số của đơn vị cũ: ban hành trước ngày hiệu lực, hoặc huỷ.`;
      throw new Refused('commendations.signed_stands', message, 'outcomes', 'conflict');
    }
    const handed: (Ref & { mark: string; trace: Trace })[] = [];
    for (const row of rows) {
      const { id, unitId } = row;
      row.unitId = toUnitId;
      row.version += 1;
      await tx.manager.save(Commendation, row);
      const tasks = await this.desk.handOver(tx, unitId, toUnitId, { keys: taskKeys(id) });
      await audit(tx, this.clock.now(), actor, 'commendation.handed_over', `commendation:${id}`, { toUnitId });
      handed.push({ id, unitId, mark: markOf(row), trace: { toUnitId, tasks } });
    }
    return handed;
  }

  async close(tx: Tx, actor: Actor, refs: readonly Ref[], reason: string): Promise<void> {
    for (const row of await this.locked(tx, refs)) await this.drafts.cancelIn(tx, actor, row, reason);
  }

  async workedOn(q: Queryable, items: readonly (Ref & { mark: string })[]): Promise<Ref[]> {
    const rows = await q.query<{ id: number; state: CommendationState; version: number }>(
      `SELECT id, state, version FROM commendation WHERE id = ANY($1)`,
      [items.map(({ id }) => id)],
    );
    const marks = new Map(rows.map((row) => [row.id, markOf(row)]));
    return items.filter(({ id, mark }) => marks.get(id) !== mark).map(({ id, unitId }) => ({ id, unitId }));
  }

  async takeBack(tx: Tx, actor: Actor, items: readonly (Ref & { trace: object })[]): Promise<void> {
    for (const { id, unitId, trace } of items) {
      const { toUnitId, tasks } = trace as Trace;
      await tx.query(`UPDATE commendation SET unit_id = $2, version = version + 1 WHERE id = $1`, [id, unitId]);
      await this.desk.handOver(tx, toUnitId, unitId, { ids: tasks });
      await audit(tx, this.clock.now(), actor, 'commendation.taken_back', `commendation:${id}`, { unitId });
    }
  }

  private locked(tx: Tx, refs: readonly Ref[]): Promise<Commendation[]> {
    return tx.manager.find(Commendation, {
      where: { id: In(refs.map(({ id }) => id)) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }
}

function markOf({ state, version }: Pick<Commendation, 'state' | 'version'>): string {
  return `${state}/${version}`;
}

function taskKeys(id: number): string[] {
  return ['decide', 'sign', 'issue'].map((kind) => `commendation.${kind}:${id}`);
}
