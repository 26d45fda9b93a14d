import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import * as words from '../../apps/api/src/exports/words.js';

const WEB = join(import.meta.dirname, '../../apps/web/src');

/** Words by code, out of an object of texts, or of objects that have a `name` or a `label`. Null: another kind of object. */
function wordsOf(node: ts.ObjectLiteralExpression): Record<string, string> | null {
  const found: Record<string, string> = {};
  for (const property of node.properties) {
    if (!ts.isPropertyAssignment(property) || !ts.isIdentifier(property.name)) return null;
    const value = property.initializer;
    const named = ts.isObjectLiteralExpression(value)
      ? value.properties.find(
          (one): one is ts.PropertyAssignment =>
            ts.isPropertyAssignment(one) && ['name', 'label'].includes(one.name.getText()),
        )?.initializer
      : value;
    if (!named || !ts.isStringLiteralLike(named)) return null;
    found[property.name.text] = named.text;
  }
  return Object.keys(found).length > 1 ? found : null;
}

/** Every such object of the screens. */
async function screens(): Promise<Record<string, string>[]> {
  const found: Record<string, string>[] = [];
  const files = (await readdir(WEB, { recursive: true })).filter((file) => /\.tsx?$/.test(file));
  for (const file of files) {
    const text = await readFile(join(WEB, file), 'utf8');
    const visit = (node: ts.Node): void => {
      const held = ts.isObjectLiteralExpression(node) ? wordsOf(node) : null;
      if (held) found.push(held);
      else ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  }
  return found;
}

/** A workbook and a screen that name one thing differently make officers think of two. */
test.each(Object.entries(words))('%s of the workbooks are the words of the screens', async (_, told) => {
  const keys = Object.keys(told);
  const shown = (await screens())
    .filter((one) => keys.every((key) => key in one))
    .map((one) => Object.fromEntries(keys.map((key) => [key, one[key]])));
  expect(shown).toContainEqual(told);
});
