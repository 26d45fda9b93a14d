import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { DataSource } from 'typeorm';
import { Refused, ROLE_PERMISSIONS, ROLES, systemActor, type Actor, type Day, type Role } from '@lib/kernel';
import { audit, Clock, prepared, transact } from '@lib/platform';
import { inheritedBy, presentOn, uppersOn } from '@lib/units';
import type { ChangePasswordInput, SignInInput } from './access.dto.js';
import { ABSOLUTE_MS, checkPassword, grantsOf, hashToken, IDLE_MS, newToken, SEEN_EVERY_MS } from './access.rules.js';
import { Account, Session } from './account.entity.js';
import type { Cargo } from './cargo.js';
import { SignInThrottle } from './throttle.service.js';

export interface HeldGrant {
  readonly unitId: number;
  readonly role: Role;
}

export interface Acting {
  readonly delegation: number;
  readonly forName: string;
  readonly ownName: string;
}

/** A session that holds: the account, and what it may do today. */
export interface LiveSession {
  readonly actor: Actor;
  readonly username: string;
  readonly demo: boolean;
  readonly held: readonly HeldGrant[];
  readonly tokenHash: Buffer;
  /** The delegation by which it acts for another; its grants are then those, not its own. */
  readonly acting: Acting | null;
  /** See {@link Cargo}. */
  readonly carried: unknown;
}

interface SessionRow {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly demo: boolean;
  readonly seenAt: Date;
  readonly held: readonly HeldGrant[];
  readonly inherited: readonly (readonly [number, number, boolean])[] | null;
  readonly delegation: number | null;
  readonly giverId: number | null;
  readonly giverName: string | null;
}

const HOLDS = (grant: string): string => `${grant}.valid_from <= $4::date AND $4::date < ${grant}.valid_to`;
const CLEARED = ROLES.filter((role) => ROLE_PERMISSIONS[role].includes('restricted.read'))
  .map((role) => `'${role}'`)
  .join();

/**
 * What the giver of delegation `d` holds on its unit today, and never more: a grant on the unit, or on one above it; above a
 * restricted unit only one that opens such units. Keeping accounts is not delegated.
 */
const DELEGATED = `SELECT json_agg(json_build_object('unitId', d.unit_id, 'role', g.role) ORDER BY g.id)
    FROM account_grant g JOIN unit du ON du.id = d.unit_id
   WHERE g.account_id = d.from_account AND ${HOLDS('g')} AND g.role <> 'SYSTEM_ADMIN'
     AND (g.unit_id = d.unit_id OR (g.unit_id IN (${uppersOn('d.unit_id', presentOn('$4::date'))})
       AND (du.classification <> 'RESTRICTED' OR EXISTS (SELECT 1 FROM account_grant c
             WHERE c.account_id = g.account_id AND c.unit_id = g.unit_id AND ${HOLDS('c')} AND c.role IN (${CLEARED})))))`;

