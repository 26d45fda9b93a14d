import { Injectable, type OnModuleInit } from '@nestjs/common';
import { printDay, Refused, scopeOf, type Actor, type Day, type Permission } from '@lib/kernel';
import { Clock, type Queryable, type Tx } from '@lib/platform';
import {
  ImportEffects,
  ImportKinds,
  textOf,
  type CheckedRow,
  type ColumnSpec,
  type ImportEffect,
  type ImportKind,
  type ImportQuestion,
  type ParsedRow,
  type RowVerdict,
} from '@lib/spreadsheets';
import { UnitLists, UnitTree } from '@lib/units';
import {
  judgePerson,
  listedPerson,
  type Candidate,
  type ListedPerson,
  type PersonPlan,
} from './people-import.rules.js';
import { peopleColumns } from './people-import.columns.js';
import { PeopleImportUndo } from './people-import-undo.service.js';
import { PeopleNews } from './people-news.js';

/** The list of members of a unit and of those below it. */
@Injectable()
export class PeopleImport implements ImportKind, OnModuleInit {
  readonly kind = 'people';
  readonly title = 'Đoàn viên';
  readonly permission: Permission = 'person.record';
  readonly params = [];
  readonly maxRows = 200_000;
  readonly duplicate = {
    column: 'name',
    advice: 'Nếu là hai người, ghi mã đoàn viên, hoặc “x” vào cột “Là người khác”.',
  };

  constructor(
    private readonly clock: Clock,
    private readonly kinds: ImportKinds,
    private readonly effects: ImportEffects,
    private readonly units: UnitLists,
    private readonly tree: UnitTree,
    private readonly news: PeopleNews,
    private readonly undoing: PeopleImportUndo,
  ) {}

  onModuleInit(): void {
    this.kinds.register(this);
  }

  async columns(q: Queryable, actor: Actor, { importId }: ImportQuestion): Promise<ColumnSpec[]> {
    // Only the template offers units; a list may name any.
    const choices = importId === 0 ? await this.units.choices(q, scopeOf(actor, this.permission)) : [];
    return peopleColumns(choices);
  }

  async check(
    q: Queryable,
    actor: Actor,
    { unitId }: ImportQuestion,
    rows: readonly ParsedRow[],
  ): Promise<RowVerdict[]> {
    const texts = rows.flatMap(({ values }) => textOf(values['unit']) ?? []);
    const units = await this.units.named(q, texts, scopeOf(actor, this.permission));
    const verdicts: RowVerdict[] = [];
    const listed: ListedPerson[] = [];
    for (const row of rows) {
      const text = textOf(row.values['unit']);
      const unit = text === null ? (unitId === null ? 'missing' : { id: unitId }) : (units.get(text) ?? 'unknown');
      if (typeof unit === 'object') listed.push(listedPerson(row, unit.id));
      else verdicts.push(unitProblem(row.row, unit, text));
    }
    const candidates = await this.candidates(q, actor, listed);
    const before = await this.effects.known(
      q,
      'person',
      listed.map(({ fingerprint }) => fingerprint),
    );
    const ends = await this.tree.ends(
      q,
      listed.map(({ unitId }) => unitId),
    );
    const today = this.clock.today();
    for (const person of listed) {
      const known = before.get(person.fingerprint) ?? [];
      const verdict = judgePerson(person, candidates.get(person.row) ?? [], known, today);
      const ended = ends.get(person.unitId);
      const nobody = verdict.verdict === 'NEW' && ended !== undefined && ended <= today;
      verdicts.push(nobody ? unitEnded(person.row, ended) : verdict);
    }
    return verdicts;
  }

  /** Nobody else records or changes people until the list is written: what was judged stays true. */
  async begin(tx: Tx): Promise<void> {
    await tx.query(`LOCK TABLE person IN SHARE ROW EXCLUSIVE MODE`);
  }

  async write(tx: Tx, actor: Actor, { importId }: ImportQuestion, rows: readonly CheckedRow[]): Promise<void> {
    const planned = rows.map((row) => {
      const plan = row.plan as PersonPlan;
      return { plan, person: listedPerson(row, plan.act === 'insert' ? plan.unitId : 0) };
    });
    const added = planned.flatMap(({ plan, person }) => (plan.act === 'insert' ? [person] : []));
    const changed = planned.flatMap(({ plan, person }) => (plan.act === 'update' ? [{ ...person, ...plan }] : []));
    const effects = [...(await this.insert(tx, actor, added)), ...(await this.update(tx, changed))];
    await this.effects.add(tx, importId, effects);
  }

