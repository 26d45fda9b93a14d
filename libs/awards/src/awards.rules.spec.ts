import * as fc from 'fast-check';
import type { WhenInput } from './awards.dto.js';
import {
  checkConferring,
  checkExistence,
  checkFacts,
  checkPart,
  checkPartClasses,
  checkRecipient,
  checkStillStated,
  excessWarning,
  isExcess,
  isStated,
  NOT_STATED,
  statedOf,
  type StatedCounts,
} from './awards.rules.js';

const stated = (counts: Partial<StatedCounts>): StatedCounts => ({ ...NOT_STATED, ...counts });
const contained = (counts: object) => ({ coll: 0, indiv: 0, hh: 0, unsplit: 0, ...counts });
const codes = (details: readonly { code: string }[]): string[] => details.map((detail) => detail.code);

describe('counts as stated', () => {
  it('keep what was not stated apart from zero', () => {
    expect(statedOf({ collectives: 0 })).toEqual({ coll: 0, indiv: null, hh: null, unsplit: null, women: null });
    expect(statedOf(null)).toEqual(NOT_STATED);
    expect([isStated(stated({ coll: 0 })), isStated(stated({ women: 3 })), isStated(NOT_STATED)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('the facts of a batch', () => {
  const when: WhenInput = { from: '2020-05-01', to: '2020-05-31', basis: 'PERIOD' };
  const known = { kind: 'AWARD' as const, inForce: true };
  const facts = {
    kind: 'AWARD' as const,
    form: null,
    known: null,
    when,
    stated: stated({ coll: 1 }),
    lines: 0,
    today: '2020-08-13',
  };

  it('are in order as they are', () => expect(checkFacts(facts)).toEqual([]));

  it.each([
    ['awards.interval_reversed', { when: { ...when, to: '2020-04-30' } }],
    ['awards.in_the_future', { today: '2020-04-30' }],
    ['awards.nothing_counted', { stated: NOT_STATED }],
    ['awards.women_without_individuals', { stated: stated({ coll: 1, women: 0 }) }],
    ['awards.more_women_than_individuals', { stated: stated({ indiv: 1, women: 2 }) }],
    ['awards.unknown_form', { form: 'BANG_KHONG_CO' }],
    ['awards.form_of_other_kind', { form: 'BANG_KHEN', known, kind: 'TITLE' as const }],
  ])('are refused with %s', (code, change) => expect(codes(checkFacts({ ...facts, ...change }))).toEqual([code]));

  it('are refused with everything that is wrong at once', () =>
    expect(codes(checkFacts({ ...facts, when: { ...when, to: '2020-04-01' }, stated: NOT_STATED }))).toEqual([
      'awards.interval_reversed',
      'awards.nothing_counted',
    ]));

  it('need no number where recipients are listed', () =>
    expect(checkFacts({ ...facts, stated: NOT_STATED, lines: 2 })).toEqual([]));
});

describe('who conferred and who received', () => {
  it('is named in exactly one way', () => {
    expect(checkConferring({ unit: 'TLD' }, 0)).toEqual([]);
    expect(checkConferring({ level: 'GRASSROOTS_UNION', within: 'CDVC' }, 0)).toEqual([]);
    expect(checkConferring({ unit: 'TLD', outside: 'BCA' }, 1)).toMatchObject([
      { code: 'awards.conferring_unclear', field: 'conferring[1]' },
    ]);
    expect(checkConferring({}, 0)).toMatchObject([{ code: 'awards.conferring_unclear' }]);
    expect(checkConferring({ level: 'GRASSROOTS_UNION' }, 2)).toMatchObject([
      { code: 'awards.level_needs_unit', field: 'conferring[2].within' },
    ]);
    expect(checkRecipient({ personName: 'Nguyễn Văn A' }, 'lines[0].recipient')).toEqual([]);
    expect(checkRecipient({ personName: 'Nguyễn Văn A', unit: 'CS-A1' }, 'lines[3].recipient')).toMatchObject([
      { field: 'lines[3].recipient' },
    ]);
    expect(checkRecipient({}, 'lines[0].recipient')).toMatchObject([{ code: 'awards.recipient_unclear' }]);
  });

  it('existed on the day of the award, whenever that is recorded', () => {
    expect(checkExistence('CĐCS X', true, '2020-06-01', '2020-05-31', 'unit')).toEqual([]);
    expect(codes(checkExistence('CĐCS X', false, '2020-06-01', '2020-06-01', 'unit'))).toEqual(['awards.unit_ended']);
    expect(codes(checkExistence('CĐCS X', false, null, '2020-06-01', 'unit'))).toEqual(['awards.unit_not_founded']);
  });
});

describe('a part of a stated figure', () => {
  const container = { kind: 'AWARD' as const, from: '2020-01-01', to: '2020-07-31', stated: true, live: true };
  const part = { kind: 'AWARD' as const, from: '2020-05-01', to: '2020-05-31', insideUnit: true };

  it('lies within it in the tree, in time and in kind', () => {
    expect(checkPart(part, container)).toEqual([]);
    expect(checkPart({ ...part, from: container.from, to: container.to }, container)).toEqual([]);
    expect(
      codes(checkPart({ ...part, insideUnit: false, kind: 'TITLE' }, { ...container, live: false, stated: false })),
    ).toEqual([
      'awards.container_not_live',
      'awards.container_not_stated',
      'awards.part_of_other_kind',
      'awards.part_outside_unit',
    ]);
  });

  it.each([
    ['2020-07-01', '2020-08-01'],
    ['2019-12-31', '2020-01-01'],
    ['2020-08-01', '2020-08-31'],
  ])('from %s to %s is not within seven months', (from, to) =>
    expect(codes(checkPart({ ...part, from, to }, container))).toEqual(['awards.part_outside_interval']),
  );

  it('counts no class that is not stated there, unless a number not told apart is', () => {
    expect(checkPartClasses(contained({ coll: 1 }), stated({ coll: 0 }))).toEqual([]);
    expect(codes(checkPartClasses(contained({ hh: 1 }), stated({ coll: 9, indiv: 9 })))).toEqual([
      'awards.part_class_not_stated',
    ]);
    expect(checkPartClasses(contained({ hh: 1 }), stated({ unsplit: 0 }))).toEqual([]);
    expect(checkPartClasses(contained({}), NOT_STATED)).toEqual([]);
  });
});

describe('more contained than stated', () => {
  it.each([
    ['a class more than stated', { coll: 10, indiv: 15 }, { coll: 11 }, true],
    ['as many as stated', { coll: 10, indiv: 15 }, { coll: 10, indiv: 15 }, false],
    ['a class that was not stated', { coll: 10 }, { indiv: 3 }, false],
    ['more than a class, within what is not told apart', { coll: 2, unsplit: 5 }, { coll: 4, indiv: 3 }, false],
    ['more than all together', { coll: 2, unsplit: 5 }, { coll: 4, indiv: 4 }, true],
    ['a part not told apart within the room of the classes', { coll: 10, indiv: 15 }, { unsplit: 25 }, false],
    ['a part not told apart beyond it', { coll: 10, indiv: 15 }, { coll: 5, unsplit: 21 }, true],
    ['anything where nothing was stated', {}, { coll: 4 }, false],
  ])('%s', (_what, said, have, over) => expect(isExcess(stated(said), contained(have))).toBe(over));

  it('never by containing less', () => {
    const some = fc.nat({ max: 6 });
    const counts = fc.record({ coll: some, indiv: some, hh: some, unsplit: some });
    const figure = fc.record({
      coll: fc.option(some),
      indiv: fc.option(some),
      hh: fc.option(some),
      unsplit: fc.option(some),
      women: fc.constant(null),
    });
    fc.assert(
      fc.property(figure, counts, counts, (said, a, b) => {
        const more = {
          coll: a.coll + b.coll,
          indiv: a.indiv + b.indiv,
          hh: a.hh + b.hh,
          unsplit: a.unsplit + b.unsplit,
        };
        if (isExcess(said, a)) expect(isExcess(said, more)).toBe(true);
      }),
    );
  });

  it('is told with both numbers, and which one prints', () => {
    const warning = excessWarning(stated({ coll: 10, indiv: 15 }), contained({ coll: 11, indiv: 2 }));
    expect(warning).toMatchObject({ code: 'awards.more_contained_than_stated', field: 'stated' });
    expect(warning.message).toContain('Đã kê 11/2');
    expect(warning.message).toContain('số đã nêu 10/15. Tổng hợp in số đã nêu');
  });
});

describe('a correction of what was partly revoked', () => {
  const revoked = (counts: object) => ({ ...contained({}), women: 0, womenOf: 0, ...counts });

  it('states at least what was revoked', () => {
    expect(checkStillStated(stated({ coll: 2 }), revoked({ coll: 2 }))).toEqual([]);
    expect(codes(checkStillStated(stated({ coll: 1 }), revoked({ coll: 2 })))).toEqual(['awards.less_than_revoked']);
    expect(codes(checkStillStated(stated({ indiv: 9 }), revoked({ coll: 2 })))).toEqual(['awards.less_than_revoked']);
    expect(checkStillStated(NOT_STATED, revoked({}))).toEqual([]);
  });

  it('of women and of men, too, where they were told apart', () => {
    const twoWomen = revoked({ indiv: 2, women: 2, womenOf: 2 });
    expect(checkStillStated(stated({ indiv: 5, women: 2 }), twoWomen)).toEqual([]);
    expect(checkStillStated(stated({ indiv: 5, women: 1 }), twoWomen)).toHaveLength(1);
    expect(checkStillStated(stated({ indiv: 5 }), twoWomen)).toHaveLength(1);
    expect(checkStillStated(stated({ indiv: 5, women: 5 }), revoked({ indiv: 1, womenOf: 1 }))).toHaveLength(1);
  });
});
