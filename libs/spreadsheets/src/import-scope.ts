import { Injectable } from '@nestjs/common';
import { may, PERMISSIONS, Refused, scopeOf, systemActor, type Actor, type Permission } from '@lib/kernel';
import type { Queryable } from '@lib/platform';
import type { ImportKind } from './import-kind.js';
import { ImportKinds } from './import-kinds.js';
import type { Import } from './imports.entity.js';

/** Who sees an import, and with which rights it works. */
@Injectable()
export class ImportScope {
  constructor(private readonly kinds: ImportKinds) {}

  /**
   * SQL condition on `i`: its owner, or whoever may import this kind on the unit that it was made for; a restricted one only
   * those cleared there. Appends its values to `params`.
   */
  visible(actor: Actor, params: unknown[]): string {
    if (actor.everywhere) return 'true';
    const byKind = this.kinds
      .all()
      .filter((kind) => may(actor, kind.permission))
      .map((kind) => {
        params.push(kind.kind);
        const place = `$${params.length}`;
        const inKind = this.kinds.tree.inScope('i.unit_id', scopeOf(actor, kind.permission), params);
        return `(i.kind = ${place} AND ${inKind})`;
      });
    const cleared = this.kinds.tree.inScope('i.unit_id', scopeOf(actor, 'restricted.read'), params);
    params.push(actor.accountId);
    const reach = [`i.account_id = $${params.length}::int`, ...byKind].join(' OR ');
    return `((${reach}) AND (i.classification <> 'RESTRICTED' OR i.account_id = $${params.length}::int OR ${cleared}))`;
  }

  async holdsFile(q: Queryable, actor: Actor, fileId: number): Promise<boolean> {
    const params: unknown[] = [fileId];
    const rows = await q.query(
      `SELECT 1 FROM import i WHERE (i.file_id = $1 OR i.answer_file_id = $1) AND ${this.visible(actor, params)} LIMIT 1`,
      params,
    );
    return rows.length > 0;
  }

  /** @throws Refused `unit.not_found` where the actor may not import this kind on the unit; `imports.unit_required` */
  async unit(q: Queryable, actor: Actor, kind: ImportKind, code: string | null): Promise<number | null> {
    if (code !== null) return this.kinds.tree.idOf(q, code, scopeOf(actor, kind.permission));
    if (actor.everywhere) return null;
    throw new Refused('imports.unit_required', 'Hãy chọn đơn vị của danh sách.', 'unit');
  }

  /** The actor with no more rights than those held on the unit: no row of the file can reach another branch. */
  async narrowed(q: Queryable, actor: Actor, unitId: number | null): Promise<Actor> {
    if (unitId === null) return actor;
    if (actor.everywhere)
      return { ...actor, everywhere: false, grants: [{ unitId, permissions: new Set(PERMISSIONS) }] };
    const permissions = new Set<Permission>();
    for (const grant of actor.grants) {
      const params: unknown[] = [unitId];
      const scope = { everywhere: false, roots: [grant.unitId], restrictedRoots: [grant.unitId] } as const;
      const covers = await q.query(
        `SELECT 1 FROM unit u WHERE u.id = $1 AND ${this.kinds.tree.inScope('u.id', scope, params)}`,
        params,
      );
      if (covers.length > 0) for (const permission of grant.permissions) permissions.add(permission);
    }
    return { ...actor, grants: [{ unitId, permissions }] };
  }

  /**
   * Whose rights the job works with, as they are today.
   * @throws Refused `imports.rights_gone` where the account has lost what the import needs
   */
  async acting(q: Queryable, row: Import): Promise<Actor> {
    const actor = row.actingId === null ? systemActor(row.actingName) : await this.kinds.actor(q, row.actingId);
    const kind = this.kinds.of(row.kind);
    const narrow = actor && (await this.narrowed(q, actor, row.unitId));
    if (narrow && may(narrow, kind.permission) && may(narrow, 'import.run')) return narrow;
    throw new Refused(
      'imports.rights_gone',
      `Tài khoản ${row.actingName} không còn quyền nhập danh sách này vào đơn vị.`,
      null,
      'conflict',
    );
  }
}
