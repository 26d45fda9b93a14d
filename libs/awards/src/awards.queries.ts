import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { fold, isDay, Refused, scopeOf, subtree, type Actor, type Day } from '@lib/kernel';
import { reader, type Queryable } from '@lib/platform';
import type { BodyLabel, Block } from '@lib/figures';
import { UnitTree, type UnitRef } from '@lib/units';
import { AwardScope } from './award-scope.js';
import type { AwardState, Basis, LineClass } from './awards.entity.js';
import type { RegisterQuery } from './register.dto.js';

export interface CountsView {
  readonly collectives: number | null;
  readonly individuals: number | null;
  readonly households: number | null;
  readonly unsplit: number | null;
}

export interface BatchRow {
  readonly id: number;
  readonly kind: Block;
  readonly form: string | null;
  readonly formName: string | null;
  readonly type: string | null;
  readonly campaign: string | null;
  readonly reason: string | null;
  readonly unit: UnitRef | null;
  readonly conferringBodies: readonly BodyLabel[];
  readonly conferringVerified: boolean;
  readonly when: { readonly from: Day; readonly to: Day; readonly basis: Basis };
  readonly decision: { readonly number: string | null; readonly symbol: string; readonly date: Day | null } | null;
  /** What the batch says in all, before revocations. */
  readonly figure: CountsView;
  readonly lineCount: number;
  readonly partOf: number | null;
  readonly state: AwardState;
  readonly recordedOn: Day;
}

/** Prizes, and all the contests that one number of them covers. */
export interface PrizeRow {
  readonly batch: BatchRow;
  readonly contests: readonly string[];
}

export interface LineView {
  readonly id: number;
  readonly batchId: number;
  readonly recipientClass: LineClass;
  readonly name: string;
  readonly unit: UnitRef | null;
  readonly unitPath: string;
  readonly person: number | null;
  readonly birthYear: number | null;
  readonly gender: 'MALE' | 'FEMALE' | null;
  readonly reason: string | null;
  readonly registerNumber: number | null;
  readonly series: string | null;
  readonly state: AwardState;
}

export interface RegisterLine extends LineView {
  readonly kind: Block;
  readonly form: string | null;
  readonly formName: string | null;
  readonly when: { readonly from: Day; readonly to: Day; readonly basis: Basis };
  readonly conferringBodies: readonly BodyLabel[];
}

type WithUnitId<Row> = Omit<Row, 'unit'> & { unitId: number };

const GIVERS = `(SELECT json_agg(json_build_object('code', coalesce(gu.code, go.code), 'name', g.name, 'level', g.level) ORDER BY g.place)
  FROM award_giver g LEFT JOIN unit gu ON gu.id = g.unit_id LEFT JOIN outside_body go ON go.id = g.outside_id WHERE g.batch_id = b.id)`;
const WHEN = `json_build_object('from', b.span_from, 'to', b.day, 'basis', b.basis)`;
const FORM_NAME = `(SELECT name FROM award_form f WHERE f.code = b.form ORDER BY valid_from DESC LIMIT 1)`;

export const LINE_COLUMNS = `l.id, l.batch_id AS "batchId", l.class AS "recipientClass", l.name, l.unit_id AS "unitId", l.unit_path AS "unitPath",
  l.person_id AS person, l.birth_year AS "birthYear", l.gender, l.reason, l.register_number AS "registerNumber", l.series,
  CASE WHEN b.state = 'LIVE' THEN l.state ELSE b.state END AS state`;

/** Of line `l` in batch `b`, as lists of recipients show it. */
export const REGISTER_LINE_COLUMNS = `${LINE_COLUMNS}, b.kind, b.form, ${FORM_NAME} AS "formName", ${WHEN} AS "when", ${GIVERS} AS "conferringBodies"`;

const BATCH_COLUMNS = `b.id, b.kind, b.form, ${FORM_NAME} AS "formName", b.type, b.campaign, b.reason, b.unit_id AS "unitId",
  ${GIVERS} AS "conferringBodies", b.conferring_verified AS "conferringVerified", ${WHEN} AS "when",
  (SELECT json_build_object('number', d.number, 'symbol', d.symbol, 'date', d.date) FROM decision d WHERE d.id = b.decision_id) AS decision,
  (SELECT json_build_object('collectives', f.coll, 'individuals', f.indiv, 'households', f.hh, 'unsplit', f.unsplit) FROM award_figure f WHERE f.batch_id = b.id) AS figure,
  (SELECT count(*)::int FROM award_line l WHERE l.batch_id = b.id AND l.state <> 'REMOVED') AS "lineCount",
  b.part_of AS "partOf", b.state, b.recorded_on AS "recordedOn"`;

