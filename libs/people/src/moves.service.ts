import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, scopeOf, tidy, type Actor, type Day } from '@lib/kernel';
import { audit, Clock, transact, type Tx } from '@lib/platform';
import { UnitTree } from '@lib/units';
import { checkMove, checkPast, type Span } from './memberships.rules.js';
import type { MovePersonInput, PastMembershipInput } from './people.dto.js';
import type { PersonRow } from './people.queries.js';
import { People } from './people.service.js';
import { PeopleNews } from './people-news.js';

interface MembershipRow extends Span {
  readonly id: number;
  readonly unitId: number;
}

/** One person's way through the units, as an officer records it. */
@Injectable()
export class Moves {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly people: People,
    private readonly news: PeopleNews,
  ) {}

  /** Both units must be in the actor's scope. @throws Refused `people.already_there`, `people.unit_ended` and those of the rules */
  async move(actor: Actor, id: number, { unit, from, reason, decision }: MovePersonInput): Promise<void> {
    await this.change(actor, id, 'person.moved', async (tx, person) => {
      const unitId = await this.unitOn(tx, actor, unit, from, 'unit');
      if (unitId === person.unitId)
        throw new Refused('people.already_there', 'Người này đang sinh hoạt ở chính đơn vị đó.', 'unit', 'conflict');
      const current = await this.current(tx, person);
      const names = await this.tree.refs(tx, [current.unitId]);
      checkMove({ ...current, unitName: names.get(current.unitId)?.name ?? '' }, from, this.clock.today());
      await this.replace(tx, actor, person.id, [current.id], [{ ...current, to: from }]);
      await this.add(tx, actor, person.id, { unitId, from, to: null }, reason, decision);
      await tx.query(`UPDATE person SET unit_id = $2, version = version + 1 WHERE id = $1`, [person.id, unitId]);
      await this.people.mustLast(tx, unitId);
      return { from: current.unitId, to: unitId, day: from };
    });
  }

  /** A stretch of the past for the unit history. @throws Refused `people.memberships_overlap` */
  async addPast(actor: Actor, id: number, { unit, from, to }: PastMembershipInput): Promise<void> {
    await this.change(actor, id, 'person.membership_added', async (tx, person) => {
      const unitId = await this.unitOn(tx, actor, unit, from, 'unit');
      const rows = await this.rows(tx, person.id);
      // A membership without a known beginning begins where the earlier one that is now told ends.
      const [unknown] = rows.filter((row) => row.from === null && (row.to === null || to <= row.to));
      const others = rows.filter((row) => row !== unknown);
      const names = await this.tree.refs(
        tx,
        others.map((row) => row.unitId),
      );
      checkPast(
        { from, to },
        others.map((row) => ({ ...row, unitName: names.get(row.unitId)?.name ?? '' })),
      );
      if (to > this.clock.today()) throw new Refused('people.day_in_future', 'Ngày này chưa tới.', 'to');
      if (unknown && unknown.to !== to)
        await this.replace(tx, actor, person.id, [unknown.id], [{ ...unknown, from: to }]);
      else if (unknown) await this.replace(tx, actor, person.id, [unknown.id], []);
      await this.add(tx, actor, person.id, { unitId, from, to });
      return { unitId, from, to };
    });
  }

  /** A mistaken row is no longer known; where it was the present one, the one before it lasts again. */
  async remove(actor: Actor, id: number, membershipId: number, reason: string): Promise<void> {
    await this.change(actor, id, 'person.membership_removed', async (tx, person) => {
      const rows = await this.rows(tx, person.id);
      const mistaken = rows.find((row) => row.id === membershipId);
      if (!mistaken) throw Refused.notFound('membership');
      if (mistaken.to !== null) await this.replace(tx, actor, person.id, [mistaken.id], []);
      else {
        const before = rows.find((row) => row.to !== null && row.to === mistaken.from);
        if (!before)
          throw new Refused(
            'people.only_membership',
            'Đây là nơi sinh hoạt hiện nay; hãy chuyển người này sang đơn vị đúng.',
            null,
            'conflict',
          );
        await this.replace(tx, actor, person.id, [mistaken.id, before.id], [{ ...before, to: null }]);
        await tx.query(`UPDATE person SET unit_id = $2, version = version + 1 WHERE id = $1`, [
          person.id,
          before.unitId,
        ]);
      }
      return { membership: membershipId, reason: tidy(reason) };
    });
  }

  private async change(
    actor: Actor,
    id: number,
    action: string,
    work: (tx: Tx, person: PersonRow) => Promise<object>,
  ): Promise<void> {
    await transact(this.db, async (tx) => {
      const person = await this.people.lock(tx, actor, id);
      const data = await work(tx, person);
      await audit(tx, this.clock.now(), actor, action, `person:${person.id}`, data);
      await this.people.compareLater(tx, [person.id]);
      await this.news.moved(tx, [person.id]);
    });
  }

  /** @throws Refused `people.unit_not_there` */
  private async unitOn(tx: Tx, actor: Actor, code: string, day: Day, field: string): Promise<number> {
    const unitId = await this.tree.idOf(tx, code, scopeOf(actor, 'person.record'), field);
    if ((await this.tree.onDay(tx, [unitId], day)).has(unitId)) return unitId;
    throw new Refused('people.unit_not_there', 'Vào ngày đó đơn vị này không tồn tại.', field);
  }

  private rows(tx: Tx, personId: number): Promise<MembershipRow[]> {
    return tx.query<MembershipRow>(
      `SELECT id, unit_id AS "unitId", nullif(vfrom, '-infinity') AS "from", nullif(vto, 'infinity') AS "to"
         FROM membership WHERE person_id = $1 AND removed_on IS NULL ORDER BY vfrom`,
      [personId],
    );
  }

  private async current(tx: Tx, { id, unitId }: PersonRow): Promise<MembershipRow> {
    const open = (await this.rows(tx, id)).find((row) => row.to === null);
    if (open) return open;
    const [row] = await tx.query<MembershipRow>(
      `INSERT INTO membership (person_id, unit_id, recorded_on) VALUES ($1, $2, $3) RETURNING id, unit_id AS "unitId", NULL AS "from", NULL AS "to"`,
      [id, unitId, this.clock.today()],
    );
    if (!row) throw new Error('no membership');
    return row;
  }

  /** Rows are not changed: they are removed, and what is known now takes their place with the reason they had. */
  private async replace(
    tx: Tx,
    actor: Actor,
    personId: number,
    removed: readonly number[],
    by: readonly MembershipRow[],
  ): Promise<void> {
    await tx.query(`UPDATE membership SET removed_on = $2 WHERE id = ANY($1)`, [removed, this.clock.today()]);
    for (const { id, unitId, from, to } of by)
      await tx.query(
        `INSERT INTO membership (person_id, unit_id, vfrom, vto, reason, decision, recorded_on, recorded_by)
         SELECT $1, $2, coalesce($3::date, '-infinity'), coalesce($4::date, 'infinity'), reason, decision, $5, $6 FROM membership WHERE id = $7`,
        [personId, unitId, from, to, this.clock.today(), actor.name, id],
      );
  }

  private async add(
    tx: Tx,
    actor: Actor,
    personId: number,
    { unitId, from, to }: Span & { readonly unitId: number },
    reason: string | null | undefined = null,
    decision: string | null | undefined = null,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO membership (person_id, unit_id, vfrom, vto, reason, decision, recorded_on, recorded_by)
       VALUES ($1, $2, coalesce($3::date, '-infinity'), coalesce($4::date, 'infinity'), $5, $6, $7, $8)`,
      [
        personId,
        unitId,
        from,
        to,
        reason ? tidy(reason) : null,
        decision ? tidy(decision) : null,
        this.clock.today(),
        actor.name,
      ],
    );
  }
}
