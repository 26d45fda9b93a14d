import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isDay, Refused, scopeOf, type Actor, type Day, type Permission, type Scope } from '@lib/kernel';
import { Clock, reader } from '@lib/platform';
import { UnitTree, type UnitRef } from '@lib/units';
import type { TasksOf, TasksQuery } from './desk.dto.js';

/** What waits: enough to decide what to open first, and no more. */
export interface TaskView {
  readonly id: number;
  readonly kind: string;
  readonly title: string;
  readonly why: string;
  readonly link: string;
  readonly unit: UnitRef;
  /** The unit exists no more: somebody above has to take this over. */
  readonly unitEnded: boolean;
  readonly due: Day | null;
  readonly overdue: boolean;
  readonly openedDaysAgo: number;
}

export interface TaskPage {
  readonly items: TaskView[];
  readonly next: string | null;
}

export interface TaskCount {
  readonly kind: string;
  readonly open: number;
  readonly overdue: number;
}

interface TaskRow extends Omit<TaskView, 'unit'> {
  readonly unitId: number;
}

const PAGE = 50;
const NO_DUE = 'infinity';

/** Reads of the desk. Whose a task is follows from today's grants, not from whom it was told to. */
@Injectable()
export class TaskQueries {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
  ) {}

  /** The most urgent first, those without a day last. */
  async list(actor: Actor, { of, kind, after, limit = PAGE }: TasksQuery): Promise<TaskPage> {
    const q = reader(this.db);
    const params: unknown[] = [this.clock.today(), kind ?? null];
    const conditions = [
      't.closed_at IS NULL',
      `($2::text IS NULL OR t.kind = $2 OR starts_with(t.kind, $2 || '.'))`,
      this.those(of, actor, params),
    ];
    if (after) {
      const [due, id] = placeOf(after);
      params.push(due, id);
      conditions.push(
        `(coalesce(t.due, 'infinity'::date), t.id) > ($${params.length - 1}::date, $${params.length}::int)`,
      );
    }
    params.push(limit + 1);
    const rows = await q.query<TaskRow>(
      `SELECT t.id, t.kind, t.title, t.why, t.link, t.due, coalesce(t.due < $1::date, false) AS overdue,
              u.ended <= $1::date AS "unitEnded", t.unit_id AS "unitId",
              $1::date - (t.opened_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS "openedDaysAgo"
         FROM desk_task t JOIN unit u ON u.id = t.unit_id
        WHERE ${conditions.join(' AND ')}
        ORDER BY coalesce(t.due, 'infinity'::date), t.id LIMIT $${params.length}`,
      params,
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const refs = await this.tree.refs(
      q,
      page.map((row) => row.unitId),
    );
    return {
      items: page.flatMap(({ unitId, ...task }) => {
        const unit = refs.get(unitId);
        return unit ? [{ ...task, unit }] : [];
      }),
      next: rows.length > limit && last ? cursorOf(last) : null,
    };
  }

  /** How much waits, kind by kind. */
  async counts(actor: Actor, of: TasksOf): Promise<{ items: TaskCount[] }> {
    const params: unknown[] = [this.clock.today()];
    const items = await reader(this.db).query<TaskCount>(
      `SELECT t.kind, count(*)::int AS open, (count(*) FILTER (WHERE t.due < $1::date))::int AS overdue
         FROM desk_task t WHERE t.closed_at IS NULL AND ${this.those(of, actor, params)} GROUP BY t.kind ORDER BY t.kind`,
      params,
    );
    return { items };
  }

  private those(of: TasksOf, actor: Actor, params: unknown[]): string {
    const mine = this.onDesk(actor, params);
    return of === 'mine' ? mine : `NOT ${mine} AND ${this.withinReach(actor, params)}`;
  }

  /** SQL condition on the task `t`: it waits on the account's own desk, by a grant or because it was handed over to it. */
  onDesk(actor: Actor, params: unknown[]): string {
    const self = `$${params.push(actor.accountId)}::int`;
    const handed = `(t.handed_to = ${self} AND ${this.withinReach(actor, params)})`;
    return `coalesce(${handed} OR (${this.mine(actor, params)} AND t.handed_from IS DISTINCT FROM ${self}), false)`;
  }

  /** A grant on that very unit gives the permission; a restricted task needs that grant to be cleared, too. */
  private mine({ grants }: Actor, params: unknown[]): string {
    const pairs = grants.flatMap(({ unitId, permissions }) =>
      [...permissions].map((permission) => ({ unitId, permission, cleared: permissions.has('restricted.read') })),
    );
    params.push(
      pairs.map(({ unitId }) => unitId),
      pairs.map(({ permission }) => permission),
      pairs.map(({ cleared }) => cleared),
    );
    const n = params.length;
    return `EXISTS (SELECT 1 FROM unnest($${n - 2}::int[], $${n - 1}::text[], $${n}::boolean[]) AS held (unit_id, permission, cleared)
        WHERE held.unit_id = t.unit_id AND held.permission = t.permission AND (held.cleared OR NOT t.restricted))`;
  }

  /**
   * SQL condition on the task `t`: the account holds what it asks for, on its unit or above. Permissions that open the same
   * subtrees are judged together: usually there is one such set.
   */
  withinReach(actor: Actor, params: unknown[]): string {
    if (actor.everywhere) return 'true';
    const groups = new Map<string, { scope: Scope; permissions: Permission[] }>();
    for (const permission of new Set(actor.grants.flatMap(({ permissions }) => [...permissions]))) {
      const scope = scopeOf(actor, permission);
      const key = JSON.stringify(scope);
      const group = groups.get(key) ?? { scope, permissions: [] };
      group.permissions.push(permission);
      groups.set(key, group);
    }
    const conditions = [...groups.values()].map(({ scope, permissions }) => {
      params.push(permissions);
      const held = `t.permission = ANY($${params.length}::text[])`;
      const cleared = scope.everywhere ? scope : { ...scope, roots: scope.restrictedRoots };
      const seen = this.tree.inScope('t.unit_id', scope, params);
      return `(${held} AND ${seen} AND (NOT t.restricted OR ${this.tree.inScope('t.unit_id', cleared, params)}))`;
    });
    return conditions.length === 0 ? 'false' : `(${conditions.join(' OR ')})`;
  }
}

function cursorOf({ due, id }: TaskRow): string {
  return `${due ?? NO_DUE}.${id}`;
}

/** @throws Refused `desk.cursor_unknown` */
function placeOf(cursor: string): [string, number] {
  const [, due = '', id = ''] = /^(.+)\.(\d{1,9})$/.exec(cursor) ?? [];
  if (due !== NO_DUE && !isDay(due)) {
    throw new Refused('desk.cursor_unknown', 'Trang tiếp theo không hợp lệ; hãy tải lại danh sách.', 'after');
  }
  return [due, Number(id)];
}
