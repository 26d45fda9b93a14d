import type { Queryable } from '@lib/platform';
import { unitIds, YEAR, type Shape } from '../shape.js';

/** Series of the generated reports: a count and its money. */
export const SERIES = [2, 3] as const;

/**
 * Two reports a unit and month of the last year, of the unit's own; one direct upper union in three also declares its year for
 * all below it, now more and now less than the parts.
 */
export async function generateReports(q: Queryable, shape: Shape): Promise<void> {
  const { firstDirect, last } = unitIds(shape);
  await q.query(`
    INSERT INTO figure_reported (record_id, series_id, unit_id, nature, whole, event, span_from, day, value, bits, recorded_on)
    SELECT u * 12 + month, series, u, 0, false, false, first, (first + interval '1 month - 1 day')::date, floor(50 * bench_random(u * 24 + month * 2 + series, 51))::int, 0, '${YEAR + 1}-01-10'
      FROM generate_series(1, ${last}) u CROSS JOIN generate_series(0, 11) month CROSS JOIN unnest(ARRAY[${SERIES.join(', ')}]) series
     CROSS JOIN LATERAL (SELECT ('${YEAR}-01-01'::date + make_interval(months => month))::date AS first) m`);
  await q.query(`
    INSERT INTO figure_reported (record_id, series_id, unit_id, nature, whole, event, span_from, day, value, bits, recorded_on)
    SELECT u, ${SERIES[0]}, u, 0, true, false, '${YEAR}-01-01', '${YEAR}-12-31', 20000 + floor(60000 * bench_random(u, 52))::int, 1, '${YEAR + 1}-01-15'
      FROM generate_series(${firstDirect}, ${firstDirect + shape.directUpper - 1}) u WHERE u % 3 = 0`);
}
