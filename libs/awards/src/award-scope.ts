import { Injectable } from '@nestjs/common';
import { Refused, scopeOf, type Actor, type Permission } from '@lib/kernel';
import type { Queryable, Tx } from '@lib/platform';
import { UnitTree } from '@lib/units';
import { AwardBatch } from './awards.entity.js';

/** Who sees which batch: the unit it was received in, a conferring body, or the unit of one of its lines lies in scope. */
@Injectable()
export class AwardScope {
  constructor(private readonly tree: UnitTree) {}

  /** SQL condition on the batch aliased `b`. Restricted batches ask for a permission of their own on the same rows. */
  visible(actor: Actor, permission: Permission, params: unknown[]): string {
    const open = this.within(actor, permission, params);
    return `(${this.cleared(actor, params)} AND ${open})`;
  }

  /** SQL condition on the batch aliased `b`: it is not restricted, or the actor is cleared for it. */
  cleared(actor: Actor, params: unknown[]): string {
    return `(b.classification <> 'RESTRICTED' OR ${this.within(actor, 'restricted.read', params)})`;
  }

  /** SQL condition on the line aliased `l` of batch `b`: the whole batch is mine, or this line is. */
  lineVisible(actor: Actor, permission: Permission, params: unknown[]): string {
    const scope = scopeOf(actor, permission);
    return `(${this.tree.inScope('b.unit_id', scope, params)} OR ${this.giverInScope(actor, permission, params)} OR ${this.tree.inScope('l.unit_id', scope, params)})`;
  }

  /** Loads and locks a batch for a command. @throws Refused `award.not_found` outside the scope. */
  async lock(tx: Tx, actor: Actor, permission: Permission, id: number): Promise<AwardBatch> {
    if (!(await this.owns(tx, actor, permission, id))) throw Refused.notFound('award');
    const batch = await tx.manager.findOne(AwardBatch, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!batch) throw Refused.notFound('award');
    return batch;
  }

  /** A command needs the batch's own unit, or a conferring body, in scope: one's line in somebody's decision is not enough. */
  private async owns(q: Queryable, actor: Actor, permission: Permission, id: number): Promise<boolean> {
    const params: unknown[] = [id];
    const own = `(${this.tree.inScope('b.unit_id', scopeOf(actor, permission), params)} OR ${this.giverInScope(actor, permission, params)})`;
    const restricted = this.within(actor, 'restricted.read', params);
    const rows = await q.query(
      `SELECT 1 FROM award_batch b WHERE b.id = $1 AND ${own} AND (b.classification <> 'RESTRICTED' OR ${restricted})`,
      params,
    );
    return rows.length > 0;
  }

  async mayCommand(q: Queryable, actor: Actor, permission: Permission, id: number): Promise<boolean> {
    return this.owns(q, actor, permission, id);
  }

  private within(actor: Actor, permission: Permission, params: unknown[]): string {
    const scope = scopeOf(actor, permission);
    return `(${this.tree.inScope('b.unit_id', scope, params)} OR ${this.giverInScope(actor, permission, params)}
      OR EXISTS (SELECT 1 FROM award_line sl WHERE sl.batch_id = b.id AND ${this.tree.inScope('sl.unit_id', scope, params)}))`;
  }

  private giverInScope(actor: Actor, permission: Permission, params: unknown[]): string {
    const scope = scopeOf(actor, permission);
    return `EXISTS (SELECT 1 FROM award_giver sg WHERE sg.batch_id = b.id
      AND ${this.tree.inScope('coalesce(sg.unit_id, sg.within_unit_id)', scope, params)})`;
  }
}

/**
 * What a decision signed and issued in the system wrote is no mistake of entry: it is revoked, with its ground.
 * @throws Refused `awards.written_by_decision`
 */
export async function mustNotBeIssued(tx: Tx, { decisionId }: AwardBatch): Promise<void> {
  const rows = await tx.query(`SELECT 1 FROM decision WHERE id = $1 AND reserved`, [decisionId]);
  if (rows.length === 0) return;
  const message =
    'Khen thưởng này do một quyết định ban hành trên hệ thống ghi vào sổ: không xoá được, chỉ huỷ bỏ (thu hồi).';
  throw new Refused('awards.written_by_decision', message, null, 'conflict');
}
