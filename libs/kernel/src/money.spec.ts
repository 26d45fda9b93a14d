import { printMoney, readMoney } from './money.js';

describe('money as officers write it', () => {
  it.each([
    ['1,5 tỷ', 1_500_000_000],
    ['1,5 tỉ đồng', 1_500_000_000],
    ['250 triệu', 250_000_000],
    ['250tr', 250_000_000],
    ['1.400.000.000', 1_400_000_000],
    ['1400000000', 1_400_000_000],
    ['1.400.000.000 đồng', 1_400_000_000],
    ['1 tỷ 500 triệu', 1_500_000_000],
    ['1 ty 200 nghin', 1_000_200_000],
    ['500.000đ', 500_000],
    ['0', 0],
    ['2,23 triệu đồng', 2_230_000],
  ])('%s', (text, value) => expect(readMoney(text)).toEqual({ value, qualifier: 'EXACT' }));

  it.each([
    ['gần 1,4 tỷ', 'NEARLY'],
    ['hơn 1,4 tỷ', 'OVER'],
    ['Ít nhất 1.400 triệu', 'AT_LEAST'],
    ['khoảng 1.400.000.000 đồng', 'ABOUT'],
  ])('%s keeps its word', (text, qualifier) => expect(readMoney(text)).toEqual({ value: 1_400_000_000, qualifier }));

  it.each([
    '',
    'tỷ',
    'một tỷ',
    '1.5 tỷ',
    '1,4',
    '1,2345 nghìn',
    '-5 triệu',
    '500 triệu 1 tỷ',
    '1 tỷ tỷ',
    '99.999.999 tỷ',
    'đồng',
  ])('does not guess at “%s”', (text) => expect(readMoney(text)).toBeNull());

  it('prints the largest place that loses nothing', () => {
    expect([1_500_000_000, 250_000_000, 2_230_000, 2_230_001, 1_400_000_001, 900_000, 0].map(printMoney)).toEqual([
      '1,5 tỷ đồng',
      '250 triệu đồng',
      '2,23 triệu đồng',
      '2.230.001 đồng',
      '1.400.000.001 đồng',
      '900.000 đồng',
      '0 đồng',
    ]);
  });
});
