import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, scopeOf, tidy, type Actor } from '@lib/kernel';
import { Blocs } from '@lib/blocs';
import { Files } from '@lib/files';
import { audit, Clock, Steps, transact, type Tx } from '@lib/platform';
import { UnitTree } from '@lib/units';
import { Addressing } from './addressing.service.js';
import { CampaignScope } from './campaign-scope.js';
import type { CampaignFacts, ChangeCampaignInput, LaunchPaperInput, RegisterCampaignInput } from './campaigns.dto.js';
import { Campaign } from './campaigns.entity.js';
import { campaignWords, checkTimes, cleanAliases, printedDiffers, textOrNull } from './campaigns.rules.js';
import { campaignWorkflow, isLaunched } from './campaigns.workflow.js';
import { CampaignParts } from './campaign-parts.service.js';
import { Campaigns } from './campaigns.js';

/** Codes that the system makes itself. */
const OWN_CODES = /^PT-\d+$/;

/** Registers campaigns and puts right what they say; their states change by {@link CampaignSteps}. */
@Injectable()
export class CampaignsService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly blocs: Blocs,
    private readonly files: Files,
    private readonly steps: Steps,
    private readonly scope: CampaignScope,
    private readonly campaigns: Campaigns,
    private readonly parts: CampaignParts,
    private readonly addressing: Addressing,
  ) {}

  /**
   * @throws Refused `campaigns.owner_unclear`, `campaigns.code_taken`, `campaigns.paper_needed`, `campaigns.outside_is_record`,
   * `campaigns.ends_before_start`; `unit.not_found`, `bloc.not_found`, `campaign.not_found` (parent)
   */
  async register(actor: Actor, input: RegisterCampaignInput): Promise<number> {
    return transact(this.db, async (tx) => {
      const owner = await this.owner(tx, actor, input);
      const facts = { ...EMPTY, ...factsOf(input), name: tidy(input.name), category: input.category };
      checkTimes(facts);
      const paper = input.launched ? await this.paper(tx, actor, input.launched) : null;
      checkPaper(input, paper);
      const parentId = input.parent ? (await this.campaigns.byId(tx, actor, input.parent, 'parent')).id : null;
      const code = input.code ? await this.freeCode(tx, input.code) : randomUUID();
      const campaign = tx.manager.create(Campaign, {
        ...facts,
        ...(paper ?? NO_PAPER),
        ...owner,
        parentId,
        code,
        aliases: cleanAliases(input.name, input.aliases ?? []),
        words: '',
        state: campaignWorkflow.initial,
        version: 1,
        recordedOn: this.clock.today(),
        recordedBy: actor.name,
        recordedById: actor.accountId,
      });
      await tx.manager.insert(Campaign, campaign);
      if (!input.code) campaign.code = `PT-${campaign.id}`;
      campaign.words = campaignWords(campaign.code, campaign.name, campaign.aliases);
      if (paper) campaign.state = await this.steps.take(tx, actor, campaignWorkflow, campaign, 'record_launched');
      const { id, state, words } = campaign;
      await tx.manager.update(Campaign, { id }, { code: campaign.code, words, state });
      await this.parts.setLaunchers(tx, actor, id, input.launchers ?? []);
      await this.parts.setOccasions(tx, actor, id, input.occasions ?? []);
      if (paper) await this.addressing.touchAll(tx, campaign);
      // On paper they were told long ago; only a day that still lies ahead makes anybody wait.
      if (paper && campaign.deployBy && campaign.deployBy >= this.clock.today())
        await this.addressing.tellToDeploy(tx, actor, campaign);
      await audit(tx, this.clock.now(), actor, 'campaign.registered', `campaign:${id}`, { code: campaign.code, state });
      return id;
    });
  }

  /**
   * Changes a draft, or puts a launched campaign right, with the reason; what summaries printed until then is kept.
   * @throws Refused `campaigns.changed_meanwhile`, `campaigns.being_decided`, `campaigns.reason_needed`
   */
  async change(actor: Actor, id: number, { version, reason, changes }: ChangeCampaignInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const campaign = await this.scope.lock(tx, actor, id, () => ['campaign.register']);
      checkVersion(campaign, version);
      const launched = isLaunched(campaign.state);
      if (!launched && campaign.state !== 'DRAFT') throw beingDecided(campaign);
      const why = textOrNull(reason);
      if (launched && why === null)
        throw new Refused('campaigns.reason_needed', 'Phong trào đã phát động: hãy ghi lý do sửa.', 'reason');
      const before = { ...campaign };
      Object.assign(campaign, factsOf(changes));
      checkTimes(campaign);
      if (changes.aliases || changes.name)
        campaign.aliases = cleanAliases(campaign.name, changes.aliases ?? before.aliases);
      if (changes.parent !== undefined) campaign.parentId = await this.parent(tx, actor, id, changes.parent);
      campaign.words = campaignWords(campaign.code, campaign.name, campaign.aliases);
      campaign.version += 1;
      if (launched && printedDiffers(before, campaign)) await this.keepBefore(tx, actor, before, why ?? '');
      await tx.manager.save(Campaign, campaign);
      if (changes.launchers) await this.parts.setLaunchers(tx, actor, id, changes.launchers);
      if (changes.occasions) await this.parts.setOccasions(tx, actor, id, changes.occasions);
      if (launched) await this.addressing.touchAll(tx, campaign, before);
      await audit(tx, this.clock.now(), actor, 'campaign.changed', `campaign:${id}`, {
        version: campaign.version,
        fields: Object.keys(changes),
        reason: why,
      });
    });
  }

  /** What summaries have printed so far, for those who ask as known on an earlier day. */
  private async keepBefore(tx: Tx, actor: Actor, before: Campaign, reason: string): Promise<void> {
    await tx.query(
      `INSERT INTO campaign_before (campaign_id, changed_on, changed_by, reason, name, category, kind, special, launch_day, day_from, day_to)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        before.id,
        this.clock.today(),
        actor.name,
        reason,
        before.name,
        before.category,
        before.kind,
        before.special,
        before.launchDay,
        before.from,
        before.to,
      ],
    );
  }

  private async owner(
    tx: Tx,
    actor: Actor,
    { unit, bloc, outside }: RegisterCampaignInput,
  ): Promise<Pick<Campaign, 'unitId' | 'blocId' | 'outsideId'>> {
    if (bloc && !unit && !outside) {
      const blocId = await this.blocs.idOf(tx, actor, 'campaign.register', bloc);
      const organiser = (await this.blocs.refs(tx, [blocId])).get(blocId)?.organiserId;
      if (organiser === undefined) throw Refused.notFound('bloc', 'bloc');
      return { unitId: organiser, blocId, outsideId: null };
    }
    if (!unit || bloc) {
      const message = 'Chọn đơn vị phát động, hoặc khối, cụm phát động.';
      throw new Refused('campaigns.owner_unclear', message, 'unit');
    }
    const unitId = await this.tree.idOf(tx, unit, scopeOf(actor, 'campaign.register'));
    return { unitId, blocId: null, outsideId: outside ? await this.parts.outsideId(tx, outside, 'outside') : null };
  }

  private async paper(
    tx: Tx,
    actor: Actor,
    { number, day, fileId }: LaunchPaperInput,
  ): Promise<Pick<Campaign, 'documentNumber' | 'documentDay' | 'fileId'>> {
    if (fileId) await this.files.attach(tx, actor, fileId, 'launched.fileId');
    return { documentNumber: textOrNull(number), documentDay: day ?? null, fileId: fileId ?? null };
  }

  private async parent(tx: Tx, actor: Actor, id: number, parent: number | null): Promise<number | null> {
    if (parent === null) return null;
    const { id: parentId } = await this.campaigns.byId(tx, actor, parent, 'parent');
    const [own] = await tx.query(
      `WITH RECURSIVE up AS (SELECT id, parent_id FROM campaign WHERE id = $1
         UNION SELECT c.id, c.parent_id FROM campaign c JOIN up ON c.id = up.parent_id)
       SELECT 1 FROM up WHERE id = $2`,
      [parentId, id],
    );
    if (!own) return parentId;
    throw new Refused('campaigns.own_parent', 'Phong trào không thể thuộc chính nó.', 'parent');
  }

  private async freeCode(tx: Tx, code: string): Promise<string> {
    if (OWN_CODES.test(code))
      throw new Refused('campaigns.code_reserved', 'Mã dạng PT-số do hệ thống đặt; hãy chọn mã khác.', 'code');
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('campaign code'), hashtext($1))`, [code]);
    const [taken] = await tx.query(`SELECT 1 FROM campaign WHERE code = $1`, [code]);
    if (taken) throw new Refused('campaigns.code_taken', `Mã ${code} đã được dùng.`, 'code', 'conflict');
    return code;
  }
}

