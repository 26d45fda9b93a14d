import type { Level } from '@lib/kernel';

const RANKS: Partial<Record<Level, number>> = {
  CONFEDERATION: 1,
  PROVINCIAL_FEDERATION: 2,
  CENTRAL_SECTOR_UNION: 2,
  CORPORATION_UNION: 2,
  DIRECT_UPPER_UNION: 3,
  GRASSROOTS_UNION: 4,
  GRASSROOTS_SYNDICATE: 4,
  MEMBER_GRASSROOTS_UNION: 5,
  SECTION_UNION: 5,
  UNION_GROUP: 6,
};

/** Steps from the top, 1 the highest; equals stand side by side. Null where the level says nothing. */
export function rankOf(level: Level): number | null {
  return RANKS[level] ?? null;
}

/** True when a unit of the level may not stand below the other: it is the higher one. */
export function outranks(level: string, upper: string): boolean {
  const [own, above] = [rankOf(level as Level), rankOf(upper as Level)];
  return own !== null && above !== null && own < above;
}
