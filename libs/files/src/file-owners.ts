import { Injectable } from '@nestjs/common';
import type { Actor } from '@lib/kernel';
import type { Queryable } from '@lib/platform';

/**
 * True where a record of the room holds the file and the actor may read that record. Scope included: the answer for a
 * record outside the actor's grants is false.
 */
export type OwnsForReader = (q: Queryable, actor: Actor, fileId: number) => Promise<boolean>;

/** Rooms register here when they start (`onModuleInit`); a download is granted when one of them says yes. */
@Injectable()
export class FileOwners {
  private readonly owners = new Map<string, OwnsForReader>();

  register(room: string, owns: OwnsForReader): void {
    if (this.owners.has(room)) throw new Error(`room ${room} registered its files twice`);
    this.owners.set(room, owns);
  }

  async mayRead(q: Queryable, actor: Actor, fileId: number): Promise<boolean> {
    for (const owns of this.owners.values()) {
      if (await owns(q, actor, fileId)) return true;
    }
    return false;
  }
}
