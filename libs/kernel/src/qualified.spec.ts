import * as fc from 'fast-check';
import { add, printNumber, printQualified, QUALIFIERS, type Qualified, type Qualifier } from './qualified.js';

const stated = (value: number, qualifier: Qualifier = 'EXACT'): Qualified => ({ value, qualifier });
const anyStated = fc.record({ value: fc.nat(), qualifier: fc.constantFrom(...QUALIFIERS) });

describe('a number as it was stated', () => {
  it.each([
    ['OVER', 'EXACT', 'OVER'],
    ['NEARLY', 'EXACT', 'NEARLY'],
    ['AT_LEAST', 'EXACT', 'AT_LEAST'],
    ['ABOUT', 'EXACT', 'ABOUT'],
    ['EXACT', 'EXACT', 'EXACT'],
    ['OVER', 'OVER', 'OVER'],
    ['OVER', 'NEARLY', 'ABOUT'],
    ['AT_LEAST', 'NEARLY', 'ABOUT'],
    ['OVER', 'AT_LEAST', 'ABOUT'],
  ] as const)('%s and %s make %s', (a, b, sum) => expect(add(stated(2, a), stated(3, b))).toEqual(stated(5, sum)));

  it('adds in any order to the same', () => {
    fc.assert(fc.property(anyStated, anyStated, (a, b) => expect(add(a, b)).toEqual(add(b, a))));
  });

  it('is left as it is by an exact zero', () => {
    fc.assert(fc.property(anyStated, (a) => expect(add(a, stated(0))).toEqual(a)));
  });

  it('never becomes exact by adding', () => {
    fc.assert(
      fc.property(anyStated, anyStated, (a, b) => {
        const bothExact = a.qualifier === 'EXACT' && b.qualifier === 'EXACT';
        expect(add(a, b).qualifier === 'EXACT').toBe(bothExact);
      }),
    );
  });

  it('is printed in Vietnamese with its qualifier', () => {
    expect(printNumber(1_500_000_000)).toBe('1.500.000.000');
    expect(printQualified(stated(24_000, 'OVER'))).toBe('hơn 24.000');
    expect(printQualified(stated(1_400_000_000, 'NEARLY'))).toBe('gần 1.400.000.000');
    expect(printQualified(stated(12, 'AT_LEAST'))).toBe('ít nhất 12');
    expect(printQualified(stated(300, 'ABOUT'))).toBe('khoảng 300');
    expect(printQualified(stated(0))).toBe('0');
  });
});
