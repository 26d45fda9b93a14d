import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { addDays } from '@lib/kernel';
import { Clock, transact } from '@lib/platform';
import { Desk, type OpenTask } from './desk.service.js';

/** A task is told of again so many days before it is due. */
const SOON_DAYS = 3;
/** Read notices are kept so long. */
const KEPT_DAYS = 180;
const BATCH = 100;

/** What is done once a day, and does no harm when done twice. */
@Injectable()
export class DeskDaily {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly desk: Desk,
  ) {}

  async run(): Promise<void> {
    while (await this.remind('OVERDUE'));
    while (await this.remind('SOON'));
    await this.forget();
  }

  /**
   * One batch of tasks that have come to a stage and were not told of it; true while there may be more. What was opened
   * within the last days before it is due has just been told of.
   */
  private remind(stage: 'SOON' | 'OVERDUE'): Promise<boolean> {
    const today = this.clock.today();
    const [before, reached] =
      stage === 'OVERDUE'
        ? [today, `t.reminded IS DISTINCT FROM 'OVERDUE'`]
        : [
            addDays(today, SOON_DAYS + 1),
            `t.reminded IS NULL AND (t.opened_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date < t.due - ${SOON_DAYS}`,
          ];
    return transact(this.db, async (tx) => {
      const tasks = await tx.query<OpenTask>(
        `SELECT t.id, t.key, t.unit_id AS "unitId", t.permission, t.title, t.why, t.link, t.due, t.restricted
           FROM desk_task t WHERE t.closed_at IS NULL AND t.due < $1::date AND ${reached}
          ORDER BY t.id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
        [before],
      );
      for (const task of tasks) await this.desk.tellOfTask(tx, task, stage);
      await tx.query(`UPDATE desk_task SET reminded = $2 WHERE id = ANY($1)`, [tasks.map(({ id }) => id), stage]);
      return tasks.length === BATCH;
    });
  }

  private async forget(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEPT_DAYS * 24 * 3_600_000);
    await transact(this.db, (tx) => tx.query(`DELETE FROM desk_notice WHERE read_at < $1`, [before]));
  }
}
