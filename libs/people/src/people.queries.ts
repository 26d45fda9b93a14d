import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { fold, scopeOf, subtree, type Actor, type Classification, type Day, type Permission } from '@lib/kernel';
import { reader, type Queryable } from '@lib/platform';
import { UnitTree, type UnitRef } from '@lib/units';
import type { PeopleQuery } from './people.dto.js';
import type { Gender } from './person.entity.js';
import { cardNumber, cursorOf, placeOf } from './person.rules.js';
import { searchPeople } from './person-search.js';
import { identityOf, recordsOf } from './person.sql.js';

export interface PersonView {
  readonly id: number;
  readonly name: string;
  readonly birthYear: number | null;
  readonly gender: Gender | null;
  readonly unit: UnitRef | null;
  readonly memberCard: string | null;
  readonly serviceNumber: string | null;
  readonly admittedOn: Day | null;
  readonly classification: Classification;
  readonly version: number;
}

/** What another room needs of a recipient. */
export interface PersonFacts {
  readonly id: number;
  readonly fullName: string;
  readonly birthYear: number | null;
  readonly gender: Gender | null;
  readonly unitId: number;
  readonly classification: Classification;
}

export interface PersonRow extends PersonFacts {
  readonly memberCard: string | null;
  readonly serviceNumber: string | null;
  readonly admittedOn: Day | null;
  readonly version: number;
}

const PAGE = 50;
/** Scopes of more units are asked of row by row. */
const FEW_UNITS = 5_000;

export const PERSON_COLUMNS = `p.id, p.full_name AS "fullName", p.birth_year AS "birthYear", p.gender, p.unit_id AS "unitId",
  p.member_card AS "memberCard", p.service_number AS "serviceNumber", p.admitted_on AS "admittedOn", p.classification, p.version`;

@Injectable()
export class PeopleQueries {
  constructor(
    private readonly db: DataSource,
    private readonly tree: UnitTree,
  ) {}

  /** One page in Vietnamese order: given name, then family and middle name. Merged records are found under the one that stands. */
  async list(
    actor: Actor,
    { q: text, unit, after, limit = PAGE }: PeopleQuery,
  ): Promise<{ items: PersonView[]; next: string | null }> {
    const q = reader(this.db);
    const root = unit ? await this.tree.idOf(q, unit, scopeOf(actor, 'person.read')) : null;
    const place = after ? placeOf(after) : null;
    const numbered = !place && /\d/.test(text ?? '') ? await this.byNumber(q, actor, text ?? '', root) : [];
    if (numbered.length > 0) return { items: await this.views(q, numbered), next: null };
    const units = await this.unitsOf(q, actor, root);
    const hits = await searchPeople(q, {
      words: fold(text ?? '')
        .split(' ')
        .filter(Boolean),
      after: place,
      limit: limit + 1,
      few: units && ((params) => `p.unit_id = ANY($${params.push(units)}::int[])`),
      visible: (params) =>
        units
          ? `p.unit_id = ANY($${params.push(units)}::int[]) AND ${this.cleared(actor, params)}`
          : `${this.visible(actor, 'person.read', params)}${root ? ` AND ${this.tree.inScope('p.unit_id', subtree(root), params)}` : ''}`,
    });
    const page = hits.slice(0, limit);
    const last = page.at(-1);
    const rows = await this.rows(
      q,
      page.map(({ id }) => id),
    );
    return { items: await this.views(q, rows), next: hits.length > limit && last ? cursorOf(last) : null };
  }

  /** Null for an unknown person and one outside the actor's scope alike; a merged record answers with the one that stands. */
  async inScope(
    q: Queryable,
    actor: Actor,
    id: number,
    permission: Permission = 'person.read',
  ): Promise<PersonFacts | null> {
    const params: unknown[] = [id];
    const [row] = await q.query<PersonRow>(
      `SELECT ${PERSON_COLUMNS} FROM person p WHERE p.id = ${identityOf('$1::int')} AND ${this.visible(actor, permission, params)}`,
      params,
    );
    return row ?? null;
  }

  /** The person an account is; null where nobody has said. */
  async personOf(q: Queryable, accountId: number | null): Promise<number | null> {
    const [row] = await q.query<{ personId: number }>(
      `SELECT ${identityOf('ap.person_id')} AS "personId" FROM account_person ap WHERE ap.account_id = $1`,
      [accountId],
    );
    return row?.personId ?? null;
  }

