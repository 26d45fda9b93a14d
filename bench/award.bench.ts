import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { systemActor, type Day } from '@lib/kernel';
import { RecordService, type RecordBatchInput } from '@lib/awards';
import { Applier } from '@lib/figures';
import { AskService, ComputeService } from '@lib/summaries';
import { median, quantile, timed, type Say } from './measure.js';
import { openProgram, startHelper } from './program.js';
import type { Row } from './report.js';
import { unitIds, YEAR, type Shape } from './shape.js';

const QUIET = 20;
const BURST = 10_000;
/** The burst ends here even when it is not through: the bench stays bounded. */
const BURST_MS = 90_000;
const WRITERS = 8;
const SAMPLE_EVERY = 100;
const WORK_ROUNDS = 25;
const PERIODS: readonly { from: Day; to: Day }[] = [
  { from: `${YEAR}-01-01`, to: `${YEAR}-12-31` },
  { from: `${YEAR}-01-01`, to: `${YEAR}-06-30` },
];
const clerk = systemActor('bench');

export interface DataSet {
  readonly shape: Shape;
  readonly url: string;
}

interface Stand {
  readonly app: INestApplicationContext;
  readonly db: DataSource;
  readonly shape: Shape;
  /** A grassroots unit four levels deep; summaries of it and of its ancestors stand. */
  readonly unit: string;
  readonly summaries: readonly number[];
}

/** One new award until the summaries of the unit, its parent, its province and the confederation contain it. */
export async function benchAward(cand: DataSet, nation: DataSet, say: Say): Promise<Row[]> {
  const [small, large] = [await stand(cand), await stand(nation)];
  try {
    const work = await databaseWork(small, large, say);
    const worker = await startHelper('./worker.js', nation.url);
    try {
      const quiet = await quietly(large);
      say(`  quiet: ${quiet.map((ms) => ms.toFixed(0)).join(' ')} ms`);
      const burst = await inBurst(large, say);
      return [
        {
          what: `one award on Nation, quiet, call of RecordService → in all 8 summaries of its ancestors (p95 of ${QUIET})`,
          budget: '≤ 1 s',
          measured: `median ${median(quiet).toFixed(0)} ms`,
          yardstick: '–',
          value: quantile(quiet, 0.95) / 1000,
          limit: 1,
          unit: 's',
        },
        {
          what: `the same within a burst of ${burst.written} single awards, ${WRITERS} writers (p95 of ${burst.times.length})`,
          budget: '≤ 2 s',
          measured: `median ${median(burst.times).toFixed(0)} ms, ${burst.rate.toFixed(0)} awards/s`,
          yardstick: '–',
          value: quantile(burst.times, 0.95) / 1000,
          limit: 2,
          unit: 's',
        },
        ...work,
      ];
    } finally {
      await worker.stop();
    }
  } finally {
    await small.app.close();
    await large.app.close();
  }
}

async function stand({ shape, url }: DataSet): Promise<Stand> {
  const app = await openProgram(url);
  const db = app.get(DataSource);
  const [found] = await db.query<{ codes: string[] }[]>(
    `SELECT ARRAY(SELECT u.code FROM unnest(c.chain) WITH ORDINALITY AS step (id, place) JOIN unit u ON u.id = step.id ORDER BY place) AS codes
       FROM unit_chain c WHERE c.unit_id > $1 AND cardinality(c.chain) = 4 AND c.vto = 'infinity' AND c.vfrom = '2000-01-01' ORDER BY c.unit_id LIMIT 1`,
    [unitIds(shape).firstGrassroots + 17],
  );
  const codes = found?.codes ?? [];
  await app.get(Applier).run();
  for (const unit of codes) for (const period of PERIODS) await app.get(AskService).ask(clerk, { unit, ...period });
  await app.get(ComputeService).run();
  const rows = await db.query<{ id: number }[]>(
    `SELECT s.id FROM summary s JOIN unit u ON u.id = s.unit_id WHERE u.code = ANY($1) AND s.known = 'infinity' AND s.from_day = $2`,
    [codes, PERIODS[0]?.from],
  );
  return { app, db, shape, unit: codes[0] ?? '', summaries: rows.map((row) => row.id) };
}

