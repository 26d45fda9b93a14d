import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportAnswer, ImportQuestionOfBench } from './import-process.js';
import { median, type Say } from './measure.js';
import { startWorkerHelper } from './program.js';
import type { Row } from './report.js';
import { openEmpty, type BenchServer } from './server.js';
import { writePeople } from './generate/people-workbook.js';

const PEOPLE = 100_000;
const ROUNDS = 3;
const BUDGET_S = 60;
const BUDGET_MB = 300;
const BUDGET_RATIO = 8;

/**
 * 100,000 people of 200 units from one workbook of eight columns, one row of them wrong: dry run, acceptance, in a process of
 * its own. The yardstick is the streamed parse alone in the same process and round. Memory is the most that the process held
 * at once (`resourceUsage().maxRSS`), its code and the database driver included.
 */
export async function benchImport(server: BenchServer, say: Say): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'so-vang-bench-'));
  try {
    const file = join(folder, 'doan-vien.xlsx');
    await writePeople(file, PEOPLE);
    const size = await bytesOf(file);
    say(`  import: workbook of ${PEOPLE} people, ${(size / 1e6).toFixed(1)} MB`);
    const answers: ImportAnswer[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      const url = await openEmpty(server, 'sv_bench_import');
      const helper = await startWorkerHelper<string>('./import-process.js', url, join(folder, String(round)));
      const answer = await helper.ask<ImportAnswer>({ file } satisfies ImportQuestionOfBench);
      await helper.stop();
      const { parseMs, checkMs, writeMs, peakMb, counts } = answer;
      say(
        `  import, round ${round}: parse ${(parseMs / 1000).toFixed(1)} s, dry run ${(checkMs / 1000).toFixed(1)} s, acceptance ${(writeMs / 1000).toFixed(1)} s, ${peakMb} MB, ${JSON.stringify(counts)}`,
      );
      answers.push(answer);
    }
    const whole = answers.map(({ checkMs, writeMs }) => (checkMs + writeMs) / 1000);
    const parse = answers.map(({ parseMs }) => parseMs / 1000);
    const common = { what: `import of ${PEOPLE} people from XLSX`, measured: `${median(whole).toFixed(1)} s` };
    return [
      { ...common, budget: `≤ ${BUDGET_S} s`, yardstick: '', value: median(whole), limit: BUDGET_S, unit: 's' },
      {
        ...common,
        budget: `≤ ${BUDGET_RATIO} × the streamed parse alone`,
        yardstick: `${median(parse).toFixed(1)} s`,
        value: median(answers.map(({ parseMs, checkMs, writeMs }) => (checkMs + writeMs) / parseMs)),
        limit: BUDGET_RATIO,
        unit: '×',
      },
      {
        ...common,
        budget: `≤ ${BUDGET_MB} MB peak of the process`,
        measured: `${Math.max(...answers.map(({ peakMb }) => peakMb))} MB`,
        yardstick: `${BUDGET_MB} MB`,
        value: Math.max(...answers.map(({ peakMb }) => peakMb)) / BUDGET_MB,
        limit: 1,
        unit: '×',
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function bytesOf(file: string): Promise<number> {
  let bytes = 0;
  for await (const chunk of createReadStream(file)) bytes += (chunk as Buffer).length;
  return bytes;
}
