import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, scopeOf, tidy, type Actor, type Day } from '@lib/kernel';
import { audit, Clock, transact, type Tx } from '@lib/platform';
import { Blocs } from '@lib/blocs';
import { Files } from '@lib/files';
import { UnitTree } from '@lib/units';
import { Agreement } from './agreement.entity.js';
import { AgreementScope } from './agreement-scope.js';
import { agreementWorkflow } from './agreement.workflow.js';
import type { AgreementTextInput, CreateAgreementInput, EditAgreementInput } from './agreements.dto.js';
import { isOpenToChange } from './agreements.rules.js';
import { AgreementMembers } from './members.service.js';

type Place = Pick<Agreement, 'blocId' | 'unitId' | 'counterpart' | 'year'>;

/** Drafts programmes and agreements, and their texts version by version. */
@Injectable()
export class DraftingService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly blocs: Blocs,
    private readonly files: Files,
    private readonly scope: AgreementScope,
    private readonly members: AgreementMembers,
  ) {}

  /** @throws Refused `agreements.place_unclear`, `agreements.counterpart_required`, `agreements.year_required`, `agreements.term_outside`. */
  async create(actor: Actor, input: CreateAgreementInput): Promise<number> {
    return transact(this.db, async (tx) => {
      const place = await this.place(tx, actor, input);
      return (await this.insert(tx, actor, place, input, null)).id;
    });
  }

  /** Stores a draft with its first text and its members; also for the draft that carries on an older one. */
  async insert(
    tx: Tx,
    actor: Actor,
    place: Place,
    input: Omit<CreateAgreementInput, 'bloc' | 'unit' | 'counterpart' | 'year'>,
    carriedFrom: number | null,
  ): Promise<Agreement> {
    const { termFrom, termTo } = termOf(place.year, input);
    const agreement = tx.manager.create(Agreement, {
      ...place,
      kind: input.kind,
      termFrom,
      termTo,
      state: agreementWorkflow.initial,
      textNumber: 1,
      opinionsDue: input.opinionsDue ?? null,
      signBy: input.kind === 'AGREEMENT' ? (input.signBy ?? null) : null,
      note: tidy(input.note ?? '') || null,
      source: tidy(input.source ?? '') || null,
      carriedFrom,
      version: 1,
      recordedOn: this.clock.today(),
      recordedBy: actor.name,
      recordedById: actor.accountId,
    });
    await tx.manager.insert(Agreement, agreement);
    await this.putText(tx, actor, agreement.id, 1, input);
    await this.members.refresh(tx, agreement);
    const { id, kind, year } = agreement;
    await audit(tx, this.clock.now(), actor, 'agreement.drafted', `agreement:${id}`, { kind, year, carriedFrom });
    return agreement;
  }

  /** A new version of the text: only a draft is rewritten, and what was discussed stays readable. */
  async addText(actor: Actor, id: number, input: AgreementTextInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const agreement = await this.lock(tx, actor, id, input.version);
      if (agreement.state !== 'DRAFT')
        throw new Refused(
          'agreements.text_not_open',
          'Chỉ sửa được văn bản khi là dự thảo; hãy chọn “Soạn lại bản mới” trước.',
          null,
          'conflict',
        );
      const textNumber = agreement.textNumber + 1;
      await this.putText(tx, actor, id, textNumber, input);
      await tx.manager.update(Agreement, { id }, { textNumber, version: agreement.version + 1 });
      await audit(tx, this.clock.now(), actor, 'agreement.text_added', `agreement:${id}`, { number: textNumber });
    });
  }

  async edit(actor: Actor, id: number, input: EditAgreementInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const agreement = await this.lock(tx, actor, id, input.version);
      if (!isOpenToChange(agreement.state) && agreement.state !== 'ADOPTED')
        throw new Refused('agreements.dates_stand', 'Đã mở ký kết nên không đổi được các hạn.', null, 'conflict');
      const { opinionsDue = agreement.opinionsDue, signBy = agreement.signBy } = input;
      const note = input.note === undefined ? agreement.note : tidy(input.note ?? '') || null;
      const changes = { opinionsDue, signBy: agreement.kind === 'AGREEMENT' ? signBy : null, note };
      await tx.manager.update(Agreement, { id }, { ...changes, version: agreement.version + 1 });
      await this.members.touch(tx, agreement);
      await audit(tx, this.clock.now(), actor, 'agreement.edited', `agreement:${id}`, changes);
    });
  }

  /** @throws Refused `agreements.changed_meanwhile` */
  async lock(tx: Tx, actor: Actor, id: number, version: number): Promise<Agreement> {
    const agreement = await this.scope.lockToLead(tx, actor, 'agreement.draft', id);
    if (agreement.version !== version)
      throw new Refused(
        'agreements.changed_meanwhile',
        'Người khác vừa sửa văn bản này. Hãy tải lại rồi sửa tiếp.',
        'version',
        'conflict',
      );
    return agreement;
  }

  private async putText(
    tx: Tx,
    actor: Actor,
    agreementId: number,
    number: number,
    { title, body, fileId = null }: Pick<AgreementTextInput, 'title' | 'body' | 'fileId'>,
  ): Promise<void> {
    if (fileId !== null) await this.files.attach(tx, actor, fileId);
    await tx.query(
      `INSERT INTO agreement_text (agreement_id, number, title, body, file_id, recorded_on, recorded_by, recorded_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [agreementId, number, tidy(title), paragraphs(body), fileId, this.clock.today(), actor.name, actor.accountId],
    );
  }

  private async place(tx: Tx, actor: Actor, { bloc, unit, counterpart, year }: CreateAgreementInput): Promise<Place> {
    if ((bloc === undefined) === (unit === undefined))
      throw new Refused('agreements.place_unclear', 'Chọn một khối, cụm hoặc một đơn vị.', 'bloc');
    if (bloc !== undefined) {
      const blocId = await this.blocs.idOf(tx, actor, 'agreement.draft', bloc);
      const ref = (await this.blocs.refs(tx, [blocId])).get(blocId);
      if (!ref) throw Refused.notFound('bloc', 'bloc');
      if (counterpart !== undefined)
        throw new Refused('agreements.counterpart_unexpected', 'Khối, cụm không ký với người đứng đầu.', 'counterpart');
      if (year !== undefined && year !== ref.year)
        throw new Refused('agreements.other_year', `Khối, cụm này là của năm ${ref.year}.`, 'year');
      return { blocId, unitId: null, counterpart: null, year: ref.year };
    }
    if (counterpart === undefined)
      throw new Refused('agreements.counterpart_required', 'Nêu người ký cùng: người đứng đầu cơ quan.', 'counterpart');
    if (year === undefined) throw new Refused('agreements.year_required', 'Nêu năm của văn bản.', 'year');
    const unitId = await this.tree.idOf(tx, unit ?? '', scopeOf(actor, 'agreement.draft'));
    return { blocId: null, unitId, counterpart: tidy(counterpart), year };
  }
}

function termOf(year: number, { termFrom, termTo }: { termFrom?: Day; termTo?: Day }): { termFrom: Day; termTo: Day } {
  const from = termFrom ?? `${year}-01-01`;
  const to = termTo ?? `${year}-12-31`;
  if (from > to || from.slice(0, 4) !== String(year))
    throw new Refused('agreements.term_outside', `Thời hạn phải bắt đầu trong năm ${year}.`, 'termFrom');
  return { termFrom: from, termTo: to };
}

/** Lines stay lines; each is tidied on its own. */
function paragraphs(body: string): string {
  return body
    .split(/\r?\n/)
    .map((line) => tidy(line))
    .join('\n')
    .trim();
}
