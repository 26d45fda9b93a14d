import type { Day } from '@lib/kernel';
import { isNothing, NOTHING, plus, total, type Vector } from './counts.model.js';
import { anchor } from './rules.model.js';
import type { Posting, World } from './world.model.js';

/** Asked of a world that stands as it was known on the day in question. */
export interface Asked {
  readonly unit: number;
  readonly from: Day;
  readonly to: Day;
}

export type RelationName = 'OWN' | 'FROM_ABOVE' | 'OUTSIDE_BODY' | 'TO_OUTSIDE';

export interface Seen {
  readonly relation: RelationName;
  /** Above the leading conferring body only its level is named. */
  readonly byLevel: boolean;
}

export interface FigureRow extends Vector {
  itemColl: number;
  itemIndiv: number;
  named: number;
}

/** How a unit sees a posting, by the tree of the posting's own day; null when it does not. */
export function seenBy(world: World, unit: number, { unit: receiver, facts }: Posting): Seen | null {
  const up = world.tree.chain(receiver, facts.to);
  if (up.length === 0) return null;
  const anchors = facts.givers.map(anchor).filter((one) => one !== null);
  const given = anchors.some((one) => world.tree.chain(one, facts.to).includes(unit));
  const received = up.includes(unit);
  if (!given && !received) return null;
  const lead = anchor(facts.givers[0]!);
  const byLevel = lead !== null && lead !== unit && world.tree.chain(lead, facts.to).includes(unit);
  if (!received) return { relation: 'TO_OUTSIDE', byLevel };
  if (given) return { relation: 'OWN', byLevel };
  return { relation: anchors.length > 0 ? 'FROM_ABOVE' : 'OUTSIDE_BODY', byLevel };
}

function visible(world: World, unit: number): (Posting & { seen: Seen })[] {
  return world.postings.flatMap((posting) => {
    const seen = seenBy(world, unit, posting);
    return seen ? [{ ...posting, seen }] : [];
  });
}

/** Inside: the period contains the fact's interval (design §1.8). */
function inside({ from, to }: Asked): (posting: Posting) => boolean {
  return ({ facts }) => from <= facts.from && facts.to <= to;
}

function cut({ from, to }: Asked): (posting: Posting) => boolean {
  return ({ facts }) => facts.from <= to && from <= facts.to && !(from <= facts.from && facts.to <= to);
}

/** What the unit sees wholly inside the period, posting by posting. */
export function contributions(world: World, asked: Asked): (Posting & { seen: Seen })[] {
  return visible(world, asked.unit).filter(inside(asked));
}

/** `label` gives the printed line of a posting; what it leaves out is added together. */
export function lines(
  world: World,
  asked: Asked,
  label: (posting: Posting, seen: Seen) => string,
): Map<string, FigureRow> {
  const rows = new Map<string, FigureRow>();
  for (const posting of contributions(world, asked)) {
    const key = label(posting, posting.seen);
    const held = rows.get(key) ?? { ...NOTHING, itemColl: 0, itemIndiv: 0, named: 0 };
    const item = posting.line === null ? 0 : 1;
    rows.set(key, {
      ...plus(held, posting),
      itemColl: held.itemColl + item * posting.coll,
      itemIndiv: held.itemIndiv + item * posting.indiv,
      named: held.named + (posting.person === null ? 0 : posting.indiv),
    });
  }
  for (const [key, row] of rows)
    if (isNothing(row) && row.itemColl === 0 && row.itemIndiv === 0 && row.named === 0) rows.delete(key);
  return rows;
}

export function figure(world: World, asked: Asked): Vector {
  return total(contributions(world, asked));
}

/** What was received below each direct sub-unit, by kind. */
export function shares(world: World, asked: Asked): Map<string, Vector> {
  const rows = new Map<string, Vector>();
  for (const posting of contributions(world, asked)) {
    const up = world.tree.chain(posting.unit, posting.facts.to);
    const kid = up[up.indexOf(asked.unit) - 1];
    if (kid === undefined || !up.includes(asked.unit)) continue;
    const key = `${kid} ${posting.facts.kind}`;
    rows.set(key, plus(rows.get(key) ?? NOTHING, posting));
  }
  return rows;
}

/** Records that the period cuts: listed, not counted. */
export function undated(world: World, asked: Asked): Map<number, Vector> {
  const rows = new Map<number, Vector>();
  for (const posting of visible(world, asked.unit).filter(cut(asked)))
    rows.set(posting.batch, plus(rows.get(posting.batch) ?? NOTHING, posting));
  for (const [batch, { coll, indiv, hh, unsplit }] of rows) if (!coll && !indiv && !hh && !unsplit) rows.delete(batch);
  return rows;
}

/** Different people among the named individuals. */
export function people(world: World, asked: Asked, kind: string): number {
  const found = contributions(world, asked).filter(({ person, facts }) => person !== null && facts.kind === kind);
  return new Set(found.map(({ person, unit }) => `${unit}/${person}`)).size;
}

/** The book as it is kept: differences posted event by event, never touched again. */
export class Book {
  readonly entries: { key: string; v: Vector; on: Day; batch: number }[] = [];

  /** Posts the difference between what the given records say now and what has been posted for them before. */
  post(world: World, ids: readonly number[]): void {
    const change = new Map<string, Vector>();
    const add = (key: string, v: Vector, sign: number): void =>
      void change.set(key, plus(change.get(key) ?? NOTHING, v, sign));
    for (const id of new Set(ids)) {
      for (const posting of world.postingsOf(id)) add(bookKey(posting), posting, 1);
      for (const entry of this.entries) if (entry.batch === id) add(entry.key, entry.v, -1);
    }
    for (const [key, v] of change)
      if (!isNothing(v)) this.entries.push({ key, v, on: world.today, batch: Number(key.split(' ')[0]) });
  }

  /** The sums known at the end of a day. */
  asOf(day: Day): Map<string, Vector> {
    return added(this.entries.filter((entry) => entry.on <= day).map(({ key, v }) => [key, v]));
  }
}

export function bookKey({ batch, line, unit, person, facts }: Posting): string {
  return `${batch} ${line} ${unit} ${person} ${facts.from} ${facts.to} ${facts.reason} ${JSON.stringify(facts.givers)}`;
}

export function added(rows: readonly (readonly [string, Vector])[]): Map<string, Vector> {
  const sums = new Map<string, Vector>();
  for (const [key, v] of rows) sums.set(key, plus(sums.get(key) ?? NOTHING, v));
  for (const [key, v] of sums) if (isNothing(v)) sums.delete(key);
  return sums;
}
