import { Injectable } from '@nestjs/common';
import { Refused, scopeOf, type Actor, type Permission } from '@lib/kernel';
import { BlocScope } from '@lib/blocs';
import type { Queryable, Tx } from '@lib/platform';
import { UnitTree } from '@lib/units';
import { Campaign } from './campaigns.entity.js';
import { LAUNCHED_STATES } from './campaigns.workflow.js';

const LAUNCHED = LAUNCHED_STATES.map((state) => `'${state}'`).join(', ');

/** Who sees a campaign, and who acts on it. Conditions on the campaign aliased `c`; values are appended to `params`. */
@Injectable()
export class CampaignScope {
  constructor(
    private readonly tree: UnitTree,
    private readonly blocs: BlocScope,
  ) {}

  /** Its owner lies in my subtree. */
  mine(actor: Actor, permission: Permission, params: unknown[]): string {
    const inScope = this.owned(actor, permission, params);
    const byBloc = this.ofBloc(`(${this.blocs.actsFor(actor, permission, params)})`);
    return `(${inScope} OR ${byBloc})`;
  }

  /** The owner, or whoever goes on with it, lies in my subtree. */
  private owned(actor: Actor, permission: Permission, params: unknown[]): string {
    const scope = scopeOf(actor, permission);
    return `(${this.tree.inScope('c.unit_id', scope, params)} OR (c.carried_by IS NOT NULL AND ${this.tree.inScope('c.carried_by', scope, params)}))`;
  }

  /** Launched by a unit above mine, by a bloc of mine, or by one of mine together with its owner. */
  addressed(actor: Actor, permission: Permission, params: unknown[]): string {
    const scope = scopeOf(actor, permission);
    const above = `(c.bloc_id IS NULL AND (${this.tree.above('c.unit_id', scope, params)}
      OR (c.carried_by IS NOT NULL AND ${this.tree.above('c.carried_by', scope, params)})))`;
    const bloc = this.ofBloc(this.blocs.visible(actor, permission, params));
    const together = `EXISTS (SELECT 1 FROM campaign_launcher cl WHERE cl.campaign_id = c.id AND cl.unit_id IS NOT NULL
      AND (${this.tree.inScope('cl.unit_id', scope, params)} OR ${this.tree.above('cl.unit_id', scope, params)}))`;
    return `(c.state IN (${LAUNCHED}) AND (${above} OR ${bloc} OR ${together}))`;
  }

  visible(actor: Actor, permission: Permission, params: unknown[]): string {
    return `(${this.mine(actor, permission, params)} OR ${this.addressed(actor, permission, params)})`;
  }

  /** The actor holds the permission on the owner; for a bloc, drafting is its head's, too, and deciding its organiser's. */
  async acts(q: Queryable, actor: Actor, permission: Permission, id: number): Promise<boolean> {
    const params: unknown[] = [id];
    const where =
      permission === 'campaign.register' ? this.mine(actor, permission, params) : this.owned(actor, permission, params);
    return (await q.query(`SELECT 1 FROM campaign c WHERE c.id = $1 AND ${where}`, params)).length > 0;
  }

  /**
   * Loads and locks a campaign that the actor may see and on whose owner he holds one of the permissions.
   * @throws Refused `campaign.not_found` outside what he sees, `campaign.not_yours` where he may only read
   */
  async lock(
    tx: Tx,
    actor: Actor,
    id: number,
    permissions: (campaign: Campaign) => readonly Permission[],
  ): Promise<Campaign> {
    const campaign = await this.lockSeen(tx, actor, id);
    for (const permission of permissions(campaign)) if (await this.acts(tx, actor, permission, id)) return campaign;
    const message = 'Việc này thuộc đơn vị phát động; tài khoản của anh/chị chỉ được xem.';
    throw new Refused('campaign.not_yours', message, null, 'forbidden');
  }

  async lockSeen(tx: Tx, actor: Actor, id: number): Promise<Campaign> {
    const params: unknown[] = [id];
    const [seen] = await tx.query(
      `SELECT 1 FROM campaign c WHERE c.id = $1 AND ${this.visible(actor, 'campaign.read', params)}`,
      params,
    );
    const campaign = seen
      ? await tx.manager.findOne(Campaign, { where: { id }, lock: { mode: 'pessimistic_write' } })
      : null;
    if (!campaign) throw Refused.notFound('campaign');
    return campaign;
  }

  private ofBloc(condition: string): string {
    return `(c.bloc_id IS NOT NULL AND EXISTS (SELECT 1 FROM bloc bl WHERE bl.id = c.bloc_id AND ${condition}))`;
  }
}
