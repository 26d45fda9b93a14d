import { crc32, deflateRawSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { ImportRunner } from '@lib/spreadsheets';
import type { TestAnswer, TestApi } from './api.js';

export type CellGiven = string | number | Date | null | { formula: string; result: string | number };

/** A workbook of one sheet, cell by cell. */
export async function workbook(
  rows: readonly (readonly CellGiven[])[],
  change: (sheet: ExcelJS.Worksheet, book: ExcelJS.Workbook) => void = () => undefined,
): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('Danh sách');
  for (const row of rows) sheet.addRow([...row]);
  change(sheet, book);
  return Buffer.from(await book.xlsx.writeBuffer());
}

export async function openWorkbook(content: Buffer): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(content as unknown as ArrayBuffer);
  return book;
}

/** A zip as somebody with bad intentions writes it: sizes may be told that are not true. */
export function zip(members: readonly { name: string; content: Buffer; saysSize?: number; flags?: number }[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, saysSize = content.length, flags = 0 } of members) {
    const packed = deflateRawSync(content, { level: 9 });
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(saysSize, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]);
    const central = Buffer.concat([
      Buffer.from('PK\x01\x02\x14\x00'),
      common,
      Buffer.alloc(10),
      Buffer.from([offset & 255, (offset >> 8) & 255, (offset >> 16) & 255, offset >>> 24]),
      Buffer.from(name),
    ]);
    parts.push(local);
    directory.push(central);
    offset += local.length;
  }
  const size = directory.reduce((sum, one) => sum + one.length, 0);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

const BOUNDARY = 'ranh-gioi-bang-tinh';

/** Sends a list over POST /api/imports, as the wizard does. */
export function uploadList(
  api: TestApi,
  as: string,
  name: string,
  content: Buffer,
  fields: Readonly<Record<string, string>>,
): Promise<TestAnswer> {
  const texts = Object.entries(fields).map(
    ([field, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  const payload = Buffer.concat([Buffer.from(texts.join('') + head), content, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]);
  const headers = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
  return api.inject('POST', '/api/imports', { as, payload, headers });
}

/** Uploads, and does what the job does. Returns the import as it then is. */
export async function dryRun(
  api: TestApi,
  as: string,
  name: string,
  content: Buffer,
  fields: Readonly<Record<string, string>>,
): Promise<TestAnswer['body']> {
  const sent = await uploadList(api, as, name, content, fields);
  if (sent.status !== 201) throw new Error(`upload of ${name}: ${sent.status} ${sent.text}`);
  await api.app.get(ImportRunner).run();
  return (await api.inject('GET', `/api/imports/${sent.body.id}`, { as })).body;
}

/** Accepts what was checked, and does what the job does. */
export async function accepted(
  api: TestApi,
  as: string,
  { id, version }: { id: number; version: number },
  given: object = {},
): Promise<TestAnswer['body']> {
  const answer = await api.inject('POST', `/api/imports/${id}/acceptance`, { as, body: { version, ...given } });
  if (answer.status !== 200) throw new Error(`acceptance: ${answer.status} ${answer.text}`);
  await api.app.get(ImportRunner).run();
  return (await api.inject('GET', `/api/imports/${id}`, { as })).body;
}
