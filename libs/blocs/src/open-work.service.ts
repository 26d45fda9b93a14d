import { Injectable } from '@nestjs/common';
import { addDays, type Actor, type Day } from '@lib/kernel';
import { audit, Clock, type Queryable, type Tx } from '@lib/platform';
import type { BlocKind, BlocRole } from './bloc.entity.js';
import { BlocScope } from './bloc-scope.js';
import { blocName } from './blocs.rules.js';

/** A bloc of this year or a later one to which a unit belongs that ends, or which it organises. */
export interface OpenBloc {
  readonly id: number;
  readonly unitId: number;
  readonly label: string;
  readonly stateName: string;
  readonly link: string;
  readonly visible: boolean;
}

type Ref = Pick<OpenBloc, 'id' | 'unitId'>;

interface Trace {
  readonly toUnitId: number;
  readonly organises: boolean;
  readonly carriedBefore: number | null;
  /** Null: the unit was no member. */
  readonly role: BlocRole | null;
  /** What the other unit was before; null: no member. */
  readonly roleThere: BlocRole | null;
}

interface Membership {
  readonly organises: boolean;
  readonly carriedBefore: number | null;
  readonly year: number;
  readonly role: BlocRole | null;
  readonly roleThere: BlocRole | null;
}

const ROLE_NAMES: Record<BlocRole, string> = {
  HEAD: 'Đơn vị trưởng',
  DEPUTY: 'Đơn vị phó',
  MEMBER: 'Thành viên',
};
const ORDER: readonly BlocRole[] = ['MEMBER', 'DEPUTY', 'HEAD'];

/** What becomes of a unit's place in blocs: the days until it ended stay its own. */
@Injectable()
export class BlocOpenWork {
  constructor(
    private readonly clock: Clock,
    private readonly scope: BlocScope,
  ) {}

  async list(q: Queryable, reader: Actor, unitIds: readonly number[]): Promise<OpenBloc[]> {
    const params: unknown[] = [unitIds, this.year()];
    const visible = this.scope.visible(reader, 'bloc.read', params);
    const rows = await q.query<
      Ref & { kind: BlocKind; number: number; year: number; role: BlocRole | null; visible: boolean }
    >(
      `SELECT bl.id, side.unit_id AS "unitId", bl.kind, bl.number, bl.year, m.role, ${visible} AS visible
         FROM (SELECT id AS bloc_id, coalesce(carried_by, organiser_id) AS unit_id FROM bloc WHERE coalesce(carried_by, organiser_id) = ANY($1)
               UNION SELECT bloc_id, unit_id FROM bloc_member WHERE unit_id = ANY($1) AND left_on IS NULL) side
         JOIN bloc bl ON bl.id = side.bloc_id AND bl.year >= $2
         LEFT JOIN bloc_member m ON m.bloc_id = bl.id AND m.unit_id = side.unit_id AND m.left_on IS NULL
        ORDER BY side.unit_id, bl.id`,
      params,
    );
    return rows.map(({ kind, number, year, role, ...row }) => ({
      ...row,
      label: blocName(kind, number, year, null),
      stateName: role === null ? 'Đơn vị tổ chức' : ROLE_NAMES[role],
      link: `/khoi-thi-dua/${row.id}`,
    }));
  }

  async handOver(
    tx: Tx,
    actor: Actor,
    refs: readonly Ref[],
    toUnitId: number,
    day: Day,
  ): Promise<(Ref & { mark: string; trace: Trace })[]> {
    const handed: (Ref & { mark: string; trace: Trace })[] = [];
    for (const { id, unitId } of refs) {
      const { organises, carriedBefore, year, role, roleThere } = await this.place(tx, id, unitId, toUnitId);
      await tx.query(
        `UPDATE bloc SET carried_by = CASE WHEN $2 THEN $3 ELSE carried_by END, version = version + 1 WHERE id = $1`,
        [id, organises, toUnitId],
      );
      if (role !== null) {
        await this.leave(tx, id, unitId, year, day);
        const higher = ORDER.indexOf(role) > ORDER.indexOf(roleThere ?? 'MEMBER') ? role : (roleThere ?? role);
        await tx.query(
          `INSERT INTO bloc_member (bloc_id, unit_id, role, joined) VALUES ($1, $2, $3, $4)
           ON CONFLICT (bloc_id, unit_id) DO UPDATE SET role = excluded.role, left_on = NULL`,
          [id, toUnitId, higher, withinYear(day, year)],
        );
      }
      const trace = { toUnitId, organises, carriedBefore, role, roleThere };
      await audit(tx, this.clock.now(), actor, 'bloc.handed_over', `bloc:${id}`, { unitId, ...trace });
      handed.push({ id, unitId, trace, mark: (await this.marks(tx, [id])).get(id) ?? '' });
    }
    return handed;
  }

