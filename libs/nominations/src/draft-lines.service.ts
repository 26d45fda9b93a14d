import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { fold, Refused, tidy, type Actor, type Warning } from '@lib/kernel';
import { audit, Clock, transact, type Tx } from '@lib/platform';
import { Rulebook, type AwardFormView } from '@lib/rulebook';
import { checkVersion } from './changed.rules.js';
import type { Dossier } from './dossier.entity.js';
import { DossierService } from './dossiers.service.js';
import type {
  AddNominationsInput,
  EditNominationInput,
  NominationInput,
  WithdrawNominationInput,
} from './dossiers.dto.js';
import { OPEN_TO_PROPOSER } from './dossier.workflow.js';
import { NominationLine } from './line.entity.js';
import { LINE_WORKFLOW } from './line.workflow.js';
import { NominationLines } from './lines.service.js';
import { NominationScope } from './nomination-scope.js';
import { Nominees } from './nominees.service.js';

/** What a command on lines answers: which, and what is worth a second look. */
export interface LinesSaved {
  readonly ids: readonly number[];
  readonly warnings: readonly Warning[];
}

type Facts = Omit<
  NominationLine,
  | 'id'
  | 'dossierId'
  | 'atDossierId'
  | 'proposingUnitId'
  | 'campaignId'
  | 'state'
  | 'toForm'
  | 'stateReason'
  | 'awardBatchId'
  | 'awardLineId'
  | 'awardedDay'
  | 'awardedOn'
  | 'version'
  | 'changedBy'
  | 'changedAt'
  | 'recordedOn'
  | 'recordedBy'
  | 'recordedById'
>;

const text = (value: string | null | undefined): string | null => (value ? tidy(value) || null : null);

