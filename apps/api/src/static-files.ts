import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

const COMPRESSIBLE = /^(text\/|application\/json|image\/svg)/;

export interface StaticFile {
  readonly content: Buffer;
  /** Null where compressing gains nothing. */
  readonly compressed: Buffer | null;
  readonly mediaType: string;
  readonly etag: string;
}

const compress = promisify(gzip);

/** Files that are part of the program, read and compressed once when it starts: a few MB that every visitor asks for. */
export async function readStaticFiles(root: string): Promise<Map<string, StaticFile>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && Object.hasOwn(MEDIA_TYPES, extname(entry.name)));
  const read = files.map(async (entry): Promise<[string, StaticFile]> => {
    const path = join(entry.parentPath, entry.name);
    return [relative(root, path).split(sep).join('/'), await staticFile(path)];
  });
  return new Map(await Promise.all(read));
}

export async function staticFile(path: string): Promise<StaticFile> {
  const content = await readFile(path);
  const mediaType = MEDIA_TYPES[extname(path)] ?? 'application/octet-stream';
  const compressed = COMPRESSIBLE.test(mediaType) && content.length > 1000 ? await compress(content) : null;
  const etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
  return { content, compressed, mediaType, etag };
}

/** Answers with a file; what the browser already has is not sent again. */
export function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: StaticFile,
  caching: string,
): FastifyReply {
  void reply
    .header('cache-control', caching)
    .header('etag', file.etag)
    .header('vary', 'accept-encoding')
    .type(file.mediaType);
  if (request.headers['if-none-match'] === file.etag) return reply.status(304).send();
  if (file.compressed && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) {
    return reply.header('content-encoding', 'gzip').send(file.compressed);
  }
  return reply.send(file.content);
}
