import * as fc from 'fast-check';
import { addDays, lastOfMonth, type Day } from '@lib/kernel';
import { BEGINNING, END } from './tree.model.js';
import { isStated, type Stated } from './counts.model.js';
import type { Facts, Giver, NewLine, Op, World } from './world.model.js';

/**
 * What an officer might try next, in numbers that mean something only in the world of the moment: `concrete` turns it
 * into a command. Most are well formed; the rest must be refused.
 */
export type Try =
  | { do: 'wait'; days: number }
  | { do: 'apply' }
  | { do: 'found'; parent: number; begin: number | null; end: number | null }
  | { do: 'move'; unit: number; parent: number; back: number; days: number | null }
  | { do: 'record'; facts: TryFacts; lines: TryLine[]; within: number | null }
  | { do: 'addLines'; batch: number; lines: TryLine[] }
  | { do: 'correct'; batch: number; what: number; facts: TryFacts }
  | { do: 'link'; batch: number; container: number | null }
  | { do: 'removeLine'; batch: number; line: number }
  | { do: 'revokeLine'; batch: number; line: number }
  | { do: 'revokeCounts'; batch: number; counts: Stated }
  | { do: 'revokeWhole'; batch: number };

interface TryFacts {
  kind: number;
  unit: number;
  back: number;
  span: number;
  reason: boolean;
  givers: { how: number; unit: number }[];
  stated: Stated;
}

interface TryLine {
  cls: number;
  unit: number;
  gender: number;
  person: number;
}

export const FIRST_DAY: Day = '2021-03-10';
const SPANS = [0, 0, 3, 27, 80, 150];

export const nat = (max: number): fc.Arbitrary<number> => fc.nat({ max });
const count = (max: number): fc.Arbitrary<number | null> => fc.option(nat(max), { freq: 3 });
const vector = (max: number): fc.Arbitrary<Stated> =>
  fc.record({
    coll: count(max),
    indiv: count(max),
    hh: fc.option(nat(max), { freq: 1 }),
    unsplit: fc.option(nat(max), { freq: 1 }),
    women: fc.option(nat(2), { freq: 1 }),
  });
const stated = fc.oneof(
  { weight: 3, arbitrary: vector(9).filter(isStated) },
  { weight: 1, arbitrary: fc.constant({ coll: null, indiv: null, hh: null, unsplit: null, women: null }) },
);
const line: fc.Arbitrary<TryLine> = fc.record({ cls: nat(5), unit: nat(9), gender: nat(2), person: nat(7) });
const facts: fc.Arbitrary<TryFacts> = fc.record({
  kind: nat(5),
  unit: nat(9),
  back: fc.integer({ min: -2, max: 120 }),
  span: nat(SPANS.length - 1),
  reason: fc.boolean(),
  givers: fc.array(fc.record({ how: nat(5), unit: nat(9) }), { minLength: 1, maxLength: 2 }),
  stated,
});
const batch = nat(20);

const attempt: fc.Arbitrary<Try> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), days: nat(25) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('apply' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('found' as const),
      parent: nat(9),
      begin: fc.option(nat(100)),
      end: fc.option(nat(100), { freq: 1 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('move' as const),
      unit: nat(9),
      parent: nat(10),
      back: fc.integer({ min: -20, max: 120 }),
      days: fc.option(nat(90)),
    }),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constant('record' as const),
      facts,
      lines: fc.array(line, { maxLength: 3 }),
      within: fc.option(batch),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('addLines' as const),
      batch,
      lines: fc.array(line, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('correct' as const), batch, what: nat(6), facts }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('link' as const), batch, container: fc.option(batch, { freq: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('removeLine' as const), batch, line: nat(5) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('revokeLine' as const), batch, line: nat(5) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('revokeCounts' as const), batch, counts: vector(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('revokeWhole' as const), batch }) },
);

/** A tree of five units, and what is tried in it. */
export const histories = (longest: number): fc.Arbitrary<{ parents: number[]; tries: Try[] }> =>
  fc.record({
    parents: fc.tuple(nat(0), nat(1), nat(2), nat(3)),
    tries: fc.array(attempt, { minLength: Math.floor(longest / 2), maxLength: longest, size: 'max' }),
  });

export function founding(parents: readonly number[]): Op[] {
  return [null, ...parents].map((parent, unit) => ({ do: 'place', unit, parent, from: BEGINNING, until: END }));
}

export const pick = <T>(from: readonly T[], at: number): T => from[at % from.length]!;

/** The command that a try means now; null when there is nothing it could be about. */
export function concrete(world: World, attempt: Exclude<Try, { do: 'wait' | 'apply' }>): Op | null {
  const { units } = world.tree;
  if (attempt.do === 'found') {
    const from = attempt.begin === null ? BEGINNING : addDays(world.today, -attempt.begin);
    const until = attempt.end === null ? END : addDays(world.today, 60 - attempt.end);
    return {
      do: 'place',
      unit: units.length,
      parent: pick(units, attempt.parent),
      from,
      until: until > from ? until : END,
    };
  }
  if (attempt.do === 'move') {
    const from = addDays(world.today, -attempt.back);
    const unit = pick(units, attempt.unit);
    const parent = attempt.parent === 10 ? null : pick(units, attempt.parent);
    return parent === unit
      ? null
      : { do: 'place', unit, parent, from, until: attempt.days === null ? END : addDays(from, attempt.days + 1) };
  }
  if (attempt.do === 'record') return recorded(world, attempt);
  if (world.batches.length === 0) return null;
  const id = attempt.batch % world.batches.length;
  const { facts, lines } = world.batch(id);
  if (attempt.do === 'addLines')
    return { do: 'addLines', id, lines: attempt.lines.map((one) => lineOf(world, one, facts)) };
  if (attempt.do === 'correct') return { do: 'correct', id, changes: changesOf(world, attempt.what, attempt.facts) };
  if (attempt.do === 'link') return linked(world, id, attempt.container);
  if (attempt.do === 'removeLine' || attempt.do === 'revokeLine')
    return lines.length === 0 ? null : { do: attempt.do, id, line: attempt.line % lines.length };
  return attempt.do === 'revokeCounts' ? { do: attempt.do, id, counts: attempt.counts } : { do: attempt.do, id };
}

