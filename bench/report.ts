import type { Say } from './measure.js';

export interface Row {
  readonly what: string;
  readonly budget: string;
  readonly measured: string;
  readonly yardstick: string;
  /** Compared with `limit`; a row without a limit only informs. */
  readonly value: number;
  readonly limit: number | null;
  readonly unit: '×' | 's';
}

/** The table of all rows; true when every budget is reached. */
export function printReport(rows: readonly Row[], say: Say): boolean {
  const table = [
    ['row', 'budget', 'measured', 'yardstick', 'result', 'verdict'],
    ...rows.map((row) => [
      row.what,
      row.budget,
      row.measured,
      row.yardstick,
      `${row.value.toFixed(2)} ${row.unit}`,
      verdict(row),
    ]),
  ];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0))) ?? [];
  say('');
  for (const line of table)
    say(
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join(' | ')
        .trimEnd(),
    );
  return rows.every((row) => verdict(row) !== 'NOT REACHED');
}

function verdict({ value, limit }: Row): string {
  if (limit === null) return '(informs)';
  return value <= limit ? 'reached' : 'NOT REACHED';
}
