import type { Day, Level } from '@lib/kernel';
import type { EventPlan, EventRequest, EventWorld, LaterEvent, Version } from '@lib/units';

/** The first stands for ever before, the last for ever after. */
export const DAYS: readonly Day[] = Array.from({ length: 9 }, (_, index) => `2025-01-0${index + 1}`);
const LEVELS: readonly Level[] = ['CONFEDERATION', 'PROVINCIAL_FEDERATION', 'DIRECT_UPPER_UNION', 'GRASSROOTS_UNION'];
export const rank = (level: string): number => LEVELS.indexOf(level as Level);
export const levelOf = (index: number): Level => LEVELS[index % LEVELS.length]!;

/** A unit on one day. */
export interface OneDay {
  readonly parent: number | null;
  readonly name: string;
  readonly level: string;
  readonly suspended: boolean;
}

/** Every unit on every day, written out: nothing to merge, cut or join. */
export type DayTable = ReadonlyMap<number, readonly (OneDay | null)[]>;

/** An event that was accepted, in the ids it got; `before`: the versions that it replaced. */
export interface Recorded {
  readonly ask: EventRequest;
  readonly founded: readonly number[];
  readonly before: ReadonlyMap<number, readonly Version[]>;
  readonly roles: EventPlan['roles'];
  standing: boolean;
}

export const START: readonly [unit: number, parent: number | null, level: number][] = [
  [1, null, 0],
  [2, 1, 1],
  [3, 1, 1],
  [4, 2, 2],
  [5, 2, 2],
  [6, 4, 3],
];

export function startTable(): DayTable {
  return new Map(
    START.map(([unit, parent, level]) => {
      const day = { parent, name: `Đơn vị ${unit}`, level: levelOf(level), suspended: false };
      return [unit, DAYS.map(() => day)];
    }),
  );
}

export function startVersions(): Map<number, readonly Version[]> {
  return new Map(
    START.map(([unit, parentId, level]) => [
      unit,
      [
        {
          vfrom: '-infinity',
          vto: 'infinity',
          parentId,
          level: levelOf(level),
          kind: null,
          name: `Đơn vị ${unit}`,
          suspended: false,
        },
      ],
    ]),
  );
}

/** What the event says, day by day, in the plainest words. Ids as in the request. */
export function told(table: DayTable, ask: EventRequest): DayTable {
  const result = new Map([...table].map(([unit, days]) => [unit, [...days]]));
  const at = (unit: number, index: number) => result.get(unit)?.[index] ?? null;
  const put = (unit: number, index: number, day: OneDay | null) => {
    if (!result.has(unit))
      result.set(
        unit,
        DAYS.map(() => null),
      );
    result.get(unit)![index] = day;
  };
  const ends = ask.kind === 'MERGE' || ask.kind === 'SPLIT' || ask.kind === 'DISSOLVE';
  const heir = ask.kind === 'MERGE' && ask.complete ? (ask.successors[0] ?? null) : null;
  for (const [index, day] of DAYS.entries()) {
    if (day < ask.from) continue;
    for (const { id, parentId: parent, name, level } of ask.founded)
      put(id, index, { parent, name, level, suspended: false });
    for (const unit of result.keys()) {
      const now = at(unit, index);
      if (!now) continue;
      if (ends && now.parent !== null && ask.units.includes(now.parent)) {
        const to = ask.subUnits.get(unit) ?? heir;
        if (to !== null) put(unit, index, { ...now, parent: to });
      }
      if (!ask.units.includes(unit)) continue;
      if (ends && ask.complete) put(unit, index, null);
      else if (!ends && (ask.until === null || day < ask.until))
        put(unit, index, {
          parent: ask.parentId ?? now.parent,
          name: ask.name ?? now.name,
          level: ask.level ?? now.level,
          suspended: ask.kind === 'SUSPEND' ? !ask.resumes : now.suspended,
        });
    }
  }
  return result;
}

/** What is wrong with a table on some day: a unit without its parent, one above itself, one that ranks above its parent. */
export function faults(table: DayTable): string[] {
  const found: string[] = [];
  for (const index of DAYS.keys())
    for (const [unit, days] of table) {
      const now = days[index];
      if (!now || now.parent === null) continue;
      const upper = table.get(now.parent)?.[index];
      if (!upper) found.push(`${unit} is an orphan on day ${index}`);
      else if (rank(now.level) < rank(upper.level)) found.push(`${unit} ranks above ${now.parent} on day ${index}`);
      const walked = [unit];
      for (let up: number | null = now.parent; up !== null; up = table.get(up)?.[index]?.parent ?? null) {
        if (walked.includes(up)) {
          found.push(`${unit} lies in a circle on day ${index}`);
          break;
        }
        walked.push(up);
      }
    }
  return found;
}

/** Versions day by day; two that share a day are a fault of the test's subject, told by throwing. */
export function tableOf(versions: ReadonlyMap<number, readonly Version[]>): DayTable {
  return new Map(
    [...versions].map(([unit, list]) => [
      unit,
      DAYS.map((day, index) => {
        const last = index === DAYS.length - 1;
        const holding = list.filter(
          (v) => (v.vfrom === '-infinity' || v.vfrom <= day) && (v.vto === 'infinity' || (day < v.vto && !last)),
        );
        if (holding.length > 1) throw new Error(`unit ${unit} has two places on ${day}`);
        const [v] = holding;
        return v ? { parent: v.parentId, name: v.name, level: v.level, suspended: v.suspended } : null;
      }),
    ]),
  );
}

/** What the rules may see of a country that is held in memory. */
export function worldOf(
  versions: ReadonlyMap<number, readonly Version[]>,
  log: readonly Recorded[],
  from: Day,
): EventWorld {
  const children = new Map<number, number[]>();
  for (const [unit, list] of versions)
    for (const v of list)
      if (v.parentId !== null && (v.vto === 'infinity' || v.vto > from))
        children.set(v.parentId, [...new Set([...(children.get(v.parentId) ?? []), unit])]);
  const later = log.flatMap(({ ask, roles, standing }): LaterEvent[] =>
    standing && ask.from > from
      ? roles.map(({ unit, role, founded }) => {
          const { kind, complete } = ask;
          return { unitId: unit, kind, from: ask.from, role, founded, complete, decision: null };
        })
      : [],
  );
  return { versions, children, later, nameOf: (unit) => `Đơn vị ${unit}` };
}

/** The request with the ids that the founded units got. */
export function grounded(ask: EventRequest, ids: ReadonlyMap<number, number>): EventRequest {
  const idOf = (unit: number): number => ids.get(unit) ?? unit;
  return {
    ...ask,
    successors: ask.successors.map(idOf),
    founded: ask.founded.map((one) => ({ ...one, id: idOf(one.id), parentId: idOf(one.parentId) })),
    subUnits: new Map([...ask.subUnits].map(([unit, to]) => [unit, idOf(to)])),
    parentId: ask.parentId === null ? null : idOf(ask.parentId),
  };
}

export function sameTable(a: DayTable, b: DayTable): boolean {
  return a.size === b.size && [...a].every(([unit, days]) => sameDays(days, b.get(unit)));
}

function sameDays(days: readonly (OneDay | null)[], others: readonly (OneDay | null)[] | undefined): boolean {
  return days.every((one, index) => {
    const other = others?.[index];
    if (!one || !other) return one === other;
    const { parent, name, level, suspended } = one;
    return parent === other.parent && name === other.name && level === other.level && suspended === other.suspended;
  });
}
