import type { INestApplicationContext } from '@nestjs/common';
import * as fc from 'fast-check';
import { DataSource } from 'typeorm';
import { RecordService, type RecordBatchInput } from '@lib/awards';
import { Applier, BreakdownQueries, LineageQueries, PeriodQueries, type Question } from '@lib/figures';
import { addDays, systemActor, type Day } from '@lib/kernel';
import { Clock, reader, transact, type Queryable } from '@lib/platform';
import { AskService, ComputeService, type Summary } from '@lib/summaries';
import { UnitEvents, UnitsService, type Lens, type UnitEventInput } from '@lib/units';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { Past } from './lenses.model.js';
import { program } from './program.js';

const SEED = 20_250_701;
const RUNS = 40;
const FIRST_DAY: Day = '2025-01-06';
const STEP_DAYS = 20;
const ACTOR = systemActor('lịch sử ngẫu nhiên');
const LENSES: readonly Lens[] = ['as-was', 'as-is'];

/** What happens next, in numbers that mean something only in the tree of the moment. */
type Try =
  | { do: 'award'; unit: number; giver: number; count: number; back: number }
  | { do: 'event'; kind: 'MERGE' | 'SPLIT' | 'DISSOLVE' | 'TRANSFER'; unit: number; other: number }
  | { do: 'reverse' };

const nat = fc.nat({ max: 50 });
const tries = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('award' as const),
        unit: nat,
        giver: nat,
        count: fc.integer({ min: 1, max: 9 }),
        back: fc.nat({ max: 70 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('event' as const),
        kind: fc.constantFrom('MERGE' as const, 'SPLIT' as const, 'DISSOLVE' as const, 'TRANSFER' as const),
        unit: nat,
        other: nat,
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('reverse' as const) }) },
  ),
  { minLength: 8, maxLength: 12, size: 'max' },
);

