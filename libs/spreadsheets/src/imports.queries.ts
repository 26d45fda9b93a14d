import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { may, Refused, type Actor, type Classification, type Day } from '@lib/kernel';
import { dayOf } from '@lib/kernel';
import { reader, Steps, type Queryable, type StepView } from '@lib/platform';
import type { ImportKindName, ParamSpec, RowChange, RowProblem, LineVerdict } from './import-kind.js';
import { ImportKinds } from './import-kinds.js';
import { ImportScope } from './import-scope.js';
import { IMPORT_WORKFLOW, type ImportState, type ImportStep } from './import.workflow.js';
import type { ImportsQuery, ImportRowsQuery } from './imports.dto.js';
import type { ImportNote, ImportPhase, SheetLayout, VerdictCounts } from './imports.entity.js';
import { printCell, type RawCell } from './reading/raw-cell.js';

export interface ImportKindView {
  readonly kind: ImportKindName;
  readonly title: string;
  readonly params: readonly ParamSpec[];
  readonly maxRows: number;
}

export interface ImportUnitRef {
  readonly code: string;
  readonly name: string;
}

export interface ImportView {
  readonly id: number;
  readonly kind: ImportKindName;
  readonly kindTitle: string;
  /** Null: by the operator, everywhere. */
  readonly unit: ImportUnitRef | null;
  readonly params: Readonly<Record<string, string>>;
  readonly classification: Classification;
  readonly fileId: number;
  readonly fileName: string;
  readonly state: ImportState;
  readonly stateName: string;
  readonly version: number;
  readonly by: string;
  readonly createdAt: Date;
  readonly stateAt: Date;
  /** What the job is doing; null while nothing runs. `total` null: not known yet. */
  readonly progress: { readonly phase: ImportPhase; readonly done: number; readonly total: number | null } | null;
  /** Null until the dry run has ended. */
  readonly counts: VerdictCounts | null;
  readonly skipWrong: boolean;
}

export interface ImportDetail extends ImportView {
  readonly sheet: string | null;
  /** Columns of the file that were understood, in its order; null until it was read. */
  readonly columns: readonly { readonly name: string; readonly header: string }[] | null;
  /** What was left out or taken for what. */
  readonly notes: readonly ImportNote[];
  /** Why the file was refused as a whole. */
  readonly problems: readonly ImportNote[];
  /** The officer's own workbook with the wrong cells marked, or the list of errors; null where nothing is wrong. */
  readonly answerFile: { readonly fileId: number; readonly name: string } | null;
  /** The same file was accepted before. */
  readonly sameFile: { readonly importId: number; readonly day: Day } | null;
  /** Steps that the reader may take now. */
  readonly steps: readonly { readonly step: ImportStep; readonly name: string }[];
  readonly history: readonly StepView[];
}

export interface ImportRowView {
  /** Number of the line in the sheet. */
  readonly row: number;
  readonly verdict: LineVerdict;
  /** What stands in the file, by column. */
  readonly cells: Readonly<Record<string, string>>;
  readonly problems: readonly RowProblem[];
  /** CHANGED: what is stored now, by column. */
  readonly changes: readonly RowChange[];
}

interface Row extends Omit<ImportView, 'unit' | 'kindTitle' | 'stateName' | 'progress'> {
  readonly unitId: number | null;
  readonly phase: ImportPhase | null;
  readonly done: number;
  readonly total: number | null;
  readonly layout: SheetLayout | null;
  readonly notes: ImportNote[];
  readonly problems: ImportNote[];
  readonly answerFileId: number | null;
  readonly answerName: string | null;
  readonly sha256: string;
}

const PAGE = 50;
const COLUMNS = `i.id, i.kind, i.unit_id AS "unitId", i.params, i.classification, i.file_id AS "fileId", f.name AS "fileName", f.sha256,
  i.state, i.version, i.account_name AS by, i.created_at AS "createdAt", i.state_at AS "stateAt", i.phase, i.done, i.total, i.counts,
  i.skip_wrong AS "skipWrong", i.layout, i.notes, i.problems, i.answer_file_id AS "answerFileId", answer.name AS "answerName"`;
const FROM = `FROM import i JOIN file f ON f.id = i.file_id LEFT JOIN file answer ON answer.id = i.answer_file_id`;
const OFFICERS_STEPS: readonly ImportStep[] = ['accept', 'recheck', 'undo', 'abandon'];

@Injectable()
export class ImportsQueries {
  constructor(
    private readonly db: DataSource,
    private readonly kinds: ImportKinds,
    private readonly scope: ImportScope,
    private readonly steps: Steps,
  ) {}

  kindViews(actor: Actor): ImportKindView[] {
    return this.kinds
      .all()
      .filter(({ permission }) => may(actor, permission))
      .map(({ kind, title, params, maxRows }) => ({ kind, title, params, maxRows }));
  }