const NO_PAPER = { documentNumber: null, documentDay: null, fileId: null };
const EMPTY = {
  kind: null,
  special: false,
  scope: null,
  launchDay: null,
  from: null,
  to: null,
  namedPeriod: null,
  deployBy: null,
  objective: null,
  subjects: null,
  content: null,
  plan: null,
  source: null,
};

/** Of the plain facts, those that were given. */
function factsOf(given: CampaignFacts): Partial<Campaign> {
  const facts: Partial<Campaign> = {};
  if (given.name !== undefined) facts.name = tidy(given.name);
  if (given.category !== undefined) facts.category = given.category;
  if (given.kind !== undefined) facts.kind = given.kind;
  if (given.special !== undefined) facts.special = given.special;
  if (given.scope !== undefined) facts.scope = given.scope;
  for (const day of ['launchDay', 'from', 'to', 'deployBy'] as const)
    if (given[day] !== undefined) facts[day] = given[day];
  for (const text of ['namedPeriod', 'objective', 'subjects', 'content', 'plan', 'source'] as const)
    if (given[text] !== undefined) facts[text] = textOrNull(given[text]);
  return facts;
}

/** @throws Refused `campaigns.changed_meanwhile`, so that two people editing one campaign lose nothing */
export function checkVersion(campaign: Campaign, seen: number): void {
  if (campaign.version === seen) return;
  const message = 'Người khác vừa sửa phong trào này. Hãy tải lại trang rồi làm tiếp.';
  throw new Refused('campaigns.changed_meanwhile', message, 'version', 'conflict');
}

function beingDecided({ state }: Campaign): Refused {
  const message = `Phong trào đang ở trạng thái “${campaignWorkflow.stateNames[state]}”: hãy trả lại dự thảo rồi mới sửa.`;
  return new Refused('campaigns.being_decided', message, null, 'conflict');
}

function checkPaper(
  { outside, source }: RegisterCampaignInput,
  paper: Pick<Campaign, 'documentNumber' | 'fileId'> | null,
): void {
  if (outside && !paper) {
    const message = 'Phong trào của cơ quan ngoài công đoàn chỉ được ghi lại khi đã phát động.';
    throw new Refused('campaigns.outside_is_record', message, 'launched');
  }
  if (paper && !paper.documentNumber && !paper.fileId && !textOrNull(source)) {
    const message = 'Ghi số văn bản phát động, đính kèm tệp, hoặc ghi nguồn.';
    throw new Refused('campaigns.paper_needed', message, 'launched');
  }
}
