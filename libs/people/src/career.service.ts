import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, scopeOf, tidy, type Actor, type Day } from '@lib/kernel';
import { audit, Clock, transact, type Tx } from '@lib/platform';
import { UnitTree } from '@lib/units';
import { checkOrder } from './memberships.rules.js';
import type { EndInput, PositionInput, ServicePeriodInput } from './people.dto.js';
import { recordsOf } from './person.sql.js';
import { People } from './people.service.js';

type Table = 'person_position' | 'service_period';
const CALLED: Record<Table, string> = { person_position: 'position', service_period: 'service_period' };

/** Posts held, several at once where it is so, and the periods of union work that count for the Kỷ niệm chương. */
@Injectable()
export class Career {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly people: People,
  ) {}

  /** @throws Refused `people.position_twice` for the same title in the same unit at the same time */
  async addPosition(actor: Actor, id: number, input: PositionInput): Promise<void> {
    const { unit, title, fullTime, leads = false, from, to = null } = input;
    checkOrder(from, to);
    await this.change(actor, id, 'position.added', async (tx, personId) => {
      const unitId = await this.tree.idOf(tx, unit, scopeOf(actor, 'person.record'));
      const twice = await tx.query(
        `SELECT 1 FROM person_position WHERE person_id = $1 AND unit_id = $2 AND lower(title) = lower($3) AND removed_on IS NULL
            AND vfrom < coalesce($5::date, 'infinity') AND $4::date < vto`,
        [personId, unitId, tidy(title), from, to],
      );
      if (twice.length > 0) throw positionTwice('title');
      await tx.query(
        `INSERT INTO person_position (person_id, unit_id, title, full_time, leads, vfrom, vto, recorded_on, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, coalesce($7::date, 'infinity'), $8, $9)`,
        [personId, unitId, tidy(title), fullTime, leads, from, to, this.clock.today(), actor.name],
      );
      return { unitId, from, to };
    });
  }

  async addService(actor: Actor, id: number, input: ServicePeriodInput): Promise<void> {
    const { capacity, unit = null, title = null, from, to = null } = input;
    checkOrder(from, to);
    if (from > this.clock.today()) throw new Refused('people.day_in_future', 'Ngày này chưa tới.', 'from');
    await this.change(actor, id, 'service_period.added', async (tx, personId) => {
      const unitId = unit ? await this.tree.idOf(tx, unit, scopeOf(actor, 'person.record')) : null;
      await tx.query(
        `INSERT INTO service_period (person_id, unit_id, capacity, title, vfrom, vto, recorded_on, recorded_by)
         VALUES ($1, $2, $3, $4, $5, coalesce($6::date, 'infinity'), $7, $8)`,
        [personId, unitId, capacity, title ? tidy(title) : null, from, to, this.clock.today(), actor.name],
      );
      return { capacity, from, to };
    });
  }

  /** The row stays for what was known before; another with the end takes its place. @throws Refused `people.position_twice` */
  async end(actor: Actor, id: number, table: Table, rowId: number, { to }: EndInput): Promise<void> {
    const what = CALLED[table];
    const columns = table === 'person_position' ? 'title, full_time, leads' : 'capacity, title';
    await this.change(actor, id, `${what}.ended`, async (tx, personId) => {
      const row = await this.take(tx, personId, table, rowId);
      checkOrder(row.from, to);
      if (table === 'person_position') await this.mustNotRunInto(tx, rowId, to);
      await tx.query(
        `INSERT INTO ${table} (person_id, unit_id, ${columns}, vfrom, vto, recorded_on, recorded_by)
         SELECT person_id, unit_id, ${columns}, vfrom, $2, $3, $4 FROM ${table} WHERE id = $1`,
        [rowId, to, this.clock.today(), actor.name],
      );
      return { [what]: rowId, to };
    });
  }

  async remove(actor: Actor, id: number, table: Table, rowId: number, reason: string): Promise<void> {
    const what = CALLED[table];
    await this.change(actor, id, `${what}.removed`, async (tx, personId) => {
      await this.take(tx, personId, table, rowId);
      return { [what]: rowId, reason: tidy(reason) };
    });
  }

  /** A later end may reach into the next time in the same post. */
  private async mustNotRunInto(tx: Tx, rowId: number, to: Day): Promise<void> {
    const twice = await tx.query(
      `SELECT 1 FROM person_position mine JOIN person_position x ON x.unit_id = mine.unit_id AND lower(x.title) = lower(mine.title)
        WHERE mine.id = $1 AND x.id <> mine.id AND x.person_id IN ${recordsOf('mine.person_id')} AND x.removed_on IS NULL AND x.vfrom < $2::date AND mine.vfrom < x.vto`,
      [rowId, to],
    );
    if (twice.length > 0) throw positionTwice('to');
  }

  private async take(tx: Tx, personId: number, table: Table, rowId: number): Promise<{ from: Day }> {
    const [row] = await tx.query<{ from: Day }>(
      `UPDATE ${table} SET removed_on = $3 WHERE id = $1 AND person_id IN ${recordsOf('$2::int')} AND removed_on IS NULL RETURNING vfrom AS "from"`,
      [rowId, personId, this.clock.today()],
    );
    if (!row) throw Refused.notFound(CALLED[table]);
    return row;
  }

  private async change(
    actor: Actor,
    id: number,
    action: string,
    work: (tx: Tx, personId: number) => Promise<object>,
  ): Promise<void> {
    await transact(this.db, async (tx) => {
      const person = await this.people.lock(tx, actor, id);
      const data = await work(tx, person.id);
      await audit(tx, this.clock.now(), actor, action, `person:${person.id}`, data);
    });
  }
}

function positionTwice(field: string): Refused {
  return new Refused('people.position_twice', 'Chức danh này đã ghi cho thời gian đó.', field, 'conflict');
}
