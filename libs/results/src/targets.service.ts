import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, tidy, type Actor } from '@lib/kernel';
import { audit, Clock, transact, type Tx } from '@lib/platform';
import { Files } from '@lib/files';
import { Ledger } from '@lib/figures';
import { IndicatorCatalogue } from './indicators.service.js';
import type { CorrectTargetInput, SetTargetInput } from './results.dto.js';
import { ResultTarget } from './results.entity.js';
import { wrongInTarget } from './results.rules.js';
import { said, Statements } from './statements.service.js';

type Facts = Omit<CorrectTargetInput, 'reason'>;
const TARGET = { entity: ResultTarget, what: 'target' } as const;

/** Targets of a unit for a year, a phase or a term, also those of which only the outcome was told. */
@Injectable()
export class TargetsService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly statements: Statements,
    private readonly catalogue: IndicatorCatalogue,
    private readonly ledger: Ledger,
    private readonly files: Files,
  ) {}

  /** @throws Refused `results.target_exists` */
  async set(actor: Actor, input: SetTargetInput): Promise<number> {
    return transact(this.db, async (tx) => {
      const unit = await this.statements.unitOn(tx, actor, input.unit, this.clock.today());
      await this.statements.oneAtATime(tx, unit.id);
      const id = await this.store(tx, actor, unit.id, input, null);
      await audit(tx, this.clock.now(), actor, 'result.target_set', `target:${id}`, { unit: input.unit });
      return id;
    });
  }

  /** A new target in the place of the old one. @throws Refused `results.changed_meanwhile` */
  async correct(actor: Actor, id: number, input: CorrectTargetInput): Promise<number> {
    return transact(this.db, async (tx) => {
      const old = await this.statements.lock(tx, actor, TARGET, id);
      await this.take(tx, actor, old, input.reason);
      const stored = await this.store(tx, actor, old.unitId, input, id);
      const reason = tidy(input.reason);
      await audit(tx, this.clock.now(), actor, 'result.target_corrected', `target:${stored}`, { replaces: id, reason });
      return stored;
    });
  }

  async remove(actor: Actor, id: number, reason: string): Promise<void> {
    await transact(this.db, async (tx) => {
      await this.take(tx, actor, await this.statements.lock(tx, actor, TARGET, id), reason);
      await audit(tx, this.clock.now(), actor, 'result.target_removed', `target:${id}`, { reason: tidy(reason) });
    });
  }

  private async take(tx: Tx, actor: Actor, { id, unitId, from, to }: ResultTarget, reason: string): Promise<void> {
    await this.statements.end(tx, actor, ResultTarget, id, reason);
    await this.ledger.touch(tx, [{ unitId, from, to }]);
  }

  private async store(tx: Tx, actor: Actor, unitId: number, facts: Facts, replaces: number | null): Promise<number> {
    const [indicator] = await this.catalogue.byCodes(tx, [facts.indicator], () => 'indicator');
    const { from, to, of, measure } = facts;
    const hasProof = said(facts.source) !== null || Boolean(facts.fileId);
    const stated = {
      value: facts.value?.value ?? null,
      percent: facts.percent ?? null,
      outcome: facts.outcome ?? null,
      statedOn: facts.statedOn ?? null,
    };
    const wrong = wrongInTarget(
      { from, to, perUnit: Boolean(facts.perLevel), hasProof, ...stated },
      this.clock.today(),
    );
    if (wrong.length > 0) throw Refused.all(wrong);
    if (facts.fileId) await this.files.attach(tx, actor, facts.fileId);
    const indicatorId = indicator?.id ?? 0;
    const label = tidy(facts.label);
    const [held] = await tx.query<{ id: number }>(
      `SELECT id FROM result_target WHERE unit_id = $1 AND indicator_id = $2 AND measure = $3 AND of = $4 AND from_day = $5 AND to_day = $6 AND label = $7 AND removed_on IS NULL`,
      [unitId, indicatorId, measure, of, from, to, label],
    );
    if (held)
      throw new Refused(
        'results.target_exists',
        `Chỉ tiêu này đã được giao (số ${held.id}); hãy sửa chỉ tiêu đó.`,
        'label',
        'conflict',
      );
    const row = tx.manager.create(ResultTarget, {
      ...this.statements.stamp(actor),
      unitId,
      indicatorId,
      of,
      label,
      from,
      to,
      measure,
      campaign: said(facts.campaign),
      value: stated.value,
      qualifier: facts.value?.qualifier ?? null,
      perLevel: facts.perLevel ?? null,
      percentTenths: stated.percent === null ? null : Math.round(stated.percent * 10),
      outcome: stated.outcome,
      statedOn: stated.statedOn,
      source: said(facts.source),
      fileId: facts.fileId ?? null,
      replaces,
    });
    await tx.manager.insert(ResultTarget, row);
    await this.ledger.touch(tx, [{ unitId, from, to }]);
    return row.id;
  }
}
