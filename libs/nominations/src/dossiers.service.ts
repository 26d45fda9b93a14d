import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { fold, Refused, scopeOf, tidy, type Actor } from '@lib/kernel';
import { audit, Clock, transact, type Tx } from '@lib/platform';
import { Files } from '@lib/files';
import { Rulebook } from '@lib/rulebook';
import { UnitTree } from '@lib/units';
import { checkVersion } from './changed.rules.js';
import { Dossier } from './dossier.entity.js';
import { DOSSIER_WORKFLOW, OPEN_TO_PROPOSER } from './dossier.workflow.js';
import type { AskedInput, DossierInput, EditDossierInput, PaperInput } from './dossiers.dto.js';
import { NominationScope } from './nomination-scope.js';

type Facts = Pick<
  Dossier,
  'toUnitId' | 'toOutsideId' | 'year' | 'occasion' | 'type' | 'campaign' | 'title' | 'titleFolded' | 'note'
>;

const text = (value: string | null | undefined): string | null => (value ? tidy(value) || null : null);

/** A dossier as its proposer writes it: facts and papers, while it is a draft or has been returned. */
@Injectable()
export class DossierService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly rulebook: Rulebook,
    private readonly files: Files,
    private readonly scope: NominationScope,
  ) {}

  async draft(actor: Actor, input: DossierInput): Promise<number> {
    return transact(this.db, async (tx) => {
      const held = await this.repeated(tx, actor, input.clientKey);
      if (held !== null) return held;
      const unitId = await this.tree.idOf(tx, input.unit, scopeOf(actor, 'nomination.propose'));
      const dossier = tx.manager.create(Dossier, {
        ...(await this.facts(tx, input, unitId)),
        clientKey: input.clientKey ?? null,
        unitId,
        campaignId: null,
        state: DOSSIER_WORKFLOW.initial,
        composed: false,
        submittedByOfficer: false,
        submittedOn: null,
        receivedOn: null,
        returnedOn: null,
        daysReturned: 0,
        settledOn: null,
        version: 1,
        changedBy: actor.name,
        changedAt: this.clock.now(),
        recordedOn: this.clock.today(),
        recordedBy: actor.name,
        recordedById: actor.accountId,
      });
      await tx.manager.insert(Dossier, dossier);
      await audit(tx, this.clock.now(), actor, 'dossier.drafted', `dossier:${dossier.id}`, { unit: input.unit });
      return dossier.id;
    });
  }

  async edit(actor: Actor, id: number, input: EditDossierInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const dossier = await this.open(tx, actor, id);
      checkVersion(dossier, input.version);
      const facts = await this.facts(tx, input, dossier.unitId);
      const elsewhere = facts.toUnitId !== dossier.toUnitId || facts.toOutsideId !== dossier.toOutsideId;
      if (elsewhere && (dossier.submittedOn !== null || dossier.composed)) {
        const message = 'Hồ sơ đã trình hoặc đã tổng hợp: không đổi nơi nhận. Hãy rút và lập hồ sơ khác.';
        throw new Refused('nominations.asked_is_fixed', message, 'to', 'conflict');
      }
      await this.changed(tx, actor, dossier, facts);
      await tx.query(
        `UPDATE nomination_reason SET touched = true WHERE dossier_id = $1 AND line_id IS NULL AND settled_at IS NULL`,
        [id],
      );
      await audit(tx, this.clock.now(), actor, 'dossier.edited', `dossier:${id}`, {});
    });
  }

  async addPaper(actor: Actor, id: number, { kind, fileId }: PaperInput): Promise<void> {
    await transact(this.db, async (tx) => {
      await this.withPapers(tx, actor, id);
      await this.files.attach(tx, actor, fileId);
      await tx.query(
        `INSERT INTO dossier_paper (dossier_id, kind, file_id, recorded_on, recorded_by) VALUES ($1, $2, $3, $4, $5)`,
        [id, kind, fileId, this.clock.today(), actor.name],
      );
      await tx.query(
        `UPDATE nomination_reason SET touched = true WHERE dossier_id = $1 AND (line_id IS NULL OR field = 'papers') AND settled_at IS NULL`,
        [id],
      );
      await audit(tx, this.clock.now(), actor, 'dossier.paper_added', `dossier:${id}`, { kind, fileId });
    });
  }

  async removePaper(actor: Actor, id: number, paperId: number): Promise<void> {
    await transact(this.db, async (tx) => {
      await this.open(tx, actor, id);
      const removed = await tx.query(
        `UPDATE dossier_paper SET removed_on = $3, removed_by = $4 WHERE id = $2 AND dossier_id = $1 AND removed_on IS NULL RETURNING id`,
        [id, paperId, this.clock.today(), actor.name],
      );
      if (removed.length === 0) throw Refused.notFound('paper');
      await audit(tx, this.clock.now(), actor, 'dossier.paper_removed', `dossier:${id}`, { paperId });
    });
  }

  /** Locked, and the proposer's to change. */
  async open(tx: Tx, actor: Actor, id: number): Promise<Dossier> {
    const dossier = await this.scope.lock(tx, actor, 'nomination.propose', 'proposing', id);
    if (!OPEN_TO_PROPOSER.includes(dossier.state)) {
      const message = 'Hồ sơ đã trình: chỉ sửa được khi đang soạn hoặc khi được trả lại.';
      throw new Refused('nominations.not_open', message, null, 'conflict');
    }
    return dossier;
  }

  /** Papers are added while it is a draft or returned, and while single lines of it are. */
  private async withPapers(tx: Tx, actor: Actor, id: number): Promise<void> {
    const dossier = await this.scope.lock(tx, actor, 'nomination.propose', 'proposing', id);
    if (OPEN_TO_PROPOSER.includes(dossier.state)) return;
    const returned = await tx.query(
      `SELECT 1 FROM nomination_line WHERE at_dossier_id = $1 AND state = 'RETURNED' LIMIT 1`,
      [id],
    );
    if (returned.length === 0) await this.open(tx, actor, id);
  }

  private async changed(tx: Tx, actor: Actor, dossier: Dossier, facts: Facts): Promise<void> {
    const mark = { version: dossier.version + 1, changedBy: actor.name, changedAt: this.clock.now() };
    await tx.manager.update(Dossier, { id: dossier.id }, { ...facts, ...mark });
  }

  private async facts(tx: Tx, input: DossierInput | EditDossierInput, unitId: number): Promise<Facts> {
    if (input.type && !(await this.rulebook.typeKnown(tx, input.type)))
      throw new Refused('nominations.unknown_type', `Không có loại hình khen thưởng mang mã ${input.type}.`, 'type');
    const title = tidy(input.title);
    return {
      ...(await this.asked(tx, input.to, unitId)),
      year: input.year,
      occasion: text(input.occasion),
      type: input.type ?? null,
      campaign: text(input.campaign),
      title,
      titleFolded: fold(title),
      note: text(input.note),
    };
  }

  /** The unit itself, one above it on its own path, or a body outside the system. */
  private async asked(tx: Tx, to: AskedInput, unitId: number): Promise<Pick<Dossier, 'toUnitId' | 'toOutsideId'>> {
    if ((to.unit === undefined) === (to.outside === undefined))
      throw new Refused(
        'nominations.asked_unclear',
        'Chọn một đơn vị cấp trên, hoặc một cơ quan ngoài công đoàn.',
        'to',
      );
    if (to.outside !== undefined) {
      const [body] = await tx.query<{ id: number }>(`SELECT id FROM outside_body WHERE code = $1`, [to.outside]);
      if (!body) throw Refused.notFound('outside_body', 'to.outside');
      return { toUnitId: null, toOutsideId: body.id };
    }
    const chain = (await this.tree.onDay(tx, [unitId], this.clock.today())).get(unitId)?.chain ?? [];
    const refs = await this.tree.refs(tx, chain);
    const toUnitId = chain.find((id) => refs.get(id)?.code === to.unit);
    if (toUnitId === undefined) throw Refused.notFound('unit', 'to.unit');
    return { toUnitId, toOutsideId: null };
  }

  private async repeated(tx: Tx, actor: Actor, key: string | undefined): Promise<number | null> {
    if (!key) return null;
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('dossier client key'), hashtext($1))`, [key]);
    const held = await tx.manager.findOneBy(Dossier, { clientKey: key });
    if (!held) return null;
    if (held.recordedById !== actor.accountId)
      throw new Refused('nominations.client_key_taken', 'Khoá gửi đã được dùng.', 'clientKey', 'conflict');
    return held.id;
  }
}