  async close(tx: Tx, actor: Actor, refs: readonly Ref[], reason: string): Promise<void> {
    for (const { id, unitId } of refs) {
      const { year, role } = await this.place(tx, id, unitId, unitId);
      await tx.query(`UPDATE bloc SET version = version + 1 WHERE id = $1`, [id]);
      if (role !== null) await this.leave(tx, id, unitId, year, this.clock.today());
      await audit(tx, this.clock.now(), actor, 'bloc.left', `bloc:${id}`, { unitId, reason });
    }
  }

  async workedOn(q: Queryable, items: readonly (Ref & { mark: string })[]): Promise<Ref[]> {
    const marks = await this.marks(
      q,
      items.map(({ id }) => id),
    );
    // A bloc that was handed over for two units bears the mark of the second one.
    const last = new Map(items.map(({ id, mark }) => [id, mark]));
    return items.filter(({ id }) => marks.get(id) !== last.get(id)).map(({ id, unitId }) => ({ id, unitId }));
  }

  async takeBack(tx: Tx, actor: Actor, items: readonly (Ref & { trace: object })[]): Promise<void> {
    for (const { id, unitId, trace } of items.toReversed()) {
      const { toUnitId, organises, carriedBefore, role, roleThere } = trace as Trace;
      await tx.query(
        `UPDATE bloc SET carried_by = CASE WHEN $2 THEN $3::int ELSE carried_by END, version = version + 1 WHERE id = $1`,
        [id, organises, carriedBefore],
      );
      if (role !== null) {
        if (roleThere === null)
          await tx.query(`DELETE FROM bloc_member WHERE bloc_id = $1 AND unit_id = $2`, [id, toUnitId]);
        else
          await tx.query(`UPDATE bloc_member SET role = $3 WHERE bloc_id = $1 AND unit_id = $2`, [
            id,
            toUnitId,
            roleThere,
          ]);
        await tx.query(`UPDATE bloc_member SET role = $3, left_on = NULL WHERE bloc_id = $1 AND unit_id = $2`, [
          id,
          unitId,
          role,
        ]);
      }
      await audit(tx, this.clock.now(), actor, 'bloc.taken_back', `bloc:${id}`, { unitId, role });
    }
  }

  /** Locks the bloc. */
  private async place(tx: Tx, id: number, unitId: number, toUnitId: number): Promise<Membership> {
    await tx.query(`SELECT id FROM bloc WHERE id = $1 FOR UPDATE`, [id]);
    const [found] = await tx.query<Membership>(
      `SELECT coalesce(b.carried_by, b.organiser_id) = $2 AS organises, b.carried_by AS "carriedBefore", b.year,
              (SELECT role FROM bloc_member WHERE bloc_id = b.id AND unit_id = $2 AND left_on IS NULL) AS role,
              (SELECT role FROM bloc_member WHERE bloc_id = b.id AND unit_id = $3 AND left_on IS NULL) AS "roleThere"
         FROM bloc b WHERE b.id = $1`,
      [id, unitId, toUnitId],
    );
    if (!found) throw new Error(`bloc ${id} is gone`);
    return found;
  }

  /** The last day is the one before; whoever has left leads no more. */
  private async leave(tx: Tx, id: number, unitId: number, year: number, day: Day): Promise<void> {
    await tx.query(
      `UPDATE bloc_member SET role = 'MEMBER', left_on = greatest(joined, $3::date) WHERE bloc_id = $1 AND unit_id = $2`,
      [id, unitId, withinYear(addDays(day, -1), year)],
    );
  }

  private async marks(q: Queryable, ids: readonly number[]): Promise<Map<number, string>> {
    const rows = await q.query<{ id: number; mark: string }>(
      `SELECT id, version::text AS mark FROM bloc WHERE id = ANY($1)`,
      [ids],
    );
    return new Map(rows.map(({ id, mark }) => [id, mark]));
  }

  private year(): number {
    return Number(this.clock.today().slice(0, 4));
  }
}

function withinYear(day: Day, year: number): Day {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  return day < first ? first : day > last ? last : day;
}
