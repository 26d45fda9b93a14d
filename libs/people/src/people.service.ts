import { Injectable } from '@nestjs/common';
import { DataSource, QueryFailedError } from 'typeorm';
import { printDay, Refused, scopeOf, type Actor, type Classification, type Day, type Warning } from '@lib/kernel';
import { audit, Clock, Jobs, transact, type Queryable, type Tx } from '@lib/platform';
import { UnitTree } from '@lib/units';
import type { EditPersonInput, RecordPersonInput } from './people.dto.js';
import { PeopleQueries, PERSON_COLUMNS, type PersonFacts, type PersonRow, type PersonView } from './people.queries.js';
import { PeopleNews } from './people-news.js';
import { Person, type Gender } from './person.entity.js';
import { cardNumber, checkBirthYear, sameName, storedName } from './person.rules.js';

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

/** A person as the register takes him in. */
interface NewPerson extends NamedPerson {
  readonly memberCard?: string | null;
  readonly serviceNumber?: string | null;
  readonly admittedOn?: Day | null;
  readonly memberSince?: Day | null;
}

const UNIQUE_VIOLATION = '23505';

@Injectable()
export class People {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly tree: UnitTree,
    private readonly people: PeopleQueries,
    private readonly news: PeopleNews,
  ) {}

  /**
   * @throws Refused `people.same_exists` where the unit has somebody of that name and year, until the officer says it is another;
   * `people.unit_ended`
   */
  async record(actor: Actor, input: RecordPersonInput): Promise<PersonView & { warnings: Warning[] }> {
    return transact(this.db, async (tx) => {
      const unitId = await this.tree.idOf(tx, input.unit, scopeOf(actor, 'person.record'));
      const { nameFolded, fullName } = storedName(input.name, 'name');
      const { birthYear = null } = input;
      await lockIdentity(tx, nameFolded, birthYear, unitId);
      const similar: PersonFacts[] = [];
      for (const one of await this.similar(tx, nameFolded, unitId))
        if (await this.people.inScope(tx, actor, one.id)) similar.push(one);
      const same = similar.filter((one) => one.birthYear === birthYear && sameName(one.fullName, fullName));
      if (birthYear !== null && same.length > 0 && !input.another) throw alreadyThere(fullName, birthYear);
      const id = await this.insert(tx, actor, {
        ...input,
        birthYear,
        gender: input.gender ?? null,
        unitId,
        field: 'name',
      });
      await this.mustLast(tx, unitId);
      const view = await this.people.view(tx, id);
      if (!view) throw Refused.notFound('person');
      return { ...view, warnings: similarWarning(similar) };
    });
  }

  /** @throws Refused `people.changed_meanwhile`, `people.card_taken`, `people.number_taken` */
  async edit(actor: Actor, id: number, { version, name, ...change }: EditPersonInput): Promise<PersonView> {
    return transact(this.db, async (tx) => {
      const before = await this.lock(tx, actor, id);
      if (before.version !== version) {
        const message = 'Hồ sơ này vừa được người khác sửa. Hãy tải lại trang.';
        throw new Refused('people.changed_meanwhile', message, null, 'conflict');
      }
      checkBirthYear(change.birthYear, this.clock.today(), 'birthYear');
      this.checkAdmission(change.admittedOn ?? null);
      const row = {
        ...(name === undefined ? {} : storedName(name, 'name')),
        ...given(change, ['birthYear', 'gender', 'admittedOn', 'classification']),
        ...(change.memberCard === undefined ? {} : { memberCard: cardNumber(change.memberCard) }),
        ...(change.serviceNumber === undefined ? {} : { serviceNumber: cardNumber(change.serviceNumber) }),
      };
      await unlessTaken(() => tx.manager.update(Person, { id: before.id }, { ...row, version: version + 1 }));
      await this.compareLater(tx, [before.id]);
      if (change.admittedOn !== undefined && change.admittedOn !== before.admittedOn)
        await this.news.admitted(tx, [before.id]);
      // What it was stays in the trail; numbers are left out of it.
      const { fullName, birthYear, gender, admittedOn, classification } = before;
      await audit(tx, this.clock.now(), actor, 'person.edited', `person:${before.id}`, {
        fields: Object.keys(row).filter((field) => !['givenName', 'nameFolded'].includes(field)),
        before: { fullName, birthYear, gender, admittedOn, classification },
      });
      const view = await this.people.view(tx, before.id);
      if (!view) throw Refused.notFound('person');
      return view;
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
      await lockIdentity(tx, nameFolded, named.birthYear, named.unitId);
      const candidates = await this.candidates(tx, nameFolded, named.birthYear, named.unitId);
      const same = candidates.filter((one) => sameName(one.fullName, fullName));
      const identities = await this.people.identities(
        tx,
        same.map(({ id }) => id),
      );
      if (new Set(identities.values()).size > 1) {
        throw new Refused(
          'people.ambiguous',
          'Có nhiều người trùng họ tên, năm sinh và đơn vị; hãy chọn đúng người trong danh sách.',
          named.field,
          'conflict',
        );
      }
      const [one] = same;
      // A merged record is as good a name of the person as the one that stands: whose it is, is resolved where it counts.
      if (one) return { ...one, id: identities.get(one.id) ?? one.id, created: false };
    }
    const id = await this.insert(tx, actor, named);
    const created = await tx.manager.findOneByOrFail(Person, { id });
    const { birthYear, gender, unitId, classification } = created;
    return { id, fullName: created.fullName, birthYear, gender, unitId, classification, created: true };
  }

  /** Locks the record that stands for the person. @throws Refused `person.not_found` outside the scope */
  async lock(tx: Tx, actor: Actor, id: number): Promise<PersonRow> {
    const found = await this.people.inScope(tx, actor, id, 'person.record');
    if (!found) throw Refused.notFound('person');
    await tx.query(`SELECT id FROM person WHERE id = $1 FOR UPDATE`, [found.id]);
    const [row] = await tx.query<PersonRow & { identityId: number | null }>(
      `SELECT ${PERSON_COLUMNS}, p.identity_id AS "identityId" FROM person p WHERE p.id = $1`,
      [found.id],
    );
    if (!row || row.identityId !== null) throw Refused.notFound('person');
    return row;
  }

  /**
   * Nobody becomes a member of a unit that is no more: who was one has gone on with it. Asked once it is written, for a
   * reorganisation lets nobody in while it moves the others. @throws Refused `people.unit_ended`
   */
  async mustLast(tx: Tx, unitId: number): Promise<void> {
    const ended = (await this.tree.ends(tx, [unitId])).get(unitId);
    if (ended === undefined || ended > this.clock.today()) return;
    const message = `Đơn vị này đã chấm dứt từ ngày ${printDay(ended)}; hãy chọn đơn vị kế thừa hoặc đơn vị khác.`;
    throw new Refused('people.unit_ended', message, 'unit', 'conflict');
  }

  /** Compared with all others by a job, so that recording waits for no comparison. */
  async compareLater(tx: Tx, ids: readonly number[]): Promise<void> {
    await tx.query(`INSERT INTO person_check (person_id) SELECT unnest($1::int[]) ON CONFLICT DO NOTHING`, [ids]);
    tx.afterCommit(() => this.jobs.wake('people.duplicates'));
  }

  /** People of the unit whose names fold alike, merged records among them. */
  private similar(q: Queryable, nameFolded: string, unitId: number): Promise<PersonFacts[]> {
    return q.query<PersonFacts>(
      `SELECT id, full_name AS "fullName", birth_year AS "birthYear", gender, unit_id AS "unitId", classification
         FROM person WHERE unit_id = $1 AND name_folded = $2 ORDER BY id`,
      [unitId, nameFolded],
    );
  }

  /** Of that name and year, those who are or once were members of the unit. */
  private candidates(q: Queryable, nameFolded: string, birthYear: number, unitId: number): Promise<PersonFacts[]> {
    return q.query<PersonFacts>(
      `SELECT p.id, p.full_name AS "fullName", p.birth_year AS "birthYear", p.gender, p.unit_id AS "unitId", p.classification
         FROM person p WHERE p.name_folded = $1 AND p.birth_year = $2 AND (p.unit_id = $3
           OR EXISTS (SELECT 1 FROM membership m WHERE m.person_id = p.id AND m.unit_id = $3 AND m.removed_on IS NULL)) ORDER BY p.id`,
      [nameFolded, birthYear, unitId],
    );
  }

  private async insert(tx: Tx, actor: Actor, person: NewPerson): Promise<number> {
    const today = this.clock.today();
    const name = storedName(person.name, person.field);
    checkBirthYear(person.birthYear, today, person.field === 'name' ? 'birthYear' : `${person.field}.birthYear`);
    this.checkAdmission(person.admittedOn ?? null);
    const since = person.memberSince ?? null;
    if (since !== null && since > today) throw inFuture('memberSince');
    const [row] = await unlessTaken(() =>
      tx.query<{ id: number }>(
        `INSERT INTO person (full_name, given_name, name_folded, birth_year, gender, unit_id, member_card, service_number, admitted_on, classification, recorded_on)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id`,
        [
          name.fullName,
          name.givenName,
          name.nameFolded,
          person.birthYear,
          person.gender,
          person.unitId,
          cardNumber(person.memberCard),
          cardNumber(person.serviceNumber),
          person.admittedOn ?? null,
          person.classification ?? 'INTERNAL',
          today,
        ],
      ),
    );
    if (!row) throw new Error('the person was not stored');
    await tx.query(
      `INSERT INTO membership (person_id, unit_id, vfrom, recorded_on, recorded_by) VALUES ($1, $2, coalesce($3::date, '-infinity'), $4, $5)`,
      [row.id, person.unitId, since, today, actor.name],
    );
    await audit(tx, this.clock.now(), actor, 'person.recorded', `person:${row.id}`, { unitId: person.unitId });
    await this.compareLater(tx, [row.id]);
    if (person.admittedOn) await this.news.admitted(tx, [row.id]);
    return row.id;
  }

  private checkAdmission(admittedOn: Day | null): void {
    if (admittedOn !== null && admittedOn > this.clock.today()) throw inFuture('admittedOn');
  }
}

