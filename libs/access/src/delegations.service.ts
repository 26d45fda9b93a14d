import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { addDays, may, Refused, scopeOf, tidy, type Actor, type Day } from '@lib/kernel';
import { audit, Clock, reader, transact, type Queryable, type Tx } from '@lib/platform';
import { UnitTree, type UnitRef } from '@lib/units';
import type { ColleaguesQuery, DelegationInput } from './delegations.dto.js';
import type { LiveSession } from './sessions.service.js';

/** One account of the units that the asker works in. */
export interface ColleagueView {
  readonly username: string;
  readonly name: string;
}

export interface DelegationView {
  readonly id: number;
  readonly from: ColleagueView;
  readonly to: ColleagueView;
  readonly unit: UnitRef | null;
  readonly validFrom: Day;
  /** First day on which it no longer holds. */
  readonly validTo: Day;
  readonly reason: string;
  readonly revokedBy: string | null;
  readonly state: 'COMING' | 'LIVE' | 'OVER' | 'REVOKED';
  /** The asker may act by it, or would. */
  readonly mine: boolean;
}

const LONGEST_DAYS = 366;
/** What is over stays in the list so long. */
const KEPT_DAYS = 366;
const COLLEAGUES = 20;

/**
 * Acting for another: on one unit and below, for named days, with what the giver himself holds there on the day, whatever
 * was given. Whoever acts says so first (`act`): from then on his session has the giver's rights there and not his own, and
 * what he does is written under both names.
 */
