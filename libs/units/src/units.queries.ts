import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  fold,
  may,
  scopeOf,
  type Actor,
  type Classification,
  type Day,
  type Level,
  type Permission,
} from '@lib/kernel';
import { Clock, reader } from '@lib/platform';
import { presentOn, subtreeOn } from './below.sql.js';
import { NOW } from './chains.sql.js';
import { StrengthsService, type StrengthView } from './strengths.service.js';
import { UnitTree, type UnitRef } from './unit-tree.js';

export interface UnitNode extends UnitRef {
  readonly levelName: string;
  readonly parent: string | null;
  readonly childCount: number;
  readonly suspended: boolean;
  readonly classification: Classification;
  /** null: unknown. */
  readonly validFrom: Day | null;
  /** First day after; null while it exists. */
  readonly validTo: Day | null;
}

/** A unit with the name of the one above it, for lists that leave the house. */
export interface UnitListRow extends UnitNode {
  readonly parentName: string | null;
}

/** A unit as it was from one day to another. */
export interface UnitVersionView {
  readonly validFrom: Day | null;
  /** First day after; null while it lasts. */
  readonly validTo: Day | null;
  readonly parent: string | null;
  readonly level: Level;
  readonly kind: string | null;
  readonly name: string;
  readonly suspended: boolean;
  readonly recordedOn: Day;
}

export interface UnitDetail extends UnitNode {
  readonly path: readonly UnitRef[];
  readonly versions: readonly UnitVersionView[];
  readonly strengths: readonly StrengthView[];
  readonly offices: readonly { code: string; name: string }[];
  readonly abilities: { change: boolean; declareStrength: boolean; recordAward: boolean };
}

/** One unit on the day `$1`; appended to by WHERE and ORDER. */
const NODE = `
  SELECT u.id, u.code, v.name, v.level, v.suspended, u.classification, parent.code AS parent,
         nullif(u.born, '-infinity') AS "validFrom", nullif(u.ended, 'infinity') AS "validTo",
         (SELECT count(*)::int FROM unit_version c
           WHERE c.parent_id = u.id AND c.tto = ${NOW} AND c.vfrom <= $1 AND $1 < c.vto) AS "childCount"
    FROM unit u
    JOIN unit_version v ON v.unit_id = u.id AND v.tto = ${NOW}
     AND v.vfrom <= least(greatest($1::date, u.born), u.ended - 1) AND v.vto > least(greatest($1::date, u.born), u.ended - 1)
    LEFT JOIN unit parent ON parent.id = v.parent_id`;

/** As many direct sub-units are read at once. */
const CHILDREN = 100;

type NodeRow = Omit<UnitNode, 'levelName'> & { id: number };