function recorded(world: World, attempt: Try & { do: 'record' }): Op {
  const container = attempt.within === null ? null : containerFor(world, attempt.within);
  const facts =
    container === null
      ? factsOf(world, attempt.facts)
      : inside(world, factsOf(world, attempt.facts), world.batch(container).facts, attempt.facts);
  const lines = attempt.lines.map((one) => lineOf(world, one, facts));
  return { do: 'record', facts, lines, partOf: container };
}

/** Any batch, but mostly one that can contain others, the innermost first: parts of parts are where sums go wrong. */
function containerFor(world: World, at: number): number | null {
  const all = [...world.batches.keys()];
  const able = all.filter((id) => world.batch(id).live && isStated(world.batch(id).facts.stated));
  if (at % 4 > 0 && able.length > 0)
    return pick(able.toSorted((a, b) => world.upFrom(b).length - world.upFrom(a).length).slice(0, 3), at);
  return all.length === 0 ? null : pick(all, at);
}

function factsOf(world: World, given: TryFacts): Facts {
  const from = addDays(world.today, -given.back);
  const to = given.span === 3 ? lastOfMonth(from) : addDays(from, pick(SPANS, given.span));
  const givers = given.givers.map((one): Giver => {
    const unit = pick(world.tree.units, one.unit);
    if (one.how === 0) return { outside: true };
    return one.how === 1 ? { within: unit } : { unit };
  });
  return {
    kind: given.kind === 0 ? 'RECOGNITION' : 'AWARD',
    unit: pick(world.tree.units, given.unit),
    from,
    to,
    reason: given.reason ? 'sáng kiến' : null,
    givers,
    stated: given.stated,
  };
}

/** The same facts brought within a container, as a part mostly is. */
function inside(world: World, facts: Facts, container: Facts, given: TryFacts): Facts {
  if (given.back < 5) return facts;
  const below = world.tree.units.filter((unit) => world.tree.chain(unit, container.to).includes(container.unit));
  const to = given.span === 0 && container.from < container.to ? addDays(container.to, -1) : container.to;
  const from = given.span < 3 ? to : container.from;
  const unit = below.length > 0 ? pick(below, given.unit) : facts.unit;
  return {
    ...facts,
    kind: container.kind,
    unit,
    from,
    to,
    stated: given.kind < 2 ? facts.stated : fitting(facts.stated, container.stated),
  };
}

/** Only classes that the container states, too. */
function fitting(part: Stated, container: Stated): Stated {
  if (container.unsplit !== null) return part;
  const only = (name: 'coll' | 'indiv' | 'hh'): number | null => (container[name] === null ? null : part[name]);
  const [coll, indiv, hh] = [only('coll'), only('indiv'), only('hh')];
  return { coll, indiv, hh, unsplit: part.unsplit, women: indiv === null ? null : part.women };
}

function lineOf(world: World, { cls, unit, gender, person }: TryLine, facts: Facts): NewLine {
  const below = world.tree.units.filter((one) => world.tree.chain(one, facts.to).includes(facts.unit));
  const where = below.length === 0 || unit === 9 ? pick(world.tree.units, unit) : pick(below, unit);
  const kind = cls < 2 ? 'coll' : cls < 5 ? 'indiv' : 'hh';
  if (kind !== 'indiv') return { cls: kind, unit: where, gender: null, person: null };
  // A person's gender does not change from paper to paper.
  if (person < 3) return { cls: kind, unit: where, gender: person === 0 ? 'FEMALE' : 'MALE', person };
  return { cls: kind, unit: where, gender: pick([null, 'FEMALE', 'MALE'] as const, gender), person: null };
}

function changesOf(world: World, what: number, given: TryFacts): Partial<Omit<Facts, 'kind'>> {
  const { unit, from, to, reason, givers, stated } = factsOf(world, given);
  if (what <= 2) return { stated };
  if (what === 3) return { from, to };
  if (what === 4) return { unit };
  return what === 5 ? { reason } : { givers };
}

function linked(world: World, id: number, container: number | null): Op {
  if (container === null) return { do: 'link', id, partOf: null };
  const { facts } = world.batch(id);
  // Mostly one that could hold it: drawn at random, hardly any would.
  const holding = [...world.batches.keys()].filter((other) => {
    const { unit, from, to, kind } = world.batch(other).facts;
    return (
      other !== id &&
      kind === facts.kind &&
      from <= facts.from &&
      facts.to <= to &&
      world.tree.chain(facts.unit, facts.to).includes(unit)
    );
  });
  return {
    do: 'link',
    id,
    partOf: holding.length > 0 && container % 5 !== 0 ? pick(holding, container) : container % world.batches.length,
  };
}
