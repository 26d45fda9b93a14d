import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, tidy, type Actor, type Warning } from '@lib/kernel';
import { audit, Clock, transact, type Tx } from '@lib/platform';
import { NominationLines, Separation } from '@lib/nominations';
import { Rulebook, VoteRules, type VoteRuleView } from '@lib/rulebook';
import { Conflicts } from './conflicts.queries.js';
import { CouncilScope, mustBeUnchanged } from './council-scope.js';
import type { VoteInput } from './councils.dto.js';
import { recusedOf, SittingLines, type LineFacts } from './sitting-lines.queries.js';
import { attendanceOf, SittingsQueries } from './sittings.queries.js';
import { mustBeIn } from './sitting.rules.js';
import { judge, type Ballot } from './vote.rules.js';

/** The secretary enters the numbers of a vote and its outcome; both are held against the rule of the dossier's day. */
@Injectable()
export class VotesService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly rulebook: Rulebook,
    private readonly rules: VoteRules,
    private readonly lines: NominationLines,
    private readonly separation: Separation,
    private readonly scope: CouncilScope,
    private readonly conflicts: Conflicts,
    private readonly sittings: SittingsQueries,
    private readonly sittingLines: SittingLines,
  ) {}

  async enter(actor: Actor, sittingId: number, lineId: number, input: VoteInput): Promise<{ warnings: Warning[] }> {
    return transact(this.db, async (tx) => {
      const { sitting, council } = await this.scope.lockSitting(tx, actor, sittingId);
      mustBeIn(sitting, ['OPEN']);
      const facts = (await this.sittingLines.facts(tx, actor, sittingId)).find(({ line }) => line === lineId);
      if (!facts) throw Refused.notFound('nomination');
      mustBeUnchanged(input.version, facts.version);
      const [line] = await this.lines.lock(tx, actor, 'council.keep', [lineId]);
      if (!line) throw Refused.notFound('nomination');
      const warnings = await this.separation.check(tx, actor, line, 'COUNCIL');

      const seats = await this.sittings.seats(tx, sittingId);
      const declared = input.recused ?? [];
      const stranger = declared.find((member) => !seats.some((seat) => seat.member === member));
      if (stranger !== undefined) throw Refused.notFound('council_member', 'recused');
      const ties = (await this.conflicts.of(tx, seats, [facts], sitting.day)).get(lineId) ?? [];
      const attendance = attendanceOf(seats, recusedOf(declared, ties));
      const proposed = await this.ballot(tx, facts, facts.formCode, input.votes);
      const lower = input.lower ? await this.lower(tx, facts, input.lower) : null;
      warnings.push(...judge(input.outcome, council.kind, attendance, proposed, lower));

      await this.store(tx, actor, sittingId, lineId, input, warnings);
      await audit(tx, this.clock.now(), actor, 'sitting.vote', `sitting:${sittingId}`, {
        line: lineId,
        outcome: input.outcome,
      });
      return { warnings };
    });
  }

  private async lower(tx: Tx, facts: LineFacts, { form, votes }: NonNullable<VoteInput['lower']>): Promise<Ballot> {
    if (form === facts.formCode)
      throw new Refused(
        'councils.lower_form_is_the_same',
        'Hình thức thấp hơn phải khác hình thức đã đề nghị.',
        'lower.form',
      );
    const known = await this.rulebook.formKnown(tx, form);
    if (!known || form === 'UNKNOWN')
      throw new Refused('councils.unknown_form', `Không có hình thức khen thưởng mang mã ${form}.`, 'lower.form');
    if (!known.recipientClasses.includes(facts.recipientClass))
      throw new Refused('councils.form_not_for_class', `${known.name} không dành cho đối tượng này.`, 'lower.form');
    return this.ballot(tx, facts, form, votes);
  }

  private async ballot(tx: Tx, facts: LineFacts, form: string, votes: Ballot['votes']): Promise<Ballot> {
    const rule = await this.rules.ruleFor(tx, facts.ruleDay, { form, type: facts.type });
    const name = (await this.rulebook.formKnown(tx, form))?.name ?? form;
    return { rule: rule ?? NO_RULE, formName: name, votes };
  }

  private async store(
    tx: Tx,
    actor: Actor,
    sittingId: number,
    lineId: number,
    { votes, outcome, lower, recused, note }: VoteInput,
    warnings: readonly Warning[],
  ): Promise<void> {
    const second = lower?.votes;
    await tx.query(
      `UPDATE sitting_line SET votes_for = $3, votes_against = $4, votes_blank = $5, votes_written = $6, outcome = $7,
              lower_form = $8, lower_for = $9, lower_against = $10, lower_blank = $11, lower_written = $12,
              recused = $13, note = $14, warnings = $15, entered_at = $16, entered_by = $17, entered_by_id = $18, version = version + 1
        WHERE sitting_id = $1 AND line_id = $2`,
      [
        sittingId,
        lineId,
        votes.for,
        votes.against,
        votes.blank,
        votes.written,
        outcome,
        lower?.form ?? null,
        second?.for ?? null,
        second?.against ?? null,
        second?.blank ?? null,
        second?.written ?? null,
        recused ?? [],
        note ? tidy(note) : null,
        JSON.stringify(warnings),
        this.clock.now(),
        actor.name,
        actor.accountId,
      ],
    );
  }
}

/** Where no text says how to vote, more than half of all members; it warns, as every rule that nobody has read. */
const NO_RULE: VoteRuleView = {
  id: 0,
  code: 'NONE',
  name: 'Chưa có quy định biểu quyết',
  validFrom: null,
  validTo: null,
  source: 'không có quy định nào trong danh mục vào ngày tiếp nhận hồ sơ',
  verified: false,
  forms: [],
  types: [],
  kinds: [],
  body: 'COUNCIL',
  mode: 'MEETING',
  quorum: null,
  threshold: { parts: 1, of: 2 },
  thresholdKind: 'MORE_THAN',
  base: 'TOTAL',
  mustIncludeChair: false,
  secret: false,
  absenteeWritten: true,
};
