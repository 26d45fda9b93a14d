import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from './clock.js';
import { Jobs } from './jobs.js';
import { reader, transact, type Tx } from './transact.js';

/** What leaves the system, as it lies in the outbox. */
export interface Outgoing {
  /** Stable: the receiver can tell a second delivery of the same message. */
  readonly messageId: string;
  readonly payload: unknown;
}

/** Delivers one message within {@link DELIVERY_MS}. Throwing leaves it in the outbox, to be tried again later. */
export type Deliver = (message: Outgoing) => Promise<void>;

/** Thrown by a delivery: this message will never be taken, trying again is of no use. */
export class Undeliverable extends Error {}

/** Thrown by a delivery: the other side is away, so the next message of the kind would fare no better just now. */
export class Unreachable extends Error {}

/** What lies in the outbox and has not left. */
export interface OutboxState {
  readonly waiting: number;
  readonly givenUp: number;
  /** Why the latest one that failed did. */
  readonly lastError: string | null;
}

interface Taken extends Outgoing {
  readonly id: number;
  readonly kind: string;
  readonly attempts: number;
}

/** A delivery that takes longer counts as failed. */
export const DELIVERY_MS = 30_000;
/** A message taken up is due again after this long: whoever took it has been killed. */
const LEASE_SECONDS = 2 * (DELIVERY_MS / 1000);
const LONGEST_WAIT_MINUTES = 60;
/** 1, 2, 4 … 60 minutes apart: about four days. */
const MOST_ATTEMPTS = 100;

/**
 * What leaves the system leaves through a row written in the transaction of what it tells, at least once, and is marked
 * when it has been delivered, not when it was taken up.
 */
@Injectable()
export class Outbox {
  private readonly deliveries = new Map<string, Deliver>();

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
  ) {}

  /** A room says, when the program starts, how its kind of message is delivered. */
  deliverBy(kind: string, deliver: Deliver): void {
    if (this.deliveries.has(kind)) throw new Error(`two ways to deliver ${kind}`);
    this.deliveries.set(kind, deliver);
  }

  /** The same `key` again is the same message: it leaves once. */
  async put(tx: Tx, kind: string, key: string, payload: object): Promise<void> {
    await tx.query(
      `INSERT INTO outbox (kind, message_id, payload, created_at, due_at) VALUES ($1, $2, $3, $4, $4) ON CONFLICT (message_id) DO NOTHING`,
      [kind, `${kind}:${key}`, JSON.stringify(payload), this.clock.now()],
    );
    tx.afterCommit(() => this.jobs.wake('outbox.deliver'));
  }

  /**
   * Delivers everything that is due; returns how many were. A message is taken up by moving the time it is due, and that
   * is committed before it leaves: no lock or connection is held while another machine is waited for, two workers never
   * send the same one at once, and one whose worker was killed comes up again by itself. Each taking-up counts as an
   * attempt, so a message that kills its worker is not tried for ever.
   */
  async deliver(): Promise<number> {
    const reachable = new Map(this.deliveries);
    let delivered = 0;
    for (;;) {
      const message = await this.take([...reachable.keys()]);
      const deliver = message && reachable.get(message.kind);
      if (!deliver) return delivered;
      try {
        await within(DELIVERY_MS, deliver({ messageId: message.messageId, payload: message.payload }));
      } catch (error) {
        if (error instanceof Unreachable) reachable.delete(message.kind);
        await this.failed(message, error);
        continue;
      }
      await reader(this.db).query(`UPDATE outbox SET done_at = $2, last_error = NULL WHERE id = $1`, [
        message.id,
        this.clock.now(),
      ]);
      delivered += 1;
    }
  }

  /** For whoever looks after the system. */
  async state(kind: string): Promise<OutboxState> {
    const [state] = await reader(this.db).query<OutboxState>(
      `SELECT count(*) FILTER (WHERE given_up_at IS NULL)::int AS waiting, count(given_up_at)::int AS "givenUp",
              (array_agg(last_error ORDER BY due_at DESC) FILTER (WHERE last_error IS NOT NULL))[1] AS "lastError"
         FROM outbox WHERE kind = $1 AND done_at IS NULL`,
      [kind],
    );
    return state ?? { waiting: 0, givenUp: 0, lastError: null };
  }

  /** What was given up is tried once more, from the beginning; returns how many. */
  async retry(kind: string): Promise<number> {
    return transact(this.db, async (tx) => {
      const again = await tx.query(
        `UPDATE outbox SET given_up_at = NULL, attempts = 0, due_at = $2 WHERE kind = $1 AND given_up_at IS NOT NULL RETURNING id`,
        [kind, this.clock.now()],
      );
      if (again.length > 0) tx.afterCommit(() => this.jobs.wake('outbox.deliver'));
      return again.length;
    });
  }

  private take(kinds: readonly string[]): Promise<Taken | null> {
    return transact(this.db, async (tx) => {
      const [message] = await tx.query<Taken>(
        `UPDATE outbox SET attempts = attempts + 1, due_at = $1::timestamptz + make_interval(secs => $3)
          WHERE id = (SELECT id FROM outbox
                       WHERE done_at IS NULL AND given_up_at IS NULL AND due_at <= $1 AND kind = ANY($2)
                       ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
         RETURNING id, kind, message_id AS "messageId", payload, attempts`,
        [this.clock.now(), kinds, LEASE_SECONDS],
      );
      return message ?? null;
    });
  }

  private async failed({ id, attempts }: Taken, error: unknown): Promise<void> {
    const wait = Math.min(LONGEST_WAIT_MINUTES, 2 ** Math.min(attempts - 1, 10));
    const isOver = error instanceof Undeliverable || attempts >= MOST_ATTEMPTS;
    await reader(this.db).query(
      `UPDATE outbox SET due_at = $2::timestamptz + make_interval(mins => $3), last_error = $4,
              given_up_at = CASE WHEN $5 THEN $2::timestamptz END WHERE id = $1`,
      [id, this.clock.now(), wait, (error instanceof Error ? error.message : String(error)).slice(0, 300), isOver],
    );
  }
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not delivered within ${ms} ms`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
