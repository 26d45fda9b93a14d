import { Injectable } from '@nestjs/common';
import { Refused, scopeOf, type Actor, type Day, type Permission } from '@lib/kernel';
import type { Queryable, Tx } from '@lib/platform';
import { UnitTree } from '@lib/units';
import { namedUnits, receivingUnits } from './plan.rules.js';
import { Reorganisation, type ReorganisationPlan } from './reorganisation.entity.js';

/** Where a plan takes place. */
export interface PlanPlace {
  /** The lowest unit above all that takes part: there the permission is asked. */
  readonly unitId: number;
  /** Existing units that it names, by code. */
  readonly units: ReadonlyMap<string, number>;
}

/**
 * Who sees and who acts: while it is prepared, those who hold the permission on the unit above all that takes part; once it is
 * applied it is a fact, and everybody sees it whose units it names.
 */
@Injectable()
export class ReorganisationScope {
  constructor(private readonly tree: UnitTree) {}

  /** SQL condition on the reorganisation aliased `r`. */
  visible(actor: Actor, params: unknown[]): string {
    const scope = scopeOf(actor, 'reorganisation.read');
    return `(${this.tree.inScope('r.unit_id', scope, params)} OR (r.state IN ('APPLIED', 'REVERSED') AND EXISTS (
      SELECT 1 FROM reorganisation_unit vu WHERE vu.reorganisation_id = r.id AND ${this.tree.inScope('vu.unit_id', scope, params)})))`;
  }

  async holds(q: Queryable, actor: Actor, permission: Permission, id: number): Promise<boolean> {
    const params: unknown[] = [id];
    const held = this.tree.inScope('r.unit_id', scopeOf(actor, permission), params);
    return (await q.query(`SELECT 1 FROM reorganisation r WHERE r.id = $1 AND ${held}`, params)).length > 0;
  }

  /** Loads and locks for a command. @throws Refused `reorganisation.not_found`, `reorganisation.not_yours`, `reorganisations.changed_meanwhile` */
  async lock(
    tx: Tx,
    actor: Actor,
    permission: Permission,
    id: number,
    version: number | null,
  ): Promise<Reorganisation> {
    if (!(await this.holds(tx, actor, permission, id))) {
      if (!(await this.holds(tx, actor, 'reorganisation.read', id))) throw Refused.notFound('reorganisation');
      const message = 'Việc này thuộc người có thẩm quyền ở đơn vị cấp trên; tài khoản của anh/chị chỉ được xem.';
      throw new Refused('reorganisation.not_yours', message, null, 'forbidden');
    }
    const row = await tx.manager.findOne(Reorganisation, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!row) throw Refused.notFound('reorganisation');
    if (version !== null && row.version !== version) throw changedMeanwhile(row);
    return row;
  }

  /**
   * Finds every unit of the plan in the actor's scope, and the unit above them all, where he has to hold the permission, too.
   * @throws Refused `unit.not_found` with its field, `reorganisations.no_common_unit`
   */
  async place(
    q: Queryable,
    actor: Actor,
    permission: Permission,
    plan: ReorganisationPlan,
    day: Day,
  ): Promise<PlanPlace> {
    const scope = scopeOf(actor, permission);
    const named = namedUnits(plan);
    const units = await this.tree.idsOf(q, [...named.keys()], scope);
    const missing = [...named].filter(([code]) => !units.has(code)).map(([, field]) => Refused.notFound('unit', field));
    const [first] = missing;
    if (first)
      throw Refused.all(
        missing.flatMap(({ details }) => details),
        'not_found',
      );
    const chains = await this.tree.lastChains(q, [...units.values()], day);
    const receiving = receivingUnits(plan);
    const ways = [...units].map(([code, id]) => {
      const chain = chains.get(id) ?? [id];
      return receiving.has(code) || chain.length === 1 ? chain : chain.slice(1);
    });
    const [one = [], ...others] = ways;
    const unitId = one.find((id) => others.every((way) => way.includes(id)));
    if (unitId === undefined)
      throw new Refused('reorganisations.no_common_unit', 'Các đơn vị này không có đơn vị cấp trên chung.', 'units');
    const params: unknown[] = [unitId];
    const held = await q.query(
      `SELECT 1 FROM unit u WHERE u.id = $1 AND ${this.tree.inScope('u.id', scope, params)}`,
      params,
    );
    if (held.length > 0) return { unitId, units };
    const message = 'Việc này cần đơn vị cấp trên chung của các đơn vị thực hiện.';
    throw new Refused('reorganisations.not_above_all', message, 'units', 'forbidden');
  }
}

function changedMeanwhile({ changedBy }: Reorganisation): Refused {
  const message = `${changedBy} vừa sửa việc sắp xếp này. Hãy tải lại trang rồi làm tiếp.`;
  return new Refused('reorganisations.changed_meanwhile', message, 'version', 'conflict');
}
