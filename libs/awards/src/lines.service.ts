import { Injectable } from '@nestjs/common';
import { fold, Refused, scopeOf, tidy, type Actor, type RefusalDetail, type Warning } from '@lib/kernel';
import { Clock, type Tx } from '@lib/platform';
import { People, PeopleQueries, recordsOf } from '@lib/people';
import type { AwardFormView } from '@lib/rulebook';
import { UnitTree, type UnitOnDay } from '@lib/units';
import type { LineInput, RecipientInput } from './awards.dto.js';
import { AwardLine, type AwardBatch } from './awards.entity.js';
import { checkExistence, checkRecipient, recordedAfterEnd } from './awards.rules.js';
import { GoldenBook } from './golden-book.service.js';

type Recipient = Pick<AwardLine, 'class' | 'name' | 'personId' | 'officeId' | 'birthYear' | 'gender' | 'unitId'>;

/** Named lines of a batch: who exactly, with the name and the unit's path as they were on the day. */
@Injectable()
export class Lines {
  constructor(
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly people: People,
    private readonly peopleQueries: PeopleQueries,
    private readonly book: GoldenBook,
  ) {}

  /** Stores the lines; all or none. Every recipient must belong to the batch's unit, so that the batch's own totals hold. */
  async add(
    tx: Tx,
    actor: Actor,
    batch: AwardBatch,
    form: AwardFormView | null,
    bodyKey: string,
    inputs: readonly LineInput[],
  ): Promise<Warning[]> {
    const unclear = inputs.flatMap((line, index) => checkRecipient(line.recipient, `lines[${index}].recipient`));
    if (unclear.length > 0) throw Refused.all(unclear);
    const found: Recipient[] = [];
    for (const [index, line] of inputs.entries())
      found.push(await this.recipient(tx, actor, batch, line, `lines[${index}]`));
    const units = await this.tree.onDay(
      tx,
      found.map((line) => line.unitId),
      batch.day,
    );
    const warnings = await this.checkUnits(tx, batch, found, units);
    warnings.push(...(await this.onceInALife(tx, batch, form, found)));
    for (const [index, recipient] of found.entries()) {
      const input = inputs[index];
      if (input) await this.store(tx, batch, recipient, units, input, bodyKey, index);
    }
    return warnings;
  }

  private async store(
    tx: Tx,
    batch: AwardBatch,
    recipient: Recipient,
    units: Map<number, UnitOnDay>,
    input: LineInput,
    bodyKey: string,
    index: number,
  ): Promise<void> {
    const line = tx.manager.create(AwardLine, {
      ...recipient,
      batchId: batch.id,
      unitPath: units.get(recipient.unitId)?.path ?? batch.unitPath,
      nameFolded: fold(recipient.name),
      reason: input.reason ? tidy(input.reason) : null,
      positionBand: input.positionBand ?? batch.positionBand,
      enterprise: input.enterprise ?? batch.enterprise,
      series: null,
      registerNumber: null,
      state: 'LIVE',
      recordedOn: this.clock.today(),
    });
    await tx.manager.insert(AwardLine, line);
    if (input.registerNumber)
      await this.book.enter(
        tx,
        bodyKey,
        batch.day.slice(0, 4),
        input.registerNumber,
        line.id,
        `lines[${index}].registerNumber`,
      );
  }

  private async recipient(tx: Tx, actor: Actor, batch: AwardBatch, line: LineInput, field: string): Promise<Recipient> {
    const { recipient } = line;
    const unitId = line.unit
      ? await this.tree.idOf(tx, line.unit, scopeOf(actor, 'award.record'), `${field}.unit`)
      : batch.unitId;
    const plain = { personId: null, officeId: null, birthYear: null, gender: null, unitId };
    if (recipient.unit !== undefined) {
      const id = await this.tree.idOf(tx, recipient.unit, scopeOf(actor, 'award.record'), `${field}.recipient.unit`);
      const name = (await this.tree.refs(tx, [id], batch.day)).get(id)?.name ?? recipient.unit;
      return { ...plain, class: 'COLLECTIVE', name, unitId: id };
    }
    if (recipient.office !== undefined) return this.office(tx, actor, recipient.office, `${field}.recipient.office`);
    if (recipient.collective !== undefined) return { ...plain, class: 'COLLECTIVE', name: tidy(recipient.collective) };
    if (recipient.household !== undefined) return { ...plain, class: 'HOUSEHOLD', name: tidy(recipient.household) };
    return this.individual(
      tx,
      actor,
      batch,
      recipient,
      unitId,
      line.unit !== undefined && line.unit !== null,
      `${field}.recipient`,
    );
  }

