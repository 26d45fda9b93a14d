import type { Lens } from '@lib/units';

/**
 * The column of an entry by which it stands in the tree. Through as-is a line about a person of a split unit stands at the
 * successor that took this person; what names nobody stands at the split unit, below the one that was above it.
 */
export const PLACE = { 'as-was': 'unit_id', 'as-is': 'place_id' } as const satisfies Record<Lens, string>;

/** Joins to the entry `f` where its person went; `w.to_unit` is null where he stayed, or nobody is named. */
export const WENT = `LEFT JOIN figure_person_place w ON w.person_id = f.person_id AND w.from_unit = f.unit_id`;
export const PLACED = `coalesce(w.to_unit, f.unit_id) AS place_id`;
