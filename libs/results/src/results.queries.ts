import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  isDay,
  LEVEL_NAMES,
  Refused,
  scopeOf,
  subtree,
  type Actor,
  type Day,
  type Level,
  type Qualified,
} from '@lib/kernel';
import { reader, type Queryable } from '@lib/platform';
import type { Nature } from '@lib/figures';
import { UnitTree, type UnitRef } from '@lib/units';
import type { CoverageQuery, ReportsQuery, TargetsQuery } from './results.dto.js';
import type {
  BeneficiaryClass,
  Measure,
  TargetOutcome,
  ReportBasis,
  ReportScope,
  ResultStatus,
  TargetSpan,
} from './results.entity.js';
import { STATUS_NAMES } from './results.rules.js';
import { Statements } from './statements.service.js';

/** What a reader may do with a statement. */
export type StatementAbility = 'correct' | 'remove';

interface StatementView {
  readonly id: number;
  readonly unit: UnitRef;
  readonly source: string | null;
  readonly fileId: number | null;
  readonly recordedOn: Day;
  readonly recordedBy: string;
  /** Corrected or taken out; null while it stands. */
  readonly removedOn: Day | null;
  readonly removedBy: string | null;
  readonly removalReason: string | null;
  /** The statement in whose place it stands. */
  readonly replaces: number | null;
  readonly may: readonly StatementAbility[];
}

export interface ReportItemView {
  readonly code: string;
  readonly name: string;
  readonly unitOfMeasure: string;
  readonly count: Qualified | null;
}

export interface ReportView extends StatementView {
  readonly unitPath: string;
  readonly from: Day;
  readonly to: Day;
  readonly basis: ReportBasis;
  readonly scope: ReportScope;
  readonly status: ResultStatus;
  readonly statusName: string;
  readonly nature: Nature;
  readonly items: readonly ReportItemView[];
  readonly money: Qualified | null;
  readonly fundingSource: string | null;
  readonly beneficiaryClass: BeneficiaryClass | null;
  readonly beneficiaries: string | null;
  readonly occasion: string | null;
  readonly note: string | null;
  readonly enteredFor: boolean;
}

/** A report with the reports it took the place of, newest first. */
export interface ReportDetail extends ReportView {
  readonly earlier: readonly ReportView[];
  readonly replacedBy: number | null;
}

export interface TargetView extends StatementView {
  readonly indicator: string;
  readonly indicatorName: string;
  readonly unitOfMeasure: string;
  readonly of: TargetSpan;
  readonly label: string;
  readonly from: Day;
  readonly to: Day;
  readonly campaign: string | null;
  readonly measure: Measure;
  readonly value: Qualified | null;
  readonly perLevel: Level | null;
  readonly perLevelName: string | null;
  readonly percent: number | null;
  readonly outcome: TargetOutcome | null;
  readonly statedOn: Day | null;
}

export interface CoverageView extends StatementView {
  readonly campaign: string;
  readonly level: Level;
  readonly levelName: string;
  readonly asOf: Day;
  readonly deployed: number;
  readonly notDeployed: number | null;
  readonly expected: number | null;
}

interface Page<Item> {
  readonly items: Item[];
  readonly next: string | null;
}

type Raw<View> = Omit<View, 'unit' | 'may' | 'statusName' | 'levelName' | 'perLevelName'> & { readonly unitId: number };

const STATEMENT = `x.id, x.unit_id AS "unitId", x.source, x.file_id AS "fileId", x.recorded_on AS "recordedOn", x.recorded_by AS "recordedBy",
  x.removed_on AS "removedOn", x.removed_by AS "removedBy", x.removal_reason AS "removalReason", x.replaces`;

const REPORT = `SELECT ${STATEMENT}, x.unit_path AS "unitPath", x.span_from AS "from", x.day AS "to", x.basis, x.scope, x.status, x.nature,
  x.funding_source AS "fundingSource", x.beneficiary_class AS "beneficiaryClass", x.beneficiaries, x.occasion, x.note, x.entered_for AS "enteredFor",
  CASE WHEN x.money IS NOT NULL THEN json_build_object('value', x.money, 'qualifier', x.money_qualifier) END AS money,
  (SELECT json_agg(json_build_object('code', i.code, 'name', i.name, 'unitOfMeasure', i.unit_of_measure,
                     'count', CASE WHEN t.count IS NOT NULL THEN json_build_object('value', t.count, 'qualifier', t.count_qualifier) END) ORDER BY t.place)
     FROM result_item t JOIN indicator i ON i.id = t.indicator_id WHERE t.report_id = x.id) AS items
  FROM result_report x`;

