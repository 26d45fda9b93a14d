import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient } from '@hey-api/openapi-ts';
import { format, resolveConfig } from 'prettier';
import type { Plugin } from 'vite';

const OPENAPI = fileURLToPath(new URL('../../openapi.json', import.meta.url));
/** Where the types are committed. */
export const TYPES = fileURLToPath(new URL('./src/contract/types.gen.ts', import.meta.url));

/**
 * Types of what is sent to the API and answered by it, made from the committed `openapi.json` at every build and
 * committed beside the code that uses them. Written only when they differ: a build of unchanged sources changes nothing.
 */
export function contractTypes(): Plugin {
  return {
    name: 'contract-types',
    apply: 'build',
    async buildStart() {
      const made = await generateContract();
      if (!existsSync(TYPES) || readFileSync(TYPES, 'utf8') !== made) writeFileSync(TYPES, made);
    },
  };
}

/** The text of {@link TYPES} as `openapi.json` has it. */
export async function generateContract(): Promise<string> {
  const folder = join(tmpdir(), `so-vang-contract-${process.pid}`);
  try {
    await createClient({
      input: OPENAPI,
      output: { path: folder },
      plugins: ['@hey-api/typescript'],
      logs: { level: 'silent' },
    });
    const text = readFileSync(join(folder, 'types.gen.ts'), 'utf8');
    return await format(text, { ...(await resolveConfig(TYPES)), parser: 'typescript' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
