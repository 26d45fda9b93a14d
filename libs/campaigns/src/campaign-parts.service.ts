import { Injectable } from '@nestjs/common';
import { DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { Refused, scopeOf, tidy, type Actor, type Day } from '@lib/kernel';
import { audit, Clock, Steps, transact, type Tx } from '@lib/platform';
import { UnitTree } from '@lib/units';
import { Addressing } from './addressing.service.js';
import { CampaignScope } from './campaign-scope.js';
import type { LauncherInput } from './campaigns.dto.js';
import { CampaignPhase, Contest, type Campaign } from './campaigns.entity.js';
import { checkOrder, cleanAliases, textOrNull } from './campaigns.rules.js';
import { isLaunched, phaseWorkflow } from './campaigns.workflow.js';
import { Campaigns } from './campaigns.js';
import type { ContestInput, PhaseInput, PhaseStepInput } from './parts.dto.js';

interface Part extends ObjectLiteral {
  readonly id: number;
  readonly campaignId: number;
  readonly removedOn: Day | null;
}

/** Phases, contests and links of a campaign. What a summary prints is ended with a day, and stands anew beside it. */
@Injectable()
export class CampaignParts {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly steps: Steps,
    private readonly scope: CampaignScope,
    private readonly campaigns: Campaigns,
    private readonly addressing: Addressing,
  ) {}

  addPhase(actor: Actor, id: number, input: PhaseInput): Promise<void> {
    checkOrder(input);
    return this.on(actor, id, 'phase_added', async (tx) => {
      const { from = null, to = null, name, target } = input;
      const facts = { campaignId: id, name: tidy(name), from, to, target: textOrNull(target) };
      await tx.manager.insert(CampaignPhase, { ...facts, state: phaseWorkflow.initial, ...this.recorded(actor) });
    });
  }

  /** @throws Refused `campaign_phase.step_not_allowed`: what was reviewed is reopened before it is taken away */
  removePhase(actor: Actor, id: number, phaseId: number): Promise<void> {
    return this.on(actor, id, 'phase_removed', async (tx) => {
      const phase = await this.part(tx, CampaignPhase, id, phaseId);
      phaseWorkflow.next(phase.state, 'review');
      await tx.manager.update(CampaignPhase, { id: phaseId }, { removedOn: this.clock.today() });
    });
  }

  stepPhase(actor: Actor, id: number, phaseId: number, { step, reason }: PhaseStepInput): Promise<void> {
    return this.on(actor, id, `phase_${step}`, async (tx) => {
      const phase = await this.part(tx, CampaignPhase, id, phaseId);
      const state = await this.steps.take(tx, actor, phaseWorkflow, phase, step, textOrNull(reason));
      await tx.manager.update(CampaignPhase, { id: phaseId }, { state });
    });
  }

  addContest(actor: Actor, id: number, input: ContestInput): Promise<void> {
    return this.on(actor, id, 'contest_added', (tx) => this.insertContest(tx, actor, id, input));
  }

  /** @throws Refused `contest.not_found` where somebody has meanwhile changed it: nothing is written over */
  changeContest(actor: Actor, id: number, contestId: number, input: ContestInput): Promise<void> {
    return this.on(actor, id, 'contest_changed', async (tx) => {
      await this.part(tx, Contest, id, contestId);
      await tx.manager.update(Contest, { id: contestId }, { removedOn: this.clock.today() });
      await this.insertContest(tx, actor, id, input);
    });
  }

  removeContest(actor: Actor, id: number, contestId: number): Promise<void> {
    return this.on(actor, id, 'contest_removed', async (tx) => {
      await this.part(tx, Contest, id, contestId);
      await tx.manager.update(Contest, { id: contestId }, { removedOn: this.clock.today() });
    });
  }

  /** Carried out together with another campaign, whoever launched that (DR-26). */
  link(actor: Actor, id: number, otherId: number): Promise<void> {
    return this.on(actor, id, 'linked', async (tx) => {
      const { id: other } = await this.campaigns.byId(tx, actor, otherId);
      if (other === id) throw new Refused('campaigns.own_link', 'Hãy chọn một phong trào khác.', 'campaign');
      await tx.query(
        `INSERT INTO campaign_link (campaign_id, other_id, kind, recorded_on, recorded_by, recorded_by_id) VALUES ($1, $2, 'LINKED_WITH', $3, $4, $5)
         ON CONFLICT (campaign_id, other_id) DO UPDATE SET removed_on = NULL`,
        [Math.min(id, other), Math.max(id, other), this.clock.today(), actor.name, actor.accountId],
      );
    });
  }

  unlink(actor: Actor, id: number, otherId: number): Promise<void> {
    return this.on(actor, id, 'unlinked', async (tx) => {
      await this.campaigns.byId(tx, actor, otherId);
      await tx.query(`UPDATE campaign_link SET removed_on = $3 WHERE campaign_id = $1 AND other_id = $2`, [
        Math.min(id, otherId),
        Math.max(id, otherId),
        this.clock.today(),
      ]);
    });
  }

  /** A unit that launched it together with the owner must be the actor's to speak for; any other is written by name. */
  async setLaunchers(tx: Tx, actor: Actor, id: number, launchers: readonly LauncherInput[]): Promise<void> {
    await tx.query(`DELETE FROM campaign_launcher WHERE campaign_id = $1`, [id]);
    for (const [place, { unit, outside, name }] of launchers.entries()) {
      const field = `launchers[${place}]`;
      if ([unit, outside, name].filter(Boolean).length !== 1)
        throw new Refused('campaigns.launcher_unclear', 'Ghi đúng một: đơn vị, cơ quan ngoài, hoặc tên.', field);
      const unitId = unit ? await this.tree.idOf(tx, unit, scopeOf(actor, 'campaign.register'), `${field}.unit`) : null;
      const outsideId = outside ? await this.outsideId(tx, outside, `${field}.outside`) : null;
      await tx.query(
        `INSERT INTO campaign_launcher (campaign_id, place, unit_id, outside_id, name) VALUES ($1, $2, $3, $4, $5)`,
        [id, place, unitId, outsideId, name ? tidy(name) : null],
      );
    }
  }

  async setOccasions(tx: Tx, actor: Actor, id: number, occasions: readonly number[]): Promise<void> {
    await this.occasions(tx, actor, occasions);
    await tx.query(`DELETE FROM campaign_occasion WHERE campaign_id = $1`, [id]);
    await tx.query(`INSERT INTO campaign_occasion (campaign_id, occasion_id) SELECT $1, unnest($2::int[])`, [
      id,
      [...new Set(occasions)],
    ]);
  }

  /** @throws Refused `occasion.not_found` for one that the actor does not see */
  async occasions(tx: Tx, actor: Actor, ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return;
    const params: unknown[] = [ids];
    const rows = await tx.query<{ id: number }>(
      `SELECT o.id FROM occasion o WHERE o.id = ANY($1) AND ${this.seen('o', actor, params)}`,
      params,
    );
    const known = new Set(rows.map(({ id }) => id));
    const lost = ids.findIndex((id) => !known.has(id));
    if (lost >= 0) throw Refused.notFound('occasion', `occasions[${lost}]`);
  }

  /** SQL condition on an event or an occasion: its unit is mine, or stands above mine. */
  seen(alias: string, actor: Actor, params: unknown[]): string {
    const scope = scopeOf(actor, 'campaign.read');
    const column = `${alias}.unit_id`;
    return `(${this.tree.inScope(column, scope, params)} OR ${this.tree.above(column, scope, params)})`;
  }

  async outsideId(tx: Tx, code: string, field: string): Promise<number> {
    const [row] = await tx.query<{ id: number }>(`SELECT id FROM outside_body WHERE code = $1`, [code]);
    if (!row) throw Refused.notFound('outside_body', field);
    return row.id;
  }

  private async insertContest(tx: Tx, actor: Actor, campaignId: number, input: ContestInput): Promise<void> {
    const { name, aliases = [], objects = [], organiser, entries, participants } = input;
    await tx.manager.insert(Contest, {
      campaignId,
      name: tidy(name),
      aliases: cleanAliases(name, aliases),
      objects: objects.map(tidy),
      organiser: textOrNull(organiser),
      entries: entries?.value ?? null,
      entriesQualifier: entries?.qualifier ?? null,
      participants: participants?.value ?? null,
      participantsQualifier: participants?.qualifier ?? null,
      ...this.recorded(actor),
    });
  }

  private async part<T extends Part>(
    tx: Tx,
    of: EntityTarget<T> & { name: string },
    campaignId: number,
    id: number,
  ): Promise<T> {
    const part = await tx.manager.findOne(of, { where: { id, campaignId } as never });
    if (!part || part.removedOn !== null) throw Refused.notFound(of.name === 'Contest' ? 'contest' : 'campaign_phase');
    return part;
  }

  private async on(
    actor: Actor,
    id: number,
    what: string,
    work: (tx: Tx, campaign: Campaign) => Promise<void>,
  ): Promise<void> {
    await transact(this.db, async (tx) => {
      const campaign = await this.scope.lock(tx, actor, id, () => ['campaign.register', 'campaign.approve']);
      await work(tx, campaign);
      if (isLaunched(campaign.state)) await this.addressing.touchAll(tx, campaign);
      await audit(tx, this.clock.now(), actor, `campaign.${what}`, `campaign:${id}`, {});
    });
  }

  private recorded(actor: Actor): { recordedOn: Day; recordedBy: string; recordedById: number | null } {
    return { recordedOn: this.clock.today(), recordedBy: actor.name, recordedById: actor.accountId };
  }
}
