import * as fc from 'fast-check';
import { addDays, type Day } from '@lib/kernel';
import { awards, plus, total, NOTHING, type Vector } from './counts.model.js';
import { added, Book, bookKey, contributions, figure, lines, shares, type Asked } from './figures.model.js';
import { concrete, FIRST_DAY, founding, histories, type Try } from './history.js';
import { asked, questions } from './questions.js';
import { refusal } from './rules.model.js';
import { BEGINNING, END } from './tree.model.js';
import { World, type Op } from './world.model.js';

/** fast-check prints the seed and the shrunk history of a failure. */
const SEED = 20_231_206;
const RUNS = 1_000;
const TIMEOUT_MS = 300_000;
const EVER = { from: BEGINNING, to: END };

/** Lives a history; `watch` sees every accepted command with the world before and after. */
function live(
  parents: readonly number[],
  tries: readonly Try[],
  watch: (op: Op, before: World, after: World) => void,
): World {
  const world = new World(FIRST_DAY);
  for (const op of founding(parents)) world.write(op);
  for (const attempt of tries) {
    if (attempt.do === 'wait') world.today = addDays(world.today, attempt.days);
    if (attempt.do === 'wait' || attempt.do === 'apply') continue;
    const op = concrete(world, attempt);
    if (!op || refusal(world, op) !== null) continue;
    const before = world.copy();
    world.write(op);
    watch(op, before, world);
  }
  return world;
}

function check(property: (parents: number[], tries: Try[]) => void): void {
  fc.assert(
    fc.property(histories(30), ({ parents, tries }) => property(parents, tries)),
    { seed: SEED, numRuns: RUNS },
  );
}

/** All that a batch and its parts count together, wherever they were received. */
function counted(world: World, id: number): Vector {
  return total(world.downFrom(id).flatMap((one) => world.postingsOf(one)));
}

function revokedOf(world: World, id: number): Vector {
  return total(
    world.downFrom(id).flatMap((one) => {
      const { revoked, lines } = world.batch(one);
      return [
        revoked,
        ...lines.filter((line) => line.state === 'REVOKED').map(({ cls }) => ({ ...NOTHING, [cls]: 1 })),
      ];
    }),
  );
}

/** What a batch and its parts counted before anything was revoked. */
const gross = (world: World, id: number): Vector => plus(counted(world, id), revokedOf(world, id));
const outermost = (world: World, id: number): number => world.upFrom(id).at(-1)!;
const allLive = (world: World, id: number): boolean => world.downFrom(id).every((one) => world.batch(one).live);
const noUnsplit = (world: World, id: number): boolean => world.batch(id).facts.stated.unsplit === null;
const everyoneAsks = (world: World, period: { from: Day; to: Day }): Asked[] =>
  world.tree.units.map((unit) => ({ unit, ...period }));

