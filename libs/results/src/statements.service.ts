import { Injectable } from '@nestjs/common';
import type { EntityTarget } from 'typeorm';
import { Refused, scopeOf, tidy, type Actor, type Day } from '@lib/kernel';
import { Clock, type Queryable, type Tx } from '@lib/platform';
import { UnitTree, type UnitOnDay } from '@lib/units';
import type { Dated } from './results.entity.js';

type Statement = Dated & { readonly id: number; readonly unitId: number };

/** What reports, targets and coverage have in common: each is stated once, and later ended or replaced, never changed. */
@Injectable()
export class Statements {
  constructor(
    private readonly clock: Clock,
    private readonly tree: UnitTree,
  ) {}

  /** The unit as it stood on the day. @throws Refused `unit.not_found`, `results.unit_not_there` */
  async unitOn(tx: Tx, actor: Actor, code: string, day: Day): Promise<UnitOnDay> {
    return this.onDay(tx, await this.tree.idOf(tx, code, scopeOf(actor, 'result.enter')), day, 'unit');
  }

  async onDay(tx: Tx, unitId: number, day: Day, field: string): Promise<UnitOnDay> {
    const unit = (await this.tree.onDay(tx, [unitId], day)).get(unitId);
    if (!unit) throw new Refused('results.unit_not_there', 'Đơn vị không tồn tại vào ngày cuối của số liệu.', field);
    return unit;
  }

  /** Statements of one unit are made one after the other, so that none is made twice. */
  async oneAtATime(tx: Tx, unitId: number): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('results.unit'), $1)`, [unitId]);
  }

  stamp(
    actor: Actor,
  ): Pick<Dated, 'recordedOn' | 'recordedBy' | 'recordedById' | 'removedOn' | 'removedBy' | 'removalReason'> {
    const recordedOn = this.clock.today();
    return {
      recordedOn,
      recordedBy: actor.name,
      recordedById: actor.accountId,
      removedOn: null,
      removedBy: null,
      removalReason: null,
    };
  }

  /**
   * A standing statement, locked. @throws Refused `<what>.not_found` outside the scope; `results.changed_meanwhile`
   * where somebody corrected or removed it since it was read.
   */
  async lock<Row extends Statement>(
    tx: Tx,
    actor: Actor,
    { entity, what }: { entity: EntityTarget<Row>; what: string },
    id: number,
  ): Promise<Row> {
    const { tableName } = tx.manager.connection.getMetadata(entity);
    const params: unknown[] = [id];
    const scoped = this.tree.inScope('x.unit_id', scopeOf(actor, 'result.enter'), params);
    const [found] = await tx.query<{ unit_id: number }>(
      `SELECT x.unit_id FROM ${tableName} x WHERE x.id = $1 AND ${scoped}`,
      params,
    );
    if (!found) throw Refused.notFound(what);
    await this.oneAtATime(tx, found.unit_id);
    const row = await tx.manager
      .createQueryBuilder(entity, 'x')
      .where('x.id = :id', { id })
      .setLock('pessimistic_write')
      .getOneOrFail();
    if (row.removedOn !== null)
      throw new Refused(
        'results.changed_meanwhile',
        'Số liệu này vừa được sửa hoặc xoá; hãy mở lại bản mới nhất.',
        null,
        'conflict',
      );
    return row;
  }

  async end<Row extends Statement>(
    tx: Tx,
    actor: Actor,
    entity: EntityTarget<Row>,
    id: number,
    reason: string,
  ): Promise<void> {
    const { tableName } = tx.manager.connection.getMetadata(entity);
    await tx.query(`UPDATE ${tableName} SET removed_on = $2, removed_by = $3, removal_reason = $4 WHERE id = $1`, [
      id,
      this.clock.today(),
      actor.name,
      tidy(reason),
    ]);
  }

  async mayEnter(q: Queryable, actor: Actor, unitIds: readonly number[]): Promise<Set<number>> {
    const params: unknown[] = [[...new Set(unitIds)]];
    const scoped = this.tree.inScope('u.id', scopeOf(actor, 'result.enter'), params);
    const rows = await q.query<{ id: number }>(`SELECT u.id FROM unit u WHERE u.id = ANY($1) AND ${scoped}`, params);
    return new Set(rows.map((row) => row.id));
  }
}

/** Trimmed; null where nothing is said. */
export function said(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : tidy(text) || null;
}
