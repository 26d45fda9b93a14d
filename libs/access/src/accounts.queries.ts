import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  PERMISSIONS,
  ROLE_NAMES,
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
}

export interface AccountView {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly demo: boolean;
  readonly disabled: boolean;
  /** Only the grants inside the scope of whoever asks. */
  readonly grants: readonly (GrantView & { readonly validFrom: Day; readonly validTo: Day | null })[];
}

export interface DemoAccount {
  readonly username: string;
  readonly password: string;
  readonly roleName: string;
  readonly unit: string;
}

interface AccountRow {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly demo: boolean;
  readonly disabled: boolean;
  readonly grants: readonly (HeldGrant & { readonly validFrom: Day; readonly validTo: Day | null })[];
}

@Injectable()
export class AccountsQueries {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
  ) {}

  async session({ actor, username, demo, held }: LiveSession): Promise<SessionView> {
    const refs = await this.tree.refs(
      reader(this.db),
      held.map((grant) => grant.unitId),
    );
    const grants = held.flatMap(({ unitId, role }) => grantView(role, refs.get(unitId)));
    const abilities = PERMISSIONS.filter((permission) => may(actor, permission));
    return { account: { username, name: actor.name, demo, mustChangePassword: false, grants }, abilities };
  }

  /** Accounts that hold something inside the actor's scope, of one unit's subtree when a code is given. */
  async list(actor: Actor, unit: string | null): Promise<{ items: AccountView[] }> {
    const q = reader(this.db);
    const scope = scopeOf(actor, 'account.manage');
    const narrowed: Scope = unit ? subtree(await this.tree.idOf(q, unit, scope)) : scope;
    return { items: await this.inScope(q, narrowed, null) };
  }

  async one(q: Queryable, actor: Actor, id: number): Promise<AccountView | null> {
    const [account] = await this.inScope(q, scopeOf(actor, 'account.manage'), id);
    return account ?? null;
  }

  /** Demo accounts with their public password, for the sign-in page of a demonstration. */
  async demoAccounts(): Promise<DemoAccount[]> {
    const q = reader(this.db);
    const rows = await q.query<{ username: string; role: Role; unitId: number }>(
      `SELECT DISTINCT ON (a.id) a.username, g.role, g.unit_id AS "unitId"
         FROM account a JOIN account_grant g ON g.account_id = a.id AND g.valid_from <= $1::date AND $1::date < g.valid_to
        WHERE a.demo AND NOT a.disabled ORDER BY a.id, g.id`,
      [this.clock.today()],
    );
    const refs = await this.tree.refs(
      q,
      rows.map((row) => row.unitId),
    );
    return rows.map(({ username, role, unitId }) => ({
      username,
      password: DEMO_PASSWORD,
      roleName: ROLE_NAMES[role],
      unit: refs.get(unitId)?.name ?? '',
    }));
  }

  async demoExists(): Promise<boolean> {
    const rows = await reader(this.db).query(`SELECT 1 FROM account WHERE demo LIMIT 1`);
    return rows.length > 0;
  }

  private async inScope(q: Queryable, scope: Scope, id: number | null): Promise<AccountView[]> {
    const params: unknown[] = [id];
    const rows = await q.query<AccountRow>(
      `SELECT a.id, a.username, a.name, a.demo, a.disabled,
              json_agg(json_build_object('unitId', g.unit_id, 'role', g.role, 'validFrom', g.valid_from,
                                         'validTo', nullif(g.valid_to, 'infinity')) ORDER BY g.id) AS grants
         FROM account a JOIN account_grant g ON g.account_id = a.id AND ${this.tree.inScope('g.unit_id', scope, params)}
        WHERE ($1::int IS NULL OR a.id = $1)
        GROUP BY a.id ORDER BY a.name, a.id`,
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

function grantView(role: Role, unit: UnitRef | undefined): GrantView[] {
  return unit ? [{ role, roleName: ROLE_NAMES[role], unit }] : [];
}
