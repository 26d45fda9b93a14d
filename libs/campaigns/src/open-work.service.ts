import { Injectable } from '@nestjs/common';
import { Refused, scopeOf, type Actor } from '@lib/kernel';
import { audit, Clock, Steps, type Queryable, type Tx } from '@lib/platform';
import { Desk } from '@lib/desk';
import { UnitTree } from '@lib/units';
import { Addressing } from './addressing.service.js';
import { CampaignScope } from './campaign-scope.js';
import { Campaign } from './campaigns.entity.js';
import { campaignWorkflow, isLaunched, type CampaignState } from './campaigns.workflow.js';

/** A campaign that a unit which ends has launched or drafted, or has to report on. */
export interface OpenCampaign {
  readonly id: number;
  readonly unitId: number;
  readonly label: string;
  readonly stateName: string;
  readonly link: string;
  readonly visible: boolean;
}

type Ref = Pick<OpenCampaign, 'id' | 'unitId'>;

interface Trace {
  readonly toUnitId: number;
  /** What was launched stays its owner's, and another carries it on. */
  readonly carried: boolean;
  readonly carriedBefore: number | null;
  readonly tasks: readonly number[];
}

const KINDS = ['approve', 'correct', 'launch'] as const;

/** What becomes of the campaigns of a unit that ends. */
@Injectable()
export class CampaignOpenWork {
  constructor(
    private readonly clock: Clock,
    private readonly steps: Steps,
    private readonly desk: Desk,
    private readonly scope: CampaignScope,
    private readonly addressing: Addressing,
  ) {}

  async list(q: Queryable, reader: Actor, unitIds: readonly number[]): Promise<OpenCampaign[]> {
    const params: unknown[] = [unitIds];
    const visible = this.scope.visible(reader, 'campaign.read', params);
    const rows = await q.query<Ref & { label: string; state: CampaignState; visible: boolean }>(
      `SELECT c.id, coalesce(c.carried_by, c.unit_id) AS "unitId", c.name AS label, c.state, ${visible} AS visible
         FROM campaign c WHERE coalesce(c.carried_by, c.unit_id) = ANY($1) AND c.outside_id IS NULL AND c.state NOT IN ('CLOSED', 'CANCELLED')
        ORDER BY 2, c.id`,
      params,
    );
    return rows.map(({ state, ...row }) => ({
      ...row,
      stateName: campaignWorkflow.stateNames[state],
      link: this.addressing.link(row),
    }));
  }

  async handOver(
    tx: Tx,
    actor: Actor,
    refs: readonly Ref[],
    toUnitId: number,
  ): Promise<(Ref & { mark: string; trace: Trace })[]> {
    const handed: (Ref & { mark: string; trace: Trace })[] = [];
    for (const { id, unitId } of refs) {
      const campaign = await this.locked(tx, id);
      const carried = isLaunched(campaign.state) || campaign.carriedBy !== null;
      const carriedBefore = campaign.carriedBy;
      if (carried) campaign.carriedBy = toUnitId;
      else campaign.unitId = toUnitId;
      campaign.version += 1;
      await tx.manager.save(Campaign, campaign);
      const tasks = await this.desk.handOver(tx, unitId, toUnitId, {
        keys: KINDS.map((kind) => `campaign.${kind}:${id}`),
      });
      const trace = { toUnitId, carried, carriedBefore, tasks };
      await audit(tx, this.clock.now(), actor, 'campaign.handed_over', `campaign:${id}`, { unitId, ...trace });
      handed.push({ id, unitId, trace, mark: markOf(campaign) });
    }
    return handed;
  }

  async close(tx: Tx, actor: Actor, refs: readonly Ref[], reason: string): Promise<void> {
    for (const { id } of refs) {
      const campaign = await this.locked(tx, id);
      const step = isLaunched(campaign.state) ? 'end_with_unit' : 'cancel';
      campaign.state = await this.steps.take(tx, actor, campaignWorkflow, campaign, step, reason);
      campaign.version += 1;
      await tx.manager.save(Campaign, campaign);
      for (const kind of KINDS) await this.desk.close(tx, actor, `campaign.${kind}:${id}`);
      await this.addressing.withdrawTasks(tx, actor, id);
      await this.addressing.touchAll(tx, campaign);
      await audit(tx, this.clock.now(), actor, 'campaign.ended_with_unit', `campaign:${id}`, { reason });
    }
  }

  async workedOn(q: Queryable, items: readonly (Ref & { mark: string })[]): Promise<Ref[]> {
    const rows = await q.query<{ id: number; state: CampaignState; version: number }>(
      `SELECT id, state, version FROM campaign WHERE id = ANY($1)`,
      [items.map(({ id }) => id)],
    );
    const marks = new Map(rows.map((row) => [row.id, markOf(row)]));
    return items.filter(({ id, mark }) => marks.get(id) !== mark).map(({ id, unitId }) => ({ id, unitId }));
  }

