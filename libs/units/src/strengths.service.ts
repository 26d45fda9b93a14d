import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, scopeOf, tidy, type Actor, type Day, type Level, type Qualified } from '@lib/kernel';
import { audit, Clock, Jobs, transact, type Queryable } from '@lib/platform';
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

  /** Units below, by level, counted in the tree as it stood at the end of `day` by what change `n` knew. */
  async unitsByLevel(q: Queryable, unitId: number, day: Day, n: number): Promise<{ level: Level; count: number }[]> {
    return q.query(
      `SELECT v.level, count(*)::int AS count FROM unit_path p
         JOIN unit_version v ON v.unit_id = p.unit_id AND v.vfrom <= $2 AND $2 < v.vto AND v.tfrom <= $3 AND $3 < v.tto
        WHERE p.ancestor_id = $1 AND p.depth > 0 AND p.vfrom <= $2 AND $2 < p.vto AND p.tfrom <= $3 AND $3 < p.tto
        GROUP BY v.level`,
      [unitId, day, n],
    );
  }

  /** True when the tree below (or above) changed on a day inside the period. */
  async restructured(q: Queryable, unitId: number, from: Day, to: Day, n: number): Promise<boolean> {
    const rows = await q.query(
      `SELECT 1 FROM unit_path p WHERE p.ancestor_id = $1 AND p.tfrom <= $4 AND $4 < p.tto
          AND ((p.vfrom > $2 AND p.vfrom <= $3) OR (p.vto > $2 AND p.vto <= $3)) LIMIT 1`,
      [unitId, from, to, n],
    );
    return rows.length > 0;
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