@Injectable()
export class Delegations {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
  ) {}

  /** Given by and to the account, and, for those who keep accounts, of their units; the newest first. */
  async list(actor: Actor): Promise<{ items: DelegationView[] }> {
    const q = reader(this.db);
    const params: unknown[] = [actor.accountId, this.clock.today(), addDays(this.clock.today(), -KEPT_DAYS)];
    const kept = may(actor, 'account.manage')
      ? this.tree.inScope('d.unit_id', scopeOf(actor, 'account.manage'), params)
      : 'false';
    const rows = await q.query<Omit<DelegationView, 'unit'> & { unitId: number }>(
      `SELECT d.id, json_build_object('username', f.username, 'name', f.name) AS "from", json_build_object('username', t.username, 'name', t.name) AS "to",
              d.unit_id AS "unitId", d.vfrom AS "validFrom", d.vto AS "validTo", d.reason, d.revoked_by AS "revokedBy", d.to_account = $1 AS mine,
              CASE WHEN d.revoked_at IS NOT NULL THEN 'REVOKED' WHEN d.vto <= $2::date THEN 'OVER' WHEN d.vfrom > $2::date THEN 'COMING' ELSE 'LIVE' END AS state
         FROM delegation d JOIN account f ON f.id = d.from_account JOIN account t ON t.id = d.to_account
        WHERE ($1 IN (d.from_account, d.to_account) OR ${kept}) AND d.vto > $3::date ORDER BY d.id DESC LIMIT 200`,
      params,
    );
    const refs = await this.tree.refs(
      q,
      rows.map((row) => row.unitId),
    );
    return { items: rows.map(({ unitId, ...row }) => ({ ...row, unit: refs.get(unitId) ?? null })) };
  }

  /** Enabled accounts with a role in the units that the asker works in: whom he may name. */
  async colleagues(
    actor: Actor,
    { q: text, limit = COLLEAGUES }: ColleaguesQuery,
  ): Promise<{ items: ColleagueView[] }> {
    const params: unknown[] = [actor.accountId, this.clock.today(), (text ?? '').trim().toLocaleLowerCase('vi')];
    const items = await reader(this.db).query<ColleagueView>(
      `SELECT a.username, a.name FROM account a WHERE ${this.colleague(actor, params)}
          AND ($3 = '' OR position($3 IN lower(a.name) || ' ' || a.username) > 0) ORDER BY a.name, a.id LIMIT ${limit}`,
      params,
    );
    return { items };
  }

  /**
   * @throws Refused `unit.not_found`, `access.no_such_colleague`, `access.days_impossible`, `access.acting` while acting for
   * another: what was delegated is not delegated on
   */
  async give(actor: Actor, { to, unit, from, until, reason }: DelegationInput): Promise<void> {
    const { accountId } = actor;
    if (accountId === null) throw Refused.notFound('account');
    mustActForOneself(actor);
    const today = this.clock.today();
    if (from < today || until <= from || addDays(from, LONGEST_DAYS) < until)
      throw new Refused(
        'access.days_impossible',
        'Ủy quyền từ hôm nay trở đi, có ngày kết thúc, nhiều nhất một năm.',
        'until',
      );
    await transact(this.db, async (tx) => {
      const unitId = await this.tree.idOf(tx, unit, scopeOf(actor, 'unit.read'));
      const toId = await this.colleagueId(tx, actor, to);
      const [row] = await tx.query<{ id: number }>(
        `INSERT INTO delegation (from_account, to_account, unit_id, vfrom, vto, reason, given_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
        [accountId, toId, unitId, from, until, tidy(reason), this.clock.now()],
      );
      await audit(tx, this.clock.now(), actor, 'delegation.given', `delegation:${row?.id}`, {
        to: toId,
        unitId,
        from,
        until,
      });
    });
  }

  /** By whoever gave it or has it, or keeps the accounts of the unit. It ends at once, also for who is acting by it. */
  async revoke(actor: Actor, id: number): Promise<void> {
    await transact(this.db, async (tx) => {
      const params: unknown[] = [id, actor.accountId, this.clock.now(), actor.name];
      const kept = this.tree.inScope('delegation.unit_id', scopeOf(actor, 'account.manage'), params);
      const rows = await tx.query(
        `UPDATE delegation SET revoked_at = $3, revoked_by = $4 WHERE id = $1 AND revoked_at IS NULL AND ($2 IN (from_account, to_account) OR ${kept}) RETURNING id`,
        params,
      );
      if (rows.length === 0) throw Refused.notFound('delegation');
      await audit(tx, this.clock.now(), actor, 'delegation.revoked', `delegation:${id}`, {});
    });
  }

  /** From now on this session acts by the delegation; null: for its own account again. */
  async act({ actor, tokenHash }: LiveSession, delegationId: number | null): Promise<void> {
    await transact(this.db, async (tx) => {
      if (delegationId !== null) {
        const found = await tx.query(
          `SELECT 1 FROM delegation WHERE id = $1 AND to_account = $2 AND revoked_at IS NULL AND vfrom <= $3::date AND $3::date < vto`,
          [delegationId, actor.accountId, this.clock.today()],
        );
        if (found.length === 0) throw Refused.notFound('delegation');
      }
      await tx.query(`UPDATE session SET delegation_id = $2 WHERE token_hash = $1`, [tokenHash, delegationId]);
      const [action, subject] = delegationId
        ? ['delegation.acting', `delegation:${delegationId}`]
        : ['delegation.stopped', `account:${actor.accountId}`];
      await audit(tx, this.clock.now(), actor, action, subject, {});
    });
  }

  private async colleagueId(tx: Tx, actor: Actor, username: string): Promise<number> {
    const params: unknown[] = [actor.accountId, this.clock.today(), username.trim().toLowerCase()];
    const [row] = await (tx as Queryable).query<{ id: number }>(
      `SELECT a.id FROM account a WHERE a.username = $3 AND ${this.colleague(actor, params)}`,
      params,
    );
    if (row) return row.id;
    const message = 'Không có đồng nghiệp nào mang tên đăng nhập này trong các đơn vị của anh/chị.';
    throw new Refused('access.no_such_colleague', message, 'to');
  }

  /** `$1` the asker, `$2` today. */
  private colleague(actor: Actor, params: unknown[]): string {
    const near = this.tree.inScope('g.unit_id', scopeOf(actor, 'unit.read'), params);
    return `a.id <> $1 AND NOT a.disabled AND EXISTS (SELECT 1 FROM account_grant g WHERE g.account_id = a.id
      AND g.valid_from <= $2::date AND $2::date < g.valid_to AND ${near})`;
  }
}

/** @throws Refused `access.acting` */
export function mustActForOneself(actor: Actor): void {
  if (actor.actingFor === undefined) return;
  const message = 'Đang làm thay người khác; hãy trở lại làm việc bằng tên mình trước.';
  throw new Refused('access.acting', message, null, 'conflict');
}
