import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { fold, isDay, Refused, scopeOf, subtree, type Actor, type Day } from '@lib/kernel';
import { reader, type Queryable } from '@lib/platform';
import { UnitTree, type UnitRef } from '@lib/units';
import { CampaignParts } from './campaign-parts.service.js';
import type { OccasionKind, Purpose } from './campaigns.entity.js';
import { CampaignQueries, type CampaignLine } from './campaigns.queries.js';
import type { EventsQuery, OccasionsQuery } from './parts.dto.js';

export interface OccasionView {
  readonly id: number;
  readonly kind: OccasionKind;
  readonly name: string;
  readonly number: number | null;
  readonly term: string | null;
  readonly from: Day | null;
  readonly to: Day | null;
}

export interface EventView {
  readonly id: number;
  readonly name: string;
  readonly purposes: readonly Purpose[];
  readonly from: Day;
  readonly to: Day;
  readonly place: string | null;
  /** Who held it; null: restricted. */
  readonly host: UnitRef | null;
  readonly attendees: string | null;
  readonly note: string | null;
  readonly source: string | null;
  readonly occasions: readonly OccasionView[];
  readonly campaigns: readonly CampaignLine[];
  readonly mayRemove: boolean;
}

interface Row extends Omit<EventView, 'host' | 'campaigns' | 'occasions'> {
  readonly unitId: number;
  readonly campaignIds: readonly number[];
  readonly occasions: readonly OccasionView[] | null;
}

const OCCASION = `o.id, o.kind, o.name, o.number, o.term, o.day_from AS "from", o.day_to AS "to"`;

@Injectable()
export class EventQueries {
  constructor(
    private readonly db: DataSource,
    private readonly tree: UnitTree,
    private readonly parts: CampaignParts,
    private readonly campaigns: CampaignQueries,
  ) {}

  /** Latest first. */
  async list(actor: Actor, ask: EventsQuery): Promise<{ items: EventView[]; next: string | null }> {
    const q = reader(this.db);
    const params: unknown[] = [];
    const where: string[] = [];
    if (ask.unit) {
      const root = await this.tree.idOf(q, ask.unit, scopeOf(actor, 'campaign.read'));
      where.push(this.tree.inScope('e.unit_id', subtree(root), params));
    }
    if (ask.from) where.push(`e.day_to >= $${params.push(ask.from)}`);
    if (ask.to) where.push(`e.day_from <= $${params.push(ask.to)}`);
    if (ask.after) {
      const [day, id] = ask.after.split('_');
      if (!isDay(day)) throw new Refused('page.unknown_place', 'Vị trí trang không hợp lệ.', 'after');
      where.push(`(e.day_to, e.id) < ($${params.push(day)}::date, $${params.push(Number(id))}::int)`);
    }
    const limit = ask.limit ?? 50;
    const items = await this.events(q, actor, where, params, limit + 1);
    const last = items[limit - 1];
    return { items: items.slice(0, limit), next: items.length > limit && last ? `${last.to}_${last.id}` : null };
  }

  ofCampaign(q: Queryable, actor: Actor, id: number): Promise<EventView[]> {
    const where = `EXISTS (SELECT 1 FROM event_campaign ec WHERE ec.event_id = e.id AND ec.campaign_id = $1)`;
    return this.events(q, actor, [where], [id], 200);
  }

  async occasions(actor: Actor, { q: text }: OccasionsQuery): Promise<OccasionView[]> {
    const params: unknown[] = [];
    const rows = await reader(this.db).query<OccasionView>(
      `SELECT ${OCCASION} FROM occasion o WHERE ${this.parts.seen('o', actor, params)} ORDER BY o.id DESC LIMIT 200`,
      params,
    );
    return rows.filter(({ name }) => fold(name).includes(fold(text ?? '')));
  }

  occasionsOf(q: Queryable, campaignId: number): Promise<OccasionView[]> {
    return q.query(
      `SELECT ${OCCASION} FROM campaign_occasion co JOIN occasion o ON o.id = co.occasion_id WHERE co.campaign_id = $1 ORDER BY o.id`,
      [campaignId],
    );
  }

  private async events(
    q: Queryable,
    actor: Actor,
    where: readonly string[],
    params: unknown[],
    limit: number,
  ): Promise<EventView[]> {
    const seen = this.parts.seen('e', actor, params);
    const mine = this.tree.inScope('e.unit_id', scopeOf(actor, 'campaign.register'), params);
    const rows = await q.query<Row>(
      `SELECT e.id, e.unit_id AS "unitId", e.name, e.purposes, e.day_from AS "from", e.day_to AS "to", e.place, e.attendees, e.note, e.source, ${mine} AS "mayRemove",
              ARRAY(SELECT ec.campaign_id FROM event_campaign ec WHERE ec.event_id = e.id ORDER BY 1) AS "campaignIds",
              (SELECT json_agg(json_build_object('id', o.id, 'kind', o.kind, 'name', o.name, 'number', o.number, 'term', o.term, 'from', o.day_from, 'to', o.day_to) ORDER BY o.id)
                 FROM event_occasion eo JOIN occasion o ON o.id = eo.occasion_id WHERE eo.event_id = e.id) AS occasions
         FROM event e WHERE e.removed_on IS NULL AND ${[seen, ...where].join(' AND ')} ORDER BY e.day_to DESC, e.id DESC LIMIT $${params.push(limit)}`,
      params,
    );
    const hosts = await this.campaigns.units(
      q,
      actor,
      rows.map(({ unitId }) => unitId),
    );
    const lines = await this.campaigns.visible(q, actor, [...new Set(rows.flatMap(({ campaignIds }) => campaignIds))]);
    return rows.map(({ unitId, campaignIds, occasions, ...row }) => ({
      ...row,
      host: hosts.get(unitId) ?? null,
      occasions: occasions ?? [],
      campaigns: lines.filter(({ id }) => campaignIds.includes(id)),
    }));
  }
}
