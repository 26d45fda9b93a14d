import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, tidy, type Actor } from '@lib/kernel';
import { audit, Clock, transact } from '@lib/platform';
import { Ledger } from '@lib/figures';
import { AwardScope } from './award-scope.js';
import { AwardBatch, AwardLine } from './awards.entity.js';
import { Containment } from './containment.service.js';
import { History } from './history.service.js';
import type { Recorded } from './record.service.js';

/**
 * Taking a revocation back, because it was entered by mistake or because the award was restored (phục hồi). Nothing is
 * erased: as known before, the award was revoked; from today on it counts again.
 */
@Injectable()
export class WithdrawService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly containment: Containment,
    private readonly scope: AwardScope,
    private readonly ledger: Ledger,
    private readonly history: History,
  ) {}

  /** @throws Refused `award_revocation.not_found`, `awards.already_withdrawn`, `awards.not_live` (revoked whole since). */
  async withdraw(actor: Actor, id: number, revocationId: number, reason: string): Promise<Recorded> {
    return transact(this.db, async (tx) => {
      const batch = await this.scope.lock(tx, actor, 'award.revoke', id);
      const [revocation] = await tx.query<{ lineId: number | null; whole: boolean; withdrawn: boolean }>(
        `SELECT line_id AS "lineId", whole, withdrawn_on IS NOT NULL AS withdrawn FROM award_revocation WHERE id = $1 AND batch_id = $2`,
        [revocationId, id],
      );
      if (!revocation) throw Refused.notFound('award_revocation', 'revocationId');
      if (revocation.withdrawn)
        throw new Refused('awards.already_withdrawn', 'Việc huỷ này đã được rút lại.', 'revocationId', 'conflict');
      if (batch.state !== (revocation.whole ? 'REVOKED' : 'LIVE'))
        throw new Refused('awards.not_live', 'Khen thưởng này đã bị huỷ hoặc xoá toàn bộ.', null, 'conflict');
      const containers = await this.containment.lockContainers(tx, batch);
      await tx.query(`UPDATE award_revocation SET withdrawn_on = $2 WHERE id = $1`, [revocationId, this.clock.today()]);
      if (revocation.whole) await tx.manager.update(AwardBatch, { id }, { state: 'LIVE' });
      if (revocation.lineId !== null) await tx.manager.update(AwardLine, { id: revocation.lineId }, { state: 'LIVE' });
      await this.ledger.post(tx, 'awards', [id, ...containers.map((container) => container.id)]);
      await this.history.add(tx, actor, id, 'withdraw', tidy(reason), { revocationId, lineId: revocation.lineId });
      await audit(tx, this.clock.now(), actor, 'award.revocation_withdrawn', `award:${id}`, { revocationId, reason });
      return { id, warnings: [] };
    });
  }
}
