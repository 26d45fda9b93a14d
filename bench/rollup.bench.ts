import { connect, reader, transact } from '@lib/platform';
import { MONTH, RebuildService, WORK_MEM } from '@lib/figures';
import { median, timed, type Say } from './measure.js';
import type { Row } from './report.js';
import { YEAR } from './shape.js';

const ROUNDS = 5;

/**
 * The yardstick: the bare roll-up up the dated tree, same measures, same memory, default parallel plan, nothing stored.
 * EXPLAIN ANALYZE runs the statement to its last row and sends none; TIMING OFF leaves only the counting of rows.
 */
const BARE = `EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF)
  SELECT p.ancestor_id, ${MONTH('e.day')} AS month, e.dim_id, e.giver_id,
         sum(e.coll)::int, sum(e.indiv)::int, sum(e.hh)::int, sum(e.unsplit)::int, sum(e.women)::int, sum(e.women_of)::int,
         sum(CASE WHEN e.part_id <> 0 THEN e.coll ELSE 0 END)::int, sum(CASE WHEN e.part_id <> 0 THEN e.indiv ELSE 0 END)::int,
         sum(CASE WHEN e.person_id IS NOT NULL THEN e.indiv ELSE 0 END)::int
    FROM figure_entry e
    JOIN unit_path p ON p.unit_id = e.unit_id AND p.vfrom <= e.day AND e.day < p.vto AND p.tto = 2147483647
   WHERE e.day >= '${YEAR}-01-01' AND e.day < '${YEAR + 1}-01-01' AND NOT e.wide
   GROUP BY 1, 2, 3, 4`;

/** A year of the whole country: rebuilt, keyed, analysed and swapped in, against the bare query. */
export async function benchRollup(url: string, say: Say): Promise<Row[]> {
  const db = await connect(url);
  try {
    const rebuild = new RebuildService(db);
    const bare = (): Promise<unknown> =>
      transact(db, async (tx) => {
        await tx.query(`SET LOCAL work_mem = '${WORK_MEM}'`);
        await tx.query(BARE);
      });
    const times = { bare: [] as number[], stored: [] as number[], ratio: [] as number[] };
    for (let round = 0; round <= ROUNDS; round += 1) {
      const one = { bare: await timed(bare), stored: await timed(() => rebuild.rebuildYear(YEAR)) };
      say(`  roll-up round ${round}: bare ${one.bare.toFixed(0)} ms, stored ${one.stored.toFixed(0)} ms`);
      if (round === 0) continue; // warms the caches
      times.bare.push(one.bare);
      times.stored.push(one.stored);
      times.ratio.push(one.stored / one.bare);
    }
    const [size] = await reader(db).query<{ entries: number; cells: number }>(
      `SELECT (SELECT count(*)::int FROM figure_entry_${YEAR}) AS entries, (SELECT count(*)::int FROM figure_cell_${YEAR}) AS cells`,
    );
    return [
      {
        what: `roll-up of ${YEAR}, all units, stored (${size?.entries} entries → ${size?.cells} cells)`,
        budget: '≤ 2 × bare',
        measured: `${median(times.stored).toFixed(0)} ms`,
        yardstick: `${median(times.bare).toFixed(0)} ms, not stored`,
        value: median(times.ratio),
        limit: 2,
        unit: '×',
      },
    ];
  } finally {
    await db.destroy();
  }
}