function award(unit: string, n: number): RecordBatchInput {
  const day = `${YEAR}-0${1 + (n % 6)}-${10 + (n % 18)}`;
  return {
    kind: 'AWARD',
    form: 'GIAY_KHEN',
    type: 'MERIT',
    unit,
    conferring: [{ unit }],
    when: { from: day, to: day, basis: 'DECISION' },
    lines: [{ recipient: { personName: `Người nhận ${n}` } }],
  };
}

/** What one award costs the database: the applier's transaction, and then the eight summaries; turn by turn on both sets. */
async function databaseWork(small: Stand, large: Stand, say: Say): Promise<Row[]> {
  const times = {
    apply: { small: [] as number[], large: [] as number[] },
    compute: { small: [] as number[], large: [] as number[] },
  };
  for (let round = -2; round < WORK_ROUNDS; round += 1)
    for (const [name, one] of [
      ['small', small],
      ['large', large],
    ] as const) {
      await one.app.get(RecordService).record(clerk, award(one.unit, round + 2));
      const apply = await timed(() => one.app.get(Applier).run());
      const compute = await timed(() => one.app.get(ComputeService).run());
      if (round < 0) continue; // warms plans and caches
      times.apply[name].push(apply);
      times.compute[name].push(compute);
    }
  const row = (
    what: string,
    { small: cand, large: nation }: { small: number[]; large: number[] },
    limit: number | null,
  ): Row => {
    say(`  ${what}: CAND ${median(cand).toFixed(1)} ms, Nation ${median(nation).toFixed(1)} ms`);
    return {
      what,
      budget: limit === null ? '–' : `Nation ≤ ${limit} × CAND`,
      measured: `${median(nation).toFixed(1)} ms on Nation`,
      yardstick: `${median(cand).toFixed(1)} ms on CAND`,
      value: median(nation) / median(cand),
      limit,
      unit: '×',
    };
  };
  return [
    row('database work of one award: entry, cells of all ancestors, marks (applier)', times.apply, 1.5),
    row('… and computing the 8 summaries anew', times.compute, null),
  ];
}

async function quietly(stand: Stand): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < QUIET; n += 1) {
    times.push(
      await timed(async () => {
        const { id } = await stand.app.get(RecordService).record(clerk, award(stand.unit, n));
        while ((await shown(stand, [id])).length === 0) await pause(5);
      }),
    );
    await pause(300);
  }
  return times.slice(1);
}

/** Awards all over the country as fast as the writers can; every hundredth is of the watched unit and timed. */
async function inBurst(stand: Stand, say: Say): Promise<{ times: number[]; written: number; rate: number }> {
  const { firstGrassroots } = unitIds(stand.shape);
  const recording = stand.app.get(RecordService);
  const started = performance.now();
  const begun = new Map<number, number>();
  const times: number[] = [];
  const state = { written: 0, writing: true };
  const write = async (): Promise<void> => {
    while (state.written < BURST && performance.now() - started < BURST_MS) {
      const n = state.written++;
      const sampled = n % SAMPLE_EVERY === 0;
      const unit = sampled ? stand.unit : `U${firstGrassroots + ((n * 7919) % stand.shape.grassroots)}`;
      const from = performance.now();
      const { id } = await recording.record(clerk, award(unit, n));
      if (sampled) begun.set(id, from);
    }
  };
  const watch = async (): Promise<void> => {
    while (state.writing || begun.size > 0) {
      for (const id of await shown(stand, [...begun.keys()])) {
        times.push(performance.now() - (begun.get(id) ?? 0));
        begun.delete(id);
      }
      await pause(20);
    }
  };
  const watching = watch();
  await Promise.all(Array.from({ length: WRITERS }, write));
  const seconds = (performance.now() - started) / 1000;
  state.writing = false;
  await watching;
  say(`  burst: ${state.written} awards written in ${seconds.toFixed(1)} s`);
  return { times, written: state.written, rate: state.written / seconds };
}

/** Which of the records every one of the standing summaries contains. */
async function shown({ db, summaries }: Stand, records: readonly number[]): Promise<number[]> {
  const rows = await db.query<{ id: number }[]>(
    `SELECT record_id AS id FROM figure_entry WHERE source = 1 AND record_id = ANY($1)
      GROUP BY 1 HAVING max(seq) <= (SELECT min(seq) FROM summary WHERE id = ANY($2))`,
    [records, summaries],
  );
  return rows.map((row) => row.id);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
