import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, tidy, type Actor } from '@lib/kernel';
import { audit, Clock, transact } from '@lib/platform';
import { Ledger } from '@lib/figures';
import { AwardScope, mustNotBeIssued } from './award-scope.js';
import { AwardBatch } from './awards.entity.js';
import { Containment } from './containment.service.js';
import { History } from './history.service.js';
import type { Recorded } from './record.service.js';

/**
 * Undoing a record: what was entered by mistake never was. It leaves the register and the figures from today on; its page,
 * its history and what was known before stay. A revocation is something else: that award was given, and was taken away.
 */
@Injectable()
export class RemoveService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly containment: Containment,
    private readonly scope: AwardScope,
    private readonly ledger: Ledger,
    private readonly history: History,
  ) {}

  /** @throws Refused `awards.not_live`, `awards.has_parts` (they would lose what contains them: unlink them first). */
  async remove(actor: Actor, id: number, reason: string): Promise<Recorded> {
    return transact(this.db, async (tx) => {
      const batch = await this.scope.lock(tx, actor, 'award.correct', id);
      if (batch.state !== 'LIVE')
        throw new Refused('awards.not_live', 'Khen thưởng này đã bị huỷ hoặc xoá.', null, 'conflict');
      await mustNotBeIssued(tx, batch);
      const parts = await tx.query(`SELECT 1 FROM award_batch WHERE part_of = $1 AND state <> 'REMOVED' LIMIT 1`, [id]);
      if (parts.length > 0)
        throw new Refused(
          'awards.has_parts',
          'Số liệu này đang bao gồm số liệu khác; gỡ liên kết trước khi xoá.',
          null,
          'conflict',
        );
      const containers = await this.containment.lockContainers(tx, batch);
      await tx.manager.update(AwardBatch, { id }, { state: 'REMOVED' });
      await this.ledger.post(tx, 'awards', [id, ...containers.map((container) => container.id)]);
      await this.history.add(tx, actor, id, 'remove', tidy(reason), { whole: true });
      await audit(tx, this.clock.now(), actor, 'award.removed', `award:${id}`, { reason });
      return { id, warnings: await this.containment.excess(tx, containers) };
    });
  }
}
