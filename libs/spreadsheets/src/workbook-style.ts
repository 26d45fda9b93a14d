import type { Style } from 'exceljs';
import type { CellKind } from './workbook-out.js';

/** One object for all cells of a kind: the writer knows a style again by its identity. */
type Look = Partial<Style>;

const FONT = 'Times New Roman';
const line = { style: 'thin', color: { argb: 'FF9C9C9C' } } as const;
const BORDER = { top: line, left: line, bottom: line, right: line };
const ROSE = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF6E9D8' } } as const;

export const TITLE: Look = { font: { name: FONT, size: 14, bold: true } };
export const SUBTITLE: Look = { font: { name: FONT, size: 11, color: { argb: 'FF444444' } } };
export const HEADER: Look = {
  font: { name: FONT, size: 11, bold: true },
  fill: ROSE,
  border: BORDER,
  alignment: { vertical: 'middle', horizontal: 'center', wrapText: true },
};

const text: Look = {
  font: { name: FONT, size: 11 },
  border: BORDER,
  alignment: { vertical: 'top', wrapText: true },
};
const number = (numFmt: string): Look => ({
  ...text,
  numFmt,
  alignment: { vertical: 'top', horizontal: 'right' },
});

/** QUOTED: a text that looks like a formula is formatted as text, so that it stays one when its cell is edited. */
export const BODY: Readonly<Record<CellKind | 'QUOTED', Look>> = {
  TEXT: text,
  QUOTED: { ...text, numFmt: '@' },
  PLAIN: number('0'),
  INTEGER: number('#,##0'),
  DECIMAL: number('#,##0.##'),
  MONEY: number('#,##0'),
  PERCENT: number('0.0%'),
  DAY: { ...number('dd/mm/yyyy'), alignment: { vertical: 'top', horizontal: 'center' } },
};
