import { CELL_MEASURES } from './measures.js';

export const CELL_KEY = 'unit_id, month, dim_id, giver_id, relation';

/** Adds rows of cells (key and measures, in that order) to those of the table. */
export function addCells(table: string, rows: string): string {
  return `INSERT INTO ${table} AS old (${CELL_KEY}, ${CELL_MEASURES.join(', ')}) ${rows}
    ON CONFLICT (${CELL_KEY}) DO UPDATE SET ${CELL_MEASURES.map((name) => `${name} = old.${name} + excluded.${name}`).join(', ')}`;
}
