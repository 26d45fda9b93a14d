import { reader } from '@lib/platform';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { PeriodQueries, type Question } from './period.queries.js';

const PERIODS = [
  ['2020-01-01', '2026-06-30', null, 'as-was'],
  ['2020-02-10', '2026-03-11', '2026-07-15', 'as-was'],
  ['2020-02-10', '2026-06-30', null, 'as-is'],
] as const;

describe('large units, asked by going through the days', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await testDatabase({ template: 'demo' });
  });
  afterAll(() => db.drop());

  it('answer what the way through their units answers', async () => {
    const q = reader(db.source);
    const [byUnits, byDays] = [new PeriodQueries(), new PeriodQueries()];
    byDays.largeFrom = 0;
    const units = await q.query<{ id: number }>(`SELECT id FROM unit ORDER BY id`);
    const { change } = await byUnits.state(q);
    let found = 0;
    for (const { id: unitId } of units)
      for (const [from, to, known, lens] of PERIODS) {
        const question: Question = { unitId, from, to, known, change, lens };
        const lines = await byUnits.lines(q, question);
        expect(sorted(await byDays.lines(q, question))).toEqual(sorted(lines));
        expect(await byDays.undated(q, question)).toEqual(await byUnits.undated(q, question));
        expect(await byDays.people(q, question, 'AWARD')).toBe(await byUnits.people(q, question, 'AWARD'));
        const days = await byUnits.days(q, question, lines);
        expect(new Map([...(await byDays.days(q, question, lines))].sort())).toEqual(new Map([...days].sort()));
        found += lines.length;
      }
    expect(found).toBeGreaterThan(50);
  });
});

function sorted(rows: readonly object[]): string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}
