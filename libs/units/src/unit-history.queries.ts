import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { addDays, scopeOf, type Actor, type Day, type Level, type Scope } from '@lib/kernel';
import { reader, type Queryable } from '@lib/platform';
import { NOW } from './chains.sql.js';
import { UnitEventsQueries, type UnitEventPart, type UnitEventView } from './unit-events.queries.js';
import { UnitTree, type UnitRef } from './unit-tree.js';

/** From one day to another; null where the beginning is unknown, or it lasts. `until` is the first day after. */
export interface UnitSpan {
  readonly from: Day | null;
  readonly until: Day | null;
}

export interface UnitNameSpan extends UnitSpan {
  readonly name: string;
  readonly level: Level;
}

export interface UnitPlacement extends UnitSpan {
  /** Null at the root, and where the unit above lies outside the reader's grants. */
  readonly parent: UnitRef | null;
  readonly root: boolean;
}

/** By whom, or whom, a unit was succeeded: one event that stands. */
export interface UnitSuccession {
  readonly unit: UnitEventPart;
  readonly event: number;
  readonly kind: 'MERGE' | 'SPLIT';
  readonly complete: boolean;
  readonly from: Day;
}

export interface UnitHistory {
  readonly code: string;
  readonly names: readonly UnitNameSpan[];
  readonly placements: readonly UnitPlacement[];
  readonly predecessors: readonly UnitSuccession[];
  readonly successors: readonly UnitSuccession[];
  readonly events: readonly UnitEventView[];
}

interface VersionRow {
  readonly from: Day | null;
  readonly until: Day | null;
  readonly name: string;
  readonly level: Level;
  readonly parentId: number | null;
}

/** What became of a unit: its names, its places, who it came from and went to, and by which decisions. Newest first. */
@Injectable()
export class UnitHistoryQueries {
  constructor(
    private readonly db: DataSource,
    private readonly tree: UnitTree,
    private readonly events: UnitEventsQueries,
  ) {}

  /** @throws Refused `unit.not_found` */
  async of(actor: Actor, code: string): Promise<UnitHistory> {
    const q = reader(this.db);
    const scope = scopeOf(actor, 'unit.read');
    const id = await this.tree.idOf(q, code, scope, 'code');
    const versions = await q.query<VersionRow>(
      `SELECT nullif(vfrom, '-infinity') AS "from", nullif(vto, 'infinity') AS until, name, level, parent_id AS "parentId"
         FROM unit_version WHERE unit_id = $1 AND tto = ${NOW} ORDER BY vfrom`,
      [id],
    );
    const events = await this.events.of(q, id, scope);
    return {
      code,
      names: spans(versions, (v) => `${v.level} ${v.name}`).map(({ from, until, name, level }) => ({
        from,
        until,
        name,
        level,
      })),
      placements: await this.placements(q, id, versions, scope),
      predecessors: successions(events, id, 'successors', 'predecessors'),
      successors: successions(events, id, 'predecessors', 'successors'),
      events,
    };
  }

  /** Who stands above the unit today is told to everybody who sees it; who stood there before, to whom it may concern. */
  private async placements(
    q: Queryable,
    id: number,
    versions: readonly VersionRow[],
    scope: Scope,
  ): Promise<UnitPlacement[]> {
    const parents = versions.flatMap((v) => v.parentId ?? []);
    const params: unknown[] = [parents, id];
    const seen = await q.query<{ id: number }>(
      `SELECT u.id FROM unit u WHERE u.id = ANY($1) AND (${this.tree.inScope('u.id', scope, params)}
          OR u.id = (SELECT parent_id FROM unit_version WHERE unit_id = $2 AND tto = ${NOW} ORDER BY vfrom DESC LIMIT 1))`,
      params,
    );
    const known = new Set(seen.map((row) => row.id));
    const placed = spans(versions, (v) => String(v.parentId));
    const days = [...new Set(placed.map((v) => v.until))];
    const refs = new Map<Day | null, Map<number, UnitRef>>();
    for (const day of days)
      refs.set(day, await this.tree.refs(q, [...known], day === null ? undefined : addDays(day, -1)));
    return placed.map(({ from, until, parentId }) => ({
      from,
      until,
      root: parentId === null,
      parent: (parentId !== null && known.has(parentId) && refs.get(until)?.get(parentId)) || null,
    }));
  }
}

/** Neighbouring versions that say the same become one; newest first. */
function spans(versions: readonly VersionRow[], key: (v: VersionRow) => string): VersionRow[] {
  const result: VersionRow[] = [];
  for (const v of versions) {
    const last = result.at(-1);
    if (last && last.until === v.from && key(last) === key(v)) result[result.length - 1] = { ...last, until: v.until };
    else result.push(v);
  }
  return result.toReversed();
}

function successions(
  events: readonly UnitEventView[],
  unitId: number,
  own: 'predecessors' | 'successors',
  other: 'predecessors' | 'successors',
): UnitSuccession[] {
  return events.flatMap((event) => {
    const { kind, reverses, reversedBy, complete, from } = event;
    if ((kind !== 'MERGE' && kind !== 'SPLIT') || reverses !== null || reversedBy !== null) return [];
    if (!event[own].some((part) => part.unitId === unitId)) return [];
    return event[other].map((unit) => ({ unit, event: event.id, kind, complete, from }));
  });
}