/** The register as lists: keyset pages, newest first, in the reader's scope. */
@Injectable()
export class AwardsQueries {
  constructor(
    private readonly db: DataSource,
    private readonly tree: UnitTree,
    private readonly scope: AwardScope,
  ) {}

  async batches(actor: Actor, ask: RegisterQuery): Promise<{ items: BatchRow[]; next: string | null }> {
    const q = reader(this.db);
    const params: unknown[] = [];
    const where = [
      this.scope.visible(actor, 'award.read', params),
      ...(await this.filters(q, actor, ask, params, 'batch')),
    ];
    const words = fold(ask.q ?? '')
      .split(' ')
      .filter(Boolean);
    if (words.length > 0)
      where.push(`to_tsvector('simple', b.words) @@ to_tsquery('simple', $${params.push(prefixes(words))})`);
    if (ask.after) where.push(afterKey(ask.after, ['b.day', 'b.id'], params));
    const limit = ask.limit ?? 50;
    const rows = await q.query<WithUnitId<BatchRow>>(
      `SELECT ${BATCH_COLUMNS} FROM award_batch b WHERE ${where.join(' AND ')} ORDER BY b.day DESC, b.id DESC LIMIT $${params.push(limit + 1)}`,
      params,
    );
    const items = await this.withUnits(q, rows.slice(0, limit));
    const last = items.at(-1);
    return { items, next: rows.length > limit && last ? `${last.when.to}_${last.id}` : null };
  }

  /** The recipients: one row a line. */
  async lines(actor: Actor, ask: RegisterQuery): Promise<{ items: RegisterLine[]; next: string | null }> {
    const q = reader(this.db);
    const params: unknown[] = [];
    const where = [
      `l.state <> 'REMOVED'`,
      this.scope.visible(actor, 'award.read', params),
      this.scope.lineVisible(actor, 'award.read', params),
      ...(await this.filters(q, actor, ask, params, 'line')),
    ];
    const words = fold(ask.q ?? '')
      .split(' ')
      .filter(Boolean);
    if (words.length > 0)
      where.push(`to_tsvector('simple', l.name_folded) @@ to_tsquery('simple', $${params.push(prefixes(words))})`);
    if (ask.after) where.push(afterKey(ask.after, ['b.day', 'l.id'], params));
    const limit = ask.limit ?? 50;
    const rows = await q.query<WithUnitId<RegisterLine>>(
      `SELECT ${REGISTER_LINE_COLUMNS} FROM award_line l JOIN award_batch b ON b.id = l.batch_id WHERE ${where.join(' AND ')}
        ORDER BY b.day DESC, l.id DESC LIMIT $${params.push(limit + 1)}`,
      params,
    );
    const items = await this.withUnits(q, rows.slice(0, limit));
    const last = items.at(-1);
    return { items, next: rows.length > limit && last ? `${last.when.to}_${last.id}` : null };
  }

