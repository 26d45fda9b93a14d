import { Injectable } from '@nestjs/common';
import type { Actor, Day, Votes, Warning } from '@lib/kernel';
import type { Queryable } from '@lib/platform';
import type { LineClass } from '@lib/awards';
import { LINE_WORKFLOW, type LineState } from '@lib/nominations';
import { Rulebook, VoteRules, type VoteRuleView } from '@lib/rulebook';
import { UnitTree, type UnitRef } from '@lib/units';
import { Conflicts, type ConflictView, type SeatOf } from './conflicts.queries.js';
import { CouncilScope } from './council-scope.js';
import { describeRule, type CouncilOutcome } from './vote.rules.js';

export interface FormRef {
  readonly code: string;
  readonly name: string;
}

/** Rule of a vote with its words, as the secretary's page shows it. */
export interface VoteRuleRef {
  readonly words: string;
  readonly source: string;
  /** False: nobody has read the text; it warns and never blocks. */
  readonly verified: boolean;
  readonly rule: VoteRuleView;
}

/** The vote on one line: numbers and what came of them. */
export interface LineVote {
  readonly votes: Votes;
  /** Null where the roll was changed after the vote: it has to be held against the roll again. */
  readonly outcome: CouncilOutcome | null;
  readonly lower: { readonly form: FormRef; readonly votes: Votes } | null;
  readonly note: string | null;
  readonly warnings: readonly Warning[];
  readonly enteredAt: Date;
  readonly enteredBy: string;
}

export interface SittingLineView {
  readonly line: number;
  readonly name: string;
  readonly recipientClass: LineClass;
  readonly birthYear: number | null;
  readonly unit: UnitRef | null;
  readonly proposing: UnitRef | null;
  readonly dossier: number;
  readonly form: FormRef;
  readonly type: string | null;
  readonly campaign: string | null;
  readonly reason: string | null;
  readonly state: LineState;
  readonly stateName: string;
  readonly rule: VoteRuleRef | null;
  readonly conflicts: readonly ConflictView[];
  /** Members who take no part in this vote: the nominee, and who declared a tie. */
  readonly recused: readonly number[];
  readonly vote: LineVote | null;
  readonly version: number;
}

/** What a vote needs to know of a line. */
export interface LineFacts {
  readonly line: number;
  readonly name: string;
  readonly recipientClass: LineClass;
  readonly birthYear: number | null;
  readonly unitId: number;
  readonly proposingUnitId: number;
  readonly personId: number | null;
  readonly dossier: number;
  readonly recordedById: number | null;
  readonly formCode: string;
  readonly type: string | null;
  readonly campaign: string | null;
  readonly reason: string | null;
  readonly state: LineState;
  /** The day the dossier was received: its rules judge the line. */
  readonly ruleDay: Day;
  readonly recused: readonly number[];
  readonly votes: Votes | null;
  readonly outcome: CouncilOutcome | null;
  readonly lowerForm: string | null;
  readonly lowerVotes: Votes;
  readonly note: string | null;
  readonly warnings: readonly Warning[];
  readonly enteredAt: Date | null;
  readonly enteredBy: string | null;
  readonly version: number;
}

const VOTES = (prefix: string): string =>
  `json_build_object('for', sl.${prefix}_for, 'against', sl.${prefix}_against, 'blank', sl.${prefix}_blank, 'written', sl.${prefix}_written)`;

const FACTS = `SELECT l.id AS line, l.name, l.class AS "recipientClass", l.birth_year AS "birthYear", l.unit_id AS "unitId",
    l.proposing_unit_id AS "proposingUnitId", l.person_id AS "personId", l.at_dossier_id AS dossier,
    l.recorded_by_id AS "recordedById", l.form AS "formCode", l.type, l.campaign, l.reason, l.state,
    coalesce(d.received_on, s.day) AS "ruleDay", sl.recused, CASE WHEN sl.votes_for IS NOT NULL THEN ${VOTES('votes')} END AS votes,
    sl.outcome, sl.lower_form AS "lowerForm", ${VOTES('lower')} AS "lowerVotes", sl.note, sl.warnings, sl.version,
    sl.entered_at AS "enteredAt", sl.entered_by AS "enteredBy"
  FROM sitting_line sl JOIN sitting s ON s.id = sl.sitting_id JOIN nomination_line l ON l.id = sl.line_id JOIN dossier d ON d.id = l.at_dossier_id`;

