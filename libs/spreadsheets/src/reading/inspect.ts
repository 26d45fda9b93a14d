import { open } from 'node:fs/promises';
import type { Arrived } from '@lib/files';
import { Refused } from '@lib/kernel';
import { encrypted, ZipIn } from './zip.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const OLE = 'application/x-cfb';

export type TableFormat = 'xlsx' | 'csv';

/** @throws Refused `imports.type_not_allowed`, `imports.old_excel`, `imports.macros` */
export function tableFormat(name: string): TableFormat {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  if (extension === 'xlsx') return 'xlsx';
  if (extension === 'csv' || extension === 'txt') return 'csv';
  if (extension === 'xlsm' || extension === 'xltm' || extension === 'xlsb') throw macros();
  if (extension === 'xls')
    throw new Refused(
      'imports.old_excel',
      'Tệp .xls là dạng Excel cũ. Hãy mở bằng Excel, chọn “Lưu thành…” dạng .xlsx rồi gửi lại.',
      'file',
    );
  throw new Refused('imports.type_not_allowed', 'Chỉ nhận bảng tính .xlsx hoặc .csv.', 'file');
}

/**
 * Judges what arrived by what can be seen without unpacking it. @returns its media type
 * @throws Refused `imports.*`
 */
export async function inspectTable(arrived: Arrived, name: string): Promise<string> {
  const format = tableFormat(name);
  if (format === 'csv') {
    // UTF-16 of Excel begins with a mark that some media files begin with, too.
    if (arrived.signature !== null && !(await isUtf16(arrived.path)))
      throw new Refused('imports.not_text', 'Tệp này không phải văn bản CSV: nội dung khác với phần mở rộng.', 'file');
    return 'text/csv';
  }
  // A workbook with a password lies in the container of the old format.
  if (arrived.signature === OLE) throw encrypted();
  const zip = await ZipIn.open(arrived.path);
  try {
    if (zip.names().some((member) => /vbaProject\.bin$/i.test(member))) throw macros();
    if (!zip.has('xl/workbook.xml') && !zip.has('[Content_Types].xml'))
      throw new Refused('imports.not_workbook', 'Tệp này không phải bảng tính Excel.', 'file');
  } finally {
    zip.close();
  }
  return XLSX;
}

async function isUtf16(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return ['fffe', 'feff'].includes(buffer.toString('hex'));
  } finally {
    await file.close();
  }
}

function macros(): Refused {
  return new Refused(
    'imports.macros',
    'Sổ làm việc có macro không được nhận. Hãy lưu lại thành .xlsx (không macro) rồi gửi lại.',
    'file',
  );
}
