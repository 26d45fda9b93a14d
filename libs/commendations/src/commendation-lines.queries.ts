import { Injectable } from '@nestjs/common';
import type { Actor, Day, Votes, Warning } from '@lib/kernel';
import type { Queryable } from '@lib/platform';
import type { LineClass } from '@lib/awards';
import { ruleRef, type CouncilSaid, type FormRef, type CouncilOutcome, type VoteRuleRef } from '@lib/councils';
import { LINE_WORKFLOW, type LineState } from '@lib/nominations';
import { Rulebook } from '@lib/rulebook';
import { UnitTree, type UnitRef } from '@lib/units';
import { CommendationScope } from './commendation-scope.js';
import type { Verdict } from './commendations.entity.js';
import { DECIDABLE, differs } from './verdict.rules.js';
import { Weighing } from './weighing.service.js';

/** What a council said, as the deciding side reads it. */
export interface CouncilWord {
  readonly sitting: number;
  readonly day: Day;
  readonly outcome: CouncilOutcome;
  readonly form: FormRef;
  readonly votes: Votes;
}

interface NomineeView {
  /** The nomination line. */
  readonly line: number;
  readonly name: string;
  readonly recipientClass: LineClass;
  readonly birthYear: number | null;
  readonly unit: UnitRef | null;
  readonly proposing: UnitRef | null;
  /** The form asked for. */
  readonly asked: FormRef;
  readonly type: string | null;
  readonly campaign: string | null;
  /** The achievement. */
  readonly achievement: string | null;
  readonly council: CouncilWord | null;
}

export interface ReadyLine extends NomineeView {
  readonly state: LineState;
  readonly stateName: string;
  readonly rule: VoteRuleRef | null;
}

export interface CommendationLineView extends NomineeView {
  readonly outcome: Verdict;
  /** The form given; null where the line is declined. */
  readonly given: FormRef | null;
  /** The decision differs from what the council said. */
  readonly differs: boolean;
  readonly reason: string | null;
  readonly registerNumber: string | null;
  readonly warnings: readonly Warning[];
  /** Where the register holds it, once it is issued. */
  readonly batch: number | null;
}

interface NomineeRow {
  readonly line: number;
  readonly name: string;
  readonly recipientClass: LineClass;
  readonly birthYear: number | null;
  readonly unitId: number;
  readonly proposingUnitId: number;
  readonly atDossierId: number;
  readonly form: string;
  readonly type: string | null;
  readonly campaign: string | null;
  readonly achievement: string | null;
}

interface VerdictRow extends NomineeRow {
  readonly outcome: Verdict;
  readonly given: string | null;
  readonly reason: string | null;
  readonly registerNumber: string | null;
  readonly warnings: readonly Warning[];
  readonly batch: number | null;
}

const NOMINEE = `l.id AS line, l.name, l.class AS "recipientClass", l.birth_year AS "birthYear", l.unit_id AS "unitId", l.proposing_unit_id AS "proposingUnitId",
  l.at_dossier_id AS "atDossierId", l.form, l.type, l.campaign, l.reason AS achievement`;

/** Lines of decisions, and lines that wait for one. */
@Injectable()
export class CommendationLines {
  constructor(
    private readonly tree: UnitTree,
    private readonly rulebook: Rulebook,
    private readonly scope: CommendationScope,
    private readonly weighing: Weighing,
  ) {}

