import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused } from '@lib/kernel';
import { Clock, reader, type Tx } from '@lib/platform';
import { ATTEMPT_WINDOW_MS, ATTEMPTS_PER_ADDRESS, ATTEMPTS_PER_USERNAME } from './access.rules.js';

/**
 * Counts sign-ins in the database, so that every replica sees the same number. An attempt is written before the password
 * is looked at and taken back when it succeeds: a thousand attempts sent at once pass no more often than one by one.
 */
@Injectable()
export class SignInThrottle {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** @returns the attempt's number. @throws Refused `access.too_many_attempts`, for names that exist and names that do not alike. */
  async begin(username: string, address: string): Promise<number> {
    const q = reader(this.db);
    const now = this.clock.now();
    const since = new Date(now.getTime() - ATTEMPT_WINDOW_MS);
    const [attempt] = await q.query<{ id: number }>(
      `INSERT INTO sign_in_attempt (username, address, at) VALUES ($1, $2, $3) RETURNING id`,
      [username, address, now],
    );
    const [count] = await q.query<{ byUsername: number; byAddress: number }>(
      `SELECT (SELECT count(*) FROM sign_in_attempt WHERE username = $1 AND at > $3)::int AS "byUsername",
              (SELECT count(*) FROM sign_in_attempt WHERE address = $2 AND at > $3)::int AS "byAddress"`,
      [username, address, since],
    );
    if (!attempt || !count) throw new Error('the sign-in attempt was not stored');
    if (count.byUsername <= ATTEMPTS_PER_USERNAME && count.byAddress <= ATTEMPTS_PER_ADDRESS) return attempt.id;
    // Attempts that were not tried do not count: the wait ends a window after the last real one.
    await q.query(`DELETE FROM sign_in_attempt WHERE id = $1`, [attempt.id]);
    throw new Refused(
      'access.too_many_attempts',
      'Đăng nhập sai quá nhiều lần. Hãy thử lại sau 15 phút.',
      null,
      'too_many',
    );
  }

  /** A right password clears what its name has collected, and what is too old to count for anyone. */
  async succeeded(tx: Tx, attempt: number, username: string): Promise<void> {
    const since = new Date(this.clock.now().getTime() - ATTEMPT_WINDOW_MS);
    await tx.query(`DELETE FROM sign_in_attempt WHERE id = $1 OR username = $2 OR at <= $3`, [
      attempt,
      username,
      since,
    ]);
  }
}
