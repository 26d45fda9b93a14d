import * as fc from 'fast-check';
import { Refused, type Level } from '@lib/kernel';
import {
  planEvent,
  UNIT_EVENT_KINDS,
  type EventPlan,
  type EventRequest,
  type UnitEventKind,
  type Version,
} from '@lib/units';
import {
  DAYS,
  faults,
  grounded,
  levelOf,
  startTable,
  startVersions,
  tableOf,
  told,
  worldOf,
  type DayTable,
  type Recorded,
} from './events.model.js';

/** One attempt: numbers that are taken modulo what there is. `reverse` takes an earlier event back. */
export type Attempt =
  | {
      readonly do: 'record';
      readonly kind: UnitEventKind;
      readonly from: number;
      readonly picks: readonly number[];
      readonly flags: readonly boolean[];
    }
  | { readonly do: 'reverse'; readonly which: number };

export function attempts(most: number): fc.Arbitrary<Attempt[]> {
  const event = fc.record({
    do: fc.constant('record' as const),
    kind: fc.constantFrom(...UNIT_EVENT_KINDS, 'MERGE' as const, 'SPLIT' as const, 'DISSOLVE' as const),
    from: fc.integer({ min: 1, max: DAYS.length - 2 }),
    picks: fc.array(fc.nat(60), { minLength: 10, maxLength: 10 }),
    flags: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
  });
  const reverse = fc.record({ do: fc.constant('reverse' as const), which: fc.nat(20) });
  return fc.array(fc.oneof({ weight: 4, arbitrary: event }, { weight: 1, arbitrary: reverse }), {
    minLength: 2,
    maxLength: most,
  });
}

/** What came of an attempt: the code of the refusal, or the plan. */
export interface Outcome {
  readonly ask: EventRequest;
  readonly refusal: string | null;
  readonly plan: EventPlan | null;
  /** The table that the event's words alone would make, right or wrong. */
  readonly told: DayTable;
}

/** A country in memory, twice: as versions that the rules made, and written out day by day. */
export class Country {
  versions = startVersions();
  table = startTable();
  readonly log: Recorded[] = [];
  private next = this.versions.size + 1;

  /** Ids of units founded by the next accepted event, in its order. */
  idsFor(ask: EventRequest): Map<number, number> {
    return new Map(ask.founded.map((one, index) => [one.id, this.next + index]));
  }

  plan(ask: EventRequest): Outcome {
    const words = told(this.table, ask);
    try {
      const plan = planEvent(ask, worldOf(this.versions, this.log, ask.from));
      return { ask, refusal: null, plan, told: words };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { ask, refusal: error.code, plan: null, told: words };
    }
  }

  accept({ ask, plan }: Outcome): Recorded {
    if (!plan) throw new Error('a refused event is accepted');
    const ids = this.idsFor(ask);
    const idOf = (unit: number): number => ids.get(unit) ?? unit;
    const before = new Map<number, readonly Version[]>();
    for (const [unit, versions] of plan.changed) {
      before.set(idOf(unit), this.versions.get(idOf(unit)) ?? []);
      this.versions.set(
        idOf(unit),
        versions.map((v) => ({ ...v, parentId: v.parentId === null ? null : idOf(v.parentId) })),
      );
    }
    this.next += ids.size;
    const grown = grounded(ask, ids);
    const roles = plan.roles.map((role) => ({ ...role, unit: idOf(role.unit) }));
    const recorded = { ask: grown, founded: [...ids.values()], before, roles, standing: true };
    this.log.push(recorded);
    this.table = told(this.table, grown);
    return recorded;
  }

  /** False where something is built on the event; nothing has changed then. */
  reverse(event: Recorded): boolean {
    const index = this.log.indexOf(event);
    const touched = (other: Recorded) => [...other.before.keys()].some((unit) => event.before.has(unit));
    if (!event.standing || this.log.slice(index + 1).some((other) => other.standing && touched(other))) return false;
    const versions = new Map(this.versions);
    for (const [unit, list] of event.before) versions.set(unit, list);
    if (faults(tableOf(versions)).length > 0) return false;
    this.versions = versions;
    event.standing = false;
    this.table = this.replay();
    return true;
  }

  /** The table that the standing events tell, one after the other. */
  replay(): DayTable {
    const empty = this.log.flatMap((one) => one.founded).map((unit): [number, null[]] => [unit, DAYS.map(() => null)]);
    const start: DayTable = new Map([...startTable(), ...empty]);
    return this.log.filter((one) => one.standing).reduce((table, one) => told(table, one.ask), start);
  }

  /** An attempt in the units that there are. */
  request({ kind, from: index, picks, flags }: Attempt & { do: 'record' }): EventRequest {
    const all = [...this.versions.keys()];
    const pick = (at: number): number => all[picks[at]! % all.length]!;
    const [a, b] = [pick(0), pick(1)];
    const ends = kind === 'MERGE' || kind === 'SPLIT' || kind === 'DISSOLVE';
    const units = kind === 'FOUND' ? [] : kind !== 'SPLIT' && kind !== 'RENAME' && flags[0] && a !== b ? [a, b] : [a];
    const count = kind === 'FOUND' || kind === 'MERGE' ? 1 : kind === 'SPLIT' ? 2 : 0;
    const successors = Array.from({ length: count }, (_, i) =>
      kind === 'FOUND' || flags[1 + i] ? -1 - i : pick(2 + i),
    );
    const from = DAYS[index]!;
    const founded = successors
      .filter((id) => id < 0)
      .map((id) => {
        const level: Level = levelOf(1 + (picks[4]! % 3));
        return { id, name: `Đơn vị lập ngày ${from}`, level, kind: null, parentId: pick(5), field: 'successors' };
      });
    const complete = !(flags[3] && flags[4] && (kind === 'MERGE' || kind === 'SPLIT'));
    const targets = kind === 'DISSOLVE' ? [pick(6), pick(7)] : successors;
    const below = all.filter((unit) =>
      DAYS.some((day, at) => day >= from && units.includes(this.table.get(unit)?.[at]?.parent ?? -1)),
    );
    const named =
      kind === 'MERGE' && complete
        ? []
        : below.filter((unit, i) => !units.includes(unit) && picks[(i + 6) % 10]! % 9 > 0);
    const subUnits = new Map(
      ends ? named.map((unit, i) => [unit, targets[picks[(i + 8) % 10]! % targets.length]!]) : [],
    );
    const levels = kind === 'UPGRADE' || kind === 'DOWNGRADE';
    const until = DAYS[index + 1 + (picks[8]! % 3)] ?? null;
    return {
      kind,
      from,
      until: kind === 'SUSPEND' && !flags[2] && flags[3] ? until : null,
      resumes: kind === 'SUSPEND' && flags[2]!,
      complete,
      decisionDay: from,
      units,
      successors: [...new Set(successors)],
      founded,
      subUnits,
      name: kind === 'RENAME' ? `Tên ${picks[9]! % 3}` : null,
      level: levels ? levelOf(picks[4]!) : null,
      parentId: kind === 'TRANSFER' || (levels && flags[1]) ? pick(5) : null,
    };
  }
}
