import { Injectable } from '@nestjs/common';
import { LEVEL_NAMES, scopeOf, type Actor, type Day, type Level } from '@lib/kernel';
import type { Queryable } from '@lib/platform';
import type { Lens } from './as-is.sql.js';
import { UnitTree, type UnitRef } from './unit-tree.js';

/**
 * What became of unions in a period. FOUNDED: by a founding of its own. FOUNDED_BY_REORGANISATION: a successor that a merge or
 * a split brought into being; the other three ended, each by the event of that name. One event counts a unit under one of them.
 */
export const UNIT_CHANGES = ['FOUNDED', 'FOUNDED_BY_REORGANISATION', 'DISSOLVED', 'MERGED', 'SPLIT'] as const;
export type UnitChange = (typeof UNIT_CHANGES)[number];

export interface UnitChangeCount {
  readonly total: number;
  readonly byLevel: readonly { readonly level: Level; readonly levelName: string; readonly count: number }[];
}

/** One unit of such a count; `unit` is null outside the reader's grants, and then nothing but the day is told. */
export interface UnitChangeRecord {
  readonly place: string;
  readonly unit: UnitRef | null;
  readonly from: Day;
  readonly decision: { readonly number: string | null; readonly day: Day | null; readonly body: string | null } | null;
  readonly recordedOn: Day;
}

/** Whose changes: of the units below one (itself included), in the days from–to, as known. */
export interface ChangesOf {
  readonly unitId: number;
  readonly from: Day;
  readonly to: Day;
  readonly known: Day | null;
  readonly change: number;
  readonly lens: Lens;
}

/** Events that stood, with the unit and the day by whose tree it counts: its first day where it began, its last where it ended. */
const STOOD = `
  SELECT e.id AS event_id, eu.unit_id, e.from_day, e.decision_number, e.decision_day, e.decision_body, e.recorded_on,
         CASE WHEN e.kind = 'FOUND' THEN 'FOUNDED' WHEN eu.role = 'SUCCESSOR' THEN 'FOUNDED_BY_REORGANISATION'
              WHEN e.kind = 'DISSOLVE' THEN 'DISSOLVED' WHEN e.kind = 'MERGE' THEN 'MERGED' ELSE 'SPLIT' END AS what,
         CASE WHEN e.kind = 'FOUND' OR eu.role = 'SUCCESSOR' THEN e.from_day ELSE e.from_day - 1 END AS day
    FROM unit_event e JOIN unit_event_unit eu ON eu.event_id = e.id
   WHERE e.from_day BETWEEN $2 AND $3 AND e.reverses IS NULL AND ($4::date IS NULL OR e.recorded_on <= $4)
     AND NOT EXISTS (SELECT 1 FROM unit_event r WHERE r.reverses = e.id AND ($4::date IS NULL OR r.recorded_on <= $4))
     AND ((e.kind = 'FOUND' AND eu.founded)
       OR (e.kind IN ('MERGE', 'SPLIT') AND eu.role = 'SUCCESSOR' AND eu.founded)
       OR (e.kind IN ('MERGE', 'SPLIT', 'DISSOLVE') AND eu.role = 'PREDECESSOR' AND e.complete))`;

/** Unions founded and ended in a period, out of the events of the tree; an event that was taken back counts nothing. */
@Injectable()
export class UnitChangesQueries {
  constructor(private readonly tree: UnitTree) {}

  async counts(q: Queryable, of: ChangesOf): Promise<Record<UnitChange, UnitChangeCount>> {
    const rows = await q.query<{ what: UnitChange; level: Level; count: number }>(
      `SELECT c.what, v.level, count(*)::int AS count FROM (${STOOD}) c
         JOIN unit_version v ON v.unit_id = c.unit_id AND v.vfrom <= c.day AND c.day < v.vto AND v.tfrom <= $5 AND $5 < v.tto
        WHERE ${this.below(of.lens)} GROUP BY 1, 2 ORDER BY 1, 2`,
      values(of),
    );
    const one = (what: UnitChange): UnitChangeCount => {
      const byLevel = rows
        .filter((row) => row.what === what)
        .map(({ level, count }) => ({ level, levelName: LEVEL_NAMES[level], count }));
      return { total: byLevel.reduce((sum, { count }) => sum + count, 0), byLevel };
    };
    return {
      FOUNDED: one('FOUNDED'),
      FOUNDED_BY_REORGANISATION: one('FOUNDED_BY_REORGANISATION'),
      DISSOLVED: one('DISSOLVED'),
      MERGED: one('MERGED'),
      SPLIT: one('SPLIT'),
    };
  }

  /** The units behind a count, by the day of their event; `after`: the `place` of the last one read. */
  async records(
    q: Queryable,
    actor: Actor,
    of: ChangesOf,
    what: UnitChange,
    page: { readonly limit: number; readonly after: string | null },
  ): Promise<UnitChangeRecord[]> {
    const params = values(of);
    const below = this.below(of.lens);
    const seen = this.tree.inScope('c.unit_id', scopeOf(actor, 'unit.read'), params);
    const chosen = `$${params.push(what)}`;
    const [, event, unit] = /^(\d{1,9})\.(\d{1,9})$/.exec(page.after ?? '') ?? [];
    const after =
      event && unit
        ? `AND (c.event_id, c.unit_id) > ($${params.push(Number(event))}::int, $${params.push(Number(unit))}::int)`
        : '';
    const rows = await q.query<{
      event_id: number;
      unit_id: number;
      from_day: Day;
      decision_number: string | null;
      decision_day: Day | null;
      decision_body: string | null;
      recorded_on: Day;
      seen: boolean;
      day: Day;
    }>(
      `SELECT c.*, ${seen} AS seen FROM (${STOOD}) c WHERE c.what = ${chosen} AND ${below} ${after}
        ORDER BY c.event_id, c.unit_id LIMIT $${params.push(page.limit)}`,
      params,
    );
    const refs = await this.tree.refs(
      q,
      rows.filter((row) => row.seen).map((row) => row.unit_id),
      of.to,
    );
    return rows.map((row) => ({
      place: `${row.event_id}.${row.unit_id}`,
      unit: row.seen ? (refs.get(row.unit_id) ?? null) : null,
      from: row.from_day,
      decision: row.seen ? { number: row.decision_number, day: row.decision_day, body: row.decision_body } : null,
      recordedOn: row.recorded_on,
    }));
  }

  private below(lens: Lens): string {
    return this.tree.belowOn('c.unit_id', '$1::int', 'c.day', '$5::int', lens);
  }
}

function values({ unitId, from, to, known, change }: ChangesOf): unknown[] {
  return [unitId, from, to, known, change];
}
