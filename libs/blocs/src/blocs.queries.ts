import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, scopeOf, subtree, type Actor, type Day, type Permission } from '@lib/kernel';
import { Clock, reader, type Queryable } from '@lib/platform';
import { UnitTree, type UnitRef } from '@lib/units';
import type { BlocKind, BlocRole } from './bloc.entity.js';
import { BlocScope } from './bloc-scope.js';
import type { BlocsQuery } from './blocs.dto.js';
import { blocName } from './blocs.rules.js';

export interface BlocRef {
  readonly id: number;
  readonly kind: BlocKind;
  readonly number: number;
  readonly year: number;
  /** "Khối thi đua số 4 năm 2022, Công đoàn CAND"; a restricted organiser is not named. */
  readonly name: string;
  readonly ownName: string | null;
}

export interface BlocRow extends BlocRef {
  readonly organiser: UnitRef | null;
  readonly head: UnitRef | null;
  readonly theme: string | null;
  readonly members: number;
}

export interface BlocMemberView {
  /** Null: restricted, and outside the reader's grants. */
  readonly unit: UnitRef | null;
  readonly role: BlocRole;
  readonly joined: Day | null;
  readonly leftOn: Day | null;
}

export interface RepresentativeView {
  readonly name: string;
  readonly rank: string | null;
  readonly post: string | null;
}

export interface BlocView extends BlocRow {
  readonly note: string | null;
  readonly source: string | null;
  readonly representative: RepresentativeView | null;
  readonly memberUnits: readonly BlocMemberView[];
  readonly version: number;
  readonly recordedOn: Day;
  readonly recordedBy: string;
  /** `edit` and `copy`, as far as the reader may. */
  readonly may: readonly string[];
}

interface Row {
  readonly id: number;
  readonly organiserId: number;
  readonly kind: BlocKind;
  readonly number: number;
  readonly year: number;
  readonly ownName: string | null;
  readonly theme: string | null;
  readonly headId: number | null;
  readonly members: number;
}

const PAGE = 50;
const COLUMNS = `bl.id, bl.organiser_id AS "organiserId", bl.kind, bl.number, bl.year, bl.own_name AS "ownName", bl.theme,
  (SELECT m.unit_id FROM bloc_member m WHERE m.bloc_id = bl.id AND m.role = 'HEAD') AS "headId",
  (SELECT count(*)::int FROM bloc_member m WHERE m.bloc_id = bl.id AND m.left_on IS NULL) AS members`;

