import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { grantsOf, mustActForOneself } from '@lib/access';
import { Refused, scopeOf, tidy, type Actor, type Day, type Role, type Scope } from '@lib/kernel';
import { audit, Clock, reader, transact, type Queryable, type Tx } from '@lib/platform';
import { UnitTree, type UnitRef } from '@lib/units';
import type { HandoverInput, HandoverQuery } from './handover.dto.js';
import { TaskQueries } from './tasks.queries.js';

export interface HandoverTask {
  readonly id: number;
  readonly title: string;
  readonly link: string;
  readonly unit: UnitRef | null;
  readonly due: Day | null;
  /** The other account may do it: it holds what the task asks for, there or above. */
  readonly fits: boolean;
}

export interface HandoverView {
  readonly from: string;
  readonly to: string;
  readonly tasks: readonly HandoverTask[];
}

/**
 * An officer's open work put on another's desk. Drafts belong to units and go on with whoever holds the unit; what hangs on
 * the officer are the tasks on his desk. Who takes over needs the right to do them; what he may not do stays.
 */
@Injectable()
export class Handovers {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly tasks: TaskQueries,
  ) {}

  /** What would go over, before it does. */
  async preview(actor: Actor, { from, to }: HandoverQuery): Promise<HandoverView> {
    const q = reader(this.db);
    const [giver, taker] = await this.parties(q, actor, from ?? null, to);
    return {
      from: giver.name,
      to: taker.name,
      tasks: await this.open(q, giver, taker, { within: keptBy(actor, from) }),
    };
  }

  /** @throws Refused `desk.nothing_to_hand_over` */
  async handOver(actor: Actor, { from, to, reason }: HandoverInput): Promise<HandoverView> {
    mustActForOneself(actor);
    return transact(this.db, async (tx) => {
      const [giver, taker] = await this.parties(tx, actor, from ?? null, to);
      const tasks = (await this.open(tx, giver, taker, { within: keptBy(actor, from), lock: true })).filter(
        ({ fits }) => fits,
      );
      const [first] = tasks;
      if (!first) {
        const message = 'Không có việc nào đang mở mà người nhận được phép làm.';
        throw new Refused('desk.nothing_to_hand_over', message, 'to', 'conflict');
      }
      const ids = tasks.map(({ id }) => id);
      const [fromId, toId] = [giver.accountId, taker.accountId];
      await tx.query(`UPDATE desk_task SET handed_from = $2, handed_to = $3 WHERE id = ANY($1)`, [ids, fromId, toId]);
      await tx.query(
        `UPDATE desk_notice SET read_at = $3 WHERE account_id = $2 AND task_id = ANY($1) AND read_at IS NULL`,
        [ids, fromId, this.clock.now()],
      );
      const [row] = await tx.query<{ id: number }>(
        `INSERT INTO handover (from_account, to_account, reason, at, by_name, tasks) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
        [fromId, toId, tidy(reason), this.clock.now(), actor.name, ids],
      );
      await tx.query(
        `INSERT INTO desk_notice (account_id, key, occasion, unit_id, title, why, link, at)
         SELECT $1, $2, 'NEWS', t.unit_id, $3, $4, '/', $5 FROM desk_task t WHERE t.id = $6`,
        [
          toId,
          `handover:${row?.id}`,
          `Anh/chị được bàn giao ${ids.length} việc đang mở`,
          'Các việc này nay nằm trong “Việc của tôi”.',
          this.clock.now(),
          first.id,
        ],
      );
      await audit(tx, this.clock.now(), actor, 'desk.handed_over', `handover:${row?.id}`, {
        from: fromId,
        to: toId,
        tasks: ids,
      });
      return { from: giver.name, to: taker.name, tasks };
    });
  }

  /** Own work goes to a colleague; another's is handed over by who keeps both accounts. */
  private async parties(q: Queryable, actor: Actor, from: string | null, to: string): Promise<[Actor, Actor]> {
    const own = from === null ? await this.account(q, 'a.id = $2', actor.accountId, null) : null;
    const giver = own ?? (await this.account(q, 'a.username = $2', from, scopeOf(actor, 'account.manage')));
    if (!giver) throw Refused.notFound('account', 'from');
    const scope = scopeOf(actor, from === null ? 'unit.read' : 'account.manage');
    const taker = await this.account(q, 'NOT a.disabled AND a.username = $2', to, scope);
    if (!taker || taker.accountId === giver.accountId) {
      const message = 'Không có đồng nghiệp nào mang tên đăng nhập này trong các đơn vị của anh/chị.';
      throw new Refused('access.no_such_colleague', message, 'to');
    }
    return [giver, taker];
  }

  private async account(
    q: Queryable,
    which: string,
    value: string | number | null,
    scope: ReturnType<typeof scopeOf> | null,
  ): Promise<Actor | null> {
    const given = typeof value === 'string' ? value.trim().toLowerCase() : value;
    const params: unknown[] = [this.clock.today(), given];
    const near = scope === null ? 'true' : this.tree.inScope('g.unit_id', scope, params);
    const held = 'g.valid_from <= $1::date AND $1::date < g.valid_to';
    const [row] = await q.query<{ id: number; name: string; held: { unitId: number; role: Role }[] }>(
      `SELECT a.id, a.name, coalesce((SELECT json_agg(json_build_object('unitId', g.unit_id, 'role', g.role)) FROM account_grant g WHERE g.account_id = a.id AND ${held}), '[]') AS held
         FROM account a WHERE ${which} AND (${near === 'true' ? 'true' : `EXISTS (SELECT 1 FROM account_grant g WHERE g.account_id = a.id AND ${near})`})`,
      params,
    );
    return row ? { accountId: row.id, name: row.name, grants: grantsOf(row.held), everywhere: false } : null;
  }

  /** Of another's tasks only those of the units that the asker keeps: the others are for their own keepers. */
  private async open(
    q: Queryable | Tx,
    giver: Actor,
    taker: Actor,
    { within, lock = false }: { readonly within: Scope; readonly lock?: boolean },
  ): Promise<HandoverTask[]> {
    const params: unknown[] = [];
    const kept = this.tree.inScope('t.unit_id', within, params);
    const mine = this.tasks.onDesk(giver, params);
    const fits = this.tasks.withinReach(taker, params);
    const rows = await q.query<Omit<HandoverTask, 'unit'> & { unitId: number }>(
      `SELECT t.id, t.title, t.link, t.unit_id AS "unitId", t.due, ${fits} AS fits FROM desk_task t
        WHERE t.closed_at IS NULL AND ${mine} AND ${kept} ORDER BY coalesce(t.due, 'infinity'::date), t.id ${lock ? 'FOR UPDATE' : ''}`,
      params,
    );
    const refs = await this.tree.refs(
      q,
      rows.map((row) => row.unitId),
    );
    return rows.map(({ unitId, ...row }) => ({ ...row, unit: refs.get(unitId) ?? null }));
  }
}

/** Whose tasks are shown: one's own wherever they lie. */
function keptBy(actor: Actor, from: string | null | undefined): Scope {
  return (from ?? null) === null ? { everywhere: true } : scopeOf(actor, 'account.manage');
}
