import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, scopeOf, type Actor } from '@lib/kernel';
import { Files } from '@lib/files';
import { audit, Clock, transact, type Tx } from '@lib/platform';
import { UnitTree } from '@lib/units';
import { Addressing } from './addressing.service.js';
import { CampaignScope } from './campaign-scope.js';
import { CampaignDeployment, type Campaign } from './campaigns.entity.js';
import { textOrNull } from './campaigns.rules.js';
import { isLaunched } from './campaigns.workflow.js';
import type { RemoveDeploymentInput, ReportDeploymentInput } from './deployment.dto.js';

/** A unit below the owner says how far it is; nothing that was said is overwritten. */
@Injectable()
export class DeploymentService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly files: Files,
    private readonly scope: CampaignScope,
    private readonly addressing: Addressing,
  ) {}

  /**
   * @throws Refused `campaigns.not_launched`, `campaigns.not_addressed`, `campaigns.future_day`, `campaigns.unit_not_then`; `campaign.not_found`,
   * `unit.not_found`
   */
  async report(actor: Actor, id: number, input: ReportDeploymentInput): Promise<number> {
    return transact(this.db, async (tx) => {
      const campaign = await this.scope.lockSeen(tx, actor, id);
      if (!isLaunched(campaign.state) || campaign.outsideId !== null) throw notLaunched(campaign);
      const unitId = await this.tree.idOf(tx, input.unit, scopeOf(actor, 'campaign.deploy'));
      if (input.since > this.clock.today())
        throw new Refused('campaigns.future_day', 'Chỉ báo cáo việc đã có đến hôm nay.', 'since');
      await this.checkAddressed(tx, campaign, unitId, input.since);
      if (input.fileId) await this.files.attach(tx, actor, input.fileId);
      const entry = tx.manager.create(CampaignDeployment, {
        campaignId: id,
        unitId,
        status: input.status,
        since: input.since,
        plan: textOrNull(input.plan),
        target: textOrNull(input.target),
        fileId: input.fileId ?? null,
        source: textOrNull(input.source),
        participants: input.participants?.value ?? null,
        participantsQualifier: input.participants?.qualifier ?? null,
        enteredFor: !actor.everywhere && !actor.grants.some((grant) => grant.unitId === unitId),
        recordedOn: this.clock.today(),
        recordedBy: actor.name,
        recordedById: actor.accountId,
        removedOn: null,
        removedBy: null,
        removedReason: null,
      });
      await tx.manager.insert(CampaignDeployment, entry);
      await this.addressing.hasReported(tx, actor, id, unitId);
      await this.addressing.touch(tx, campaign, [unitId]);
      await audit(tx, this.clock.now(), actor, 'campaign.deployment_reported', `campaign:${id}`, {
        unit: input.unit,
        status: input.status,
        since: input.since,
      });
      return entry.id;
    });
  }

  /** Takes an entry back that was made by mistake; a summary as known before today still holds it. */
  async remove(actor: Actor, id: number, entryId: number, { reason }: RemoveDeploymentInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const campaign = await this.scope.lockSeen(tx, actor, id);
      const params: unknown[] = [entryId, id];
      const mine = this.tree.inScope('d.unit_id', scopeOf(actor, 'campaign.deploy'), params);
      const [entry] = await tx.query<{ unitId: number }>(
        `SELECT d.unit_id AS "unitId" FROM campaign_deployment d WHERE d.id = $1 AND d.campaign_id = $2 AND d.removed_on IS NULL AND ${mine}`,
        params,
      );
      if (!entry) throw Refused.notFound('campaign_deployment');
      await tx.manager.update(
        CampaignDeployment,
        { id: entryId },
        { removedOn: this.clock.today(), removedBy: actor.name, removedReason: reason.trim() },
      );
      await this.addressing.touch(tx, campaign, [entry.unitId]);
      await audit(tx, this.clock.now(), actor, 'campaign.deployment_removed', `campaign:${id}`, { entryId });
    });
  }

  /** The unit lies below the owner, or below a unit that launched it too; of a bloc it is a member or below one. */
  private async checkAddressed(tx: Tx, campaign: Campaign, unitId: number, day: string): Promise<void> {
    const chain = (await this.tree.onDay(tx, [unitId], day)).get(unitId)?.chain;
    if (!chain) throw new Refused('campaigns.unit_not_then', 'Vào ngày này đơn vị chưa có, hoặc không còn.', 'since');
    const [row] = await tx.query<{ addressed: boolean }>(
      `SELECT CASE WHEN c.bloc_id IS NULL THEN (c.unit_id = ANY($2::int[]) OR c.carried_by = ANY($2::int[])) AND c.unit_id <> $3
                   ELSE EXISTS (SELECT 1 FROM bloc_member m WHERE m.bloc_id = c.bloc_id AND m.unit_id = ANY($2::int[])) END
              OR EXISTS (SELECT 1 FROM campaign_launcher l WHERE l.campaign_id = c.id AND l.unit_id = ANY($2::int[])) AS addressed
         FROM campaign c WHERE c.id = $1`,
      [campaign.id, chain, unitId],
    );
    if (row?.addressed) return;
    const message = 'Đơn vị này không thuộc đối tượng triển khai: không nằm dưới đơn vị, khối hay cụm phát động.';
    throw new Refused('campaigns.not_addressed', message, 'unit');
  }
}

function notLaunched({ outsideId }: Campaign): Refused {
  const message =
    outsideId === null
      ? 'Phong trào chưa phát động, hoặc đã huỷ: chưa thể báo cáo triển khai.'
      : 'Phong trào của cơ quan ngoài công đoàn chỉ được ghi để liên kết.';
  return new Refused('campaigns.not_launched', message, null, 'conflict');
}
