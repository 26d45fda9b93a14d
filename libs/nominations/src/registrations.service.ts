import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { fold, Refused, scopeOf, subtree, tidy, type Actor, type Day } from '@lib/kernel';
import { audit, Clock, reader, transact } from '@lib/platform';
import { Rulebook } from '@lib/rulebook';
import { UnitTree, type UnitRef } from '@lib/units';
import type { RegistrationInput, RegistrationRemovalInput, RegistrationsQuery } from './dossiers.dto.js';
import { wordsOf } from './dossiers.queries.js';
import { Nominees } from './nominees.service.js';
import { TitleRegistration } from './registration.entity.js';

export interface RegistrationView {
  readonly id: number;
  readonly registeringUnit: UnitRef | null;
  readonly recipientClass: 'COLLECTIVE' | 'INDIVIDUAL';
  readonly name: string;
  readonly unit: UnitRef | null;
  readonly birthYear: number | null;
  readonly form: string;
  readonly formName: string;
  readonly year: number;
  readonly registeredOn: Day;
  readonly recordedBy: string;
  readonly removable: boolean;
}

export interface RegistrationPage {
  readonly items: readonly RegistrationView[];
  readonly next: number | null;
}

const PAGE = 50;

/** Registrations of titles: made, taken back with a reason, listed. */
@Injectable()
export class Registrations {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly rulebook: Rulebook,
    private readonly nominees: Nominees,
  ) {}

  async register(actor: Actor, input: RegistrationInput): Promise<number> {
    return transact(this.db, async (tx) => {
      const unitId = await this.tree.idOf(tx, input.unit, scopeOf(actor, 'nomination.propose'));
      const form = await this.rulebook.formKnown(tx, input.form);
      if (!form) throw new Refused('nominations.unknown_form', `Không có danh hiệu mang mã ${input.form}.`, 'form');
      if (input.registeredOn > this.clock.today())
        throw new Refused('nominations.in_the_future', 'Ngày đăng ký chưa đến.', 'registeredOn');
      const nominee = await this.nominees.find(tx, actor, input, unitId, '');
      if (nominee.class === 'HOUSEHOLD')
        throw new Refused(
          'nominations.not_for_households',
          'Hộ gia đình không đăng ký danh hiệu thi đua.',
          'recipient',
        );
      const nameFolded = fold(nominee.name);
      await tx.query(`SELECT pg_advisory_xact_lock(hashtext('title registration'), hashtext($1))`, [
        `${input.year}|${input.form}|${nominee.unitId}|${nameFolded}`,
      ]);
      const before = await tx.query(
        `SELECT 1 FROM title_registration WHERE year = $1 AND form = $2 AND unit_id = $3 AND name_folded = $4 AND person_id IS NOT DISTINCT FROM $5::int AND removed_on IS NULL`,
        [input.year, input.form, nominee.unitId, nameFolded, nominee.personId],
      );
      if (before.length > 0) {
        const message = `${nominee.name} đã đăng ký ${form.name} năm ${input.year}.`;
        throw new Refused('nominations.already_registered', message, 'recipient', 'conflict');
      }
      const registration = tx.manager.create(TitleRegistration, {
        registeringUnitId: unitId,
        class: nominee.class,
        unitId: nominee.unitId,
        personId: nominee.personId,
        officeId: nominee.officeId,
        name: nominee.name,
        nameFolded,
        birthYear: nominee.birthYear,
        form: input.form,
        year: input.year,
        registeredOn: input.registeredOn,
        classification: nominee.classification,
        recordedOn: this.clock.today(),
        recordedBy: actor.name,
        recordedById: actor.accountId,
        removedOn: null,
        removedBy: null,
        removalReason: null,
      });
      await tx.manager.insert(TitleRegistration, registration);
      await audit(tx, this.clock.now(), actor, 'registration.made', `registration:${registration.id}`, {
        unit: input.unit,
      });
      return registration.id;
    });
  }

  async remove(actor: Actor, id: number, { reason }: RegistrationRemovalInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const params: unknown[] = [id, this.clock.today(), actor.name, tidy(reason)];
      const removed = await tx.query(
        `UPDATE title_registration t SET removed_on = $2, removed_by = $3, removal_reason = $4
          WHERE t.id = $1 AND t.removed_on IS NULL AND ${this.tree.inScope('t.registering_unit_id', scopeOf(actor, 'nomination.propose'), params)} RETURNING t.id`,
        params,
      );
      if (removed.length === 0) throw Refused.notFound('registration');
      await audit(tx, this.clock.now(), actor, 'registration.removed', `registration:${id}`, {});
    });
  }

  async list(actor: Actor, ask: RegistrationsQuery & { readonly id?: number }): Promise<RegistrationPage> {
    const q = reader(this.db);
    const params: unknown[] = [];
    const scope = scopeOf(actor, 'nomination.read');
    const where = [
      't.removed_on IS NULL',
      `(${this.tree.inScope('t.registering_unit_id', scope, params)} OR ${this.tree.inScope('t.unit_id', scope, params)})`,
      `(t.classification <> 'RESTRICTED' OR ${this.tree.inScope('t.unit_id', scopeOf(actor, 'restricted.read'), params)})`,
    ];
    if (ask.unit) where.push(this.tree.inScope('t.unit_id', subtree(await this.tree.idOf(q, ask.unit, scope)), params));
    if (ask.id) where.push(`t.id = $${params.push(ask.id)}`);
    if (ask.year) where.push(`t.year = $${params.push(ask.year)}`);
    if (ask.form) where.push(`t.form = $${params.push(ask.form)}`);
    const words = wordsOf(ask.q);
    if (words) where.push(`to_tsvector('simple', t.name_folded) @@ to_tsquery('simple', $${params.push(words)})`);
    if (ask.after) where.push(`t.id < $${params.push(ask.after)}`);
    const limit = ask.limit ?? PAGE;
    const removable = this.tree.inScope('t.registering_unit_id', scopeOf(actor, 'nomination.propose'), params);
    const rows = await q.query<
      Omit<RegistrationView, 'registeringUnit' | 'unit'> & { unitId: number; byUnitId: number }
    >(
      `SELECT t.id, t.registering_unit_id AS "byUnitId", t.class AS "recipientClass", t.name, t.unit_id AS "unitId", t.birth_year AS "birthYear",
              t.form, coalesce((SELECT name FROM award_form f WHERE f.code = t.form ORDER BY valid_from DESC LIMIT 1), t.form) AS "formName",
              t.year, t.registered_on AS "registeredOn", t.recorded_by AS "recordedBy", ${removable} AS removable
         FROM title_registration t WHERE ${where.join(' AND ')} ORDER BY t.id DESC LIMIT $${params.push(limit + 1)}`,
      params,
    );
    const page = rows.slice(0, limit);
    const refs = await this.tree.refs(
      q,
      page.flatMap((row) => [row.unitId, row.byUnitId]),
    );
    const items = page.map(({ unitId, byUnitId, ...row }) => ({
      ...row,
      registeringUnit: refs.get(byUnitId) ?? null,
      unit: refs.get(unitId) ?? null,
    }));
    return { items, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
  }

  async one(actor: Actor, id: number): Promise<RegistrationView> {
    const { items } = await this.list(actor, { id });
    const [found] = items;
    if (!found) throw Refused.notFound('registration');
    return found;
  }
}
