import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { may, Refused, type Actor, type Classification } from '@lib/kernel';
import { audit, Clock, reader, transact, type Tx } from '@lib/platform';
import { ContentStore, type Arrived } from './content-store.js';
import { FileOwners } from './file-owners.js';
import { cleanName, mediaTypeOf } from './files.rules.js';
import { StoredFile } from './file.entity.js';

export interface FileView {
  readonly id: number;
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
  readonly classification: Classification;
}

export interface FileContent extends FileView {
  readonly content: Readable;
}

const SWEEP_AFTER_HOURS = 24;

@Injectable()
export class Files {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly store: ContentStore,
    private readonly owners: FileOwners,
  ) {}

  /** Receives content; keep it with {@link add} or it is discarded. */
  receive(content: Readable): Promise<Arrived> {
    return this.store.receive(content);
  }

  discard(arrived: Arrived): Promise<void> {
    return this.store.discard(arrived);
  }

  /** @throws Refused `files.type_not_allowed`, `files.signature_differs`; the content is discarded then. */
  async add(
    actor: Actor,
    arrived: Arrived,
    given: { name: string; classification: Classification },
  ): Promise<FileView> {
    try {
      if (!actor.everywhere && !may(actor, 'file.add')) throw Refused.notFound('file');
      const name = cleanName(given.name);
      return await this.put(actor, arrived, { ...given, name, mediaType: mediaTypeOf(name, arrived.signature) });
    } finally {
      await this.store.discard(arrived);
    }
  }

  /** A table whose content and name the room that reads it has judged: no paper, so `file.add` is not asked. */
  async addTable(
    actor: Actor,
    arrived: Arrived,
    given: { name: string; classification: Classification; mediaType: string },
  ): Promise<FileView> {
    try {
      return await this.put(actor, arrived, { ...given, name: cleanName(given.name) });
    } finally {
      await this.store.discard(arrived);
    }
  }

  private put(
    actor: Actor,
    arrived: Arrived,
    given: { name: string; classification: Classification; mediaType: string },
  ): Promise<FileView> {
    const { name, mediaType } = given;
    return transact(this.db, async (tx) => {
      await lockContent(tx, arrived.sha256);
      const row = tx.manager.create(StoredFile, {
        name,
        mediaType,
        size: arrived.size,
        sha256: arrived.sha256,
        classification: given.classification,
        uploadedBy: actor.accountId,
        uploadedAt: this.clock.now(),
        attachedAt: null,
      });
      await tx.manager.insert(StoredFile, row);
      await this.store.keep(arrived);
      await audit(tx, this.clock.now(), actor, 'file.added', `file:${row.id}`, { sha256: row.sha256, mediaType });
      return view(row);
    });
  }

  /**
   * Called by the owning room in its own transaction, before it stores the id. Only the uploader's own file, or one the
   * actor may already read, can be taken over: a guessed number gives nobody a file.
   */
  async attach(tx: Tx, actor: Actor, fileId: number, field = 'fileId'): Promise<void> {
    const file = await tx.manager.findOne(StoredFile, { where: { id: fileId }, lock: { mode: 'pessimistic_write' } });
    if (!file || !(await this.mayRead(tx, actor, file))) throw Refused.notFound('file', field);
    if (!file.attachedAt) await tx.manager.update(StoredFile, { id: fileId }, { attachedAt: this.clock.now() });
  }

  async open(actor: Actor, fileId: number): Promise<FileContent> {
    const file = await this.db.manager.findOneBy(StoredFile, { id: fileId });
    if (!file || !(await this.mayRead(reader(this.db), actor, file))) throw Refused.notFound('file');
    await transact(this.db, (tx) => audit(tx, this.clock.now(), actor, 'file.read', `file:${fileId}`, {}));
    return { ...view(file), content: this.store.read(file.sha256) };
  }

  /** Path and name of a file that a record of the calling room holds: the room has judged who reads it. */
  async locate(q: Pick<Tx, 'query'>, fileId: number): Promise<{ path: string; name: string }> {
    const [file] = await q.query<{ name: string; sha256: string }>(`SELECT name, sha256 FROM file WHERE id = $1`, [
      fileId,
    ]);
    if (!file) throw Refused.notFound('file');
    return { path: this.store.pathOf(file.sha256), name: file.name };
  }

  /** Removes uploads that no record took over within a day, and content that no row holds any more. Returns how many. */
  async sweep(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - SWEEP_AFTER_HOURS * 3_600_000);
    await this.store.sweepArriving(before);
    const stale = await reader(this.db).query<{ id: number; sha256: string }>(
      `SELECT id, sha256 FROM file WHERE attached_at IS NULL AND uploaded_at < $1 ORDER BY id LIMIT 1000`,
      [before],
    );
    for (const { id, sha256 } of stale) {
      await transact(this.db, async (tx) => {
        await lockContent(tx, sha256);
        await tx.query(`DELETE FROM file WHERE id = $1 AND attached_at IS NULL`, [id]);
        const held = await tx.query(`SELECT 1 FROM file WHERE sha256 = $1 LIMIT 1`, [sha256]);
        if (held.length === 0) await this.store.remove(sha256);
      });
    }
    return stale.length;
  }

  private async mayRead(q: Pick<Tx, 'query'>, actor: Actor, file: StoredFile): Promise<boolean> {
    if (actor.everywhere) return true;
    if (!file.attachedAt) return actor.accountId !== null && file.uploadedBy === actor.accountId;
    // A restricted paper counts only those grants that carry the permission for restricted records.
    const grants = actor.grants.filter(
      (grant) => file.classification !== 'RESTRICTED' || grant.permissions.has('restricted.read'),
    );
    return this.owners.mayRead(q, { ...actor, grants }, file.id);
  }
}

/** Keeping and sweeping the same content exclude each other until the end of the transaction. */
async function lockContent(tx: Tx, sha256: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('file content'), hashtext($1))`, [sha256]);
}

function view({ id, name, mediaType, size, sha256, classification }: StoredFile): FileView {
  return { id, name, mediaType, size, sha256, classification };
}
