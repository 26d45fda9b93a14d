import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FollowingGrants, type FollowedGrant } from '@lib/access';
import { printDay, Refused, tidy, type Actor, type Warning } from '@lib/kernel';
import { Memberships } from '@lib/people';
import { audit, Clock, Steps, transact, type Tx } from '@lib/platform';
import { Desk } from '@lib/desk';
import { UnitEvents, UnitTree } from '@lib/units';
import type { HandedOver, OpenWorkKind } from './open-work.js';
import { OpenWork, type JudgedWork } from './open-work.service.js';
import { endingUnits, successorCodes } from './plan.rules.js';
import type { MovedPeople, Reorganisation } from './reorganisation.entity.js';
import { ReorganisationScope } from './reorganisation-scope.js';
import { REORGANISATION_WORKFLOW } from './reorganisation.workflow.js';
import type { ReorganisationStepInput, ReversalInput } from './reorganisations.dto.js';
import { mustBeReady, reorganisationLink, sameHands, Saving } from './saving.service.js';

/** What an application did; a rehearsal tells it before. */
export interface Applied {
  readonly work: readonly JudgedWork[];
  readonly grants: readonly FollowedGrant[];
  readonly moves: readonly MovedPeople[];
  readonly warnings: readonly Warning[];
}

interface DoneWork extends HandedOver {
  readonly kind: OpenWorkKind;
}

