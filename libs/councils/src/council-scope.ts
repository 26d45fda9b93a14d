import { Injectable } from '@nestjs/common';
import { Refused, scopeOf, type Actor } from '@lib/kernel';
import type { Queryable, Tx } from '@lib/platform';
import { UnitTree } from '@lib/units';
import { Council, Sitting } from './councils.entity.js';

/** Who sees a council and its sittings: whoever keeps or reads councils of that unit, and a member "my own sitting". */
@Injectable()
export class CouncilScope {
  constructor(private readonly tree: UnitTree) {}

  /** SQL condition on the council aliased `c`. */
  council(actor: Actor, params: unknown[]): string {
    const inScope = this.tree.inScope('c.unit_id', scopeOf(actor, 'council.read'), params);
    if (actor.accountId === null) return inScope;
    params.push(actor.accountId);
    return `(${inScope} OR EXISTS (SELECT 1 FROM council_member mm WHERE mm.council_id = c.id AND mm.removed_on IS NULL AND mm.account_id = $${params.length}::int))`;
  }

  /** SQL condition on the sitting aliased `s` of council `c`. Once it has begun, those count who were members then. */
  sitting(actor: Actor, params: unknown[]): string {
    const inScope = this.tree.inScope('c.unit_id', scopeOf(actor, 'council.read'), params);
    if (actor.accountId === null) return inScope;
    params.push(actor.accountId);
    const me = `account_id = $${params.length}::int`;
    return `(${inScope} OR EXISTS (SELECT 1 FROM sitting_member sm WHERE sm.sitting_id = s.id AND sm.${me})
      OR (s.state = 'PLANNED' AND EXISTS (SELECT 1 FROM council_member mm WHERE mm.council_id = c.id AND mm.removed_on IS NULL AND mm.${me})))`;
  }

  /** SQL condition on the nomination line aliased `l`: a restricted nominee needs clearance, whoever sits on the council. */
  line(actor: Actor, params: unknown[]): string {
    const cleared = this.tree.inScope('l.unit_id', scopeOf(actor, 'restricted.read'), params);
    return `(l.classification <> 'RESTRICTED' OR ${cleared})`;
  }

  async keeps(q: Queryable, actor: Actor, councilId: number): Promise<boolean> {
    const params: unknown[] = [councilId];
    const keeps = this.tree.inScope('c.unit_id', scopeOf(actor, 'council.keep'), params);
    return (await q.query(`SELECT 1 FROM council c WHERE c.id = $1 AND ${keeps}`, params)).length > 0;
  }

  /** @throws Refused `council.not_found` */
  async lockCouncil(tx: Tx, actor: Actor, id: number, field: string | null = null): Promise<Council> {
    if (!(await this.keeps(tx, actor, id))) throw Refused.notFound('council', field);
    return tx.manager.findOneOrFail(Council, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** A command on a sitting: by whoever keeps the councils of the unit. @throws Refused `sitting.not_found` */
  async lockSitting(tx: Tx, actor: Actor, id: number): Promise<{ sitting: Sitting; council: Council }> {
    const sitting = await tx.manager.findOne(Sitting, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!sitting || !(await this.keeps(tx, actor, sitting.councilId))) throw Refused.notFound('sitting');
    return { sitting, council: await tx.manager.findOneByOrFail(Council, { id: sitting.councilId }) };
  }
}

/** Two people editing one thing lose nothing: the second one is told. */
export function mustBeUnchanged(seen: number, stored: number): void {
  if (seen !== stored)
    throw new Refused(
      'councils.changed_meanwhile',
      'Có người vừa sửa nội dung này. Hãy tải lại trang rồi làm lại.',
      'version',
      'conflict',
    );
}
