/** How an award belongs to the unit that looks at it (design §4). Stored as the number, printed as the name. */
export const RELATIONS = { OWN: 1, FROM_ABOVE: 2, OUTSIDE_BODY: 3, TO_OUTSIDE: 4 } as const;
export type Relation = keyof typeof RELATIONS;

const NAMES = new Map<number, Relation>(Object.entries(RELATIONS).map(([name, code]) => [code, name as Relation]));

export function relationName(code: number): Relation {
  const name = NAMES.get(code);
  if (!name) throw new Error(`unknown relation ${code}`);
  return name;
}
