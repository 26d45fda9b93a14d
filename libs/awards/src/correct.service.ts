import { Injectable } from '@nestjs/common';
import { DataSource, In, Not } from 'typeorm';
import { Refused, tidy, type Actor } from '@lib/kernel';
import { audit, Clock, transact, type Tx } from '@lib/platform';
import { Ledger } from '@lib/figures';
import { UnitTree } from '@lib/units';
import { AwardScope, mustNotBeIssued } from './award-scope.js';
import type { CorrectBatchInput } from './awards.dto.js';
import { AwardBatch, AwardGiver, AwardLine } from './awards.entity.js';
import { checkStillStated, type Contained } from './awards.rules.js';
import { Containment, statedColumns } from './containment.service.js';
import { History } from './history.service.js';
import { insertGivers, type Recorded } from './record.service.js';
import { BatchResolver, type WholeFacts } from './resolver.service.js';

/** Corrections: what was typed wrongly becomes right, with a reason, and the book gets the difference as of today. */
@Injectable()
export class CorrectService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly resolver: BatchResolver,
    private readonly containment: Containment,
    private readonly scope: AwardScope,
    private readonly ledger: Ledger,
    private readonly history: History,
  ) {}

  async correct(actor: Actor, id: number, { reason, changes }: CorrectBatchInput): Promise<Recorded> {
    return transact(this.db, async (tx) => {
      const batch = await this.scope.lock(tx, actor, 'award.correct', id);
      if (batch.state !== 'LIVE')
        throw new Refused('awards.not_live', 'Khen thưởng này đã bị huỷ hoặc xoá.', null, 'conflict');
      if (Object.keys(changes).length === 0)
        throw new Refused('awards.nothing_to_correct', 'Chưa nêu nội dung đính chính.', 'changes');
      const containers = await this.containment.lockContainers(tx, batch);
      const facts: WholeFacts = { ...(await this.factsOf(tx, batch)), ...changes };
      const lines = await tx.manager.countBy(AwardLine, { batchId: id, state: Not('REMOVED') });
      const resolved = await this.resolver
        .resolve(tx, actor, facts, lines, 'award.correct', id)
        .catch((error: unknown) => {
          throw error instanceof Refused ? underChanges(error) : error;
        });
      const before = { ...batch };
      Object.assign(batch, resolved.columns);
      await tx.manager.update(AwardBatch, { id }, resolved.columns);
      await tx.manager.delete(AwardGiver, { batchId: id });
      await insertGivers(tx, id, resolved.bodies);
      await this.checkLines(tx, batch);
      await this.containment.checkParts(tx, batch);
      if (batch.partOf !== null) await this.containment.check(tx, actor, batch, batch.partOf);
      await this.containment.checkFits(tx, batch, containers);
      await this.checkRevoked(tx, batch);
      await this.ledger.post(tx, 'awards', [id, ...containers.map((container) => container.id)]);
      const difference = changedColumns(before, batch);
      await this.history.add(tx, actor, id, 'correct', tidy(reason), difference);
      await audit(tx, this.clock.now(), actor, 'award.correct', `award:${id}`, {
        reason,
        changed: Object.keys(difference),
      });
      const own = resolved.warnings.filter((warning) => warning.code !== 'awards.decision_already_recorded');
      return { id, warnings: [...own, ...(await this.containment.excess(tx, [batch, ...containers]))] };
    });
  }

  /** Takes out a line that was entered by mistake: it never was, and the remainder takes its place. */
  async removeLine(actor: Actor, id: number, lineId: number, reason: string): Promise<Recorded> {
    return transact(this.db, async (tx) => {
      const batch = await this.scope.lock(tx, actor, 'award.correct', id);
      const line = await tx.manager.findOneBy(AwardLine, { id: lineId, batchId: id });
      if (!line) throw Refused.notFound('award_line', 'lineId');
      if (line.state !== 'LIVE')
        throw new Refused('awards.line_not_live', 'Dòng này đã bị huỷ hoặc xoá.', 'lineId', 'conflict');
      await mustNotBeIssued(tx, batch);
      const containers = await this.containment.lockContainers(tx, batch);
      await tx.manager.update(AwardLine, { id: lineId }, { state: 'REMOVED' });
      await this.ledger.post(tx, 'awards', [id, ...containers.map((container) => container.id)]);
      await this.history.add(tx, actor, id, 'remove', tidy(reason), { lineId, name: line.name });
      await audit(tx, this.clock.now(), actor, 'award.line_removed', `award:${id}`, { lineId, reason });
      return { id, warnings: await this.containment.excess(tx, [batch, ...containers]) };
    });
  }

  /** Says, or no longer says, that a batch is part of a stated one. */
  async setPartOf(actor: Actor, id: number, partOf: number | null): Promise<Recorded> {
    return transact(this.db, async (tx) => {
      const batch = await this.scope.lock(tx, actor, 'award.correct', id);
      if (batch.state !== 'LIVE')
        throw new Refused('awards.not_live', 'Khen thưởng này đã bị huỷ hoặc xoá.', null, 'conflict');
      if (partOf === id) throw new Refused('awards.part_cycle', 'Một số liệu không thể bao gồm chính nó.', 'partOf');
      const before = await this.containment.lockContainers(tx, batch);
      if (partOf !== null) await this.containment.check(tx, actor, batch, partOf);
      await tx.manager.update(AwardBatch, { id }, { partOf });
      const after = await this.containment.lockContainers(tx, { ...batch, partOf });
      await this.containment.checkFits(tx, batch, after);
      await this.ledger.post(tx, 'awards', [...new Set([id, ...before.map((b) => b.id), ...after.map((b) => b.id)])]);
      await this.history.add(tx, actor, id, 'part-of', null, { before: batch.partOf, after: partOf });
      await audit(tx, this.clock.now(), actor, 'award.part_of', `award:${id}`, { before: batch.partOf, after: partOf });
      return { id, warnings: await this.containment.excess(tx, after) };
    });
  }

  /** The stored batch in the words of the input, so that a correction is checked exactly like a new record. */
  private async factsOf(tx: Tx, b: AwardBatch): Promise<WholeFacts> {
    const givers = await tx.manager.find(AwardGiver, { where: { batchId: b.id }, order: { place: 'ASC' } });
    const ids = [
      b.unitId,
      b.proposingUnitId,
      b.reportingUnitId,
      b.presentingUnitId,
      ...givers.flatMap((g) => [g.unitId, g.withinUnitId]),
    ];
    const refs = await this.tree.refs(
      tx,
      ids.filter((id) => id !== null),
      b.day,
    );
    const code = (id: number | null): string => refs.get(id ?? 0)?.code ?? '';
    const outsideIds = [b.presentingOutsideId, ...givers.map((g) => g.outsideId)].filter((id) => id !== null);
    const outside = await tx.query<{ id: number; code: string }>(
      `SELECT id, code FROM outside_body WHERE id = ANY($1)`,
      [outsideIds],
    );
    const outsideCode = (id: number | null): string => outside.find((row) => row.id === id)?.code ?? '';
    const [decision] = await tx.query<{ number: string | null; symbol: string; date: string | null }>(
      `SELECT number, symbol, date FROM decision WHERE id = $1`,
      [b.decisionId],
    );
    return {
      kind: b.kind,
      form: b.form === 'UNKNOWN' ? null : b.form,
      formCertainty: b.formCertainty === 'UNKNOWN' ? 'STATED' : b.formCertainty,
      type: b.type,
      campaign: b.campaign,
      reason: b.reason,
      contests: b.contests,
      tier: b.tier,
      conferring: givers.map((g) => {
        if (g.unitId !== null) return { unit: code(g.unitId) };
        return g.outsideId === null
          ? { level: g.level, within: code(g.withinUnitId) }
          : { outside: outsideCode(g.outsideId) };
      }),
      conferringVerified: b.conferringVerified,
      unit: code(b.unitId),
      proposing: b.proposingUnitId === null ? null : code(b.proposingUnitId),
      reporting: b.reportingUnitId === null ? null : code(b.reportingUnitId),
      presenting: presentingOf(b, code, outsideCode),
      when: { from: b.spanFrom, to: b.day, basis: b.basis },
      decision: decision ?? null,
      fileId: b.fileId,
      source: b.source,
      stated: {
        collectives: b.statedColl,
        individuals: b.statedIndiv,
        households: b.statedHh,
        unsplit: b.statedUnsplit,
        women: b.statedWomen,
      },
      positionBand: b.positionBand,
      enterprise: b.enterprise,
      classification: b.classification,
    };
  }

  /** What was revoked must still be among what is stated, or the book would count less than nothing. */
  private async checkRevoked(tx: Tx, batch: AwardBatch): Promise<void> {
    const [revoked] = await tx.query<Contained & { women: number; womenOf: number }>(
      `SELECT coalesce(sum(coll), 0)::int AS coll, coalesce(sum(indiv), 0)::int AS indiv, coalesce(sum(hh), 0)::int AS hh, coalesce(sum(unsplit), 0)::int AS unsplit,
              coalesce(sum(women), 0)::int AS women, coalesce(sum(indiv) FILTER (WHERE women IS NOT NULL), 0)::int AS "womenOf"
         FROM award_revocation WHERE batch_id = $1 AND withdrawn_on IS NULL`,
      [batch.id],
    );
    const wrong = revoked ? checkStillStated(statedColumns(batch), revoked) : [];
    if (wrong.length > 0) throw underChanges(Refused.all(wrong, 'conflict'));
  }

  /** A corrected unit or day must still hold every line. */
  private async checkLines(tx: Tx, batch: AwardBatch): Promise<void> {
    const lines = await tx.manager.findBy(AwardLine, { batchId: batch.id, state: In(['LIVE', 'REVOKED']) });
    const units = await this.tree.onDay(
      tx,
      lines.map((line) => line.unitId),
      batch.day,
    );
    if (lines.some((line) => !units.get(line.unitId)?.chain.includes(batch.unitId)))
      throw new Refused(
        'awards.line_outside_unit',
        'Có dòng danh sách không thuộc đơn vị vào ngày này.',
        'changes.unit',
      );
  }
}

function presentingOf(
  b: AwardBatch,
  code: (id: number | null) => string,
  outside: (id: number | null) => string,
): { unit?: string; outside?: string } | null {
  if (b.presentingUnitId !== null) return { unit: code(b.presentingUnitId) };
  return b.presentingOutsideId === null ? null : { outside: outside(b.presentingOutsideId) };
}

/** Fields of a correction are named as the caller sent them. */
function underChanges(error: Refused): Refused {
  return Refused.all(
    error.details.map((detail) => ({
      ...detail,
      field: detail.field === null ? 'changes' : `changes.${detail.field}`,
    })),
    error.kind,
  );
}

function changedColumns(before: AwardBatch, after: AwardBatch): Record<string, { before: unknown; after: unknown }> {
  const changed: Record<string, { before: unknown; after: unknown }> = {};
  for (const key of Object.keys(after) as (keyof AwardBatch)[])
    if (JSON.stringify(before[key]) !== JSON.stringify(after[key]) && key !== 'words' && key !== 'dimId')
      changed[key] = { before: before[key], after: after[key] };
  return changed;
}