const TARGET = `SELECT ${STATEMENT}, i.code AS indicator, i.name AS "indicatorName", i.unit_of_measure AS "unitOfMeasure", x.of, x.label, x.from_day AS "from", x.to_day AS "to",
  x.campaign, x.measure, CASE WHEN x.value IS NOT NULL THEN json_build_object('value', x.value, 'qualifier', x.qualifier) END AS value,
  x.per_level AS "perLevel", x.percent_tenths / 10.0::float8 AS percent, x.outcome, x.stated_on AS "statedOn"
  FROM result_target x JOIN indicator i ON i.id = x.indicator_id`;

const COVERAGE = `SELECT ${STATEMENT}, x.campaign, x.level, x.as_of AS "asOf", x.deployed, x.not_deployed AS "notDeployed", x.expected FROM result_coverage x`;

const LIMIT = 50;

/** What was entered, in the reader's scope. */
@Injectable()
export class ResultsQueries {
  constructor(
    private readonly db: DataSource,
    private readonly tree: UnitTree,
    private readonly statements: Statements,
  ) {}

  async reports(actor: Actor, ask: ReportsQuery): Promise<Page<ReportView>> {
    const q = reader(this.db);
    const params: unknown[] = [];
    const add = (value: unknown): string => `$${params.push(value)}`;
    const where = await this.where(q, actor, ask.unit, params);
    if (ask.ended !== 'true') where.push('x.removed_on IS NULL');
    if (ask.from) where.push(`x.day >= ${add(ask.from)}`);
    if (ask.to) where.push(`x.span_from <= ${add(ask.to)}`);
    if (ask.status) where.push(`x.status = ${add(ask.status)}`);
    if (ask.indicator)
      where.push(
        `EXISTS (SELECT 1 FROM result_item t JOIN indicator i ON i.id = t.indicator_id WHERE t.report_id = x.id AND i.code = ${add(ask.indicator)})`,
      );
    return this.page<ReportView>(q, actor, REPORT, where, 'x.day', params, ask, reportOf);
  }

  /** @throws Refused `result.not_found` for an unknown id and one outside the scope alike. */
  async report(actor: Actor, id: number): Promise<ReportDetail> {
    const q = reader(this.db);
    const params: unknown[] = [id];
    const seen = this.tree.inScope('x.unit_id', scopeOf(actor, 'result.read'), params);
    const rows = await q.query<Raw<ReportView>>(
      `WITH RECURSIVE line AS (
         SELECT id, replaces, 0 AS back FROM result_report WHERE id = $1
         UNION ALL SELECT r.id, r.replaces, line.back + 1 FROM line JOIN result_report r ON r.id = line.replaces)
       ${REPORT} JOIN line ON line.id = x.id WHERE ${seen} ORDER BY line.back`,
      params,
    );
    const [report, ...earlier] = await this.laid(q, actor, rows, reportOf);
    if (!report) throw Refused.notFound('result');
    const [next] = await q.query<{ id: number }>(`SELECT id FROM result_report WHERE replaces = $1`, [id]);
    return { ...report, earlier, replacedBy: next?.id ?? null };
  }

  /** Targets of the unit itself, the latest first. */
  async targets(actor: Actor, ask: TargetsQuery): Promise<Page<TargetView>> {
    const q = reader(this.db);
    const params: unknown[] = [];
    const where = [...(await this.where(q, actor, ask.unit, params)), 'x.removed_on IS NULL'];
    if (ask.indicator) where.push(`i.code = $${params.push(ask.indicator)}`);
    return this.page<TargetView>(q, actor, TARGET, where, 'x.to_day', params, ask, (row) => ({
      ...row,
      perLevelName: row.perLevel && LEVEL_NAMES[row.perLevel],
    }));
  }

  async coverage(actor: Actor, ask: CoverageQuery): Promise<Page<CoverageView>> {
    const q = reader(this.db);
    const params: unknown[] = [];
    const where = [...(await this.where(q, actor, ask.unit, params)), 'x.removed_on IS NULL'];
    return this.page<CoverageView>(q, actor, COVERAGE, where, 'x.as_of', params, ask, (row) => ({
      ...row,
      levelName: LEVEL_NAMES[row.level],
    }));
  }

  /** One target or coverage statement, after a command. */
  async target(actor: Actor, id: number): Promise<TargetView> {
    return this.one<TargetView>(actor, TARGET, id, 'target', (row) => ({
      ...row,
      perLevelName: row.perLevel && LEVEL_NAMES[row.perLevel],
    }));
  }

