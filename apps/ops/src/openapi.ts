import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { readEnv } from '@lib/platform';
import { AppModule } from '../../api/src/app.module.js';
import { openApiDocument } from '../../api/src/openapi.js';
import { withReplies } from './openapi-replies.js';
import { readResponseTypes } from './response-types.js';

/** The committed description. */
export const OPENAPI_FILE = createRequire(import.meta.url).resolve('#openapi.json');

/** The description of the HTTP API as the sources tell it, and whether the file tells something else. */
export async function printOpenApi(file: string): Promise<{ text: string; differs: boolean }> {
  // Routes are looked at, not run: in the preview nothing is connected, so no database is needed.
  const settings = { databaseUrl: '', redisUrl: null, queueDatabaseUrl: null, dataDir: '' };
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(readEnv({}), settings),
    new FastifyAdapter(),
    {
      preview: true,
      logger: ['error'],
      abortOnError: false,
    },
  );
  app.setGlobalPrefix('api');
  const document = withReplies(openApiDocument(app), readResponseTypes(dirname(OPENAPI_FILE)));
  const text = `${JSON.stringify(document, null, 2)}\n`;
  const before = await readFile(file, 'utf8').catch(() => '');
  return { text, differs: before !== text };
}
