import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { scopeOf, type Actor, type Day, type Qualified } from '@lib/kernel';
import { Clock, reader, type Queryable } from '@lib/platform';
import { childrenOn, presentOn, subtreeOn, UnitTree, type UnitRef } from '@lib/units';
import { Campaign, type DeploymentStatus, type ReportedStatus } from './campaigns.entity.js';
import { CampaignQueries } from './campaigns.queries.js';
import { isLaunched } from './campaigns.workflow.js';
import type { DeploymentQuery } from './deployment.dto.js';
import { COUNT_STATUSES, NOBODY, statusOf, type DeploymentCounts } from './deployment.queries.js';
import { latestEntries } from './latest.sql.js';

/** What a unit reported, with its papers. */
export interface DeploymentEntry {
  readonly id: number;
  readonly status: ReportedStatus;
  readonly since: Day;
  readonly plan: string | null;
  readonly target: string | null;
  readonly participants: Qualified | null;
  readonly fileId: number | null;
  readonly source: string | null;
  /** Entered by an upper officer for the unit. */
  readonly enteredFor: boolean;
  readonly recordedOn: Day;
  readonly recordedBy: string;
  readonly removedOn: Day | null;
  readonly removedReason: string | null;
}

export interface DeploymentRow {
  readonly unit: UnitRef;
  readonly status: DeploymentStatus;
  /** The entry that holds on the day; null: not reported. */
  readonly entry: DeploymentEntry | null;
  /** All units further below. */
  readonly below: DeploymentCounts;
  readonly mayReport: boolean;
}

export interface DeploymentTable {
  readonly on: Day;
  /** Whose direct sub-units are shown; null: members of a bloc, or the reader's own units. */
  readonly of: UnitRef | null;
  readonly counts: DeploymentCounts;
  /** Of all the owner's direct sub-units or the bloc's members, whoever reads. */
  readonly overall: DeploymentCounts;
  readonly items: readonly DeploymentRow[];
  readonly next: string | null;
}

export const ENTRY_COLUMNS = `e.id, e.status, e.since, e.plan, e.target, e.file_id AS "fileId", e.source, e.entered_for AS "enteredFor", e.recorded_on AS "recordedOn",
  e.recorded_by AS "recordedBy", e.removed_on AS "removedOn", e.removed_reason AS "removedReason",
  CASE WHEN e.participants IS NULL THEN NULL ELSE json_build_object('value', e.participants, 'qualifier', e.participants_qualifier) END AS participants`;

type Row = Omit<DeploymentEntry, 'id' | 'status'> & {
  readonly unitId: number;
  readonly mayReport: boolean;
  readonly id: number | null;
  readonly status: ReportedStatus | null;
};

const HOLDING = latestEntries({ day: '$2::date', known: 'NULL::date' }, 'd.campaign_id = $1');

