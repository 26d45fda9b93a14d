import * as fc from 'fast-check';
import { addDays, firstOfMonth, lastOfMonth, type Day } from '@lib/kernel';
import type { Asked } from './figures.model.js';
import { nat, pick } from './history.js';
import type { World } from './world.model.js';

/** What a leader might ask next: any unit, an odd day, month, year or wide span, now or as known on a day. */
export interface TryQuestion {
  unit: number;
  how: number;
  back: number;
  days: number;
  known: number | null;
}

export const questions = (many: number): fc.Arbitrary<TryQuestion[]> =>
  fc.array(
    fc.record({
      unit: nat(9),
      how: nat(5),
      back: fc.integer({ min: -60, max: 260 }),
      days: nat(200),
      known: fc.option(nat(120)),
    }),
    { minLength: many, maxLength: many },
  );

/** A question about the world, and the day whose knowledge counts (null: now). */
export function asked(world: World, { unit, how, back, days, known }: TryQuestion): Asked & { known: Day | null } {
  const from = addDays(world.today, -back);
  const period = [
    { from, to: addDays(from, days) },
    { from, to: from },
    { from: firstOfMonth(from), to: lastOfMonth(from) },
    { from: firstOfMonth(from), to: lastOfMonth(addDays(from, days)) },
    { from: `${from.slice(0, 4)}-01-01`, to: `${from.slice(0, 4)}-12-31` },
    { from: addDays(from, -400), to: addDays(from, 400) },
  ];
  return {
    unit: pick(world.tree.units, unit),
    ...pick(period, how),
    known: known === null ? null : addDays(world.today, -known),
  };
}