@Injectable()
export class Blocs {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly scope: BlocScope,
  ) {}

  /** Latest year first. */
  async list(
    actor: Actor,
    { year, organiser, after, limit = PAGE }: BlocsQuery,
  ): Promise<{ items: BlocRow[]; next: string | null }> {
    const q = reader(this.db);
    const params: unknown[] = [];
    const conditions = [this.scope.visible(actor, 'bloc.read', params)];
    if (year !== undefined) conditions.push(`bl.year = $${params.push(year)}`);
    if (organiser !== undefined) {
      const root = await this.tree.idOf(q, organiser, scopeOf(actor, 'bloc.read'), 'organiser');
      conditions.push(this.tree.inScope('bl.organiser_id', subtree(root), params));
    }
    if (after !== undefined) {
      params.push(...after.split('-').map(Number));
      conditions.push(`(bl.year, -bl.id) < ($${params.length - 1}::int, -$${params.length}::int)`);
    }
    params.push(limit + 1);
    const rows = await q.query<Row>(
      `SELECT ${COLUMNS} FROM bloc bl WHERE ${conditions.join(' AND ')} ORDER BY bl.year DESC, bl.id LIMIT $${params.length}`,
      params,
    );
    const last = rows[limit - 1];
    return {
      items: await this.rows(q, actor, rows.slice(0, limit)),
      next: rows.length > limit && last ? `${last.year}-${last.id}` : null,
    };
  }

  /** @throws Refused `bloc.not_found` for an unknown id and one outside the scope alike. */
  async view(actor: Actor, id: number): Promise<BlocView> {
    const q = reader(this.db);
    const params: unknown[] = [id];
    const [row] = await q.query<
      Row & Omit<BlocView, keyof BlocRow> & { repName: string | null; repRank: string | null; repPost: string | null }
    >(
      `SELECT ${COLUMNS}, bl.note, bl.source, bl.version, bl.recorded_on AS "recordedOn", bl.recorded_by AS "recordedBy",
              bl.representative_name AS "repName", bl.representative_rank AS "repRank", bl.representative_post AS "repPost"
         FROM bloc bl WHERE bl.id = $1 AND ${this.scope.visible(actor, 'bloc.read', params)}`,
      params,
    );
    const [shown] = row ? await this.rows(q, actor, [row]) : [];
    if (!row || !shown) throw Refused.notFound('bloc');
    const members = await q.query<{ unitId: number; role: BlocRole; joined: Day | null; leftOn: Day | null }>(
      `SELECT unit_id AS "unitId", role, joined, left_on AS "leftOn" FROM bloc_member WHERE bloc_id = $1
        ORDER BY CASE role WHEN 'HEAD' THEN 0 WHEN 'DEPUTY' THEN 1 ELSE 2 END, unit_id`,
      [id],
    );
    const refs = await this.shownRefs(
      q,
      actor,
      'bloc.read',
      members.map(({ unitId }) => unitId),
      this.lastDayOf(row.year),
    );
    const keeps = await this.keeps(q, actor, id);
    return {
      ...shown,
      note: row.note,
      source: row.source,
      representative: row.repName === null ? null : { name: row.repName, rank: row.repRank, post: row.repPost },
      memberUnits: members.map(({ unitId, role, joined, leftOn }) => ({
        unit: refs.get(unitId) ?? null,
        role,
        joined,
        leftOn,
      })),
      version: row.version,
      recordedOn: row.recordedOn,
      recordedBy: row.recordedBy,
      may: keeps ? ['edit', 'copy'] : [],
    };
  }

  /**
   * For a command on behalf of a bloc: its organiser, head or a deputy lies in the permission's scope.
   * @throws Refused `bloc.not_found` for an unknown id and one outside the scope alike
   */
  async idOf(
    q: Queryable,
    actor: Actor,
    permission: Permission,
    id: number,
    field: string | null = 'bloc',
  ): Promise<number> {
    const params: unknown[] = [id];
    const [row] = await q.query<{ id: number }>(
      `SELECT bl.id FROM bloc bl WHERE bl.id = $1 AND ${this.scope.actsFor(actor, permission, params)}`,
      params,
    );
    if (!row) throw Refused.notFound('bloc', field);
    return row.id;
  }

  /** Names of blocs that the caller has found visible by itself. */
  async refs(q: Queryable, ids: readonly number[]): Promise<Map<number, BlocRef & { readonly organiserId: number }>> {
    const rows = await q.query<Row>(`SELECT ${COLUMNS} FROM bloc bl WHERE bl.id = ANY($1)`, [[...new Set(ids)]]);
    const organisers = rows.map(({ organiserId }) => organiserId);
    const [units, restricted] = [await this.tree.refs(q, organisers), await this.tree.restricted(q, organisers)];
    return new Map(
      rows.map(({ id, organiserId, kind, number, year, ownName }) => {
        const organiser = restricted.has(organiserId) ? null : (units.get(organiserId)?.name ?? null);
        return [id, { id, organiserId, kind, number, year, ownName, name: blocName(kind, number, year, organiser) }];
      }),
    );
  }

  /** Units that belong to the bloc on a day of its year: not yet left, and already joined. */
  async membersOn(q: Queryable, id: number, day: Day): Promise<{ unitId: number; role: BlocRole }[]> {
    return q.query(
      `SELECT unit_id AS "unitId", role FROM bloc_member
        WHERE bloc_id = $1 AND (joined IS NULL OR joined <= $2) AND (left_on IS NULL OR left_on >= $2) ORDER BY unit_id`,
      [id, day],
    );
  }

  /** Those of the units that may be named to the reader: restricted ones only where his grants reach them. */
  async shownRefs(
    q: Queryable,
    actor: Actor,
    permission: Permission,
    ids: readonly number[],
    on: Day = this.clock.today(),
  ): Promise<Map<number, UnitRef>> {
    const refs = await this.tree.refs(q, ids, on);
    const restricted = [...(await this.tree.restricted(q, ids))];
    if (restricted.length === 0) return refs;
    const params: unknown[] = [restricted];
    const seen = await q.query<{ id: number }>(
      `SELECT u.id FROM unit u WHERE u.id = ANY($1) AND ${this.tree.inScope('u.id', scopeOf(actor, permission), params)}`,
      params,
    );
    const cleared = new Set(seen.map(({ id }) => id));
    for (const id of restricted) if (!cleared.has(id)) refs.delete(id);
    return refs;
  }

  private async keeps(q: Queryable, actor: Actor, id: number): Promise<boolean> {
    const params: unknown[] = [id];
    const inScope = this.scope.organises(actor, 'bloc.keep', params);
    return (await q.query(`SELECT 1 FROM bloc bl WHERE bl.id = $1 AND ${inScope}`, params)).length > 0;
  }

  private async rows(q: Queryable, actor: Actor, rows: readonly Row[]): Promise<BlocRow[]> {
    const ids = rows.flatMap(({ organiserId, headId }) => [organiserId, ...(headId === null ? [] : [headId])]);
    const refs = await this.shownRefs(q, actor, 'bloc.read', ids);
    return rows.map(({ id, kind, number, year, ownName, theme, members, organiserId, headId }) => {
      const organiser = refs.get(organiserId) ?? null;
      const head = headId === null ? null : (refs.get(headId) ?? null);
      const name = blocName(kind, number, year, organiser?.name ?? null);
      return { id, kind, number, year, name, ownName, organiser, head, theme, members };
    });
  }

  /** Units are named as at the end of the bloc's year, or today while it lasts. */
  private lastDayOf(year: number): Day {
    const end = `${year}-12-31`;
    const today = this.clock.today();
    return end < today ? end : today;
  }
}
