import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { scopeOf, type Actor, type Day, type Qualified } from '@lib/kernel';
import { reader, Steps, type Queryable, type StepView } from '@lib/platform';
import { UnitTree } from '@lib/units';
import { CampaignScope } from './campaign-scope.js';
import { CampaignSteps } from './campaign-steps.service.js';
import { Campaign } from './campaigns.entity.js';
import { CampaignQueries, HIDDEN, type CampaignLine, type LauncherView } from './campaigns.queries.js';
import {
  campaignWorkflow,
  isLaunched,
  NEEDS_REASON,
  phaseWorkflow,
  type PhaseState,
  type PhaseStep,
  type TakenByHand,
} from './campaigns.workflow.js';
import { EventQueries, type EventView, type OccasionView } from './events.queries.js';

/** A button: the step it takes. */
export interface StepOffer {
  readonly step: TakenByHand;
  readonly name: string;
  readonly needsReason: boolean;
}

export interface CorrectionView {
  readonly on: Day;
  readonly by: string;
  readonly reason: string;
  /** What it was called until then. */
  readonly name: string;
  readonly from: Day | null;
  readonly to: Day | null;
}

export interface PhaseStepOffer {
  readonly step: PhaseStep;
  readonly name: string;
}

export interface PhaseView {
  readonly id: number;
  readonly name: string;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly target: string | null;
  readonly state: PhaseState;
  readonly stateName: string;
  readonly steps: readonly PhaseStepOffer[];
}

export interface ContestView {
  readonly id: number;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly objects: readonly string[];
  readonly organiser: string | null;
  readonly entries: Qualified | null;
  readonly participants: Qualified | null;
}

export type CampaignAbility = 'change' | 'arrange' | 'deploy';

/** One campaign with everything that belongs to it, as far as the reader may see it. */
export interface CampaignView extends CampaignLine {
  readonly aliases: readonly string[];
  readonly deployBy: Day | null;
  readonly objective: string | null;
  readonly subjects: string | null;
  readonly content: string | null;
  readonly plan: string | null;
  readonly documentNumber: string | null;
  readonly documentDay: Day | null;
  readonly fileId: number | null;
  readonly source: string | null;
  readonly launchers: readonly LauncherView[];
  readonly parent: CampaignLine | null;
  readonly parts: readonly CampaignLine[];
  readonly phases: readonly PhaseView[];
  readonly contests: readonly ContestView[];
  readonly links: readonly CampaignLine[];
  readonly occasions: readonly OccasionView[];
  readonly events: readonly EventView[];
  readonly history: readonly StepView[];
  readonly corrections: readonly CorrectionView[];
  readonly version: number;
  readonly recordedOn: Day;
  readonly recordedBy: string;
  readonly steps: readonly StepOffer[];
  /** `change` its facts, `arrange` its phases, contests and links, `deploy`: report for a unit of the reader's. */
  readonly may: readonly CampaignAbility[];
}

@Injectable()
export class CampaignViews {
  constructor(
    private readonly db: DataSource,
    private readonly tree: UnitTree,
    private readonly scope: CampaignScope,
    private readonly queries: CampaignQueries,
    private readonly events: EventQueries,
    private readonly campaignSteps: CampaignSteps,
    private readonly steps: Steps,
  ) {}

  /** @throws Refused `campaign.not_found` for an unknown id and one outside the scope alike */
  async view(actor: Actor, id: number): Promise<CampaignView> {
    const q = reader(this.db);
    const line = await this.queries.line(q, actor, id);
    const campaign = await this.db.manager.findOneByOrFail(Campaign, { id });
    const arranges = await this.arranges(q, actor, campaign);
    const links = await q.query<{ id: number }>(
      `SELECT CASE WHEN campaign_id = $1 THEN other_id ELSE campaign_id END AS id FROM campaign_link
        WHERE $1 IN (campaign_id, other_id) AND removed_on IS NULL`,
      [id],
    );
    const linked = await this.queries.visible(
      q,
      actor,
      links.map((link) => link.id),
    );
    return {
      ...line,
      aliases: campaign.aliases,
      deployBy: campaign.deployBy,
      objective: campaign.objective,
      subjects: campaign.subjects,
      content: campaign.content,
      plan: campaign.plan,
      documentNumber: campaign.documentNumber,
      documentDay: campaign.documentDay,
      fileId: campaign.fileId,
      source: campaign.source,
      launchers: await this.launchers(q, actor, id),
      parent:
        campaign.parentId === null ? null : ((await this.queries.visible(q, actor, [campaign.parentId]))[0] ?? null),
      parts: await this.queries.partsOf(q, actor, id),
      phases: await this.phases(q, id, arranges),
      contests: await this.contests(q, id),
      links: linked,
      occasions: await this.events.occasionsOf(q, id),
      events: await this.events.ofCampaign(q, actor, id),
      history: await this.history(q, id, line.mine),
      corrections: line.mine
        ? await q.query<CorrectionView>(
            `SELECT changed_on AS on, changed_by AS by, reason, name, day_from AS "from", day_to AS "to" FROM campaign_before WHERE campaign_id = $1 ORDER BY id DESC`,
            [id],
          )
        : [],
      version: campaign.version,
      recordedOn: campaign.recordedOn,
      recordedBy: campaign.recordedBy,
      steps: (await this.campaignSteps.open(q, actor, campaign)).map((step) => ({
        step,
        name: campaignWorkflow.steps[step].name,
        needsReason: NEEDS_REASON.has(step),
      })),
      may: await this.abilities(q, actor, campaign, arranges),
    };
  }

