import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { sendFile, staticFile } from './static-files.js';

const PARTS = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'] as const;

const PAGE = `<!doctype html>
<html lang="vi">
  <head>
    <meta charset="utf-8" />
    <title>Sổ Vàng – API</title>
    <link rel="icon" href="/api/docs/favicon-32x32.png" />
    <link rel="stylesheet" href="/api/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api/docs/start.js"></script>
  </body>
</html>
`;

/** The validator is somebody else's server: never asked. */
const START = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null });\n`;

/**
 * `/api/docs` for people, `/api/openapi.json`, the committed contract, for programs. Our own page around Swagger UI: the one that comes with the
 * framework has scripts and styles inside the page, which the content security policy forbids.
 */
export async function serveDocs(app: NestFastifyApplication): Promise<void> {
  const server = app.getHttpAdapter().getInstance();
  const { resolve } = createRequire(import.meta.url);
  const folder = dirname(resolve('swagger-ui-dist/swagger-ui.css'));
  for (const part of PARTS) {
    const file = await staticFile(join(folder, part));
    server.get(`/api/docs/${part}`, (request, reply) => sendFile(request, reply, file, 'no-cache'));
  }
  server.get('/api/docs/start.js', (_, reply) => reply.type('text/javascript; charset=utf-8').send(START));
  server.get('/api/docs', (_, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
  const contract = await staticFile(resolve('#openapi.json'));
  server.get('/api/openapi.json', (request, reply) => sendFile(request, reply, contract, 'no-cache'));
}