/** Lines as their proposer writes them. */
@Injectable()
export class DraftLines {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly rulebook: Rulebook,
    private readonly dossiers: DossierService,
    private readonly nominees: Nominees,
    private readonly lines: NominationLines,
    private readonly scope: NominationScope,
  ) {}

  /** All or none. */
  async add(actor: Actor, dossierId: number, input: AddNominationsInput): Promise<LinesSaved> {
    return transact(this.db, async (tx) => {
      const dossier = await this.dossiers.open(tx, actor, dossierId);
      const ids: number[] = [];
      const warnings: Warning[] = [];
      for (const [index, given] of input.lines.entries()) {
        const found = await this.facts(tx, actor, dossier, given, `lines[${index}].`);
        ids.push(await this.insert(tx, actor, dossier, found.facts));
        warnings.push(...found.warnings);
      }
      await tx.query(
        `UPDATE nomination_reason SET touched = true WHERE dossier_id = $1 AND line_id IS NULL AND settled_at IS NULL`,
        [dossierId],
      );
      await audit(tx, this.clock.now(), actor, 'dossier.lines_added', `dossier:${dossierId}`, { ids });
      return { ids, warnings };
    });
  }

  /** While the dossier is open to its proposer, or this very line was returned. */
  async edit(actor: Actor, id: number, input: EditNominationInput): Promise<LinesSaved> {
    return transact(this.db, async (tx) => {
      const [line, dossier] = await this.mine(tx, actor, id);
      checkVersion(line, input.version);
      const open = line.state === 'RETURNED' || (line.state === 'PROPOSED' && OPEN_TO_PROPOSER.includes(dossier.state));
      if (!open || line.dossierId !== dossier.id) {
        const message = 'Dòng đề nghị đã trình: chỉ đơn vị đề nghị sửa, khi đang soạn hoặc khi được trả lại.';
        throw new Refused('nominations.line_not_open', message, null, 'conflict');
      }
      const { facts, warnings } = await this.facts(tx, actor, dossier, input, '');
      const mark = { version: line.version + 1, changedBy: actor.name, changedAt: this.clock.now() };
      await tx.manager.update(NominationLine, { id }, { ...facts, ...mark });
      await tx.query(`UPDATE nomination_reason SET touched = true WHERE line_id = $1 AND settled_at IS NULL`, [id]);
      await audit(tx, this.clock.now(), actor, 'nomination.edited', `nomination:${id}`, { version: mark.version });
      return { ids: [id], warnings };
    });
  }

  async withdraw(actor: Actor, id: number, { version, reason }: WithdrawNominationInput): Promise<number> {
    return transact(this.db, async (tx) => {
      const [line, dossier] = await this.mine(tx, actor, id);
      checkVersion(line, version);
      if (line.dossierId !== dossier.id) {
        const message = 'Dòng này của đơn vị khác: hãy đưa ra khỏi hồ sơ tổng hợp, không rút.';
        throw new Refused('nominations.line_of_other_unit', message, null, 'conflict');
      }
      await this.lines.take(tx, actor, line, 'withdraw', { reason: text(reason) });
      await tx.query(`UPDATE nomination_reason SET settled_at = $2 WHERE line_id = $1 AND settled_at IS NULL`, [
        id,
        this.clock.now(),
      ]);
      await audit(tx, this.clock.now(), actor, 'nomination.withdrawn', `nomination:${id}`, {});
      return dossier.id;
    });
  }

  private async mine(tx: Tx, actor: Actor, id: number): Promise<[NominationLine, Dossier]> {
    const [line] = await this.lines.lock(tx, actor, 'nomination.propose', [id]);
    if (!line) throw Refused.notFound('nomination');
    return [line, await this.scope.locked(tx, line.atDossierId)];
  }

  private async insert(tx: Tx, actor: Actor, dossier: Dossier, facts: Facts): Promise<number> {
    const line = tx.manager.create(NominationLine, {
      ...facts,
      dossierId: dossier.id,
      atDossierId: dossier.id,
      proposingUnitId: dossier.unitId,
      campaignId: dossier.campaignId,
      state: LINE_WORKFLOW.initial,
      toForm: null,
      stateReason: null,
      awardBatchId: null,
      awardLineId: null,
      awardedDay: null,
      awardedOn: null,
      version: 1,
      changedBy: actor.name,
      changedAt: this.clock.now(),
      recordedOn: this.clock.today(),
      recordedBy: actor.name,
      recordedById: actor.accountId,
    });
    await tx.manager.insert(NominationLine, line);
    await tx.query(`INSERT INTO nomination_carry (line_id, dossier_id, from_day, by) VALUES ($1, $2, $3, $4)`, [
      line.id,
      dossier.id,
      this.clock.today(),
      actor.name,
    ]);
    return line.id;
  }

  private async facts(
    tx: Tx,
    actor: Actor,
    dossier: Dossier,
    given: NominationInput,
    field: string,
  ): Promise<{ facts: Facts; warnings: Warning[] }> {
    const form = await this.rulebook.formKnown(tx, given.form);
    if (!form) {
      const message = `Không có hình thức, danh hiệu mang mã ${given.form}.`;
      throw new Refused('nominations.unknown_form', message, `${field}form`);
    }
    if (given.type && !(await this.rulebook.typeKnown(tx, given.type))) {
      const message = `Không có loại hình khen thưởng mang mã ${given.type}.`;
      throw new Refused('nominations.unknown_type', message, `${field}type`);
    }
    const nominee = await this.nominees.find(tx, actor, given, dossier.unitId, field);
    const reason = text(given.reason);
    const facts: Facts = {
      ...nominee,
      nameFolded: fold(nominee.name),
      form: given.form,
      type: given.type ?? dossier.type,
      campaign: text(given.campaign) ?? dossier.campaign,
      reason,
      reasonFolded: fold(reason ?? ''),
      positionBand: given.positionBand ?? null,
      enterprise: given.enterprise ?? null,
    };
    return { facts, warnings: unfit(form, facts, field) };
  }
}

/** The catalogue's classes are law as it was read; a form given to others is looked at twice, not refused. */
function unfit(form: AwardFormView, facts: Facts, field: string): Warning[] {
  if (form.recipientClasses.length === 0 || form.recipientClasses.includes(facts.class)) return [];
  const message = `${form.name} thường không dành cho loại đối tượng này; hãy kiểm tra lại.`;
  return [{ code: 'nominations.form_not_for_class', field: `${field}form`, message }];
}
