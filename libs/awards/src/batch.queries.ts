import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { may, Refused, type Actor, type Classification, type Day } from '@lib/kernel';
import { reader, type Queryable } from '@lib/platform';
import { addCounts, NO_COUNTS, type BodyLabel, type Counts } from '@lib/figures';
import { UnitTree, type UnitRef } from '@lib/units';
import { AwardScope } from './award-scope.js';
import { AwardBatch, type FormCertainty, type Ground, type PositionBand } from './awards.entity.js';
import { AwardsQueries, LINE_COLUMNS, type BatchRow, type CountsView, type LineView } from './awards.queries.js';
import { isExcess } from './awards.rules.js';
import { Containment, statedColumns } from './containment.service.js';
import type { HistoryAction } from './history.service.js';

/** A revocation stands beside what it revokes; nothing is taken away. */
export interface RevocationView {
  readonly id: number;
  /** The line revoked; null: the batch, or counted recipients of it. */
  readonly lineId: number | null;
  readonly whole: boolean;
  readonly counts: Counts & { readonly women: number | null };
  readonly reason: string;
  readonly ground: Ground | null;
  readonly decision: { readonly number: string | null; readonly symbol: string | null; readonly date: Day | null };
  readonly recordedOn: Day;
  readonly recordedBy: string;
  /** When the revocation itself was taken back; null while it holds. */
  readonly withdrawnOn: Day | null;
}

export interface HistoryView {
  readonly at: Date;
  readonly by: string;
  readonly action: HistoryAction;
  readonly reason: string | null;
  readonly changes: Readonly<Record<string, unknown>>;
}

export interface BatchView extends BatchRow {
  readonly formCertainty: FormCertainty;
  readonly contests: readonly string[];
  readonly tier: string | null;
  readonly unitPath: string;
  readonly proposing: UnitRef | null;
  readonly reporting: UnitRef | null;
  readonly presenting: BodyLabel | null;
  readonly fileId: number | null;
  readonly source: string | null;
  readonly stated: (CountsView & { readonly women: number | null }) | null;
  /** What it contributes to figures now, its parts not included: live lines and remainder, less what was revoked. */
  readonly counted: Counts;
  readonly contained: Counts;
  readonly remainder: Counts;
  /** More is contained than stated: the stated figure prints until it is settled. */
  readonly excess: boolean;
  readonly partOfBatch: BatchRow | null;
  readonly parts: readonly BatchRow[];
  readonly lines: readonly LineView[];
  readonly revocations: readonly RevocationView[];
  readonly history: readonly HistoryView[];
  readonly positionBand: PositionBand | null;
  readonly enterprise: boolean | null;
  readonly classification: Classification;
  readonly enteredFor: boolean;
  readonly recordedBy: string;
  readonly abilities: { correct: boolean; revoke: boolean; withdraw: boolean; addLines: boolean; linkParts: boolean };
}

/** One batch with everything that belongs to it, as far as the reader may see it. */
@Injectable()
export class BatchQueries {
  constructor(
    private readonly db: DataSource,
    private readonly tree: UnitTree,
    private readonly scope: AwardScope,
    private readonly lists: AwardsQueries,
    private readonly containment: Containment,
  ) {}

  /** @throws Refused `award.not_found` for an unknown id and one outside the scope alike. */
  async view(actor: Actor, id: number): Promise<BatchView> {
    const q = reader(this.db);
    const [row] = await this.visibleRows(q, actor, [id]);
    const batch = await this.db.manager.findOneBy(AwardBatch, { id });
    if (!row || !batch) throw Refused.notFound('award');
    const owner = await this.scope.mayCommand(q, actor, 'award.read', id);
    const posting = await this.posting(q, id);
    const contained = await this.containment.contained(q, id);
    const parts = owner
      ? await q.query<{ id: number }>(`SELECT id FROM award_batch WHERE part_of = $1 AND state <> 'REMOVED'`, [id])
      : [];
    const refs = await this.tree.refs(
      q,
      [batch.proposingUnitId, batch.reportingUnitId, batch.presentingUnitId].filter((unit) => unit !== null),
      batch.day,
    );
    const live = batch.state === 'LIVE';
    return {
      ...row,
      formCertainty: batch.formCertainty,
      contests: batch.contests,
      tier: batch.tier,
      unitPath: batch.unitPath,
      proposing: refs.get(batch.proposingUnitId ?? 0) ?? null,
      reporting: refs.get(batch.reportingUnitId ?? 0) ?? null,
      presenting: refs.get(batch.presentingUnitId ?? 0) ?? (await this.outside(q, batch.presentingOutsideId)),
      fileId: batch.fileId,
      source: batch.source,
      stated: statedView(batch),
      counted: addCounts(posting.lines, posting.remainder),
      contained: {
        collectives: contained.coll,
        individuals: contained.indiv,
        households: contained.hh,
        unsplit: contained.unsplit,
      },
      remainder: posting.remainder,
      excess: isExcess(statedColumns(batch), contained),
      partOfBatch: batch.partOf === null ? null : ((await this.visibleRows(q, actor, [batch.partOf]))[0] ?? null),
      parts: await this.visibleRows(
        q,
        actor,
        parts.map((part) => part.id),
      ),
      lines: await this.linesOf(q, actor, id),
      revocations: owner ? await this.revocations(q, id) : [],
      history: owner ? await this.history(q, id) : [],
      positionBand: batch.positionBand,
      enterprise: batch.enterprise,
      classification: batch.classification,
      enteredFor: batch.enteredFor,
      recordedBy: batch.recordedBy,
      abilities: {
        correct: live && may(actor, 'award.correct') && (await this.scope.mayCommand(q, actor, 'award.correct', id)),
        revoke: live && may(actor, 'award.revoke') && (await this.scope.mayCommand(q, actor, 'award.revoke', id)),
        withdraw:
          batch.state !== 'REMOVED' &&
          may(actor, 'award.revoke') &&
          (await this.scope.mayCommand(q, actor, 'award.revoke', id)),
        addLines: live && may(actor, 'award.record') && (await this.scope.mayCommand(q, actor, 'award.record', id)),
        linkParts: live && may(actor, 'award.correct') && (await this.scope.mayCommand(q, actor, 'award.correct', id)),
      },
    };
  }