/** Reads of the tree for the screens. */
@Injectable()
export class UnitsQueries {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly strengths: StrengthsService,
  ) {}

  /**
   * Direct sub-units of `parent` on a day by name, or the roots of what the actor may read; `after`: the code of the last one
   * read. A page at a time, for a federation may have thousands.
   */
  async children(
    actor: Actor,
    parent: string | null,
    on: Day = this.clock.today(),
    { after, limit = CHILDREN }: { readonly after?: string | undefined; readonly limit?: number | undefined } = {},
  ): Promise<{ items: UnitNode[]; next: string | null }> {
    const q = reader(this.db);
    const scope = scopeOf(actor, 'unit.read');
    if (parent === null) {
      const where = scope.everywhere
        ? { sql: `v.parent_id IS NULL`, params: [on] as unknown[] }
        : { sql: `u.id = ANY($2::int[])`, params: [on, scope.roots] as unknown[] };
      const roots = `${NODE} WHERE ${where.sql} ORDER BY v.name, u.code`;
      return { items: this.nodes(await q.query<NodeRow>(roots, where.params)), next: null };
    }
    const id = await this.tree.idOf(q, parent, scope, 'parent');
    const params: unknown[] = [on, id];
    const seen = this.tree.inScope('u.id', scope, params);
    const following =
      after === undefined
        ? ''
        : `AND (v.name, u.code) > (SELECT av.name, au.code FROM unit au JOIN unit_version av ON av.unit_id = au.id AND av.tto = ${NOW} AND av.vfrom <= $1 AND $1 < av.vto
             WHERE av.parent_id = $2 AND au.code = $${params.push(after)} AND ${this.tree.inScope('au.id', scope, params)})`;
    const rows = await q.query<NodeRow>(
      `${NODE} WHERE v.parent_id = $2 AND v.vfrom <= $1 AND $1 < v.vto AND ${seen} ${following} ORDER BY v.name, u.code LIMIT $${params.push(limit + 1)}`,
      params,
    );
    const page = rows.slice(0, limit);
    return { items: this.nodes(page), next: rows.length > limit ? (page.at(-1)?.code ?? null) : null };
  }

  /** What {@link children} opens level by level, in one list by code: all below `parent`, or all that the actor may read. */
  async below(
    actor: Actor,
    parent: string | null,
    { on = this.clock.today(), after, limit = 200 }: { on?: Day | undefined; after?: string; limit?: number },
  ): Promise<{ items: UnitListRow[]; next: string | null }> {
    const q = reader(this.db);
    const scope = scopeOf(actor, 'unit.read');
    const params: unknown[] = [on];
    const where = [this.tree.inScope('u.id', scope, params), `v.vfrom <= $1 AND $1 < v.vto`];
    if (parent !== null) {
      const id = await this.tree.idOf(q, parent, scope, 'parent');
      where.push(`u.id IN (SELECT unit_id FROM (${subtreeOn(`$${params.push(id)}::int`, presentOn('$1::date'))}) sub)`);
    }
    if (after !== undefined) where.push(`u.code > $${params.push(after)}`);
    const rows = await q.query<NodeRow>(
      `${NODE} WHERE ${where.join(' AND ')} ORDER BY u.code LIMIT $${params.push(limit + 1)}`,
      params,
    );
    const page = this.nodes(rows.slice(0, limit));
    // The one above may be restricted: its code stands in the tree, its name only where the reader sees it.
    const seen = await this.tree.idsOf(q, [...new Set(page.flatMap((node) => node.parent ?? []))], scope);
    const names = await this.tree.refs(q, [...seen.values()], on);
    const nameOf = (code: string | null): string | null => names.get(seen.get(code ?? '') ?? 0)?.name ?? null;
    return {
      items: page.map((node) => ({ ...node, parentName: nameOf(node.parent) })),
      next: rows.length > limit ? (page.at(-1)?.code ?? null) : null,
    };
  }

  /** Accent-free search by the words of the name, or by the beginning of the code. */
  async search(
    actor: Actor,
    text: string,
    on: Day = this.clock.today(),
    limit = 20,
    permission: Permission = 'unit.read',
  ): Promise<(UnitNode & { path: UnitRef[] })[]> {
    const q = reader(this.db);
    const words = fold(text).split(' ').filter(Boolean);
    if (words.length === 0) return [];
    const params: unknown[] = [
      on,
      words.map((word) => `${word}:*`).join(' & '),
      `${text.trim().toUpperCase()}%`,
      limit,
    ];
    const scoped = this.tree.inScope('u.id', scopeOf(actor, permission), params);
    const rows = await q.query<NodeRow>(
      `${NODE} WHERE (to_tsvector('simple', v.name_folded) @@ to_tsquery('simple', $2) OR u.code LIKE $3) AND ${scoped}
        ORDER BY length(v.name), v.name, u.code LIMIT $4`,
      params,
    );
    const chains = await this.tree.onDay(
      q,
      rows.map((row) => row.id),
      on,
    );
    const refs = await this.tree.refs(
      q,
      [...chains.values()].flatMap((unit) => unit.chain),
      on,
    );
    return this.nodes(rows).map((node, index) => ({
      ...node,
      path: (chains.get(rows[index]?.id ?? 0)?.chain ?? []).toReversed().flatMap((id) => refs.get(id) ?? []),
    }));
  }

  async detail(actor: Actor, code: string, on: Day = this.clock.today()): Promise<UnitDetail> {
    const q = reader(this.db);
    const id = await this.tree.idOf(q, code, scopeOf(actor, 'unit.read'), 'code');
    const [row] = await q.query<NodeRow>(`${NODE} WHERE u.id = $2`, [on, id]);
    const [node] = this.nodes(row ? [row] : []);
    if (!node) throw new Error(`unit ${code} has no version`);
    const chain = (await this.tree.onDay(q, [id], on)).get(id)?.chain ?? [id];
    const refs = await this.tree.refs(q, chain, on);
    const within = async (permission: Parameters<typeof scopeOf>[1]): Promise<boolean> =>
      may(actor, permission) && (await this.tree.idsOf(q, [code], scopeOf(actor, permission))).has(code);
    return {
      ...node,
      path: chain.toReversed().flatMap((step) => refs.get(step) ?? []),
      versions: await q.query<UnitVersionView>(
        `SELECT nullif(v.vfrom, '-infinity') AS "validFrom", nullif(v.vto, 'infinity') AS "validTo", p.code AS parent, v.level, v.kind, v.name,
                v.suspended, c.recorded_on AS "recordedOn"
           FROM unit_version v JOIN unit_change c ON c.n = v.tfrom LEFT JOIN unit p ON p.id = v.parent_id
          WHERE v.unit_id = $1 AND v.tto = ${NOW} ORDER BY v.vfrom DESC`,
        [id],
      ),
      strengths: await this.strengths.all(q, id),
      offices: await q.query<{ code: string; name: string }>(
        `SELECT code, name FROM office WHERE unit_id = $1 ORDER BY name`,
        [id],
      ),
      abilities: {
        change: await within('unit.change'),
        declareStrength: await within('strength.declare'),
        recordAward: await within('award.record'),
      },
    };
  }

  async outsideBodies(text: string | null): Promise<{ code: string; name: string; level: Level }[]> {
    return reader(this.db).query(
      `SELECT code, name, level FROM outside_body WHERE $1 = '' OR name_folded LIKE '%' || $1 || '%' OR lower(code) = $1 ORDER BY name LIMIT 50`,
      [fold(text ?? '')],
    );
  }

  private nodes(rows: readonly NodeRow[]): UnitNode[] {
    return rows.map(({ id: _id, ...row }) => ({ ...row, levelName: this.tree.levelName(row.level) }));
  }
}
