import { Injectable } from '@nestjs/common';
import { Refused, type Actor, type RefusalDetail, type Warning } from '@lib/kernel';
import type { Tx } from '@lib/platform';
import { UnitTree } from '@lib/units';
import { AwardScope } from './award-scope.js';
import { AwardBatch } from './awards.entity.js';
import {
  checkPart,
  checkPartClasses,
  excessWarning,
  isExcess,
  isStated,
  type Contained,
  type StatedCounts,
} from './awards.rules.js';

/** Part-of links between batches, and what a batch contains. */
@Injectable()
export class Containment {
  constructor(
    private readonly tree: UnitTree,
    private readonly scope: AwardScope,
  ) {}

  /** Locks the container and checks that the part lies within it. @throws Refused with every reason at once. */
  async check(tx: Tx, actor: Actor, part: AwardBatch, containerId: number): Promise<AwardBatch> {
    const container = await this.scope.lock(tx, actor, 'award.record', containerId).catch((error: unknown) => {
      throw error instanceof Refused && error.kind === 'not_found' ? Refused.notFound('award', 'partOf') : error;
    });
    if (await this.isInside(tx, container, part.id))
      throw new Refused('awards.part_cycle', 'Hai số liệu không thể bao gồm lẫn nhau.', 'partOf');
    const wrong = await this.misfits(tx, part, container);
    if (wrong.length > 0) throw Refused.all(wrong);
    return container;
  }

  /** Lines and parts of a batch, by class. */
  async contained(tx: Pick<Tx, 'query'>, id: number): Promise<Contained> {
    const [row] = await tx.query<Contained>(
      `SELECT coalesce(sum(coll), 0)::int AS coll, coalesce(sum(indiv), 0)::int AS indiv, coalesce(sum(hh), 0)::int AS hh, coalesce(sum(unsplit), 0)::int AS unsplit
         FROM (SELECT coll, indiv, hh, 0 AS unsplit FROM award_itemised WHERE batch_id = $1
               UNION ALL SELECT coll, indiv, hh, unsplit FROM award_figure WHERE part_of = $1 AND state <> 'REMOVED') x`,
      [id],
    );
    return row ?? { coll: 0, indiv: 0, hh: 0, unsplit: 0 };
  }

  /** Warnings of every batch that may now contain more than it states. */
  async excess(tx: Tx, batches: readonly AwardBatch[]): Promise<Warning[]> {
    const warnings: Warning[] = [];
    for (const batch of batches) {
      const contained = await this.contained(tx, batch.id);
      const stated = statedColumns(batch);
      if (isExcess(stated, contained)) warnings.push(excessWarning(stated, contained));
    }
    return warnings;
  }

  /** Locks and returns what contains a batch, innermost first: a line in a part may be one of the class its container left unsplit. */
  async lockContainers(tx: Tx, batch: AwardBatch): Promise<AwardBatch[]> {
    const containers: AwardBatch[] = [];
    for (let id = batch.partOf; id !== null; id = containers.at(-1)?.partOf ?? null)
      containers.push(
        await tx.manager.findOneOrFail(AwardBatch, { where: { id }, lock: { mode: 'pessimistic_write' } }),
      );
    return containers;
  }

  /** A part may have come to count a class that one of its containers never stated. */
  async checkFits(tx: Tx, batch: AwardBatch, containers: readonly AwardBatch[]): Promise<void> {
    let inner = batch;
    for (const container of containers) {
      const wrong = checkPartClasses(await this.figure(tx, inner.id), statedColumns(container));
      if (wrong.length > 0) throw Refused.all(wrong);
      inner = container;
    }
  }

  /** Parts that would no longer fit the batch as it stands now (after a correction). */
  async checkParts(tx: Tx, container: AwardBatch): Promise<void> {
    const parts = await tx.manager.findBy(AwardBatch, { partOf: container.id });
    for (const part of parts.filter((one) => one.state !== 'REMOVED')) {
      const wrong = await this.misfits(tx, part, container);
      if (wrong.length > 0) throw Refused.all(wrong);
    }
  }

  /** Every reason why the part does not lie within the container. */
  private async misfits(tx: Tx, part: AwardBatch, container: AwardBatch): Promise<RefusalDetail[]> {
    const unit = (await this.tree.onDay(tx, [part.unitId], part.day)).get(part.unitId);
    const stated = statedColumns(container);
    return [
      ...checkPart(
        {
          kind: part.kind,
          from: part.spanFrom,
          to: part.day,
          insideUnit: unit?.chain.includes(container.unitId) ?? false,
        },
        {
          kind: container.kind,
          from: container.spanFrom,
          to: container.day,
          stated: isStated(stated),
          live: container.state === 'LIVE',
        },
      ),
      ...checkPartClasses(await this.figure(tx, part.id), stated),
    ];
  }

  private async figure(tx: Tx, id: number): Promise<Contained> {
    const [row] = await tx.query<Contained>(`SELECT coll, indiv, hh, unsplit FROM award_figure WHERE batch_id = $1`, [
      id,
    ]);
    return row ?? { coll: 0, indiv: 0, hh: 0, unsplit: 0 };
  }

  private async isInside(tx: Tx, batch: AwardBatch, outerId: number): Promise<boolean> {
    const rows = await tx.query(
      `WITH RECURSIVE up AS (SELECT id, part_of FROM award_batch WHERE id = $1
         UNION SELECT b.id, b.part_of FROM award_batch b JOIN up ON b.id = up.part_of)
       SELECT 1 FROM up WHERE id = $2`,
      [batch.id, outerId],
    );
    return rows.length > 0;
  }
}

export function statedColumns(batch: AwardBatch): StatedCounts {
  return {
    coll: batch.statedColl,
    indiv: batch.statedIndiv,
    hh: batch.statedHh,
    unsplit: batch.statedUnsplit,
    women: batch.statedWomen,
  };
}
