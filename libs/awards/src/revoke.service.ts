import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, tidy, type Actor } from '@lib/kernel';
import { audit, Clock, transact, type Tx } from '@lib/platform';
import { Ledger } from '@lib/figures';
import { AwardScope } from './award-scope.js';
import type { RevokeInput } from './awards.dto.js';
import { AwardBatch, AwardLine } from './awards.entity.js';
import { isStated, statedOf, type Contained } from './awards.rules.js';
import { Containment, statedColumns } from './containment.service.js';
import { History } from './history.service.js';
import type { Recorded } from './record.service.js';

interface Taken {
  coll: number;
  indiv: number;
  hh: number;
  unsplit: number;
  women: number | null;
}

const NOTHING: Taken = { coll: 0, indiv: 0, hh: 0, unsplit: 0, women: null };

/** Revocation (huỷ bỏ): a dated entry with its reason. The register keeps the award, shown as revoked since that day. */
@Injectable()
export class RevokeService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly containment: Containment,
    private readonly scope: AwardScope,
    private readonly ledger: Ledger,
    private readonly history: History,
  ) {}

  async revoke(actor: Actor, id: number, input: RevokeInput): Promise<Recorded> {
    return transact(this.db, async (tx) => {
      const batch = await this.scope.lock(tx, actor, 'award.revoke', id);
      if (batch.state !== 'LIVE')
        throw new Refused('awards.not_live', 'Khen thưởng này đã bị huỷ hoặc xoá.', null, 'conflict');
      const ways = [input.lineId !== undefined, input.counts !== undefined, input.whole === true].filter(
        Boolean,
      ).length;
      if (ways !== 1)
        throw new Refused('awards.revocation_unclear', 'Chọn huỷ một dòng, một số lượng, hoặc toàn bộ.', null);
      const containers = await this.containment.lockContainers(tx, batch);
      const taken = input.counts ? await this.counts(tx, batch, input) : NOTHING;
      if (input.lineId !== undefined) await this.line(tx, id, input.lineId);
      if (input.whole) await tx.manager.update(AwardBatch, { id }, { state: 'REVOKED' });
      const { decision } = input;
      await tx.query(
        `INSERT INTO award_revocation (batch_id, line_id, whole, coll, indiv, hh, unsplit, women, reason, ground, number, symbol, date, recorded_on, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
        [
          id,
          input.lineId ?? null,
          input.whole ?? false,
          taken.coll,
          taken.indiv,
          taken.hh,
          taken.unsplit,
          taken.women,
          tidy(input.reason),
          input.ground ?? null,
          decision?.number ?? null,
          decision?.symbol ?? null,
          decision?.date ?? null,
          this.clock.today(),
          actor.name,
        ],
      );
      await this.ledger.post(tx, 'awards', [id, ...containers.map((container) => container.id)]);
      await this.history.add(tx, actor, id, 'revoke', tidy(input.reason), {
        lineId: input.lineId ?? null,
        whole: input.whole ?? false,
        ...taken,
      });
      await audit(tx, this.clock.now(), actor, 'award.revoke', `award:${id}`, {
        lineId: input.lineId ?? null,
        whole: input.whole ?? false,
      });
      return { id, warnings: [] };
    });
  }

  private async line(tx: Tx, id: number, lineId: number): Promise<void> {
    const line = await tx.manager.findOneBy(AwardLine, { id: lineId, batchId: id });
    if (!line) throw Refused.notFound('award_line', 'lineId');
    if (line.state !== 'LIVE')
      throw new Refused('awards.line_not_live', 'Dòng này đã bị huỷ hoặc xoá.', 'lineId', 'conflict');
    await tx.manager.update(AwardLine, { id: lineId }, { state: 'REVOKED' });
  }

  /** Some of those counted but not named. No more can be revoked than is stated and not yet named or revoked. */
  private async counts(tx: Tx, batch: AwardBatch, input: RevokeInput): Promise<Taken> {
    const wanted = statedOf(input.counts);
    if (!isStated(wanted) || (wanted.coll ?? 0) + (wanted.indiv ?? 0) + (wanted.hh ?? 0) + (wanted.unsplit ?? 0) === 0)
      throw new Refused('awards.nothing_to_revoke', 'Nêu số lượng bị huỷ.', 'counts');
    const [left] = await tx.query<Contained & { women: number; womenOf: number }>(
      `SELECT coll, indiv, hh, unsplit, women, women_of AS "womenOf" FROM award_posting WHERE record_id = $1 AND part_id = 0`,
      [batch.id],
    );
    const taken: Taken = {
      coll: wanted.coll ?? 0,
      indiv: wanted.indiv ?? 0,
      hh: wanted.hh ?? 0,
      unsplit: wanted.unsplit ?? 0,
      women: wanted.women,
    };
    const over = (['coll', 'indiv', 'hh', 'unsplit'] as const).find(
      (name) => taken[name] > Math.max(0, left?.[name] ?? 0),
    );
    if (over)
      throw new Refused(
        'awards.revoked_more_than_stated',
        'Số bị huỷ nhiều hơn số còn lại chưa kê tên; huỷ theo dòng nếu người đó đã được kê.',
        'counts',
      );
    if (taken.women === null) return taken;
    if (taken.women > taken.indiv)
      throw new Refused('awards.more_women_than_individuals', 'Số nữ nhiều hơn số cá nhân.', 'counts.women');
    if (statedColumns(batch).women === null)
      throw new Refused('awards.women_not_stated', 'Số liệu này không nêu số nữ.', 'counts.women');
    const { women, womenOf } = left ?? { women: 0, womenOf: 0 };
    if (taken.women > Math.max(0, women) || taken.indiv - taken.women > Math.max(0, womenOf - women))
      throw new Refused(
        'awards.revoked_more_women_than_stated',
        'Số nữ (hoặc số nam) bị huỷ nhiều hơn số còn lại chưa kê tên.',
        'counts.women',
      );
    return taken;
  }
}
