import { PERMISSIONS, type Permission } from './permissions.js';

/** A role that an account holds on a unit and everything below it. */
export interface Grant {
  readonly unitId: number;
  readonly permissions: ReadonlySet<Permission>;
  /** Units that were merged into, or split among, units of this subtree: their history may be read, nothing of it changed. */
  readonly inherited?: readonly InheritedUnit[];
}

export interface InheritedUnit {
  readonly unitId: number;
  readonly restricted: boolean;
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
  /** The account for which it acts at the moment (*thay mặt*), with that one's rights; `name` then holds both names. */
  readonly actingFor?: number;
}

/**
 * The roots of the subtrees that one permission opens, or everything. Handed to `inScope`. Restricted units below a root
 * are seen only where it is one of `restrictedRoots`, too.
 */
export type Scope =
  | { readonly everywhere: true }
  | {
      readonly everywhere: false;
      readonly roots: readonly number[];
      readonly restrictedRoots: readonly number[];
      /** Predecessors of units of the subtrees, where the permission only reads; they have ended, or give something up. */
      readonly inherited?: readonly number[];
    };

export function scopeOf(actor: Actor, permission: Permission): Scope {
  if (actor.everywhere) return { everywhere: true };
  const holding = actor.grants.filter((grant) => grant.permissions.has(permission));
  const clears = (grant: Grant): boolean => grant.permissions.has('restricted.read');
  const roots = rootsOf(holding);
  const cleared = new Set(rootsOf(actor.grants.filter(clears)));
  const restrictedRoots = roots.filter((root) => cleared.has(root));
  const history = HISTORY.has(permission) ? holding.filter((grant) => grant.inherited?.length) : [];
  if (history.length === 0) return { everywhere: false, roots, restrictedRoots };
  const predecessors = (grant: Grant) => (grant.inherited ?? []).filter((one) => !one.restricted || clears(grant));
  return {
    everywhere: false,
    roots,
    restrictedRoots: [
      ...restrictedRoots,
      ...history.filter(clears).flatMap((g) => predecessors(g).map((u) => u.unitId)),
    ],
    inherited: [...new Set(history.flatMap((grant) => predecessors(grant).map((one) => one.unitId)))],
  };
}

/** Permissions that only read. What is written of an ended unit is written by those who had it. */
const HISTORY: ReadonlySet<Permission> = new Set(PERMISSIONS.filter((permission) => permission.endsWith('.read')));

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
