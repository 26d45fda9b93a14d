import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AccountsQueries } from '@lib/access';
import { scopeOf, type Actor, type Classification, type Day, type Permission } from '@lib/kernel';
import { Clock, Outbox, PLATFORM_SETTINGS, type PlatformSettings, type Queryable, type Tx } from '@lib/platform';
import { UnitTree } from '@lib/units';

/** Something that waits for whoever holds a permission on a unit. */
export interface TaskInput {
  /** Names what waits, so that it can be closed: `nomination.receive:12`. Opening the same key twice is one task. What stands before the colon is the task's kind. */
  readonly key: string;
  readonly unitId: number;
  readonly permission: Permission;
  /** "Hồ sơ đề nghị của CĐCS số 1 chờ tiếp nhận". It travels by mail: names units and records, never people. */
  readonly title: string;
  /** Why it waits for them. Names nobody, either. */
  readonly why: string;
  /** Page of the web app: `/de-nghi/12`. */
  readonly link: string;
  readonly due: Day | null;
  /** RESTRICTED: only for those who are cleared on that unit, and never by mail. Left out: INTERNAL. */
  readonly classification?: Classification;
}

/** Told to whoever holds a permission on a unit: nothing waits for them. */
export interface NoticeInput {
  /** The same key is told once to each of them. */
  readonly key: string;
  readonly unitId: number;
  readonly permission: Permission;
  /** Names units and records, never people: it travels by mail. */
  readonly title: string;
  readonly why?: string;
  /** Page of the web app. */
  readonly link: string;
  /** As of a task. */
  readonly classification?: Classification;
}

/** What a notice is about. */
export const OCCASIONS = ['TASK', 'SOON', 'OVERDUE', 'IN_PLACE', 'NEWS'] as const;
export type Occasion = (typeof OCCASIONS)[number];

/** A task as far as notices are told of it. */
export interface OpenTask extends Omit<TaskInput, 'classification'> {
  readonly id: number;
  readonly restricted: boolean;
}

interface Telling extends Omit<NoticeInput, 'classification'> {
  readonly occasion: Occasion;
  readonly taskId: number | null;
  readonly due: Day | null;
  readonly restricted: boolean;
}

/** Called by rooms inside their own transactions: a task opens with what makes it wait and closes with the step that ends it. */
@Injectable()
export class Desk {
  constructor(
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly accounts: AccountsQueries,
    private readonly outbox: Outbox,
    @Inject(PLATFORM_SETTINGS) private readonly settings: PlatformSettings,
  ) {}

  /** Opens a task and tells those for whom it waits. @param by who caused it: is not told of what he did himself */
  async open(tx: Tx, { classification, ...task }: TaskInput, by?: Actor): Promise<void> {
    const restricted = classification === 'RESTRICTED';
    const [opened] = await tx.query<{ id: number }>(
      `INSERT INTO desk_task (key, unit_id, permission, title, why, link, due, restricted, opened_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (key) WHERE closed_at IS NULL DO NOTHING RETURNING id`,
      [task.key, task.unitId, task.permission, task.title, task.why, task.link, task.due, restricted, this.clock.now()],
    );
    if (opened) await this.tellOfTask(tx, { ...task, id: opened.id, restricted }, 'TASK', by);
  }

  /**
   * Closing what is not open does nothing. Notices of the task need no reading any more; where somebody above the unit
   * did it in their place, they are told.
   */
  async close(tx: Tx, actor: Actor, key: string): Promise<void> {
    const [task] = await tx.query<OpenTask>(
      `UPDATE desk_task SET closed_at = $2, closed_by = $3 WHERE key = $1 AND closed_at IS NULL
       RETURNING id, key, unit_id AS "unitId", permission, title, why, link, due, restricted`,
      [key, this.clock.now(), actor.name],
    );
    if (!task) return;
    await tx.query(`UPDATE desk_notice SET read_at = $2 WHERE task_id = $1 AND read_at IS NULL`, [
      task.id,
      this.clock.now(),
    ]);
    if (await this.isInTheirPlace(tx, actor, task)) {
      await this.tellOfTask(tx, { ...task, why: 'Công đoàn cấp trên đã làm thay việc này.' }, 'IN_PLACE', actor);
    }
  }

