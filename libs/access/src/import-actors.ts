import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '@lib/kernel';
import { Clock, type Queryable } from '@lib/platform';
import { ImportKinds } from '@lib/spreadsheets';
import { grantsOf } from './access.rules.js';
import type { HeldGrant } from './sessions.service.js';

/** The job of imports works with the rights that the officer has on the day it works, not on the day of the upload. */
@Injectable()
export class ImportActors implements OnModuleInit {
  constructor(
    private readonly clock: Clock,
    private readonly kinds: ImportKinds,
  ) {}

  onModuleInit(): void {
    this.kinds.findActorsBy((q, accountId) => this.actor(q, accountId));
  }

  private async actor(q: Queryable, accountId: number): Promise<Actor | null> {
    const [account] = await q.query<{ name: string; held: HeldGrant[] }>(
      `SELECT a.name, coalesce((SELECT json_agg(json_build_object('unitId', g.unit_id, 'role', g.role) ORDER BY g.id)
                                  FROM account_grant g
                                 WHERE g.account_id = a.id AND g.valid_from <= $2::date AND $2::date < g.valid_to), '[]') AS held
         FROM account a WHERE a.id = $1 AND NOT a.disabled`,
      [accountId, this.clock.today()],
    );
    return account ? { accountId, name: account.name, grants: grantsOf(account.held), everywhere: false } : null;
  }
}
