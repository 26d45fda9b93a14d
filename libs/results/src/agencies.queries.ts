import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { fold, Refused, scopeOf, subtree, type Actor, type Day, type Qualified } from '@lib/kernel';
import { reader, type Queryable } from '@lib/platform';
import { UnitTree, type UnitRef } from '@lib/units';
import type { AgenciesQuery, AgencyState } from './agencies.dto.js';
import { Statements } from './statements.service.js';

export type AgencyAbility = 'correct' | 'end' | 'reopen' | 'remove';

/** An agency that has, or had, no union of its own. */
export interface AgencyView {
  readonly id: number;
  readonly unit: UnitRef;
  readonly name: string;
  readonly place: string | null;
  readonly workers: Qualified | null;
  readonly workersAsOf: Day | null;
  readonly since: Day | null;
  readonly state: AgencyState;
  /** First day on which it is no longer without a union. */
  readonly outcomeDay: Day | null;
  /** The union that was founded; null also where it lies outside the reader's grants. */
  readonly union: UnitRef | null;
  /** The founding was taken back since: the agency is without a union again. */
  readonly foundingReversed: boolean;
  readonly source: string;
  readonly recordedOn: Day;
  readonly recordedBy: string;
  readonly removedOn: Day | null;
  readonly may: readonly AgencyAbility[];
}

type Row = Omit<AgencyView, 'unit' | 'union' | 'may'> & { readonly unitId: number; readonly unionId: number | null };

/** SQL: the founding behind an outcome was taken back, by what was known on `known`. */
export function foundingReversed(known: string): string {
  return `EXISTS (SELECT 1 FROM unit_event r WHERE r.reverses = a.event_id AND (${known}::date IS NULL OR r.recorded_on <= ${known}))`;
}

const REVERSED = foundingReversed('NULL');
const STATE = `CASE WHEN a.outcome IS NULL OR ${REVERSED} THEN 'WITHOUT' ELSE a.outcome END`;
const AGENCY = `SELECT a.id, a.unit_id AS "unitId", a.name, a.place, a.workers_as_of AS "workersAsOf", a.since, ${STATE} AS state,
  CASE WHEN a.workers IS NOT NULL THEN json_build_object('value', a.workers, 'qualifier', a.workers_qualifier) END AS workers,
  a.outcome_day AS "outcomeDay", a.union_unit_id AS "unionId", ${REVERSED} AS "foundingReversed", a.source,
  a.recorded_on AS "recordedOn", a.recorded_by AS "recordedBy", a.removed_on AS "removedOn" FROM agency a`;
const PAGE = 50;

@Injectable()
export class AgenciesQueries {
  constructor(
    private readonly db: DataSource,
    private readonly tree: UnitTree,
    private readonly statements: Statements,
  ) {}

  /** One page by name. */
  async page(actor: Actor, ask: AgenciesQuery): Promise<{ items: AgencyView[]; next: string | null }> {
    const q = reader(this.db);
    const params: unknown[] = [];
    const scope = scopeOf(actor, 'result.read');
    const where = ['a.removed_on IS NULL', this.tree.inScope('a.unit_id', scope, params)];
    if (ask.unit) where.push(this.tree.inScope('a.unit_id', subtree(await this.tree.idOf(q, ask.unit, scope)), params));
    if (ask.state) where.push(`${STATE} = $${params.push(ask.state)}`);
    // Folded text holds nothing that means anything to LIKE.
    for (const word of fold(ask.q ?? '')
      .split(' ')
      .filter(Boolean))
      where.push(`' ' || a.name_folded LIKE $${params.push(`% ${word}%`)}`);
    if (ask.after) {
      const [, id, name] = /^(\d{1,9})\.(.*)$/s.exec(ask.after) ?? [];
      if (!id || name === undefined) throw new Refused('page.unknown_place', 'Vị trí trang không hợp lệ.', 'after');
      where.push(`(a.name, a.id) > ($${params.push(name)}, $${params.push(Number(id))}::int)`);
    }
    const limit = ask.limit ?? PAGE;
    const rows = await q.query<Row>(
      `${AGENCY} WHERE ${where.join(' AND ')} ORDER BY a.name, a.id LIMIT $${params.push(limit + 1)}`,
      params,
    );
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: await this.laid(q, actor, shown),
      next: rows.length > limit && last ? `${last.id}.${last.name}` : null,
    };
  }

  /** @throws Refused `agency.not_found` */
  async view(actor: Actor, id: number): Promise<AgencyView> {
    const q = reader(this.db);
    const [view] = await this.byIds(q, actor, [id]);
    if (!view) throw Refused.notFound('agency');
    return view;
  }

  /** Those of them that the actor may read. */
  async byIds(q: Queryable, actor: Actor, ids: readonly number[]): Promise<AgencyView[]> {
    const params: unknown[] = [ids];
    const seen = this.tree.inScope('a.unit_id', scopeOf(actor, 'result.read'), params);
    return this.laid(q, actor, await q.query<Row>(`${AGENCY} WHERE a.id = ANY($1) AND ${seen} ORDER BY a.id`, params));
  }

  private async laid(q: Queryable, actor: Actor, rows: readonly Row[]): Promise<AgencyView[]> {
    const ids = rows.map((row) => row.unitId);
    const unions = rows.flatMap(({ unionId }) => unionId ?? []);
    const units = await this.tree.refs(q, [...ids, ...unions]);
    const params: unknown[] = [unions];
    const seen = this.tree.inScope('u.id', scopeOf(actor, 'unit.read'), params);
    const shown = await q.query<{ id: number }>(`SELECT u.id FROM unit u WHERE u.id = ANY($1) AND ${seen}`, params);
    const named = new Set(shown.map(({ id }) => id));
    const open = await this.statements.mayEnter(q, actor, ids);
    return rows.flatMap(({ unitId, unionId, ...row }) => {
      const unit = units.get(unitId);
      if (!unit) return [];
      const ended = row.outcomeDay !== null;
      const may: AgencyAbility[] =
        row.removedOn === null && open.has(unitId) ? ['correct', ended ? 'reopen' : 'end', 'remove'] : [];
      return [
        { ...row, unit, union: unionId !== null && named.has(unionId) ? (units.get(unionId) ?? null) : null, may },
      ];
    });
  }
}
