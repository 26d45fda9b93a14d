/** Sizes of a data set (design §6). Everything else follows from them and from the row numbers, so each run makes the same. */
export interface Shape {
  readonly name: 'cand' | 'nation';
  /** Units of the second level, below the one confederation. */
  readonly provinces: number;
  readonly directUpper: number;
  readonly grassroots: number;
  /** Award decisions over {@link YEARS}; each holds about three entries. */
  readonly batches: number;
  readonly people: number;
  /** Open nomination lines. */
  readonly nominations: number;
  /** From this year on the decisions exist as records, too, so that registers have what to list. */
  readonly recordsFrom: number;
}

export const YEARS = { first: 2016, last: 2025 } as const;

/** The year whose roll-up and summaries are measured. */
export const YEAR = 2025;

export const CAND: Shape = {
  name: 'cand',
  provinces: 1,
  directUpper: 24,
  grassroots: 545,
  batches: 8_300,
  people: 24_000,
  nominations: 1_500,
  recordsFrom: YEARS.first,
};

export const NATION: Shape = {
  name: 'nation',
  provinces: 83,
  directUpper: 1_300,
  grassroots: 120_000,
  batches: 1_725_000,
  people: 3_000_000,
  nominations: 300_000,
  recordsFrom: YEARS.last,
};

/** Ids go level by level: 1 is the confederation, then provinces and sector unions, direct upper, grassroots. */
export function unitIds({ provinces, directUpper, grassroots }: Shape): {
  firstDirect: number;
  firstGrassroots: number;
  last: number;
} {
  const firstDirect = 2 + provinces;
  const firstGrassroots = firstDirect + directUpper;
  return { firstDirect, firstGrassroots, last: firstGrassroots + grassroots - 1 };
}
