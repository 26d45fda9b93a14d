import type { Queryable } from '@lib/platform';

/** How many rows of a table point to a person. */
export interface Use {
  readonly personId: number;
  readonly table: string;
  readonly rows: number;
}

/** Tables of this room that belong to the person and are no work of others. */
const OWN = ['person', 'membership', 'person_duplicate', 'person_merge'];

/**
 * What other tables hold of these people: asked of the database itself, so that a room added later is not forgotten. Rooms
 * above are not known here by name.
 */
export async function usesOf(q: Queryable, ids: readonly number[]): Promise<Use[]> {
  const tables = await q.query<{ table: string; column: string }>(
    `SELECT c.conrelid::regclass::text AS table, a.attname AS column FROM pg_constraint c
       JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
      WHERE c.contype = 'f' AND c.confrelid = 'person'::regclass AND c.conparentid = 0 AND NOT c.conrelid::regclass::text = ANY($1) ORDER BY 1, 2`,
    [OWN],
  );
  if (tables.length === 0 || ids.length === 0) return [];
  return q.query<Use>(
    tables
      .map(
        ({ table, column }) =>
          `SELECT ${column} AS "personId", '${table}' AS "table", count(*)::int AS rows FROM ${table} WHERE ${column} = ANY($1) GROUP BY ${column}`,
      )
      .join(' UNION ALL '),
    [ids],
  );
}