  async takeBack(tx: Tx, actor: Actor, items: readonly (Ref & { trace: object })[]): Promise<void> {
    for (const { id, unitId, trace } of items) {
      const campaign = await this.locked(tx, id);
      const { toUnitId, carried, carriedBefore, tasks } = trace as Trace;
      if (carried) campaign.carriedBy = carriedBefore;
      else campaign.unitId = unitId;
      campaign.version += 1;
      await tx.manager.save(Campaign, campaign);
      await this.desk.handOver(tx, toUnitId, unitId, { ids: tasks });
      await audit(tx, this.clock.now(), actor, 'campaign.taken_back', `campaign:${id}`, { unitId });
    }
  }

  private async locked(tx: Tx, id: number): Promise<Campaign> {
    const found = await tx.manager.findOne(Campaign, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!found) throw Refused.notFound('campaign');
    return found;
  }
}

/** What was asked of a unit that ends by campaigns from above, and was not reported. */
@Injectable()
export class DeploymentOpenWork {
  constructor(
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly addressing: Addressing,
  ) {}

  async list(q: Queryable, reader: Actor, unitIds: readonly number[]): Promise<OpenCampaign[]> {
    const params: unknown[] = [unitIds];
    const visible = this.tree.inScope('a.unit_id', scopeOf(reader, 'campaign.read'), params);
    const rows = await q.query<Ref & { label: string; visible: boolean }>(
      `SELECT c.id, a.unit_id AS "unitId", c.name AS label, ${visible} AS visible
         FROM campaign_addressee a JOIN campaign c ON c.id = a.campaign_id
        WHERE a.unit_id = ANY($1)
          AND EXISTS (SELECT 1 FROM desk_task t WHERE t.key = 'campaign.deploy:' || c.id || ':' || a.unit_id AND t.closed_at IS NULL)
        ORDER BY a.unit_id, c.id`,
      params,
    );
    return rows.map((row) => ({ ...row, stateName: 'Chưa báo cáo triển khai', link: this.addressing.link(row) }));
  }

  /** The other unit is told to deploy it, unless it is already. */
  async handOver(
    tx: Tx,
    actor: Actor,
    refs: readonly Ref[],
    toUnitId: number,
  ): Promise<(Ref & { mark: string; trace: object })[]> {
    const handed: (Ref & { mark: string; trace: object })[] = [];
    for (const { id, unitId } of refs) {
      const campaign = await tx.manager.findOneByOrFail(Campaign, { id });
      const added = await this.addressing.tellOne(tx, actor, campaign, toUnitId);
      await this.addressing.hasReported(tx, actor, id, unitId);
      const trace = { toUnitId, added };
      await audit(tx, this.clock.now(), actor, 'campaign.deployment_handed_over', `campaign:${id}`, {
        unitId,
        ...trace,
      });
      handed.push({ id, unitId, trace, mark: await this.mark(tx, id, toUnitId) });
    }
    return handed;
  }

  async close(tx: Tx, actor: Actor, refs: readonly Ref[], reason: string): Promise<void> {
    for (const { id, unitId } of refs) {
      await this.addressing.hasReported(tx, actor, id, unitId);
      await audit(tx, this.clock.now(), actor, 'campaign.deployment_ended', `campaign:${id}`, { unitId, reason });
    }
  }

  async workedOn(q: Queryable, items: readonly (Ref & { mark: string; trace: object })[]): Promise<Ref[]> {
    const worked: Ref[] = [];
    for (const { id, unitId, mark, trace } of items)
      if ((await this.mark(q, id, (trace as { toUnitId: number }).toUnitId)) !== mark) worked.push({ id, unitId });
    return worked;
  }

  async takeBack(tx: Tx, actor: Actor, items: readonly (Ref & { trace: object })[]): Promise<void> {
    for (const { id, unitId, trace } of items) {
      const { toUnitId, added } = trace as { toUnitId: number; added: boolean };
      const campaign = await tx.manager.findOneByOrFail(Campaign, { id });
      if (added) await this.addressing.withdrawOne(tx, actor, id, toUnitId);
      await this.addressing.tellOne(tx, actor, campaign, unitId);
      await audit(tx, this.clock.now(), actor, 'campaign.deployment_taken_back', `campaign:${id}`, { unitId });
    }
  }

  /** How often the unit has reported. */
  private async mark(q: Queryable, campaignId: number, unitId: number): Promise<string> {
    const [row] = await q.query<{ mark: string }>(
      `SELECT count(*)::text AS mark FROM campaign_deployment WHERE campaign_id = $1 AND unit_id = $2`,
      [campaignId, unitId],
    );
    return row?.mark ?? '0';
  }
}

function markOf({ state, version }: Pick<Campaign, 'state' | 'version'>): string {
  return `${state}/${version}`;
}
