import { before, checkVersions, cut, type Version } from './versions.rules.js';

const version = (vfrom: string, vto: string, parentId: number | null = 1): Version => ({
  vfrom,
  vto,
  parentId,
  level: 'GRASSROOTS_UNION',
  kind: null,
  name: 'CĐCS',
  suspended: false,
});
const spans = (versions: readonly Version[] | null) => versions?.map((v) => [v.vfrom, v.vto, v.parentId]);

describe('the order of days', () => {
  it('has a beginning before all and an end after all', () => {
    expect(before('-infinity', '1900-01-01')).toBe(true);
    expect(before('2099-12-31', 'infinity')).toBe(true);
    expect(before('-infinity', 'infinity')).toBe(true);
    expect(before('infinity', '2099-12-31')).toBe(false);
    expect(before('1900-01-01', '-infinity')).toBe(false);
    expect(before('2020-01-01', '2020-01-01')).toBe(false);
    expect(before('-infinity', '-infinity')).toBe(false);
  });
});

describe('dated versions of a unit', () => {
  it('may follow one another without a gap, or with one', () => {
    expect(() =>
      checkVersions([
        version('-infinity', '2020-01-01'),
        version('2020-01-01', '2021-01-01'),
        version('2022-01-01', 'infinity'),
      ]),
    ).not.toThrow();
  });

  it('may not share a day; the later one is named', () => {
    expect(() => checkVersions([version('2020-01-01', 'infinity'), version('-infinity', '2020-01-02')])).toThrow(
      expect.objectContaining({ code: 'units.overlapping_versions', field: 'versions[1].validFrom' }),
    );
  });

  it('must hold for a day at least', () => {
    expect(() => checkVersions([version('2020-01-01', '2020-01-01')])).toThrow(
      expect.objectContaining({ code: 'units.empty_validity', field: 'versions[0].validTo' }),
    );
  });
});

describe('a change from a day on', () => {
  const always = [version('-infinity', 'infinity')];

  it('leaves the days before as they were', () =>
    expect(spans(cut(always, '2020-05-01', 'infinity', { parentId: 2 }))).toEqual([
      ['-infinity', '2020-05-01', 1],
      ['2020-05-01', 'infinity', 2],
    ]));

  it('for a time leaves the days after as they were, too', () =>
    expect(spans(cut(always, '2020-05-01', '2020-06-01', { parentId: 2 }))).toEqual([
      ['-infinity', '2020-05-01', 1],
      ['2020-05-01', '2020-06-01', 2],
      ['2020-06-01', 'infinity', 1],
    ]));

  it('goes through every version of those days', () => {
    const two = [version('-infinity', '2020-05-10', 1), version('2020-05-10', 'infinity', 3)];
    expect(spans(cut(two, '2020-05-01', '2020-06-01', { parentId: 2 }))).toEqual([
      ['-infinity', '2020-05-01', 1],
      ['2020-05-01', '2020-05-10', 2],
      ['2020-05-10', '2020-06-01', 2],
      ['2020-06-01', 'infinity', 3],
    ]);
  });

  it('never lengthens the life of a unit', () =>
    expect(spans(cut([version('2020-01-01', '2021-01-01')], '2019-01-01', 'infinity', { parentId: 2 }))).toEqual([
      ['2020-01-01', '2021-01-01', 2],
    ]));

  it('that touches no day of the unit is none', () => {
    expect(cut([version('2020-01-01', '2021-01-01')], '2021-01-01', 'infinity', { parentId: 2 })).toBeNull();
    expect(cut([version('2020-01-01', '2021-01-01')], '2019-01-01', '2020-01-01', { parentId: 2 })).toBeNull();
  });
});
