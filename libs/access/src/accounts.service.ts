import { Injectable } from '@nestjs/common';
import { hash } from '@node-rs/argon2';
import { DataSource } from 'typeorm';
import { Refused, scopeOf, tidy, type Actor } from '@lib/kernel';
import { audit, Clock, transact, type Tx } from '@lib/platform';
import { UnitTree } from '@lib/units';
import { storeMail } from './own-mail.service.js';
import type { CreateAccountInput, GrantInput, SetMailInput } from './access.dto.js';
import { checkPassword, DEMO_PASSWORD, storedEmail } from './access.rules.js';
import { Account, AccountGrant } from './account.entity.js';
import { AccountsQueries, type AccountView } from './accounts.queries.js';

/**
 * Accounts and their grants. An administrator gives, sees and takes away only inside the units where he holds
 * `account.manage`, and never changes his own grants.
 */
@Injectable()
export class Accounts {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly accounts: AccountsQueries,
  ) {}

  async create(actor: Actor, input: CreateAccountInput): Promise<AccountView> {
    checkPassword(input.password, input.username, 'password');
    return this.insert(actor, input, input.password, false);
  }

  /** With the public demo password; only the demo loader calls this. */
  createDemo(actor: Actor, input: Omit<CreateAccountInput, 'password'>): Promise<AccountView> {
    return this.insert(actor, input, DEMO_PASSWORD, true);
  }

  /** Replaces the grants inside the actor's scope, and on units that are no more; grants elsewhere stay. */
  async setGrants(actor: Actor, id: number, grants: readonly GrantInput[]): Promise<AccountView> {
    mustBeOther(actor, id);
    return transact(this.db, async (tx) => {
      await this.lock(tx, actor, id);
      const params: unknown[] = [id];
      const inScope = this.tree.inScope('account_grant.unit_id', scopeOf(actor, 'account.manage'), params);
      const gone = this.tree.unfounded('account_grant.unit_id');
      await tx.query(`DELETE FROM account_grant WHERE account_id = $1 AND (${inScope} OR ${gone})`, params);
      await this.grant(tx, actor, id, grants);
      await audit(tx, this.clock.now(), actor, 'account.grants_set', `account:${id}`, { grants });
      const view = await this.accounts.one(tx, actor, id);
      // Without any grant in scope the account is no longer the actor's to see.
      return view ?? { id, ...(await this.plain(tx, id)), grants: [] };
    });
  }

  /** Sessions of a disabled account end at once. Only for accounts that hold nothing outside the actor's scope. */
  async setDisabled(actor: Actor, id: number, disabled: boolean): Promise<AccountView> {
    mustBeOther(actor, id);
    return transact(this.db, async (tx) => {
      const view = await this.lock(tx, actor, id);
      await this.mustHoldNothingElsewhere(tx, actor, id);
      await tx.manager.update(Account, { id }, { disabled });
      if (disabled) await tx.query(`DELETE FROM session WHERE account_id = $1`, [id]);
      await audit(tx, this.clock.now(), actor, disabled ? 'account.disabled' : 'account.enabled', `account:${id}`, {});
      return { ...view, disabled };
    });
  }

  /** Where notices go: nobody turns those of another's units to an address of his own. */
  async setMail(actor: Actor, id: number, { email: given, notices }: SetMailInput): Promise<AccountView> {
    mustBeOther(actor, id);
    const email = storedEmail(given);
    return transact(this.db, async (tx) => {
      const view = await this.lock(tx, actor, id);
      await this.mustHoldNothingElsewhere(tx, actor, id);
      await storeMail(tx, id, { email, notices });
      // The trail says that it was changed; the address itself is nobody else's business.
      await audit(tx, this.clock.now(), actor, 'account.mail_set', `account:${id}`, { notices, address: !!email });
      return { ...view, email, mailNotices: notices };
    });
  }

  private async mustHoldNothingElsewhere(tx: Tx, actor: Actor, id: number): Promise<void> {
    const params: unknown[] = [id];
    const inScope = this.tree.inScope('account_grant.unit_id', scopeOf(actor, 'account.manage'), params);
    const outside = await tx.query(
      `SELECT 1 FROM account_grant WHERE account_id = $1 AND NOT ${inScope} AND NOT ${this.tree.unfounded('account_grant.unit_id')} LIMIT 1`,
      params,
    );
    if (outside.length === 0) return;
    throw new Refused(
      'access.held_elsewhere',
      'Tài khoản còn vai trò ở đơn vị khác; chỉ cấp quản lý chung mới làm được việc này.',
      null,
      'conflict',
    );
  }

  private async insert(
    actor: Actor,
    input: Omit<CreateAccountInput, 'password'>,
    password: string,
    demo: boolean,
  ): Promise<AccountView> {
    const passwordHash = await hash(password);
    return transact(this.db, async (tx) => {
      const [row] = await tx.query<{ id: number }>(
        `INSERT INTO account (username, name, password_hash, demo, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (username) DO NOTHING RETURNING id`,
        [input.username, tidy(input.name), passwordHash, demo, actor.accountId, this.clock.now()],
      );
      if (!row)
        throw new Refused('access.username_taken', 'Tên đăng nhập này đã có người dùng.', 'username', 'conflict');
      await this.grant(tx, actor, row.id, input.grants);
      await audit(tx, this.clock.now(), actor, 'account.created', `account:${row.id}`, {
        username: input.username,
        grants: input.grants,
      });
      const view = await this.accounts.one(tx, actor, row.id);
      if (!view) throw Refused.notFound('account');
      return view;
    });
  }

  /** @throws Refused `unit.not_found` for a unit outside the actor's own scope, with its place in the list. */
  private async grant(tx: Tx, actor: Actor, accountId: number, grants: readonly GrantInput[]): Promise<void> {
    const scope = scopeOf(actor, 'account.manage');
    for (const [index, { role, unit, validFrom, validTo }] of grants.entries()) {
      const from = validFrom ?? this.clock.today();
      if (validTo && validTo <= from) {
        throw new Refused(
          'access.ends_before_it_begins',
          'Ngày kết thúc phải sau ngày bắt đầu.',
          `grants[${index}].validTo`,
        );
      }
      const unitId = await this.tree.idOf(tx, unit, scope, `grants[${index}].unit`);
      const row = {
        accountId,
        unitId,
        role,
        validFrom: from,
        validTo: validTo ?? 'infinity',
        grantedBy: actor.accountId,
      };
      await tx.manager.insert(AccountGrant, row);
    }
  }

  private async lock(tx: Tx, actor: Actor, id: number): Promise<AccountView> {
    await tx.query(`SELECT id FROM account WHERE id = $1 FOR UPDATE`, [id]);
    const view = await this.accounts.one(tx, actor, id);
    if (!view) throw Refused.notFound('account');
    return view;
  }

  private async plain(tx: Tx, id: number): Promise<Omit<AccountView, 'id' | 'grants'>> {
    const { username, name, demo, disabled, email, mailNotices } = await tx.manager.findOneByOrFail(Account, { id });
    return { username, name, demo, disabled, email, mailNotices };
  }
}

/** @throws Refused `access.own_account` */
export function mustBeOther(actor: Actor, id: number): void {
  if (actor.accountId !== id) return;
  throw new Refused('access.own_account', 'Không tự quản trị tài khoản của chính mình.', null, 'conflict');
}