/** Two who record the same person at once wait for each other. */
async function lockIdentity(tx: Tx, nameFolded: string, birthYear: number | null, unitId: number): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('person identity'), hashtext($1))`, [
    `${nameFolded}|${birthYear}|${unitId}`,
  ]);
}

function given<Input extends object, Key extends keyof Input>(input: Input, keys: readonly Key[]): Partial<Input> {
  const kept: Partial<Input> = {};
  for (const key of keys) if (input[key] !== undefined) kept[key] = input[key];
  return kept;
}

/** @throws Refused `people.card_taken`, `people.number_taken` */
async function unlessTaken<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const { code, constraint } =
      error instanceof QueryFailedError ? (error.driverError as { code?: string; constraint?: string }) : {};
    if (code !== UNIQUE_VIOLATION) throw error;
    throw constraint === 'person_service_number_key'
      ? new Refused('people.number_taken', 'Số hiệu này đã được ghi cho người khác.', 'serviceNumber', 'conflict')
      : new Refused('people.card_taken', 'Số thẻ đoàn viên này đã được ghi cho người khác.', 'memberCard', 'conflict');
  }
}

function inFuture(field: string): Refused {
  return new Refused('people.day_in_future', 'Ngày này chưa tới.', field);
}

function alreadyThere(name: string, birthYear: number): Refused {
  return new Refused(
    'people.same_exists',
    `Đơn vị đã có ${name}, sinh năm ${birthYear}. Nếu đây là một người khác trùng tên, hãy xác nhận rồi ghi lại.`,
    'name',
    'conflict',
  );
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
