import { Injectable } from '@nestjs/common';
import { fold, tidy, type Actor, type Classification } from '@lib/kernel';
import { audit, Clock, type Queryable, type Tx } from '@lib/platform';
import { PeopleQueries } from './people.queries.js';
import { People } from './people.service.js';
import { sameName, storedName } from './person.rules.js';
import type { Gender } from './person.entity.js';

/** Who a line of a list means: name, birth year and unit together. Without a year nobody is told apart. */
export interface Named {
  readonly name: string;
  readonly birthYear: number;
  readonly unitId: number;
}

export interface NewNamed extends Named {
  readonly gender: Gender | null;
  readonly classification: Classification;
}

/** What {@link People.findOrCreate} does for one recipient, for whole lists. */
@Injectable()
export class NamedPeople {
  constructor(
    private readonly clock: Clock,
    private readonly people: People,
    private readonly queries: PeopleQueries,
  ) {}

  /** In the order given: the people that each may mean. None: nobody is known so; several: somebody has to choose. */
  async match(q: Queryable, named: readonly Named[]): Promise<number[][]> {
    const rows = await q.query<{ place: number; id: number; fullName: string }>(
      `SELECT n.place::int, p.id, p.full_name AS "fullName"
         FROM unnest($1::text[], $2::int[], $3::int[]) WITH ORDINALITY AS n (folded, year, unit_id, place)
         JOIN person p ON p.name_folded = n.folded AND p.birth_year = n.year AND p.unit_id = n.unit_id ORDER BY 1, 2`,
      [named.map(({ name }) => fold(name)), named.map(({ birthYear }) => birthYear), named.map(({ unitId }) => unitId)],
    );
    const same = rows.filter(({ place, fullName }) => sameName(fullName, tidy(named[place - 1]?.name ?? '')));
    const identities = await this.queries.identities(
      q,
      same.map(({ id }) => id),
    );
    const found: Set<number>[] = named.map(() => new Set());
    for (const { place, id } of same) found[place - 1]?.add(identities.get(id) ?? id);
    return found.map((ids) => [...ids]);
  }

  /** Whoever records one of these at the same time waits: the same lock as for a single person, in one order. */
  async lock(tx: Tx, named: readonly Named[]): Promise<void> {
    const keys = named.map(({ name, birthYear, unitId }) => `${fold(name)}|${birthYear}|${unitId}`);
    await tx.query(
      `SELECT pg_advisory_xact_lock(hashtext('person identity'), k) FROM (SELECT DISTINCT hashtext(key) AS k FROM unnest($1::text[]) AS key ORDER BY 1) keys`,
      [keys],
    );
  }

  /** Ids in the order given. The caller has found the units in the actor's scope, and nobody by {@link match}. */
  async create(tx: Tx, actor: Actor, named: readonly NewNamed[]): Promise<number[]> {
    if (named.length === 0) return [];
    const today = this.clock.today();
    const stored = named.map((one) => ({ ...one, ...storedName(one.name, 'name') }));
    // Numbered first, so that each line keeps its person.
    const numbers = await tx.query<{ id: number }>(
      `SELECT nextval(pg_get_serial_sequence('person', 'id'))::int AS id FROM generate_series(1, $1::int)`,
      [named.length],
    );
    const ids = numbers.map(({ id }) => id);
    await tx.query(
      `INSERT INTO person (id, full_name, given_name, name_folded, birth_year, gender, unit_id, classification, recorded_on)
       SELECT p.id, p."fullName", p."givenName", p."nameFolded", p."birthYear", p.gender, p."unitId", p.classification, $2
         FROM jsonb_to_recordset($1::jsonb) AS p (id int, "fullName" text, "givenName" text, "nameFolded" text, "birthYear" int, gender text, "unitId" int, classification text)`,
      [JSON.stringify(stored.map((one, place) => ({ ...one, id: ids[place] }))), today],
    );
    await tx.query(
      `INSERT INTO membership (person_id, unit_id, recorded_on, recorded_by) SELECT id, unit_id, $2, $3 FROM person WHERE id = ANY($1)`,
      [ids, today, actor.name],
    );
    await this.people.compareLater(tx, ids);
    await audit(tx, this.clock.now(), actor, 'person.recorded_many', `person:${ids[0]}`, { people: ids.length });
    return ids;
  }

  /** Of these people, those that were edited or moved since, or that something points to. */
  async pointedTo(q: Queryable, ids: readonly number[]): Promise<Set<number>> {
    const places = await q.query<{ at: string; named: string }>(
      `SELECT c.conrelid::regclass::text AS at, quote_ident(a.attname) AS named
         FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        WHERE c.contype = 'f' AND c.confrelid = 'person'::regclass AND c.conrelid::regclass::text <> ALL($1)`,
      [GOES_WITH],
    );
    const held = new Set<number>();
    for (const { at, named } of places)
      for (const row of await q.query<{ id: number }>(
        `SELECT DISTINCT ${named} AS id FROM ${at} WHERE ${named} = ANY($1)`,
        [ids],
      ))
        held.add(row.id);
    const moved = await q.query<{ id: number }>(
      `SELECT person_id AS id FROM membership WHERE person_id = ANY($1) GROUP BY person_id HAVING count(*) > 1
       UNION SELECT id FROM person WHERE id = ANY($1) AND version > 1`,
      [ids],
    );
    for (const { id } of moved) held.add(id);
    return held;
  }

  /** Takes people out that were made by mistake and that nothing points to: the caller has asked {@link pointedTo}. */
  async forget(tx: Tx, actor: Actor, ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return;
    await tx.query(`DELETE FROM person_duplicate WHERE a_id = ANY($1) OR b_id = ANY($1)`, [ids]);
    await tx.query(`DELETE FROM person_check WHERE person_id = ANY($1)`, [ids]);
    await tx.query(`DELETE FROM membership WHERE person_id = ANY($1)`, [ids]);
    await tx.query(`DELETE FROM person WHERE id = ANY($1)`, [ids]);
    await audit(tx, this.clock.now(), actor, 'person.forgotten', `person:${ids[0]}`, { people: ids.length });
  }
}

/** What a person has from the first day on; nobody worked on it. */
const GOES_WITH = ['membership', 'person_duplicate'];
