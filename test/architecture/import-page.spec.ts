import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { peopleColumns } from '@lib/people';
import { IMPORT_KINDS, typeWords, type ColumnSpec, type ImportKindName } from '@lib/spreadsheets';
import { unitColumns } from '@lib/units';
import { lineColumns } from '../../libs/awards/src/award-lines.columns.js';
import { resultColumns } from '../../libs/results/src/results.columns.js';

const COLUMNS: Record<ImportKindName, readonly ColumnSpec[]> = {
  units: unitColumns([]),
  people: peopleColumns([]),
  'award-lines': lineColumns([]),
  results: resultColumns([], []),
};

/** The page of the documentation says what the program reads: the table of each kind is that of its template. */
test.each(IMPORT_KINDS)('docs/import.md lists the columns of %s as they are', async (kind) => {
  const page = await readFile(join(import.meta.dirname, '../../docs/import.md'), 'utf8');
  const part = page.split(`\n## \`${kind}\``)[1]?.split('\n## ')[0] ?? '';
  const told = part
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  expect(told).toEqual(
    COLUMNS[kind]
      .filter(({ offered }) => offered !== false)
      .map((column) => [column.header, column.required ? 'yes' : '', typeWords(column)]),
  );
});

test('the page is linked from the README', async () => {
  expect(await readFile(join(import.meta.dirname, '../../README.md'), 'utf8')).toContain('(docs/import.md)');
});