/** Random events and facts; both lenses against a model that follows parents and heirs one by one. */
describe('figures through two lenses, after any events and facts', () => {
  const clock = new Clock();
  let db: TestDatabase;
  let app: INestApplicationContext;
  let q: Queryable;
  let history = 0;

  beforeAll(async () => {
    db = await testDatabase({ template: 'empty' });
    clock.setTo(FIRST_DAY);
    app = await program(db.url, clock);
    q = reader(app.get(DataSource));
  });
  afterAll(async () => {
    await app?.close();
    await db?.drop();
  });

  it('as-is is the sum over predecessors, no event changes the days before it, and kept summaries are those computed anew', async () => {
    const seen = { carried: 0, reversed: 0 };
    await fc.assert(
      fc.asyncProperty(tries, async (attempts) => {
        const prefix = `L${(history += 1)}-`;
        const past = await plant(prefix);
        const asked = ['0', '1', '2', '4'].map((name) => prefix + name);
        if (history % 10 === 1) for (const unit of asked) for (const lens of LENSES) await ask(unit, lens);
        const applied: { event: number; before: Past }[] = [];
        for (const attempt of attempts) {
          clock.setTo((past.today = addDays(past.today, STEP_DAYS)));
          if (attempt.do === 'award') await award(past, attempt);
          else if (attempt.do === 'event') {
            const before = past.copy();
            const event = await reorganise(past, prefix, attempt);
            if (event === null) continue;
            applied.push({ event, before });
            // Days before the event are as they were.
            const until = addDays(past.today, -1);
            const around = before.parentOf(before.everybody()[attempt.unit % before.everybody().length]!);
            for (const unit of [`${prefix}0`, around ?? `${prefix}1`]) await agrees(before, unit, 'as-was', until);
          } else seen.reversed += await takeBack(past, applied);
        }
        // A third of the units each time, another third in the next history.
        const looked = past.everybody().filter((_, place) => (place + history) % 3 === 0);
        for (const lens of LENSES) for (const unit of looked) await agrees(past, unit, lens, past.today);
        seen.carried += past.everybody().filter((unit) => !past.lives(unit)).length;
        if (history % 10 === 1) for (const unit of asked) for (const lens of LENSES) await keptIsAnew(unit, lens);
      }),
      { seed: SEED, numRuns: RUNS },
    );
    expect(seen.carried).toBeGreaterThan(RUNS);
    expect(seen.reversed).toBeGreaterThan(0);
  }, 900_000);

  /** 0 over 1 and 2; 3 and 4 below 1, 5 below 2. */
  async function plant(prefix: string): Promise<Past> {
    clock.setTo(FIRST_DAY);
    const past = new Past(FIRST_DAY);
    for (const [name, parent, level] of [
      ['0', null, 'CONFEDERATION'],
      ['1', '0', 'PROVINCIAL_FEDERATION'],
      ['2', '0', 'PROVINCIAL_FEDERATION'],
      ['3', '1', 'GRASSROOTS_UNION'],
      ['4', '1', 'GRASSROOTS_UNION'],
      ['5', '2', 'GRASSROOTS_UNION'],
    ] as const) {
      const above = parent === null ? null : prefix + parent;
      const code = prefix + name;
      await app.get(UnitsService).create(ACTOR, { code, name: `Đơn vị ${code}`, level, parent: above });
      past.place(code, above);
    }
    return past;
  }

  async function award(past: Past, { unit, giver, count, back }: Try & { do: 'award' }): Promise<void> {
    const day = addDays(past.today, -back) < FIRST_DAY ? FIRST_DAY : addDays(past.today, -back);
    const there = past.unitsOn(day);
    const [to, by] = [there[unit % there.length]!, there[giver % there.length]!];
    const input: RecordBatchInput = {
      kind: 'AWARD',
      unit: to,
      conferring: [{ unit: by }],
      when: { from: day, to: day, basis: 'DECISION' },
      stated: { individuals: count },
    };
    await app.get(RecordService).record(ACTOR, input);
    past.facts.push({ unit: to, giver: by, day, count });
  }

  /** @returns the id of the event; null where there was nothing to reorganise */
  async function reorganise(past: Past, prefix: string, attempt: Try & { do: 'event' }): Promise<number | null> {
    const bases = past
      .unitsOn(past.today)
      .filter((unit) => past.below(unit).length === 0 && past.parentOf(unit) !== null);
    if (bases.length < 3) return null;
    const unit = bases[attempt.unit % bases.length]!;
    const other = bases.filter((one) => one !== unit)[attempt.other % (bases.length - 1)]!;
    const found = (parent: string) => {
      const code = `${prefix}${past.everybody().length + founded.length}`;
      founded.push([code, parent]);
      return { found: { code, name: `Đơn vị ${code}`, level: 'GRASSROOTS_UNION' as const, parent } };
    };
    const founded: [string, string][] = [];
    const above = past.parentOf(unit)!;
    const { kind } = attempt;
    const successors =
      kind === 'MERGE' ? [{ code: other }] : kind === 'SPLIT' ? [found(above), found(above)] : undefined;
    const target = past
      .unitsOn(past.today)
      .find((one) => past.below(one).length > 0 && one !== above && one !== `${prefix}0`);
    if (kind === 'TRANSFER' && !target) return null;
    const input: UnitEventInput = {
      kind,
      from: past.today,
      decision: { number: '1/QĐ', day: FIRST_DAY },
      units: [unit],
      ...(successors ? { successors } : {}),
      ...(kind === 'TRANSFER' && target ? { parent: target } : {}),
    };
    const { id } = await transact(app.get(DataSource), (tx) => app.get(UnitEvents).record(tx, ACTOR, input));
    for (const [code, parent] of founded) past.place(code, parent);
    if (kind === 'TRANSFER') past.place(unit, target!);
    else past.end(unit, kind === 'MERGE' ? other : above);
    return id;
  }

  /** Takes the last event back where nothing rests on it; the tree is again as before, and facts recorded since stay. */
  async function takeBack(past: Past, applied: { event: number; before: Past }[]): Promise<number> {
    const last = applied.at(-1);
    if (!last || past.facts.slice(last.before.facts.length).some((fact) => !last.before.knows(fact))) return 0;
    applied.pop();
    await transact(app.get(DataSource), (tx) =>
      app.get(UnitEvents).reverse(tx, ACTOR, last.event, { decision: { number: '2/QĐ', day: FIRST_DAY } }),
    );
    past.treeOf(last.before);
    return 1;
  }

  async function agrees(past: Past, unit: string, lens: Lens, to: Day): Promise<void> {
    await app.get(Applier).run();
    const [row] = await q.query<{ id: number }>(`SELECT id FROM unit WHERE code = $1`, [unit]);
    const { change } = await app.get(PeriodQueries).state(q);
    const question: Question = { unitId: row!.id, from: FIRST_DAY, to, known: null, change, lens };
    const lines = await app.get(PeriodQueries).lines(q, question);
    const total = lines.reduce((sum, line) => sum + line.individuals, 0);
    expect([unit, lens, to, total]).toEqual([unit, lens, to, past.total(unit, lens, to)]);
    expect((await app.get(LineageQueries).sum(q, question, {}, null)).individuals).toBe(total);
    const shares = await app.get(BreakdownQueries).shares(q, question);
    const parts = await q.query<{ code: string; count: number }>(
      `SELECT u.code, s.count FROM unnest($1::int[], $2::int[]) AS s (id, count) JOIN unit u ON u.id = s.id WHERE s.count <> 0 ORDER BY 1`,
      [shares.map((share) => share.unitId), shares.map((share) => share.individuals)],
    );
    expect(Object.fromEntries(parts.map((part) => [part.code, part.count]))).toEqual(past.parts(unit, lens, to));
  }

  async function ask(unit: string, lens: Lens): Promise<Summary> {
    return app.get(AskService).askNow(ACTOR, { unit, from: FIRST_DAY, to: '2025-12-31', lens });
  }

  async function keptIsAnew(unit: string, lens: Lens): Promise<void> {
    const kept = await ask(unit, lens);
    await q.query(
      `UPDATE summary SET freshness = 'STALE', body = NULL, touched_book = touched_book + 1, touched_other = touched_other + 1, touched_wide = touched_wide + 1
        WHERE lens = $2 AND unit_id = (SELECT id FROM unit WHERE code = $1)`,
      [unit, lens],
    );
    await app.get(ComputeService).run();
    const anew = await ask(unit, lens);
    // Of a period that runs, the day on which strengths were read is that of the computing.
    const plain = (one: Summary) => ({
      ...one,
      seq: null,
      fingerprint: null,
      strength: { ...one.strength, treeOn: null },
    });
    expect(plain(anew)).toEqual(plain(kept));
  }
});
