import { tally, type Attendance, type Refused, type Votes } from '@lib/kernel';
import type { VoteRuleView } from '@lib/rulebook';
import { checkNumbers, describeRule, judge } from './vote.rules.js';

const RULE: VoteRuleView = {
  id: 1,
  code: 'THU',
  name: 'Quy định thử',
  validFrom: null,
  validTo: null,
  source: 'văn bản thử',
  verified: true,
  forms: [],
  types: [],
  kinds: [],
  body: 'COUNCIL',
  mode: 'MEETING',
  quorum: { parts: 2, of: 3 },
  threshold: { parts: 1, of: 2 },
  thresholdKind: 'MORE_THAN',
  base: 'TOTAL',
  mustIncludeChair: false,
  secret: true,
  absenteeWritten: true,
};
const rule = (changes: Partial<VoteRuleView>): VoteRuleView => ({ ...RULE, ...changes });
const met = (changes: Partial<Attendance>): Attendance => ({
  total: 12,
  present: 9,
  consulted: 2,
  recused: 0,
  recusedPresent: 0,
  recusedConsulted: 0,
  chaired: true,
  ...changes,
});
const votes = (yes: number, against = 0, blank = 0, written = 0): Votes => ({ for: yes, against, blank, written });
const ninety = rule({ threshold: { parts: 9, of: 10 }, thresholdKind: 'AT_LEAST' });

function refusals(work: () => unknown): string[] {
  try {
    work();
    return [];
  } catch (error) {
    return (error as Refused).details.map(({ code }) => code);
  }
}
const judged = (
  outcome: Parameters<typeof judge>[0],
  given: Partial<VoteRuleView>,
  attendance: Attendance,
  cast: Votes,
) => judge(outcome, 'COUNCIL', attendance, { rule: rule(given), formName: 'Bằng khen', votes: cast }, null);

describe('what a share is a share of', () => {
  const some = met({ recused: 2, recusedPresent: 1, recusedConsulted: 1 });
  it.each([
    ['PRESENT', 8],
    ['PRESENT_OR_CONSULTED', 9],
    ['TOTAL', 12],
    ['TOTAL_LESS_RECUSED', 10],
  ] as const)('%s of 12 members, 9 present, 2 consulted, one of each recused, is %i', (base, expected) => {
    expect(tally(rule({ base }), some, votes(5))).toMatchObject({ base: expected, possible: 9 });
  });

  it('written ballots of the absent count only where the rule takes them', () => {
    const closed = { absenteeWritten: false };
    expect(tally(rule({ ...closed, base: 'PRESENT_OR_CONSULTED' }), met({}), votes(5))).toMatchObject({
      base: 9,
      possible: 9,
    });
    expect(checkNumbers(rule(closed), met({}), votes(5, 0, 0, 1)).map(({ code }) => code)).toEqual([
      'councils.more_written_than_consulted',
    ]);
    expect(checkNumbers(RULE, met({}), votes(9, 1, 1, 2))).toEqual([]);
  });
});

describe('borders', () => {
  it.each([
    [7, 11, false],
    [8, 12, true],
    [7, 12, false],
    [2, 3, true],
    [6, 9, true],
    [667, 1000, true],
    [666, 1000, false],
  ])('%i present of %i: the quorum of two thirds is met: %s', (present, total, expected) => {
    expect(tally(RULE, met({ present, total, consulted: 0 }), votes(0)).quorumMet).toBe(expected);
  });

  it.each([
    [8, 10, false],
    [9, 10, true],
    [9, 11, false],
    [10, 11, true],
    [18, 20, true],
    [17, 20, false],
  ])('%i of %i reach 90 per cent of all: %s', (yes, total, expected) => {
    const { reached, needed } = tally(ninety, met({ total, present: total, consulted: 0 }), votes(yes));
    expect([reached, yes >= needed]).toEqual([expected, expected]);
  });

  it('"more than half" is not half', () => {
    expect(tally(RULE, met({}), votes(6))).toMatchObject({ reached: false, needed: 7 });
    expect(tally(RULE, met({}), votes(7)).reached).toBe(true);
    expect(tally(rule({ thresholdKind: 'AT_LEAST' }), met({}), votes(6))).toMatchObject({ reached: true, needed: 6 });
  });

  it('a text without a quorum asks for none, and nobody in favour never is enough', () => {
    expect(tally(rule({ quorum: null }), met({ present: 1 }), votes(0)).quorumMet).toBe(true);
    expect(
      tally(rule({ base: 'PRESENT', thresholdKind: 'AT_LEAST' }), met({ present: 0, consulted: 0 }), votes(0)).reached,
    ).toBe(false);
  });

  it('a vote in writing has as its quorum those who answered', () => {
    const written = rule({ mode: 'WRITTEN', absenteeWritten: false });
    expect(tally(written, met({ present: 0, consulted: 8 }), votes(8, 0, 0, 8))).toMatchObject({
      quorumMet: true,
      possible: 8,
      reached: true,
    });
    expect(tally(written, met({ present: 0, consulted: 7 }), votes(7, 0, 0, 7)).quorumMet).toBe(false);
  });
});

