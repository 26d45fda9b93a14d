import { Injectable } from '@nestjs/common';
import { Refused, type Actor, type Day } from '@lib/kernel';
import { audit, Clock, type Tx } from '@lib/platform';
import { PeopleNews } from './people-news.js';

/** A move of everybody in a unit; `move` takes it back. */
export interface MovedAll {
  readonly move: number;
  readonly people: number;
}

/**
 * In which unit people are members, from when until when. Nothing is overwritten: a row whose place another takes is removed
 * on the day that became known, and stays for what was known before. `person.unit_id` is the unit of the present.
 */
@Injectable()
export class Memberships {
  constructor(
    private readonly clock: Clock,
    private readonly news: PeopleNews,
  ) {}

  /**
   * Everybody who is a member of one unit from `day` on becomes a member of another: for reorganisations, in their
   * transaction and on the day itself or later. The caller has checked that the actor may.
   */
  async moveAll(tx: Tx, actor: Actor, fromUnitId: number, toUnitId: number, day: Day): Promise<MovedAll> {
    const today = this.clock.today();
    if (day > today) throw new Refused('people.move_in_future', 'Chưa tới ngày chuyển sinh hoạt.', 'day', 'conflict');
    const [made] = await tx.query<{ move: number }>(`SELECT nextval('membership_move')::int AS move`);
    if (!made) throw new Error('no number for the move');
    const { move } = made;
    // Whoever is just being recorded there holds the unit's key: he is waited for, and goes along; later ones find it ended.
    await tx.query(`SELECT id FROM unit WHERE id = $1 FOR UPDATE`, [fromUnitId]);
    await tx.query(`SELECT id FROM person WHERE unit_id = $1 ORDER BY id FOR UPDATE`, [fromUnitId]);
    await tx.query(
      `INSERT INTO membership (person_id, unit_id, recorded_on)
       SELECT p.id, p.unit_id, p.recorded_on FROM person p
        WHERE p.unit_id = $1 AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.person_id = p.id AND m.removed_on IS NULL)`,
      [fromUnitId],
    );
    const moved = await tx.query<{ personId: number }>(
      `WITH ended AS (
         UPDATE membership SET removed_on = $4, ended_by_move = $5
          WHERE unit_id = $1 AND removed_on IS NULL AND vto > $3::date RETURNING id, person_id, vfrom, vto, reason, decision, recorded_by
       ), before AS (
         INSERT INTO membership (person_id, unit_id, vfrom, vto, reason, decision, recorded_on, recorded_by, made_by_move)
         SELECT person_id, $1, vfrom, $3, reason, decision, $4, recorded_by, $5 FROM ended WHERE vfrom < $3::date
       ), after AS (
         INSERT INTO membership (person_id, unit_id, vfrom, vto, reason, recorded_on, recorded_by, made_by_move)
         SELECT person_id, $2, greatest(vfrom, $3::date), vto, 'Sắp xếp tổ chức', $4, $6, $5 FROM ended
       )
       SELECT DISTINCT person_id AS "personId" FROM ended ORDER BY person_id`,
      [fromUnitId, toUnitId, day, today, move, actor.name],
    );
    await this.moved(tx, actor, move, moved, { from: fromUnitId, to: toUnitId, day });
    return { move, people: moved.length };
  }

  /**
   * Takes a move of a whole unit back. Who has moved on since then stays where he is.
   * @returns how many people are back
   */
  async moveAllBack(tx: Tx, actor: Actor, move: number): Promise<number> {
    const today = this.clock.today();
    await tx.query(
      `SELECT id FROM person WHERE id IN (SELECT person_id FROM membership WHERE made_by_move = $1) ORDER BY id FOR UPDATE`,
      [move],
    );
    // A row that a later move took away, and gave back when it was itself taken back, stands again under this move's number.
    const untouched = `SELECT m.person_id FROM membership m WHERE m.made_by_move = $1 GROUP BY m.person_id
      HAVING bool_and(m.removed_on IS NULL OR EXISTS (SELECT 1 FROM membership s WHERE s.made_by_move = $1 AND s.removed_on IS NULL
                AND (s.person_id, s.unit_id, s.vfrom, s.vto) = (m.person_id, m.unit_id, m.vfrom, m.vto)))`;
    const back = await tx.query<{ personId: number }>(
      `WITH undone AS (
         UPDATE membership SET removed_on = $2, ended_by_move = $1
          WHERE made_by_move = $1 AND removed_on IS NULL AND person_id IN (${untouched}) RETURNING person_id
       )
       SELECT DISTINCT person_id AS "personId" FROM undone ORDER BY person_id`,
      [move, today],
    );
    // A statement of its own: the rows above must be seen as removed before others take their place.
    await tx.query(
      `INSERT INTO membership (person_id, unit_id, vfrom, vto, reason, decision, recorded_on, recorded_by, made_by_move)
       SELECT m.person_id, m.unit_id, m.vfrom, m.vto, m.reason, m.decision, $3, m.recorded_by, m.made_by_move
         FROM membership m WHERE m.ended_by_move = $1 AND m.made_by_move IS DISTINCT FROM $1 AND m.person_id = ANY($2)`,
      [move, back.map(({ personId }) => personId), today],
    );
    await this.moved(tx, actor, move, back, { undone: true });
    return back.length;
  }

  private async moved(
    tx: Tx,
    actor: Actor,
    move: number,
    people: readonly { personId: number }[],
    data: object,
  ): Promise<void> {
    const ids = people.map(({ personId }) => personId);
    await this.refreshUnits(tx, ids);
    await audit(tx, this.clock.now(), actor, 'membership.moved_all', `membership_move:${move}`, {
      ...data,
      people: ids.length,
    });
    await this.news.moved(tx, ids);
  }

  /** Brings the unit of the present in line with the memberships. */
  private async refreshUnits(tx: Tx, ids: readonly number[]): Promise<void> {
    await tx.query(
      `UPDATE person p SET unit_id = m.unit_id FROM membership m
        WHERE p.id = ANY($1) AND m.person_id = p.id AND m.removed_on IS NULL AND m.vfrom <= $2::date AND $2::date < m.vto AND p.unit_id <> m.unit_id`,
      [ids, this.clock.today()],
    );
  }
}
