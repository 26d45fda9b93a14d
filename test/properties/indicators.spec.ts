import * as fc from 'fast-check';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  Applier,
  bitsOf,
  IndicatorQueries,
  Indicators,
  NATURES,
  PeriodQueries,
  qualifierOf,
  type FigureParts,
  type IndicatorContribution,
  type IndicatorFigure,
  type Question,
} from '@lib/figures';
import { addDays, systemActor, type Day } from '@lib/kernel';
import { Clock, reader, transact, type Queryable } from '@lib/platform';
import { UnitsService, UnitTree } from '@lib/units';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { answer, kind, type Asked, type Book, type Report, type Sums, type Told } from './indicators.model.js';
import { program } from './program.js';

const SEED = 16_072_024;
const RUNS = 60;
const TIME = { testMs: 600_000, enoughMs: 540_000 };
const FIRST: Day = '2024-01-01';
/** Reports begin and end on few days, so that many of them meet. */
const DAYS = [0, 1, 2, 3, 4, 6, 8, 9].map((days) => addDays(FIRST, days));
const TODAY: Day = '2024-03-01';

type Try =
  | {
      do: 'report';
      unit: number;
      series: number;
      whole: boolean;
      event: boolean;
      from: number;
      to: number;
      value: number;
      kind: number;
    }
  | { do: 'remove'; report: number }
  | { do: 'move'; unit: number; parent: number; from: number; until: number | null }
  | { do: 'wait' };

const nat = (max: number): fc.Arbitrary<number> => fc.nat({ max });
const day = nat(DAYS.length - 1);
const report = fc.record({
  do: fc.constant('report' as const),
  unit: nat(9),
  series: nat(2),
  whole: fc.boolean(),
  event: fc.boolean(),
  from: day,
  to: day,
  value: nat(20),
  kind: nat(3),
});
const attempt: fc.Arbitrary<Try> = fc.oneof(
  { weight: 8, arbitrary: report },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), report: nat(30) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('move' as const),
      unit: nat(9),
      parent: nat(9),
      from: day,
      until: fc.option(day),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'wait' as const }) },
);
const histories = fc.record({
  parents: fc.array(nat(5), { minLength: 2, maxLength: 6 }),
  tries: fc.array(attempt, { minLength: 4, maxLength: 40 }),
});
const questions = fc.array(fc.record({ from: day, to: day, back: fc.option(nat(3)) }), { minLength: 3, maxLength: 3 });

const KINDS = [0, 0, 1, 4];