  /** Newest first. */
  async list(actor: Actor, { kind, after }: ImportsQuery): Promise<{ items: ImportView[]; next: number | null }> {
    const q = reader(this.db);
    const params: unknown[] = [];
    const conditions = [this.scope.visible(actor, params)];
    if (kind) conditions.push(`i.kind = $${params.push(kind)}`);
    if (after) conditions.push(`i.id < $${params.push(after)}`);
    const rows = await q.query<Row>(
      `SELECT ${COLUMNS} ${FROM} WHERE ${conditions.join(' AND ')} ORDER BY i.id DESC LIMIT ${PAGE + 1}`,
      params,
    );
    const page = rows.slice(0, PAGE);
    const refs = await this.kinds.tree.refs(
      q,
      page.flatMap(({ unitId }) => unitId ?? []),
    );
    return {
      items: page.map((row) => this.view(row, refs)),
      next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null,
    };
  }

  /** @throws Refused `import.not_found` */
  async detail(actor: Actor, id: number): Promise<ImportDetail> {
    const q = reader(this.db);
    const row = await this.visible(q, actor, id);
    const refs = await this.kinds.tree.refs(q, row.unitId === null ? [] : [row.unitId]);
    const params: unknown[] = [row.id, row.sha256, row.kind];
    const [same] = await q.query<{ id: number; at: Date }>(
      `SELECT i.id, i.state_at AS at ${FROM} WHERE i.id <> $1 AND f.sha256 = $2 AND i.kind = $3 AND i.state = 'ACCEPTED'
          AND ${this.scope.visible(actor, params)} ORDER BY i.id DESC LIMIT 1`,
      params,
    );
    const open = IMPORT_WORKFLOW.open(row.state).filter((step) => OFFICERS_STEPS.includes(step));
    const { layout, notes, problems, answerFileId, answerName } = row;
    return {
      ...this.view(row, refs),
      sheet: layout?.sheet ?? null,
      columns: layout?.columns.map(({ name, header }) => ({ name, header })) ?? null,
      notes,
      problems,
      answerFile: answerFileId !== null && answerName !== null ? { fileId: answerFileId, name: answerName } : null,
      sameFile: same ? { importId: same.id, day: dayOf(same.at) } : null,
      steps: open.map((step) => ({ step, name: IMPORT_WORKFLOW.steps[step].name })),
      history: await this.steps.views(q, IMPORT_WORKFLOW, id),
    };
  }

  async rows(
    actor: Actor,
    id: number,
    { verdict, after = 0, limit = PAGE }: ImportRowsQuery,
  ): Promise<{ items: ImportRowView[]; next: number | null }> {
    const q = reader(this.db);
    const { layout } = await this.visible(q, actor, id);
    const params: unknown[] = [id, after, limit + 1];
    const filter = verdict ? `AND r.verdict = $${params.push(verdict)}` : '';
    const rows = await q.query<
      Pick<ImportRowView, 'row' | 'verdict'> & {
        cells: RawCell[];
        problems: RowProblem[] | null;
        changes: RowChange[] | null;
      }
    >(
      `SELECT r.row, r.verdict, r.cells, r.problems, r.changes FROM import_row r
        WHERE r.import_id = $1 AND r.row > $2 ${filter} ORDER BY r.row LIMIT $3`,
      params,
    );
    const page = rows.slice(0, limit);
    return {
      items: page.map(({ cells, problems, changes, ...row }) => ({
        ...row,
        cells: Object.fromEntries(
          (layout?.columns ?? []).map(({ name }, place) => [name, printCell(cells[place] ?? null)]),
        ),
        problems: problems ?? [],
        changes: changes ?? [],
      })),
      next: rows.length > limit ? (page.at(-1)?.row ?? null) : null,
    };
  }

  private async visible(q: Queryable, actor: Actor, id: number): Promise<Row> {
    const params: unknown[] = [id];
    const [row] = await q.query<Row>(
      `SELECT ${COLUMNS} ${FROM} WHERE i.id = $1 AND ${this.scope.visible(actor, params)}`,
      params,
    );
    if (!row) throw Refused.notFound('import');
    return row;
  }

  private view(row: Row, refs: ReadonlyMap<number, ImportUnitRef>): ImportView {
    const { id, kind, params, classification, fileId, fileName, state, version, by, createdAt, stateAt } = row;
    const unit = row.unitId === null ? undefined : refs.get(row.unitId);
    return {
      id,
      kind,
      kindTitle: this.kinds.of(kind).title,
      unit: unit ? { code: unit.code, name: unit.name } : null,
      params,
      classification,
      fileId,
      fileName,
      state,
      stateName: IMPORT_WORKFLOW.stateNames[state],
      version,
      by,
      createdAt,
      stateAt,
      progress: row.phase ? { phase: row.phase, done: row.done, total: row.total } : null,
      counts: row.counts,
      skipWrong: row.skipWrong,
    };
  }
}
