import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, type Actor, type Warning } from '@lib/kernel';
import { audit, Clock, transact, type Tx } from '@lib/platform';
import { Ledger } from '@lib/figures';
import { AwardScope } from './award-scope.js';
import type { AddLinesInput, RecordBatchInput } from './awards.dto.js';
import { AwardBatch, AwardGiver } from './awards.entity.js';
import type { ResolvedBody } from './bodies.service.js';
import { Containment } from './containment.service.js';
import { History } from './history.service.js';
import { Lines } from './lines.service.js';
import { BatchResolver } from './resolver.service.js';

export interface Recorded {
  readonly id: number;
  readonly warnings: readonly Warning[];
}

/** The fast lane (design §1.13): a decision that exists on paper becomes a batch, its lines and its figures in one step. */
@Injectable()
export class RecordService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly resolver: BatchResolver,
    private readonly lines: Lines,
    private readonly containment: Containment,
    private readonly scope: AwardScope,
    private readonly ledger: Ledger,
    private readonly history: History,
  ) {}

  record(actor: Actor, input: RecordBatchInput): Promise<Recorded> {
    return transact(this.db, (tx) => this.recordIn(tx, actor, input));
  }

  /** The same inside a larger command: an answer of a body outside, or a decision that is issued, writes the register. */
  async recordIn(tx: Tx, actor: Actor, input: RecordBatchInput, issued: number | null = null): Promise<Recorded> {
    const repeated = await this.repeated(tx, actor, input.clientKey);
    if (repeated !== null) return { id: repeated, warnings: [] };
    const lines = input.lines ?? [];
    const resolved = await this.resolver.resolve(tx, actor, input, lines.length, 'award.record', null, issued);
    const warnings: Warning[] = [...resolved.warnings, ...(await this.duplicates(tx, resolved.columns))];
    const batch = tx.manager.create(AwardBatch, {
      ...resolved.columns,
      clientKey: input.clientKey ?? null,
      partOf: null,
      enteredFor: input.enteredFor ?? false,
      state: 'LIVE',
      recordedOn: this.clock.today(),
      recordedBy: actor.name,
      recordedById: actor.accountId,
    });
    await tx.manager.insert(AwardBatch, batch);
    await insertGivers(tx, batch.id, resolved.bodies);
    const numberedBy = resolved.bodies[0]?.numberedBy ?? '';
    warnings.push(...(await this.lines.add(tx, actor, batch, resolved.form, numberedBy, lines)));
    if (input.partOf) {
      await this.containment.check(tx, actor, batch, input.partOf);
      await tx.manager.update(AwardBatch, { id: batch.id }, { partOf: input.partOf });
      batch.partOf = input.partOf;
    }
    const containers = await this.containment.lockContainers(tx, batch);
    await this.containment.checkFits(tx, batch, containers);
    warnings.push(...(await this.containment.excess(tx, [batch, ...containers])));
    await this.ledger.post(tx, 'awards', [batch.id, ...containers.map((container) => container.id)]);
    await this.history.add(tx, actor, batch.id, 'record', null, {});
    await audit(tx, this.clock.now(), actor, 'award.record', `award:${batch.id}`, {
      unit: input.unit,
      kind: input.kind,
      form: batch.form,
    });
    return { id: batch.id, warnings };
  }

  /** Names recipients of a batch that so far was only counted. */
  async addLines(actor: Actor, id: number, input: AddLinesInput): Promise<Recorded> {
    return transact(this.db, async (tx) => {
      const batch = await this.scope.lock(tx, actor, 'award.record', id);
      if (batch.state !== 'LIVE')
        throw new Refused('awards.not_live', 'Khen thưởng này đã bị huỷ hoặc xoá.', null, 'conflict');
      const containers = await this.containment.lockContainers(tx, batch);
      const numberedBy = await numberedByOf(tx, id);
      const form = batch.form === null ? null : await this.resolver.formKnown(tx, batch.form);
      const warnings = await this.lines.add(tx, actor, batch, form, numberedBy, input.lines);
      await this.containment.checkFits(tx, batch, containers);
      warnings.push(...(await this.containment.excess(tx, [batch, ...containers])));
      await this.ledger.post(tx, 'awards', [batch.id, ...containers.map((container) => container.id)]);
      await this.history.add(tx, actor, id, 'lines', null, { added: input.lines.length });
      await audit(tx, this.clock.now(), actor, 'award.lines', `award:${id}`, { added: input.lines.length });
      return { id, warnings };
    });
  }

  /** The batch that an earlier call with the same key stored; somebody else's key is refused, not answered. */
  private async repeated(tx: Tx, actor: Actor, key: string | undefined): Promise<number | null> {
    if (!key) return null;
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('award client key'), hashtext($1))`, [key]);
    const held = await tx.manager.findOneBy(AwardBatch, { clientKey: key });
    if (!held) return null;
    if (held.recordedById !== actor.accountId)
      throw new Refused('awards.client_key_taken', 'Khoá gửi đã được dùng.', 'clientKey', 'conflict');
    return held.id;
  }

  private async duplicates(
    tx: Tx,
    c: Pick<
      AwardBatch,
      'unitId' | 'giverId' | 'dimId' | 'spanFrom' | 'day' | 'statedColl' | 'statedIndiv' | 'statedUnsplit'
    >,
  ): Promise<Warning[]> {
    const rows = await tx.query<{ id: number }>(
      `SELECT id FROM award_batch WHERE unit_id = $1 AND giver_id = $2 AND dim_id = $3 AND span_from = $4 AND day = $5 AND state = 'LIVE'
          AND (stated_coll, stated_indiv, stated_unsplit) IS NOT DISTINCT FROM ($6::int, $7::int, $8::int) LIMIT 1`,
      [c.unitId, c.giverId, c.dimId, c.spanFrom, c.day, c.statedColl, c.statedIndiv, c.statedUnsplit],
    );
    if (rows.length === 0) return [];
    const message = `Đã có một khen thưởng giống hệt (số ${rows[0]?.id}); kiểm tra để không tính hai lần.`;
    return [{ code: 'awards.possible_duplicate', field: null, message }];
  }
}

export async function insertGivers(tx: Tx, batchId: number, bodies: readonly ResolvedBody[]): Promise<void> {
  await tx.manager.insert(
    AwardGiver,
    bodies.map(({ unitId, outsideId, withinUnitId, name, level }, place) => ({
      batchId,
      place,
      unitId,
      outsideId,
      withinUnitId,
      name,
      level,
    })),
  );
}

/** Whose golden-book series a batch's lines take their numbers from: its leading conferring body. */
export async function numberedByOf(tx: Tx, batchId: number): Promise<string> {
  const lead = await tx.manager.findOneByOrFail(AwardGiver, { batchId, place: 0 });
  if (lead.unitId !== null) return `u:${lead.unitId}`;
  return lead.outsideId === null ? `l:${lead.level}@${lead.withinUnitId}` : `o:${lead.outsideId}`;
}
