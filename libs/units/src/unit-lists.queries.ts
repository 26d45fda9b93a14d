import { Injectable } from '@nestjs/common';
import { fold, type Scope } from '@lib/kernel';
import { Clock, type Queryable } from '@lib/platform';
import { NOW } from './chains.sql.js';
import { UnitTree } from './unit-tree.js';
import { UNIT_CODE } from './units.dto.js';

/** More are not offered in a drop-down: nobody scrolls so far. */
const MOST_OFFERED = 2_000;

/** What a cell of a list says of a unit. */
export type NamedUnit = { readonly id: number } | 'unknown' | 'ambiguous';

/** Units as lists name them: offered in templates, and found again by code or name. */
@Injectable()
export class UnitLists {
  constructor(
    private readonly clock: Clock,
    private readonly tree: UnitTree,
  ) {}

  /** Code and name of the units of the scope that exist today, for the drop-down of a template. */
  async choices(q: Queryable, scope: Scope): Promise<{ value: string; label: string }[]> {
    const params: unknown[] = [this.clock.today(), MOST_OFFERED];
    return q.query(
      `SELECT u.code AS value, v.name AS label FROM unit u
         JOIN unit_version v ON v.unit_id = u.id AND v.tto = ${NOW} AND v.vfrom <= $1 AND $1 < v.vto
        WHERE ${this.tree.inScope('u.id', scope, params)} ORDER BY v.name, u.code LIMIT $2`,
      params,
    );
  }

  /** By code, else by the name of today where only one unit of the scope bears it; accents and case apart. */
  async named(q: Queryable, texts: readonly string[], scope: Scope): Promise<Map<string, NamedUnit>> {
    const distinct = [...new Set(texts)];
    const codes = await this.tree.idsOf(
      q,
      distinct.map((text) => text.toUpperCase()).filter((text) => UNIT_CODE.test(text)),
      scope,
    );
    const others = distinct.filter((text) => !codes.has(text.toUpperCase()));
    const names = await this.byName(q, others.map(fold), scope);
    return new Map(
      distinct.map((text): [string, NamedUnit] => {
        const byCode = codes.get(text.toUpperCase());
        if (byCode !== undefined) return [text, { id: byCode }];
        const [id, second] = names.get(fold(text)) ?? [];
        return [text, id === undefined ? 'unknown' : second === undefined ? { id } : 'ambiguous'];
      }),
    );
  }

  private async byName(q: Queryable, folded: readonly string[], scope: Scope): Promise<Map<string, number[]>> {
    if (folded.length === 0) return new Map();
    const params: unknown[] = [folded, this.clock.today()];
    // The index knows words: each name is looked for by its own, then compared whole.
    const rows = await q.query<{ name: string; ids: number[] }>(
      `SELECT v.name_folded AS name, array_agg(v.unit_id ORDER BY v.unit_id) AS ids FROM unnest($1::text[]) AS given (name)
         JOIN unit_version v ON v.tto = ${NOW} AND to_tsvector('simple', v.name_folded) @@ plainto_tsquery('simple', given.name)
          AND v.name_folded = given.name AND v.vfrom <= $2 AND $2 < v.vto
        WHERE ${this.tree.inScope('v.unit_id', scope, params)} GROUP BY v.name_folded`,
      params,
    );
    return new Map(rows.map(({ name, ids }) => [name, ids]));
  }
}
