import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { may, scopeOf, type Actor, type Day } from '@lib/kernel';
import { Clock, reader } from '@lib/platform';
import { UnitTree } from '@lib/units';
import { PeopleQueries } from './people.queries.js';

export interface UnitPost {
  readonly personId: number;
  readonly name: string;
  readonly title: string;
  /** The head of the unit. */
  readonly leads: boolean;
  /** Chuyên trách. */
  readonly fullTime: boolean;
  readonly since: Day;
}

/** Who leads a unit on a day. */
export interface UnitLeadersView {
  /** Posts in the unit, its head first; people whom the reader may not see are left out. */
  readonly posts: readonly UnitPost[];
  /** Accounts with the leader's role on the unit itself; null for readers who do not keep its accounts. */
  readonly accounts: readonly { readonly name: string; readonly since: Day }[] | null;
}

const MOST = 50;

/** The posts of a unit, and for those who keep its accounts who acts as its leader here. */
@Injectable()
export class UnitLeaders {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly people: PeopleQueries,
  ) {}

  /** @throws Refused `unit.not_found` */
  async of(actor: Actor, code: string, on: Day = this.clock.today()): Promise<UnitLeadersView> {
    const q = reader(this.db);
    const id = await this.tree.idOf(q, code, scopeOf(actor, 'unit.read'), 'code');
    const posts = await q.query<Omit<UnitPost, 'name'>>(
      `SELECT x.person_id AS "personId", x.title, x.leads, x.full_time AS "fullTime", x.vfrom AS since FROM person_position x
        WHERE x.unit_id = $1 AND x.removed_on IS NULL AND x.vfrom <= $2 AND $2 < x.vto ORDER BY x.leads DESC, x.vfrom, x.id LIMIT ${MOST}`,
      [id, on],
    );
    const ids = posts.map(({ personId }) => personId);
    const named = new Map(
      may(actor, 'person.read') ? (await this.people.visibleNames(q, actor, ids)).map((one) => [one.id, one.name]) : [],
    );
    return {
      posts: posts.flatMap((post) => {
        const name = named.get(post.personId);
        return name === undefined ? [] : [{ ...post, name }];
      }),
      accounts: await this.accounts(actor, code, id, on),
    };
  }

  private async accounts(actor: Actor, code: string, id: number, on: Day): Promise<UnitLeadersView['accounts']> {
    const q = reader(this.db);
    if (!may(actor, 'account.manage')) return null;
    if (!(await this.tree.idsOf(q, [code], scopeOf(actor, 'account.manage'))).has(code)) return null;
    return q.query(
      `SELECT a.name, g.valid_from AS since FROM account_grant g JOIN account a ON a.id = g.account_id
        WHERE g.unit_id = $1 AND g.role = 'UNIT_LEADER' AND NOT a.disabled AND g.valid_from <= $2 AND $2 < g.valid_to ORDER BY a.name LIMIT ${MOST}`,
      [id, on],
    );
  }
}
