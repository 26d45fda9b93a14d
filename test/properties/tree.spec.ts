import * as fc from 'fast-check';
import { attempts, Country, type Outcome } from './events.country.js';
import { DAYS, faults, sameTable, tableOf } from './events.model.js';

const SEED = 20_250_701;
const RUNS = 1_000;

/** Refusals that say the tree would not hold afterwards. */
const STRUCTURE = new Set([
  'units.cycle',
  'units.parent_not_valid',
  'units.level_above_parent',
  'units.level_below_sub_unit',
]);

/** Nothing before the event's first day is another one in its plan. */
function keepsThePast(country: Country, { ask, plan }: Outcome): boolean {
  if (!plan) return true;
  const past = DAYS.filter((day) => day < ask.from).length;
  return [...tableOf(plan.changed)].every(([unit, days]) => {
    const before = country.table.get(unit);
    return days.slice(0, past).every((day, at) => JSON.stringify(day) === JSON.stringify(before?.[at] ?? null));
  });
}

describe('the tree after any sequence of events', () => {
  it('is what the events say day by day; no cycle, no orphan, one place a day, nothing before the first day changes', () => {
    const seen = new Map<string, number>();
    const note = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
    fc.assert(
      fc.property(attempts(12), (tries) => {
        const country = new Country();
        for (const attempt of tries) {
          if (attempt.do === 'reverse') {
            const event = country.log[attempt.which % Math.max(1, country.log.length)];
            if (event) note(country.reverse(event) ? 'reversed' : 'not reversed');
          } else {
            const outcome = country.plan(country.request(attempt));
            const { ask, refusal, told, plan } = outcome;
            note(refusal ?? `accepted ${ask.kind}`);
            if (!keepsThePast(country, outcome)) throw new Error('the past changed');
            // Refused for its structure only where the words alone would break it.
            if (refusal && STRUCTURE.has(refusal) && faults(told).length === 0) throw new Error(`refused: ${refusal}`);
            if (plan) country.accept(outcome);
          }
          if (!sameTable(tableOf(country.versions), country.table))
            expect(tableOf(country.versions)).toEqual(country.table);
          const wrong = faults(country.table);
          if (wrong.length > 0) throw new Error(wrong.join('; '));
        }
      }),
      { seed: SEED, numRuns: RUNS },
    );
    // Each kind happened, and each refusal has been met: the histories are rich enough to fail on.
    const kinds = ['FOUND', 'RENAME', 'MERGE', 'SPLIT', 'TRANSFER', 'UPGRADE', 'DOWNGRADE', 'SUSPEND', 'DISSOLVE'];
    const codes = [
      'already_ended',
      'event_before_another',
      'merge_into_own_child',
      'sub_unit_without_outcome',
      'cycle',
    ];
    const many = [...kinds.map((kind) => `accepted ${kind}`), ...codes.map((code) => `units.${code}`)];
    expect([...many, 'reversed', 'not reversed'].filter((what) => (seen.get(what) ?? 0) < 20)).toEqual([]);
  });
});
