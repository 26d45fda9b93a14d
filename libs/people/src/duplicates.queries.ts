import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, scopeOf, subtree, type Actor, type Day } from '@lib/kernel';
import { reader } from '@lib/platform';
import { UnitTree } from '@lib/units';
import type { DuplicatesQuery } from './people.dto.js';
import { PeopleQueries, type PersonView } from './people.queries.js';

/** Two records that may be one person. */
export interface DuplicateView {
  readonly id: number;
  readonly a: PersonView;
  readonly b: PersonView;
  /** 0–100. */
  readonly score: number;
  readonly reasons: readonly string[];
  readonly foundOn: Day;
}

export interface DuplicatePage {
  readonly items: DuplicateView[];
  readonly next: string | null;
}

interface DuplicateRow {
  readonly id: number;
  readonly a: number;
  readonly b: number;
  readonly score: number;
  readonly reasons: readonly string[];
  readonly foundOn: Day;
}

const PAGE = 20;

@Injectable()
export class DuplicateQueries {
  constructor(
    private readonly db: DataSource,
    private readonly tree: UnitTree,
    private readonly people: PeopleQueries,
  ) {}

  /** Only pairs of which the reader may read and merge both: half a pair would tell of somebody elsewhere. The likeliest first. */
  async list(actor: Actor, { unit, after, limit = PAGE }: DuplicatesQuery): Promise<DuplicatePage> {
    const q = reader(this.db);
    const params: unknown[] = [];
    const where = [`d.state = 'OPEN'`, 'a.identity_id IS NULL', 'b.identity_id IS NULL'];
    for (const alias of ['a', 'b'])
      for (const permission of ['person.merge', 'person.read'] as const)
        where.push(this.people.visible(actor, permission, params, alias));
    if (unit) {
      const root = subtree(await this.tree.idOf(q, unit, scopeOf(actor, 'person.read')));
      const [a, b] = ['a', 'b'].map((alias) => this.tree.inScope(`${alias}.unit_id`, root, params));
      where.push(`(${a} OR ${b})`);
    }
    if (after) {
      const [score, id] = placeOf(after);
      where.push(`(-d.score, d.id) > ($${params.push(-score)}::int, $${params.push(id)}::int)`);
    }
    const rows = await q.query<DuplicateRow>(
      `SELECT d.id, d.a_id AS a, d.b_id AS b, d.score, d.reasons, d.found_on AS "foundOn"
         FROM person_duplicate d JOIN person a ON a.id = d.a_id JOIN person b ON b.id = d.b_id
        WHERE ${where.join(' AND ')} ORDER BY d.score DESC, d.id LIMIT $${params.push(limit + 1)}`,
      params,
    );
    const page = rows.slice(0, limit);
    const people = await this.people.views(
      q,
      await this.people.rows(
        q,
        page.flatMap(({ a, b }) => [a, b]),
      ),
    );
    const byId = new Map(people.map((person) => [person.id, person]));
    const last = page.at(-1);
    return {
      items: page.flatMap((row) => {
        const [a, b] = [byId.get(row.a), byId.get(row.b)];
        return a && b ? [{ ...row, a, b }] : [];
      }),
      next: rows.length > limit && last ? `${last.score}.${last.id}` : null,
    };
  }
}

/** @throws Refused `people.cursor_unknown` */
function placeOf(cursor: string): [number, number] {
  const [, score, id] = /^(\d{1,3})\.(\d{1,9})$/.exec(cursor) ?? [];
  if (!score || !id)
    throw new Refused('people.cursor_unknown', 'Trang tiếp theo không hợp lệ; hãy tải lại danh sách.', 'after');
  return [Number(score), Number(id)];
}