  /** Admissions are posted, and everybody is put on the list of those to be compared with the others. */
  async end(tx: Tx, _: Actor, { importId }: ImportQuestion): Promise<void> {
    const written = `SELECT record_id FROM import_effect WHERE import_id = $1 AND what = 'person'`;
    await tx.query(`INSERT INTO person_check (person_id) ${written} ON CONFLICT DO NOTHING`, [importId]);
    const admitted = await tx.query<{ id: number }>(
      `SELECT id FROM person WHERE id IN (${written}) AND admitted_on IS NOT NULL`,
      [importId],
    );
    await this.news.admitted(
      tx,
      admitted.map(({ id }) => id),
    );
    await this.mustLast(tx, importId);
  }

  /** Asked once they are written, for a reorganisation lets nobody in while it moves the others. @throws Refused `people.unit_ended` */
  private async mustLast(tx: Tx, importId: number): Promise<void> {
    const units = await tx.query<{ id: number }>(
      `SELECT DISTINCT p.unit_id AS id FROM import_effect e JOIN person p ON p.id = e.record_id
        WHERE e.import_id = $1 AND e.what = 'person' AND e.act = 'INSERTED'`,
      [importId],
    );
    const ends = await this.tree.ends(
      tx,
      units.map(({ id }) => id),
    );
    const [ended] = [...ends.values()].filter((day) => day <= this.clock.today());
    if (ended) throw new Refused('people.unit_ended', endedSince(ended), 'unit', 'conflict');
  }

  undo(tx: Tx, actor: Actor, { importId }: ImportQuestion): Promise<void> {
    return this.undoing.undo(tx, actor, importId);
  }

  /** Everybody on record whom one of the lines may mean, by line. */
  private async candidates(
    q: Queryable,
    actor: Actor,
    listed: readonly ListedPerson[],
  ): Promise<Map<number, Candidate[]>> {
    const given = listed.map(({ row, memberCard, serviceNumber, unitId, nameFolded, birthYear }) => ({
      row,
      card: memberCard,
      number: serviceNumber,
      unit: unitId,
      name: nameFolded,
      year: birthYear,
    }));
    const params: unknown[] = [JSON.stringify(given)];
    const inScope = this.tree.inScope('p.unit_id', scopeOf(actor, this.permission), params);
    const cleared = this.tree.inScope('p.unit_id', scopeOf(actor, 'restricted.read'), params);
    const found = await q.query<Candidate>(
      `WITH g AS MATERIALIZED (SELECT * FROM jsonb_to_recordset($1::jsonb) AS g (row int, card text, number text, unit int, name text, year int)),
            hit AS (
         SELECT g.row, 1 AS rank, n.id FROM g JOIN person n ON n.member_card = g.card
         UNION SELECT g.row, 2, n.id FROM g JOIN person n ON n.service_number = g.number
         UNION SELECT g.row, 3, n.id FROM g JOIN person n ON n.unit_id = g.unit AND n.name_folded = g.name AND n.birth_year = g.year)
       SELECT DISTINCT ON (hit.row, hit.rank, p.id) hit.row, (ARRAY['CARD', 'NUMBER', 'NAME'])[hit.rank] AS by, p.id, p.version,
              p.full_name AS "fullName", p.name_folded AS "nameFolded", p.birth_year AS "birthYear", p.gender, p.unit_id AS "unitId",
              p.member_card AS "memberCard", p.service_number AS "serviceNumber", p.admitted_on AS "admittedOn", (${inScope} AND (p.classification <> 'RESTRICTED' OR ${cleared})) AS visible
         FROM hit JOIN person n ON n.id = hit.id JOIN person p ON p.id = coalesce(n.identity_id, n.id)
        ORDER BY hit.row, hit.rank, p.id`,
      params,
    );
    const byRow = new Map<number, Candidate[]>();
    for (const one of found) {
      const known = byRow.get(one.row);
      if (known) known.push(one);
      else byRow.set(one.row, [one]);
    }
    return byRow;
  }

