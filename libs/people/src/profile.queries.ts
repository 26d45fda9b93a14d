import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { may, Refused, scopeOf, type Actor, type Day } from '@lib/kernel';
import { Clock, reader, type Queryable } from '@lib/platform';
import { ServiceRules } from '@lib/rulebook';
import { UnitTree, type UnitRef } from '@lib/units';
import type { Capacity } from './people.dto.js';
import { PeopleQueries, type PersonView } from './people.queries.js';
import { recordsOf } from './person.sql.js';
import { serviceYears, type ServiceYears } from './service-years.rules.js';

export interface MembershipView {
  readonly id: number;
  readonly unit: UnitRef | null;
  /** Null: not known since when. */
  readonly from: Day | null;
  /** First day after; null while it lasts. */
  readonly to: Day | null;
  readonly reason: string | null;
  readonly decision: string | null;
  /** Stands on a record that was merged into this one. */
  readonly ofMerged: boolean;
}

export interface PositionView {
  readonly id: number;
  readonly unit: UnitRef | null;
  readonly title: string;
  readonly fullTime: boolean;
  readonly leads: boolean;
  readonly from: Day;
  readonly to: Day | null;
}

export interface ServicePeriodView {
  readonly id: number;
  readonly unit: UnitRef | null;
  readonly capacity: Capacity;
  readonly title: string | null;
  readonly from: Day;
  readonly to: Day | null;
}

/** A record that is found under this one. */
export interface MergedRecord extends PersonView {
  /** The record it was merged into: this one, or one that was merged later. */
  readonly into: number;
  readonly on: Day;
  readonly by: string;
  readonly reason: string;
}

export interface PersonAccount {
  readonly id: number;
  readonly username: string;
  readonly name: string;
}

export interface PersonProfile extends PersonView {
  readonly recordedOn: Day;
  readonly memberships: readonly MembershipView[];
  readonly positions: readonly PositionView[];
  readonly servicePeriods: readonly ServicePeriodView[];
  /** By each rule in force. */
  readonly serviceYears: readonly ServiceYears[];
  readonly merged: readonly MergedRecord[];
  /** Proposals that this and another record of the reader's are one person. */
  readonly duplicates: number;
  /** Null for those who keep no accounts. */
  readonly accounts: readonly PersonAccount[] | null;
}

type WithUnitId<Row> = Omit<Row, 'unit'> & { readonly unitId: number | null };

const SPAN = `nullif(x.vfrom, '-infinity') AS "from", nullif(x.vto, 'infinity') AS "to"`;

