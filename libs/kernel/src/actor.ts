import type { Permission } from './permissions.js';

/** A role that an account holds on a unit and everything below it. */
export interface Grant {
  readonly unitId: number;
  readonly permissions: ReadonlySet<Permission>;
}

/**
 * Who acts, with which grants. Passed as an argument to every command and query; never looked up from ambient state.
 * The system itself (demo loading, imports by the operator) acts through {@link systemActor}.
 */
export interface Actor {
  readonly accountId: number | null;
  readonly name: string;
  readonly grants: readonly Grant[];
  /** Unbounded scope: only the system's own actor. */
  readonly everywhere: boolean;
}

/**
 * The roots of the subtrees that one permission opens, or everything. Handed to `inScope`. Restricted units below a root
 * are seen only where it is one of `restrictedRoots`, too.
 */
export type Scope =
  | { readonly everywhere: true }
  | { readonly everywhere: false; readonly roots: readonly number[]; readonly restrictedRoots: readonly number[] };

export function scopeOf(actor: Actor, permission: Permission): Scope {
  if (actor.everywhere) return { everywhere: true };
  const roots = rootsOf(actor.grants.filter((grant) => grant.permissions.has(permission)));
  const cleared = new Set(rootsOf(actor.grants.filter((grant) => grant.permissions.has('restricted.read'))));
  return { everywhere: false, roots, restrictedRoots: roots.filter((root) => cleared.has(root)) };
}

/** One subtree, whole: a filter to be joined to the reader's own scope, never to stand for it. */
export function subtree(root: number): Scope {
  return { everywhere: false, roots: [root], restrictedRoots: [root] };
}

function rootsOf(grants: readonly Grant[]): number[] {
  return [...new Set(grants.map((grant) => grant.unitId))].sort((a, b) => a - b);
}

export function may(actor: Actor, permission: Permission): boolean {
  return actor.everywhere || actor.grants.some((grant) => grant.permissions.has(permission));
}

export function systemActor(name: string): Actor {
  return { accountId: null, name, grants: [], everywhere: true };
}