/** The tree, open work, roles and memberships change together, or nothing does. */
@Injectable()
export class Application {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly steps: Steps,
    private readonly desk: Desk,
    private readonly tree: UnitTree,
    private readonly events: UnitEvents,
    private readonly grants: FollowingGrants,
    private readonly memberships: Memberships,
    private readonly scope: ReorganisationScope,
    private readonly openWork: OpenWork,
    private readonly saving: Saving,
  ) {}

  /** @throws Refused `reorganisations.not_yet`, `reorganisations.open_work_undecided`, those of unit events and of the rooms */
  async apply(actor: Actor, id: number, { version }: ReorganisationStepInput): Promise<readonly Warning[]> {
    return transact(this.db, async (tx) => {
      const row = await this.scope.lock(tx, actor, 'reorganisation.apply', id, version);
      REORGANISATION_WORKFLOW.next(row.state, 'apply');
      await this.scope.place(tx, actor, 'reorganisation.apply', row.plan, row.from);
      return this.applyNow(tx, actor, row);
    });
  }

  /** Of a row that is locked, by somebody who may. */
  async applyNow(tx: Tx, actor: Actor, row: Reorganisation): Promise<readonly Warning[]> {
    mustBeReady(row);
    if (row.from > this.clock.today()) {
      const message = `Ngày hiệu lực ${printDay(row.from)} chưa đến: hãy duyệt để tự thực hiện đúng ngày.`;
      throw new Refused('reorganisations.not_yet', message, 'from', 'conflict');
    }
    this.openWork.mustBeDecided(await this.openWork.judged(tx, actor, row));
    const { warnings } = await this.perform(tx, actor, row);
    row.heldUp = null;
    row.state = await this.steps.take(tx, actor, REORGANISATION_WORKFLOW, row, 'apply');
    await this.saving.save(tx, actor, row);
    for (const task of ['apply', 'correct']) await this.desk.close(tx, actor, `reorganisation.${task}:${row.id}`);
    await this.tell(tx, actor, row, 'applied', 'đã có hiệu lực');
    await audit(tx, this.clock.now(), actor, 'reorganisation.apply', `reorganisation:${row.id}`, {
      event: row.eventId,
      moves: row.moves,
    });
    return [...warnings, ...sameHands(actor, row)];
  }

  /**
   * Everything that it does, in the caller's transaction: the rehearsal does the same and takes it back. Work that nobody
   * has decided on stays where it is.
   */
  async perform(tx: Tx, actor: Actor, row: Reorganisation): Promise<Applied> {
    const office = { ...actor, everywhere: true };
    const work = await this.openWork.judged(tx, actor, row);
    const { plan, kind, from } = row;
    const today = this.clock.today();
    // Only a rehearsal comes without one: then its day is none to be warned of.
    const decision = {
      number: row.decisionNumber ?? '—',
      day: row.decisionDay ?? (from < today ? from : today),
      body: row.decisionBody,
    };
    const event = await this.events.record(tx, office, { ...plan, kind, from, decision, note: row.note });
    row.eventId = event.id;
    const ending = await this.tree.idsOf(tx, [...endingUnits(kind, plan)], { everywhere: true });
    const successors = await this.tree.idsOf(tx, successorCodes(plan), { everywhere: true });
    await tx.query(
      `INSERT INTO reorganisation_unit (reorganisation_id, unit_id) SELECT $1, unnest($2::int[]) ON CONFLICT DO NOTHING`,
      [row.id, [...successors.values()]],
    );
    await this.settleWork(tx, office, row, work);
    await this.followTasks(tx, row, [...ending.values()], [...successors.values()]);
    const grants = await this.followGrants(tx, office, row, [...ending.values()], [...successors.values()]);
    row.moves = await this.movePeople(tx, office, row, [...ending.values()], [...successors.values()]);
    return { work, grants, moves: row.moves, warnings: event.warnings };
  }

  /** @throws Refused `reorganisations.worked_on_since` with what was done since, those of unit events */
  async reverse(actor: Actor, id: number, input: ReversalInput): Promise<readonly Warning[]> {
    return transact(this.db, async (tx) => {
      const row = await this.scope.lock(tx, actor, 'reorganisation.apply', id, input.version);
      const reason = tidy(input.reason);
      row.state = await this.steps.take(tx, actor, REORGANISATION_WORKFLOW, row, 'reverse', reason);
      const office = { ...actor, everywhere: true };
      const done = await this.handedOver(tx, id);
      await this.mustBeUntouched(tx, actor, done);
      for (const kind of this.openWork.kinds()) {
        const of = done.filter((one) => one.kind === kind);
        if (of.length > 0) await this.openWork.room(kind).takeBack(tx, office, of);
      }
      await tx.query(
        `UPDATE reorganisation_work SET taken_back_on = $2 WHERE reorganisation_id = $1 AND outcome = 'HAND_OVER'`,
        [id, this.clock.today()],
      );
      for (const { fromUnitId, toUnitId, ids } of row.followedTasks)
        await this.desk.handOver(tx, toUnitId, fromUnitId, { ids });
      for (const { move } of row.moves) await this.memberships.moveAllBack(tx, office, move);
      const given = await tx.query<{ id: number }>(
        `SELECT grant_id AS id FROM reorganisation_grant WHERE reorganisation_id = $1`,
        [id],
      );
      await this.tell(tx, actor, row, 'reversed', 'đã được đảo lại');
      await this.grants.end(
        tx,
        office,
        given.map((grant) => grant.id),
      );
      const counter = await this.events.reverse(tx, office, row.eventId ?? 0, {
        decision: input.decision,
        note: reason,
      });
      row.counterEventId = counter.id;
      await this.saving.save(tx, actor, row);
      await audit(tx, this.clock.now(), actor, 'reorganisation.reverse', `reorganisation:${id}`, { reason });
      return [...counter.warnings, ...(await this.closedForGood(tx, id))];
    });
  }

  private async settleWork(tx: Tx, actor: Actor, row: Reorganisation, work: readonly JudgedWork[]): Promise<void> {
    const receivers = await this.tree.idsOf(tx, [...new Set(work.flatMap(({ to }) => to ?? []))], { everywhere: true });
    const reason = `Do sắp xếp tổ chức: ${row.title}`;
    for (const kind of this.openWork.kinds()) {
      const room = this.openWork.room(kind);
      const of = work.filter((one) => one.kind === kind);
      for (const [code, toUnitId] of receivers) {
        const refs = of.filter(({ outcome, to }) => outcome === 'HAND_OVER' && to === code).map(refOf);
        if (refs.length === 0) continue;
        for (const done of await room.handOver(tx, actor, refs, toUnitId, row.from))
          await this.remember(tx, row, { ...done, kind }, 'HAND_OVER', toUnitId);
      }
      const refs = of.filter(({ outcome }) => outcome === 'CLOSE').map(refOf);
      if (refs.length === 0) continue;
      await room.close(tx, actor, refs, reason);
      for (const ref of refs) await this.remember(tx, row, { ...ref, kind, mark: '', trace: {} }, 'CLOSE', null);
    }
  }

  private async remember(
    tx: Tx,
    row: Reorganisation,
    { kind, id, unitId, mark, trace }: DoneWork,
    outcome: 'HAND_OVER' | 'CLOSE',
    toUnitId: number | null,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO reorganisation_work (reorganisation_id, kind, record_id, unit_id, outcome, to_unit_id, mark, trace)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [row.id, kind, id, unitId, outcome, toUnitId, mark, JSON.stringify(trace)],
    );
  }

  /** Whatever else waits on the desk of a unit that ends waits at its successor, or above it. */
  private async followTasks(
    tx: Tx,
    row: Reorganisation,
    ending: readonly number[],
    successors: readonly number[],
  ): Promise<void> {
    const chains = await this.tree.lastChains(tx, ending, row.from);
    const [only, ...others] = successors;
    const followed = [];
    for (const fromUnitId of ending) {
      const toUnitId = only !== undefined && others.length === 0 ? only : chains.get(fromUnitId)?.[1];
      if (toUnitId === undefined) continue;
      const ids = await this.desk.handOver(tx, fromUnitId, toUnitId);
      if (ids.length > 0) followed.push({ fromUnitId, toUnitId, ids });
    }
    row.followedTasks = followed;
  }

  private async followGrants(
    tx: Tx,
    actor: Actor,
    row: Reorganisation,
    ending: readonly number[],
    successors: readonly number[],
  ): Promise<FollowedGrant[]> {
    const moves = ending.flatMap((from) => successors.map((to) => ({ from, to })));
    if (moves.length === 0) return [];
    const given = await this.grants.follow(tx, actor, moves, row.from);
    await tx.query(
      `INSERT INTO reorganisation_grant (reorganisation_id, grant_id, account_id, role, from_unit_id, to_unit_id)
       SELECT $1, * FROM unnest($2::int[], $3::int[], $4::text[], $5::int[], $6::int[])`,
      [
        row.id,
        given.map(({ id }) => id),
        given.map(({ accountId }) => accountId),
        given.map(({ role }) => role),
        given.map(({ fromUnitId }) => fromUnitId),
        given.map(({ toUnitId }) => toUnitId),
      ],
    );
    return given;
  }

  /** Members go where there is one place to go; after a split a person says who goes where. */
  private async movePeople(
    tx: Tx,
    actor: Actor,
    row: Reorganisation,
    ending: readonly number[],
    successors: readonly number[],
  ): Promise<MovedPeople[]> {
    const [toUnitId, ...others] = successors;
    if (toUnitId === undefined || others.length > 0) return [];
    const today = this.clock.today();
    const day = row.from < today ? row.from : today;
    const moves: MovedPeople[] = [];
    for (const fromUnitId of ending)
      moves.push({ fromUnitId, toUnitId, ...(await this.memberships.moveAll(tx, actor, fromUnitId, toUnitId, day)) });
    return moves;
  }

  /** Those with a role on a unit that takes part are told once. */
  private async tell(tx: Tx, actor: Actor, row: Reorganisation, what: string, words: string): Promise<void> {
    const named = [...endingUnits(row.kind, row.plan), ...successorCodes(row.plan), ...row.plan.units];
    const units = await this.tree.idsOf(tx, [...new Set(named)], { everywhere: true });
    for (const unitId of units.values())
      await this.desk.tell(
        tx,
        {
          key: `reorganisation.${what}:${row.id}`,
          unitId,
          permission: 'reorganisation.read',
          title: `Sắp xếp tổ chức ${words}: ${row.title}`,
          why: `Hiệu lực từ ${printDay(row.from)}. Vai trò và việc đang làm của đơn vị có thể đã thay đổi.`,
          link: reorganisationLink(row.id),
        },
        actor,
      );
  }

  private handedOver(tx: Tx, id: number): Promise<DoneWork[]> {
    return tx.query<DoneWork>(
      `SELECT kind, record_id AS id, unit_id AS "unitId", mark, trace FROM reorganisation_work
        WHERE reorganisation_id = $1 AND outcome = 'HAND_OVER' AND taken_back_on IS NULL ORDER BY reorganisation_work.id`,
      [id],
    );
  }

  private async mustBeUntouched(tx: Tx, actor: Actor, done: readonly DoneWork[]): Promise<void> {
    const details = [];
    for (const kind of this.openWork.kinds()) {
      const of = done.filter((one) => one.kind === kind);
      const worked = of.length === 0 ? [] : await this.openWork.room(kind).workedOn(tx, of);
      if (worked.length > 0) details.push(await this.openWork.workedOnSince(tx, actor, kind, worked, of));
    }
    if (details.length > 0) throw Refused.all(details, 'conflict');
  }

  private async closedForGood(tx: Tx, id: number): Promise<Warning[]> {
    const [row] = await tx.query<{ closed: number }>(
      `SELECT count(*)::int AS closed FROM reorganisation_work WHERE reorganisation_id = $1 AND outcome = 'CLOSE'`,
      [id],
    );
    if (!row || row.closed === 0) return [];
    const message = `${row.closed} việc đã kết thúc cùng đơn vị không tự mở lại; cần thì lập lại.`;
    return [{ code: 'reorganisations.closed_for_good', field: null, message }];
  }
}

function refOf({ id, unitId }: JudgedWork): { id: number; unitId: number } {
  return { id, unitId };
}