/** Sign-in, the session of each request, sign-out, and the own password. */
@Injectable()
export class Sessions {
  /** Hash of a password nobody has: an unknown name costs the same time as a wrong password. */
  private readonly nobody = hash(newToken());

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly throttle: SignInThrottle,
  ) {}

  /**
   * @returns the token for the cookie; it is stored nowhere.
   * @throws Refused `access.wrong_credentials` (unknown name, wrong password and disabled account alike), `access.too_many_attempts`
   */
  async signIn(input: SignInInput, address: string): Promise<string> {
    const username = input.username.trim().toLowerCase();
    const attempt = await this.throttle.begin(username, address);
    const account = await this.db.manager.findOneBy(Account, { username });
    const matches = await verify(account?.passwordHash ?? (await this.nobody), input.password);
    if (!account || !matches || account.disabled) {
      throw new Refused('access.wrong_credentials', 'Tên đăng nhập hoặc mật khẩu không đúng.', null, 'signed_out');
    }
    const token = newToken();
    const now = this.clock.now();
    await transact(this.db, async (tx) => {
      await tx.manager.insert(Session, {
        tokenHash: hashToken(token),
        accountId: account.id,
        createdAt: now,
        seenAt: now,
      });
      // What has ended needs no job of its own: each sign-in clears what the account left behind.
      await tx.query(`DELETE FROM session WHERE account_id = $1 AND (seen_at <= $2 OR created_at <= $3)`, [
        account.id,
        ...this.horizon(),
      ]);
      await this.throttle.succeeded(tx, attempt, username);
      const actor = { ...systemActor(account.name), accountId: account.id };
      await audit(tx, now, actor, 'session.opened', `account:${account.id}`, {});
    });
    return token;
  }

  /** The session of a token with account, today's grants, and what rides along, in one statement; null when it has ended. */
  async find(token: string, cargo: ReturnType<Cargo['load']> = null): Promise<LiveSession | null> {
    const tokenHash = hashToken(token);
    const params: unknown[] = [tokenHash, ...this.horizon(), this.today()];
    const [row] = await prepared(this.db).query<SessionRow>(
      `SELECT a.id, a.username, a.name, a.demo, s.seen_at AS "seenAt",
              d.id AS delegation, giver.id AS "giverId", giver.name AS "giverName",
              coalesce(CASE WHEN giver.id IS NULL THEN (SELECT json_agg(json_build_object('unitId', g.unit_id, 'role', g.role) ORDER BY g.id)
                          FROM account_grant g WHERE g.account_id = a.id AND ${HOLDS('g')}) ELSE (${DELEGATED}) END, '[]') AS held,
              ${inheritedBy(`SELECT ig.unit_id FROM account_grant ig WHERE ig.account_id = a.id AND ig.valid_from <= $4::date AND $4::date < ig.valid_to UNION ALL SELECT d.unit_id WHERE giver.id IS NOT NULL`, '$4')} AS inherited${cargo ? ', carried.*' : ''}
         FROM session s JOIN account a ON a.id = s.account_id
         LEFT JOIN delegation d ON d.id = s.delegation_id AND d.to_account = a.id AND d.revoked_at IS NULL AND d.vfrom <= $4::date AND $4::date < d.vto
         LEFT JOIN account giver ON giver.id = d.from_account AND NOT giver.disabled
         ${cargo ? `LEFT JOIN LATERAL (${cargo(params)}) carried ON true` : ''}
        WHERE s.token_hash = $1 AND s.seen_at > $2 AND s.created_at > $3 AND NOT a.disabled`,
      params,
    );
    if (!row) return null;
    await this.seen(tokenHash, row.seenAt);
    const { id: accountId, name, held, inherited, delegation, giverId, giverName } = row;
    const own: Actor = { accountId, name, grants: grantsOf(held, inherited ?? []), everywhere: false };
    const acting = delegation !== null && giverName !== null ? { delegation, forName: giverName, ownName: name } : null;
    const actor: Actor =
      acting && giverId !== null ? { ...own, name: `${name} (thay mặt ${acting.forName})`, actingFor: giverId } : own;
    return { actor, username: row.username, demo: row.demo, held, tokenHash, acting, carried: cargo ? row : null };
  }

  async signOut(session: LiveSession): Promise<void> {
    await this.db.manager.delete(Session, { tokenHash: session.tokenHash });
  }

  /** Every other session of the account ends. */
  async changePassword(session: LiveSession, input: ChangePasswordInput): Promise<void> {
    if (session.demo) {
      throw new Refused(
        'access.demo_account',
        'Tài khoản minh hoạ dùng chung, không đổi được mật khẩu.',
        null,
        'conflict',
      );
    }
    checkPassword(input.next, session.username, 'next');
    // A stolen session must not become a way to try passwords without end.
    const attempt = await this.throttle.begin(session.username, `account:${session.actor.accountId}`);
    const account = await this.db.manager.findOneByOrFail(Account, { username: session.username });
    if (!(await verify(account.passwordHash, input.current))) {
      throw new Refused('access.wrong_password', 'Mật khẩu hiện tại không đúng.', 'current');
    }
    const passwordHash = await hash(input.next);
    await transact(this.db, async (tx) => {
      await tx.manager.update(Account, { id: account.id }, { passwordHash });
      await tx.query(`DELETE FROM session WHERE account_id = $1 AND token_hash <> $2`, [account.id, session.tokenHash]);
      await this.throttle.succeeded(tx, attempt, session.username);
      await audit(tx, this.clock.now(), session.actor, 'account.password_changed', `account:${account.id}`, {});
    });
  }

  private async seen(tokenHash: Buffer, seenAt: Date): Promise<void> {
    const now = this.clock.now();
    if (now.getTime() - seenAt.getTime() < SEEN_EVERY_MS) return;
    await this.db.manager.update(Session, { tokenHash }, { seenAt: now });
  }

  /** Sessions last seen, or opened, at or before these instants have ended. */
  private horizon(): [Date, Date] {
    const now = this.clock.now().getTime();
    return [new Date(now - IDLE_MS), new Date(now - ABSOLUTE_MS)];
  }

  private today(): Day {
    return this.clock.today();
  }
}
