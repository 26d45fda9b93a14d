import { Injectable } from '@nestjs/common';
import { Refused, scopeOf, type Actor, type Permission } from '@lib/kernel';
import type { Queryable, Tx } from '@lib/platform';
import { UnitTree } from '@lib/units';
import { Commendation } from './commendations.entity.js';

/** Those on the deciding side: they see a decision before it is issued. */
const INSIDE: readonly Permission[] = ['commendation.decide', 'commendation.issue', 'council.read'];

/** Who sees which decision. Until it is issued only the deciding side does; then it is addressed to all whom it names. */
@Injectable()
export class CommendationScope {
  constructor(private readonly tree: UnitTree) {}

  /** SQL condition on the decision aliased `c`. */
  visible(actor: Actor, params: unknown[]): string {
    const whole = this.whole(actor, params);
    const lines = this.line(actor, params);
    return `(${whole} OR (c.state = 'ISSUED' AND EXISTS (
      SELECT 1 FROM commendation_line cl JOIN nomination_line l ON l.id = cl.line_id WHERE cl.commendation_id = c.id AND ${lines})))`;
  }

  /** SQL condition on the decision aliased `c`: all of it is the actor's to read. */
  whole(actor: Actor, params: unknown[]): string {
    const read = this.tree.inScope('c.unit_id', scopeOf(actor, 'commendation.read'), params);
    return `(${this.inside(actor, params)} OR (c.state = 'ISSUED' AND ${read}))`;
  }

  /** SQL condition on the decision aliased `c`: the actor stands on the deciding side. */
  inside(actor: Actor, params: unknown[]): string {
    return `(${INSIDE.map((permission) => this.tree.inScope('c.unit_id', scopeOf(actor, permission), params)).join(' OR ')})`;
  }

  /** SQL condition on the nomination line aliased `l`: it names mine, or mine proposed it. */
  line(actor: Actor, params: unknown[]): string {
    const scope = scopeOf(actor, 'commendation.read');
    return `(${this.tree.inScope('l.unit_id', scope, params)} OR ${this.tree.inScope('l.proposing_unit_id', scope, params)})`;
  }

  /** SQL condition on the nomination line aliased `l`: a restricted nominee needs clearance. */
  cleared(actor: Actor, params: unknown[]): string {
    return `(l.classification <> 'RESTRICTED' OR ${this.tree.inScope('l.unit_id', scopeOf(actor, 'restricted.read'), params)})`;
  }

  async holds(q: Queryable, actor: Actor, permissions: readonly Permission[], unitId: number): Promise<boolean> {
    const params: unknown[] = [unitId];
    const one = permissions.map((permission) => this.tree.inScope('u.id', scopeOf(actor, permission), params));
    return (await q.query(`SELECT 1 FROM unit u WHERE u.id = $1 AND (${one.join(' OR ')})`, params)).length > 0;
  }

  /** The unit for which the actor may prepare a decision. @throws Refused `unit.not_found` */
  async unitFor(q: Queryable, actor: Actor, code: string): Promise<number> {
    for (const permission of DRAFTING) {
      const id = (await this.tree.idsOf(q, [code], scopeOf(actor, permission))).get(code);
      if (id !== undefined) return id;
    }
    throw Refused.notFound('unit', 'unit');
  }

  /** For a command. @throws Refused `commendation.not_found` */
  async lock(tx: Tx, actor: Actor, permissions: readonly Permission[], id: number): Promise<Commendation> {
    const found = await tx.manager.findOne(Commendation, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!found || !(await this.holds(tx, actor, permissions, found.unitId))) throw Refused.notFound('commendation');
    return found;
  }
}

/** A draft is put together by whoever decides, or by the clerk for them. */
export const DRAFTING: readonly Permission[] = ['commendation.decide', 'commendation.issue'];
