/** SQL: ids of all records of the person in `column`, merged ones and the one they were merged into, in brackets. */
export function recordsOf(column: string): string {
  return `(SELECT same.id FROM person one JOIN person same ON same.id = coalesce(one.identity_id, one.id) OR same.identity_id = coalesce(one.identity_id, one.id)
      WHERE one.id = ${column})`;
}

/** SQL: the record that stands for the person in `column`, in brackets; null for null. */
export function identityOf(column: string): string {
  return `(SELECT coalesce(one.identity_id, one.id) FROM person one WHERE one.id = ${column})`;
}