  /** Prizes given in any of these contests, as far as the reader may see them; latest first, at most a hundred. */
  async prizes(actor: Actor, contests: readonly string[]): Promise<PrizeRow[]> {
    const q = reader(this.db);
    const params: unknown[] = [contests];
    const found = await q.query<{ id: number; contests: string[] }>(
      `SELECT b.id, b.contests FROM award_batch b
        WHERE b.kind = 'PRIZE' AND b.state <> 'REMOVED' AND b.contests <> '{}' AND b.contests && $1::text[] AND ${this.scope.visible(actor, 'award.read', params)}
        ORDER BY b.day DESC, b.id DESC LIMIT 100`,
      params,
    );
    const rows = await this.rows(
      q,
      found.map(({ id }) => id),
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    return found.flatMap(({ id, contests: given }) => {
      const batch = byId.get(id);
      return batch ? [{ batch, contests: given }] : [];
    });
  }

  /** Batches by id without further filter; the caller has checked the scope. */
  async rows(q: Queryable, ids: readonly number[]): Promise<BatchRow[]> {
    const rows = await q.query<WithUnitId<BatchRow>>(
      `SELECT ${BATCH_COLUMNS} FROM award_batch b WHERE b.id = ANY($1) ORDER BY b.id`,
      [ids],
    );
    return this.withUnits(q, rows);
  }

  /** Of these batches, those that are restricted or name a restricted unit: texts that are the same for every reader say neither what for nor by whom. */
  async restricted(q: Queryable, ids: readonly number[]): Promise<Set<number>> {
    const rows = await q.query<{ id: number }>(
      `SELECT b.id FROM award_batch b WHERE b.id = ANY($1) AND (b.classification = 'RESTRICTED' OR EXISTS (
         SELECT 1 FROM award_giver g JOIN unit u ON u.id IN (g.unit_id, g.within_unit_id, b.unit_id)
          WHERE g.batch_id = b.id AND u.classification = 'RESTRICTED'))`,
      [ids],
    );
    return new Set(rows.map((row) => row.id));
  }

  async withUnits<Row extends object>(
    q: Queryable,
    rows: readonly (Row & { unitId: number })[],
  ): Promise<(Omit<Row, 'unitId'> & { unit: UnitRef | null })[]> {
    const refs = await this.tree.refs(
      q,
      rows.map((row) => row.unitId),
    );
    return rows.map(({ unitId, ...row }) => ({ ...row, unit: refs.get(unitId) ?? null }));
  }

  private async filters(
    q: Queryable,
    actor: Actor,
    ask: RegisterQuery,
    params: unknown[],
    of: 'batch' | 'line',
  ): Promise<string[]> {
    const where: string[] = [];
    const equal = (column: string, value: unknown): void => {
      if (value !== undefined) where.push(`${column} = $${params.push(value)}`);
    };
    if (ask.unit) {
      const root = subtree(await this.tree.idOf(q, ask.unit, scopeOf(actor, 'award.read')));
      const column = of === 'line' ? 'l.unit_id' : 'b.unit_id';
      const given = `EXISTS (SELECT 1 FROM award_giver ag WHERE ag.batch_id = b.id AND ${this.tree.inScope('coalesce(ag.unit_id, ag.within_unit_id)', root, params)})`;
      const within = [this.tree.inScope(column, root, params), given];
      if (of === 'batch')
        within.push(
          `EXISTS (SELECT 1 FROM award_line nl WHERE nl.batch_id = b.id AND nl.state <> 'REMOVED' AND ${this.tree.inScope('nl.unit_id', root, params)})`,
        );
      where.push(`(${within.join(' OR ')})`);
    }
    if (ask.from && ask.to && ask.to < ask.from)
      throw new Refused('period.reversed', 'Ngày cuối không được trước ngày đầu.', 'to');
    if (ask.from) where.push(`b.day >= $${params.push(ask.from)}`);
    if (ask.to) where.push(`b.span_from <= $${params.push(ask.to)}`);
    equal('b.kind', ask.kind);
    equal('b.form', ask.form);
    equal('b.type', ask.type);
    equal(of === 'line' ? `(CASE WHEN b.state = 'LIVE' THEN l.state ELSE b.state END)` : 'b.state', ask.state);
    if (ask.conferringLevel)
      where.push(
        `EXISTS (SELECT 1 FROM award_giver lg WHERE lg.batch_id = b.id AND lg.level = $${params.push(ask.conferringLevel)})`,
      );
    return where;
  }
}

/** Words of folded text hold letters and digits only, so they mean nothing to the query language. */
function prefixes(words: readonly string[]): string {
  return words.map((word) => `${word}:*`).join(' & ');
}

function afterKey(after: string, columns: readonly [string, string], params: unknown[]): string {
  const [, day, id] = /^(\d{4}-\d{2}-\d{2})_(\d{1,9})$/.exec(after) ?? [];
  if (!isDay(day) || !id) throw new Refused('page.unknown_place', 'Vị trí trang không hợp lệ.', 'after');
  return `(${columns.join(', ')}) < ($${params.push(day)}::date, $${params.push(Number(id))}::int)`;
}