  /** Of these batches, the ones the reader may see. */
  async visibleRows(q: Queryable, actor: Actor, ids: readonly number[]): Promise<BatchRow[]> {
    if (ids.length === 0) return [];
    const params: unknown[] = [ids];
    const rows = await q.query<{ id: number }>(
      `SELECT b.id FROM award_batch b WHERE b.id = ANY($1) AND ${this.scope.visible(actor, 'award.read', params)}`,
      params,
    );
    return this.lists.rows(
      q,
      rows.map((row) => row.id),
    );
  }

  /** Lines of the given ids that the reader may see, for lineage. */
  async visibleLines(q: Queryable, actor: Actor, ids: readonly number[]): Promise<LineView[]> {
    if (ids.length === 0) return [];
    const params: unknown[] = [ids];
    const visible = `${this.scope.visible(actor, 'award.read', params)} AND ${this.scope.lineVisible(actor, 'award.read', params)}`;
    const rows = await q.query<Omit<LineView, 'unit'> & { unitId: number }>(
      `SELECT ${LINE_COLUMNS} FROM award_line l JOIN award_batch b ON b.id = l.batch_id WHERE l.id = ANY($1) AND ${visible}`,
      params,
    );
    return this.lists.withUnits(q, rows);
  }

  /** Whether a batch that the reader may see holds the file. */
  async holdsFile(q: Queryable, actor: Actor, fileId: number): Promise<boolean> {
    const params: unknown[] = [fileId];
    const visible = this.scope.visible(actor, 'file.read', params);
    const cleared = this.scope.cleared(actor, params);
    // One paper may stand behind several batches: where one of them is restricted, it names people who are.
    const rows = await q.query(
      `SELECT 1 FROM award_batch b WHERE b.file_id = $1 AND ${visible}
          AND NOT EXISTS (SELECT 1 FROM (SELECT * FROM award_batch o WHERE o.file_id = $1) b WHERE NOT ${cleared}) LIMIT 1`,
      params,
    );
    return rows.length > 0;
  }

  private async linesOf(q: Queryable, actor: Actor, id: number): Promise<LineView[]> {
    const params: unknown[] = [id];
    const rows = await q.query<Omit<LineView, 'unit'> & { unitId: number }>(
      `SELECT ${LINE_COLUMNS} FROM award_line l JOIN award_batch b ON b.id = l.batch_id
        WHERE b.id = $1 AND l.state <> 'REMOVED' AND ${this.scope.lineVisible(actor, 'award.read', params)} ORDER BY l.class, l.id`,
      params,
    );
    return this.lists.withUnits(q, rows);
  }

  private async posting(q: Queryable, id: number): Promise<{ lines: Counts; remainder: Counts }> {
    const rows = await q.query<Counts & { remainder: boolean }>(
      `SELECT part_id = 0 AS remainder, sum(coll)::int AS collectives, sum(indiv)::int AS individuals, sum(hh)::int AS households, sum(unsplit)::int AS unsplit
         FROM award_posting WHERE record_id = $1 GROUP BY 1`,
      [id],
    );
    const pick = (remainder: boolean): Counts => {
      const { collectives, individuals, households, unsplit } =
        rows.find((row) => row.remainder === remainder) ?? NO_COUNTS;
      return { collectives, individuals, households, unsplit };
    };
    return { lines: pick(false), remainder: pick(true) };
  }

  private async outside(q: Queryable, id: number | null): Promise<BodyLabel | null> {
    if (id === null) return null;
    const [row] = await q.query<BodyLabel>(`SELECT code, name, level FROM outside_body WHERE id = $1`, [id]);
    return row ?? null;
  }

  private revocations(q: Queryable, id: number): Promise<RevocationView[]> {
    return q.query(
      `SELECT id, line_id AS "lineId", whole, json_build_object('collectives', coll, 'individuals', indiv, 'households', hh, 'unsplit', unsplit, 'women', women) AS counts,
              reason, ground, json_build_object('number', number, 'symbol', symbol, 'date', date) AS decision, recorded_on AS "recordedOn", recorded_by AS "recordedBy", withdrawn_on AS "withdrawnOn"
         FROM award_revocation WHERE batch_id = $1 ORDER BY id`,
      [id],
    );
  }

  private history(q: Queryable, id: number): Promise<HistoryView[]> {
    return q.query(
      `SELECT at, actor AS by, action, reason, changes FROM award_history WHERE batch_id = $1 ORDER BY id`,
      [id],
    );
  }
}

function statedView(b: AwardBatch): BatchView['stated'] {
  const counts = {
    collectives: b.statedColl,
    individuals: b.statedIndiv,
    households: b.statedHh,
    unsplit: b.statedUnsplit,
    women: b.statedWomen,
  };
  return Object.values(counts).every((value) => value === null) ? null : counts;
}
