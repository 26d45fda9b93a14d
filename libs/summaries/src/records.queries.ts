import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, scopeOf, type Actor, type Day } from '@lib/kernel';
import { snapshot, type Queryable } from '@lib/platform';
import { Campaigns } from '@lib/campaigns';
import { BatchQueries, type BatchRow, type LineView } from '@lib/awards';
import {
  LineageQueries,
  type Contribution,
  type Counts,
  type LineFilter,
  type LineKey,
  type Relation,
} from '@lib/figures';
import { UnitTree, type UnitRef } from '@lib/units';
import { Questions } from './questions.service.js';
import { SUMMARY_BLOCKS, type RecordsQuery } from './summary.dto.js';

/** LINE: a named recipient. REMAINDER: stated and not named. EXCESS: more named than stated. HIDDEN: outside the reader's grants. */
export type ContributionKind = 'LINE' | 'REMAINDER' | 'EXCESS' | 'HIDDEN';

export interface RecordRow {
  readonly batchId: number | null;
  readonly lineId: number | null;
  readonly what: ContributionKind;
  readonly title: string;
  readonly recipient: string | null;
  readonly unit: UnitRef | null;
  readonly when: { readonly from: Day; readonly to: Day };
  readonly counts: Counts;
  readonly decision: BatchRow['decision'];
  readonly conferringBodies: BatchRow['conferringBodies'];
  readonly recordedOn: Day;
}

const PAGE = 100;

/** From a printed figure to the records that prove it. */
@Injectable()
export class RecordsQueries {
  constructor(
    private readonly db: DataSource,
    private readonly tree: UnitTree,
    private readonly questions: Questions,
    private readonly lineage: LineageQueries,
    private readonly batches: BatchQueries,
    private readonly campaigns: Campaigns,
  ) {}

  async records(
    actor: Actor,
    ask: RecordsQuery,
  ): Promise<{ items: RecordRow[]; next: string | null; sum: Counts & { records: number } }> {
    const after = placeOf(ask.after);
    return snapshot(this.db, async (q) => {
      const question = await this.questions.of(q, actor, ask);
      const part = ask.part ? await this.tree.idOf(q, ask.part, scopeOf(actor, 'summary.read'), 'part') : null;
      const names = ask.campaign ? ((await this.campaigns.namesOf(q, [ask.campaign])).get(ask.campaign) ?? []) : null;
      const filter = filterOf(ask, part, names);
      const limit = ask.limit ?? PAGE;
      const pin = ask.pin ?? null;
      const found = await this.lineage.contributions(q, question, filter, { limit: limit + 1, after, pin });
      const items = await this.described(q, actor, found.slice(0, limit));
      const last = found[limit - 1];
      return {
        items,
        next: found.length > limit && last ? `${last.recordId}.${last.partId}` : null,
        sum: await this.lineage.sum(q, question, filter, pin),
      };
    });
  }

  /** Names what the reader may see; the rest keeps its counts, so that the sum still proves the figure, and nothing else. */
  private async described(q: Queryable, actor: Actor, found: readonly Contribution[]): Promise<RecordRow[]> {
    const batches = new Map(
      (await this.batches.visibleRows(q, actor, [...new Set(found.map((one) => one.recordId))])).map((row) => [
        row.id,
        row,
      ]),
    );
    const lineIds = found.flatMap((one) => (one.partId === 0 ? [] : [one.partId]));
    const lines = new Map((await this.batches.visibleLines(q, actor, lineIds)).map((row) => [row.id, row]));
    const units = await this.tree.refs(
      q,
      found.map((one) => one.unitId),
    );
    return found.map((one) =>
      row(one, batches.get(one.recordId), lines.get(one.partId), units.get(one.unitId) ?? null),
    );
  }
}

function row(
  one: Contribution,
  batch: BatchRow | undefined,
  line: LineView | undefined,
  unit: UnitRef | null,
): RecordRow {
  const { collectives, individuals, households, unsplit } = one;
  const counts = { collectives, individuals, households, unsplit };
  const base = { when: { from: one.from, to: one.to }, counts, recordedOn: one.recordedOn };
  if (!batch || (one.partId !== 0 && !line))
    return {
      ...base,
      batchId: null,
      lineId: null,
      what: 'HIDDEN',
      title: 'Bản ghi ngoài phạm vi được xem',
      recipient: null,
      unit: null,
      decision: null,
      conferringBodies: [],
    };
  const below = collectives < 0 || individuals < 0 || households < 0 || unsplit < 0;
  return {
    ...base,
    batchId: one.recordId,
    lineId: line?.id ?? null,
    what: line ? 'LINE' : below ? 'EXCESS' : 'REMAINDER',
    title: [batch.formName, batch.campaign ?? batch.reason].filter(Boolean).join(' · ') || 'Khen thưởng',
    recipient: line?.name ?? null,
    unit,
    decision: batch.decision,
    conferringBodies: batch.conferringBodies,
  };
}

function filterOf(ask: RecordsQuery, part: number | null, campaigns: readonly string[] | null): LineFilter {
  return {
    ...(campaigns ? { campaigns } : {}),
    ...(ask.block ? { block: SUMMARY_BLOCKS[ask.block] } : {}),
    ...(ask.key ? { lines: ask.key.map(lineKey) } : {}),
    ...(part === null ? {} : { part }),
    ...(ask.undated ? { undated: true } : {}),
  };
}

function lineKey(text: string): LineKey {
  const [dim, giver, relation] = text.split('.');
  return { dim: Number(dim), giver: Number(giver), relation: relation as Relation };
}

function placeOf(after: string | undefined): readonly [number, number] | null {
  if (after === undefined) return null;
  const [, record, part] = /^(\d{1,9})\.(\d{1,9})$/.exec(after) ?? [];
  if (!record || !part) throw new Refused('page.unknown_place', 'Vị trí trang không hợp lệ.', 'after');
  return [Number(record), Number(part)];
}
