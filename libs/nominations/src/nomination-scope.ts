import { Injectable } from '@nestjs/common';
import { Refused, scopeOf, type Actor, type Permission } from '@lib/kernel';
import type { Queryable, Tx } from '@lib/platform';
import { UnitTree } from '@lib/units';
import { Dossier } from './dossier.entity.js';
import { EMBARGOED } from './line.workflow.js';

/** Whose permission it takes: the side that proposes, or the side that was asked. */
export type Side = 'proposing' | 'receiving';

/**
 * Who sees what: the proposing unit's subtree; the unit that was asked, once it was submitted; the unit of a nominee, its
 * own lines. A draft is seen by those who may write or submit it.
 */
@Injectable()
export class NominationScope {
  constructor(private readonly tree: UnitTree) {}

  /** SQL condition on the dossier `alias`: the whole of it is the actor's to read. */
  whole(actor: Actor, params: unknown[], alias = 'd'): string {
    return `(${this.mine(actor, params, alias)} OR ${this.received(actor, params, alias)})`;
  }

  mine(actor: Actor, params: unknown[], alias = 'd'): string {
    const unit = `${alias}.unit_id`;
    const within = (permission: Permission): string => this.tree.inScope(unit, scopeOf(actor, permission), params);
    return `(${within('nomination.read')} AND (${alias}.submitted_on IS NOT NULL OR ${within('nomination.propose')} OR ${within('nomination.submit')}))`;
  }

  received(actor: Actor, params: unknown[], alias = 'd'): string {
    return `(${alias}.submitted_on IS NOT NULL AND ${this.tree.inScope(`${alias}.to_unit_id`, scopeOf(actor, 'nomination.read'), params)})`;
  }

  /** SQL condition on the line `l`: it names a nominee of the actor's units, in a dossier that was submitted. */
  nominee(actor: Actor, params: unknown[]): string {
    return `(${this.tree.inScope('l.unit_id', scopeOf(actor, 'nomination.read'), params)}
      AND EXISTS (SELECT 1 FROM dossier nd WHERE nd.id = l.dossier_id AND nd.submitted_on IS NOT NULL))`;
  }

  /** SQL condition on the line `l`: a restricted nominee asks for a permission of its own. */
  cleared(actor: Actor, params: unknown[]): string {
    return `(l.classification <> 'RESTRICTED' OR ${this.tree.inScope('l.unit_id', scopeOf(actor, 'restricted.read'), params)})`;
  }

  /** SQL condition on the dossier `d`: it carries no nominee whom the actor is not cleared for. */
  clearedAll(actor: Actor, params: unknown[]): string {
    return `NOT EXISTS (SELECT 1 FROM nomination_carry rc JOIN nomination_line l ON l.id = rc.line_id
      WHERE rc.dossier_id = d.id AND NOT ${this.cleared(actor, params)})`;
  }

  /** SQL condition on the line `l`, wherever it has travelled. */
  line(actor: Actor, params: unknown[]): string {
    return `(${this.cleared(actor, params)} AND (${this.nominee(actor, params)} OR EXISTS (
      SELECT 1 FROM nomination_carry vc JOIN dossier vd ON vd.id = vc.dossier_id
       WHERE vc.line_id = l.id AND vc.until_day IS NULL AND ${this.whole(actor, params, 'vd')})))`;
  }

  /**
   * SQL condition on the line `l` at dossier `ad`: what the council said of it is the actor's to know. That is the side that
   * was asked, on every level the line has come through, and everybody once the award stands in the register. A line that is
   * passed on, or set free from a decision that was cancelled, still carries the lower form.
   */
  toldForm(actor: Actor, params: unknown[]): string {
    return `(l.state = 'AWARDED' OR ${this.received(actor, params, 'ad')} OR (l.state NOT IN ${EMBARGOED} AND EXISTS (
      SELECT 1 FROM nomination_carry tc JOIN dossier td ON td.id = tc.dossier_id
       WHERE tc.line_id = l.id AND tc.until_day IS NULL AND ${this.received(actor, params, 'td')})))`;
  }

  /** SQL condition on a dossier: the actor holds the permission on that side of it. */
  holds(actor: Actor, permission: Permission, side: Side, params: unknown[], alias = 'd'): string {
    const inScope = this.tree.inScope(
      `${alias}.${side === 'proposing' ? 'unit_id' : 'to_unit_id'}`,
      scopeOf(actor, permission),
      params,
    );
    return side === 'proposing' ? inScope : `(${alias}.submitted_on IS NOT NULL AND ${inScope})`;
  }

  /** Loads and locks a dossier for a command. @throws Refused `dossier.not_found` outside the scope. */
  async lock(tx: Tx, actor: Actor, permission: Permission, side: Side, id: number): Promise<Dossier> {
    if (!(await this.mayCommand(tx, actor, permission, side, id))) throw Refused.notFound('dossier');
    return this.locked(tx, id);
  }

  async mayCommand(q: Queryable, actor: Actor, permission: Permission, side: Side, id: number): Promise<boolean> {
    const params: unknown[] = [id];
    const rows = await q.query(
      `SELECT 1 FROM dossier d WHERE d.id = $1 AND ${this.holds(actor, permission, side, params)}`,
      params,
    );
    return rows.length > 0;
  }

  /** Dossiers are locked before their lines, in the order of their ids: two commands wait, and neither for the other. */
  async lockAll(tx: Tx, ids: readonly number[]): Promise<void> {
    await tx.query(`SELECT id FROM dossier WHERE id = ANY($1) ORDER BY id FOR UPDATE`, [[...new Set(ids)]]);
  }

  async locked(tx: Tx, id: number): Promise<Dossier> {
    const dossier = await tx.manager.findOne(Dossier, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!dossier) throw Refused.notFound('dossier');
    return dossier;
  }
}
