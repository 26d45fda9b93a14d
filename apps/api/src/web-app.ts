import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { readStaticFiles, sendFile } from './static-files.js';

/** Where the build puts the web page, seen from the compiled program. */
export const BUILT_WEB = resolve(import.meta.dirname, '../../../web');

/** Names of assets carry the hash of their content: a changed one has another name. */
const FOREVER = 'public, max-age=31536000, immutable';

/**
 * The built web page, beside the API. Addresses of screens (`/so-vang/12`) all answer with the page itself, which then
 * shows the screen; a missing asset is missing. Without a build the API runs alone.
 */
export async function serveWeb(server: FastifyInstance, root: string): Promise<void> {
  if (!existsSync(join(root, 'index.html'))) return;
  const files = await readStaticFiles(root);
  const page = files.get('index.html');
  if (!page) return;
  server.get('/*', (request, reply) => {
    const [path = ''] = request.url.slice(1).split('?');
    const isAsset = path.startsWith('assets/');
    const file = files.get(path);
    if (file) return sendFile(request, reply, file, isAsset ? FOREVER : 'no-cache');
    if (isAsset || path === 'api' || path.startsWith('api/')) return reply.callNotFound();
    return sendFile(request, reply, page, 'no-cache');
  });
}
