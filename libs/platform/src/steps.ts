import { Injectable } from '@nestjs/common';
import type { Actor, Workflow } from '@lib/kernel';
import { Clock } from './clock.js';
import type { Queryable, Tx } from './transact.js';

/** One step that was taken: who, when, from which state to which, and the reason that was given. */
export interface StepTaken {
  readonly step: string;
  /** What the step is called: "Trình lãnh đạo". */
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly at: Date;
  readonly by: string;
  readonly accountId: number | null;
  readonly reason: string | null;
}

/** A step as a record's history shows it. */
export interface StepView {
  readonly step: string;
  readonly name: string;
  /** What the state is called that it led to. */
  readonly toName: string;
  readonly at: Date;
  readonly by: string;
  readonly reason: string | null;
}

/**
 * The only way in which a record with a step table changes its state. The caller holds the lock on the record and stores
 * the state that comes back. The log says who took which step, so that duties can be kept apart and a past day be told.
 */
@Injectable()
export class Steps {
  constructor(private readonly clock: Clock) {}

  /** @throws Refused `<what>.step_not_allowed` */
  async take<State extends string, Step extends string>(
    tx: Tx,
    actor: Actor,
    workflow: Workflow<State, Step>,
    record: { readonly id: number; readonly state: State },
    step: Step,
    reason: string | null = null,
  ): Promise<State> {
    const to = workflow.next(record.state, step);
    await tx.query(
      `INSERT INTO step_log (what, record_id, step, from_state, to_state, at, day, account_id, actor_name, reason)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        workflow.what,
        record.id,
        step,
        record.state,
        to,
        this.clock.now(),
        this.clock.today(),
        actor.accountId,
        actor.name,
        reason,
      ],
    );
    return to;
  }

  /** The history of a record, for its page. */
  async views(q: Queryable, workflow: Workflow<string, string>, recordId: number): Promise<StepView[]> {
    const taken = await this.taken(q, workflow, recordId);
    return taken.map(({ step, name, to, at, by, reason }) => ({
      step,
      name,
      toName: workflow.stateNames[to] ?? to,
      at,
      by,
      reason,
    }));
  }

  /** In the order in which they were taken. Account ids are for rules; answers leave them out. */
  async taken(q: Queryable, workflow: Workflow<string, string>, recordId: number): Promise<StepTaken[]> {
    const rows = await q.query<Omit<StepTaken, 'name'>>(
      `SELECT step, from_state AS "from", to_state AS "to", at, actor_name AS by, account_id AS "accountId", reason
         FROM step_log WHERE what = $1 AND record_id = $2 ORDER BY id`,
      [workflow.what, recordId],
    );
    return rows.map((row) => ({ ...row, name: workflow.steps[row.step]?.name ?? row.step }));
  }
}

/**
 * SQL for the state that a record was in at the end of a day, out of the log: null where it had taken no step yet.
 * `recordId` and `day` are SQL expressions.
 */
export function stateOn(workflow: { readonly what: string }, recordId: string, day: string): string {
  return `(SELECT sl.to_state FROM step_log sl WHERE sl.what = '${workflow.what}' AND sl.record_id = ${recordId} AND sl.day <= ${day} ORDER BY sl.id DESC LIMIT 1)`;
}