/** One person whole, the records merged into it included. */
@Injectable()
export class Profiles {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly people: PeopleQueries,
    private readonly rules: ServiceRules,
  ) {}

  /** @param on until which day years of service count. @throws Refused `person.not_found` outside the scope */
  async of(actor: Actor, asked: number, on: Day = this.clock.today()): Promise<PersonProfile> {
    const q = reader(this.db);
    const found = await this.people.inScope(q, actor, asked);
    const view = found && (await this.people.view(q, found.id));
    if (!view) throw Refused.notFound('person');
    const { id } = view;
    const [row] = await q.query<{ recordedOn: Day }>(`SELECT recorded_on AS "recordedOn" FROM person WHERE id = $1`, [
      id,
    ]);
    const servicePeriods = await this.servicePeriods(q, actor, id);
    const rules = await this.rules.inForce(q, on);
    return {
      ...view,
      recordedOn: row?.recordedOn ?? on,
      memberships: await this.memberships(q, actor, id),
      positions: await this.positions(q, actor, id),
      servicePeriods,
      serviceYears: rules.map((rule) => serviceYears(servicePeriods, rule, on)),
      merged: await this.merged(q, actor, id),
      duplicates: await this.duplicates(q, actor, id),
      accounts: await this.accounts(q, actor, id),
    };
  }

  private async memberships(q: Queryable, actor: Actor, id: number): Promise<MembershipView[]> {
    const rows = await q.query<WithUnitId<MembershipView>>(
      `SELECT x.id, x.unit_id AS "unitId", ${SPAN}, x.reason, x.decision, x.person_id <> $1 AS "ofMerged" FROM membership x
        WHERE x.person_id IN ${recordsOf('$1::int')} AND x.removed_on IS NULL ORDER BY x.vto DESC, x.vfrom DESC, x.id DESC`,
      [id],
    );
    return this.withUnits(q, actor, rows);
  }

  private async positions(q: Queryable, actor: Actor, id: number): Promise<PositionView[]> {
    const rows = await q.query<WithUnitId<PositionView>>(
      `SELECT x.id, x.unit_id AS "unitId", x.title, x.full_time AS "fullTime", x.leads, ${SPAN} FROM person_position x
        WHERE x.person_id IN ${recordsOf('$1::int')} AND x.removed_on IS NULL ORDER BY x.vto DESC, x.vfrom DESC, x.id`,
      [id],
    );
    return this.withUnits(q, actor, rows);
  }

  private async servicePeriods(q: Queryable, actor: Actor, id: number): Promise<ServicePeriodView[]> {
    const rows = await q.query<WithUnitId<ServicePeriodView>>(
      `SELECT x.id, x.unit_id AS "unitId", x.capacity, x.title, ${SPAN} FROM service_period x
        WHERE x.person_id IN ${recordsOf('$1::int')} AND x.removed_on IS NULL ORDER BY x.vfrom DESC, x.id`,
      [id],
    );
    return this.withUnits(q, actor, rows);
  }

  /** Of merged records only those that the reader may see by themselves: another unit's name for the person is not his to know. */
  private async merged(q: Queryable, actor: Actor, id: number): Promise<MergedRecord[]> {
    const params: unknown[] = [id];
    const mine = this.people.visible(actor, 'person.read', params);
    const rows = await q.query<Pick<MergedRecord, 'id' | 'into' | 'on' | 'by' | 'reason'>>(
      `SELECT p.id, m.kept_id AS into, m.merged_on AS "on", m.merged_by AS "by", m.reason
         FROM person p JOIN person_merge m ON m.merged_id = p.id AND m.unmerged_on IS NULL WHERE p.identity_id = $1 AND ${mine} ORDER BY m.id`,
      params,
    );
    const views = await this.people.views(
      q,
      await this.people.rows(
        q,
        rows.map((row) => row.id),
      ),
    );
    return rows.flatMap((row) => {
      const view = views.find((one) => one.id === row.id);
      return view ? [{ ...view, ...row }] : [];
    });
  }

  private async duplicates(q: Queryable, actor: Actor, id: number): Promise<number> {
    const params: unknown[] = [id];
    const seen = ['person.merge', 'person.read'] as const;
    const other = seen.map((permission) => this.people.visible(actor, permission, params, 'o')).join(' AND ');
    const self = this.people.visible(actor, 'person.merge', params, 's');
    const [row] = await q.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM person_duplicate d JOIN person s ON s.id = $1
         JOIN person o ON o.id = CASE WHEN d.a_id = $1 THEN d.b_id ELSE d.a_id END AND o.identity_id IS NULL
        WHERE d.state = 'OPEN' AND $1 IN (d.a_id, d.b_id) AND ${other} AND ${self}`,
      params,
    );
    return row?.count ?? 0;
  }

  private async accounts(q: Queryable, actor: Actor, id: number): Promise<PersonAccount[] | null> {
    if (!may(actor, 'account.manage')) return null;
    const params: unknown[] = [id];
    const mine = this.tree.inScope('g.unit_id', scopeOf(actor, 'account.manage'), params);
    return q.query<PersonAccount>(
      `SELECT a.id, a.username, a.name FROM account_person ap JOIN account a ON a.id = ap.account_id
        WHERE ap.person_id IN ${recordsOf('$1::int')} AND EXISTS (SELECT 1 FROM account_grant g WHERE g.account_id = a.id AND ${mine}) ORDER BY a.id`,
      params,
    );
  }

  /** A restricted unit is named only to those who see it. */
  private async withUnits<Row extends { readonly unitId: number | null }>(
    q: Queryable,
    actor: Actor,
    rows: readonly Row[],
  ): Promise<(Omit<Row, 'unitId'> & { unit: UnitRef | null })[]> {
    const units = rows.flatMap((row) => row.unitId ?? []);
    const restricted = await this.tree.restricted(q, units);
    const refs = new Map(await this.tree.refs(q, units));
    const seen = await this.tree.idsOf(
      q,
      [...restricted].flatMap((unit) => refs.get(unit)?.code ?? []),
      scopeOf(actor, 'unit.read'),
    );
    for (const unit of restricted) if (!seen.has(refs.get(unit)?.code ?? '')) refs.delete(unit);
    return rows.map(({ unitId, ...row }) => ({ ...row, unit: unitId === null ? null : (refs.get(unitId) ?? null) }));
  }
}
