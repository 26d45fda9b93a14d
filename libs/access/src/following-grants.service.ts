import { Injectable } from '@nestjs/common';
import type { Actor, Day, Role } from '@lib/kernel';
import { audit, Clock, type Queryable, type Tx } from '@lib/platform';

/** A role that an account got on a unit because it holds the same on another, which ends. */
export interface FollowedGrant {
  readonly id: number;
  readonly accountId: number;
  readonly role: Role;
  readonly fromUnitId: number;
  readonly toUnitId: number;
}

/** An enabled account with a role on a unit. */
export interface RoleHolder {
  readonly accountId: number;
  readonly name: string;
  readonly role: Role;
  readonly unitId: number;
}

/** Roles follow a unit to its successor. Nobody gets another role than he held, and what he held he keeps: it reads history. */
@Injectable()
export class FollowingGrants {
  constructor(private readonly clock: Clock) {}

  /** From the day on. Accounts that hold the role on the successor already get nothing. Returns what was given. */
  async follow(
    tx: Tx,
    actor: Actor,
    moves: readonly { readonly from: number; readonly to: number }[],
    day: Day,
  ): Promise<FollowedGrant[]> {
    const given = await tx.query<FollowedGrant>(
      `WITH held AS (
         SELECT DISTINCT ON (g.account_id, m.to_id, g.role) g.account_id, g.role, m.from_id, m.to_id, greatest(g.valid_from, $3::date) AS valid_from, g.valid_to
           FROM unnest($1::int[], $2::int[]) AS m (from_id, to_id)
           JOIN account_grant g ON g.unit_id = m.from_id AND g.valid_to > $3
          WHERE NOT EXISTS (SELECT 1 FROM account_grant h WHERE h.account_id = g.account_id AND h.unit_id = m.to_id AND h.role = g.role
                               AND h.valid_from <= greatest(g.valid_from, $3::date) AND h.valid_to >= g.valid_to)
          ORDER BY g.account_id, m.to_id, g.role, g.valid_to DESC, m.from_id
       ), given AS (
         INSERT INTO account_grant (account_id, unit_id, role, valid_from, valid_to, granted_by)
         SELECT account_id, to_id, role, valid_from, valid_to, $4 FROM held ORDER BY account_id, to_id, role
         RETURNING id, account_id, unit_id, role)
       SELECT given.id, given.account_id AS "accountId", given.role, held.from_id AS "fromUnitId", held.to_id AS "toUnitId"
         FROM given JOIN held ON held.account_id = given.account_id AND held.to_id = given.unit_id AND held.role = given.role ORDER BY given.id`,
      [moves.map(({ from }) => from), moves.map(({ to }) => to), day, actor.accountId],
    );
    if (given.length > 0) await audit(tx, this.clock.now(), actor, 'account.grants_followed', 'account', { given });
    return given;
  }

  /** Who holds which role on these units today, by a grant on that very unit. */
  holders(q: Queryable, unitIds: readonly number[]): Promise<RoleHolder[]> {
    return q.query<RoleHolder>(
      `SELECT a.id AS "accountId", a.name, g.role, g.unit_id AS "unitId" FROM account_grant g JOIN account a ON a.id = g.account_id AND NOT a.disabled
        WHERE g.unit_id = ANY($1) AND g.valid_from <= $2 AND $2 < g.valid_to ORDER BY a.name, a.id, g.id`,
      [unitIds, this.clock.today()],
    );
  }

  async names(q: Queryable, accountIds: readonly number[]): Promise<Map<number, string>> {
    const rows = await q.query<{ id: number; name: string }>(`SELECT id, name FROM account WHERE id = ANY($1)`, [
      [...new Set(accountIds)],
    ]);
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** They end today, and are kept: what was done by them was done with right. */
  async end(tx: Tx, actor: Actor, ids: readonly number[]): Promise<void> {
    await tx.query(
      `UPDATE account_grant SET valid_to = greatest(valid_from, $2::date) WHERE id = ANY($1) AND valid_to > $2`,
      [ids, this.clock.today()],
    );
    if (ids.length > 0) await audit(tx, this.clock.now(), actor, 'account.grants_ended', 'account', { grants: ids });
  }
}
