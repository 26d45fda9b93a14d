import * as fc from 'fast-check';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BreakdownQueries, LineageQueries, PeriodQueries, Recompute, type Question } from '@lib/figures';
import { addDays, type Day } from '@lib/kernel';
import { Clock, reader, type Queryable } from '@lib/platform';
import { UnitTree } from '@lib/units';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { plus, total, NOTHING, type Vector } from './counts.model.js';
import { contributions, figure, lines, people, shares, undated, type Asked, type Seen } from './figures.model.js';
import { concrete, FIRST_DAY, founding, histories, type Try } from './history.js';
import { applierOf, Officer, plantOutsideBody, program } from './program.js';
import { asked, questions, type TryQuestion } from './questions.js';
import { refusal } from './rules.model.js';
import { World, type Facts, type Posting } from './world.model.js';

/** fast-check prints the seed and the shrunk history of a failure. */
const SEED = 20_200_731;
const RUNS = 100;
const LONGEST = 20;
const QUESTIONS = 4;
/** A machine too slow for all runs fails: fewer runs would pass for more. */
const TIME = { testMs: 900_000, enoughMs: 800_000 };

describe('the counting book on a database, against the pure model', () => {
  const clock = new Clock();
  let db: TestDatabase;
  let app: INestApplicationContext;
  let q: Queryable;
  let history = 0;

  beforeAll(async () => {
    db = await testDatabase({ template: 'empty' });
    clock.setTo(FIRST_DAY);
    app = await program(db.url, clock);
    await plantOutsideBody(app);
    q = reader(app.get(DataSource));
  });

  afterAll(async () => {
    await app?.close();
    await db?.drop();
  });

  it(
    'holds after any history what the records say, for any unit, period and day known',
    async () => {
      await fc.assert(
        fc.asyncProperty(histories(LONGEST), questions(QUESTIONS), async ({ parents, tries }, asks) => {
          const { world, officer } = await live(parents, tries);
          // What was known on a day is answered from what waits, too; the present from what has been applied.
          await answers(
            world,
            officer,
            asks.filter((one) => one.known !== null),
          );
          await applierOf(app).run();
          expect(await app.get(Recompute).verify()).toEqual({ ledger: 0, cells: 0 });
          await answers(world, officer, asks);
        }),
        { seed: SEED, numRuns: RUNS, interruptAfterTimeLimit: TIME.enoughMs, markInterruptAsFailure: true },
      );
    },
    TIME.testMs,
  );

  async function live(parents: readonly number[], tries: readonly Try[]): Promise<{ world: World; officer: Officer }> {
    const world = new World(FIRST_DAY);
    const officer = new Officer(app, `R${(history += 1)}`);
    clock.setTo(FIRST_DAY);
    for (const op of founding(parents)) {
      expect(await officer.tryOut(op, world)).toBeNull();
      world.write(op);
    }
    for (const attempt of tries) {
      if (attempt.do === 'wait') clock.setTo((world.today = addDays(world.today, attempt.days)));
      if (attempt.do === 'apply') await applierOf(app).run();
      if (attempt.do === 'wait' || attempt.do === 'apply') continue;
      const op = concrete(world, attempt);
      if (!op) continue;
      const no = refusal(world, op);
      const before = no === null ? null : await everythingStored();
      const answer = await officer.tryOut(op, world);
      expect({ op, refused: answer !== null, model: no, answer }).toEqual({
        op,
        refused: no !== null,
        model: no,
        answer,
      });
      if (no === null) world.write(op);
      else expect(await everythingStored()).toBe(before);
    }
    return { world, officer };
  }

  /** Rows of every table a command could have written to; a refused one leaves all of it as it was. */
  async function everythingStored(): Promise<string> {
    const tables = [
      'unit',
      'unit_version',
      'unit_change',
      'unit_chain',
      'unit_path',
      'decision',
      'award_giver',
      'award_history',
      'award_revocation',
      'person',
      'audit',
      'figure_inbox',
      'figure_dim',
      'figure_giver',
      'figure_entry',
    ];
    const rows = tables.map((table) => `(SELECT count(*) FROM ${table})`);
    const states = (table: string): string =>
      `(SELECT md5(string_agg(x::text, '|' ORDER BY id)) FROM (SELECT * FROM ${table} ORDER BY id DESC LIMIT 60) x)`;
    const [row] = await q.query<{ all: string }>(
      `SELECT concat_ws(' ', ${[...rows, states('award_batch'), states('award_line')].join(', ')}) AS all`,
    );
    return row?.all ?? '';
  }

  async function answers(world: World, officer: Officer, asks: readonly TryQuestion[]): Promise<void> {
    for (const ask of asks) {
      const { known, ...period } = asked(world, ask);
      const question = await questionOf(period, known, officer);
      const then = known === null ? world : world.asOf(known);
      if (!then.tree.units.includes(period.unit)) continue;
      await sameFigures(then, period, question, officer);
      await sameParts(then, period, question, officer);
      await sameRecords(then, period, question, officer);
    }
  }

  async function questionOf({ unit, from, to }: Asked, known: Day | null, officer: Officer): Promise<Question> {
    const [row] = await q.query<{ id: number }>(`SELECT id FROM unit WHERE code = $1`, [officer.code(unit)]);
    const change =
      known === null ? (await app.get(PeriodQueries).state(q)).change : await app.get(UnitTree).changeKnownOn(q, known);
    return { unitId: row!.id, from, to, known, change, lens: 'as-was' };
  }

  async function sameFigures(world: World, period: Asked, question: Question, officer: Officer): Promise<void> {
    const periods = app.get(PeriodQueries);
    const found = await periods.lines(q, question);
    const dims = await periods.dims(
      q,
      found.map((line) => line.dim),
    );
    const givers = await periods.givers(
      q,
      found.map((line) => line.giver),
    );
    const stored = found.map((line) => {
      const { block, level, reason } = dims.get(line.dim)!;
      const label = lineLabel(
        block,
        level,
        reason,
        givers.get(line.giver)!.map((body) => body.code ?? body.name),
        line.relation,
      );
      const { itemCollectives, itemIndividuals, named, women, womenOf } = line;
      return [
        label,
        { ...vectorOf(line), women, womenOf, itemColl: itemCollectives, itemIndiv: itemIndividuals, named },
      ] as const;
    });
    const label = ({ facts }: Posting, seen: Seen): string => modelLabel(facts, seen, officer);
    expect(new Map(stored)).toEqual(lines(world, period, label));
    expect(stored).toHaveLength(new Map(stored).size);
    expect(await periods.people(q, question, 'AWARD')).toBe(people(world, period, 'AWARD'));
  }

  /** Sub-units, and the unit's own rest: what it received itself, and what its bodies gave elsewhere. */
  async function sameParts(world: World, period: Asked, question: Question, officer: Officer): Promise<void> {
    const found = (await app.get(BreakdownQueries).shares(q, question)).filter(
      (share) => awardsOf(share) !== '0/0/0/0',
    );
    const ids = new Map<number, string>();
    for (const { id, code } of await q.query<{ id: number; code: string }>(
      `SELECT id, code FROM unit WHERE id = ANY($1)`,
      [found.map((share) => share.unitId)],
    ))
      ids.set(id, code);
    const expected = [...shares(world, period)].map(([key, v]) => {
      const [kid, kind] = key.split(' ');
      return [`${officer.code(Number(kid))} ${kind}`, awardsOf(v)] as const;
    });
    const mine = new Map(found.map((share) => [`${ids.get(share.unitId)} ${share.block}`, awardsOf(share)]));
    expect(mine).toEqual(new Map(expected.filter(([, v]) => v !== '0/0/0/0')));
    const own = contributions(world, period).filter(
      (one) => one.unit === period.unit || one.seen.relation === 'TO_OUTSIDE',
    );
    expect(awardsOf(plus(total(found.map(vectorOf)), total(own)))).toBe(awardsOf(figure(world, period)));
  }

  /** From the figure to the records that make it, and the records that the period cuts. */
  async function sameRecords(world: World, period: Asked, question: Question, officer: Officer): Promise<void> {
    const lineage = app.get(LineageQueries);
    const found = await lineage.contributions(q, question, {}, { limit: 1_000, after: null, pin: null });
    const expected = contributions(world, period).map((one) => {
      const part = one.line === null ? 0 : officer.lineId(one.batch, one.line);
      return `${officer.batchId(one.batch)} ${part} ${officer.code(one.unit)} ${one.facts.from} ${one.facts.to} ${awardsOf(one)}`;
    });
    const codes = new Map(
      (
        await q.query<{ id: number; code: string }>(`SELECT id, code FROM unit WHERE code LIKE $1`, [
          `${officer.prefix}-%`,
        ])
      ).map(({ id, code }) => [id, code]),
    );
    const rows = found.map(
      (one) => `${one.recordId} ${one.partId} ${codes.get(one.unitId)} ${one.from} ${one.to} ${awardsOf(one)}`,
    );
    expect(rows.toSorted()).toEqual(expected.filter((row) => !row.endsWith(' 0/0/0/0')).toSorted());
    expect(awardsOf(await lineage.sum(q, question, {}, null))).toBe(awardsOf(figure(world, period)));

    const cut = (await app.get(PeriodQueries).undated(q, question)).map(
      (one) => `${one.recordId} ${one.from} ${one.to} ${awardsOf(one)}`,
    );
    const listed = [...undated(world, period)].map(([batch, v]) => {
      const { from, to } = world.batch(batch).facts;
      return `${officer.batchId(batch)} ${from} ${to} ${awardsOf(v)}`;
    });
    expect(cut.toSorted()).toEqual(listed.toSorted());
    expect(awardsOf(await lineage.sum(q, question, { undated: true }, null))).toBe(
      awardsOf(total([...undated(world, period).values()])),
    );
  }
});

interface Printed {
  collectives: number;
  individuals: number;
  households: number;
  unsplit: number;
}

function vectorOf({ collectives, individuals, households, unsplit }: Printed): Vector {
  return { ...NOTHING, coll: collectives, indiv: individuals, hh: households, unsplit };
}

function awardsOf(counts: Printed | Vector): string {
  const { coll, indiv, hh, unsplit } = 'collectives' in counts ? vectorOf(counts) : counts;
  return [coll, indiv, hh, unsplit].join('/');
}

function modelLabel({ kind, reason, givers }: Facts, { relation, byLevel }: Seen, officer: Officer): string {
  const level = officer.giverLevel(givers[0]!);
  if (byLevel) return lineLabel(kind, level, null, [], relation);
  return lineLabel(
    kind,
    level,
    reason,
    givers.map((giver) => officer.giverName(giver)),
    relation,
  );
}

/** One printed line: the leading body first, the others in no order. */
function lineLabel(
  kind: string,
  level: string,
  reason: string | null,
  [lead, ...others]: readonly string[],
  relation: string,
): string {
  return [kind, level, reason, lead, ...others.toSorted(), relation].join(' | ');
}
