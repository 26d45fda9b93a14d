/**
 * A number as it was stated: "hơn 24.000", "gần 1,4 tỷ". Integers only: counts, or whole đồng.
 * What was stated is stored and printed as stated.
 */
export const QUALIFIERS = ['EXACT', 'OVER', 'NEARLY', 'AT_LEAST', 'ABOUT'] as const;
export type Qualifier = (typeof QUALIFIERS)[number];

export interface Qualified {
  readonly value: number;
  readonly qualifier: Qualifier;
}

const WORDS: Record<Qualifier, string> = {
  EXACT: '',
  OVER: 'hơn ',
  NEARLY: 'gần ',
  AT_LEAST: 'ít nhất ',
  ABOUT: 'khoảng ',
};

/** OVER+EXACT=OVER, NEARLY+EXACT=NEARLY, AT_LEAST+EXACT=AT_LEAST; two different inexact ones make ABOUT. */
export function add(a: Qualified, b: Qualified): Qualified {
  const value = a.value + b.value;
  if (a.qualifier === b.qualifier || b.qualifier === 'EXACT') return { value, qualifier: a.qualifier };
  if (a.qualifier === 'EXACT') return { value, qualifier: b.qualifier };
  return { value, qualifier: 'ABOUT' };
}

const grouped = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 0 });

/** `24.000` */
export function printNumber(value: number): string {
  return grouped.format(value);
}

/** `hơn 24.000`; null is printed as "chưa có số liệu" by those who know the context, never here as 0. */
export function printQualified({ value, qualifier }: Qualified): string {
  return WORDS[qualifier] + printNumber(value);
}

/** `hơn`, for a column beside the number; empty for an exact one. */
export function printQualifier(qualifier: Qualifier): string {
  return WORDS[qualifier].trim();
}