describe('figures of indicators on a database, against a plain model', () => {
  const clock = new Clock();
  const loader = systemActor('test');
  let db: TestDatabase;
  let app: INestApplicationContext;
  let q: Queryable;
  let history = 0;
  let takenOff = 0;
  /** Asks every unit as a large one is asked. */
  const byReports = new IndicatorQueries();
  byReports.largeFrom = 0;

  beforeAll(async () => {
    db = await testDatabase({ template: 'empty' });
    clock.setTo(TODAY);
    app = await program(db.url, clock);
    q = reader(app.get(DataSource));
  });
  afterAll(async () => {
    await app?.close();
    await db?.drop();
  });

  it(
    'are those of the model, for any unit, period and day known, after any reports, removals and moves',
    async () => {
      await fc.assert(
        fc.asyncProperty(histories, questions, async ({ parents, tries }, asks) => {
          const { book, ids, today } = await live(parents, tries);
          await app.get(Applier).run();
          for (const { from, to, back } of asks) {
            const span = { from: DAYS[Math.min(from, to)]!, to: DAYS[Math.max(from, to)]! };
            const known = back === null ? null : addDays(today, -back - 1);
            for (const unit of ids.keys()) await same(book, ids, { unit, ...span, known });
          }
        }),
        { seed: SEED, numRuns: RUNS, interruptAfterTimeLimit: TIME.enoughMs, markInterruptAsFailure: true },
      );
    },
    TIME.testMs,
  );

  it('a declared figure loses, through as-is, what it contained of a unit that belongs elsewhere today', async () => {
    const event = { do: 'report' as const, series: 0, event: false, from: 0, to: 0, kind: 0 };
    // 1 and 2 below 0, 3 below 1; 3 goes to 2 afterwards.
    const { book, ids } = await live(
      [0, 0, 1],
      [
        { ...event, unit: 3, whole: false, value: 5 },
        { ...event, unit: 1, whole: true, value: 20 },
        { do: 'move', unit: 2, parent: 2, from: 4, until: null },
      ],
    );
    await app.get(Applier).run();
    const { change } = await app.get(PeriodQueries).state(q);
    const asked = { from: FIRST, to: FIRST, known: null, change };
    const figures: Record<string, (number | undefined)[]> = { 'as-was': [], 'as-is': [] };
    for (const lens of ['as-was', 'as-is'] as const)
      for (const unitId of ids) {
        const [one] = await app.get(IndicatorQueries).figures(q, { ...asked, unitId, lens });
        figures[lens]!.push(one?.figure?.figure.value);
      }
    expect(figures).toEqual({ 'as-was': [20, 20, undefined, 5], 'as-is': [20, 15, 5, 5] });
    for (const unit of ids.keys()) await same(book, ids, { unit, from: FIRST, to: FIRST, known: null });
    expect(takenOff).toBeGreaterThan(0);
  });

  /** Units are founded in order; a parent stands before its units, so that no move makes a circle. */
  async function live(
    given: readonly number[],
    tries: readonly Try[],
  ): Promise<{ book: Book; ids: number[]; today: Day }> {
    const units = app.get(UnitsService);
    const prefix = `I${(history += 1)}`;
    const book: Book = { parents: [null, ...given.map((one, place) => one % (place + 1))], moves: [], reports: [] };
    let today = TODAY;
    clock.setTo(today);
    for (const [unit, parent] of book.parents.entries())
      await units.create(loader, {
        code: `${prefix}-${unit}`,
        name: `Đơn vị ${unit}`,
        level: 'UNKNOWN',
        ...(parent === null ? {} : { parent: `${prefix}-${parent}` }),
      });
    today = addDays(today, 1);
    clock.setTo(today);
    const rows = await q.query<{ id: number }>(`SELECT id FROM unit WHERE code LIKE $1 ORDER BY id`, [`${prefix}-%`]);
    const ids = rows.map((row) => row.id);
    for (const one of tries) {
      if (one.do === 'wait') clock.setTo((today = addDays(today, 1)));
      else if (one.do === 'report') await tell(book, ids, one, today);
      else if (one.do === 'remove') await remove(book, one.report, today);
      else {
        const unit = 1 + (one.unit % (ids.length - 1));
        const parent = one.parent % unit;
        const from = DAYS[one.from]!;
        const until = one.until === null ? null : DAYS[one.until]!;
        if (until !== null && until <= from) continue;
        await units.change(loader, `${prefix}-${unit}`, { from, until, parent: `${prefix}-${parent}` });
        book.moves.push({ unit, parent, from, until, recorded: today });
      }
    }
    return { book, ids, today };
  }

  const held = new Map<Report, number>();
  async function tell(
    book: Book,
    ids: readonly number[],
    one: Extract<Try, { do: 'report' }>,
    today: Day,
  ): Promise<void> {
    const nature = one.series as 0 | 1 | 2;
    const unit = one.unit % ids.length;
    const to = DAYS[Math.max(one.from, one.to)]!;
    const from = nature === 2 ? to : DAYS[Math.min(one.from, one.to)]!;
    const given = {
      unitId: ids[unit]!,
      nature: NATURES[nature]!,
      whole: one.whole,
      event: nature === 0 && one.event,
      from,
      to,
    };
    const bits = KINDS[one.kind]!;
    const values = [{ series: one.series + 1, value: one.value, qualifier: qualifierOf(bits) }];
    expect(bitsOf(values[0]!.qualifier)).toBe(bits);
    const report: Report = {
      unit,
      series: one.series + 1,
      nature,
      whole: one.whole,
      event: given.event,
      from,
      to,
      value: one.value,
      bits,
      recorded: today,
      removed: null,
    };
    const again = book.reports.find(
      (other) =>
        other.removed === null &&
        other.unit === unit &&
        other.series === report.series &&
        other.whole === report.whole &&
        other.from === from &&
        other.to === to,
    );
    const same = await app.get(Indicators).sameSpan(q, { ...given, values });
    expect(same).toBe(again ? held.get(again) : null);
    if (again) return;
    held.set(report, held.size + 1);
    book.reports.push(report);
    await transact(app.get(DataSource), (tx) =>
      app.get(Indicators).post(tx, { ...given, recordId: held.get(report)!, values }),
    );
  }

  async function remove(book: Book, which: number, today: Day): Promise<void> {
    const standing = book.reports.filter((one) => one.removed === null);
    const one = standing[which % Math.max(1, standing.length)];
    if (!one) return;
    one.removed = today;
    await transact(app.get(DataSource), (tx) => app.get(Indicators).remove(tx, held.get(one)!));
  }

  async function same(book: Book, ids: readonly number[], asked: Omit<Asked, 'series'>): Promise<void> {
    const { unit, from, to, known } = asked;
    const change =
      known === null ? (await app.get(PeriodQueries).state(q)).change : await app.get(UnitTree).changeKnownOn(q, known);
    const question = { unitId: ids[unit]!, from, to, known, change, lens: 'as-was' as const };
    if (known !== null && known < TODAY) return;
    const figures = await app.get(IndicatorQueries).figures(q, question);
    expect(await byReports.figures(q, question)).toEqual(figures);
    for (const series of [1, 2, 3]) {
      const found = figures.find((one) => one.series === series);
      const expected = answer(book, { ...asked, series });
      expect({ asked, series, ...told(found) }).toEqual({ asked, series, ...named(expected) });
      const records = await app
        .get(IndicatorQueries)
        .contributions(q, question, [series], { limit: 1_000, after: null });
      const counted = records.filter((one) => one.counted);
      const sum = counted.reduce((total, one) => total + one.figure.value, 0);
      expect({ asked, series, sum, none: counted.length === 0 }).toEqual({
        asked,
        series,
        sum: expected.figure?.figure ?? 0,
        none: expected.figure === null,
      });
      const units = new Set(records.map((one) => one.unitId));
      expect({ asked, series, units: units.size }).toEqual({ asked, series, units: expected.units });
    }
    await carried(book, { ...question, lens: 'as-is' as const }, unit === 0, figures);
  }

  /** Through as-is: reports counted less reports taken off make the figure; what all units had then, they have today. */
  async function carried(
    book: Book,
    question: Question,
    top: boolean,
    asWas: readonly IndicatorFigure[],
  ): Promise<void> {
    const figures = await app.get(IndicatorQueries).figures(q, question);
    expect(await byReports.figures(q, question)).toEqual(figures);
    if (book.moves.length === 0) expect(figures).toEqual(asWas);
    const value = (of: readonly IndicatorFigure[], series: number): number =>
      of.find((one) => one.series === series)?.figure?.figure.value ?? 0;
    for (const series of [1, 2, 3]) {
      const page = { limit: 1_000, after: null };
      const records = await app.get(IndicatorQueries).contributions(q, question, [series], page);
      const sum = (which: (one: IndicatorContribution) => boolean): number =>
        records.filter(which).reduce((total, one) => total + one.figure.value, 0);
      takenOff += records.filter((one) => one.takenOff).length;
      expect({ question, series, sum: sum((one) => one.counted) - sum((one) => one.takenOff) }).toEqual({
        question,
        series,
        sum: value(figures, series),
      });
      if (top)
        expect({ question, series, all: value(figures, series) }).toEqual({
          question,
          series,
          all: value(asWas, series),
        });
    }
  }
});

type Named = Omit<Told, 'figure' | 'inPeriod'> & { figure: unknown; inPeriod: unknown };

function named({ figure, inPeriod, ...rest }: Told): Named {
  const one = (sums: Sums | null): unknown => sums && { ...sums, bits: kind(sums.bits) };
  return { figure: one(figure), inPeriod: one(inPeriod), ...rest };
}

function told(found: IndicatorFigure | undefined): Named {
  const one = (parts: FigureParts | null | undefined): unknown =>
    parts
      ? {
          figure: parts.figure.value,
          bits: parts.figure.qualifier,
          stated: parts.stated?.value ?? null,
          own: parts.own?.value ?? null,
          below: parts.below?.value ?? null,
          difference: parts.difference,
        }
      : null;
  return {
    figure: one(found?.figure),
    inPeriod: one(found?.inPeriod),
    units: found?.units ?? 0,
    parts: (found?.parts ?? []).map(({ from, to, figure }) => `${from} ${to} ${figure.value} ${figure.qualifier}`),
  };
}
