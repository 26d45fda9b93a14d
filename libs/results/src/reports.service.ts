import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { printInterval, Refused, tidy, type Actor, type Qualified, type Warning } from '@lib/kernel';
import { audit, Clock, transact, type Tx } from '@lib/platform';
import { Files } from '@lib/files';
import { IndicatorQueries, Indicators, type Nature, type Reported } from '@lib/figures';
import { UnitTree, type UnitOnDay } from '@lib/units';
import { IndicatorCatalogue } from './indicators.service.js';
import type { CorrectReportInput, EnterReportInput } from './results.dto.js';
import { ResultItem, ResultReport, type Indicator } from './results.entity.js';
import { belowItsParts, wrongInReport } from './results.rules.js';
import { Series, seriesOf } from './series.service.js';
import { said, Statements } from './statements.service.js';

export interface Entered {
  readonly id: number;
  readonly warnings: readonly Warning[];
}

type Facts = Omit<CorrectReportInput, 'reason'>;
const REPORT = { entity: ResultReport, what: 'result' } as const;

/** Reports of results: entered, corrected, removed. Their values go to the counting book in the same transaction. */
@Injectable()
export class ReportsService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly statements: Statements,
    private readonly catalogue: IndicatorCatalogue,
    private readonly series: Series,
    private readonly book: Indicators,
    private readonly figures: IndicatorQueries,
    private readonly files: Files,
  ) {}

  /** @throws Refused `results.already_reported` with the number of the report that says it. */
  async enter(actor: Actor, input: EnterReportInput): Promise<Entered> {
    return transact(this.db, async (tx) => {
      const repeated = await this.repeated(tx, actor, input.clientKey);
      if (repeated !== null) return { id: repeated, warnings: [] };
      const unit = await this.statements.unitOn(tx, actor, input.unit, input.to);
      await this.statements.oneAtATime(tx, unit.id);
      const rest = { clientKey: input.clientKey ?? null, enteredFor: input.enteredFor ?? false, replaces: null };
      const entered = await this.store(tx, actor, unit, input, rest);
      await audit(tx, this.clock.now(), actor, 'result.entered', `result:${entered.id}`, { unit: input.unit });
      return entered;
    });
  }

  /** A new report in the place of the old one, which ends today. @throws Refused `results.changed_meanwhile` */
  async correct(actor: Actor, id: number, input: CorrectReportInput): Promise<Entered> {
    return transact(this.db, async (tx) => {
      const old = await this.statements.lock(tx, actor, REPORT, id);
      await this.take(tx, actor, old, input.reason);
      const unit = await this.statements.onDay(tx, old.unitId, input.to, 'to');
      const rest = { clientKey: null, enteredFor: old.enteredFor, replaces: id };
      const entered = await this.store(tx, actor, unit, input, rest);
      await audit(tx, this.clock.now(), actor, 'result.corrected', `result:${entered.id}`, {
        replaces: id,
        reason: tidy(input.reason),
      });
      return entered;
    });
  }

  async remove(actor: Actor, id: number, reason: string): Promise<Entered> {
    return transact(this.db, async (tx) => {
      await this.take(tx, actor, await this.statements.lock(tx, actor, REPORT, id), reason);
      await audit(tx, this.clock.now(), actor, 'result.removed', `result:${id}`, { reason: tidy(reason) });
      return { id, warnings: [] };
    });
  }

  private async take(tx: Tx, actor: Actor, report: ResultReport, reason: string): Promise<void> {
    await this.statements.end(tx, actor, ResultReport, report.id, reason);
    await this.book.remove(tx, report.id);
  }

  private async store(
    tx: Tx,
    actor: Actor,
    unit: UnitOnDay,
    facts: Facts,
    rest: Pick<ResultReport, 'clientKey' | 'enteredFor' | 'replaces'>,
  ): Promise<Entered> {
    const indicators = await this.catalogue.byCodes(
      tx,
      facts.items.map((item) => item.indicator),
      (place) => `items[${place}].indicator`,
    );
    this.check(facts, indicators);
    const nature = indicators[0]?.nature ?? 'FLOW';
    if (facts.fileId) await this.files.attach(tx, actor, facts.fileId);
    const reported = {
      unitId: unit.id,
      nature,
      whole: facts.scope === 'INCLUDES_SUBORDINATES',
      event: facts.basis === 'EVENT',
      from: facts.from,
      to: facts.to,
      values: await this.values(tx, facts, indicators, nature),
    };
    await this.refuseTwice(tx, reported);
    const row = tx.manager.create(ResultReport, {
      ...rest,
      ...this.statements.stamp(actor),
      unitId: unit.id,
      unitPath: unit.path,
      spanFrom: facts.from,
      day: facts.to,
      basis: facts.basis,
      scope: facts.scope,
      status: facts.status,
      nature,
      fundingSource: said(facts.fundingSource),
      beneficiaryClass: facts.beneficiaryClass ?? null,
      beneficiaries: said(facts.beneficiaries),
      occasion: said(facts.occasion),
      money: facts.money?.value ?? null,
      moneyQualifier: facts.money?.qualifier ?? null,
      source: said(facts.source),
      fileId: facts.fileId ?? null,
      note: said(facts.note),
    });
    await tx.manager.insert(ResultReport, row);
    await tx.manager.insert(
      ResultItem,
      facts.items.map(({ count }, place) => ({
        reportId: row.id,
        place,
        indicatorId: indicators[place]?.id ?? 0,
        count: count?.value ?? null,
        countQualifier: count?.qualifier ?? null,
      })),
    );
    await this.book.post(tx, { ...reported, recordId: row.id });
    return { id: row.id, warnings: await this.warnings(tx, reported) };
  }

  private check(facts: Facts, indicators: readonly Indicator[]): void {
    const items = facts.items.map(({ indicator, count }, place) => ({
      code: indicator,
      nature: indicators[place]?.nature ?? 'FLOW',
      measures: indicators[place]?.measures ?? 'COUNT',
      count: count?.value ?? null,
    }));
    const hasProof = said(facts.source) !== null || Boolean(facts.fileId);
    const { from, to, basis } = facts;
    const wrong = wrongInReport(
      { from, to, basis, items, money: facts.money?.value ?? null, hasProof },
      this.clock.today(),
    );
    if (wrong.length > 0) throw Refused.all(wrong);
  }

  /** One item keeps its money; several share it as a group. */
  private async values(
    tx: Tx,
    facts: Facts,
    indicators: readonly Indicator[],
    nature: Nature,
  ): Promise<(Qualified & { series: number })[]> {
    const { status } = facts;
    const of = {
      status,
      nature,
      fundingSource: said(facts.fundingSource),
      beneficiaryClass: facts.beneficiaryClass ?? null,
    };
    const values: (Qualified & { series: number })[] = [];
    for (const [place, { count }] of facts.items.entries()) {
      const id = indicators[place]?.id;
      if (!count || id === undefined) continue;
      const { value, qualifier } = count;
      values.push({
        series: seriesOf(await this.series.idOf(tx, { ...of, indicators: [id] }), 'COUNT'),
        value,
        qualifier,
      });
    }
    if (facts.money) {
      const { value, qualifier } = facts.money;
      const group = await this.series.idOf(tx, { ...of, indicators: indicators.map(({ id }) => id) });
      values.push({ series: seriesOf(group, 'MONEY'), value, qualifier });
    }
    return values;
  }

  private async refuseTwice(tx: Tx, reported: Omit<Reported, 'recordId'>): Promise<void> {
    const held = await this.book.sameSpan(tx, reported);
    if (held === null) return;
    throw new Refused(
      'results.already_reported',
      `Đơn vị đã có báo cáo số ${held} cho chỉ tiêu này trong ${printInterval(reported)}; hãy sửa báo cáo đó.`,
      'to',
      'conflict',
    );
  }

  private async warnings(tx: Tx, { unitId, from, to, whole, values }: Omit<Reported, 'recordId'>): Promise<Warning[]> {
    if (!whole) return [];
    const change = await this.tree.changeKnownOn(tx, null);
    const found = await this.figures.figures(
      tx,
      { unitId, from, to, known: null, change, lens: 'as-was' },
      values.map(({ series }) => series),
    );
    return found.flatMap(({ figure }) => {
      const message = belowItsParts(figure);
      return message === null ? [] : [{ code: 'results.below_its_parts', field: 'items', message }];
    });
  }

  private async repeated(tx: Tx, actor: Actor, key: string | undefined): Promise<number | null> {
    if (!key) return null;
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('result client key'), hashtext($1))`, [key]);
    const held = await tx.manager.findOneBy(ResultReport, { clientKey: key });
    if (!held) return null;
    if (held.recordedById !== actor.accountId)
      throw new Refused('results.client_key_taken', 'Khoá gửi đã được dùng.', 'clientKey', 'conflict');
    return held.id;
  }
}
