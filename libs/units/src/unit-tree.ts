import { Injectable } from '@nestjs/common';
import { LEVEL_NAMES, Refused, type Day, type Level, type Scope } from '@lib/kernel';
import { Clock, type Queryable } from '@lib/platform';
import { TREE_TABLES, type Lens } from './as-is.sql.js';
import { NOW } from './chains.sql.js';

export interface UnitRef {
  readonly code: string;
  readonly name: string;
  readonly level: Level;
}

/** A unit as it stood on a day: its own version and the way up, root first. */
export interface UnitOnDay extends UnitRef {
  readonly id: number;
  readonly chain: readonly number[];
  /** `TLĐ › LĐLĐ tỉnh › CĐVC tỉnh`: the snapshot that registers keep. */
  readonly path: string;
}

/** A unit that another lies below, or is; false where the other is restricted to those cleared there. */
export type Place = readonly [ancestorId: number, open: boolean];

const OPEN = `(su.classification <> 'RESTRICTED' OR sp.depth = 0)`;

/** A unit whose founding was taken back has no version, and is found by nobody. */
const known = (column: string): string =>
  `EXISTS (SELECT 1 FROM unit_version kv WHERE kv.unit_id = ${column} AND kv.tto = ${NOW})`;
const KNOWN = known('u.id');

/** Units that the one in `column` lies below, itself included, on the day by which it is judged. */
function abovePlaces(column: string, today: string): string {
  return `FROM unit_path sp JOIN unit su ON su.id = sp.unit_id
      WHERE sp.unit_id = ${column} AND sp.tto = ${NOW}
        AND sp.vfrom <= least(greatest(${today}::date, su.born), su.ended - 1)
        AND sp.vto > least(greatest(${today}::date, su.born), su.ended - 1)`;
}

/** The questions other rooms ask of the tree. Every hierarchy condition in the house is written in this file. */
@Injectable()
export class UnitTree {
  constructor(private readonly clock: Clock) {}

