import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  PERMISSIONS,
  ROLES,
  ROLE_NAMES,
  ROLE_PERMISSIONS,
  may,
  scopeOf,
  type Actor,
  type Day,
  type Permission,
  type Role,
  type Scope,
  subtree,
} from '@lib/kernel';
import { Clock, reader, type Queryable } from '@lib/platform';
import { UnitTree, type UnitRef } from '@lib/units';
import type { AccountsQuery } from './access.dto.js';
import { DEMO_PASSWORD } from './access.rules.js';
import type { HeldGrant, LiveSession } from './sessions.service.js';

export interface GrantView {
  readonly role: Role;
  readonly roleName: string;
  readonly unit: UnitRef;
}

export interface SessionView {
  readonly account: {
    readonly username: string;
    readonly name: string;
    readonly demo: boolean;
    readonly mustChangePassword: false;
    readonly grants: readonly GrantView[];
  };
  readonly abilities: readonly Permission[];
  /** For whom it acts at the moment; null: for itself. */
  readonly acting: { readonly delegation: number; readonly name: string } | null;
}

export interface AccountView {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly demo: boolean;
  readonly disabled: boolean;
  /** Where notices go by mail; null: nowhere. */
  readonly email: string | null;
  readonly mailNotices: boolean;
  /** Only the grants inside the scope of whoever asks. */
  readonly grants: readonly (GrantView & { readonly validFrom: Day; readonly validTo: Day | null })[];
}

export interface AccountPage {
  readonly items: AccountView[];
  readonly next: number | null;
}

/** Somebody who holds a permission by a grant on one unit. */
export interface Holder {
  readonly accountId: number;
  /** Has an address and wants notices by mail. */
  readonly byMail: boolean;
}

/** One line of the sign-in page; an account with roles on two units has two. */
export interface DemoAccount {
  readonly username: string;
  readonly password: string;
  /** All its roles on the unit. */
  readonly roleName: string;
  readonly unit: string;
}

interface AccountRow extends Omit<AccountView, 'grants'> {
  readonly grants: readonly (HeldGrant & { readonly validFrom: Day; readonly validTo: Day | null })[];
}

const PAGE = 100;

