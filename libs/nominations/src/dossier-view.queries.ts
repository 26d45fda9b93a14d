import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, type Actor, type Day } from '@lib/kernel';
import { reader, Steps, type Queryable, type StepView } from '@lib/platform';
import { AccountsQueries } from '@lib/access';
import { UnitTree, type UnitRef } from '@lib/units';
import type { PaperKind } from './dossier.entity.js';
import { DOSSIER_WORKFLOW, OPEN_TO_PROPOSER } from './dossier.workflow.js';
import { DossierQueries, type DossierRow } from './dossiers.queries.js';
import { LINE_WORKFLOW } from './line.workflow.js';
import { NominationScope } from './nomination-scope.js';
import { NominationQueries, type NominationView } from './nominations.queries.js';
import { NominationWarnings, type NominationWarning } from './warnings.queries.js';

export interface PaperView {
  readonly id: number;
  readonly kind: PaperKind;
  readonly fileId: number;
  readonly name: string;
  readonly size: number;
  readonly recordedOn: Day;
  readonly recordedBy: string;
}

/** Why something was returned, and what was done about it. */
export interface ReasonView {
  readonly id: number;
  readonly lineId: number | null;
  readonly field: string;
  readonly reason: string;
  readonly at: Date;
  readonly by: string;
  readonly byUnit: UnitRef | null;
  /** Changed since. */
  readonly touched: boolean;
  readonly answer: string | null;
  readonly settled: boolean;
}

export interface DossierLine extends NominationView {
  /** It lies in this dossier, not in one further up that it was composed into. */
  readonly here: boolean;
  /** It was proposed in this dossier. */
  readonly own: boolean;
  readonly warnings: readonly NominationWarning[];
  /** What this reader may do with it now: `edit`, `withdraw`, `appraise`, `return`, `resubmit`, `take_out`, `send_back`, `answer`, `compose`, `confirm`. */
  readonly may: readonly string[];
}

export interface DossierView extends DossierRow {
  readonly note: string | null;
  readonly submittedByOfficer: boolean;
  readonly recordedBy: string;
  readonly recordedOn: Day;
  /** False where the reader sees only the lines of his own units' nominees. */
  readonly whole: boolean;
  readonly papers: readonly PaperView[];
  readonly reasons: readonly ReasonView[];
  readonly history: readonly StepView[];
  readonly dossierLines: readonly DossierLine[];
  /** What this reader may do with the dossier now. */
  readonly may: readonly string[];
}

export interface NominationDetail {
  readonly line: NominationView;
  readonly history: readonly StepView[];
  readonly reasons: readonly ReasonView[];
  readonly warnings: readonly NominationWarning[];
}

interface Facts {
  readonly note: string | null;
  readonly submittedByOfficer: boolean;
  readonly recordedBy: string;
  readonly recordedOn: Day;
  readonly unitId: number;
  readonly whole: boolean;
  readonly proposes: boolean;
  readonly submits: boolean;
  readonly appraises: boolean;
  readonly receives: boolean;
}

/** What happens between the council and the day of issue. */
const HIDDEN: readonly string[] = [
  'put_before_council',
  'take_back',
  'recommend',
  'downgrade',
  'not_recommend',
  'decide',
  'release',
];

/** One dossier, with what the reader may do. */
@Injectable()
export class DossierViews {
  constructor(
    private readonly db: DataSource,
    private readonly tree: UnitTree,
    private readonly steps: Steps,
    private readonly accounts: AccountsQueries,
    private readonly scope: NominationScope,
    private readonly dossiers: DossierQueries,
    private readonly nominations: NominationQueries,
    private readonly warnings: NominationWarnings,
  ) {}

  /** @throws Refused `dossier.not_found` where neither the dossier nor a nominee in it is the reader's to see */
  async view(actor: Actor, id: number): Promise<DossierView> {
    const q = reader(this.db);
    const facts = await this.facts(q, actor, id);
    const [row] = await this.dossiers.rows(q, [id]);
    if (!facts || !row) throw Refused.notFound('dossier');
    const { unitId, whole, proposes, submits, appraises, receives, ...told } = facts;
    const rights = {
      proposes,
      submits: submits || (proposes && (await this.noLeader(q, unitId))),
      appraises,
      receives,
    };
    const lines = await this.lines(q, actor, row, whole, rights);
    return {
      ...row,
      ...told,
      note: whole ? told.note : null,
      lines: whole
        ? row.lines
        : { ...row.lines, all: lines.length, waiting: 0, returned: 0, eligible: 0, ineligible: 0, settled: 0 },
      whole,
      papers: whole ? await this.papers(q, id) : [],
      reasons: whole ? await this.reasons(q, 'r.dossier_id = $1', id) : [],
      history: whole ? await this.history(q, id) : [],
      dossierLines: lines,
      may: whole ? mayOf(row, rights, lines) : [],
    };
  }

