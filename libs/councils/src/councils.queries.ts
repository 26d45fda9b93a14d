import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, scopeOf, subtree, type Actor, type Day } from '@lib/kernel';
import { Clock, reader, type Queryable } from '@lib/platform';
import { UnitTree, type UnitRef } from '@lib/units';
import { CouncilScope } from './council-scope.js';
import type { CouncilsQuery } from './councils.dto.js';
import type { CouncilKind, MemberRole } from './councils.entity.js';

export interface MemberView {
  readonly id: number;
  readonly name: string;
  readonly role: MemberRole;
  readonly account: number | null;
  readonly person: number | null;
}

export interface CouncilView {
  readonly id: number;
  readonly unit: UnitRef | null;
  readonly kind: CouncilKind;
  readonly name: string;
  readonly validFrom: Day;
  /** First day after; null while it lasts. */
  readonly validTo: Day | null;
  readonly members: readonly MemberView[];
  readonly version: number;
  /** Whether the reader may change it and plan its sittings. */
  readonly mayKeep: boolean;
}

/** An account that may be tied to a seat: it holds something in that unit or below it. */
export interface Candidate {
  readonly account: number;
  readonly name: string;
  readonly username: string;
}

@Injectable()
export class CouncilsQueries {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly scope: CouncilScope,
  ) {}

  async list(actor: Actor, { unit }: CouncilsQuery): Promise<{ items: CouncilView[] }> {
    const q = reader(this.db);
    const params: unknown[] = [];
    const conditions = [this.scope.council(actor, params)];
    if (unit) {
      const id = await this.tree.idOf(q, unit, scopeOf(actor, 'council.read'));
      conditions.push(this.tree.inScope('c.unit_id', subtree(id), params));
    }
    return { items: await this.views(q, actor, conditions.join(' AND '), params) };
  }

  /** @throws Refused `council.not_found` */
  async view(actor: Actor, id: number): Promise<CouncilView> {
    const params: unknown[] = [id];
    const [council] = await this.views(
      reader(this.db),
      actor,
      `c.id = $1 AND ${this.scope.council(actor, params)}`,
      params,
    );
    if (!council) throw Refused.notFound('council');
    return council;
  }

  /** Accounts with a grant on the unit, for whoever keeps its councils. */
  async candidates(actor: Actor, unit: string): Promise<{ items: Candidate[] }> {
    const q = reader(this.db);
    const id = await this.tree.idOf(q, unit, scopeOf(actor, 'council.keep'));
    return { items: await this.candidatesOf(q, actor, id) };
  }

  /** Only accounts whose grant lies where the actor keeps councils: a number that was guessed names nobody. */
  async candidatesOf(q: Queryable, actor: Actor, unitId: number): Promise<Candidate[]> {
    const params: unknown[] = [this.clock.today(), unitId];
    const kept = this.tree.inScope('g.unit_id', scopeOf(actor, 'council.keep'), params);
    const within = this.tree.inScope('g.unit_id', subtree(unitId), params);
    return q.query<Candidate>(
      `SELECT a.id AS account, a.name, a.username FROM account a
         JOIN (SELECT g.account_id, bool_or(g.unit_id = $2) AS here FROM account_grant g
                WHERE g.valid_from <= $1::date AND $1::date < g.valid_to AND ${kept} AND ${within} GROUP BY g.account_id) held ON held.account_id = a.id
        WHERE NOT a.disabled ORDER BY held.here DESC, a.name, a.id LIMIT 500`,
      params,
    );
  }

  private async views(q: Queryable, actor: Actor, where: string, params: unknown[]): Promise<CouncilView[]> {
    const keeps = this.tree.inScope('c.unit_id', scopeOf(actor, 'council.keep'), params);
    const rows = await q.query<Omit<CouncilView, 'unit'> & { unitId: number }>(
      `SELECT c.id, c.unit_id AS "unitId", c.kind, c.name, c.valid_from AS "validFrom", nullif(c.valid_to, 'infinity') AS "validTo",
              c.version, ${keeps} AS "mayKeep",
              (SELECT coalesce(json_agg(json_build_object('id', m.id, 'name', m.name, 'role', m.role, 'account', m.account_id, 'person', m.person_id)
                                        ORDER BY array_position(ARRAY['CHAIR', 'VICE_CHAIR', 'MEMBER', 'SECRETARY'], m.role), m.id), '[]')
                 FROM council_member m WHERE m.council_id = c.id AND m.removed_on IS NULL) AS members
         FROM council c WHERE ${where} ORDER BY c.unit_id, c.valid_from DESC, c.id LIMIT 500`,
      params,
    );
    const refs = await this.tree.refs(
      q,
      rows.map(({ unitId }) => unitId),
    );
    return rows.map(({ unitId, ...council }) => ({ ...council, unit: refs.get(unitId) ?? null }));
  }
}