/** Deployment of one campaign as a reader sees it: units of his by name, all others only counted. */
@Injectable()
export class DeploymentTables {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly campaigns: CampaignQueries,
  ) {}

  /** @throws Refused `campaign.not_found`, `unit.not_found` */
  async table(actor: Actor, id: number, ask: DeploymentQuery): Promise<DeploymentTable> {
    const q = reader(this.db);
    await this.campaigns.line(q, actor, id);
    const campaign = await this.db.manager.findOneByOrFail(Campaign, { id });
    const on = ask.on ?? this.clock.today();
    const params: unknown[] = [id, on];
    const base = await this.base(q, actor, campaign, ask.unit, params);
    const nothing = { on, of: base.of, counts: NOBODY, overall: NOBODY, items: [], next: null };
    if (!isLaunched(campaign.state) || campaign.outsideId !== null) return nothing;
    const seen = this.tree.inScope('u.id', scopeOf(actor, 'campaign.read'), params);
    const shown = `SELECT u.id AS unit_id FROM unit u WHERE u.id IN (${base.units}) AND ${seen}`;
    const [counts] = await q.query<DeploymentCounts>(
      `SELECT ${COUNT_STATUSES} FROM (${shown}) shown LEFT JOIN (${HOLDING}) latest USING (unit_id)`,
      params,
    );
    const page = await this.page(q, actor, shown, params, ask);
    return { ...nothing, counts: counts ?? NOBODY, overall: await this.overall(q, campaign, on), ...page };
  }

  /** Everything that a unit of the reader's has reported, latest first; what was taken back, too. */
  async entries(actor: Actor, id: number, unit: string): Promise<DeploymentEntry[]> {
    const q = reader(this.db);
    await this.campaigns.line(q, actor, id);
    const unitId = await this.tree.idOf(q, unit, scopeOf(actor, 'campaign.read'));
    return q.query(
      `SELECT ${ENTRY_COLUMNS} FROM campaign_deployment e WHERE e.campaign_id = $1 AND e.unit_id = $2 ORDER BY e.since DESC, e.id DESC`,
      [id, unitId],
    );
  }

  private async page(
    q: Queryable,
    actor: Actor,
    shown: string,
    given: readonly unknown[],
    ask: DeploymentQuery,
  ): Promise<Pick<DeploymentTable, 'items' | 'next'>> {
    const params = [...given];
    const mayReport = this.tree.inScope('shown.unit_id', scopeOf(actor, 'campaign.deploy'), params);
    const where: string[] = ['true'];
    if (ask.status === 'NOT_REPORTED') where.push('e.id IS NULL');
    else if (ask.status) where.push(`e.status = $${params.push(ask.status)}`);
    if (ask.after) where.push(`shown.unit_id > $${params.push(Number(ask.after))}`);
    const limit = ask.limit ?? 50;
    const rows = await q.query<Row>(
      `SELECT shown.unit_id AS "unitId", ${mayReport} AS "mayReport", ${ENTRY_COLUMNS}
         FROM (${shown}) shown LEFT JOIN (${HOLDING}) latest USING (unit_id) LEFT JOIN campaign_deployment e ON e.id = latest.id
        WHERE ${where.join(' AND ')} ORDER BY shown.unit_id LIMIT $${params.push(limit + 1)}`,
      params,
    );
    const [id, on] = given as [number, Day];
    const items = await this.rows(q, id, on, rows.slice(0, limit));
    const last = rows[limit - 1];
    return { items, next: rows.length > limit && last ? String(last.unitId) : null };
  }

  private async rows(q: Queryable, id: number, on: Day, rows: readonly Row[]): Promise<DeploymentRow[]> {
    const ids = rows.map(({ unitId }) => unitId);
    const refs = await this.tree.refs(q, ids, on);
    const below = await q.query<DeploymentCounts & { root: number }>(
      `SELECT root, ${COUNT_STATUSES} FROM unnest($3::int[]) AS r (root) CROSS JOIN LATERAL (${subtreeOn('r.root', presentOn('$2::date'))}) s
         LEFT JOIN (${HOLDING}) latest ON latest.unit_id = s.unit_id WHERE s.depth > 0 GROUP BY root`,
      [id, on, ids],
    );
    const counts = new Map(below.map(({ root, ...count }) => [root, count]));
    return rows.flatMap(({ unitId, mayReport, ...row }) => {
      const unit = refs.get(unitId);
      const entry = row.id === null || row.status === null ? null : { ...row, id: row.id, status: row.status };
      return unit
        ? [{ unit, status: statusOf(row.status), entry, below: counts.get(unitId) ?? NOBODY, mayReport }]
        : [];
    });
  }

  /** SQL for the ids of the units that stand in the table; appends its values to `params`, of which `$2` is the day. */
  private async base(
    q: Queryable,
    actor: Actor,
    campaign: Campaign,
    asked: string | undefined,
    params: unknown[],
  ): Promise<{ of: UnitRef | null; units: string }> {
    const scope = scopeOf(actor, 'campaign.read');
    if (asked !== undefined) return this.below(q, await this.tree.idOf(q, asked, scope), params);
    if (campaign.blocId !== null) return { of: null, units: membersOf(`$${params.push(campaign.blocId)}::int`) };
    const owner: unknown[] = [campaign.unitId];
    const [mine] = await q.query(
      `SELECT 1 FROM unit u WHERE u.id = $1 AND ${this.tree.inScope('u.id', scope, owner)}`,
      owner,
    );
    if (mine || scope.everywhere) return this.below(q, campaign.unitId, params);
    const roots = `$${params.push(scope.roots)}::int[]`;
    return { of: null, units: `SELECT unnest(${roots})` };
  }

  private async below(q: Queryable, unitId: number, params: unknown[]): Promise<{ of: UnitRef | null; units: string }> {
    const of = (await this.tree.refs(q, [unitId])).get(unitId) ?? null;
    return { of, units: childrenOn(`$${params.push(unitId)}::int`, presentOn('$2::date')) };
  }

  private async overall(q: Queryable, { id, unitId, blocId }: Campaign, on: Day): Promise<DeploymentCounts> {
    const units = blocId === null ? childrenOn('$3::int', presentOn('$2::date')) : `${membersOf('$3::int')}`;
    const [row] = await q.query<DeploymentCounts>(
      `SELECT ${COUNT_STATUSES} FROM (${units}) addressed LEFT JOIN (${HOLDING}) latest USING (unit_id)`,
      [id, on, blocId ?? unitId],
    );
    return row ?? NOBODY;
  }
}

/** Members of a bloc on the day `$2`. */
function membersOf(bloc: string): string {
  return `SELECT m.unit_id FROM bloc_member m WHERE m.bloc_id = ${bloc} AND coalesce(m.joined, '-infinity') <= $2::date AND coalesce(m.left_on, 'infinity') >= $2::date`;
}
