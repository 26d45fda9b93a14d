import {
  addDays,
  contains,
  dayOf,
  firstOfMonth,
  isDay,
  lastOfMonth,
  overlaps,
  printDay,
  printInterval,
} from './day.js';

describe('days of Vietnam', () => {
  it('begin at 17:00 UTC of the day before', () => {
    expect(dayOf(new Date('2020-07-30T16:59:59Z'))).toBe('2020-07-30');
    expect(dayOf(new Date('2020-07-30T17:00:00Z'))).toBe('2020-07-31');
  });

  it.each(['2024-02-29', '2000-02-29', '1900-01-01', '2020-12-31'])('%s exists', (day) =>
    expect(isDay(day)).toBe(true),
  );

  it.each([
    '2023-02-29',
    '2024-02-30',
    '2024-13-01',
    '2024-00-10',
    '2024-1-01',
    '1899-12-31',
    '2200-01-01',
    '9999-12-31',
    '2020-W01-1',
    '2020-01T10',
    '31/12/2020',
    '',
    null,
    20200101,
  ])('%s does not', (day) => expect(isDay(day)).toBe(false));

  it('go over the ends of months and of leap years', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2024-03-01', -1)).toBe('2024-02-29');
    expect(addDays('2020-12-31', 1)).toBe('2021-01-01');
    expect(addDays('2020-01-01', 0)).toBe('2020-01-01');
    expect([
      firstOfMonth('2024-02-17'),
      lastOfMonth('2024-02-17'),
      lastOfMonth('2023-02-01'),
      lastOfMonth('2023-12-31'),
    ]).toEqual(['2024-02-01', '2024-02-29', '2023-02-28', '2023-12-31']);
  });

  it('are printed as officers write them', () => expect(printDay('2023-12-06')).toBe('06/12/2023'));
});

describe('an interval of days', () => {
  const sevenMonths = { from: '2020-01-01', to: '2020-07-31' };

  it('contains what lies wholly in it, its own first and last day included', () => {
    expect(contains(sevenMonths, { from: '2020-01-01', to: '2020-01-01' })).toBe(true);
    expect(contains(sevenMonths, sevenMonths)).toBe(true);
    expect(contains(sevenMonths, { from: '2020-07-31', to: '2020-08-01' })).toBe(false);
    expect(contains({ from: '2020-01-01', to: '2020-06-30' }, sevenMonths)).toBe(false);
  });

  it('overlaps what shares a day with it', () => {
    expect(overlaps(sevenMonths, { from: '2020-07-31', to: '2020-12-31' })).toBe(true);
    expect(overlaps(sevenMonths, { from: '2020-08-01', to: '2020-12-31' })).toBe(false);
    expect(overlaps(sevenMonths, { from: '2020-03-01', to: '2020-03-02' })).toBe(true);
  });

  it('is printed by its shortest true name', () => {
    expect(printInterval({ from: '2023-12-06', to: '2023-12-06' })).toBe('06/12/2023');
    expect(printInterval({ from: '2020-05-01', to: '2020-05-31' })).toBe('tháng 5/2020');
    expect(printInterval({ from: '2023-01-01', to: '2023-12-31' })).toBe('năm 2023');
    expect(printInterval(sevenMonths)).toBe('01/01/2020 – 31/07/2020');
    expect(printInterval({ from: '2020-05-01', to: '2020-06-30' })).toBe('01/05/2020 – 30/06/2020');
  });
});