  async nomination(actor: Actor, id: number): Promise<NominationDetail> {
    const q = reader(this.db);
    const [line] = await this.nominations.views(q, actor, [id]);
    if (!line) throw Refused.notFound('nomination');
    const params: unknown[] = [id];
    const [seen] = await q.query<{ open: boolean; whole: boolean }>(
      `SELECT (l.state = 'DECLINED' OR ${this.scope.toldForm(actor, params)}) AS open,
              ${this.scope.whole(actor, params, 'd')} OR ${this.scope.received(actor, params, 'ad')} AS whole
         FROM nomination_line l JOIN dossier d ON d.id = l.dossier_id JOIN dossier ad ON ad.id = l.at_dossier_id WHERE l.id = $1`,
      params,
    );
    const taken = await this.steps.views(q, LINE_WORKFLOW, id);
    const told = seen?.open ? taken : taken.filter(({ step }) => !HIDDEN.includes(step));
    return {
      line,
      history: seen?.whole ? told : [],
      reasons: seen?.whole ? await this.reasons(q, 'r.line_id = $1', id) : [],
      warnings: seen?.whole ? ((await this.warnings.of(q, actor, [id])).get(id) ?? []) : [],
    };
  }

  /** The papers of a dossier name everybody: they are read by whoever may read the whole of it, restricted nominees too. */
  async holdsFile(q: Queryable, actor: Actor, fileId: number): Promise<boolean> {
    const params: unknown[] = [fileId];
    const rows = await q.query(
      `SELECT 1 FROM dossier_paper p JOIN dossier d ON d.id = p.dossier_id WHERE p.file_id = $1 AND p.removed_on IS NULL AND ${this.scope.whole(actor, params)} AND ${this.scope.clearedAll(actor, params)} LIMIT 1`,
      params,
    );
    return rows.length > 0;
  }

  private async facts(q: Queryable, actor: Actor, id: number): Promise<Facts | null> {
    const params: unknown[] = [id];
    const whole = this.scope.whole(actor, params);
    const nominee = `EXISTS (SELECT 1 FROM nomination_line l WHERE l.dossier_id = d.id AND ${this.scope.nominee(actor, params)} AND ${this.scope.cleared(actor, params)})`;
    const [row] = await q.query<Facts>(
      `SELECT d.note, d.submitted_by_officer AS "submittedByOfficer", d.recorded_by AS "recordedBy", d.recorded_on AS "recordedOn",
              d.unit_id AS "unitId", ${whole} AS whole,
              ${this.scope.holds(actor, 'nomination.propose', 'proposing', params)} AS proposes,
              ${this.scope.holds(actor, 'nomination.submit', 'proposing', params)} AS submits,
              ${this.scope.holds(actor, 'nomination.appraise', 'receiving', params)} AS appraises,
              ${this.scope.received(actor, params)} AS receives
         FROM dossier d WHERE d.id = $1 AND (${whole} OR ${nominee})`,
      params,
    );
    return row ?? null;
  }

  private async noLeader(q: Queryable, unitId: number): Promise<boolean> {
    return (await this.accounts.holders(q, { unitId, permission: 'nomination.submit', cleared: false })).length === 0;
  }

  private async lines(
    q: Queryable,
    actor: Actor,
    row: DossierRow,
    whole: boolean,
    rights: Rights,
  ): Promise<DossierLine[]> {
    const params: unknown[] = [row.id];
    const mine = whole ? 'true' : this.scope.nominee(actor, params);
    const carried = await q.query<{ id: number }>(
      `SELECT l.id FROM nomination_carry c JOIN nomination_line l ON l.id = c.line_id
        WHERE c.dossier_id = $1 AND c.until_day IS NULL AND ${mine}
          AND (l.state <> 'WITHDRAWN' OR EXISTS (SELECT 1 FROM nomination_submission s WHERE s.line_id = l.id AND s.dossier_id = $1)) ORDER BY l.id`,
      params,
    );
    const views = await this.nominations.views(
      q,
      actor,
      carried.map((one) => one.id),
    );
    const warnings = whole
      ? await this.warnings.of(
          q,
          actor,
          views.map((view) => view.id),
        )
      : new Map<number, NominationWarning[]>();
    return views.map((view) => {
      const here = view.atDossierId === row.id;
      const own = view.dossierId === row.id;
      return {
        ...view,
        here,
        own,
        warnings: warnings.get(view.id) ?? [],
        may: here ? mayOfLine(row, view, own, rights) : [],
      };
    });
  }