  /** The account, and every other account of the same person. */
  async accountsOf(q: Queryable, accountId: number): Promise<number[]> {
    const rows = await q.query<{ accountId: number }>(
      `SELECT other.account_id AS "accountId" FROM account_person mine JOIN account_person other ON other.person_id IN ${recordsOf('mine.person_id')}
        WHERE mine.account_id = $1`,
      [accountId],
    );
    return [...new Set([accountId, ...rows.map((row) => row.accountId)])];
  }

  /** Of each record the one that stands for its person: itself unless it was merged. */
  async identities(q: Queryable, ids: readonly number[]): Promise<Map<number, number>> {
    const rows = await q.query<{ id: number; identity: number }>(
      `SELECT id, coalesce(identity_id, id) AS identity FROM person WHERE id = ANY($1)`,
      [[...new Set(ids)]],
    );
    return new Map(rows.map(({ id, identity }) => [id, identity]));
  }

  /** The two records are of one person. */
  async same(q: Queryable, a: number, b: number): Promise<boolean> {
    const identities = await this.identities(q, [a, b]);
    return identities.get(a) === identities.get(b);
  }

  async view(q: Queryable, id: number): Promise<PersonView | null> {
    return (await this.views(q, await this.rows(q, [id])))[0] ?? null;
  }

  /** Whole rows in list order, whatever the scope: the caller has checked it. */
  rows(q: Queryable, ids: readonly number[]): Promise<PersonRow[]> {
    return q.query<PersonRow>(
      `SELECT ${PERSON_COLUMNS} FROM person p WHERE p.id = ANY($1) ORDER BY p.given_name, p.full_name, p.id`,
      [ids],
    );
  }

  async views(q: Queryable, rows: readonly PersonRow[]): Promise<PersonView[]> {
    const refs = await this.tree.refs(
      q,
      rows.map((row) => row.unitId),
    );
    return rows.map(({ fullName, unitId, ...row }) => ({ ...row, name: fullName, unit: refs.get(unitId) ?? null }));
  }

  /** Of these people, those that the actor may read, as a list names them. */
  async visibleNames(
    q: Queryable,
    actor: Actor,
    ids: readonly number[],
  ): Promise<{ id: number; name: string; birthYear: number | null }[]> {
    const params: unknown[] = [ids];
    return q.query(
      `SELECT p.id, p.full_name AS name, p.birth_year AS "birthYear" FROM person p WHERE p.id = ANY($1) AND ${this.visible(actor, 'person.read', params)}`,
      params,
    );
  }

  /** SQL condition on the person aliased `alias`: a restricted one needs `restricted.read` on the person's unit as well. */
  visible(actor: Actor, permission: Permission, params: unknown[], alias = 'p'): string {
    const inScope = this.tree.inScope(`${alias}.unit_id`, scopeOf(actor, permission), params);
    return `(${inScope}) AND ${this.cleared(actor, params, alias)}`;
  }

  private cleared(actor: Actor, params: unknown[], alias = 'p'): string {
    const scope = scopeOf(actor, 'restricted.read');
    return `(${alias}.classification <> 'RESTRICTED' OR ${this.tree.inScope(`${alias}.unit_id`, scope, params)})`;
  }

  /** Whose card or service number it is, also where the record that bears it was merged. */
  private byNumber(q: Queryable, actor: Actor, text: string, root: number | null): Promise<PersonRow[]> {
    const params: unknown[] = [cardNumber(text)];
    const within = root ? ` AND ${this.tree.inScope('p.unit_id', subtree(root), params)}` : '';
    return q.query<PersonRow>(
      `SELECT ${PERSON_COLUMNS} FROM person p
        WHERE p.id IN (SELECT coalesce(n.identity_id, n.id) FROM person n WHERE n.member_card = $1 OR n.service_number = $1)
          AND ${this.visible(actor, 'person.read', params)}${within} ORDER BY p.given_name, p.full_name, p.id`,
      params,
    );
  }

  /** The units that the reader asks about, where they are few. */
  private async unitsOf(q: Queryable, actor: Actor, root: number | null): Promise<number[] | null> {
    const scope = scopeOf(actor, 'person.read');
    const ids = await this.tree.fewIn(q, root === null ? scope : subtree(root), FEW_UNITS);
    if (ids === null || root === null || scope.everywhere) return ids;
    const params: unknown[] = [ids];
    const mine = await q.query<{ id: number }>(
      `SELECT u.id FROM unit u WHERE u.id = ANY($1) AND ${this.tree.inScope('u.id', scope, params)}`,
      params,
    );
    return mine.map(({ id }) => id);
  }
}
