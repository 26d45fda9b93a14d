import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock, Jobs, transact } from '@lib/platform';
import { refreshPassedDays } from './as-is.sql.js';

/** Units that began, moved or ended because their day came: today's organisation follows, and figures with it. */
@Injectable()
export class PassedDays {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
  ) {}

  /** Of all days until today: those that were followed already change nothing. Returns how many units there were. */
  async run(): Promise<number> {
    return transact(this.db, async (tx) => {
      const units = await refreshPassedDays(tx, '-infinity', this.clock.today());
      if (units > 0) tx.afterCommit(() => this.jobs.wake('figures.apply'));
      return units;
    });
  }
}
