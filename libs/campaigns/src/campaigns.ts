import { Injectable } from '@nestjs/common';
import { Refused, type Actor } from '@lib/kernel';
import type { Queryable } from '@lib/platform';
import { CampaignScope } from './campaign-scope.js';

export interface CampaignRef {
  readonly id: number;
  readonly code: string;
  readonly name: string;
}

/** Campaigns for other rooms that point to one. */
@Injectable()
export class Campaigns {
  constructor(private readonly scope: CampaignScope) {}

  /** @throws Refused `campaign.not_found` for an unknown code and for one that the actor does not see alike */
  async byCode(q: Queryable, actor: Actor, code: string, field: string | null = 'campaign'): Promise<CampaignRef> {
    return this.one(q, actor, 'c.code', code, field);
  }

  /** @throws Refused `campaign.not_found` */
  async byId(q: Queryable, actor: Actor, id: number, field: string | null = 'campaign'): Promise<CampaignRef> {
    return this.one(q, actor, 'c.id', id, field);
  }

  /** Names of campaigns; whether the reader may see them, the caller has found out. */
  async refs(q: Queryable, ids: readonly number[]): Promise<Map<number, CampaignRef>> {
    const rows = await q.query<CampaignRef>(`SELECT id, code, name FROM campaign WHERE id = ANY($1)`, [
      [...new Set(ids)],
    ]);
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Every name under which a campaign may be written in a decision: its own and its aliases. */
  async namesOf(q: Queryable, ids: readonly number[]): Promise<Map<number, string[]>> {
    const rows = await q.query<{ id: number; names: string[] }>(
      `SELECT id, array_prepend(name, aliases) AS names FROM campaign WHERE id = ANY($1)`,
      [[...new Set(ids)]],
    );
    return new Map(rows.map((row) => [row.id, row.names]));
  }

  /** The one campaign that is written so, by its name or an alias; null where there is none, and where there are several. */
  async idByName(q: Queryable, name: string): Promise<number | null> {
    const rows = await q.query<{ id: number }>(
      `SELECT id FROM campaign WHERE lower(name) = lower($1) OR $1 = ANY(aliases) LIMIT 2`,
      [name],
    );
    return rows.length === 1 ? (rows[0]?.id ?? null) : null;
  }

  private async one(
    q: Queryable,
    actor: Actor,
    column: string,
    value: string | number,
    field: string | null,
  ): Promise<CampaignRef> {
    const params: unknown[] = [value];
    const [row] = await q.query<CampaignRef>(
      `SELECT c.id, c.code, c.name FROM campaign c WHERE ${column} = $1 AND ${this.scope.visible(actor, 'campaign.read', params)}`,
      params,
    );
    if (!row) throw Refused.notFound('campaign', field);
    return row;
  }
}
