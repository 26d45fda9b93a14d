import { Injectable } from '@nestjs/common';
import { scopeOf, type Actor, type Permission } from '@lib/kernel';
import { UnitTree } from '@lib/units';

/** Who sees a bloc, and who acts for it. Conditions on the bloc aliased `bl`; values are appended to `params`. */
@Injectable()
export class BlocScope {
  constructor(private readonly tree: UnitTree) {}

  /** The organiser, or whoever goes on organising it, lies in scope. */
  organises(actor: Actor, permission: Permission, params: unknown[]): string {
    const scope = scopeOf(actor, permission);
    return `(${this.tree.inScope('bl.organiser_id', scope, params)} OR (bl.carried_by IS NOT NULL AND ${this.tree.inScope('bl.carried_by', scope, params)}))`;
  }

  /** The organiser, or a unit that belongs to the bloc of that year, lies in scope. */
  visible(actor: Actor, permission: Permission, params: unknown[]): string {
    const scope = scopeOf(actor, permission);
    return `(${this.organises(actor, permission, params)} OR EXISTS (SELECT 1 FROM bloc_member bm
      WHERE bm.bloc_id = bl.id AND ${this.tree.inScope('bm.unit_id', scope, params)}))`;
  }

  /** The organiser, the head unit or a deputy lies in scope: they draft, launch and report for the bloc. */
  actsFor(actor: Actor, permission: Permission, params: unknown[]): string {
    const scope = scopeOf(actor, permission);
    return `(${this.organises(actor, permission, params)} OR EXISTS (SELECT 1 FROM bloc_member bm
      WHERE bm.bloc_id = bl.id AND bm.role <> 'MEMBER' AND ${this.tree.inScope('bm.unit_id', scope, params)}))`;
  }
}
