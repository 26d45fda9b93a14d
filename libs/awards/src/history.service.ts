import { Injectable } from '@nestjs/common';
import type { Actor } from '@lib/kernel';
import { Clock, type Tx } from '@lib/platform';

export type HistoryAction = 'record' | 'lines' | 'correct' | 'revoke' | 'withdraw' | 'remove' | 'part-of';

/** What happened to a batch, by whom, when and why; shown on its page. */
@Injectable()
export class History {
  constructor(private readonly clock: Clock) {}

  async add(
    tx: Tx,
    actor: Actor,
    batchId: number,
    action: HistoryAction,
    reason: string | null,
    changes: object,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO award_history (batch_id, at, actor, action, reason, changes) VALUES ($1, $2, $3, $4, $5, $6)`,
      [batchId, this.clock.now(), actor.name, action, reason, JSON.stringify(changes)],
    );
  }
}
