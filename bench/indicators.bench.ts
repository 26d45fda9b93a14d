import { connect, reader, snapshot } from '@lib/platform';
import { IndicatorQueries, type Question } from '@lib/figures';
import { SERIES } from './generate/reports.js';
import { median, timed, type Say } from './measure.js';
import type { Row } from './report.js';
import { unitIds, YEAR, type Shape } from './shape.js';

const ROUNDS = 5;
const LATEST = 2_147_483_646;

/** The yardstick: the same reports summed up the dated tree for one unit, without tiling, declared figures or qualifiers. */
const BARE = `EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF)
  SELECT r.series_id, sum(r.value) FROM figure_reported r
    JOIN unit_path p ON p.unit_id = r.unit_id AND p.ancestor_id = $1 AND p.vfrom <= r.day AND r.day < p.vto AND p.tto = 2147483647
   WHERE r.span_from >= '${YEAR}-01-01' AND r.day <= '${YEAR}-12-31' AND r.removed_on IS NULL GROUP BY 1`;

/** Figures of a year out of two reports a unit and month: for the whole country, a province and a grassroots union. */
export async function benchIndicators({ shape, url }: { shape: Shape; url: string }, say: Say): Promise<Row[]> {
  const db = await connect(url);
  try {
    const q = reader(db);
    const figures = new IndicatorQueries();
    const [size] = await q.query<{ reports: number }>(`SELECT count(*)::int AS reports FROM figure_reported`);
    const { firstGrassroots } = unitIds(shape);
    const rows: Row[] = [];
    for (const [what, unitId] of [
      ['the whole country', 1],
      ['a province', 2],
      ['a grassroots union', firstGrassroots],
    ] as const) {
      const question: Question = {
        unitId,
        from: `${YEAR}-01-01`,
        to: `${YEAR}-12-31`,
        known: null,
        change: LATEST,
        lens: 'as-was',
      };
      const times = { bare: [] as number[], figures: [] as number[], ratio: [] as number[] };
      for (let round = 0; round <= ROUNDS; round += 1) {
        const bare = await timed(() => q.query(BARE, [unitId]));
        const asked = await timed(() => snapshot(db, (now) => figures.figures(now, question, SERIES)));
        say(`  indicators of ${what}, round ${round}: bare ${bare.toFixed(0)} ms, figures ${asked.toFixed(0)} ms`);
        if (round === 0) continue; // warms the caches
        times.bare.push(bare);
        times.figures.push(asked);
        times.ratio.push(asked / bare);
      }
      rows.push({
        what: `indicators of ${YEAR}, ${what} (${size?.reports} reports in all), computed from the reports`,
        budget: '',
        measured: `${median(times.figures).toFixed(1)} ms`,
        yardstick: `${median(times.bare).toFixed(1)} ms, sums alone`,
        value: median(times.ratio),
        limit: null,
        unit: '×',
      });
    }
    return rows;
  } finally {
    await db.destroy();
  }
}