  async coverageStatement(actor: Actor, id: number): Promise<CoverageView> {
    return this.one<CoverageView>(actor, COVERAGE, id, 'coverage', (row) => ({
      ...row,
      levelName: LEVEL_NAMES[row.level],
    }));
  }

  /** True where a statement that the actor may read holds the file. */
  async holdsFile(q: Queryable, actor: Actor, fileId: number): Promise<boolean> {
    const params: unknown[] = [fileId];
    const seen = this.tree.inScope('x.unit_id', scopeOf(actor, 'result.read'), params);
    const rows = await q.query(
      `SELECT 1 FROM (SELECT unit_id FROM result_report WHERE file_id = $1 UNION ALL SELECT unit_id FROM result_target WHERE file_id = $1
                      UNION ALL SELECT unit_id FROM result_coverage WHERE file_id = $1) x WHERE ${seen} LIMIT 1`,
      params,
    );
    return rows.length > 0;
  }

  private async where(q: Queryable, actor: Actor, unit: string | undefined, params: unknown[]): Promise<string[]> {
    const scope = scopeOf(actor, 'result.read');
    const seen = [this.tree.inScope('x.unit_id', scope, params)];
    if (unit) seen.push(this.tree.inScope('x.unit_id', subtree(await this.tree.idOf(q, unit, scope)), params));
    return seen;
  }

  private async one<View extends StatementView>(
    actor: Actor,
    select: string,
    id: number,
    what: string,
    lay: (row: Raw<View>) => Omit<View, 'unit' | 'may'>,
  ): Promise<View> {
    const q = reader(this.db);
    const params: unknown[] = [id];
    const seen = this.tree.inScope('x.unit_id', scopeOf(actor, 'result.read'), params);
    const rows = await q.query<Raw<View>>(`${select} WHERE x.id = $1 AND ${seen}`, params);
    const [view] = await this.laid(q, actor, rows, lay);
    if (!view) throw Refused.notFound(what);
    return view;
  }

  /** Newest first by the day in `order`, then by id. */
  private async page<View extends StatementView>(
    q: Queryable,
    actor: Actor,
    select: string,
    where: readonly string[],
    order: string,
    params: unknown[],
    ask: { readonly limit?: number | undefined; readonly after?: string | undefined },
    lay: (row: Raw<View>) => Omit<View, 'unit' | 'may'>,
  ): Promise<Page<View>> {
    const after = ask.after ? [afterPlace(ask.after, order, params)] : [];
    const limit = ask.limit ?? LIMIT;
    const rows = await q.query<Raw<View> & { readonly place: Day }>(
      `${select.replace('SELECT ', `SELECT ${order} AS place, `)} WHERE ${[...where, ...after].join(' AND ')} ORDER BY ${order} DESC, x.id DESC LIMIT $${params.push(limit + 1)}`,
      params,
    );
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const next = rows.length > limit && last ? `${last.place}_${last.id}` : null;
    const items = await this.laid<View>(
      q,
      actor,
      shown.map(({ place: _place, ...row }) => row as unknown as Raw<View>),
      lay,
    );
    return { items, next };
  }

  private async laid<View extends StatementView>(
    q: Queryable,
    actor: Actor,
    rows: readonly Raw<View>[],
    lay: (row: Raw<View>) => Omit<View, 'unit' | 'may'>,
  ): Promise<View[]> {
    const ids = rows.map((row) => row.unitId);
    const units = await this.tree.refs(q, ids);
    const open = await this.statements.mayEnter(q, actor, ids);
    return rows.map((row) => {
      const { unitId: _unitId, ...shown } = { unitId: 0, ...lay(row) };
      const may: StatementAbility[] = row.removedOn === null && open.has(row.unitId) ? ['correct', 'remove'] : [];
      return { ...shown, unit: units.get(row.unitId), may } as unknown as View;
    });
  }
}

function reportOf(row: Raw<ReportView>): Omit<ReportView, 'unit' | 'may'> {
  return { ...row, statusName: STATUS_NAMES[row.status] };
}

/** `2024-06-30_12`: what follows that row. */
function afterPlace(after: string, order: string, params: unknown[]): string {
  const [, day, id] = /^(\d{4}-\d{2}-\d{2})_(\d{1,9})$/.exec(after) ?? [];
  if (!isDay(day) || !id) throw new Refused('page.unknown_place', 'Vị trí trang không hợp lệ.', 'after');
  return `(${order}, x.id) < ($${params.push(day)}::date, $${params.push(Number(id))}::int)`;
}
