/**
 * A room whose records count. It offers a view with one row per posting a record stands for today; the ledger posts the
 * difference to what it has posted before, and the full recompute adds the view up. One definition serves both.
 *
 * View columns: record_id, part_id (0: the record's remainder), unit_id, span_from, day, dim_id, giver_id, person_id and
 * the entry measures.
 */
export interface FigureSource {
  readonly id: number;
  readonly view: string;
}

export const FIGURE_SOURCES = { awards: { id: 1, view: 'award_posting' } } as const satisfies Record<
  string,
  FigureSource
>;
export type FigureSourceName = keyof typeof FIGURE_SOURCES;
