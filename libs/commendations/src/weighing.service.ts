import { Injectable } from '@nestjs/common';
import { Refused, type Actor, type Day, type RefusalDetail, type Warning } from '@lib/kernel';
import { Clock, type Queryable, type Tx } from '@lib/platform';
import { CouncilOutcomes, type CouncilSaid } from '@lib/councils';
import type { NominationLine } from '@lib/nominations';
import { Rulebook, VoteRules, type VoteRuleView } from '@lib/rulebook';
import { UnitTree } from '@lib/units';
import type { VerdictInput } from './commendations.dto.js';
import type { Verdict } from './commendations.entity.js';
import { advised, weigh } from './verdict.rules.js';

/** One line of a draft as it is stored. */
export interface Verdicted {
  readonly lineId: number;
  readonly outcome: Verdict;
  readonly form: string | null;
  readonly reason: string | null;
  readonly registerNumber: string | null;
  readonly warnings: Warning[];
}

/** Fetches what a decision on lines rests on: the council's word and the rules of the day the dossier was received. */
@Injectable()
export class Weighing {
  constructor(
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly rulebook: Rulebook,
    private readonly voteRules: VoteRules,
    private readonly councils: CouncilOutcomes,
  ) {}

  /** @throws Refused with everything that is wrong in any line */
  async weigh(
    tx: Tx,
    unitId: number,
    inputs: readonly VerdictInput[],
    lines: readonly NominationLine[],
  ): Promise<Verdicted[]> {
    const said = await this.councils.of(
      tx,
      lines.map(({ id }) => id),
    );
    const rules = await this.rules(tx, lines);
    const level = (await this.tree.refs(tx, [unitId])).get(unitId)?.level ?? 'UNKNOWN';
    const wrong: RefusalDetail[] = [];
    const found: Verdicted[] = [];
    for (const [index, input] of inputs.entries()) {
      const line = lines.find(({ id }) => id === input.line);
      if (!line) throw Refused.notFound('nomination', `lines[${index}].line`);
      const council = said.get(line.id) ?? null;
      const formCode = input.outcome === 'AWARD' ? (input.form ?? advised(council) ?? line.form) : null;
      const reason = input.reason?.trim() || null;
      const { wrong: refused, warnings } = weigh(
        {
          name: line.name,
          recipientClass: line.class,
          state: line.state,
          askedForm: line.form,
          council,
          rule: rules.get(line.id) ?? null,
          outcome: input.outcome,
          formCode,
          form: formCode === null ? null : await this.rulebook.formKnown(tx, formCode),
          reason,
          level,
        },
        `lines[${index}]`,
      );
      wrong.push(...refused);
      found.push({
        lineId: line.id,
        outcome: input.outcome,
        form: formCode,
        reason,
        registerNumber: input.outcome === 'AWARD' ? (input.registerNumber ?? null) : null,
        warnings,
      });
    }
    if (wrong.length > 0) throw Refused.all(wrong);
    return found;
  }

  /** The rule of voting for each line, of the day its dossier was received. */
  async rules(
    q: Queryable,
    lines: readonly Pick<NominationLine, 'id' | 'atDossierId' | 'form' | 'type'>[],
  ): Promise<Map<number, VoteRuleView | null>> {
    const days = await q.query<{ id: number; day: Day | null }>(
      `SELECT id, received_on AS day FROM dossier WHERE id = ANY($1)`,
      [lines.map(({ atDossierId }) => atDossierId)],
    );
    const found = new Map<string, VoteRuleView | null>();
    const byLine = new Map<number, VoteRuleView | null>();
    for (const { id, atDossierId, form, type } of lines) {
      const day = days.find((row) => row.id === atDossierId)?.day ?? this.clock.today();
      const key = [form, type, day].join('|');
      if (!found.has(key)) found.set(key, await this.voteRules.ruleFor(q, day, { form, type }));
      byLine.set(id, found.get(key) ?? null);
    }
    return byLine;
  }

  said(q: Queryable, lineIds: readonly number[]): Promise<Map<number, CouncilSaid>> {
    return this.councils.of(q, lineIds);
  }
}

/** The same person, no longer bound by scope: what a decision orders is carried out by whoever holds the office. */
export function inOffice(actor: Actor): Actor {
  return { ...actor, everywhere: true };
}
