import { createReadStream } from 'node:fs';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Files } from '@lib/files';
import { systemActor } from '@lib/kernel';
import { PlatformModule } from '@lib/platform';
import {
  ImportRunner,
  Imports,
  ImportsQueries,
  readTable,
  type ImportDetail,
  type VerdictCounts,
} from '@lib/spreadsheets';
import { UnitsService } from '@lib/units';
import { ROOMS } from '../apps/api/src/rooms.js';
import { unitCode, UNITS } from './generate/people-workbook.js';

export interface ImportQuestionOfBench {
  readonly file: string;
}

export interface ImportAnswer {
  readonly parseMs: number;
  readonly checkMs: number;
  readonly writeMs: number;
  readonly peakMb: number;
  readonly counts: VerdictCounts | null;
}

/** A worker with nothing else to do: its memory is that of the import. */
const [, , databaseUrl = '', dataDir = ''] = process.argv;
const operator = systemActor('bench');

async function main(): Promise<void> {
  class ImportModule {}
  const settings = { databaseUrl, redisUrl: null, queueDatabaseUrl: null, dataDir };
  Module({ imports: [PlatformModule.with(settings), ...ROOMS] })(ImportModule);
  const app = await NestFactory.createApplicationContext(ImportModule, { logger: ['error'], abortOnError: false });
  await app.get(UnitsService).create(operator, { code: 'TLD', name: 'Tổng Liên đoàn', level: 'CONFEDERATION' });
  for (let unit = 0; unit < UNITS; unit += 1)
    await app.get(UnitsService).create(operator, {
      code: unitCode(unit),
      name: `Công đoàn số ${unit}`,
      level: 'GRASSROOTS_UNION',
      parent: 'TLD',
    });
  process.once('disconnect', () => void app.close().finally(() => process.exit(0)));
  process.on(
    'message',
    (question) => void measure(app, question as ImportQuestionOfBench).then((answer) => process.send?.(answer)),
  );
  process.send?.('ready');
}

async function measure(app: INestApplicationContext, { file }: ImportQuestionOfBench): Promise<ImportAnswer> {
  const parsed = performance.now();
  let rows = 0;
  for await (const some of readTable(file)) rows += some.length;
  const parseMs = performance.now() - parsed;
  if (rows < 1000) throw new Error(`${rows} rows only`);
  const arrived = await app.get(Files).receive(createReadStream(file));
  const [imports, runner] = [app.get(Imports), app.get(ImportRunner)];
  const id = await imports.upload(operator, arrived, 'doan-vien.xlsx', { kind: 'people', unit: 'TLD' });
  const checked = performance.now();
  await runner.runOne(id);
  const checkMs = performance.now() - checked;
  const { version, counts, state, problems } = await detail(app, id);
  if (state !== 'CHECKED') throw new Error(`${state}: ${JSON.stringify(problems)}`);
  await imports.accept(operator, id, { version, skipWrong: true });
  const written = performance.now();
  await runner.runOne(id);
  const writeMs = performance.now() - written;
  const after = await detail(app, id);
  if (after.state !== 'ACCEPTED') throw new Error(`${after.state}: ${JSON.stringify(after.notes)}`);
  return { parseMs, checkMs, writeMs, peakMb: Math.round(process.resourceUsage().maxRSS / 1024), counts };
}

function detail(app: INestApplicationContext, id: number): Promise<ImportDetail> {
  return app.get(ImportsQueries).detail(operator, id);
}

await main();
