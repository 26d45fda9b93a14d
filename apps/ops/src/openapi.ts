import { readFile } from 'node:fs/promises';
import { readEnv } from '@lib/platform';
import { createApi } from '../../api/src/create-api.js';
import { openApiText } from '../../api/src/openapi.js';
import { withDatabase } from './program.js';

/** The description of the HTTP API, and whether the file tells something else. */
export async function printOpenApi(file: string): Promise<{ text: string; differs: boolean }> {
  const text = await withDatabase(async (databaseUrl) => {
    const app = await createApi({ env: readEnv(), databaseUrl });
    try {
      return openApiText(app);
    } finally {
      await app.close();
    }
  });
  const before = await readFile(file, 'utf8').catch(() => '');
  return { text, differs: before !== text };
}