  /**
   * SQL condition: the unit in `column` lies in the scope's subtrees. A unit that has ended, or has not begun, is judged
   * by its last, or first, day, so that its history stays readable; also, for a permission that reads, by those who have
   * its successors. A restricted one must be a root itself or lie below a root that clears it. Appends its values to `params`.
   */
  inScope(column: string, scope: Scope, params: unknown[]): string {
    // A bare column would be captured by the tables inside the EXISTS, and the condition be always true.
    if (!/[.(]/.test(column)) throw new Error(`inScope needs a qualified column, not ${column}`);
    if (scope.everywhere) return 'true';
    if (scope.roots.length === 0) return 'false';
    params.push([...scope.roots, ...(scope.inherited ?? [])], scope.restrictedRoots, this.clock.today());
    return `EXISTS (SELECT 1 ${abovePlaces(column, `$${params.length}`)} AND sp.ancestor_id = ANY($${params.length - 2}::int[])
        AND (${OPEN} OR sp.ancestor_id = ANY($${params.length - 1}::int[])))`;
  }

  /**
   * Ids of the units of {@link inScope} where they are at most so many, else null: for statements that rather begin with the
   * few units of a small scope than ask of every row.
   */
  async fewIn(q: Queryable, scope: Scope, most: number): Promise<number[] | null> {
    if (scope.everywhere) return null;
    if (scope.roots.length === 0) return [];
    const roots = [...scope.roots, ...(scope.inherited ?? [])];
    const below = `FROM unit_path sp WHERE sp.ancestor_id = ANY($1::int[]) AND sp.tto = ${NOW}`;
    const many = await q.query(`SELECT 1 ${below} OFFSET ${most} LIMIT 1`, [roots]);
    if (many.length > 0) return null;
    const day = `least(greatest($3::date, su.born), su.ended - 1)`;
    const rows = await q.query<{ id: number }>(
      `SELECT DISTINCT sp.unit_id AS id FROM (SELECT sp.* ${below} OFFSET 0) sp JOIN unit su ON su.id = sp.unit_id
        WHERE sp.vfrom <= ${day} AND sp.vto > ${day} AND (${OPEN} OR sp.ancestor_id = ANY($2::int[]))`,
      [roots, scope.restrictedRoots, this.clock.today()],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * SQL condition: the unit in `column` has no version any more, for its founding was taken back, and lay in the scope's
   * subtrees by what change `change` (an SQL expression) knew. Appends its values to `params`.
   */
  wasInScope(column: string, scope: Scope, change: string, params: unknown[]): string {
    if (!/[.(]/.test(column)) throw new Error(`wasInScope needs a qualified column, not ${column}`);
    if (scope.everywhere) return 'true';
    if (scope.roots.length === 0) return 'false';
    params.push(scope.roots, scope.restrictedRoots);
    return `(NOT ${known(column)} AND EXISTS (
        SELECT 1 FROM unit_path sp JOIN unit su ON su.id = sp.unit_id
         WHERE sp.unit_id = ${column} AND sp.tfrom <= ${change} AND ${change} < sp.tto AND sp.ancestor_id = ANY($${params.length - 1}::int[])
           AND (${OPEN} OR sp.ancestor_id = ANY($${params.length}::int[]))))`;
  }

  /** SQL condition: the unit in `column` has no day in the tree, for its founding was taken back: no scope opens it. */
  unfounded(column: string): string {
    return `NOT ${known(column)}`;
  }

  /**
   * SQL condition: the unit in `column` stands above one of the scope's roots, or is it: what it launches or plans is
   * addressed to them. By today's tree. Appends its values to `params`.
   */
  above(column: string, scope: Scope, params: unknown[]): string {
    if (!/[.(]/.test(column)) throw new Error(`above needs a qualified column, not ${column}`);
    if (scope.everywhere) return 'true';
    if (scope.roots.length === 0) return 'false';
    params.push(scope.roots, this.clock.today());
    return `${column} IN (SELECT ap.ancestor_id FROM unit_path ap JOIN unit au ON au.id = ap.unit_id
        WHERE ap.unit_id = ANY($${params.length - 1}::int[]) AND ap.tto = ${NOW}
          AND ap.vfrom <= least(greatest($${params.length}::date, au.born), au.ended - 1)
          AND ap.vto > least(greatest($${params.length}::date, au.born), au.ended - 1))`;
  }

  /**
   * SQL condition: the unit in `column` is the unit `root`, or lay below it on `day` by what change `change` knew; through as-is
   * whether it, or what it left, lies there today. All four
   * are SQL expressions (`'m.unit_id'`, `'$1::int'`, `'m.day'`, `'$5::int'`). Sets are filtered by it, not readers' rights.
   */
  belowOn(column: string, root: string, day: string, change: string, lens: Lens = 'as-was'): string {
    if (!/[.(]/.test(column)) throw new Error(`belowOn needs a qualified column, not ${column}`);
    if (lens === 'as-is')
      return `${column} IN (SELECT bu.unit_id FROM unit_path_as_is bu WHERE bu.ancestor_id = ${root} AND bu.tfrom <= ${change} AND ${change} < bu.tto)`;
    // The first condition says nothing new; it lets the planner begin with the few units below a small root.
    return `(${column} IN (SELECT bu.unit_id FROM unit_path bu WHERE bu.ancestor_id = ${root})
      AND EXISTS (SELECT 1 FROM unit_path bo WHERE bo.unit_id = ${column} AND bo.ancestor_id = ${root}
        AND bo.vfrom <= ${day} AND ${day} < bo.vto AND bo.tfrom <= ${change} AND ${change} < bo.tto))`;
  }

  /**
   * {@link inScope} in two steps, for a statement that is written before the scope is known: SQL for the places of the unit in
   * `column`, which {@link sees} then judges.
   */
  places(column: string, params: unknown[]): string {
    params.push(this.clock.today());
    return `(SELECT json_agg(json_build_array(sp.ancestor_id, ${OPEN})) ${abovePlaces(column, `$${params.length}`)})`;
  }

  sees(scope: Scope, places: readonly Place[]): boolean {
    if (scope.everywhere) return true;
    return places.some(
      ([ancestor, open]) =>
        (scope.roots.includes(ancestor) || scope.inherited?.includes(ancestor)) &&
        (open || scope.restrictedRoots.includes(ancestor)),
    );
  }

  /** @throws Refused `unit.not_found` for an unknown code and for one outside the scope alike. */
  async idOf(q: Queryable, code: string, scope: Scope, field = 'unit'): Promise<number> {
    const params: unknown[] = [code];
    const [row] = await q.query<{ id: number }>(
      `SELECT u.id FROM unit u WHERE u.code = $1 AND ${KNOWN} AND ${this.inScope('u.id', scope, params)}`,
      params,
    );
    if (!row) throw Refused.notFound('unit', field);
    return row.id;
  }

  /** Ids of several codes at once; codes outside the scope are simply missing from the answer. */
  async idsOf(q: Queryable, codes: readonly string[], scope: Scope): Promise<Map<string, number>> {
    const params: unknown[] = [codes];
    const rows = await q.query<{ id: number; code: string }>(
      `SELECT u.id, u.code FROM unit u WHERE u.code = ANY($1) AND ${KNOWN} AND ${this.inScope('u.id', scope, params)}`,
      params,
    );
    return new Map(rows.map((row) => [row.code, row.id]));
  }

  /** Code, name and level as of a day (today when not given); a unit that has ended keeps its last name. */
  async refs(q: Queryable, ids: readonly number[], on: Day = this.clock.today()): Promise<Map<number, UnitRef>> {
    const rows = await q.query<UnitRef & { id: number }>(
      `SELECT u.id, u.code, v.name, v.level FROM unit u
         JOIN unit_version v ON v.unit_id = u.id AND v.tto = ${NOW}
          AND v.vfrom <= least(greatest($2::date, u.born), u.ended - 1)
          AND v.vto > least(greatest($2::date, u.born), u.ended - 1)
        WHERE u.id = ANY($1)`,
      [[...new Set(ids)], on],
    );
    return new Map(rows.map(({ id, code, name, level }) => [id, { code, name, level }]));
  }

  /** A unit whose founding was taken back has no day left: what it was called last. */
  async takenBack(q: Queryable, id: number): Promise<UnitRef | null> {
    const [row] = await q.query<UnitRef>(
      `SELECT u.code, v.name, v.level FROM unit u JOIN unit_version v ON v.unit_id = u.id WHERE u.id = $1 ORDER BY v.tto DESC, v.vto DESC LIMIT 1`,
      [id],
    );
    return row ?? null;
  }

  /** The units as they stood on a day; one that did not exist then is missing from the answer. */
  async onDay(q: Queryable, ids: readonly number[], day: Day): Promise<Map<number, UnitOnDay>> {
    const rows = await q.query<UnitOnDay>(
      `SELECT u.id, u.code, v.name, v.level, c.chain,
              (SELECT string_agg(a.name, ' › ' ORDER BY step.place DESC)
                 FROM unnest(c.chain) WITH ORDINALITY AS step (id, place)
                 JOIN unit_version a ON a.unit_id = step.id AND a.tto = ${NOW} AND a.vfrom <= $2 AND $2 < a.vto) AS path
         FROM unit u
         JOIN unit_version v ON v.unit_id = u.id AND v.tto = ${NOW} AND v.vfrom <= $2 AND $2 < v.vto
         JOIN unit_chain c ON c.unit_id = u.id AND c.tto = ${NOW} AND c.vfrom <= $2 AND $2 < c.vto
        WHERE u.id = ANY($1)`,
      [[...new Set(ids)], day],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** The way up of a unit through a lens, itself first; the unit alone where it did not exist. */
  async wayUp(
    q: Queryable,
    id: number,
    { day, change, lens }: { readonly day: Day; readonly change: number; readonly lens: Lens },
  ): Promise<readonly number[]> {
    const [row] = await q.query<{ chain: number[] }>(
      `SELECT chain FROM ${TREE_TABLES[lens].chain} WHERE unit_id = $1 AND vfrom <= $2 AND $2 < vto AND tfrom <= $3 AND $3 < tto`,
      [id, day, change],
    );
    return row?.chain ?? [id];
  }

  /** The way up of each unit on a day, itself first; one that does not exist then is judged by its last, or first, day. */
  async lastChains(q: Queryable, ids: readonly number[], day: Day): Promise<Map<number, readonly number[]>> {
    const rows = await q.query<{ id: number; chain: number[] }>(
      `SELECT u.id, c.chain FROM unit u
         JOIN unit_chain c ON c.unit_id = u.id AND c.tto = ${NOW}
          AND c.vfrom <= least(greatest($2::date, u.born), u.ended - 1)
          AND c.vto > least(greatest($2::date, u.born), u.ended - 1)
        WHERE u.id = ANY($1)`,
      [[...new Set(ids)], day],
    );
    return new Map(rows.map(({ id, chain }) => [id, chain]));
  }

  /** First day after the unit's validity for units that have one. */
  async ends(q: Queryable, ids: readonly number[]): Promise<Map<number, Day>> {
    const rows = await q.query<{ id: number; ended: Day }>(
      `SELECT id, ended FROM unit WHERE id = ANY($1) AND ended < 'infinity'`,
      [[...new Set(ids)]],
    );
    return new Map(rows.map((row) => [row.id, row.ended]));
  }

  /** Number of the last change of the tree that was known at the end of a day; the present when `day` is null. */
  async changeKnownOn(q: Queryable, day: Day | null): Promise<number> {
    const [row] = await q.query<{ n: number }>(
      `SELECT coalesce(max(n), 0) AS n FROM unit_change WHERE $1::date IS NULL OR recorded_on <= $1`,
      [day],
    );
    return row?.n ?? 0;
  }

  /** Of these units, the restricted ones: texts that are the same for every reader do not name them. */
  async restricted(q: Queryable, ids: readonly number[]): Promise<Set<number>> {
    const rows = await q.query<{ id: number }>(
      `SELECT id FROM unit WHERE id = ANY($1) AND classification = 'RESTRICTED'`,
      [[...new Set(ids)]],
    );
    return new Set(rows.map((row) => row.id));
  }

  levelName(level: Level): string {
    return LEVEL_NAMES[level];
  }
}
