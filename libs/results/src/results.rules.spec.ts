import {
  belowItsParts,
  measured,
  outcomeOf,
  percentOf,
  wrongInCoverage,
  wrongInReport,
  wrongInTarget,
  type ReportFacts,
} from './results.rules.js';

const exact = (value: number) => ({ value, qualifier: 'EXACT' as const });
const TODAY = '2024-07-16';
const codes = (wrong: readonly { code: string; field: string | null }[]) =>
  wrong.map(({ code, field }) => [code, field]);

describe('what a report may say', () => {
  const item = { code: 'QUA', nature: 'FLOW', measures: 'COUNT_AND_MONEY', count: 5 } as const;
  const report: ReportFacts = {
    from: '2024-01-01',
    to: '2024-06-30',
    basis: 'PERIOD',
    items: [item],
    money: null,
    hasProof: true,
  };

  it('takes a plain one, and one with money alone', () => {
    expect(wrongInReport(report, TODAY)).toEqual([]);
    expect(wrongInReport({ ...report, items: [{ ...item, count: null }], money: 1 }, TODAY)).toEqual([]);
  });

  it('names everything that is wrong at once', () => {
    const given = { ...report, from: '2024-12-31', to: '2024-12-01', items: [item, item], hasProof: false };
    expect(codes(wrongInReport(given, TODAY))).toEqual([
      ['period.reversed', 'to'],
      ['results.in_the_future', 'to'],
      ['results.indicator_repeated', 'items'],
      ['results.no_source', 'source'],
    ]);
  });

  it.each<[string, Partial<ReportFacts>, string, string]>([
    ['natures', { items: [item, { ...item, code: 'CHAU', nature: 'CUMULATIVE' }] }, 'results.natures_differ', 'items'],
    ['a stock of many days', { items: [{ ...item, nature: 'STOCK' }] }, 'results.stock_is_of_a_day', 'from'],
    [
      'a cumulative event',
      { basis: 'EVENT', items: [{ ...item, nature: 'CUMULATIVE' }] },
      'results.event_is_a_flow',
      'basis',
    ],
    ['a count of what is money', { items: [{ ...item, measures: 'MONEY' }] }, 'results.not_counted', 'items[0].count'],
    [
      'money of what is counted',
      { items: [{ ...item, measures: 'COUNT' }], money: 1 },
      'results.not_in_money',
      'money',
    ],
    ['silence', { items: [{ ...item, count: null }] }, 'results.nothing_stated', 'items[0].count'],
  ])('refuses %s', (_, change, code, field) =>
    expect(codes(wrongInReport({ ...report, ...change }, TODAY))).toEqual([[code, field]]),
  );
});

describe('what a target may say', () => {
  const target = {
    from: '2022-01-08',
    to: '2022-05-31',
    value: 300_000,
    perUnit: false,
    percent: null,
    outcome: null,
    statedOn: null,
    hasProof: true,
  };

  it('takes a figure without an outcome and an outcome without a figure', () => {
    expect(wrongInTarget(target, TODAY)).toEqual([]);
    expect(wrongInTarget({ ...target, value: null, outcome: 'EXCEEDED', statedOn: '2022-07-20' }, TODAY)).toEqual([]);
  });

  it.each([
    ['nothing', { value: null }, 'results.nothing_stated'],
    ['an outcome of no day', { outcome: 'MET' as const }, 'results.stated_on_required'],
    ['a day of no outcome', { statedOn: '2022-07-20' }, 'results.stated_on_unexpected'],
    ['an outcome of tomorrow', { outcome: 'MET' as const, statedOn: '2024-07-17' }, 'results.in_the_future'],
    [
      'each unit owing nobody knows what',
      { perUnit: true, value: null, percent: 10, statedOn: '2022-07-20' },
      'results.value_required',
    ],
  ])('refuses %s', (_, change, code) =>
    expect(wrongInTarget({ ...target, ...change }, TODAY).map((one) => one.code)).toEqual([code]),
  );

  it('is measured up to the end of the period and judged when its span is over', () => {
    expect(measured(target, '2022-03-31')).toEqual({ from: '2022-01-08', to: '2022-03-31' });
    expect(measured(target, '2022-12-31')).toEqual({ from: '2022-01-08', to: '2022-05-31' });
    expect(outcomeOf(exact(11), exact(10), false)).toBe('EXCEEDED');
    expect(outcomeOf(exact(10), exact(10), false)).toBe('MET');
    expect([outcomeOf(exact(9), exact(10), false), outcomeOf(exact(9), exact(10), true)]).toEqual([null, 'NOT_MET']);
    expect([outcomeOf(null, exact(10), true), outcomeOf(exact(9), null, true)]).toEqual([null, null]);
  });
});

describe('coverage', () => {
  const stated = { asOf: '2024-06-30', deployed: 14, notDeployed: null, expected: 24, hasProof: true };

  it('takes an unknown denominator and refuses more than there are', () => {
    expect(wrongInCoverage(stated, TODAY)).toEqual([]);
    expect(wrongInCoverage({ ...stated, expected: null }, TODAY)).toEqual([]);
    expect(codes(wrongInCoverage({ ...stated, deployed: 25 }, TODAY))).toEqual([
      ['results.more_than_expected', 'deployed'],
    ]);
    expect(codes(wrongInCoverage({ ...stated, notDeployed: 11 }, TODAY))).toEqual([
      ['results.more_than_expected', 'notDeployed'],
    ]);
  });
});

describe('figures', () => {
  it('are percentages to one decimal, and none of an unknown whole', () => {
    expect(percentOf(696_948, 300_000)).toBe(232.3);
    expect(percentOf(14, 24)).toBe(58.3);
    expect([percentOf(3, null), percentOf(3, 0)]).toEqual([null, null]);
  });

  it('warn where the declared one is below its parts', () => {
    const parts = { figure: exact(14), own: exact(2), below: exact(12), fromParts: exact(14), difference: -4 };
    expect(belowItsParts({ ...parts, stated: exact(10) })).toContain('10');
    expect(belowItsParts({ ...parts, stated: exact(14), difference: 0 })).toBeNull();
    expect(belowItsParts({ ...parts, stated: null, difference: null })).toBeNull();
    expect(belowItsParts(null)).toBeNull();
  });
});
