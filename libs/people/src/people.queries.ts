import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { fold, scopeOf, subtree, type Actor, type Classification, type Permission } from '@lib/kernel';
import { reader, type Queryable } from '@lib/platform';
import { UnitTree, type UnitRef } from '@lib/units';
import type { PeopleQuery } from './people.dto.js';
import type { Gender } from './person.entity.js';
import { cursorOf, placeOf } from './person.rules.js';

export interface PersonView {
  readonly id: number;
  readonly name: string;
  readonly birthYear: number | null;
  readonly gender: Gender | null;
  readonly unit: UnitRef | null;
  readonly memberCard: string | null;
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

interface PersonRow extends PersonFacts {
  readonly givenName: string;
  readonly memberCard: string | null;
}

const PAGE = 50;
const COLUMNS = `p.id, p.full_name AS "fullName", p.given_name AS "givenName", p.birth_year AS "birthYear", p.gender,
  p.unit_id AS "unitId", p.member_card AS "memberCard", p.classification`;

@Injectable()
export class PeopleQueries {
  constructor(
    private readonly db: DataSource,
    private readonly tree: UnitTree,
  ) {}

  /** One page in Vietnamese order: given name, then family and middle name. */
  async list(
    actor: Actor,
    { q: text, unit, after, limit = PAGE }: PeopleQuery,
  ): Promise<{ items: PersonView[]; next: string | null }> {
    const q = reader(this.db);
    const params: unknown[] = [];
    const conditions = [this.visible(actor, 'person.read', params)];
    if (unit) {
      const root = await this.tree.idOf(q, unit, scopeOf(actor, 'person.read'));
      conditions.push(this.tree.inScope('p.unit_id', subtree(root), params));
    }
    for (const word of fold(text ?? '')
      .split(' ')
      .filter(Boolean)) {
      // Folded text holds only letters, digits and single spaces: nothing in it means anything to LIKE.
      params.push(`% ${word}%`);
      conditions.push(`' ' || p.name_folded LIKE $${params.length}`);
    }
    if (after) {
      const { givenName, fullName, id } = placeOf(after);
      params.push(givenName, fullName, id);
      const [g, f, i] = [params.length - 2, params.length - 1, params.length];
      conditions.push(`(p.given_name, p.full_name, p.id) > ($${g}, $${f}, $${i}::int)`);
    }
    params.push(limit + 1);
    const rows = await q.query<PersonRow>(
      `SELECT ${COLUMNS} FROM person p WHERE ${conditions.join(' AND ')}
        ORDER BY p.given_name, p.full_name, p.id LIMIT $${params.length}`,
      params,
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return { items: await this.views(q, page), next: rows.length > limit && last ? cursorOf(last) : null };
  }

  /** Null for an unknown person and one outside the actor's scope alike. */
  async inScope(
    q: Queryable,
    actor: Actor,
    id: number,
    permission: Permission = 'person.read',
  ): Promise<PersonFacts | null> {
    const params: unknown[] = [id];
    const [row] = await q.query<PersonRow>(
      `SELECT ${COLUMNS} FROM person p WHERE p.id = $1 AND ${this.visible(actor, permission, params)}`,
      params,
    );
    return row ?? null;
  }

  async view(q: Queryable, id: number): Promise<PersonView | null> {
    const rows = await q.query<PersonRow>(`SELECT ${COLUMNS} FROM person p WHERE p.id = $1`, [id]);
    return (await this.views(q, rows))[0] ?? null;
  }

  private async views(q: Queryable, rows: readonly PersonRow[]): Promise<PersonView[]> {
    const refs = await this.tree.refs(
      q,
      rows.map((row) => row.unitId),
    );
    return rows.map(({ id, fullName, birthYear, gender, unitId, memberCard }) => ({
      id,
      name: fullName,
      birthYear,
      gender,
      unit: refs.get(unitId) ?? null,
      memberCard,
    }));
  }

  /** A restricted person needs `restricted.read` on the person's unit as well. */
  private visible(actor: Actor, permission: Permission, params: unknown[]): string {
    const inScope = this.tree.inScope('p.unit_id', scopeOf(actor, permission), params);
    const restricted = this.tree.inScope('p.unit_id', scopeOf(actor, 'restricted.read'), params);
    return `(${inScope}) AND (p.classification <> 'RESTRICTED' OR ${restricted})`;
  }
}
