import { Injectable } from '@nestjs/common';
import { DataSource, QueryFailedError, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { may, Refused, type Actor, type Day } from '@lib/kernel';
import { audit, Clock, transact, type Tx } from '@lib/platform';
import type { AwardFormInput, CloseRuleInput, CommendationTypeInput, VoteRuleInput } from './rulebook.dto.js';
import { AwardForm, CommendationType, VoteRule } from './rulebook.entity.js';
import { Rulebook, type AwardFormView, type CommendationTypeView } from './rulebook.queries.js';
import { VoteRules, type VoteRuleView } from './vote-rules.queries.js';

const EXCLUSION_VIOLATION = '23P01';

/** Changes of the law: a new dated row, or the end of one. What a row said is never edited. */
@Injectable()
export class RulebookService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly rulebook: Rulebook,
    private readonly voteRules: VoteRules,
  ) {}

  async addForm(actor: Actor, input: AwardFormInput): Promise<AwardFormView> {
    mustBeInOrder(input.validFrom, input.validTo);
    return this.change(actor, async (tx) => {
      const known = await this.rulebook.formKnown(tx, input.code);
      if (known && known.kind !== input.kind) {
        throw new Refused(
          'rulebook.kind_differs',
          'Mã này đã dùng cho một loại khác (danh hiệu, hình thức, tuyên dương, giải).',
          'kind',
          'conflict',
        );
      }
      const row = {
        code: input.code,
        name: input.name,
        kind: input.kind,
        category: input.category ?? known?.category ?? 'OTHER',
        recipientClasses: input.recipientClasses ?? [
          ...(known?.recipientClasses ?? ['COLLECTIVE', 'INDIVIDUAL', 'HOUSEHOLD']),
        ],
        conferringLevels: input.conferringLevels ?? [...(known?.conferringLevels ?? [])],
        oncePerLife: input.oncePerLife ?? known?.oncePerLife ?? false,
        ...validity(input),
      };
      const id = await insert(tx, AwardForm, row);
      await audit(tx, this.clock.now(), actor, 'rulebook.form_added', `award_form:${id}`, row);
      return found(await this.rulebook.form(tx, id));
    });
  }

  async addType(actor: Actor, input: CommendationTypeInput): Promise<CommendationTypeView> {
    mustBeInOrder(input.validFrom, input.validTo);
    return this.change(actor, async (tx) => {
      const row = { code: input.code, name: input.name, statistical: input.statistical, ...validity(input) };
      const id = await insert(tx, CommendationType, row);
      await audit(tx, this.clock.now(), actor, 'rulebook.type_added', `commendation_type:${id}`, row);
      return found(await this.rulebook.type(tx, id));
    });
  }

  async addVoteRule(actor: Actor, input: VoteRuleInput): Promise<VoteRuleView> {
    mustBeInOrder(input.validFrom, input.validTo);
    for (const field of ['quorum', 'threshold'] as const) {
      const share = input[field];
      if (share && share.parts > share.of)
        throw new Refused('rulebook.share_above_all', 'Tỷ lệ không thể lớn hơn toàn bộ.', `${field}.parts`);
    }
    return this.change(actor, async (tx) => {
      const row = {
        code: input.code,
        name: input.name,
        forms: input.forms ?? [],
        types: input.types ?? [],
        kinds: input.kinds ?? [],
        body: input.body,
        mode: input.mode,
        quorumParts: input.quorum?.parts ?? null,
        quorumOf: input.quorum?.of ?? null,
        thresholdParts: input.threshold.parts,
        thresholdOf: input.threshold.of,
        thresholdKind: input.thresholdKind,
        base: input.base,
        mustIncludeChair: input.mustIncludeChair,
        secret: input.secret,
        absenteeWritten: input.absenteeWritten,
        ...validity(input),
      };
      const id = await insert(tx, VoteRule, row);
      await audit(tx, this.clock.now(), actor, 'rulebook.vote_rule_added', `vote_rule:${id}`, row);
      return found(await this.voteRules.byId(tx, id));
    });
  }

  async closeVoteRule(actor: Actor, id: number, input: CloseRuleInput): Promise<VoteRuleView> {
    return this.change(actor, async (tx) => {
      await this.close(tx, actor, VoteRule, 'vote_rule', id, input);
      return found(await this.voteRules.byId(tx, id));
    });
  }

  async closeForm(actor: Actor, id: number, input: CloseRuleInput): Promise<AwardFormView> {
    return this.change(actor, async (tx) => {
      await this.close(tx, actor, AwardForm, 'award_form', id, input);
      return found(await this.rulebook.form(tx, id));
    });
  }

  async closeType(actor: Actor, id: number, input: CloseRuleInput): Promise<CommendationTypeView> {
    return this.change(actor, async (tx) => {
      await this.close(tx, actor, CommendationType, 'commendation_type', id, input);
      return found(await this.rulebook.type(tx, id));
    });
  }

  private async close(
    tx: Tx,
    actor: Actor,
    entity: EntityTarget<ObjectLiteral>,
    table: string,
    id: number,
    input: CloseRuleInput,
  ): Promise<void> {
    const row = await tx.manager.findOne(entity, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!row) throw Refused.notFound('rulebook');
    if (row['code'] === 'UNKNOWN') {
      throw new Refused('rulebook.always_valid', 'Hình thức “chưa rõ” luôn có hiệu lực.', 'validTo', 'conflict');
    }
    if (row['validTo'] !== 'infinity')
      throw new Refused('rulebook.already_closed', 'Quy định này đã có ngày hết hiệu lực.', 'validTo', 'conflict');
    if (row['validFrom'] !== '-infinity') mustBeInOrder(String(row['validFrom']), input.validTo);
    await tx.manager.update(entity, { id }, { validTo: input.validTo });
    await audit(tx, this.clock.now(), actor, 'rulebook.closed', `${table}:${id}`, {
      validTo: input.validTo,
      reason: input.reason,
    });
  }

  /** The rulebook is one for the whole installation, so the permission counts wherever it is held. */
  private async change<Result>(actor: Actor, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    if (!may(actor, 'rulebook.change')) throw Refused.notFound('rulebook');
    try {
      return await transact(this.db, work);
    } catch (error) {
      if (error instanceof QueryFailedError && error.driverError.code === EXCLUSION_VIOLATION) {
        throw new Refused(
          'rulebook.overlaps',
          'Mã này đã có quy định trong khoảng ngày đó. Hãy kết thúc quy định cũ trước.',
          'validFrom',
          'conflict',
        );
      }
      throw error;
    }
  }
}

function validity(input: AwardFormInput | CommendationTypeInput | VoteRuleInput): {
  validFrom: Day;
  validTo: Day;
  source: string;
  verified: boolean;
} {
  return {
    validFrom: input.validFrom,
    validTo: input.validTo ?? 'infinity',
    source: input.source,
    verified: input.verified ?? false,
  };
}

function mustBeInOrder(from: Day, to: Day | null | undefined): void {
  if (to && to <= from)
    throw new Refused('rulebook.ends_before_it_begins', 'Ngày hết hiệu lực phải sau ngày bắt đầu.', 'validTo');
}

async function insert(tx: Tx, entity: EntityTarget<ObjectLiteral>, row: object): Promise<number> {
  const { identifiers } = await tx.manager.insert(entity, row);
  return Number(identifiers[0]?.['id']);
}

function found<View>(view: View | null): View {
  if (!view) throw Refused.notFound('rulebook');
  return view;
}