describe('the counting book as a pure model', () => {
  it(
    'sums its parts to its totals: lines, contributions, sub-units and the own rest',
    () => {
      fc.assert(
        fc.property(histories(30), questions(4), ({ parents, tries }, asks) => {
          const world = live(parents, tries, () => undefined);
          for (const ask of asks) {
            const question = asked(world, ask);
            const then = question.known === null ? world : world.asOf(question.known);
            const whole = figure(then, question);
            expect(
              total([...lines(then, question, (posting, seen) => `${posting.batch % 3} ${seen.relation}`).values()]),
            ).toMatchObject(whole);
            const own = contributions(then, question).filter(
              (one) => one.unit === question.unit || one.seen.relation === 'TO_OUTSIDE',
            );
            expect(plus(total([...shares(then, question).values()]), total(own))).toEqual(whole);
          }
        }),
        { seed: SEED, numRuns: RUNS },
      );
    },
    TIMEOUT_MS,
  );

  it(
    'counts nothing twice: once from wherever it is seen, and once from all roots together',
    () => {
      check((parents, tries) => {
        const world = live(parents, tries, () => undefined);
        const all = total(world.postings);
        const received = (unit: number): Vector =>
          total(contributions(world, { unit, ...EVER }).filter((one) => one.seen.relation !== 'TO_OUTSIDE'));
        for (const unit of world.tree.units) {
          const seen = contributions(world, { unit, ...EVER }).map((one) => `${one.batch} ${one.line}`);
          expect(new Set(seen).size).toBe(seen.length);
        }
        const roots = world.postings.map((one) => world.tree.chain(one.unit, one.facts.to).at(-1)!);
        for (const root of new Set(roots)) {
          const below = total(world.postings.filter((_, index) => roots[index] === root));
          const elsewhere = contributions(world, { unit: root, ...EVER }).filter(
            (one) => one.seen.relation !== 'TO_OUTSIDE' && world.tree.chain(one.unit, one.facts.to).at(-1) !== root,
          );
          expect(plus(received(root), total(elsewhere), -1)).toEqual(below);
        }
        expect(
          total([...new Set(roots)].map((root) => total(world.postings.filter((_, index) => roots[index] === root)))),
        ).toEqual(all);
      });
    },
    TIMEOUT_MS,
  );

  it(
    'prints the stated figure of a container, less what was revoked, whatever is named within it',
    () => {
      check((parents, tries) => {
        const world = live(parents, tries, () => undefined);
        for (const [id, { facts, partOf }] of world.batches.entries()) {
          if (partOf !== null || !allLive(world, id)) continue;
          const { stated } = facts;
          const now = gross(world, id);
          const unstatedLines = (name: 'coll' | 'indiv' | 'hh'): number =>
            stated.unsplit === null && stated[name] === null
              ? world.batch(id).lines.filter((line) => line.cls === name && line.state !== 'REMOVED').length
              : 0;
          const said = (['coll', 'indiv', 'hh'] as const).map((name) => (stated[name] ?? 0) + unstatedLines(name));
          expect(awards(now)).toBe(said.reduce((a, b) => a + b, stated.unsplit ?? 0));
          if (stated.unsplit === null && (stated.coll ?? stated.indiv ?? stated.hh) !== null)
            expect([now.coll, now.indiv, now.hh, now.unsplit]).toEqual([...said, 0]);
        }
      });
    },
    TIMEOUT_MS,
  );

  it(
    'leaves the total of a container alone when a part or a line of it becomes known',
    () => {
      check((parents, tries) => {
        live(parents, tries, (op, before, after) => {
          if (op.do !== 'record' && op.do !== 'addLines' && op.do !== 'link') return;
          const container = outermost(after, op.do === 'record' ? after.batches.length - 1 : op.id);
          const isNew = container === before.batches.length;
          if (isNew || (op.do !== 'record' && container === op.id) || !allLive(after, container)) return;
          const [was, is] = [gross(before, container), gross(after, container)];
          expect(awards(is)).toBe(awards(was));
          if (noUnsplit(after, container)) expect(onlyAwards(is)).toEqual(onlyAwards(was));
        });
      });
    },
    TIMEOUT_MS,
  );

  it(
    'moves the total by exactly what was revoked, from the day of the revocation on and not before',
    () => {
      check((parents, tries) => {
        live(parents, tries, (op, before, after) => {
          if (!op.do.startsWith('revoke') || !('id' in op)) return;
          const gone = plus(total(before.postingsOf(op.id)), total(after.postingsOf(op.id)), -1);
          if (op.do === 'revokeLine') expect(awards(gone)).toBe(1);
          if (op.do === 'revokeCounts')
            expect(onlyAwards(gone)).toEqual(onlyAwards({ ...NOTHING, ...present(op.counts) }));
          if (op.do === 'revokeWhole') expect(gone).toEqual(total(before.postingsOf(op.id)));
          expect(plus(total(before.postings), total(after.postings), -1)).toEqual(gone);
          const dayBefore = addDays(after.today, -1);
          for (const question of everyoneAsks(after, EVER))
            expect(figure(after.asOf(dayBefore), question)).toEqual(figure(before.asOf(dayBefore), question));
        });
      });
    },
    TIMEOUT_MS,
  );

  it(
    'never moves a total of days before a backdated change of the tree takes effect',
    () => {
      check((parents, tries) => {
        live(parents, tries, (op, before, after) => {
          if (op.do !== 'place' || op.from === BEGINNING) return;
          const until = addDays(op.from, -1);
          for (const from of [BEGINNING, addDays(until, -20)])
            for (const question of everyoneAsks(before, { from, to: until }))
              expect(figure(after, question)).toEqual(figure(before, question));
        });
      });
    },
    TIMEOUT_MS,
  );

  it(
    'keeps event by event what a count from nothing finds, on every day known',
    () => {
      check((parents, tries) => {
        const book = new Book();
        const world = live(parents, tries, (op, before, after) => {
          if (op.do === 'place') return;
          const id = op.do === 'record' ? after.batches.length - 1 : op.id;
          const moved = op.do === 'record' ? [] : before.upFrom(id);
          book.post(after, [...after.upFrom(id), ...moved]);
        });
        for (const day of new Set(world.written.map((one) => one.on)))
          expect(book.asOf(day)).toEqual(added(world.asOf(day).postings.map((posting) => [bookKey(posting), posting])));
      });
    },
    TIMEOUT_MS,
  );
});

function onlyAwards({ coll, indiv, hh, unsplit }: Vector): object {
  return { coll, indiv, hh, unsplit };
}

function present(counts: object): Partial<Vector> {
  return Object.fromEntries(Object.entries(counts).filter(([, value]) => value !== null));
}