@Injectable()
export class AccountsQueries {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
  ) {}

  async session({ actor, username, demo, held, acting }: LiveSession): Promise<SessionView> {
    const refs = await this.tree.refs(
      reader(this.db),
      held.map((grant) => grant.unitId),
    );
    const grants = held.flatMap(({ unitId, role }) => grantView(role, refs.get(unitId)));
    const abilities = PERMISSIONS.filter((permission) => may(actor, permission));
    return {
      account: { username, name: acting?.ownName ?? actor.name, demo, mustChangePassword: false, grants },
      abilities,
      acting: acting && { delegation: acting.delegation, name: acting.forName },
    };
  }

  /** Accounts that hold something inside the actor's scope, of one unit's subtree when a code is given; by name. */
  async list(actor: Actor, { unit, q: text, after, limit = PAGE }: AccountsQuery): Promise<AccountPage> {
    const q = reader(this.db);
    const scope = scopeOf(actor, 'account.manage');
    const narrowed: Scope = unit ? subtree(await this.tree.idOf(q, unit, scope)) : scope;
    const conditions: string[] = [];
    const params: unknown[] = [];
    if (text?.trim()) {
      params.push(text.trim().toLocaleLowerCase('vi'));
      conditions.push(`position($${params.length} IN lower(a.name) || ' ' || a.username) > 0`);
    }
    if (after) {
      params.push(after);
      conditions.push(`(a.name, a.id) > (SELECT b.name, b.id FROM account b WHERE b.id = $${params.length})`);
    }
    params.push(limit + 1);
    const items = await this.inScope(q, narrowed, { conditions, params, limit: `LIMIT $${params.length}` });
    return { items: items.slice(0, limit), next: items.length > limit ? (items[limit - 1]?.id ?? null) : null };
  }

  async one(q: Queryable, actor: Actor, id: number): Promise<AccountView | null> {
    const scope = scopeOf(actor, 'account.manage');
    const [account] = await this.inScope(q, scope, { conditions: ['a.id = $1'], params: [id], limit: '' });
    return account ?? null;
  }

  /**
   * Enabled accounts that hold the permission today by a grant on that very unit, not by one further up; with `cleared`
   * only those who may see restricted records there.
   */
  async holders(
    q: Queryable,
    { unitId, permission, cleared }: { unitId: number; permission: Permission; cleared: boolean },
  ): Promise<Holder[]> {
    return q.query<Holder>(
      `SELECT a.id AS "accountId", a.email IS NOT NULL AND a.mail_notices AS "byMail"
         FROM account a
         JOIN (SELECT g.account_id, bool_or(g.role = ANY($2)) AS holds, bool_or(g.role = ANY($3)) AS cleared
                 FROM account_grant g WHERE g.unit_id = $1 AND g.valid_from <= $4::date AND $4::date < g.valid_to
                GROUP BY g.account_id) held ON held.account_id = a.id AND held.holds AND (held.cleared OR NOT $5)
        WHERE NOT a.disabled ORDER BY a.id`,
      [unitId, rolesWith(permission), rolesWith('restricted.read'), this.clock.today(), cleared],
    );
  }

  /** Demo accounts with their public password, for the sign-in page of a demonstration. */
  async demoAccounts(): Promise<DemoAccount[]> {
    const q = reader(this.db);
    const rows = await q.query<{ username: string; roles: Role[]; unitId: number }>(
      `SELECT a.username, array_agg(g.role ORDER BY g.id) AS roles, g.unit_id AS "unitId"
         FROM account a JOIN account_grant g ON g.account_id = a.id AND g.valid_from <= $1::date AND $1::date < g.valid_to
        WHERE a.demo AND NOT a.disabled GROUP BY a.id, g.unit_id ORDER BY a.id, min(g.id)`,
      [this.clock.today()],
    );
    const refs = await this.tree.refs(
      q,
      rows.map((row) => row.unitId),
    );
    return rows.map(({ username, roles, unitId }) => ({
      username,
      password: DEMO_PASSWORD,
      roleName: roles.map((role) => ROLE_NAMES[role]).join(', '),
      unit: refs.get(unitId)?.name ?? '',
    }));
  }

  async demoExists(): Promise<boolean> {
    const rows = await reader(this.db).query(`SELECT 1 FROM account WHERE demo LIMIT 1`);
    return rows.length > 0;
  }

  private async inScope(
    q: Queryable,
    scope: Scope,
    { conditions, params, limit }: { conditions: readonly string[]; params: unknown[]; limit: string },
  ): Promise<AccountView[]> {
    const rows = await q.query<AccountRow>(
      `SELECT a.id, a.username, a.name, a.demo, a.disabled, a.email, a.mail_notices AS "mailNotices",
              json_agg(json_build_object('unitId', g.unit_id, 'role', g.role, 'validFrom', g.valid_from,
                                         'validTo', nullif(g.valid_to, 'infinity')) ORDER BY g.id) AS grants
         FROM account a JOIN account_grant g ON g.account_id = a.id AND ${this.tree.inScope('g.unit_id', scope, params)}
        WHERE ${['true', ...conditions].join(' AND ')}
        GROUP BY a.id ORDER BY a.name, a.id ${limit}`,
      params,
    );
    const refs = await this.tree.refs(
      q,
      rows.flatMap((row) => row.grants.map((grant) => grant.unitId)),
    );
    return rows.map((row) => ({
      ...row,
      grants: row.grants.flatMap(({ role, unitId, validFrom, validTo }) =>
        grantView(role, refs.get(unitId)).map((grant) => ({ ...grant, validFrom, validTo })),
      ),
    }));
  }
}

function rolesWith(permission: Permission): Role[] {
  return ROLES.filter((role) => ROLE_PERMISSIONS[role].includes(permission));
}

function grantView(role: Role, unit: UnitRef | undefined): GrantView[] {
  return unit ? [{ role, roleName: ROLE_NAMES[role], unit }] : [];
}
