import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, scopeOf, type Actor, type Classification, type Warning } from '@lib/kernel';
import { audit, Clock, transact, type Queryable, type Tx } from '@lib/platform';
import { UnitTree } from '@lib/units';
import type { RecordPersonInput } from './people.dto.js';
import { PeopleQueries, type PersonFacts, type PersonView } from './people.queries.js';
import { Person, type Gender } from './person.entity.js';
import { checkBirthYear, sameName, storedName } from './person.rules.js';

/** A recipient as a paper names him. The unit's id has been found in the actor's scope by the caller. */
export interface NamedPerson {
  readonly name: string;
  readonly birthYear: number | null;
  readonly gender: Gender | null;
  readonly unitId: number;
  readonly classification?: Classification;
  /** Path of the input, for refusals: `lines[3].recipient`. */
  readonly field: string;
}

@Injectable()
export class People {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly people: PeopleQueries,
  ) {}

  async record(actor: Actor, input: RecordPersonInput): Promise<PersonView & { warnings: Warning[] }> {
    return transact(this.db, async (tx) => {
      const unitId = await this.tree.idOf(tx, input.unit, scopeOf(actor, 'person.record'));
      const similar = await this.similar(tx, storedName(input.name, 'name').nameFolded, unitId);
      const id = await this.insert(tx, actor, {
        name: input.name,
        birthYear: input.birthYear ?? null,
        gender: input.gender ?? null,
        memberCard: input.memberCard ?? null,
        unitId,
        ...(input.classification ? { classification: input.classification } : {}),
        field: 'name',
      });
      const view = await this.people.view(tx, id);
      if (!view) throw Refused.notFound('person');
      const shown = await Promise.all(
        similar.map(async (one) => ((await this.people.inScope(tx, actor, one.id)) ? [one] : [])),
      );
      return { ...view, warnings: similarWarning(shown.flat()) };
    });
  }

  /**
   * The person that a line of a register means. Name, birth year and unit together identify; without a birth year nobody
   * is merged and a new person is made. Two lines recorded at once for the same person wait for each other.
   * @throws Refused `people.ambiguous` where several people share all three
   */
  async findOrCreate(tx: Tx, actor: Actor, named: NamedPerson): Promise<PersonFacts & { readonly created: boolean }> {
    const { nameFolded, fullName } = storedName(named.name, named.field);
    if (named.birthYear !== null) {
      await tx.query(`SELECT pg_advisory_xact_lock(hashtext('person identity'), hashtext($1))`, [
        `${nameFolded}|${named.birthYear}|${named.unitId}`,
      ]);
      const candidates = await this.similar(tx, nameFolded, named.unitId);
      const same = candidates.filter((one) => one.birthYear === named.birthYear && sameName(one.fullName, fullName));
      if (same.length > 1) {
        throw new Refused(
          'people.ambiguous',
          'Có nhiều người trùng họ tên, năm sinh và đơn vị; hãy chọn đúng người trong danh sách.',
          named.field,
          'conflict',
        );
      }
      const [one] = same;
      if (one) return { ...one, created: false };
    }
    const id = await this.insert(tx, actor, { ...named, memberCard: null });
    const created = await tx.manager.findOneByOrFail(Person, { id });
    const { birthYear, gender, unitId, classification } = created;
    return { id, fullName: created.fullName, birthYear, gender, unitId, classification, created: true };
  }

  /** People of the unit whose names fold alike. */
  private similar(q: Queryable, nameFolded: string, unitId: number): Promise<PersonFacts[]> {
    return q.query<PersonFacts>(
      `SELECT id, full_name AS "fullName", birth_year AS "birthYear", gender, unit_id AS "unitId", classification
         FROM person WHERE unit_id = $1 AND name_folded = $2 ORDER BY id`,
      [unitId, nameFolded],
    );
  }

  private async insert(tx: Tx, actor: Actor, person: NamedPerson & { memberCard: string | null }): Promise<number> {
    const name = storedName(person.name, person.field);
    checkBirthYear(
      person.birthYear,
      this.clock.today(),
      person.field === 'name' ? 'birthYear' : `${person.field}.birthYear`,
    );
    const [row] = await tx.query<{ id: number }>(
      `INSERT INTO person (full_name, given_name, name_folded, birth_year, gender, unit_id, member_card, classification, recorded_on)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (member_card) DO NOTHING RETURNING id`,
      [
        name.fullName,
        name.givenName,
        name.nameFolded,
        person.birthYear,
        person.gender,
        person.unitId,
        person.memberCard,
        person.classification ?? 'INTERNAL',
        this.clock.today(),
      ],
    );
    if (!row)
      throw new Refused(
        'people.card_taken',
        'Số thẻ đoàn viên này đã được ghi cho người khác.',
        'memberCard',
        'conflict',
      );
    await audit(tx, this.clock.now(), actor, 'person.recorded', `person:${row.id}`, { unitId: person.unitId });
    return row.id;
  }
}

function similarWarning(similar: readonly PersonFacts[]): Warning[] {
  if (similar.length === 0) return [];
  const years = similar.map((one) => one.birthYear ?? 'chưa rõ năm sinh').join(', ');
  return [
    {
      code: 'people.similar_exists',
      field: 'name',
      message: `Đơn vị đã có ${similar.length} người cùng họ tên (${years}). Hãy kiểm tra có trùng người không.`,
    },
  ];
}