/** The lines before a sitting, as far as the reader may see them. */
@Injectable()
export class SittingLines {
  constructor(
    private readonly tree: UnitTree,
    private readonly rulebook: Rulebook,
    private readonly voteRules: VoteRules,
    private readonly scope: CouncilScope,
    private readonly conflicts: Conflicts,
  ) {}

  facts(q: Queryable, actor: Actor, sittingId: number): Promise<LineFacts[]> {
    const params: unknown[] = [sittingId];
    const visible = this.scope.line(actor, params);
    return q.query<LineFacts>(
      `${FACTS} WHERE sl.sitting_id = $1 AND ${visible} ORDER BY l.class, l.form, l.name, l.id`,
      params,
    );
  }

  async views(
    q: Queryable,
    actor: Actor,
    sittingId: number,
    day: Day,
    seats: readonly SeatOf[],
  ): Promise<{ lines: SittingLineView[]; hidden: number }> {
    const facts = await this.facts(q, actor, sittingId);
    const [all] = await q.query<{ n: number }>(`SELECT count(*)::int AS n FROM sitting_line WHERE sitting_id = $1`, [
      sittingId,
    ]);
    const refs = await this.tree.refs(
      q,
      facts.flatMap(({ unitId, proposingUnitId }) => [unitId, proposingUnitId]),
      day,
    );
    const forms = await this.rulebook.formNames(q);
    const formRef = (code: string): FormRef => ({ code, name: forms.get(code) ?? code });
    const conflicts = await this.conflicts.of(q, seats, facts, day);
    const rules = new Map<string, VoteRuleRef | null>();
    for (const { formCode, type, ruleDay } of facts) {
      const key = [formCode, type, ruleDay].join('|');
      if (!rules.has(key)) rules.set(key, ruleRef(await this.voteRules.ruleFor(q, ruleDay, { form: formCode, type })));
    }
    const lines = facts.map((line): SittingLineView => ({
      line: line.line,
      name: line.name,
      recipientClass: line.recipientClass,
      birthYear: line.birthYear,
      unit: refs.get(line.unitId) ?? null,
      proposing: refs.get(line.proposingUnitId) ?? null,
      dossier: line.dossier,
      form: formRef(line.formCode),
      type: line.type,
      campaign: line.campaign,
      reason: line.reason,
      state: line.state,
      stateName: LINE_WORKFLOW.stateNames[line.state],
      rule: rules.get([line.formCode, line.type, line.ruleDay].join('|')) ?? null,
      conflicts: conflicts.get(line.line) ?? [],
      recused: recusedOf(line.recused, conflicts.get(line.line) ?? []),
      vote:
        line.votes && line.enteredAt && line.enteredBy
          ? {
              votes: line.votes,
              outcome: line.outcome,
              lower: line.lowerForm ? { form: formRef(line.lowerForm), votes: line.lowerVotes } : null,
              note: line.note,
              warnings: line.warnings,
              enteredAt: line.enteredAt,
              enteredBy: line.enteredBy,
            }
          : null,
      version: line.version,
    }));
    return { lines, hidden: (all?.n ?? 0) - lines.length };
  }
}

export function ruleRef(rule: VoteRuleView | null): VoteRuleRef | null {
  return rule && { words: describeRule(rule), source: rule.source, verified: rule.verified, rule };
}

/** The nominee takes no part in the vote on his own line, declared or not. */
export function recusedOf(declared: readonly number[], conflicts: readonly ConflictView[]): number[] {
  const self = conflicts.filter(({ tie }) => tie === 'NOMINEE').map(({ member }) => member);
  return [...new Set([...declared, ...self])].sort((a, b) => a - b);
}
