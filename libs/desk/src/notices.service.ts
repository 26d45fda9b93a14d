import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, type Actor, type Day } from '@lib/kernel';
import { Clock, reader, transact } from '@lib/platform';
import { UnitTree, type UnitRef } from '@lib/units';
import type { NoticesQuery } from './desk.dto.js';
import type { Occasion } from './desk.service.js';

export interface NoticeView {
  readonly id: number;
  readonly occasion: Occasion;
  readonly title: string;
  readonly why: string;
  readonly link: string;
  readonly unit: UnitRef | null;
  readonly due: Day | null;
  readonly at: Date;
  readonly read: boolean;
}

export interface NoticePage {
  readonly items: NoticeView[];
  readonly next: number | null;
  readonly unread: number;
}

const PAGE = 20;

/** The notices of one account: everybody reads only what was told to him. */
@Injectable()
export class Notices {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
  ) {}

  /** The latest first. */
  async list({ accountId }: Actor, { after, limit = PAGE }: NoticesQuery): Promise<NoticePage> {
    const q = reader(this.db);
    const rows = await q.query<Omit<NoticeView, 'unit'> & { unitId: number }>(
      `SELECT n.id, n.occasion, n.title, n.why, n.link, n.unit_id AS "unitId", n.due, n.at, n.read_at IS NOT NULL AS read
         FROM desk_notice n WHERE n.account_id = $1 AND ($2::bigint IS NULL OR n.id < $2) ORDER BY n.id DESC LIMIT $3`,
      [accountId, after ?? null, limit + 1],
    );
    const page = rows.slice(0, limit);
    const refs = await this.tree.refs(
      q,
      page.map((row) => row.unitId),
    );
    return {
      items: page.map(({ unitId, ...notice }) => ({ ...notice, unit: refs.get(unitId) ?? null })),
      next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
      unread: await this.unread(accountId),
    };
  }

  /** How many are unread: the number on the bell. */
  async count({ accountId }: Actor): Promise<{ unread: number }> {
    return { unread: await this.unread(accountId) };
  }

  /** Reading again changes nothing. @throws Refused `notice.not_found` for one that was told to somebody else */
  async read({ accountId }: Actor, id: number): Promise<void> {
    await transact(this.db, async (tx) => {
      const found = await tx.query(
        `UPDATE desk_notice SET read_at = coalesce(read_at, $3) WHERE id = $1 AND account_id = $2 RETURNING id`,
        [id, accountId, this.clock.now()],
      );
      if (found.length === 0) throw Refused.notFound('notice');
    });
  }

  /** Those up to the given one, the latest that the reader has seen: what is told in the same moment stays unread. */
  async readAll({ accountId }: Actor, upTo: number): Promise<void> {
    await transact(this.db, (tx) =>
      tx.query(`UPDATE desk_notice SET read_at = $3 WHERE account_id = $1 AND read_at IS NULL AND id <= $2`, [
        accountId,
        upTo,
        this.clock.now(),
      ]),
    );
  }

  private async unread(accountId: number | null): Promise<number> {
    const [row] = await reader(this.db).query<{ unread: number }>(
      `SELECT count(*)::int AS unread FROM desk_notice WHERE account_id = $1 AND read_at IS NULL`,
      [accountId],
    );
    return row?.unread ?? 0;
  }
}
