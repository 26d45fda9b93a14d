import { lastOfMonth, type Day, type Interval } from '@lib/kernel';

/** Periods officers report on; any other range is "tuỳ chọn". */
export const PRESETS = {
  MONTH: 'Tháng',
  QUARTER: 'Quý',
  HALF: '6 tháng',
  SEVEN: '7 tháng đầu năm',
  NINE: '9 tháng đầu năm',
  YEAR: 'Cả năm',
  CUSTOM: 'Tuỳ chọn',
} as const;
export type Preset = keyof typeof PRESETS;

export interface Choice {
  preset: Preset;
  year: number;
  /** Month 1–12, quarter 1–4 or half 1–2. */
  part: number;
}

export const PARTS: Partial<Record<Preset, { value: number; label: string }[]>> = {
  MONTH: Array.from({ length: 12 }, (_, index) => ({ value: index + 1, label: `Tháng ${index + 1}` })),
  QUARTER: ['I', 'II', 'III', 'IV'].map((name, index) => ({ value: index + 1, label: `Quý ${name}` })),
  HALF: [
    { value: 1, label: 'đầu năm' },
    { value: 2, label: 'cuối năm' },
  ],
};

/** From month `first` to month `last` of a year, both whole. */
function months(year: number, first: number, last: number): Interval {
  const day = (month: number): Day => `${year}-${String(month).padStart(2, '0')}-01`;
  return { from: day(first), to: lastOfMonth(day(last)) };
}

/** Null for a custom range, whose days are chosen one by one. */
export function intervalOf({ preset, year, part }: Choice): Interval | null {
  switch (preset) {
    case 'MONTH':
      return months(year, part, part);
    case 'QUARTER':
      return months(year, part * 3 - 2, part * 3);
    case 'HALF':
      return months(year, part * 6 - 5, part * 6);
    case 'SEVEN':
      return months(year, 1, 7);
    case 'NINE':
      return months(year, 1, 9);
    case 'YEAR':
      return months(year, 1, 12);
    case 'CUSTOM':
      return null;
  }
}

const NAMED: readonly Preset[] = ['MONTH', 'QUARTER', 'HALF', 'SEVEN', 'NINE', 'YEAR'];

/** The preset that names a range, so that a shared address shows the same choice. */
export function choiceOf({ from, to }: Interval): Choice {
  const year = Number(from.slice(0, 4));
  for (const preset of NAMED) {
    for (const part of PARTS[preset]?.map(({ value }) => value) ?? [1]) {
      const named = intervalOf({ preset, year, part });
      if (named?.from === from && named.to === to) return { preset, year, part };
    }
  }
  return { preset: 'CUSTOM', year, part: 1 };
}

/** "7 tháng đầu năm 2020", "Quý I năm 2023", or the two days. */
export function periodWords(interval: Interval): string {
  const { preset, year, part } = choiceOf(interval);
  const label = PARTS[preset]?.find(({ value }) => value === part)?.label ?? '';
  if (preset === 'CUSTOM') return 'kỳ tuỳ chọn';
  if (preset === 'YEAR') return `năm ${year}`;
  if (preset === 'MONTH' || preset === 'QUARTER')
    return `${label.toLowerCase().replace(/ (i+v?)$/, (_, roman: string) => ` ${roman.toUpperCase()}`)} năm ${year}`;
  return preset === 'HALF' ? `6 tháng ${label} ${year}` : `${PRESETS[preset]} ${year}`;
}
