import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, systemActor } from '@lib/kernel';
import { Clock, reader, transact, type Tx } from '@lib/platform';
import { Desk } from '@lib/desk';
import { Application } from './application.service.js';
import { Reorganisation } from './reorganisation.entity.js';
import { reorganisationLink, Saving } from './saving.service.js';

const BY_ITSELF = systemActor('Thực hiện đúng ngày');

/** Applies on its day what was decided before. What waits is a state in a table: run twice, or killed, it does no harm. */
@Injectable()
export class ScheduledDays {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly desk: Desk,
    private readonly application: Application,
    private readonly saving: Saving,
  ) {}

  /** One transaction each, the earliest first. Returns how many were applied. */
  async run(): Promise<number> {
    const due = await reader(this.db).query<{ id: number }>(
      `SELECT id FROM reorganisation WHERE state = 'SCHEDULED' AND from_day <= $1 ORDER BY from_day, id`,
      [this.clock.today()],
    );
    let applied = 0;
    for (const { id } of due) applied += await this.applyOne(id);
    return applied;
  }

  private async applyOne(id: number): Promise<number> {
    try {
      return await transact(this.db, async (tx) => {
        const row = await this.waiting(tx, id);
        if (!row) return 0;
        await this.application.applyNow(tx, BY_ITSELF, row);
        return 1;
      });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await this.holdUp(id, error);
      return 0;
    }
  }

  /** Locked; null where somebody has taken a step meanwhile. */
  private async waiting(tx: Tx, id: number): Promise<Reorganisation | null> {
    const row = await tx.manager.findOne(Reorganisation, { where: { id }, lock: { mode: 'pessimistic_write' } });
    return row?.state === 'SCHEDULED' ? row : null;
  }

  /** It stays scheduled, with the reason, and waits for whoever prepares. */
  private async holdUp(id: number, { details }: Refused): Promise<void> {
    await transact(this.db, async (tx) => {
      const row = await this.waiting(tx, id);
      if (!row) return;
      const reason = details.map(({ message }) => message).join(' ');
      await this.desk.open(tx, {
        key: `reorganisation.correct:${id}`,
        unitId: row.unitId,
        permission: 'reorganisation.prepare',
        title: `Chưa thực hiện được sắp xếp tổ chức: ${row.title}`,
        why: 'Ngày hiệu lực đã đến nhưng còn việc chưa xong; xem lý do và xử lý.',
        link: reorganisationLink(id),
        due: row.from,
      });
      if (row.heldUp === reason) return;
      row.heldUp = reason;
      await this.saving.save(tx, BY_ITSELF, row);
    });
  }
}
