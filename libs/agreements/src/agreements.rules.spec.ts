import { checkStep, isLate, openSteps, standingOf } from './agreements.rules.js';

describe('how a commitment stands on a day', () => {
  it.each([
    ['no outcome, before its deadline', null, '2022-06-30', '2022-06-29', null, 'RUNNING'],
    ['no outcome, on its deadline', null, '2022-06-30', '2022-06-30', null, 'RUNNING'],
    ['no outcome, the day after', null, '2022-06-30', '2022-07-01', null, 'OVERDUE'],
    ['without a deadline', null, null, '2199-12-31', null, 'RUNNING'],
    ['an outcome taken back', 'RUNNING', '2022-06-30', '2022-07-01', null, 'OVERDUE'],
    ['kept after its deadline', 'KEPT', '2022-06-30', '2022-08-01', null, 'KEPT'],
    ['broken', 'BROKEN', null, '2022-08-01', null, 'BROKEN'],
    ['its unit ended before the deadline', null, '2022-06-30', '2022-12-31', '2022-05-01', 'ENDED'],
    ['its unit ended, without a deadline', null, null, '2022-12-31', '2022-05-01', 'ENDED'],
    ['its unit ended after the deadline', null, '2022-06-30', '2022-12-31', '2022-07-01', 'OVERDUE'],
    ['asked before its unit ended', null, '2022-06-30', '2022-04-30', '2022-05-01', 'RUNNING'],
    ['kept before its unit ended', 'KEPT', '2022-06-30', '2022-12-31', '2022-05-01', 'KEPT'],
  ] as const)('%s', (_, outcome, deadline, asked, unitEndedOn, standing) => {
    expect(standingOf(outcome, deadline, asked, unitEndedOn)).toBe(standing);
  });
});

describe('who is late', () => {
  it.each([
    ['signed on the day', '2022-03-25', '2022-03-25', false, '2022-12-31', false],
    ['signed the day after', '2022-03-25', '2022-03-26', false, '2022-12-31', true],
    ['signed late and excused from the scan', '2022-03-25', '2022-03-26', true, '2022-12-31', true],
    ['not signed, on the day', '2022-03-25', null, false, '2022-03-25', false],
    ['not signed, the day after', '2022-03-25', null, false, '2022-03-26', true],
    ['not signed and excused', '2022-03-25', null, true, '2022-03-26', false],
    ['no day of signing', null, '2022-03-26', false, '2022-12-31', false],
  ] as const)('%s', (_, signBy, signedOn, excused, asked, late) => {
    expect(isLate(signBy, signedOn, excused, asked)).toBe(late);
  });
});

describe('steps', () => {
  it('a programme is carried out without signing, an agreement only after it', () => {
    expect(openSteps('PROGRAMME', 'ADOPTED')).toEqual(['carry_out', 'cancel']);
    expect(openSteps('AGREEMENT', 'ADOPTED')).toEqual(['start_signing', 'cancel']);
    expect(openSteps('AGREEMENT', 'IN_FORCE')).toEqual(['review']);
    expect(openSteps('AGREEMENT', 'CLOSED')).toEqual([]);
  });

  it('going back and cancelling need a reason', () => {
    expect(() => checkStep('AGREEMENT', 'cancel', null)).toThrow('Nêu lý do');
    expect(() => checkStep('AGREEMENT', 'revise', 'Tiếp thu ý kiến')).not.toThrow();
    expect(() => checkStep('PROGRAMME', 'start_signing', null)).toThrow('không qua bước ký kết');
  });
});
