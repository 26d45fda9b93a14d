import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, type Actor } from '@lib/kernel';
import {
  audit,
  Clock,
  PLATFORM_SETTINGS,
  reader,
  transact,
  type PlatformSettings,
  type Queryable,
  type Tx,
} from '@lib/platform';
import type { SetMailInput } from './access.dto.js';
import { storedEmail } from './access.rules.js';

/** Where one's own notices go. */
export interface OwnMail {
  readonly email: string | null;
  readonly notices: boolean;
  /** False: no mail leaves this installation, whatever is set here. */
  readonly available: boolean;
}

/** The own address, and whether notices are wanted by mail: everybody's own choice. */
@Injectable()
export class OwnMailService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    @Inject(PLATFORM_SETTINGS) private readonly settings: PlatformSettings,
  ) {}

  show({ accountId }: Actor): Promise<OwnMail> {
    return this.read(reader(this.db), accountId);
  }

  /** @throws Refused `access.email_wrong` */
  async set(actor: Actor, { email: given, notices }: SetMailInput): Promise<OwnMail> {
    const { accountId } = actor;
    if (accountId === null) throw Refused.notFound('account');
    const email = storedEmail(given);
    return transact(this.db, async (tx) => {
      await storeMail(tx, accountId, { email, notices });
      await audit(tx, this.clock.now(), actor, 'account.mail_set', `account:${accountId}`, {
        notices,
        address: !!email,
      });
      return this.read(tx, accountId);
    });
  }

  private async read(q: Queryable, accountId: number | null): Promise<OwnMail> {
    const [row] = await q.query<Omit<OwnMail, 'available'>>(
      `SELECT email, mail_notices AS notices FROM account WHERE id = $1`,
      [accountId],
    );
    if (!row) throw Refused.notFound('account');
    return { ...row, available: !!this.settings.mail };
  }
}

export async function storeMail(
  tx: Tx,
  accountId: number,
  { email, notices }: { readonly email: string | null; readonly notices: boolean },
): Promise<void> {
  await tx.query(`UPDATE account SET email = $2, mail_notices = $3 WHERE id = $1`, [accountId, email, notices]);
}
