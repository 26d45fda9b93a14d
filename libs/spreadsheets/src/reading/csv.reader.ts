import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { parse } from 'csv-parse';
import { Refused, tidy } from '@lib/kernel';
import type { RawCell, RawRow } from './raw-cell.js';
import type { TableIn } from './table-in.js';

export const SEPARATORS = [';', ',', '\t'] as const;
const OTHERS = ['|', '^', '~', '#', ':'];
const SAMPLE = 64 * 1024;
const AT_ONCE = 500;

/** A CSV as Excel writes it: UTF-8 with or without its mark, or UTF-16; separated by `;`, `,` or tabs. */
export class CsvIn implements TableIn {
  readonly hiddenRows = 0;
  readonly hiddenColumns = 0;

  private constructor(
    private readonly path: string,
    private readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be',
    private readonly separator: string,
  ) {}

  /** @throws Refused `imports.csv_encoding`, `imports.csv_separator` */
  static async open(path: string): Promise<CsvIn> {
    const file = await open(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SAMPLE), 0, SAMPLE, 0);
    await file.close();
    const head = buffer.subarray(0, bytesRead);
    const encoding =
      head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8';
    const text = new TextDecoder(encoding).decode(head, { stream: true });
    return new CsvIn(path, encoding, separatorOf(text));
  }

  sheets(): { name: null; hidden: false }[] {
    return [{ name: null, hidden: false }];
  }

  async *rows(): AsyncGenerator<RawRow[]> {
    const records = parse({
      delimiter: this.separator,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      max_record_size: 100_000,
      info: true,
    });
    const source = createReadStream(this.path);
    void this.feed(source, records);
    let rows: RawRow[] = [];
    let row = 0;
    try {
      for await (const { record } of records as AsyncIterable<{ record: string[] }>) {
        row += 1;
        const cells = record.map(cellOf);
        if (cells.every((cell) => cell === null)) continue;
        rows.push({ row, cells });
        if (rows.length < AT_ONCE) continue;
        yield rows;
        rows = [];
      }
      if (rows.length > 0) yield rows;
    } catch (error) {
      if (error instanceof Refused) throw error;
      throw new Refused(
        'imports.csv_broken',
        `Tệp CSV hỏng gần dòng ${row + 1}: có lẽ thiếu dấu ngoặc kép đóng. Hãy lưu lại từ Excel.`,
        'file',
      );
    } finally {
      source.destroy();
      records.destroy();
    }
  }

  close(): void {
    // Nothing is held between two readings.
  }

  private async feed(source: AsyncIterable<Buffer>, records: ReturnType<typeof parse>): Promise<void> {
    const decoder = new TextDecoder(this.encoding, { fatal: true });
    const decoded = (chunk?: Buffer): string => {
      try {
        return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
      } catch {
        throw notUnicode();
      }
    };
    try {
      for await (const chunk of source) {
        if (!records.write(decoded(chunk)))
          await new Promise((resolve) => records.once('drain', resolve).once('close', resolve));
        if (records.destroyed) return;
      }
      records.write(decoded());
      records.end();
    } catch (error) {
      records.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  }
}

/** What looks like a formula is told as one: it would become one in the officer's Excel. */
function cellOf(text: string): RawCell {
  const value = tidy(text);
  if (value === '') return null;
  return value.startsWith('=') ? { formula: value.slice(1) } : value;
}

/** The separator that cuts most evenly: the same number of cells in the most lines. */
function separatorOf(text: string): string {
  const lines = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, 50);
  const cuts = (separator: string): number =>
    lines.reduce((sum, line) => sum + line.replace(/"[^"]*"/g, '').split(separator).length - 1, 0);
  const [best] = [...SEPARATORS].sort((a, b) => cuts(b) - cuts(a));
  const [other] = OTHERS.sort((a, b) => cuts(b) - cuts(a));
  if (best && cuts(best) > 0 && (!other || cuts(best) * 2 >= cuts(other))) return best;
  if (other && cuts(other) >= lines.length)
    throw new Refused(
      'imports.csv_separator',
      `Tệp CSV ngăn cột bằng dấu “${other}”. Hãy lưu lại với dấu chấm phẩy (;), dấu phẩy (,) hoặc tab.`,
      'file',
    );
  return best ?? ';';
}

function notUnicode(): Refused {
  return new Refused(
    'imports.csv_encoding',
    'Tệp CSV không phải Unicode (UTF-8). Trong Excel hãy chọn “Lưu thành…” dạng “CSV UTF-8” rồi gửi lại.',
    'file',
  );
}