  private async insert(tx: Tx, actor: Actor, people: readonly ListedPerson[]): Promise<ImportEffect[]> {
    if (people.length === 0) return [];
    const made = await tx.query<{ id: number; row: number }>(
      `WITH given AS MATERIALIZED (
         SELECT nextval(pg_get_serial_sequence('person', 'id'))::int AS id, g.* FROM jsonb_to_recordset($1::jsonb)
           AS g (row int, "fullName" text, "givenName" text, "nameFolded" text, "birthYear" int, gender text, "unitId" int, "memberCard" text,
                 "serviceNumber" text, "admittedOn" date)
       ), made AS (
         INSERT INTO person (id, full_name, given_name, name_folded, birth_year, gender, unit_id, member_card, service_number, admitted_on, classification, recorded_on)
         SELECT id, "fullName", "givenName", "nameFolded", "birthYear", gender, "unitId", "memberCard", "serviceNumber", "admittedOn", 'INTERNAL', $2 FROM given
       ), member AS (
         INSERT INTO membership (person_id, unit_id, recorded_on, recorded_by) SELECT id, "unitId", $2, $3 FROM given
       )
       SELECT id, row FROM given`,
      [JSON.stringify(people), this.clock.today(), actor.name],
    );
    const fingerprints = new Map(people.map(({ row, fingerprint }) => [row, fingerprint]));
    return made.map(({ id, row }) => ({
      row,
      what: 'person',
      recordId: id,
      act: 'INSERTED',
      before: null,
      version: 1,
      fingerprint: fingerprints.get(row) ?? null,
    }));
  }

  /** What the list does not say stays as it is. */
  private async update(
    tx: Tx,
    people: readonly (ListedPerson & { id: number; version: number })[],
  ): Promise<ImportEffect[]> {
    if (people.length === 0) return [];
    const before = await tx.query<{ id: number; before: object }>(
      `WITH given AS MATERIALIZED (
         SELECT * FROM jsonb_to_recordset($1::jsonb) AS g (id int, "fullName" text, "givenName" text, "nameFolded" text, "birthYear" int,
                gender text, "memberCard" text, "serviceNumber" text, "admittedOn" date)
       ), old AS MATERIALIZED (SELECT p.* FROM person p JOIN given g USING (id)), done AS (
         UPDATE person p SET full_name = g."fullName", given_name = g."givenName", name_folded = g."nameFolded",
                birth_year = coalesce(g."birthYear", p.birth_year), gender = coalesce(g.gender, p.gender),
                member_card = coalesce(g."memberCard", p.member_card), service_number = coalesce(g."serviceNumber", p.service_number),
                admitted_on = coalesce(g."admittedOn", p.admitted_on), version = p.version + 1
           FROM given g WHERE p.id = g.id
       )
       SELECT id, jsonb_build_object('fullName', full_name, 'givenName', given_name, 'nameFolded', name_folded, 'birthYear', birth_year,
                'gender', gender, 'memberCard', member_card, 'serviceNumber', service_number, 'admittedOn', admitted_on, 'version', version) AS before FROM old`,
      [JSON.stringify(people)],
    );
    const byId = new Map(before.map((one) => [one.id, one.before]));
    return people.map(({ id, row, version, fingerprint }) => {
      const was = byId.get(id);
      if (!was) throw new Refused('people.gone', `Dòng ${row}: hồ sơ không còn.`, null, 'conflict');
      return { row, what: 'person', recordId: id, act: 'CHANGED', before: was, version: version + 1, fingerprint };
    });
  }
}

const endedSince = (day: Day): string =>
  `Đơn vị này đã chấm dứt từ ngày ${printDay(day)}; hãy ghi đơn vị kế thừa hoặc đơn vị khác.`;

function unitEnded(row: number, day: Day): RowVerdict {
  const problems = [{ column: 'unit', code: 'people.unit_ended', message: endedSince(day) }];
  return { row, verdict: 'WRONG', problems };
}

function unitProblem(row: number, unit: 'missing' | 'unknown' | 'ambiguous', text: string | null): RowVerdict {
  const message = {
    missing: 'Thiếu “Mã đơn vị”.',
    unknown: `Không có đơn vị “${text}” trong phạm vi của lần nhập này.`,
    ambiguous: `Có nhiều đơn vị tên “${text}”: hãy ghi mã đơn vị.`,
  }[unit];
  return { row, verdict: 'WRONG', problems: [{ column: 'unit', code: `people.unit_${unit}`, message }] };
}
