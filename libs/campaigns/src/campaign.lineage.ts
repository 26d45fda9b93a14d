import { Injectable } from '@nestjs/common';
import { Refused, scopeOf, type Actor } from '@lib/kernel';
import type { Question } from '@lib/figures';
import type { Queryable } from '@lib/platform';
import { subtreeOn, UnitTree, type UnitRef } from '@lib/units';
import { CampaignBlock } from './campaign.block.js';
import { ENTRY_COLUMNS, type DeploymentEntry } from './deployment-table.queries.js';
import { latestEntries } from './latest.sql.js';

export interface DeploymentRecord extends DeploymentEntry {
  readonly unit: UnitRef;
}

export interface DeploymentRecords {
  readonly items: readonly DeploymentRecord[];
  /** Reports of units that the reader may not see; they count all the same. */
  readonly hidden: number;
  readonly next: string | null;
}

/** What stands behind a campaign of a summary: the reports that hold on the period's last day. */
@Injectable()
export class CampaignLineage {
  constructor(
    private readonly tree: UnitTree,
    private readonly block: CampaignBlock,
  ) {}

  /** @param key of a {@link CampaignRow}. @throws Refused `campaign.not_found` for any other */
  async records(
    q: Queryable,
    actor: Actor,
    question: Question,
    key: string,
    page: { readonly after?: string | undefined; readonly limit?: number | undefined } = {},
  ): Promise<DeploymentRecords> {
    const id = Number(/^campaign:(\d{1,9})$/.exec(key)?.[1] ?? 0);
    if (id === 0) throw Refused.notFound('campaign', 'key');
    const { unitId, known, change, lens } = question;
    const on = { day: '$2::date', change: '$4::int', present: known === null, lens };
    const params: unknown[] = [unitId, await this.block.lastDay(q, question), known, change, id];
    const below = `d.campaign_id = $5 AND d.unit_id IN (SELECT s.unit_id FROM (${subtreeOn('$1::int', on)}) s)`;
    const seen = this.tree.inScope('latest.unit_id', scopeOf(actor, 'campaign.read'), params);
    const holding = `SELECT latest.id, latest.unit_id, ${seen} AS seen FROM (${latestEntries({ day: '$2::date', known: '$3::date' }, below)}) latest`;
    const [{ hidden } = { hidden: 0 }] = await q.query<{ hidden: number }>(
      `SELECT count(*) FILTER (WHERE NOT seen)::int AS hidden FROM (${holding}) holding`,
      params,
    );
    const limit = page.limit ?? 50;
    const after = page.after && /^\d{1,9}$/.test(page.after) ? Number(page.after) : 0;
    const rows = await q.query<DeploymentEntry & { unitId: number }>(
      `SELECT e.unit_id AS "unitId", ${ENTRY_COLUMNS} FROM (${holding}) holding JOIN campaign_deployment e ON e.id = holding.id
        WHERE seen AND e.unit_id > $${params.push(after)} ORDER BY e.unit_id LIMIT $${params.push(limit + 1)}`,
      params,
    );
    const shown = rows.slice(0, limit);
    const refs = await this.tree.refs(
      q,
      shown.map((row) => row.unitId),
      String(params[1]),
    );
    const items = shown.flatMap(({ unitId: at, ...entry }) => {
      const unit = refs.get(at);
      return unit ? [{ ...entry, unit }] : [];
    });
    const last = shown.at(-1);
    return { items, hidden, next: rows.length > limit && last ? String(last.unitId) : null };
  }
}
