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

/** The roots of the subtrees that one permission opens, or everything. Handed to `inScope`. */
export type Scope = { readonly everywhere: true } | { readonly everywhere: false; readonly roots: readonly number[] };

export function scopeOf(actor: Actor, permission: Permission): Scope {
  if (actor.everywhere) return { everywhere: true };
  const roots = actor.grants.filter((grant) => grant.permissions.has(permission)).map((grant) => grant.unitId);
  return { everywhere: false, roots: [...new Set(roots)].sort((a, b) => a - b) };
}

export function may(actor: Actor, permission: Permission): boolean {
  return actor.everywhere || actor.grants.some((grant) => grant.permissions.has(permission));
}

export function systemActor(name: string): Actor {
  return { accountId: null, name, grants: [], everywhere: true };
}