  /** Whether a campaign, or a deployment entry, that the reader may see holds the file. */
  async holdsFile(q: Queryable, actor: Actor, fileId: number): Promise<boolean> {
    const params: unknown[] = [fileId];
    const visible = this.scope.visible(actor, 'file.read', params);
    const mine = this.tree.inScope('d.unit_id', scopeOf(actor, 'file.read'), params);
    const rows = await q.query(
      `SELECT 1 FROM campaign c WHERE ${visible} AND (c.file_id = $1
          OR EXISTS (SELECT 1 FROM campaign_deployment d WHERE d.campaign_id = c.id AND d.file_id = $1 AND ${mine})) LIMIT 1`,
      params,
    );
    return rows.length > 0;
  }

  private async abilities(
    q: Queryable,
    actor: Actor,
    campaign: Campaign,
    arranges: boolean,
  ): Promise<CampaignAbility[]> {
    const launched = isLaunched(campaign.state);
    const registers = await this.scope.acts(q, actor, 'campaign.register', campaign.id);
    const deploys = launched && campaign.outsideId === null && (await this.deploys(q, actor, campaign));
    return [
      ...(registers && (launched || campaign.state === 'DRAFT') ? (['change'] as const) : []),
      ...(arranges ? (['arrange'] as const) : []),
      ...(deploys ? (['deploy'] as const) : []),
    ];
  }

  private async deploys(q: Queryable, actor: Actor, { id }: Campaign): Promise<boolean> {
    const params: unknown[] = [id];
    const seen = this.scope.visible(actor, 'campaign.deploy', params);
    return (await q.query(`SELECT 1 FROM campaign c WHERE c.id = $1 AND ${seen}`, params)).length > 0;
  }

  private async arranges(q: Queryable, actor: Actor, { id, state }: Campaign): Promise<boolean> {
    if (state === 'CANCELLED') return false;
    return (
      (await this.scope.acts(q, actor, 'campaign.register', id)) ||
      (await this.scope.acts(q, actor, 'campaign.approve', id))
    );
  }

  private async launchers(q: Queryable, actor: Actor, id: number): Promise<LauncherView[]> {
    const rows = await q.query<{ unitId: number | null; outside: LauncherView | null; name: string | null }>(
      `SELECT l.unit_id AS "unitId", l.name, CASE WHEN o.id IS NULL THEN NULL ELSE json_build_object('code', o.code, 'name', o.name, 'level', o.level) END AS outside
         FROM campaign_launcher l LEFT JOIN outside_body o ON o.id = l.outside_id WHERE l.campaign_id = $1 ORDER BY l.place`,
      [id],
    );
    const units = await this.queries.units(
      q,
      actor,
      rows.flatMap(({ unitId }) => unitId ?? []),
    );
    return rows.map(
      ({ unitId, outside, name }) =>
        outside ?? (name === null ? null : { code: null, name, level: null }) ?? units.get(unitId ?? 0) ?? HIDDEN,
    );
  }

  private async phases(q: Queryable, id: number, arranges: boolean): Promise<PhaseView[]> {
    const rows = await q.query<Omit<PhaseView, 'stateName' | 'steps'>>(
      `SELECT id, name, day_from AS "from", day_to AS "to", target, state FROM campaign_phase
        WHERE campaign_id = $1 AND removed_on IS NULL ORDER BY day_from NULLS FIRST, id`,
      [id],
    );
    return rows.map((row) => ({
      ...row,
      stateName: phaseWorkflow.stateNames[row.state],
      steps: arranges
        ? phaseWorkflow.open(row.state).map((step) => ({ step, name: phaseWorkflow.steps[step].name }))
        : [],
    }));
  }

  private contests(q: Queryable, id: number): Promise<ContestView[]> {
    const counted = (name: string): string =>
      `CASE WHEN ${name} IS NULL THEN NULL ELSE json_build_object('value', ${name}, 'qualifier', ${name}_qualifier) END AS ${name}`;
    return q.query(
      `SELECT id, name, aliases, objects, organiser, ${counted('entries')}, ${counted('participants')} FROM contest
        WHERE campaign_id = $1 AND removed_on IS NULL ORDER BY id`,
      [id],
    );
  }

  /** Drafting is the owner's own business: from outside, only what came of it is told. */
  private async history(q: Queryable, id: number, mine: boolean): Promise<StepView[]> {
    const taken = await this.steps.views(q, campaignWorkflow, id);
    return taken
      .filter(({ step }) => mine || !BEFORE_LAUNCH.has(step))
      .map((step) => (mine ? step : { ...step, by: '', reason: null }));
  }
}

const BEFORE_LAUNCH: ReadonlySet<string> = new Set(['submit', 'return', 'approve']);
