/** What is counted, of awards as of people's genders: `women` among the `womenOf` individuals whose gender is known. */
export interface Vector {
  readonly coll: number;
  readonly indiv: number;
  readonly hh: number;
  readonly unsplit: number;
  readonly women: number;
  readonly womenOf: number;
}

/** As a paper states it; null: not stated. */
export interface Stated {
  readonly coll: number | null;
  readonly indiv: number | null;
  readonly hh: number | null;
  readonly unsplit: number | null;
  readonly women: number | null;
}

export const NOTHING: Vector = { coll: 0, indiv: 0, hh: 0, unsplit: 0, women: 0, womenOf: 0 };
export const CLASSES = ['coll', 'indiv', 'hh'] as const;
const NAMES = ['coll', 'indiv', 'hh', 'unsplit', 'women', 'womenOf'] as const;

export function plus(a: Vector, b: Vector, sign = 1): Vector {
  const sum = { ...NOTHING } as Record<(typeof NAMES)[number], number>;
  for (const name of NAMES) sum[name] = a[name] + sign * b[name];
  return sum;
}

export function total(vectors: readonly Vector[]): Vector {
  return vectors.reduce((sum, one) => plus(sum, one), NOTHING);
}

/** Awards of every class together. */
export function awards(v: Vector): number {
  return v.coll + v.indiv + v.hh + v.unsplit;
}

export function isNothing(v: Vector): boolean {
  return NAMES.every((name) => v[name] === 0);
}

export function isStated(s: Stated): boolean {
  return s.coll !== null || s.indiv !== null || s.hh !== null || s.unsplit !== null;
}

/**
 * Stated less contained (design §1.7). Contained counts fill their own class first, then "unsplit". More contained than
 * stated leaves a negative remainder, so that the stated figure prints.
 */
export function remainder(stated: Stated, contained: Vector): Vector {
  if (!isStated(stated)) return NOTHING;
  const left = { coll: 0, indiv: 0, hh: 0, unsplit: (stated.unsplit ?? 0) - contained.unsplit };
  for (const name of CLASSES) {
    const rest = (stated[name] ?? 0) - contained[name];
    if (stated.unsplit === null) left[name] = stated[name] === null ? 0 : rest;
    else if (rest >= 0) left[name] = rest;
    else left.unsplit += rest;
  }
  const { women } = stated;
  if (women === null) return { ...left, women: 0, womenOf: 0 };
  return { ...left, women: women - contained.women, womenOf: (stated.indiv ?? 0) - contained.womenOf };
}