  /** Without a birth year a name does not tell people apart: the line keeps the name, and nobody is counted as a person. */
  private async individual(
    tx: Tx,
    actor: Actor,
    batch: AwardBatch,
    recipient: RecipientInput,
    unitId: number,
    unitGiven: boolean,
    field: string,
  ): Promise<Recipient> {
    if (recipient.person !== undefined) {
      const person = await this.peopleQueries.inScope(tx, actor, recipient.person);
      if (!person) throw Refused.notFound('person', `${field}.person`);
      const { fullName, birthYear, gender } = person;
      return {
        class: 'INDIVIDUAL',
        name: fullName,
        personId: person.id,
        officeId: null,
        birthYear,
        gender,
        unitId: unitGiven ? unitId : person.unitId,
      };
    }
    const name = tidy(recipient.personName ?? '');
    const birthYear = recipient.birthYear ?? null;
    const gender = recipient.gender ?? null;
    if (birthYear === null)
      return { class: 'INDIVIDUAL', name, personId: null, officeId: null, birthYear, gender, unitId };
    const person = await this.people.findOrCreate(tx, actor, {
      name,
      birthYear,
      gender,
      unitId,
      field,
      // Who becomes known only through a restricted batch is known only to those who may read it.
      classification: batch.classification === 'RESTRICTED' ? 'RESTRICTED' : 'INTERNAL',
    });
    return {
      class: 'INDIVIDUAL',
      name,
      personId: person.id,
      officeId: null,
      birthYear,
      gender: gender ?? person.gender,
      unitId,
    };
  }

  private async office(tx: Tx, actor: Actor, code: string, field: string): Promise<Recipient> {
    const params: unknown[] = [code];
    const [row] = await tx.query<{ id: number; name: string; unitId: number }>(
      `SELECT o.id, o.name, o.unit_id AS "unitId" FROM office o WHERE o.code = $1 AND ${this.tree.inScope('o.unit_id', scopeOf(actor, 'award.record'), params)}`,
      params,
    );
    if (!row) throw Refused.notFound('office', field);
    return {
      class: 'COLLECTIVE',
      name: row.name,
      personId: null,
      officeId: row.id,
      birthYear: null,
      gender: null,
      unitId: row.unitId,
    };
  }

  private async checkUnits(
    tx: Tx,
    batch: AwardBatch,
    lines: readonly Recipient[],
    units: Map<number, UnitOnDay>,
  ): Promise<Warning[]> {
    const ids = [...new Set(lines.map((line) => line.unitId))];
    const ends = await this.tree.ends(tx, ids);
    const names = await this.tree.refs(tx, ids, batch.day);
    const wrong: RefusalDetail[] = [];
    const warnings: Warning[] = [];
    for (const [index, line] of lines.entries()) {
      const field = `lines[${index}].unit`;
      const unit = units.get(line.unitId);
      const name = names.get(line.unitId)?.name ?? '';
      const ended = ends.get(line.unitId) ?? null;
      wrong.push(...checkExistence(name, unit !== undefined, ended, batch.day, field));
      if (unit && !unit.chain.includes(batch.unitId))
        wrong.push({
          code: 'awards.line_outside_unit',
          field,
          message: `${name} không thuộc đơn vị ghi khen thưởng vào ngày đó.`,
        });
      if (unit && line.unitId !== batch.unitId && ended !== null && ended <= this.clock.today())
        warnings.push(recordedAfterEnd(name, ended, field));
    }
    if (wrong.length > 0) throw Refused.all(wrong);
    return warnings;
  }

  /** Forms given once in a life (Kỷ niệm chương): a second one is possible on paper, and worth a second look. */
  private async onceInALife(
    tx: Tx,
    batch: AwardBatch,
    form: AwardFormView | null,
    lines: readonly Recipient[],
  ): Promise<Warning[]> {
    if (!form?.oncePerLife) return [];
    const people = lines.flatMap((line) => (line.personId === null ? [] : [line.personId]));
    const rows = await tx.query<{ personId: number }>(
      `SELECT DISTINCT asked.id AS "personId" FROM unnest($1::int[]) AS asked (id)
         JOIN award_line l ON l.person_id IN ${recordsOf('asked.id')} JOIN award_batch b ON b.id = l.batch_id
        WHERE b.form = $2 AND l.state = 'LIVE' AND b.state = 'LIVE'`,
      [people, batch.form],
    );
    const before = new Set(rows.map((row) => row.personId));
    return lines.flatMap((line, index) =>
      line.personId !== null && before.has(line.personId)
        ? [
            {
              code: 'awards.once_per_life',
              field: `lines[${index}].recipient`,
              message: `${line.name} đã có ${form.name}; hình thức này chỉ tặng một lần.`,
            },
          ]
        : [],
    );
  }
}