  async views(
    q: Queryable,
    actor: Actor,
    id: number,
    { whole, inside }: { readonly whole: boolean; readonly inside: boolean },
  ): Promise<{ lines: CommendationLineView[]; hidden: number }> {
    const params: unknown[] = [id];
    const cleared = this.scope.cleared(actor, params);
    const mine = whole ? 'true' : this.scope.line(actor, params);
    const rows = await q.query<VerdictRow>(
      `SELECT ${NOMINEE}, cl.outcome, cl.form AS given, cl.reason, cl.register_number AS "registerNumber", cl.warnings, cl.batch_id AS batch
         FROM commendation_line cl JOIN nomination_line l ON l.id = cl.line_id
        WHERE cl.commendation_id = $1 AND ${cleared} AND ${mine} ORDER BY l.class, cl.id`,
      params,
    );
    const [all] = await q.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM commendation_line WHERE commendation_id = $1`,
      [id],
    );
    const nominees = await this.nominees(q, rows);
    const forms = await this.rulebook.formNames(q);
    const said = await this.weighing.said(
      q,
      rows.map(({ line }) => line),
    );
    const lines = rows.map((row, index): CommendationLineView => {
      const nominee = nominees[index];
      if (!nominee) throw new Error('a row without its nominee');
      const council = said.get(row.line) ?? null;
      return {
        ...nominee,
        // Numbers of a vote are for those who decide, not for those decided on.
        council: inside ? wordOf(council, forms) : null,
        outcome: row.outcome,
        given: row.given === null ? null : refOf(row.given, forms),
        differs: inside && differs({ council, outcome: row.outcome, formCode: row.given }),
        reason: row.reason,
        registerNumber: row.registerNumber,
        warnings: inside ? row.warnings : [],
        batch: row.batch,
      };
    });
    return { lines, hidden: (all?.n ?? 0) - lines.length };
  }

  /** Lines that the unit was asked for, that have come far enough, and that are in no decision. */
  async ready(q: Queryable, actor: Actor, unitId: number): Promise<ReadyLine[]> {
    const params: unknown[] = [unitId, DECIDABLE];
    const cleared = this.scope.cleared(actor, params);
    const rows = await q.query<NomineeRow & { state: LineState }>(
      `SELECT ${NOMINEE}, l.state FROM dossier d JOIN nomination_line l ON l.at_dossier_id = d.id
        WHERE d.to_unit_id = $1 AND d.submitted_on IS NOT NULL AND l.state = ANY($2) AND ${cleared}
          AND NOT EXISTS (SELECT 1 FROM commendation_line cl WHERE cl.line_id = l.id AND cl.held)
        ORDER BY l.state = 'ELIGIBLE', l.class, l.form, l.id LIMIT 2000`,
      params,
    );
    const nominees = await this.nominees(q, rows);
    const forms = await this.rulebook.formNames(q);
    const said = await this.weighing.said(
      q,
      rows.map(({ line }) => line),
    );
    const rules = await this.weighing.rules(
      q,
      rows.map(({ line, ...row }) => ({ ...row, id: line })),
    );
    return rows.flatMap((row, index): ReadyLine[] => {
      const nominee = nominees[index];
      if (!nominee) return [];
      const rule = ruleRef(rules.get(row.line) ?? null);
      const council = wordOf(said.get(row.line) ?? null, forms);
      return [{ ...nominee, council, state: row.state, stateName: LINE_WORKFLOW.stateNames[row.state], rule }];
    });
  }

  private async nominees(q: Queryable, rows: readonly NomineeRow[]): Promise<Omit<NomineeView, 'council'>[]> {
    const refs = await this.tree.refs(
      q,
      rows.flatMap(({ unitId, proposingUnitId }) => [unitId, proposingUnitId]),
    );
    const forms = await this.rulebook.formNames(q);
    return rows.map(
      ({ line, name, recipientClass, birthYear, unitId, proposingUnitId, form, type, campaign, achievement }) => ({
        line,
        name,
        recipientClass,
        birthYear,
        unit: refs.get(unitId) ?? null,
        proposing: refs.get(proposingUnitId) ?? null,
        asked: refOf(form, forms),
        type,
        campaign,
        achievement,
      }),
    );
  }
}

function refOf(code: string, names: ReadonlyMap<string, string>): FormRef {
  return { code, name: names.get(code) ?? code };
}

function wordOf(said: CouncilSaid | null, names: ReadonlyMap<string, string>): CouncilWord | null {
  if (!said) return null;
  const { sitting, day, outcome, form, votes } = said;
  return { sitting, day, outcome, form: refOf(form, names), votes };
}
