/** What an entry counts. `women` of `womenOf` individuals whose gender is known. */
export const ENTRY_MEASURES = ['coll', 'indiv', 'hh', 'unsplit', 'women', 'women_of'] as const;

/** A cell also knows how many of its counts are itemised lines, and how many individuals are named people. */
export const CELL_MEASURES = [...ENTRY_MEASURES, 'item_coll', 'item_indiv', 'named'] as const;

/** A vector of counts: lượt, not people. */
export interface Counts {
  readonly collectives: number;
  readonly individuals: number;
  readonly households: number;
  readonly unsplit: number;
}

export const NO_COUNTS: Counts = { collectives: 0, individuals: 0, households: 0, unsplit: 0 };

export function addCounts(a: Counts, b: Counts): Counts {
  return {
    collectives: a.collectives + b.collectives,
    individuals: a.individuals + b.individuals,
    households: a.households + b.households,
    unsplit: a.unsplit + b.unsplit,
  };
}

/** `sum(coll)::int AS coll, …` with an optional sign. */
export function sums(measures: readonly string[], prefix = '', sign = ''): string {
  return measures.map((name) => `(${sign}sum(${prefix}${name}))::int AS ${name}`).join(', ');
}
