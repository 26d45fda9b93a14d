import { Injectable } from '@nestjs/common';
import { Refused, scopeOf, tidy, type Actor, type Classification } from '@lib/kernel';
import { Clock, type Tx } from '@lib/platform';
import { checkRecipient, type RecipientInput } from '@lib/awards';
import { People, PeopleQueries } from '@lib/people';
import { UnitTree } from '@lib/units';
import type { NominationLine } from './line.entity.js';

/** Who is nominated, found or newly made. */
export type Nominee = Pick<
  NominationLine,
  'class' | 'name' | 'personId' | 'officeId' | 'birthYear' | 'gender' | 'unitId' | 'classification'
>;

/** The same ways of naming a recipient as in the register: person, unit, office, a collective or household by name. */
@Injectable()
export class Nominees {
  constructor(
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly people: People,
    private readonly peopleQueries: PeopleQueries,
  ) {}

  /** @throws Refused where the recipient is unclear, unknown, or does not belong to the proposing unit today */
  async find(
    tx: Tx,
    actor: Actor,
    given: { readonly recipient: RecipientInput; readonly unit?: string | null },
    proposingUnitId: number,
    field: string,
  ): Promise<Nominee> {
    const unclear = checkRecipient(given.recipient, `${field}recipient`);
    if (unclear.length > 0) throw Refused.all(unclear);
    const nominee = await this.named(tx, actor, given, proposingUnitId, field);
    const today = this.clock.today();
    const unit = (await this.tree.onDay(tx, [nominee.unitId], today)).get(nominee.unitId);
    if (!unit?.chain.includes(proposingUnitId)) {
      const message = 'Đối tượng được đề nghị không thuộc đơn vị đề nghị.';
      throw new Refused('nominations.outside_unit', message, `${field}recipient`);
    }
    const restricted = (await this.tree.restricted(tx, [nominee.unitId])).size > 0;
    return restricted ? { ...nominee, classification: 'RESTRICTED' } : nominee;
  }

  private async named(
    tx: Tx,
    actor: Actor,
    { recipient, unit }: { readonly recipient: RecipientInput; readonly unit?: string | null },
    proposingUnitId: number,
    field: string,
  ): Promise<Nominee> {
    const scope = scopeOf(actor, 'nomination.propose');
    const unitId = unit ? await this.tree.idOf(tx, unit, scope, `${field}unit`) : proposingUnitId;
    const plain = {
      personId: null,
      officeId: null,
      birthYear: null,
      gender: null,
      unitId,
      classification: 'INTERNAL',
    } as const;
    if (recipient.unit !== undefined) {
      const id = await this.tree.idOf(tx, recipient.unit, scope, `${field}recipient.unit`);
      const name = (await this.tree.refs(tx, [id])).get(id)?.name ?? recipient.unit;
      return { ...plain, class: 'COLLECTIVE', name, unitId: id };
    }
    if (recipient.office !== undefined) {
      const params: unknown[] = [recipient.office];
      const [row] = await tx.query<{ id: number; name: string; unitId: number }>(
        `SELECT o.id, o.name, o.unit_id AS "unitId" FROM office o WHERE o.code = $1 AND ${this.tree.inScope('o.unit_id', scope, params)}`,
        params,
      );
      if (!row) throw Refused.notFound('office', `${field}recipient.office`);
      return { ...plain, class: 'COLLECTIVE', name: row.name, officeId: row.id, unitId: row.unitId };
    }
    if (recipient.collective !== undefined) return { ...plain, class: 'COLLECTIVE', name: tidy(recipient.collective) };
    if (recipient.household !== undefined) return { ...plain, class: 'HOUSEHOLD', name: tidy(recipient.household) };
    if (recipient.person !== undefined) {
      const person = await this.peopleQueries.inScope(tx, actor, recipient.person);
      if (!person) throw Refused.notFound('person', `${field}recipient.person`);
      const { id, fullName: name, birthYear, gender, classification } = person;
      return {
        ...plain,
        class: 'INDIVIDUAL',
        name,
        personId: id,
        birthYear,
        gender,
        classification,
        unitId: unit ? unitId : person.unitId,
      };
    }
    return this.byName(tx, actor, recipient, unitId, plain, field);
  }

  /** Without a birth year a name does not tell people apart: the line keeps the name, and no person is made. */
  private async byName(
    tx: Tx,
    actor: Actor,
    recipient: RecipientInput,
    unitId: number,
    plain: Omit<Nominee, 'class' | 'name'> & { classification: Classification },
    field: string,
  ): Promise<Nominee> {
    const name = tidy(recipient.personName ?? '');
    const birthYear = recipient.birthYear ?? null;
    const gender = recipient.gender ?? null;
    if (birthYear === null) return { ...plain, class: 'INDIVIDUAL', name, gender };
    const person = await this.people.findOrCreate(tx, actor, {
      name,
      birthYear,
      gender,
      unitId,
      field: `${field}recipient`,
    });
    return {
      ...plain,
      class: 'INDIVIDUAL',
      name,
      personId: person.id,
      birthYear,
      gender: gender ?? person.gender,
      classification: person.classification,
    };
  }
}
