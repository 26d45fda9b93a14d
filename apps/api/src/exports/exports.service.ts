import { close, createReadStream, createWriteStream, fstat, open } from 'node:fs';
import { mkdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { Inject, Injectable, StreamableFile } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { printDay, printInterval, printNumber, Refused, type Actor, type Day } from '@lib/kernel';
import { audit, Clock, PLATFORM_SETTINGS, reader, transact, type PlatformSettings } from '@lib/platform';
import { WorkbookOut, type CellOut, type ListOut, type ListPage, type SheetOut } from '@lib/spreadsheets';
import { UnitTree } from '@lib/units';

/** Rows of one workbook: what Excel opens at ease, and what one request may ask of the database. */
export const MOST_ROWS = 100_000;
const PAGE = 500;
const MEDIA_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What the query of any list may hold that a head of a page tells. */
interface Asked {
  readonly unit?: string | undefined;
  readonly from?: unknown;
  readonly to?: unknown;
  readonly on?: Day | undefined;
  readonly q?: string | undefined;
}

/** Gives a list page by page: the same question as the JSON list, so the same rows under the same rights. */
export type Paging<Row, Ask> = (ask: Ask) => Promise<ListPage<Row>>;

/**
 * Lists as workbooks. A workbook is written whole before its first byte leaves, to a file that has no name any more: what
 * is refused on the way is told in words, and nothing is left behind by whatever ends.
 */
@Injectable()
export class Exports {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    @Inject(PLATFORM_SETTINGS) private readonly settings: PlatformSettings,
  ) {}

  /** All pages of a list. @throws Refused `exports.too_many_rows` */
  async list<Row, Ask extends object>(
    actor: Actor,
    list: ListOut<Row>,
    ask: Ask,
    page: Paging<Row, Ask>,
  ): Promise<StreamableFile> {
    const first = await page(pageOf(ask, undefined));
    const sheet: SheetOut = {
      ...list,
      name: list.title,
      subtitle: [...(await this.asked(ask)), this.made(actor)],
      rows: cellsOf(list, first, (after) => page(pageOf(ask, after))),
    };
    return this.workbook(actor, list.file, [sheet], withoutWords(ask));
  }

  /** Rows of one record, which come all at once; a sheet for each of its lists. */
  record(
    actor: Actor,
    file: string,
    record: { readonly id: number; readonly name: string },
    lists: readonly Omit<SheetOut, 'name' | 'subtitle'>[],
  ): Promise<StreamableFile> {
    const subtitle = [record.name, this.made(actor)].filter(Boolean);
    const sheets = lists.map((list) => ({ ...list, name: list.title, subtitle }));
    return this.workbook(actor, file, sheets, { id: record.id });
  }

  /** Any sheets; `about` goes to the trail. */
  async workbook(actor: Actor, file: string, sheets: readonly SheetOut[], about: object): Promise<StreamableFile> {
    const spool = await this.spool();
    try {
      const out = createWriteStream('', { fd: spool, autoClose: false });
      const finished = new Promise<void>((resolve, reject) => out.once('finish', resolve).once('error', reject));
      const book = new WorkbookOut(out, this.clock.now());
      let rows = 0;
      for (const sheet of sheets) rows += await book.add(sheet);
      await Promise.all([book.close(), finished]);
      const { size } = await promisify(fstat)(spool);
      await transact(this.db, (tx) =>
        audit(tx, this.clock.now(), actor, 'list.exported', `list:${file}`, { ...about, rows }),
      );
      return new StreamableFile(createReadStream('', { fd: spool, start: 0 }), {
        type: MEDIA_TYPE,
        length: size,
        disposition: `attachment; filename="${file}-${this.clock.today()}.xlsx"`,
      });
    } catch (error) {
      await promisify(close)(spool);
      throw error;
    }
  }

  /** Who took it out of the house, and when. */
  made(actor: Actor): string {
    const at = new Intl.DateTimeFormat('vi-VN', {
      timeZone: 'Asia/Ho_Chi_Minh',
      hour: '2-digit',
      minute: '2-digit',
    }).format(this.clock.now());
    return `Xuất từ Sổ Vàng lúc ${at} ngày ${printDay(this.clock.today())}, người xuất: ${actor.name}`;
  }

  private async asked({ unit, from, to, on, q }: Asked): Promise<string[]> {
    const days = typeof from === 'string' || typeof to === 'string' ? [periodOf(from, to)] : [];
    return [
      ...(unit ? [`Đơn vị: ${await this.unitName(unit)}`] : []),
      ...days,
      ...(on ? [`Tại ngày ${printDay(on)}`] : []),
      ...(q ? [`Tìm: ${q}`] : []),
    ];
  }

  /** The list has been asked for by now, so the unit lies in the reader's scope. */
  private async unitName(code: string): Promise<string> {
    const q = reader(this.db);
    const id = await this.tree.idOf(q, code, { everywhere: true });
    return `${(await this.tree.refs(q, [id])).get(id)?.name ?? ''} (${code})`;
  }

  /** A plain descriptor: a `FileHandle` stays open for as long as one of the streams made of it did not close it. */
  private async spool(): Promise<number> {
    const folder = join(this.settings.dataDir, 'exports');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, `${randomUUID()}.xlsx`);
    const spool = await promisify(open)(path, 'wx+', 0o600);
    await unlink(path);
    return spool;
  }
}

async function* cellsOf<Row>(
  { columns }: ListOut<Row>,
  first: ListPage<Row>,
  further: (after: string | number) => Promise<ListPage<Row>>,
): AsyncGenerator<CellOut[]> {
  let rows = 0;
  for (let page = first; ; page = await further(page.next)) {
    rows += page.items.length;
    if (rows > MOST_ROWS)
      throw new Refused(
        'exports.too_many_rows',
        `Danh sách có hơn ${printNumber(MOST_ROWS)} dòng; hãy lọc theo đơn vị hoặc thời gian rồi tải từng phần.`,
      );
    for (const row of page.items) yield columns.map(({ of }) => of(row));
    if (page.next === null || page.next === undefined) return;
  }
}

function pageOf<Ask extends object>(ask: Ask, after: string | number | undefined): Ask {
  return { ...ask, limit: PAGE, after };
}

/** What was looked for may be a name: the trail keeps that something was, not what. */
function withoutWords<Ask extends object>(ask: Ask): object {
  return { ...ask, limit: undefined, after: undefined, ...('q' in ask && ask.q ? { q: true } : { q: undefined }) };
}

function periodOf(from: unknown, to: unknown): string {
  if (typeof from === 'string' && typeof to === 'string') return `Kỳ ${printInterval({ from, to })}`;
  return typeof from === 'string' ? `Từ ${printDay(from)}` : `Đến ${printDay(String(to))}`;
}
