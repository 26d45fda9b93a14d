import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { fold, Refused, scopeOf, tidy, type Actor, type Day } from '@lib/kernel';
import { audit, Clock, transact, type Tx } from '@lib/platform';
import { Ledger } from '@lib/figures';
import { UnitTree } from '@lib/units';
import type { AgencyInput, AgencyOutcomeInput, CorrectAgencyInput } from './agencies.dto.js';
import { wrongInAgency, wrongInOutcome } from './agencies.rules.js';
import { Agency } from './agency.entity.js';
import { said, Statements } from './statements.service.js';

const AGENCY = { entity: Agency, what: 'agency' } as const;
type Facts = Omit<
  Agency,
  'id' | 'recordedOn' | 'recordedBy' | 'recordedById' | 'removedOn' | 'removedBy' | 'removalReason'
>;
const OPEN = { outcome: null, outcomeDay: null, unionUnitId: null, eventId: null } as const;

/**
 * Agencies without a union: statements like the others of this room, because summaries print them and a past day must be
 * told as it was known. A correction, an outcome and taking an outcome back each put a new row in the place of the old one.
 */
@Injectable()
export class AgenciesService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly statements: Statements,
    private readonly ledger: Ledger,
  ) {}

  /** @throws Refused `agencies.already_listed` */
  async list(actor: Actor, input: AgencyInput): Promise<number> {
    return transact(this.db, async (tx) => {
      const unit = await this.statements.unitOn(tx, actor, input.unit, this.clock.today());
      await this.statements.oneAtATime(tx, unit.id);
      const id = await this.store(tx, actor, { ...this.said(input), ...OPEN, unitId: unit.id, replaces: null });
      await audit(tx, this.clock.now(), actor, 'agency.listed', `agency:${id}`, { unit: input.unit });
      return id;
    });
  }

  async correct(actor: Actor, id: number, input: CorrectAgencyInput): Promise<number> {
    return transact(this.db, async (tx) => {
      const old = await this.take(tx, actor, id, input.reason);
      const unit = await this.statements.unitOn(tx, actor, input.unit, this.clock.today());
      const { outcome, outcomeDay, unionUnitId, eventId } = old;
      const kept = { outcome, outcomeDay, unionUnitId, eventId };
      const facts = this.said(input);
      if (outcome && outcomeDay)
        this.check(
          wrongInOutcome(
            { outcome, day: outcomeDay, hasUnion: unionUnitId !== null, since: facts.since },
            this.clock.today(),
          ),
        );
      const stored = await this.store(tx, actor, { ...facts, ...kept, unitId: unit.id, replaces: id });
      await audit(tx, this.clock.now(), actor, 'agency.corrected', `agency:${stored}`, {
        replaces: id,
        reason: tidy(input.reason),
      });
      return stored;
    });
  }

  /** A union was founded in it, or it exists no more. @throws Refused `agencies.has_outcome`, `agencies.union_not_there` */
  async end(actor: Actor, id: number, { outcome, day, union }: AgencyOutcomeInput): Promise<number> {
    return transact(this.db, async (tx) => {
      const old = await this.statements.lock(tx, actor, AGENCY, id);
      if (old.outcome)
        throw new Refused(
          'agencies.has_outcome',
          'Cơ quan này đã được ghi kết quả; hãy rút kết quả đó trước.',
          null,
          'conflict',
        );
      this.check(wrongInOutcome({ outcome, day, hasUnion: Boolean(union), since: old.since }, this.clock.today()));
      const ended = union
        ? await this.founded(tx, actor, union, day, old.unitId)
        : { unionUnitId: null, eventId: null };
      await this.replace(tx, actor, old, 'Ghi kết quả');
      const stored = await this.store(tx, actor, { ...factsOf(old), outcome, outcomeDay: day, ...ended, replaces: id });
      await audit(tx, this.clock.now(), actor, 'agency.ended', `agency:${stored}`, {
        outcome,
        day,
        union: union ?? null,
      });
      return stored;
    });
  }

  /** Takes a mistaken outcome back. @throws Refused `agencies.no_outcome` */
  async reopen(actor: Actor, id: number, reason: string): Promise<number> {
    return transact(this.db, async (tx) => {
      const old = await this.statements.lock(tx, actor, AGENCY, id);
      if (!old.outcome)
        throw new Refused('agencies.no_outcome', 'Cơ quan này chưa được ghi kết quả nào.', null, 'conflict');
      await this.replace(tx, actor, old, reason);
      const stored = await this.store(tx, actor, { ...factsOf(old), ...OPEN, replaces: id });
      await audit(tx, this.clock.now(), actor, 'agency.reopened', `agency:${stored}`, { reason: tidy(reason) });
      return stored;
    });
  }

  async remove(actor: Actor, id: number, reason: string): Promise<void> {
    await transact(this.db, async (tx) => {
      await this.take(tx, actor, id, reason);
      await audit(tx, this.clock.now(), actor, 'agency.removed', `agency:${id}`, { reason: tidy(reason) });
    });
  }

  private said({
    name,
    place,
    workers,
    since,
    source,
  }: AgencyInput): Omit<Facts, 'unitId' | 'replaces' | keyof typeof OPEN> {
    this.check(wrongInAgency({ since: since ?? null, workersAsOf: workers?.asOf ?? null }, this.clock.today()));
    return {
      name: tidy(name),
      nameFolded: fold(name),
      place: said(place),
      workers: workers?.value ?? null,
      workersQualifier: workers?.qualifier ?? null,
      workersAsOf: workers?.asOf ?? null,
      since: since ?? null,
      source: tidy(source),
    };
  }

  private check(wrong: readonly { code: string; field: string | null; message: string }[]): void {
    if (wrong.length > 0) throw Refused.all([...wrong]);
  }

  /** The union as it stood on the day, and its founding where that is kept as an event. */
  private async founded(
    tx: Tx,
    actor: Actor,
    code: string,
    day: Day,
    responsible: number,
  ): Promise<{ unionUnitId: number; eventId: number | null }> {
    const unionUnitId = await this.tree.idOf(tx, code, scopeOf(actor, 'result.enter'), 'union');
    if (unionUnitId === responsible)
      throw new Refused(
        'agencies.union_is_responsible',
        'Hãy chọn công đoàn của chính cơ quan, không phải đơn vị phụ trách.',
        'union',
      );
    if (!(await this.tree.onDay(tx, [unionUnitId], day)).has(unionUnitId))
      throw new Refused('agencies.union_not_there', 'Công đoàn này không tồn tại vào ngày đó.', 'union');
    const [event] = await tx.query<{ id: number }>(
      `SELECT e.id FROM unit_event e JOIN unit_event_unit eu ON eu.event_id = e.id
        WHERE eu.unit_id = $1 AND e.kind = 'FOUND' AND e.reverses IS NULL AND NOT EXISTS (SELECT 1 FROM unit_event r WHERE r.reverses = e.id)
        ORDER BY e.id DESC LIMIT 1`,
      [unionUnitId],
    );
    return { unionUnitId, eventId: event?.id ?? null };
  }

  private async take(tx: Tx, actor: Actor, id: number, reason: string): Promise<Agency> {
    const old = await this.statements.lock(tx, actor, AGENCY, id);
    await this.replace(tx, actor, old, reason);
    return old;
  }

  private async replace(tx: Tx, actor: Actor, old: Agency, reason: string): Promise<void> {
    await this.statements.end(tx, actor, Agency, old.id, reason);
    await this.touch(tx, old);
  }

  private async store(tx: Tx, actor: Actor, facts: Facts): Promise<number> {
    const [held] = await tx.query(
      `SELECT 1 FROM agency WHERE unit_id = $1 AND name_folded = $2 AND removed_on IS NULL`,
      [facts.unitId, facts.nameFolded],
    );
    if (held)
      throw new Refused('agencies.already_listed', 'Đơn vị phụ trách đã ghi cơ quan có tên này.', 'name', 'conflict');
    const row = tx.manager.create(Agency, { ...this.statements.stamp(actor), ...facts });
    await tx.manager.insert(Agency, row);
    await this.touch(tx, facts);
    return row.id;
  }

  /** It stands in every summary from its first day on: also the one in which it is no longer without a union. */
  private async touch(tx: Tx, { unitId, since }: Pick<Agency, 'unitId' | 'since'>): Promise<void> {
    await this.ledger.touch(tx, [{ unitId, from: since ?? '-infinity', to: 'infinity' }]);
  }
}

function factsOf(old: Agency): Omit<Facts, 'replaces' | keyof typeof OPEN> {
  const { unitId, name, nameFolded, place, workers, workersQualifier, workersAsOf, since, source } = old;
  return { unitId, name, nameFolded, place, workers, workersQualifier, workersAsOf, since, source };
}
