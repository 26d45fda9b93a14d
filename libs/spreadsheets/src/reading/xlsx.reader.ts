import { tidy } from '@lib/kernel';
import type { RawCell, RawRow } from './raw-cell.js';
import type { TableIn } from './table-in.js';
import { dayOfSerial, readParts, type SheetPart, type WorkbookParts } from './workbook-parts.js';
import { readXml } from './xml.js';
import { ZipIn } from './zip.js';

/** Columns beyond this are nobody's list. */
const MOST_COLUMNS = 300;

/** A workbook on disk, its sheets read as a stream: only shared texts and styles are held. */
export class XlsxIn implements TableIn {
  private constructor(
    private readonly zip: ZipIn,
    private readonly parts: WorkbookParts,
  ) {}

  static async open(path: string): Promise<XlsxIn> {
    const zip = await ZipIn.open(path);
    try {
      return new XlsxIn(zip, await readParts(zip));
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  /** Sheets that are shown come first: a hidden one holds lists for drop-downs. */
  sheets(): SheetPart[] {
    return [...this.parts.sheets].sort((a, b) => Number(a.hidden) - Number(b.hidden));
  }

  async *rows(sheet: string | null): AsyncGenerator<RawRow[]> {
    const part = this.parts.sheets.find(({ name }) => name === sheet);
    if (!part) return;
    const collector = new SheetCollector(this.parts);
    for await (const _ of readXml(this.zip.text(part.member), collector)) {
      if (collector.rows.length === 0) continue;
      const rows = collector.rows;
      collector.rows = [];
      yield rows;
    }
    this.hiddenRows = collector.hiddenRows;
    this.hiddenColumns = collector.hiddenColumns;
  }

  /** Of the sheet read last, to its end. */
  hiddenRows = 0;
  hiddenColumns = 0;

  close(): void {
    this.zip.close();
  }
}

class SheetCollector {
  rows: RawRow[] = [];
  hiddenRows = 0;
  hiddenColumns = 0;
  private row = 0;
  private column = -1;
  private cells: RawCell[] = [];
  private filled = false;
  private type = 'n';
  private style = 0;
  private value = '';
  private formula: string | null = null;
  private collects: 'value' | 'formula' | null = null;

  constructor(private readonly parts: WorkbookParts) {}

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    switch (name) {
      case 'c': {
        const place = attributes['r'];
        this.column = place ? columnOf(place) : this.column + 1;
        this.type = attributes['t'] ?? 'n';
        this.style = Number(attributes['s'] ?? 0);
        this.value = '';
        this.formula = null;
        return;
      }
      case 'v':
      case 't':
        this.collects = 'value';
        return;
      case 'f':
        this.collects = 'formula';
        this.formula = '';
        return;
      case 'row':
        this.row = attributes['r'] ? Number(attributes['r']) : this.row + 1;
        this.column = -1;
        this.cells = [];
        this.filled = false;
        if (attributes['hidden'] === '1' || attributes['hidden'] === 'true') this.hiddenRows += 1;
        return;
      case 'rPh':
        this.collects = null;
        return;
      case 'col':
        if (attributes['hidden'] === '1' || attributes['hidden'] === 'true') this.hiddenColumns += 1;
        return;
      default:
    }
  }

  text(text: string): void {
    if (this.collects === 'value') this.value += text;
    else if (this.collects === 'formula') this.formula += text;
  }

  close(name: string): void {
    if (name === 'v' || name === 't' || name === 'f') this.collects = null;
    else if (name === 'c') this.keep();
    else if (name === 'row' && this.filled) this.rows.push({ row: this.row, cells: this.cells });
  }

  private keep(): void {
    if (this.column < 0 || this.column >= MOST_COLUMNS) return;
    const cell = this.formula === null ? this.read() : { formula: this.formula };
    if (cell === null || cell === '') return;
    while (this.cells.length < this.column) this.cells.push(null);
    this.cells[this.column] = cell;
    this.filled = true;
  }

  private read(): RawCell {
    const { value } = this;
    if (value === '') return null;
    switch (this.type) {
      case 's':
        return this.parts.strings[Number(value)] ?? null;
      case 'inlineStr':
      case 'str':
        return tidy(value);
      case 'b':
        return value === '1';
      case 'e':
        return { error: value };
      case 'd':
        return { day: value.slice(0, 10) };
      default:
        return this.number(Number(value));
    }
  }

  private number(value: number): RawCell {
    if (!Number.isFinite(value)) return null;
    const day = this.parts.dateStyles[this.style] ? dayOfSerial(value, this.parts.from1904) : null;
    return day ? { day } : value;
  }
}

/** `AB12` → 27 */
function columnOf(place: string): number {
  let column = 0;
  for (let at = 0; at < place.length; at += 1) {
    const code = place.charCodeAt(at);
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column - 1;
}
