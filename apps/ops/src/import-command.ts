import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { INestApplicationContext } from '@nestjs/common';
import { Files } from '@lib/files';
import { Refused, systemActor } from '@lib/kernel';
import {
  IMPORT_KINDS,
  ImportRunner,
  Imports,
  ImportsQueries,
  VERDICTS,
  type ImportDetail,
  type ImportPhase,
  type LineVerdict,
} from '@lib/spreadsheets';
import { withProgram } from './program.js';

const operator = systemActor('ops');
const SHOWN = 50;
const VERDICT_WORDS: Record<LineVerdict, string> = {
  NEW: 'mới',
  CHANGED: 'thay đổi',
  UNCHANGED: 'không đổi',
  DUPLICATE: 'trùng, cần xác nhận',
  WRONG: 'sai',
};
const PHASE_WORDS: Record<ImportPhase, string> = {
  READING: 'Đã kiểm tra',
  MARKING: 'Đánh dấu ô sai',
  WRITING: 'Đã ghi',
};

/**
 * The same way as over HTTP, in a process of its own: dry run, then acceptance. Progress goes to standard error. Exit code 1
 * where rows are wrong and were not left out on purpose; nothing is written then.
 */
export async function importList(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean', default: false },
      'skip-wrong': { type: 'boolean', default: false },
      unit: { type: 'string' },
      params: { type: 'string' },
    },
  });
  const [given = '', file = ''] = positionals;
  const kind = IMPORT_KINDS.find((name) => name === given);
  if (!kind) throw new Refused('import_kind.not_found', `Loại danh sách là: ${IMPORT_KINDS.join(', ')}.`, 'KIND');
  await access(file).catch(() => {
    throw new Refused('ops.no_file', `Không đọc được tệp ${file}.`, 'TỆP');
  });
  return withProgram(async (app) => {
    const arrived = await app.get(Files).receive(createReadStream(file));
    const id = await app.get(Imports).upload(operator, arrived, basename(file), {
      kind,
      unit: values.unit ?? null,
      params: values.params ?? null,
    });
    const checked = await settled(app, id);
    await tell(app, checked);
    if (checked.state === 'REFUSED') return 1;
    const { NEW = 0, CHANGED = 0, DUPLICATE = 0, WRONG = 0 } = checked.counts ?? {};
    const hindered = DUPLICATE + WRONG > 0 && !values['skip-wrong'];
    if (values['dry-run'] || hindered || NEW + CHANGED === 0) {
      await app.get(Imports).abandon(operator, id, checked.version);
      return DUPLICATE + WRONG > 0 && (values['dry-run'] || hindered) ? 1 : 0;
    }
    await app.get(Imports).accept(operator, id, { version: checked.version, skipWrong: values['skip-wrong'] });
    const written = await settled(app, id);
    for (const { message } of [...written.notes, ...written.problems])
      if (written.state !== 'ACCEPTED') console.error(message);
    console.log(`${written.stateName} (lần nhập ${id}).`);
    return written.state === 'ACCEPTED' ? 0 : 1;
  });
}

/** Works on the import here, or waits where a worker was quicker. */
async function settled(app: INestApplicationContext, id: number): Promise<ImportDetail> {
  let last = 0;
  const progress = (phase: ImportPhase, done: number, total: number | null): void => {
    if (Date.now() - last < 1_000) return;
    last = Date.now();
    console.error(`${PHASE_WORDS[phase]}: ${done}${total === null ? '' : `/${total}`} dòng`);
  };
  for (;;) {
    const free = await app.get(ImportRunner).runOne(id, progress);
    const found = await app.get(ImportsQueries).detail(operator, id);
    if (free || !['UPLOADED', 'READING', 'ACCEPTING'].includes(found.state)) return found;
    await sleep(500);
  }
}

async function tell(
  app: INestApplicationContext,
  { id, counts, notes, problems, sameFile }: ImportDetail,
): Promise<void> {
  for (const { message } of [...problems, ...notes]) console.log(message);
  if (sameFile) console.log(`Tệp này đã nhập ngày ${sameFile.day} (lần nhập ${sameFile.importId}).`);
  if (counts) console.log(VERDICTS.map((verdict) => `${VERDICT_WORDS[verdict]}: ${counts[verdict]}`).join(' · '));
  for (const verdict of ['WRONG', 'DUPLICATE'] as const) {
    const { items, next } = await app.get(ImportsQueries).rows(operator, id, { verdict, limit: SHOWN });
    for (const { row, problems: found } of items)
      console.log(`  dòng ${row}: ${found.map(({ message }) => message).join(' ')}`);
    if (next !== null) console.log('  …');
  }
}
