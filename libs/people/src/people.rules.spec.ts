import type { ServiceRuleView } from '@lib/rulebook';
import { likenessOf, PROPOSED_FROM, type LikeRecord, type Pair } from './duplicates.rules.js';
import { checkMove, checkPast } from './memberships.rules.js';
import { sameButForTonePlace, sameName, storedName } from './person.rules.js';
import { printMonths, serviceYears } from './service-years.rules.js';

const RULE: ServiceRuleView = {
  id: 1,
  code: 'KNC',
  name: 'Kỷ niệm chương',
  form: 'KY_NIEM_CHUONG',
  requiredMonths: 240,
  fullTimeHalf: 2,
  partTimeHalf: 3,
  partTimeNonStateHalf: 4,
  validFrom: null,
  validTo: null,
  source: 'HD 149',
  verified: true,
};

describe('years of service', () => {
  it('count ×1, ×1,5 and ×2, continuous or cumulated, and say how', () => {
    const years = serviceYears(
      [
        { capacity: 'PART_TIME', from: '2005-01-01', to: '2011-01-01' },
        { capacity: 'PART_TIME_NON_STATE', from: '2012-03-01', to: '2013-03-01' },
        { capacity: 'FULL_TIME', from: '2015-07-01', to: '2020-07-01' },
      ],
      RULE,
      '2026-11-22',
    );
    expect([years.months, years.reached, years.missingMonths, years.expectedOn]).toEqual([
      6 * 18 + 24 + 60,
      false,
      48,
      null,
    ]);
    expect(years.stretches.map(({ words }) => words)).toEqual([
      '01/01/2005 – 31/12/2010, không chuyên trách: 6 năm × 1,5 = 9 năm',
      '01/03/2012 – 28/02/2013, không chuyên trách, doanh nghiệp ngoài nhà nước: 1 năm × 2 = 2 năm',
      '01/07/2015 – 30/06/2020, chuyên trách: 5 năm × 1',
    ]);
    expect(years.summary).toBe('16 năm trên yêu cầu 20 năm, còn thiếu 4 năm.');
    expect(years.warnings).toEqual([]);
  });

  it('count shared time once, with the higher coefficient, and warn', () => {
    const years = serviceYears(
      [
        { capacity: 'FULL_TIME', from: '2000-01-01', to: '2010-01-01' },
        { capacity: 'PART_TIME_NON_STATE', from: '2005-01-01', to: '2007-01-01' },
      ],
      RULE,
      '2026-11-22',
    );
    expect(years.months).toBe(120 + 24);
    expect(years.warnings[0]).toContain('trùng nhau');
  });

  it('run on until the day asked for, and tell when they will be enough', () => {
    const years = serviceYears([{ capacity: 'PART_TIME', from: '2020-11-23', to: null }], RULE, '2026-11-22');
    expect([years.months, years.expectedOn]).toEqual([108, '2034-03-23']);
    expect(serviceYears([{ capacity: 'PART_TIME', from: '2030-01-01', to: null }], RULE, '2026-11-22').months).toBe(0);
    const reached = serviceYears(
      [{ capacity: 'PART_TIME_NON_STATE', from: '2010-01-01', to: '2020-01-01' }],
      RULE,
      '2026-11-22',
    );
    expect([reached.reached, reached.summary]).toEqual([true, '20 năm đạt yêu cầu 20 năm.']);
  });

  it('add up days to months, and count once what a text was not read for', () => {
    const part = (from: string, to: string) => ({ capacity: 'PART_TIME' as const, from, to });
    const old = { ...RULE, partTimeHalf: null, verified: false };
    const years = serviceYears([part('2020-01-01', '2020-01-21'), part('2021-01-01', '2021-01-11')], old, '2026-11-22');
    expect(years.months).toBe(1);
    expect(years.warnings).toHaveLength(2);
    expect(printMonths(0)).toBe('0 tháng');
  });
});

describe('names', () => {
  it('written with another place of the tone are told from names with other accents', () => {
    expect(sameButForTonePlace('Nguyễn Thị Hòa', 'Nguyễn Thị Hoà')).toBe(true);
    expect(sameButForTonePlace('Lê Thúy', 'Lê Thuý')).toBe(true);
    expect(sameButForTonePlace('Nguyễn Thị Hoa', 'Nguyễn Thị Hoà')).toBe(false);
    expect(sameName('lê thúy', 'LÊ THÚY')).toBe(true);
    expect(storedName('  Đỗ   Thị Ỷ', 'name')).toEqual({
      fullName: 'Đỗ Thị Ỷ',
      givenName: 'Ỷ',
      nameFolded: 'do thi y',
    });
  });
});

describe('two records', () => {
  const record = (id: number, changes: Partial<LikeRecord> = {}): LikeRecord => ({
    id,
    fullName: 'Nguyễn Thị Hòa',
    birthYear: 1980,
    gender: null,
    memberCard: null,
    serviceNumber: null,
    ...changes,
  });
  const pair = (changes: Partial<Pair>): Pair => ({
    a: record(1),
    b: record(2),
    sharedUnit: null,
    relatedUnit: false,
    sharedDecision: false,
    rareName: false,
    ...changes,
  });

  it('are proposed for a shared unit, a predecessor, a decision or a rare name; never for name and year alone', () => {
    expect(likenessOf(pair({})).score).toBeLessThan(PROPOSED_FROM);
    for (const sign of [
      { sharedUnit: 'NOW' },
      { sharedUnit: 'ONCE' },
      { relatedUnit: true },
      { sharedDecision: true },
      { rareName: true },
    ] as const)
      expect(likenessOf(pair(sign)).score).toBeGreaterThanOrEqual(PROPOSED_FROM);
    expect(likenessOf(pair({ b: record(2, { fullName: 'Nguyễn Thị Hoà' }), sharedUnit: 'NOW' })).reasons).toEqual([
      'Họ tên chỉ khác cách đặt dấu thanh (hòa, hoà)',
      'Cùng năm sinh 1980',
      'Cùng một đơn vị',
    ]);
  });

  it('are not, where what is known speaks against it', () => {
    const against = pair({ a: record(1, { gender: 'MALE' }), b: record(2, { gender: 'FEMALE' }), sharedUnit: 'NOW' });
    expect(likenessOf(against).score).toBeLessThan(PROPOSED_FROM);
    const numbers = pair({
      a: record(1, { serviceNumber: '1' }),
      b: record(2, { serviceNumber: '2' }),
      sharedUnit: 'NOW',
    });
    expect(likenessOf(numbers).score).toBeLessThan(PROPOSED_FROM);
  });
});

describe('memberships', () => {
  it('follow one another', () => {
    const code = (work: () => void): unknown => {
      try {
        work();
        return null;
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    const current = { from: '2020-01-01', to: null, unitName: 'A1' };
    expect(code(() => checkMove(current, '2027-01-01', '2026-11-22'))).toBe('people.move_in_future');
    expect(code(() => checkMove(current, '2020-01-01', '2026-11-22'))).toBe('people.move_before_last');
    expect(code(() => checkMove(current, '2020-01-02', '2026-11-22'))).toBeNull();
    expect(code(() => checkPast({ from: '2019-01-01', to: '2020-01-01' }, [current]))).toBeNull();
    expect(code(() => checkPast({ from: '2019-01-01', to: '2020-01-02' }, [current]))).toBe(
      'people.memberships_overlap',
    );
    expect(code(() => checkPast({ from: '2019-01-01', to: '2019-01-01' }, []))).toBe('people.ends_before_it_begins');
  });
});
