import { Injectable } from '@nestjs/common';
import type { Actor, Day } from '@lib/kernel';
import { Blocs } from '@lib/blocs';
import { Desk } from '@lib/desk';
import { Ledger } from '@lib/figures';
import { Clock, type Tx } from '@lib/platform';
import { childrenOn, presentOn } from '@lib/units';
import type { Campaign } from './campaigns.entity.js';

type Times = Pick<Campaign, 'launchDay' | 'from' | 'to'>;

const FIRST: Day = '1900-01-01';
const LAST: Day = '2199-12-31';

/** Whom a campaign is addressed to, what waits for them, and whose summaries print it. */
@Injectable()
export class Addressing {
  constructor(
    private readonly clock: Clock,
    private readonly blocs: Blocs,
    private readonly desk: Desk,
    private readonly ledger: Ledger,
  ) {}

  /** Page of the web app. */
  link(campaign: Pick<Campaign, 'id'>): string {
    return `/phong-trao/${campaign.id}`;
  }

  /** Who is told to deploy it: direct sub-units of the owner, or the members of the bloc. */
  async addressees(tx: Tx, campaign: Campaign): Promise<number[]> {
    const today = this.clock.today();
    if (campaign.blocId !== null)
      return (await this.blocs.membersOn(tx, campaign.blocId, today)).map(({ unitId }) => unitId);
    const rows = await tx.query<{ unit_id: number }>(childrenOn('$1::int', presentOn('$2::date')), [
      campaign.unitId,
      today,
    ]);
    return rows.map(({ unit_id }) => unit_id);
  }

  /** A task "triển khai" for each of them, closed by their report. */
  async tellToDeploy(tx: Tx, actor: Actor, campaign: Campaign): Promise<void> {
    const units = await this.addressees(tx, campaign);
    await tx.query(
      `INSERT INTO campaign_addressee (campaign_id, unit_id) SELECT $1, unnest($2::int[]) ON CONFLICT DO NOTHING`,
      [campaign.id, units],
    );
    for (const unitId of units) await this.openTask(tx, actor, campaign, unitId);
  }

  /** A unit that goes on for another. False where it has been told, or has reported, before. */
  async tellOne(tx: Tx, actor: Actor, campaign: Campaign, unitId: number): Promise<boolean> {
    const told = await tx.query(
      `INSERT INTO campaign_addressee (campaign_id, unit_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1`,
      [campaign.id, unitId],
    );
    const reported = await tx.query(
      `SELECT 1 FROM campaign_deployment WHERE campaign_id = $1 AND unit_id = $2 AND removed_on IS NULL LIMIT 1`,
      [campaign.id, unitId],
    );
    if (reported.length === 0) await this.openTask(tx, actor, campaign, unitId);
    return told.length > 0;
  }

  async withdrawOne(tx: Tx, actor: Actor, campaignId: number, unitId: number): Promise<void> {
    await this.hasReported(tx, actor, campaignId, unitId);
    await tx.query(`DELETE FROM campaign_addressee WHERE campaign_id = $1 AND unit_id = $2`, [campaignId, unitId]);
  }

  private openTask(tx: Tx, actor: Actor, campaign: Campaign, unitId: number): Promise<void> {
    return this.desk.open(
      tx,
      {
        key: deployKey(campaign.id, unitId),
        unitId,
        permission: 'campaign.deploy',
        title: `Triển khai “${campaign.name}”`,
        why: 'Cấp trên đã phát động; đơn vị báo cáo việc triển khai.',
        link: this.link(campaign),
        due: campaign.deployBy,
      },
      actor,
    );
  }

  /** The unit has reported: nothing waits for it any more. */
  async hasReported(tx: Tx, actor: Actor, campaignId: number, unitId: number): Promise<void> {
    await this.desk.close(tx, actor, deployKey(campaignId, unitId));
  }

  /** The campaign is over: nobody is asked to deploy it. */
  async withdrawTasks(tx: Tx, actor: Actor, campaignId: number): Promise<void> {
    const rows = await tx.query<{ unit_id: number }>(`SELECT unit_id FROM campaign_addressee WHERE campaign_id = $1`, [
      campaignId,
    ]);
    for (const { unit_id } of rows) await this.desk.close(tx, actor, deployKey(campaignId, unit_id));
  }

  /** What summaries print of a launched campaign has changed: for its owner, those who launched it too, and whoever deploys it. */
  async touchAll(tx: Tx, campaign: Campaign, before: Times = campaign): Promise<void> {
    const rows = await tx.query<{ unit_id: number }>(
      `SELECT unit_id FROM campaign_deployment WHERE campaign_id = $1
        UNION SELECT unit_id FROM campaign_launcher WHERE campaign_id = $1 AND unit_id IS NOT NULL`,
      [campaign.id],
    );
    await this.touch(tx, campaign, [campaign.unitId, ...rows.map(({ unit_id }) => unit_id)], before);
  }

  async touch(tx: Tx, campaign: Times, unitIds: readonly number[], before: Times = campaign): Promise<void> {
    const spans = [campaign, before].map(spanOf);
    const from = spans.map((span) => span.from).sort()[0] ?? FIRST;
    const to = spans.map((span) => span.to).sort()[1] ?? LAST;
    await this.ledger.touch(
      tx,
      [...new Set(unitIds)].map((unitId) => ({ unitId, from, to })),
    );
  }
}

function deployKey(campaignId: number, unitId: number): string {
  return `campaign.deploy:${campaignId}:${unitId}`;
}

function spanOf({ launchDay, from, to }: Times): { from: Day; to: Day } {
  return { from: from ?? launchDay ?? FIRST, to: to ?? LAST };
}
