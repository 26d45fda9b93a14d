import { Injectable } from '@nestjs/common';
import { may, Refused, type Actor, type Scope } from '@lib/kernel';
import type { Queryable } from '@lib/platform';
import type { ImportKind } from './import-kind.js';

/** What this room needs of the tree, which stands above it on the staircase. */
export interface ImportTree {
  inScope(column: string, scope: Scope, params: unknown[]): string;
  idOf(q: Queryable, code: string, scope: Scope, field?: string): Promise<number>;
  idsOf(q: Queryable, codes: readonly string[], scope: Scope): Promise<Map<string, number>>;
  refs(q: Queryable, ids: readonly number[]): Promise<Map<number, { readonly code: string; readonly name: string }>>;
}

/** An account with what it may do today; null where it is no longer there or disabled. */
export type FindActor = (q: Queryable, accountId: number) => Promise<Actor | null>;

/** Where rooms say what their lists mean, when they start (`onModuleInit`). */
@Injectable()
export class ImportKinds {
  private readonly kinds = new Map<string, ImportKind>();
  private standing: ImportTree | null = null;
  private finding: FindActor | null = null;

  register(kind: ImportKind): void {
    if (this.kinds.has(kind.kind)) throw new Error(`import kind ${kind.kind} registered twice`);
    this.kinds.set(kind.kind, kind);
  }

  standOn(tree: ImportTree): void {
    this.standing = tree;
  }

  findActorsBy(find: FindActor): void {
    this.finding = find;
  }

  /** @throws Refused `import_kind.not_found`, for a kind that the actor may not import, too */
  of(kind: string, actor?: Actor): ImportKind {
    const found = this.kinds.get(kind);
    if (!found || (actor && !may(actor, found.permission))) throw Refused.notFound('import_kind', 'kind');
    return found;
  }

  all(): readonly ImportKind[] {
    return [...this.kinds.values()];
  }

  get tree(): ImportTree {
    if (!this.standing) throw new Error('no room has offered the tree');
    return this.standing;
  }

  actor(q: Queryable, accountId: number): Promise<Actor | null> {
    if (!this.finding) throw new Error('no room has offered the accounts');
    return this.finding(q, accountId);
  }
}
