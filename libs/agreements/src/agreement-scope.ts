import { Injectable } from '@nestjs/common';
import { Refused, scopeOf, type Actor, type Permission } from '@lib/kernel';
import type { Queryable, Tx } from '@lib/platform';
import { BlocScope } from '@lib/blocs';
import { UnitTree } from '@lib/units';
import { Agreement } from './agreement.entity.js';

/** Whose row in a set of units the actor may act for. */
export interface ForUnit {
  readonly unitId: number;
  /** Entered by somebody who holds the permission above that unit (nhập thay). */
  readonly enteredFor: boolean;
}

/** Who sees an agreement: whoever sees its bloc, or, where there is none, its unit. On the agreement aliased `ag`. */
@Injectable()
export class AgreementScope {
  constructor(
    private readonly tree: UnitTree,
    private readonly blocs: BlocScope,
  ) {}

  visible(actor: Actor, permission: Permission, params: unknown[]): string {
    const carries = this.tree.inScope('cm.carried_by', scopeOf(actor, permission), params);
    return `(${this.own(actor, permission, params)} OR EXISTS (SELECT 1 FROM bloc bl
      WHERE bl.id = ag.bloc_id AND ${this.blocs.visible(actor, permission, params)}) OR EXISTS (SELECT 1 FROM agreement_member cm
      WHERE cm.agreement_id = ag.id AND cm.carried_by IS NOT NULL AND ${carries}))`;
  }

  /** Organiser, head and deputies draft and lead; a unit's own agreement is led by the unit. */
  leads(actor: Actor, permission: Permission, params: unknown[]): string {
    return `(${this.own(actor, permission, params)} OR EXISTS (SELECT 1 FROM bloc bl
      WHERE bl.id = ag.bloc_id AND ${this.blocs.actsFor(actor, permission, params)}))`;
  }

  /** The unit that agrees alone, or whoever goes on after it, lies in scope. */
  private own(actor: Actor, permission: Permission, params: unknown[]): string {
    const scope = scopeOf(actor, permission);
    return `(${this.tree.inScope('ag.unit_id', scope, params)} OR (ag.carried_by IS NOT NULL AND ${this.tree.inScope('ag.carried_by', scope, params)}))`;
  }

  async mayLead(q: Queryable, actor: Actor, permission: Permission, id: number): Promise<boolean> {
    const params: unknown[] = [id];
    const where = this.leads(actor, permission, params);
    return (await q.query(`SELECT 1 FROM agreement ag WHERE ag.id = $1 AND ${where}`, params)).length > 0;
  }

  /** Loads and locks for a command of those who lead. @throws Refused `agreement.not_found` */
  async lockToLead(tx: Tx, actor: Actor, permission: Permission, id: number): Promise<Agreement> {
    if (!(await this.mayLead(tx, actor, permission, id))) throw Refused.notFound('agreement');
    return this.locked(tx, id);
  }

  /** Loads and locks for a command of a member, who sees the agreement. @throws Refused `agreement.not_found` */
  async lockToJoin(tx: Tx, actor: Actor, permission: Permission, id: number): Promise<Agreement> {
    const params: unknown[] = [id];
    const where = this.visible(actor, permission, params);
    const rows = await tx.query(`SELECT 1 FROM agreement ag WHERE ag.id = $1 AND ${where}`, params);
    if (rows.length === 0) throw Refused.notFound('agreement');
    return this.locked(tx, id);
  }

  /**
   * The member unit for which the actor acts by the permission.
   * @throws Refused `unit.not_found` outside his scope, `agreements.not_a_member`
   */
  async member(tx: Tx, actor: Actor, permission: Permission, agreementId: number, code: string): Promise<ForUnit> {
    const carried = await this.carried(tx, actor, permission, agreementId, code);
    if (carried) return carried;
    const unitId = await this.tree.idOf(tx, code, scopeOf(actor, permission), 'unit');
    const [row] = await tx.query(
      `SELECT 1 FROM agreement_member WHERE agreement_id = $1 AND unit_id = $2 AND removed_on IS NULL`,
      [agreementId, unitId],
    );
    if (!row) throw new Refused('agreements.not_a_member', 'Đơn vị này không tham gia giao ước, chương trình.', 'unit');
    return { unitId, enteredFor: !holds(actor, permission, unitId) };
  }

  /** What an ended unit has signed is carried out by another, whose officers act for it. */
  private async carried(
    tx: Tx,
    actor: Actor,
    permission: Permission,
    agreementId: number,
    code: string,
  ): Promise<ForUnit | null> {
    const params: unknown[] = [agreementId, code];
    const scoped = this.tree.inScope('m.carried_by', scopeOf(actor, permission), params);
    const [row] = await tx.query<{ unitId: number; carriedBy: number }>(
      `SELECT m.unit_id AS "unitId", m.carried_by AS "carriedBy" FROM agreement_member m JOIN unit u ON u.id = m.unit_id
        WHERE m.agreement_id = $1 AND u.code = $2 AND m.removed_on IS NULL AND m.carried_by IS NOT NULL AND ${scoped}`,
      params,
    );
    return row ? { unitId: row.unitId, enteredFor: !holds(actor, permission, row.carriedBy) } : null;
  }

  /** Of the members of an agreement, those for which the actor may act. */
  async reached(q: Queryable, actor: Actor, permission: Permission, agreementId: number): Promise<Set<number>> {
    const params: unknown[] = [agreementId];
    const scope = scopeOf(actor, permission);
    const rows = await q.query<{ id: number }>(
      `SELECT m.unit_id AS id FROM agreement_member m WHERE m.agreement_id = $1 AND m.removed_on IS NULL
          AND (${this.tree.inScope('m.unit_id', scope, params)} OR (m.carried_by IS NOT NULL AND ${this.tree.inScope('m.carried_by', scope, params)}))`,
      params,
    );
    return new Set(rows.map(({ id }) => id));
  }

  private async locked(tx: Tx, id: number): Promise<Agreement> {
    const found = await tx.manager.findOne(Agreement, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!found) throw Refused.notFound('agreement');
    return found;
  }
}

function holds(actor: Actor, permission: Permission, unitId: number): boolean {
  return actor.grants.some((grant) => grant.unitId === unitId && grant.permissions.has(permission));
}
