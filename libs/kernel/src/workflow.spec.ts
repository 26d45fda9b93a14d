import { Refused } from './refusal.js';
import { defineWorkflow } from './workflow.js';

const doors = defineWorkflow({
  what: 'door',
  initial: 'SHUT',
  states: { SHUT: 'Đóng', OPEN: 'Mở', LOCKED: 'Khoá' },
  steps: {
    open: { from: ['SHUT'], to: 'OPEN', name: 'Mở' },
    shut: { from: ['OPEN'], to: 'SHUT', name: 'Đóng' },
    lock: { from: ['SHUT'], to: 'LOCKED', name: 'Khoá' },
  },
});

describe('a step table', () => {
  test('takes a step from a state that allows it', () => {
    expect(doors.next('SHUT', 'lock')).toBe('LOCKED');
    expect(doors.open('SHUT')).toEqual(['open', 'lock']);
    expect(doors.open('LOCKED')).toEqual([]);
  });

  test('refuses any other, with the names that officers know', () => {
    const refused = () => doors.next('LOCKED', 'open');
    expect(refused).toThrow(Refused);
    expect(refused).toThrow('“Mở” khi đang ở trạng thái “Khoá”');
  });

  test('is refused itself when a state cannot be reached', () => {
    const table = { what: 'x', initial: 'A', states: { A: 'a', B: 'b' }, steps: {} } as const;
    expect(() => defineWorkflow(table)).toThrow('no step leads to B');
  });
});
