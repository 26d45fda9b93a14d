import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, tidy, type Actor } from '@lib/kernel';
import { audit, Clock, transact, type Queryable, type Tx } from '@lib/platform';
import { likenessOf, PROPOSED_FROM, type Pair } from './duplicates.rules.js';
import { PeopleQueries } from './people.queries.js';

/** Of these pairs of records (`a|b`), those that stand in lists of one decision. A room above knows decisions. */
export type SharedDecisions = (q: Queryable, pairs: readonly (readonly [number, number])[]) => Promise<Set<string>>;

const BATCH = 500;
/** A name that so few records bear is rare. */
const RARE = 3;

/**
 * Proposals of records that may be one person. What was recorded or changed waits in a table and a job compares it: only
 * people of the same folded name who are near one another in unit or birth year, never everybody with everybody.
 */
@Injectable()
export class Duplicates {
  private shared: SharedDecisions = async () => new Set();

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly people: PeopleQueries,
  ) {}

  decisionsBy(shared: SharedDecisions): void {
    this.shared = shared;
  }

  /** Compares everything that waits. Returns how many records were compared. */
  async run(): Promise<number> {
    let compared = 0;
    for (;;) {
      const count = await transact(this.db, (tx) => this.step(tx));
      if (count === 0) return compared;
      compared += count;
    }
  }

  /** Two different people: not proposed again. */
  async reject(actor: Actor, id: number, reason: string): Promise<void> {
    await transact(this.db, async (tx) => {
      const params: unknown[] = [id];
      const [a, b] = ['a', 'b'].map(
        (alias) =>
          `${this.people.visible(actor, 'person.merge', params, alias)} AND ${this.people.visible(actor, 'person.read', params, alias)}`,
      );
      const [found] = await tx.query<{ state: string }>(
        `SELECT d.state FROM person_duplicate d JOIN person a ON a.id = d.a_id JOIN person b ON b.id = d.b_id
          WHERE d.id = $1 AND ${a} AND ${b} FOR UPDATE OF d`,
        params,
      );
      if (!found) throw Refused.notFound('duplicate');
      if (found.state !== 'OPEN')
        throw new Refused('people.already_decided', 'Đề xuất này đã được xử lý. Hãy tải lại trang.', null, 'conflict');
      await tx.query(
        `UPDATE person_duplicate SET state = 'REJECTED', decided_on = $2, decided_by = $3, note = $4 WHERE id = $1`,
        [id, this.clock.today(), actor.name, tidy(reason)],
      );
      await audit(tx, this.clock.now(), actor, 'person.told_apart', `person_duplicate:${id}`, {});
    });
  }

  private async step(tx: Tx): Promise<number> {
    const taken = await tx.query<{ id: number }>(
      `DELETE FROM person_check WHERE person_id IN (SELECT person_id FROM person_check ORDER BY person_id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED) RETURNING person_id AS id`,
    );
    const ids = taken.map(({ id }) => id);
    if (ids.length === 0) return 0;
    const pairs = await this.pairs(tx, ids);
    const decisions = await this.shared(
      tx,
      pairs.map(({ a, b }) => [a.id, b.id]),
    );
    const found = pairs.flatMap((pair) => {
      const { score, reasons } = likenessOf({ ...pair, sharedDecision: decisions.has(`${pair.a.id}|${pair.b.id}`) });
      return score >= PROPOSED_FROM ? [{ a: pair.a.id, b: pair.b.id, score, reasons }] : [];
    });
    await this.store(tx, ids, found);
    return ids.length;
  }

  /**
   * Each pair once, the smaller id first. Two ways lead to a candidate: a unit that either has been in, or one that such a
   * unit came out of or went into; or the same year, give or take one.
   */
  private pairs(tx: Tx, ids: readonly number[]): Promise<Omit<Pair, 'sharedDecision'>[]> {
    const facts = (alias: string): string =>
      `json_build_object('id', ${alias}.id, 'fullName', ${alias}.full_name, 'birthYear', ${alias}.birth_year, 'gender', ${alias}.gender, 'memberCard', ${alias}.member_card, 'serviceNumber', ${alias}.service_number)`;
    const unitsOf = (alias: string): string =>
      `SELECT ${alias}.unit_id UNION SELECT m.unit_id FROM membership m WHERE m.person_id = ${alias}.id AND m.removed_on IS NULL`;
    const related = (units: string): string =>
      `SELECT there.unit_id FROM unit_event_unit here JOIN unit_event e ON e.id = here.event_id AND e.kind IN ('MERGE', 'SPLIT')
         JOIN unit_event_unit there ON there.event_id = here.event_id AND there.role IN ('PREDECESSOR', 'SUCCESSOR') AND there.unit_id <> here.unit_id
        WHERE here.role IN ('PREDECESSOR', 'SUCCESSOR') AND here.unit_id IN (${units})`;
    return tx.query(
      `WITH asked AS MATERIALIZED (SELECT * FROM person WHERE id = ANY($1) AND identity_id IS NULL),
       near AS (
         SELECT one.id AS a, other.id AS b FROM asked one
          CROSS JOIN LATERAL (${unitsOf('one')} UNION ${related(unitsOf('one'))}) place (unit_id)
           JOIN person other ON other.unit_id = place.unit_id AND other.name_folded = one.name_folded AND other.id <> one.id
         UNION
         SELECT one.id, other.id FROM asked one
           JOIN person other ON other.name_folded = one.name_folded AND other.birth_year BETWEEN one.birth_year - 1 AND one.birth_year + 1 AND other.id <> one.id
       ), pair AS (SELECT DISTINCT least(a, b) AS a, greatest(a, b) AS b FROM near)
       SELECT ${facts('a')} AS a, ${facts('b')} AS b,
              CASE WHEN a.unit_id = b.unit_id THEN 'NOW'
                   WHEN EXISTS ((${unitsOf('a')}) INTERSECT (${unitsOf('b')})) THEN 'ONCE' END AS "sharedUnit",
              EXISTS ((${related(unitsOf('a'))}) INTERSECT (${unitsOf('b')})) AS "relatedUnit",
              (SELECT count(*) FROM (SELECT 1 FROM person n WHERE n.name_folded = a.name_folded AND n.identity_id IS NULL LIMIT ${RARE + 1}) few) <= ${RARE} AS "rareName"
         FROM pair JOIN person a ON a.id = pair.a JOIN person b ON b.id = pair.b
        WHERE a.identity_id IS NULL AND b.identity_id IS NULL AND coalesce(abs(a.birth_year - b.birth_year) <= 1, true)
        ORDER BY a.id, b.id`,
      [ids],
    );
  }

  /** What nobody has decided is brought up to date; what no longer looks alike is withdrawn. */
  private async store(
    tx: Tx,
    ids: readonly number[],
    found: readonly { a: number; b: number; score: number; reasons: readonly string[] }[],
  ): Promise<void> {
    await tx.query(
      `UPDATE person_duplicate d SET state = 'WITHDRAWN', decided_on = $3
        WHERE d.state = 'OPEN' AND (d.a_id = ANY($1) OR d.b_id = ANY($1)) AND NOT (d.a_id || '|' || d.b_id) = ANY($2)`,
      [ids, found.map(({ a, b }) => `${a}|${b}`), this.clock.today()],
    );
    await tx.query(
      `INSERT INTO person_duplicate AS d (a_id, b_id, score, reasons, found_on)
       SELECT f.a, f.b, f.score, f.reasons, $2 FROM json_to_recordset($1) AS f (a int, b int, score int, reasons text[])
       ON CONFLICT (a_id, b_id) DO UPDATE SET score = excluded.score, reasons = excluded.reasons, state = 'OPEN', decided_on = NULL
        WHERE d.state IN ('OPEN', 'WITHDRAWN')`,
      [JSON.stringify(found), this.clock.today()],
    );
  }
}
