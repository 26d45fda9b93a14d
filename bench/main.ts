/**
 * The benchmark suite: `npm run bench [-- rollup award indicators read] [--fresh]`. Works on the server of DATABASE_URL (databases
 * sv_bench_cand and sv_bench_nation of its own), or on an embedded one; data sets are kept for the next run. Every figure is
 * a ratio to a yardstick of the same run, or a time that the budget itself names.
 */
import { benchAward } from './award.bench.js';
import { benchImport } from './import.bench.js';
import { openDataSet, openServer } from './server.js';
import { benchIndicators } from './indicators.bench.js';
import { benchNominations } from './nominations.bench.js';
import { benchRead } from './read.bench.js';
import { benchPeople } from './people.bench.js';
import { benchReorganisation } from './reorganisation.bench.js';
import { printReport, type Row } from './report.js';
import { benchRollup } from './rollup.bench.js';
import { CAND, NATION } from './shape.js';

const say = (line: string): void => console.log(line);
const args = process.argv.slice(2);
const wanted = (name: string): boolean => args.every((arg) => arg.startsWith('--')) || args.includes(name);

const server = await openServer(say);
try {
  say(`PostgreSQL ${server.version}`);
  const fresh = args.includes('--fresh');
  const cand = { shape: CAND, url: await openDataSet(server, CAND, fresh, say) };
  const nation = { shape: NATION, url: await openDataSet(server, NATION, fresh, say) };
  const rows: Row[] = [];
  if (wanted('import')) rows.push(...(await benchImport(server, say)));
  if (wanted('rollup')) rows.push(...(await benchRollup(nation.url, say)));
  if (wanted('award')) rows.push(...(await benchAward(cand, nation, say)));
  if (wanted('indicators')) rows.push(...(await benchIndicators(nation, say)));
  if (wanted('read')) rows.push(...(await benchRead(nation.url, say)));
  if (wanted('nominations')) rows.push(...(await benchNominations(nation.url, say)));
  if (wanted('people')) rows.push(...(await benchPeople(nation.url, say)));
  if (wanted('reorganisation')) rows.push(...(await benchReorganisation(nation.url, nation.shape, say)));
  printReport(rows, say);
} finally {
  await server.stop();
}
