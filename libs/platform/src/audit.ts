import type { Actor } from '@lib/kernel';
import type { Tx } from './transact.js';

/**
 * One line of the trail, written in the same transaction as what it tells. Holds ids and what changed; never a password,
 * a token or a restricted field.
 */
export async function audit(
  tx: Tx,
  at: Date,
  actor: Actor,
  action: string,
  subject: string,
  data: object,
): Promise<void> {
  await tx.query(
    `INSERT INTO audit (at, account_id, actor_name, action, subject, data) VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      at,
      actor.accountId,
      actor.name,
      action,
      subject,
      JSON.stringify(actor.actingFor === undefined ? data : { ...data, actingFor: actor.actingFor }),
    ],
  );
}
