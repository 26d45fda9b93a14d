import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A room imports only rooms before it in this list, through their door. */
const STAIRS = [
  'kernel',
  'platform',
  'files',
  'spreadsheets',
  'units',
  'access',
  'desk',
  'rulebook',
  'people',
  'blocs',
  'figures',
  'campaigns',
  'awards',
  'results',
  'agreements',
  'nominations',
  'councils',
  'commendations',
  'summaries',
  'reorganisations',
];
const ROOT = join(import.meta.dirname, '../..');

interface Source {
  readonly path: string;
  readonly room: string;
  readonly text: string;
}

async function sources(folder: string): Promise<Source[]> {
  const entries = await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true });
  const files = entries.filter(
    (entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.spec.ts'),
  );
  return Promise.all(
    files.map(async (file) => {
      const path = join(file.parentPath, file.name).slice(ROOT.length + 1);
      return { path, room: path.split('/')[1] ?? '', text: await readFile(join(ROOT, path), 'utf8') };
    }),
  );
}

const importsOf = (text: string): string[] => [...text.matchAll(/from '([^']+)'/g)].map((match) => match[1] ?? '');

describe('the house', () => {
  test('every room stands on the staircase', async () => {
    const rooms = await readdir(join(ROOT, 'libs'));
    expect(rooms.filter((room) => !STAIRS.includes(room))).toEqual([]);
  });

  test('a room imports only rooms before it', async () => {
    const wrong = (await sources('libs')).flatMap(({ path, room, text }) =>
      importsOf(text)
        .flatMap((from) => /^@lib\/([a-z]+)/.exec(from)?.[1] ?? [])
        .filter((other) => STAIRS.indexOf(other) >= STAIRS.indexOf(room) || !STAIRS.includes(other))
        .map((other) => `${path} → ${other}`),
    );
    expect(wrong).toEqual([]);
  });

  test('a room is entered by its door alone, and imports no application', async () => {
    const wrong = (await sources('libs')).flatMap(({ path, text }) =>
      importsOf(text)
        .filter((from) => /^@lib\/[a-z]+\//.test(from) || /\.\.\/\.\.\/\.\.\//.test(from) || from.includes('/apps/'))
        .map((from) => `${path} → ${from}`),
    );
    expect(wrong).toEqual([]);
  });

  test('the kernel knows no framework, no database and no clock', async () => {
    const wrong = (await sources('libs/kernel')).flatMap(({ path, text }) =>
      importsOf(text)
        .filter((from) => !from.startsWith('./'))
        .concat(/\bnew Date\(\)|Date\.now\(/.test(text) ? ['the clock'] : [])
        .map((from) => `${path} → ${from}`),
    );
    expect(wrong).toEqual([]);
  });

  test('only units walks the tree, and only figures rolls up over it', async () => {
    const wrong = [...(await sources('libs')), ...(await sources('apps'))]
      .filter(({ room }) => room !== 'units' && room !== 'figures')
      .filter(({ text }) => /(FROM|JOIN|INTO|UPDATE) unit_(path|chain|version)\b/.test(text))
      .map(({ path }) => path);
    expect(wrong).toEqual([]);
  });

  test('only figures writes the counting book', async () => {
    const wrong = [...(await sources('libs')), ...(await sources('apps'))]
      .filter(({ room, text }) => room !== 'figures' && /(INSERT INTO|UPDATE|DELETE FROM) figure_/.test(text))
      .map(({ path }) => path);
    expect(wrong).toEqual([]);
  });

  test('settings are read in one file', async () => {
    const wrong = [...(await sources('libs')), ...(await sources('apps'))]
      .filter(
        ({ room, path, text }) => room !== 'web' && /process\.env\b/.test(text) && path !== 'libs/platform/src/env.ts',
      )
      .map(({ path }) => path);
    expect(wrong).toEqual([]);
  });
});