describe('numbers that cannot be', () => {
  it.each([
    ['more ballots than voters', votes(10, 2), 'councils.more_votes_than_voters'],
    ['more ballots at the sitting than people there', votes(9, 1), 'councils.more_votes_than_present'],
    ['more in writing than were consulted', votes(9, 0, 0, 3), 'councils.more_written_than_consulted'],
    ['more in writing than ballots', votes(1, 0, 0, 2), 'councils.written_above_all'],
  ])('%s', (_, cast, code) => {
    expect(refusals(() => judged('NOT_RECOMMENDED', { verified: false }, met({}), cast))).toEqual([code]);
  });

  it('a recused member has no ballot', () => {
    const recused = met({ present: 9, consulted: 0, recused: 1, recusedPresent: 1 });
    expect(refusals(() => judged('RECOMMENDED', {}, recused, votes(9)))).toEqual(['councils.more_votes_than_voters']);
    expect(judged('RECOMMENDED', {}, recused, votes(8))).toEqual([]);
  });

  it('a downgrade without votes for the lower form', () => {
    expect(refusals(() => judged('DOWNGRADED', {}, met({}), votes(2, 7)))).toEqual(['councils.lower_form_needs_votes']);
  });
});

describe('an outcome and its numbers', () => {
  it('agree: nothing is said of a verified rule, and of one nobody read that nobody read it', () => {
    expect(judged('RECOMMENDED', {}, met({}), votes(8, 1))).toEqual([]);
    expect(judged('NOT_RECOMMENDED', {}, met({}), votes(3, 6))).toEqual([]);
    expect(judged('RECOMMENDED', { verified: false }, met({}), votes(8, 1)).map(({ code }) => code)).toEqual([
      'councils.rule_not_verified',
    ]);
  });

  it.each([
    ['councils.threshold_not_reached', 'RECOMMENDED', {}, met({}), votes(6, 3)],
    ['councils.threshold_reached', 'NOT_RECOMMENDED', {}, met({}), votes(8, 1)],
    ['councils.quorum_not_met', 'RECOMMENDED', {}, met({ present: 7 }), votes(7)],
    ['councils.chair_missing', 'RECOMMENDED', { mustIncludeChair: true }, met({ chaired: false }), votes(8)],
    ['councils.another_body_votes', 'RECOMMENDED', { body: 'BTV' }, met({}), votes(8)],
  ] as const)(
    'disagree: %s is refused by a verified rule and warned of by an unread one',
    (code, outcome, given, attendance, cast) => {
      expect(refusals(() => judged(outcome, given, attendance, cast))).toEqual([code]);
      const warned = judged(outcome, { ...given, verified: false }, attendance, cast);
      expect(warned.map((warning) => warning.code)).toEqual([code]);
      expect(warned[0]?.message).toContain('chưa kiểm chứng');
    },
  );

  it('a downgrade stands on the votes for the lower form', () => {
    const down = (first: number, second: number) => () =>
      judge(
        'DOWNGRADED',
        'COUNCIL',
        met({}),
        { rule: ninety, formName: 'Cờ', votes: votes(first, 9 - first) },
        { rule: RULE, formName: 'Bằng khen', votes: votes(second) },
      );
    expect(refusals(down(4, 8))).toEqual([]);
    expect(refusals(down(4, 6))).toEqual(['councils.lower_threshold_not_reached']);
    const high = { rule: RULE, formName: 'Cờ', votes: votes(8) };
    expect(refusals(() => judge('DOWNGRADED', 'COUNCIL', met({}), high, { ...high, formName: 'Bằng khen' }))).toEqual([
      'councils.threshold_reached',
    ]);
    expect(refusals(() => judge('NOT_RECOMMENDED', 'COUNCIL', met({}), { ...high, votes: votes(1) }, high))).toEqual([
      'councils.lower_threshold_reached',
    ]);
  });
});

it('a rule is told in words', () => {
  expect(describeRule(ninety)).toBe(
    'Hội đồng thi đua, khen thưởng; bỏ phiếu kín; ít nhất 90% tổng số thành viên tán thành; dự họp từ 2/3; tính phiếu bằng văn bản của người vắng',
  );
  expect(
    describeRule(rule({ threshold: { parts: 2, of: 3 }, quorum: null, secret: false, absenteeWritten: false })),
  ).toBe('Hội đồng thi đua, khen thưởng; biểu quyết; hơn 2/3 tổng số thành viên tán thành');
  expect(describeRule(rule({ body: 'NONE' }))).toBe('không cần Hội đồng xét');
});
