import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FollowingGrants } from '@lib/access';
import { Desk } from '@lib/desk';
import { Restatements } from '@lib/figures';
import { Refused, type Actor, type Day, type Role } from '@lib/kernel';
import { Clock, reader, rehearse, transact, type Queryable, type Tx } from '@lib/platform';
import { AskedPeriods } from '@lib/summaries';
import { TreeDifference, UnitTree, type Lens, type PlacementDifference } from '@lib/units';
import { Application, type Applied } from './application.service.js';
import { OpenWork } from './open-work.service.js';
import { endingUnits, successorCodes } from './plan.rules.js';
import { Reorganisation } from './reorganisation.entity.js';
import { ReorganisationScope } from './reorganisation-scope.js';
import { RehearsalViews } from './rehearsal.views.js';
import { REORGANISATION_WORKFLOW } from './reorganisation.workflow.js';
import type { RehearsalListQuery } from './reorganisations.dto.js';
import type { PlacementPage, RehearsalView, RehearsedFigures } from './reorganisations.views.js';

/** All that was measured, by ids; a reader is shown what lies in his scope. */
export interface Rehearsed {
  readonly placements: readonly PlacementDifference[];
  /** Names of units that the event founds: they have no row afterwards. */
  readonly founded: readonly { readonly id: number; readonly code: string }[];
  readonly unitsBelow: number;
  readonly accounts: readonly RehearsedAccount[];
  readonly moreAccounts: number;
  readonly tasks: number;
  readonly moves: readonly { readonly fromUnitId: number; readonly toUnitId: number; readonly people: number }[];
  readonly summaries: readonly RehearsedSummary[];
  readonly moreSummaries: Readonly<Record<Lens, number>>;
  readonly warnings: RehearsalView['warnings'];
}

export interface RehearsedAccount {
  readonly name: string;
  readonly role: Role;
  readonly unitId: number;
  readonly fromUnitId: number | null;
  readonly gains: number;
  readonly losses: number;
}

export interface RehearsedSummary {
  readonly lens: Lens;
  readonly unitId: number;
  readonly from: Day;
  readonly to: Day;
  readonly asked: boolean;
  readonly before: RehearsedFigures;
  readonly after: RehearsedFigures;
}

/** Asked summaries that are looked at, and changed ones that are told with their figures; the rest is counted. */
const MOST_PERIODS = 2_000;
const MOST_SUMMARIES = 60;
const MOST_ACCOUNTS = 500;

/**
 * What applying would change, found by applying it in a transaction that is taken back: rehearsal and application cannot
 * differ. The tree is locked as long as it takes.
 */
