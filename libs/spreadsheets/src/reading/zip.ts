import type { Readable } from 'node:stream';
import { open as openZip, type Entry, type ZipFile } from 'yauzl';
import { Refused } from '@lib/kernel';

/** A workbook of 100,000 lines unpacks to about 60 MB. */
const MOST_ENTRIES = 3_000;
const MOST_BYTES = 600 * 1024 * 1024;
/** Sheets shrink to a twentieth, very even ones to a hundredth; a bomb to a thousandth. */
const MOST_RATIO = 200;
const RATIO_FROM = 4 * 1024 * 1024;

/**
 * The members of a zip file on disk. Its directory is judged before anything is unpacked, and no member may turn out larger
 * than the directory says.
 */
export class ZipIn {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  /** @throws Refused `imports.zip_broken`, `imports.zip_bomb`, `imports.encrypted` */
  static async open(path: string): Promise<ZipIn> {
    const zip = await new Promise<ZipFile>((resolve, reject) => {
      openZip(path, { lazyEntries: true, autoClose: false, strictFileNames: false }, (error, opened) =>
        error ? reject(broken()) : resolve(opened),
      );
    });
    try {
      return new ZipIn(zip, await directory(zip));
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  names(): string[] {
    return [...this.entries.keys()];
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** Bytes of a member once unpacked; 0 where there is none. */
  size(name: string): number {
    return this.entries.get(name)?.uncompressedSize ?? 0;
  }

  /** The member's text in pieces; none where there is no such member. */
  async *text(name: string): AsyncGenerator<string> {
    const entry = this.entries.get(name);
    if (!entry) return;
    const stream = await new Promise<Readable>((resolve, reject) => {
      this.zip.openReadStream(entry, (error, opened) => (error ? reject(broken()) : resolve(opened)));
    });
    stream.setEncoding('utf8');
    try {
      for await (const chunk of stream) yield chunk as string;
    } catch {
      // More, or other, than the directory said.
      throw broken();
    } finally {
      stream.destroy();
    }
  }

  close(): void {
    this.zip.close();
  }
}

function directory(zip: ZipFile): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    let bytes = 0;
    zip.on('error', () => reject(broken()));
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: Entry) => {
      const { uncompressedSize: large, compressedSize: small } = entry;
      bytes += large;
      if ((entry.generalPurposeBitFlag & 1) === 1) return reject(encrypted());
      if (
        entries.size >= MOST_ENTRIES ||
        bytes > MOST_BYTES ||
        (large > RATIO_FROM && large > small * MOST_RATIO) ||
        entries.has(entry.fileName)
      )
        return reject(bomb());
      entries.set(entry.fileName.replace(/^\//, ''), entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}

export function encrypted(): Refused {
  return new Refused(
    'imports.encrypted',
    'Tệp có mật khẩu. Hãy bỏ mật khẩu (Tệp › Thông tin › Bảo vệ sổ làm việc) rồi gửi lại.',
    'file',
  );
}

function bomb(): Refused {
  return new Refused('imports.zip_bomb', 'Tệp giải nén ra quá lớn so với một bảng tính; không đọc.', 'file');
}

function broken(): Refused {
  return new Refused('imports.zip_broken', 'Tệp hỏng, không mở được. Hãy mở bằng Excel, lưu lại rồi gửi lại.', 'file');
}
