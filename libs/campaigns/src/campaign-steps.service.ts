import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, type Actor } from '@lib/kernel';
import { Desk } from '@lib/desk';
import { Files } from '@lib/files';
import { audit, Clock, Steps, transact, type Queryable, type Tx } from '@lib/platform';
import { Addressing } from './addressing.service.js';
import { CampaignScope } from './campaign-scope.js';
import type { CampaignStepInput } from './campaigns.dto.js';
import { Campaign } from './campaigns.entity.js';
import { checkContents, checkTimes, textOrNull } from './campaigns.rules.js';
import { checkVersion } from './campaigns.service.js';
import {
  campaignWorkflow,
  CAMPAIGN_STEPS,
  isLaunched,
  NEEDS_REASON,
  permissionsFor,
  type TakenByHand,
} from './campaigns.workflow.js';

/** Takes a campaign through its states; each step opens what then waits for somebody, and closes what it ends. */
@Injectable()
export class CampaignSteps {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly steps: Steps,
    private readonly desk: Desk,
    private readonly files: Files,
    private readonly scope: CampaignScope,
    private readonly addressing: Addressing,
  ) {}

  /**
   * @throws Refused `campaign.step_not_allowed`, `campaign.not_yours`, `campaigns.changed_meanwhile`,
   * `campaigns.reason_needed`, `campaigns.content_missing`
   */
  async take(actor: Actor, id: number, input: CampaignStepInput): Promise<void> {
    const { step, version } = input;
    await transact(this.db, async (tx) => {
      const campaign = await this.scope.lock(tx, actor, id, ({ state }) => permissionsFor(step, state));
      const reason = textOrNull(input.reason);
      if (NEEDS_REASON.has(step) && reason === null)
        throw new Refused('campaigns.reason_needed', 'Hãy ghi lý do.', 'reason');
      const wasLaunched = isLaunched(campaign.state);
      const state = await this.steps.take(tx, actor, campaignWorkflow, campaign, step, reason);
      checkVersion(campaign, version);
      if (step === 'submit') checkContents(campaign);
      if (step === 'launch') await this.launch(tx, actor, campaign, input);
      campaign.state = state;
      campaign.version += 1;
      await tx.manager.save(Campaign, campaign);
      await this.tell(tx, actor, campaign, step);
      if (wasLaunched || isLaunched(state)) await this.addressing.touchAll(tx, campaign);
      await audit(tx, this.clock.now(), actor, `campaign.${step}`, `campaign:${id}`, { state, reason });
    });
  }

  /** Steps that this actor may take now, as buttons. */
  async open(q: Queryable, actor: Actor, { id, state }: Pick<Campaign, 'id' | 'state'>): Promise<TakenByHand[]> {
    const possible = campaignWorkflow
      .open(state)
      .filter((step) => (CAMPAIGN_STEPS as readonly string[]).includes(step));
    const register = await this.scope.acts(q, actor, 'campaign.register', id);
    const approve = await this.scope.acts(q, actor, 'campaign.approve', id);
    return (possible as TakenByHand[]).filter((step) =>
      permissionsFor(step, state).some((permission) => (permission === 'campaign.register' ? register : approve)),
    );
  }

  private async launch(tx: Tx, actor: Actor, campaign: Campaign, input: CampaignStepInput): Promise<void> {
    campaign.launchDay = input.launchDay ?? campaign.launchDay ?? this.clock.today();
    campaign.deployBy = input.deployBy ?? campaign.deployBy;
    checkTimes(campaign);
    const { number, day, fileId } = input.paper ?? {};
    if (fileId) await this.files.attach(tx, actor, fileId, 'paper.fileId');
    campaign.documentNumber = textOrNull(number) ?? campaign.documentNumber;
    campaign.documentDay = day ?? campaign.documentDay;
    campaign.fileId = fileId ?? campaign.fileId;
  }

  private async tell(tx: Tx, actor: Actor, campaign: Campaign, step: TakenByHand): Promise<void> {
    const { id, unitId } = campaign;
    const waits = { unitId, link: this.addressing.link(campaign), due: null };
    const named = `“${campaign.name}”`;
    for (const key of ENDED_BY[step]) await this.desk.close(tx, actor, `${key}:${id}`);
    if (step === 'submit') {
      const why = 'Dự thảo đã được trình; cần duyệt hoặc trả lại.';
      const task = { ...waits, key: `campaign.approve:${id}`, permission: 'campaign.approve' as const, why };
      await this.desk.open(tx, { ...task, title: `Duyệt phong trào ${named}` }, actor);
    }
    if (step === 'return' || step === 'approve') {
      const at = await this.drafters(tx, campaign);
      const task = { ...waits, unitId: at, permission: 'campaign.register' as const };
      if (step === 'return') {
        const why = 'Lãnh đạo đã trả lại dự thảo, kèm lý do.';
        await this.desk.open(tx, { ...task, key: `campaign.correct:${id}`, title: `Sửa dự thảo ${named}`, why }, actor);
      } else {
        const why = 'Đã được duyệt, chưa phát động.';
        await this.desk.open(tx, { ...task, key: `campaign.launch:${id}`, title: `Phát động ${named}`, why }, actor);
      }
    }
    if (step === 'launch') await this.addressing.tellToDeploy(tx, actor, campaign);
    if (step === 'final_review' || step === 'cancel') await this.addressing.withdrawTasks(tx, actor, id);
  }

  /** Whoever drafts: the owner's officers; of a bloc its head unit's. */
  private async drafters(tx: Tx, { unitId, blocId }: Campaign): Promise<number> {
    if (blocId === null) return unitId;
    const [head] = await tx.query<{ unit_id: number }>(
      `SELECT unit_id FROM bloc_member WHERE bloc_id = $1 AND role = 'HEAD'`,
      [blocId],
    );
    return head?.unit_id ?? unitId;
  }
}

/** Tasks that a step ends. */
const ENDED_BY: Readonly<Record<TakenByHand, readonly string[]>> = {
  submit: ['campaign.correct'],
  return: ['campaign.approve'],
  approve: ['campaign.approve'],
  launch: ['campaign.launch'],
  interim_review: [],
  final_review: [],
  close: [],
  cancel: ['campaign.correct', 'campaign.approve', 'campaign.launch'],
};