  private papers(q: Queryable, id: number): Promise<PaperView[]> {
    return q.query<PaperView>(
      `SELECT p.id, p.kind, p.file_id AS "fileId", f.name, f.size, p.recorded_on AS "recordedOn", p.recorded_by AS "recordedBy"
         FROM dossier_paper p JOIN file f ON f.id = p.file_id WHERE p.dossier_id = $1 AND p.removed_on IS NULL ORDER BY p.id`,
      [id],
    );
  }

  private async reasons(q: Queryable, condition: string, id: number): Promise<ReasonView[]> {
    const rows = await q.query<Omit<ReasonView, 'byUnit'> & { byUnitId: number | null }>(
      `SELECT r.id, r.line_id AS "lineId", r.field, r.reason, r.at, r.by, r.by_unit_id AS "byUnitId", r.touched, r.answer, r.settled_at IS NOT NULL AS settled
         FROM nomination_reason r WHERE ${condition} ORDER BY r.id`,
      [id],
    );
    const refs = await this.tree.refs(
      q,
      rows.flatMap((row) => row.byUnitId ?? []),
    );
    return rows.map(({ byUnitId, ...row }) => ({
      ...row,
      byUnit: byUnitId === null ? null : (refs.get(byUnitId) ?? null),
    }));
  }

  private history(q: Queryable, id: number): Promise<StepView[]> {
    return this.steps.views(q, DOSSIER_WORKFLOW, id);
  }
}

/** What the reader holds on the two sides of the dossier. */
interface Rights {
  readonly proposes: boolean;
  readonly submits: boolean;
  readonly appraises: boolean;
  readonly receives: boolean;
}

function mayOf(
  { state, asked }: DossierRow,
  { proposes, submits, appraises }: Rights,
  lines: readonly DossierLine[],
): string[] {
  const open = OPEN_TO_PROPOSER.includes(state);
  const outside = asked?.outside ?? false;
  const withLine = (what: string): boolean => lines.some((line) => line.may.includes(what));
  const list: [boolean, string][] = [
    [proposes && open, 'edit'],
    [proposes && (open || withLine('resubmit')), 'add_paper'],
    [proposes && open, 'compose'],
    [submits && open, outside ? 'send' : state === 'RETURNED' ? 'resubmit' : 'submit'],
    [proposes && !submits && open, 'ask'],
    [proposes && ['DRAFT', 'SUBMITTED', 'RETURNED'].includes(state), 'withdraw'],
    [appraises && state === 'SUBMITTED', 'receive'],
    [appraises && (state === 'SUBMITTED' || state === 'RECEIVED'), 'return'],
    [withLine('appraise'), 'appraise'],
    [withLine('answer'), 'answer'],
  ];
  return list.flatMap(([may, what]) => (may ? [what] : []));
}

function mayOfLine(
  row: DossierRow,
  line: NominationView,
  own: boolean,
  { proposes, appraises, receives }: Rights,
): string[] {
  const open = OPEN_TO_PROPOSER.includes(row.state);
  const atDesk = row.state === 'RECEIVED' || row.state === 'APPRAISED';
  const { state } = line;
  const returned = state === 'RETURNED';
  const list: [boolean, string][] = [
    [proposes && own && (returned || (state === 'PROPOSED' && open)), 'edit'],
    [
      proposes &&
        own &&
        (returned || open || atDesk) &&
        ['PROPOSED', 'RETURNED', 'ELIGIBLE', 'INELIGIBLE'].includes(state),
      'withdraw',
    ],
    [appraises && atDesk && state === 'PROPOSED', 'appraise'],
    [appraises && atDesk && ['PROPOSED', 'ELIGIBLE', 'INELIGIBLE'].includes(state), 'return'],
    [proposes && atDesk && returned, 'resubmit'],
    [proposes && !own && open, 'take_out'],
    [proposes && !own && returned, 'send_back'],
    [proposes && state === 'SENT_OUTSIDE', 'answer'],
    [receives && ['ELIGIBLE', 'RECOMMENDED', 'DOWNGRADED'].includes(state), 'compose'],
    [(proposes || appraises) && !['AWARDED', 'DECLINED', 'WITHDRAWN'].includes(state), 'confirm'],
  ];
  return list.flatMap(([may, what]) => (may ? [what] : []));
}
