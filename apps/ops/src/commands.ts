import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { printDay, Refused, systemActor } from '@lib/kernel';
import { Recompute } from '@lib/figures';
import { Clock, Outbox } from '@lib/platform';
import { WorkbookOut } from '@lib/spreadsheets';
import { AskService, printSummary, SummaryQuery, summarySheets, type Summary } from '@lib/summaries';
import { importList } from './import-command.js';
import { withProgram } from './program.js';

type Command = (args: string[]) => Promise<number>;

export const USAGE = `Cách dùng: npm run ops -- LỆNH [TUỲ CHỌN]

  summary --unit MÃ --from NGÀY --to NGÀY [--lens as-was|as-is] [--as-known NGÀY] [--format json|text|xlsx] [--out TỆP]
          in tổng hợp kỳ của một đơn vị (NGÀY dạng YYYY-MM-DD); xlsx: ghi ra tệp, mỗi bảng một trang
  import  KIND TỆP [--dry-run] [--unit MÃ] [--params JSON] [--skip-wrong]
          nhập danh sách từ XLSX, CSV (KIND: units, people, award-lines, results); --dry-run chỉ kiểm tra; thoát với mã 1 nếu có dòng sai
  verify  [--repair]  đối chiếu sổ đếm với hồ sơ gốc; thoát với mã 1 nếu có sai khác
  mail    [--retry]   thư chờ gửi và không gửi được; --retry cho thư không gửi được gửi lại; thoát với mã 1 nếu còn
  migrate             cập nhật cấu trúc cơ sở dữ liệu
  openapi [--check] [TỆP]  ghi (hoặc chỉ so) mô tả HTTP API với mã nguồn; không cần cơ sở dữ liệu
`;

export const COMMANDS: Record<string, Command> = { summary, import: importList, verify, mail, migrate, openapi };

const operator = systemActor('ops');

/** Prints one summary, computing it in this process where no worker has. */
async function summary(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      unit: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      lens: { type: 'string' },
      'as-known': { type: 'string' },
      format: { type: 'string', default: 'text' },
      out: { type: 'string' },
    },
  });
  if (values.format !== 'json' && values.format !== 'text' && values.format !== 'xlsx')
    throw new Refused('ops.unknown_format', 'Định dạng là json, text hoặc xlsx.', 'format');
  const question = checked({
    unit: values.unit,
    from: values.from,
    to: values.to,
    lens: values.lens,
    asKnownOn: values['as-known'],
  });
  const { printed, at, today } = await withProgram(async (app) => ({
    printed: await app.get(AskService).askNow(operator, question),
    at: app.get(Clock).now(),
    today: app.get(Clock).today(),
  }));
  if (values.format === 'xlsx') {
    const file = values.out ?? `tong-hop-${question.unit.toLowerCase()}-${question.from}-${question.to}.xlsx`;
    await writeSummary(printed, at, `Xuất từ dòng lệnh ngày ${printDay(today)}`, file);
    console.log(`Đã ghi ${file}`);
    return 0;
  }
  console.log(values.format === 'json' ? JSON.stringify(printed, null, 2) : printSummary(printed));
  return 0;
}

async function writeSummary(printed: Summary, at: Date, made: string, file: string): Promise<void> {
  const stream = createWriteStream(file);
  const book = new WorkbookOut(stream, at);
  for (const sheet of summarySheets(printed, made)) await book.add(sheet);
  await Promise.all([book.close(), finished(stream)]);
}

/** The full recompute beside the book: 0 differences, or exit code 1. */
async function verify(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { repair: { type: 'boolean', default: false } } });
  return withProgram(async (app) => {
    const recompute = app.get(Recompute);
    const found = await recompute.verify();
    console.log(
      `Sổ đếm so với hồ sơ: ${found.ledger} bút toán sai khác. Ô số liệu so với tính lại toàn bộ: ${found.cells} ô sai khác.`,
    );
    if (values.repair && found.cells > 0) console.log(`Đã dựng lại; ${await recompute.repair()} ô đã sửa.`);
    return found.ledger + found.cells === 0 ? 0 : 1;
  });
}

/** What lies in the outbox as mail; exit code 1 where something was given up. */
async function mail(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { retry: { type: 'boolean', default: false } } });
  return withProgram(async (app) => {
    const outbox = app.get(Outbox);
    if (values.retry) console.log(`Cho gửi lại: ${await outbox.retry('mail')} thư.`);
    const { waiting, givenUp, lastError } = await outbox.state('mail');
    console.log(
      `Thư chờ gửi: ${waiting}. Không gửi được: ${givenUp}.${lastError ? ` Lỗi gần nhất: ${lastError}.` : ''}`,
    );
    return givenUp === 0 ? 0 : 1;
  });
}

async function migrate(): Promise<number> {
  await withProgram(async () => undefined);
  console.log('Cấu trúc cơ sở dữ liệu đã là bản mới nhất.');
  return 0;
}

/** Writes the description of the HTTP API; with --check only compares, exit code 1 where it differs. */
async function openapi(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { check: { type: 'boolean', default: false } },
  });
  // Loaded here alone: the compiler that reads the sources is large.
  const { OPENAPI_FILE, printOpenApi } = await import('./openapi.js');
  const [file = OPENAPI_FILE] = positionals;
  const { text, differs } = await printOpenApi(file);
  if (!values.check) await writeFile(file, text);
  else if (differs) console.error(`${file} khác với mã nguồn. Hãy chạy: npm run ops -- openapi`);
  return values.check && differs ? 1 : 0;
}

function checked(given: object): SummaryQuery {
  const defined = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const question = plainToInstance(SummaryQuery, defined);
  const wrong = validateSync(question);
  if (wrong.length > 0)
    throw Refused.all(
      wrong.map(({ property }) => ({
        code: 'input.invalid',
        field: property,
        message: `Thiếu hoặc sai: --${property}`,
      })),
    );
  return question;
}
