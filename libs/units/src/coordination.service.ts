import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { may, printDay, Refused, scopeOf, tidy, type Actor, type Day } from '@lib/kernel';
import { audit, Clock, reader, transact, type Queryable, type Tx } from '@lib/platform';
import type { CoordinationInput, EndCoordinationInput } from './events.dto.js';
import { UnitTree, type UnitRef } from './unit-tree.js';

/** With whom a unit works together beside its line parent: CĐ ngành with LĐLĐ địa phương. */
export interface CoordinationView {
  readonly id: number;
  readonly unit: UnitRef | null;
  /** Null where the other one lies outside the reader's grants. */
  readonly with: UnitRef | null;
  readonly from: Day;
  /** First day after; null while it lasts. */
  readonly until: Day | null;
  /** Null also where the other one lies outside the reader's grants. */
  readonly note: string | null;
  readonly recordedOn: Day;
  readonly mayChange: boolean;
}

interface LinkRow {
  readonly id: number;
  readonly unitId: number;
  readonly otherId: number;
  readonly from: Day;
}

/** Dated links between units, the same from both sides. They grant nothing and enter no sum. */
@Injectable()
export class Coordination {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
  ) {}

  /** Links of a unit that hold on a day; without a day all of them, newest first. */
  async of(actor: Actor, code: string, on: Day | null): Promise<CoordinationView[]> {
    const q = reader(this.db);
    const id = await this.tree.idOf(q, code, scopeOf(actor, 'unit.read'), 'code');
    return this.views(q, actor, id, on);
  }

  /**
   * @throws Refused `unit.not_found` (`code`, `with`), `units.coordination_self`, `units.coordination_exists`, `units.not_valid_then`,
   * `units.empty_validity`
   */
  async add(actor: Actor, code: string, input: CoordinationInput): Promise<CoordinationView[]> {
    return transact(this.db, async (tx) => {
      await this.lock(tx);
      const id = await this.tree.idOf(tx, code, scopeOf(actor, 'unit.change'), 'code');
      const other = await this.tree.idOf(tx, input.with, scopeOf(actor, 'unit.read'), 'with');
      if (id === other) throw new Refused('units.coordination_self', 'Đơn vị không phối hợp với chính nó.', 'with');
      if (input.until && input.until <= input.from)
        throw new Refused('units.empty_validity', 'Ngày kết thúc phải sau ngày bắt đầu.', 'until');
      const alive = await this.tree.onDay(tx, [id, other], input.from);
      for (const [unit, field] of [
        [id, 'from'],
        [other, 'with'],
      ] as const)
        if (!alive.has(unit))
          throw new Refused('units.not_valid_then', `Đơn vị không tồn tại vào ngày ${printDay(input.from)}.`, field);
      const pair = [Math.min(id, other), Math.max(id, other)];
      const until = input.until ?? 'infinity';
      const [held] = await tx.query(
        `SELECT 1 FROM unit_coordination WHERE unit_id = $1 AND other_id = $2 AND removed_on IS NULL AND from_day < $4 AND $3 < until_day`,
        [...pair, input.from, until],
      );
      if (held)
        throw new Refused(
          'units.coordination_exists',
          'Hai đơn vị đã có quan hệ phối hợp trong thời gian này.',
          'with',
        );
      await tx.query(
        `INSERT INTO unit_coordination (unit_id, other_id, from_day, until_day, note, recorded_on) VALUES ($1, $2, $3, $4, $5, $6)`,
        [...pair, input.from, until, input.note ? tidy(input.note) : null, this.clock.today()],
      );
      await audit(tx, this.clock.now(), actor, 'coordination.add', code, input);
      return this.views(tx, actor, id, null);
    });
  }

  /** @throws Refused `coordination.not_found`, `units.empty_validity` */
  async end(actor: Actor, code: string, linkId: number, { until }: EndCoordinationInput): Promise<CoordinationView[]> {
    return transact(this.db, async (tx) => {
      const { id, link } = await this.changeable(tx, actor, code, linkId);
      if (until <= link.from)
        throw new Refused('units.empty_validity', 'Ngày kết thúc phải sau ngày bắt đầu.', 'until');
      await tx.query(`UPDATE unit_coordination SET until_day = $2 WHERE id = $1`, [linkId, until]);
      await audit(tx, this.clock.now(), actor, 'coordination.end', code, { link: linkId, until });
      return this.views(tx, actor, id, null);
    });
  }

  /** Entered by mistake: the row stays and says so. @throws Refused `coordination.not_found` */
  async remove(actor: Actor, code: string, linkId: number): Promise<CoordinationView[]> {
    return transact(this.db, async (tx) => {
      const { id } = await this.changeable(tx, actor, code, linkId);
      await tx.query(`UPDATE unit_coordination SET removed_on = $2 WHERE id = $1`, [linkId, this.clock.today()]);
      await audit(tx, this.clock.now(), actor, 'coordination.remove', code, { link: linkId });
      return this.views(tx, actor, id, null);
    });
  }

  private async changeable(tx: Tx, actor: Actor, code: string, linkId: number) {
    await this.lock(tx);
    const id = await this.tree.idOf(tx, code, scopeOf(actor, 'unit.change'), 'code');
    const [link] = await tx.query<LinkRow>(
      `SELECT id, unit_id AS "unitId", other_id AS "otherId", from_day AS "from" FROM unit_coordination
        WHERE id = $1 AND $2 IN (unit_id, other_id) AND removed_on IS NULL`,
      [linkId, id],
    );
    if (!link) throw Refused.notFound('coordination');
    return { id, link };
  }

  private async views(q: Queryable, actor: Actor, id: number, on: Day | null): Promise<CoordinationView[]> {
    const scope = scopeOf(actor, 'unit.read');
    const params: unknown[] = [id, on];
    const seen = this.tree.inScope('partner.id', scope, params);
    const rows = await q.query<
      Omit<CoordinationView, 'unit' | 'with' | 'mayChange'> & { partnerId: number; seen: boolean }
    >(
      `SELECT l.id, partner.id AS "partnerId", l.from_day AS "from", nullif(least(l.until_day, own.ended, partner.ended), 'infinity') AS until,
              l.note, l.recorded_on AS "recordedOn", ${seen} AS seen
         FROM unit_coordination l JOIN unit own ON own.id = $1
         JOIN unit partner ON partner.id = CASE WHEN l.unit_id = $1 THEN l.other_id ELSE l.unit_id END
        WHERE $1 IN (l.unit_id, l.other_id) AND l.removed_on IS NULL
          AND ($2::date IS NULL OR (l.from_day <= $2 AND $2 < least(l.until_day, own.ended, partner.ended)))
        ORDER BY l.from_day DESC, l.id DESC`,
      params,
    );
    const shown = rows.filter((row) => row.seen).map((row) => row.partnerId);
    const refs = await this.tree.refs(q, [id, ...shown], on ?? undefined);
    const own = may(actor, 'unit.change') ? await this.mine(q, actor, id) : false;
    return rows.map(({ partnerId, seen: visible, note, ...link }) => ({
      ...link,
      unit: refs.get(id) ?? null,
      with: visible ? (refs.get(partnerId) ?? null) : null,
      note: visible ? note : null,
      mayChange: own,
    }));
  }

  private async mine(q: Queryable, actor: Actor, id: number): Promise<boolean> {
    const params: unknown[] = [id];
    const scoped = this.tree.inScope('u.id', scopeOf(actor, 'unit.change'), params);
    return (await q.query(`SELECT 1 FROM unit u WHERE u.id = $1 AND ${scoped}`, params)).length > 0;
  }

  /** Two that enter the same link at once wait for each other; one of them is refused in words. */
  private async lock(tx: Tx): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('units.coordination'))`);
  }
}
