import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { fold, Refused, type Actor, type Day, type Level } from '@lib/kernel';
import { Blocs } from '@lib/blocs';
import { reader, type Queryable } from '@lib/platform';
import type { UnitRef } from '@lib/units';
import { CampaignScope } from './campaign-scope.js';
import type { CampaignsQuery } from './campaigns.dto.js';
import type { CampaignCategory, CampaignKind, CampaignReach } from './campaigns.entity.js';
import { campaignWorkflow, type CampaignState } from './campaigns.workflow.js';

/** A unit, a body outside the tree, or only a name. */
export interface LauncherView {
  readonly code: string | null;
  readonly name: string;
  readonly level: Level | null;
}

/** A line of the list. */
export interface CampaignLine {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly category: CampaignCategory;
  readonly kind: CampaignKind | null;
  readonly special: boolean;
  readonly scope: CampaignReach | null;
  /** Who launched it, or is going to: a bloc, a body outside, or a unit. */
  readonly launcher: LauncherView;
  readonly bloc: number | null;
  readonly launchDay: Day | null;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly namedPeriod: string | null;
  readonly state: CampaignState;
  readonly stateName: string;
  /** Owned in the reader's subtree; otherwise addressed to it. */
  readonly mine: boolean;
}

interface Row extends Omit<CampaignLine, 'launcher' | 'stateName'> {
  readonly unitId: number;
  readonly outside: LauncherView | null;
}

/** Lists of campaigns in the reader's scope. */
@Injectable()
export class CampaignQueries {
  constructor(
    private readonly db: DataSource,
    private readonly blocs: Blocs,
    private readonly scope: CampaignScope,
  ) {}

  /** Latest registered first. */
  async list(actor: Actor, ask: CampaignsQuery): Promise<{ items: CampaignLine[]; next: string | null }> {
    const params: unknown[] = [];
    const where = [this.filterBySide(actor, ask, params)];
    const words = fold(ask.q ?? '')
      .split(' ')
      .filter(Boolean);
    if (words.length > 0) {
      const asked = words.map((word) => `${word}:*`).join(' & ');
      where.push(`to_tsvector('simple', c.words) @@ to_tsquery('simple', $${params.push(asked)})`);
    }
    if (ask.state) where.push(`c.state = $${params.push(ask.state)}`);
    if (ask.category) where.push(`c.category = $${params.push(ask.category)}`);
    if (ask.kind) where.push(`c.kind = $${params.push(ask.kind)}`);
    if (ask.bloc) where.push(`c.bloc_id = $${params.push(ask.bloc)}`);
    if (ask.year) {
      const from = params.push(`${ask.year}-01-01`);
      const to = params.push(`${ask.year}-12-31`);
      where.push(
        `coalesce(c.day_from, c.launch_day, least(c.day_to, c.recorded_on)) <= $${to}::date AND coalesce(c.day_to, 'infinity') >= $${from}::date`,
      );
    }
    if (ask.after) where.push(`c.id < $${params.push(Number(ask.after))}`);
    const limit = ask.limit ?? 50;
    const items = await this.lines(reader(this.db), actor, where, params, limit + 1);
    const last = items[limit - 1];
    return { items: items.slice(0, limit), next: items.length > limit && last ? String(last.id) : null };
  }

  /** Of these campaigns, the ones the reader may see. */
  async visible(q: Queryable, actor: Actor, ids: readonly number[]): Promise<CampaignLine[]> {
    if (ids.length === 0) return [];
    const params: unknown[] = [ids];
    const seen = this.scope.visible(actor, 'campaign.read', params);
    return this.lines(q, actor, [`c.id = ANY($1)`, seen], params, ids.length);
  }

  /** @throws Refused `campaign.not_found` for an unknown id and one outside the scope alike */
  async line(q: Queryable, actor: Actor, id: number): Promise<CampaignLine> {
    const [line] = await this.visible(q, actor, [id]);
    if (!line) throw Refused.notFound('campaign');
    return line;
  }

  /** Campaigns that carry this one out further down, as far as the reader sees them. */
  async partsOf(q: Queryable, actor: Actor, id: number): Promise<CampaignLine[]> {
    const params: unknown[] = [id];
    const seen = this.scope.visible(actor, 'campaign.read', params);
    return this.lines(q, actor, [`c.parent_id = $1`, seen], params, 200);
  }

  /** Units by id, the restricted ones outside the reader's grants left out. */
  async units(q: Queryable, actor: Actor, ids: readonly number[]): Promise<Map<number, UnitRef>> {
    return this.blocs.shownRefs(q, actor, 'campaign.read', ids);
  }

  private filterBySide(actor: Actor, { from }: CampaignsQuery, params: unknown[]): string {
    if (from === 'MINE') return this.scope.mine(actor, 'campaign.read', params);
    if (from === undefined) return this.scope.visible(actor, 'campaign.read', params);
    const mine = this.scope.mine(actor, 'campaign.read', params);
    return `(${this.scope.addressed(actor, 'campaign.read', params)} AND NOT ${mine})`;
  }

  private async lines(
    q: Queryable,
    actor: Actor,
    where: readonly string[],
    params: unknown[],
    limit: number,
  ): Promise<CampaignLine[]> {
    const mine = this.scope.mine(actor, 'campaign.read', params);
    const rows = await q.query<Row>(
      `SELECT c.id, c.code, c.name, c.category, c.kind, c.special, c.scope, c.bloc_id AS bloc, c.launch_day AS "launchDay", c.day_from AS "from",
              c.day_to AS "to", c.named_period AS "namedPeriod", c.state, c.unit_id AS "unitId", ${mine} AS mine,
              (SELECT json_build_object('code', o.code, 'name', o.name, 'level', o.level) FROM outside_body o WHERE o.id = c.outside_id) AS outside
         FROM campaign c WHERE ${where.join(' AND ')} ORDER BY c.id DESC LIMIT $${params.push(limit)}`,
      params,
    );
    const refs = await this.units(
      q,
      actor,
      rows.map(({ unitId }) => unitId),
    );
    const blocs = await this.blocs.refs(
      q,
      rows.flatMap(({ bloc }) => bloc ?? []),
    );
    return rows.map(({ unitId, outside, ...row }) => ({
      ...row,
      launcher: outside ?? named(blocs.get(row.bloc ?? 0)) ?? refs.get(unitId) ?? HIDDEN,
      stateName: campaignWorkflow.stateNames[row.state],
    }));
  }
}

export const HIDDEN: LauncherView = { code: null, name: 'Đơn vị hạn chế xem', level: null };

function named(bloc: { readonly name: string } | undefined): LauncherView | undefined {
  return bloc && { code: null, name: bloc.name, level: null };
}
