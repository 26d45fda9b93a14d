import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { fold, Refused, tidy, type Actor } from '@lib/kernel';
import { audit, Clock, transact, type Tx } from '@lib/platform';
import { Files } from '@lib/files';
import { Ledger } from '@lib/figures';
import type { CorrectCoverageInput, StateCoverageInput } from './results.dto.js';
import { ResultCoverage } from './results.entity.js';
import { wrongInCoverage } from './results.rules.js';
import { said, Statements } from './statements.service.js';

type Facts = Omit<CorrectCoverageInput, 'reason'>;
const COVERAGE = { entity: ResultCoverage, what: 'coverage' } as const;

/** How many units of a level have deployed a campaign, as somebody stated it: without names, the rest is unknown. */
@Injectable()
export class CoverageService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly statements: Statements,
    private readonly ledger: Ledger,
    private readonly files: Files,
  ) {}

  /** @throws Refused `results.already_reported` */
  async state(actor: Actor, input: StateCoverageInput): Promise<number> {
    return transact(this.db, async (tx) => {
      const unit = await this.statements.unitOn(tx, actor, input.unit, input.asOf);
      await this.statements.oneAtATime(tx, unit.id);
      const id = await this.store(tx, actor, unit.id, input, null);
      await audit(tx, this.clock.now(), actor, 'result.coverage_stated', `coverage:${id}`, { unit: input.unit });
      return id;
    });
  }

  async correct(actor: Actor, id: number, input: CorrectCoverageInput): Promise<number> {
    return transact(this.db, async (tx) => {
      const old = await this.statements.lock(tx, actor, COVERAGE, id);
      await this.take(tx, actor, old, input.reason);
      await this.statements.onDay(tx, old.unitId, input.asOf, 'asOf');
      const stored = await this.store(tx, actor, old.unitId, input, id);
      await audit(tx, this.clock.now(), actor, 'result.coverage_corrected', `coverage:${stored}`, {
        replaces: id,
        reason: tidy(input.reason),
      });
      return stored;
    });
  }

  async remove(actor: Actor, id: number, reason: string): Promise<void> {
    await transact(this.db, async (tx) => {
      await this.take(tx, actor, await this.statements.lock(tx, actor, COVERAGE, id), reason);
      await audit(tx, this.clock.now(), actor, 'result.coverage_removed', `coverage:${id}`, { reason: tidy(reason) });
    });
  }

  private async take(tx: Tx, actor: Actor, { id, unitId, asOf }: ResultCoverage, reason: string): Promise<void> {
    await this.statements.end(tx, actor, ResultCoverage, id, reason);
    await this.ledger.touch(tx, [{ unitId, from: asOf, to: asOf }]);
  }

  private async store(tx: Tx, actor: Actor, unitId: number, facts: Facts, replaces: number | null): Promise<number> {
    const { asOf, deployed, level } = facts;
    const counted = { deployed, notDeployed: facts.notDeployed ?? null, expected: facts.expected ?? null };
    const hasProof = said(facts.source) !== null || Boolean(facts.fileId);
    const wrong = wrongInCoverage({ asOf, ...counted, hasProof }, this.clock.today());
    if (wrong.length > 0) throw Refused.all(wrong);
    if (facts.fileId) await this.files.attach(tx, actor, facts.fileId);
    const campaign = tidy(facts.campaign);
    const campaignKey = fold(campaign);
    const [held] = await tx.query<{ id: number }>(
      `SELECT id FROM result_coverage WHERE unit_id = $1 AND campaign_key = $2 AND level = $3 AND as_of = $4 AND removed_on IS NULL`,
      [unitId, campaignKey, level, asOf],
    );
    if (held)
      throw new Refused(
        'results.already_reported',
        `Đã có số liệu độ phủ số ${held.id} cho ngày này; hãy sửa số liệu đó.`,
        'asOf',
        'conflict',
      );
    const row = tx.manager.create(ResultCoverage, {
      ...this.statements.stamp(actor),
      unitId,
      campaign,
      campaignKey,
      level,
      asOf,
      ...counted,
      source: said(facts.source),
      fileId: facts.fileId ?? null,
      replaces,
    });
    await tx.manager.insert(ResultCoverage, row);
    await this.ledger.touch(tx, [{ unitId, from: asOf, to: asOf }]);
    return row.id;
  }
}
