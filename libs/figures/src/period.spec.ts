import * as fc from 'fast-check';
import { addDays, firstOfMonth, lastOfMonth } from '@lib/kernel';
import { splitPeriod } from './split.sql.js';

describe('whole months of a period, and its two ends', () => {
  it.each([
    ['2020-01-01', '2020-07-31', { months: { from: '2020-01-01', to: '2020-07-31' }, edges: [] }],
    [
      '2020-01-02',
      '2020-07-30',
      {
        months: { from: '2020-02-01', to: '2020-06-30' },
        edges: [
          { from: '2020-01-02', to: '2020-01-31' },
          { from: '2020-07-01', to: '2020-07-30' },
        ],
      },
    ],
    [
      '2020-01-01',
      '2020-05-15',
      { months: { from: '2020-01-01', to: '2020-04-30' }, edges: [{ from: '2020-05-01', to: '2020-05-15' }] },
    ],
    ['2020-05-02', '2020-05-31', { months: null, edges: [{ from: '2020-05-02', to: '2020-05-31' }] }],
    ['2020-05-20', '2020-06-10', { months: null, edges: [{ from: '2020-05-20', to: '2020-06-10' }] }],
    ['2024-02-01', '2024-02-29', { months: { from: '2024-02-01', to: '2024-02-29' }, edges: [] }],
  ])('%s to %s', (from, to, split) => expect(splitPeriod(from, to)).toEqual(split));

  it('are the period again, each day once', () => {
    fc.assert(
      fc.property(fc.nat({ max: 4_000 }), fc.nat({ max: 900 }), (start, length) => {
        const from = addDays('2016-01-01', start);
        const to = addDays(from, length);
        const { months, edges } = splitPeriod(from, to);
        if (months) expect([firstOfMonth(months.from), lastOfMonth(months.to)]).toEqual([months.from, months.to]);
        const pieces = [...(months ? [months] : []), ...edges].toSorted((a, b) => a.from.localeCompare(b.from));
        expect([pieces[0]?.from, pieces.at(-1)?.to]).toEqual([from, to]);
        for (const [index, piece] of pieces.slice(1).entries()) expect(piece.from).toBe(addDays(pieces[index]!.to, 1));
      }),
    );
  });
});
