import { Injectable } from '@nestjs/common';
import type { Day } from '@lib/kernel';
import type { Queryable } from '@lib/platform';
import type { FormKind, ThresholdKind, VoteBase, VoteBody, VoteMode } from './rulebook.entity.js';
import { IN_FORCE, VALIDITY, type DatedView } from './rulebook.queries.js';

/** A share as the text writes it: 2 of 3. */
export interface Share {
  readonly parts: number;
  readonly of: number;
}

export interface VoteRuleView extends DatedView {
  readonly forms: readonly string[];
  readonly types: readonly string[];
  readonly kinds: readonly FormKind[];
  readonly body: VoteBody;
  readonly mode: VoteMode;
  /** Null: the text says nothing about a quorum. */
  readonly quorum: Share | null;
  readonly threshold: Share;
  readonly thresholdKind: ThresholdKind;
  readonly base: VoteBase;
  readonly mustIncludeChair: boolean;
  readonly secret: boolean;
  readonly absenteeWritten: boolean;
}

/** What is voted on, as far as a rule asks. */
export interface VotedOn {
  readonly form: string;
  readonly type: string | null;
}

const RULE = `SELECT id, code, name, forms, types, kinds, body, mode, must_include_chair AS "mustIncludeChair", secret, absentee_written AS "absenteeWritten", base,
  CASE WHEN quorum_of IS NOT NULL THEN json_build_object('parts', quorum_parts, 'of', quorum_of) END AS quorum,
  json_build_object('parts', threshold_parts, 'of', threshold_of) AS threshold, threshold_kind AS "thresholdKind", ${VALIDITY} FROM vote_rule`;

/** Which rule of voting held for a form on a day. No secret, so there is no row scope here. */
@Injectable()
export class VoteRules {
  inForce(q: Queryable, day: Day): Promise<VoteRuleView[]> {
    return q.query<VoteRuleView>(`${RULE} WHERE ${IN_FORCE} ORDER BY code`, [day]);
  }

  /** The rule that names the form, else the type, else the form's kind, else the general one; null where no text says anything. */
  async ruleFor(q: Queryable, day: Day, { form, type }: VotedOn): Promise<VoteRuleView | null> {
    const kind = `(SELECT kind FROM award_form WHERE code = $2 ORDER BY valid_from DESC LIMIT 1)`;
    const [row] = await q.query<VoteRuleView>(
      `${RULE} WHERE ${IN_FORCE}
          AND ($2 = ANY(forms) OR $3 = ANY(types) OR ${kind} = ANY(kinds) OR (forms = '{}' AND types = '{}' AND kinds = '{}'))
        ORDER BY $2 = ANY(forms) DESC, coalesce($3 = ANY(types), false) DESC, coalesce(${kind} = ANY(kinds), false) DESC, id DESC LIMIT 1`,
      [day, form, type],
    );
    return row ?? null;
  }

  async byId(q: Queryable, id: number): Promise<VoteRuleView | null> {
    const [row] = await q.query<VoteRuleView>(`${RULE} WHERE id = $1`, [id]);
    return row ?? null;
  }
}
