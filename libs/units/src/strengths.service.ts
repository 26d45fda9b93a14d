import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, scopeOf, tidy, type Actor, type Day, type Level, type Qualified } from '@lib/kernel';
import { audit, Clock, Jobs, transact, type Queryable } from '@lib/platform';
import type { CarriedAs, Lens } from './as-is.sql.js';
import { levelsBelowOn } from './below.sql.js';
import { NOW } from './chains.sql.js';
import { UnitTree } from './unit-tree.js';
import type { DeclareStrengthInput, StrengthKind } from './units.dto.js';

export interface StrengthView extends Qualified {
  readonly id: number;
  readonly asOf: Day;
  readonly kind: StrengthKind;
  readonly level: Level | null;
  readonly source: string;
  readonly recordedOn: Day;
}

/** Strengths as declared: members, workers, numbers of sub-units. Nothing is derived from them and nothing overwrites them. */
@Injectable()
export class StrengthsService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly jobs: Jobs,
  ) {}

  /** @throws Refused `strengths.level_required`, `strengths.level_unexpected`, `strengths.in_the_future`. */
  async declare(actor: Actor, code: string, input: DeclareStrengthInput): Promise<StrengthView> {
    if (input.kind === 'UNITS' && !input.level)
      throw new Refused('strengths.level_required', 'Số đơn vị phải kèm cấp của đơn vị.', 'level');
    if (input.kind !== 'UNITS' && input.level)
      throw new Refused('strengths.level_unexpected', 'Chỉ số đơn vị mới kèm cấp.', 'level');
    if (input.asOf > this.clock.today())
      throw new Refused('strengths.in_the_future', 'Thời điểm số liệu chưa đến.', 'asOf');
    return transact(this.db, async (tx) => {
      // The same lock as changes of the tree: change numbers become visible in their order.
      await tx.query(`SELECT pg_advisory_xact_lock(hashtext('units.tree'))`);
      const unitId = await this.tree.idOf(tx, code, scopeOf(actor, 'strength.declare'), 'code');
      const today = this.clock.today();
      const [row] = await tx.query<{ id: number }>(
        `INSERT INTO unit_strength (unit_id, as_of, kind, level, value, qualifier, source, recorded_on)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
        [unitId, input.asOf, input.kind, input.level ?? null, input.value, input.qualifier, tidy(input.source), today],
      );
      await tx.query(`INSERT INTO unit_change (unit_id, what, from_day, recorded_on) VALUES ($1, 'STRENGTH', $2, $3)`, [
        unitId,
        input.asOf,
        today,
      ]);
      await audit(tx, this.clock.now(), actor, 'strength.declare', code, input);
      tx.afterCommit(() => this.jobs.wake('figures.apply'));
      return { ...input, id: row?.id ?? 0, level: input.level ?? null, recordedOn: today };
    });
  }

  /** The latest statement of each kind made for a day not after `day`, as known on `known` (null: now). */
  async latest(q: Queryable, unitId: number, day: Day, known: Day | null): Promise<StrengthView[]> {
    return q.query<StrengthView>(
      `SELECT DISTINCT ON (kind, level) id, as_of AS "asOf", kind, level, value, qualifier, source, recorded_on AS "recordedOn"
         FROM unit_strength WHERE unit_id = $1 AND as_of <= $2 AND ($3::date IS NULL OR recorded_on <= $3)
        ORDER BY kind, level, as_of DESC, id DESC`,
      [unitId, day, known],
    );
  }

  /**
   * Units below, by level, counted in the tree as it stood at the end of `day` by what change `n` knew; through as-is the units of
   * `day` that lie below by the organisation of today.
   */
  async unitsByLevel(
    q: Queryable,
    unitId: number,
    day: Day,
    n: number,
    lens: Lens = 'as-was',
  ): Promise<{ level: Level; count: number }[]> {
    return q.query(levelsBelowOn('$1', { day: '$2', change: '$3', present: false, lens }), [unitId, day, n]);
  }

  /** Of these units, those below or above which the tree changed on a day after `from`, or has since, by what change `n` knew. */
  async restructured(q: Queryable, codes: readonly string[], from: Day, n: number): Promise<Set<string>> {
    const changed = `p.tfrom <= $3 AND $3 < p.tto AND (p.vfrom > $2 OR (p.vto > $2 AND p.vto < 'infinity'))`;
    const rows = await q.query<{ code: string }>(
      `SELECT u.code FROM unit u WHERE u.code = ANY($1)
          AND (EXISTS (SELECT 1 FROM unit_path p WHERE p.unit_id = u.id AND ${changed})
            OR EXISTS (SELECT 1 FROM unit_path p WHERE p.ancestor_id = u.id AND ${changed}))`,
      [codes, from, n],
    );
    return new Set(rows.map((row) => row.code));
  }

  /** Why units that have ended stand below others by the organisation of today; those of today are missing. */
  async carried(q: Queryable, unitIds: readonly number[], n: number): Promise<Map<number, CarriedAs>> {
    const rows = await q.query<{ id: number; carried: CarriedAs }>(
      `SELECT unit_id AS id, carried FROM unit_chain_as_is WHERE unit_id = ANY($1) AND carried IS NOT NULL AND tfrom <= $2 AND $2 < tto`,
      [[...new Set(unitIds)], n],
    );
    return new Map(rows.map((row) => [row.id, row.carried]));
  }

  /** The unit and those merged into it, by the organisation of today, that existed on `day`; the unit alone where none did. */
  async carriedOn(q: Queryable, unitId: number, day: Day, n: number): Promise<number[]> {
    const rows = await q.query<{ id: number }>(
      `SELECT c.unit_id AS id FROM unit_chain_as_is c JOIN unit_version v ON v.unit_id = c.unit_id
          AND v.vfrom <= $2 AND $2 < v.vto AND v.tfrom <= $3 AND $3 < v.tto
        WHERE c.heir_id = $1 AND c.tfrom <= $3 AND $3 < c.tto ORDER BY 1`,
      [unitId, day, n],
    );
    return rows.length > 0 ? rows.map((row) => row.id) : [unitId];
  }

  /** Every statement about a unit, newest first. */
  async all(q: Queryable, unitId: number): Promise<StrengthView[]> {
    return q.query<StrengthView>(
      `SELECT id, as_of AS "asOf", kind, level, value, qualifier, source, recorded_on AS "recordedOn"
         FROM unit_strength WHERE unit_id = $1 ORDER BY as_of DESC, id DESC`,
      [unitId],
    );
  }

  /** Direct sub-units on a day by what change `n` knew. */
  async children(q: Queryable, unitId: number, day: Day, n: number = NOW - 1): Promise<number[]> {
    const rows = await q.query<{ unit_id: number }>(
      `SELECT unit_id FROM unit_path WHERE ancestor_id = $1 AND depth = 1 AND vfrom <= $2 AND $2 < vto AND tfrom <= $3 AND $3 < tto`,
      [unitId, day, n],
    );
    return rows.map((row) => row.unit_id);
  }
}