  /**
   * Open tasks go on at another unit: all of a unit, or those with the given keys. Nobody is told of each; earlier notices
   * need no reading any more. Returns their ids.
   */
  async handOver(
    tx: Tx,
    fromUnitId: number,
    toUnitId: number,
    which: { readonly keys?: readonly string[]; readonly ids?: readonly number[] } = {},
  ): Promise<number[]> {
    const moved = await tx.query<{ id: number }>(
      `UPDATE desk_task SET unit_id = $2 WHERE unit_id = $1 AND closed_at IS NULL
          AND ($3::text[] IS NULL OR key = ANY($3)) AND ($4::int[] IS NULL OR id = ANY($4)) RETURNING id`,
      [fromUnitId, toUnitId, which.keys ?? null, which.ids ?? null],
    );
    const ids = moved.map(({ id }) => id);
    await tx.query(`UPDATE desk_notice SET read_at = $2 WHERE task_id = ANY($1) AND read_at IS NULL`, [
      ids,
      this.clock.now(),
    ]);
    return ids;
  }

  /** How many tasks wait at these units. */
  async waitingAt(q: Queryable, unitIds: readonly number[]): Promise<number> {
    const [row] = await q.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM desk_task WHERE unit_id = ANY($1) AND closed_at IS NULL`,
      [unitIds],
    );
    return row?.count ?? 0;
  }

  /** @param by as of {@link open} */
  async tell(tx: Tx, { classification, ...notice }: NoticeInput, by?: Actor): Promise<void> {
    const restricted = classification === 'RESTRICTED';
    await this.put(tx, { ...notice, occasion: 'NEWS', taskId: null, due: null, restricted }, by);
  }

  /** Each occasion of a task is told once. */
  async tellOfTask(tx: Tx, task: OpenTask, occasion: Exclude<Occasion, 'NEWS'>, by?: Actor): Promise<void> {
    const key = `task:${task.id}:${occasion}`;
    await this.put(tx, { ...task, key, occasion, taskId: task.id }, by);
  }

  /** One notice for each account that holds the permission by a grant on that very unit today; by mail for those who want it. */
  private async put(tx: Tx, notice: Telling, by: Actor | undefined): Promise<void> {
    const { unitId, permission, restricted } = notice;
    const holders = await this.accounts.holders(tx, { unitId, permission, cleared: restricted });
    const others = holders.filter(({ accountId }) => accountId !== by?.accountId);
    if (others.length === 0) return;
    const told = await tx.query<{ id: number; accountId: number }>(
      `INSERT INTO desk_notice (account_id, key, occasion, unit_id, task_id, title, why, link, due, at)
       SELECT a.id, $2, $3, $4, $5, $6, $7, $8, $9, $10 FROM unnest($1::int[]) AS a (id)
       ON CONFLICT (account_id, key) DO NOTHING RETURNING id, account_id AS "accountId"`,
      [
        others.map(({ accountId }) => accountId),
        notice.key,
        notice.occasion,
        unitId,
        notice.taskId,
        notice.title,
        notice.why ?? '',
        notice.link,
        notice.due,
        this.clock.now(),
      ],
    );
    if (!this.settings.mail || restricted || (await this.tree.restricted(tx, [unitId])).size > 0) return;
    const byMail = new Set(others.flatMap(({ accountId, byMail: wants }) => (wants ? [accountId] : [])));
    for (const { id, accountId } of told) {
      // The row says whose notice leaves; the address is looked up when it does.
      if (byMail.has(accountId)) await this.outbox.put(tx, 'mail', randomUUID(), { notice: id });
    }
  }

  private async isInTheirPlace(tx: Tx, actor: Actor, { unitId, permission }: OpenTask): Promise<boolean> {
    if (actor.everywhere) return false;
    if (actor.grants.some((grant) => grant.unitId === unitId && grant.permissions.has(permission))) return false;
    const params: unknown[] = [unitId];
    const scope = scopeOf(actor, permission);
    const found = await tx.query(
      `SELECT 1 FROM unit u WHERE u.id = $1 AND ${this.tree.inScope('u.id', scope, params)}`,
      params,
    );
    return found.length > 0;
  }
}