@Injectable()
export class Rehearsals {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly difference: TreeDifference,
    private readonly grants: FollowingGrants,
    private readonly desk: Desk,
    private readonly restatements: Restatements,
    private readonly asked: AskedPeriods,
    private readonly scope: ReorganisationScope,
    private readonly application: Application,
    private readonly openWork: OpenWork,
    private readonly views: RehearsalViews,
  ) {}

  /** @throws Refused as the application would be, save for open work that is not decided */
  async rehearse(actor: Actor, id: number): Promise<RehearsalView> {
    await this.mustRead(reader(this.db), actor, id);
    const { body, version } = await rehearse(this.db, async (tx) => {
      const row = await this.locked(tx, actor, id);
      const measured = { version: row.version, body: await this.measure(tx, actor, row) };
      return measured;
    });
    await transact(this.db, (tx) =>
      tx.query(
        `INSERT INTO reorganisation_rehearsal (reorganisation_id, version, at, by, body) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (reorganisation_id) DO UPDATE SET version = excluded.version, at = excluded.at, by = excluded.by, body = excluded.body`,
        [id, version, this.clock.now(), actor.name, JSON.stringify(body)],
      ),
    );
    return this.last(actor, id);
  }

  /** The last rehearsal, as this reader may see it. @throws Refused `rehearsal.not_found` */
  async last(actor: Actor, id: number): Promise<RehearsalView> {
    const q = reader(this.db);
    const { body, at, by, current } = await this.stored(q, actor, id);
    const row = await this.db.manager.findOneByOrFail(Reorganisation, { id });
    const sums = this.openWork.sums(await this.openWork.judged(q, actor, row));
    return { at, by, current, openWork: sums, ...(await this.views.shown(q, actor, body)) };
  }

  async placements(actor: Actor, id: number, ask: RehearsalListQuery): Promise<PlacementPage> {
    const q = reader(this.db);
    const { body } = await this.stored(q, actor, id);
    return this.views.placements(q, actor, body, ask);
  }

  private async stored(
    q: Queryable,
    actor: Actor,
    id: number,
  ): Promise<{ body: Rehearsed; at: Date; by: string; current: boolean }> {
    await this.mustRead(q, actor, id);
    const [found] = await q.query<{ body: Rehearsed; at: Date; by: string; current: boolean }>(
      `SELECT h.body, h.at, h.by, h.version = r.version AS current FROM reorganisation_rehearsal h JOIN reorganisation r ON r.id = h.reorganisation_id
        WHERE r.id = $1`,
      [id],
    );
    if (!found) throw Refused.notFound('rehearsal');
    return found;
  }

  /** Only those above all that takes part look at a rehearsal. */
  private async mustRead(q: Queryable, actor: Actor, id: number): Promise<void> {
    if (!(await this.scope.holds(q, actor, 'reorganisation.read', id))) throw Refused.notFound('reorganisation');
  }

  private async locked(tx: Tx, actor: Actor, id: number): Promise<Reorganisation> {
    const applies = await this.scope.holds(tx, actor, 'reorganisation.apply', id);
    const permission = applies ? 'reorganisation.apply' : 'reorganisation.prepare';
    const row = await this.scope.lock(tx, actor, permission, id, null);
    REORGANISATION_WORKFLOW.next(row.state, 'apply');
    return row;
  }

  private async measure(tx: Tx, actor: Actor, row: Reorganisation): Promise<Rehearsed> {
    const ending = await this.tree.idsOf(tx, [...endingUnits(row.kind, row.plan)], { everywhere: true });
    const before = await this.tree.changeKnownOn(tx, null);
    const tasks = await this.desk.waitingAt(tx, [...ending.values()]);
    const applied = await this.application.perform(tx, actor, row);
    await this.difference.lookAhead(tx, this.clock.today(), row.from);
    const after = await this.tree.changeKnownOn(tx, null);
    const founded = new Set((row.plan.successors ?? []).flatMap(({ found }) => found?.code ?? []));
    const successors = await this.tree.idsOf(tx, successorCodes(row.plan), { everywhere: true });
    const accounts = await this.accounts(tx, row, before, applied);
    const asWas = await this.summaries(tx, row, { before, after, lens: 'as-was' });
    const asIs = await this.summaries(tx, row, { before, after, lens: 'as-is' });
    return {
      placements: await this.difference.placements(tx, before, row.from),
      founded: [...successors].flatMap(([code, id]) => (founded.has(code) ? [{ id, code }] : [])),
      unitsBelow: (await this.difference.moved(tx, before, 'as-was')).length,
      accounts: accounts.slice(0, MOST_ACCOUNTS),
      moreAccounts: Math.max(0, accounts.length - MOST_ACCOUNTS),
      tasks,
      moves: applied.moves.map(({ fromUnitId, toUnitId, people }) => ({ fromUnitId, toUnitId, people })),
      summaries: [...asWas.told, ...asIs.told],
      moreSummaries: { 'as-was': asWas.more, 'as-is': asIs.more },
      warnings: applied.warnings,
    };
  }

  private async accounts(
    tx: Tx,
    row: Reorganisation,
    before: number,
    { grants }: Applied,
  ): Promise<RehearsedAccount[]> {
    const reach = new Map((await this.difference.reach(tx, before, row.from)).map((one) => [one.unitId, one] as const));
    const given = new Set(grants.map(({ accountId, role, toUnitId }) => `${accountId}/${role}/${toUnitId}`));
    const holders = await this.grants.holders(tx, [...reach.keys()]);
    const names = await this.grants.names(
      tx,
      grants.map(({ accountId }) => accountId),
    );
    const follow = grants.map(({ accountId, role, fromUnitId, toUnitId }) => ({
      name: names.get(accountId) ?? '',
      role,
      unitId: toUnitId,
      fromUnitId,
      gains: 0,
      losses: 0,
    }));
    const keep = holders
      .filter(({ accountId, role, unitId }) => !given.has(`${accountId}/${role}/${unitId}`))
      .map(({ name, role, unitId }) => ({
        name,
        role,
        unitId,
        fromUnitId: null,
        gains: reach.get(unitId)?.gains ?? 0,
        losses: reach.get(unitId)?.losses ?? 0,
      }));
    return [...follow, ...keep];
  }

  /** Summaries that somebody asked for, and those of the year of the effective day, where figures become others. */
  private async summaries(
    tx: Tx,
    row: Reorganisation,
    { before, after, lens }: { before: number; after: number; lens: Lens },
  ): Promise<{ told: RehearsedSummary[]; more: number }> {
    const moved = await this.difference.moved(tx, before, lens);
    const above = await this.difference.above(tx, before, lens);
    const since = lens === 'as-was' ? row.from : '1900-01-01';
    const asked = await this.asked.of(tx, above, lens, since, MOST_PERIODS);
    const known = new Set(asked.map(({ unitId, from, to }) => `${unitId}/${from}/${to}`));
    const year = row.from.slice(0, 4);
    const standing = above
      .map((unitId) => ({ unitId, from: `${year}-01-01`, to: `${year}-12-31` }))
      .filter(({ unitId, from, to }) => !known.has(`${unitId}/${from}/${to}`));
    const changed = await this.restatements.deltas(tx, { before, after, lens, moved }, [...asked, ...standing]);
    const told = changed
      .map((one) => ({ ...one, asked: known.has(`${one.unitId}/${one.from}/${one.to}`) }))
      .sort((a, b) => Number(b.asked) - Number(a.asked) || weight(b.delta) - weight(a.delta))
      .slice(0, MOST_SUMMARIES);
    const found: RehearsedSummary[] = [];
    for (const { unitId, from, to, asked: isAsked, delta } of told) {
      const was = await this.restatements.totals(tx, { unitId, from, to, known: null, change: before, lens });
      const becomes = {
        collectives: was.collectives + delta.collectives,
        individuals: was.individuals + delta.individuals,
        prizes: was.prizes + delta.prizes,
      };
      found.push({ lens, unitId, from, to, asked: isAsked, before: was, after: becomes });
    }
    return { told: found, more: changed.length - told.length };
  }
}

function weight({ collectives, individuals, prizes }: RehearsedFigures): number {
  return Math.abs(collectives) + Math.abs(individuals) + Math.abs(prizes);
}
