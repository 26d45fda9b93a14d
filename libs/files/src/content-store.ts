import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable } from '@nestjs/common';
import { fileTypeFromFile } from 'file-type';
import { Refused } from '@lib/kernel';
import { PLATFORM_SETTINGS, type PlatformSettings } from '@lib/platform';
import { FILE_LIMIT } from './files.rules.js';

/** Content that has arrived and is not yet kept. Whoever receives it keeps or discards it. */
export interface Arrived {
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
  /** Media type by signature; null when the content is not recognised. */
  readonly signature: string | null;
}

/** Content on disk under `dataDir/files`, named by its SHA-256: equal content is stored once. */
@Injectable()
export class ContentStore {
  private readonly root: string;
  private readonly arriving: string;

  constructor(@Inject(PLATFORM_SETTINGS) settings: PlatformSettings) {
    this.root = join(settings.dataDir, 'files');
    this.arriving = join(this.root, 'arriving');
  }

  /** Streams to disk, hashing on the way. @throws Refused `files.too_large`, `files.empty`; nothing is left behind then. */
  async receive(content: Readable): Promise<Arrived> {
    await mkdir(this.arriving, { recursive: true, mode: 0o700 });
    const path = join(this.arriving, randomUUID());
    const hash = createHash('sha256');
    let size = 0;
    try {
      await pipeline(
        content,
        async function* (chunks: AsyncIterable<Buffer>) {
          for await (const chunk of chunks) {
            size += chunk.length;
            if (size > FILE_LIMIT) throw tooLarge();
            hash.update(chunk);
            yield chunk;
          }
        },
        createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }),
      );
      // A reader that stops at its own limit ends the stream quietly instead of failing it.
      if ('truncated' in content && content.truncated === true) throw tooLarge();
      if (size === 0) throw new Refused('files.empty', 'Tệp rỗng.', 'file');
      const type = await fileTypeFromFile(path);
      return { path, sha256: hash.digest('hex'), size, signature: type?.mime ?? null };
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  /** Puts arrived content in its place; the same content arriving again replaces itself. */
  async keep(arrived: Arrived): Promise<void> {
    const { folder, path } = this.place(arrived.sha256);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await rename(arrived.path, path);
  }

  async discard(arrived: Arrived): Promise<void> {
    await rm(arrived.path, { force: true });
  }

  /** Removes what a killed process left half received. */
  async sweepArriving(before: Date): Promise<void> {
    const names = await readdir(this.arriving).catch(() => []);
    for (const name of names) {
      const path = join(this.arriving, name);
      const found = await stat(path).catch(() => null);
      if (found && found.mtime < before) await rm(path, { force: true });
    }
  }

  read(sha256: string): Readable {
    return createReadStream(this.pathOf(sha256));
  }

  /** Where the content lies, for readers that jump about in it. */
  pathOf(sha256: string): string {
    return this.place(sha256).path;
  }

  async remove(sha256: string): Promise<void> {
    await rm(this.place(sha256).path, { force: true });
  }

  private place(sha256: string): { folder: string; path: string } {
    const folder = join(this.root, sha256.slice(0, 2));
    return { folder, path: join(folder, sha256.slice(2)) };
  }
}

function tooLarge(): Refused {
  return new Refused('files.too_large', 'Tệp lớn hơn 25 MB.', 'file', 'too_large');
}
