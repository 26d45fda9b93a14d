import { Injectable } from '@nestjs/common';
import { AccountsQueries, mustBeOther } from '@lib/access';
import { DataSource } from 'typeorm';
import { Refused, scopeOf, type Actor } from '@lib/kernel';
import { audit, Clock, reader, transact, type Queryable } from '@lib/platform';
import { UnitTree, type UnitRef } from '@lib/units';
import type { AccountPersonInput } from './people.dto.js';
import { sameName, storedName } from './person.rules.js';

/** The person an account is, as far as the administrator may know. */
export interface AccountPerson {
  readonly name: string;
  readonly birthYear: number | null;
  readonly unit: UnitRef | null;
}

interface Found {
  readonly id: number;
  /** The record that stands for the person. */
  readonly identity: number;
  readonly fullName: string;
  readonly birthYear: number | null;
  readonly unitId: number;
}

/**
 * Which person an account is, so that nobody appraises or decides a line of his own. Administrators read no register of
 * people: they say name, birth year and unit, and only the one person who is exactly that is linked.
 */
@Injectable()
export class AccountPeople {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly accounts: AccountsQueries,
  ) {}

  /** Null where nobody is linked, and where the linked person is outside the actor's units. */
  async show(actor: Actor, accountId: number): Promise<AccountPerson | null> {
    const q = reader(this.db);
    const params: unknown[] = [accountId];
    const inScope = this.tree.inScope('p.unit_id', scopeOf(actor, 'account.manage'), params);
    const [found] = await q.query<Found>(
      `SELECT p.id, coalesce(p.identity_id, p.id) AS identity, p.full_name AS "fullName", p.birth_year AS "birthYear", p.unit_id AS "unitId"
         FROM account_person ap JOIN person p ON p.id = ap.person_id WHERE ap.account_id = $1 AND ${inScope}`,
      params,
    );
    return found ? this.view(q, found) : null;
  }

  /**
   * Links, or with null unlinks.
   * @throws Refused `account.not_found`, `access.own_account`, `unit.not_found`, `people.no_such_person`, `people.ambiguous`
   */
  async set(actor: Actor, accountId: number, person: AccountPersonInput | null): Promise<AccountPerson | null> {
    mustBeOther(actor, accountId);
    return transact(this.db, async (tx) => {
      await tx.query(`SELECT id FROM account WHERE id = $1 FOR UPDATE`, [accountId]);
      if (!(await this.accounts.one(tx, actor, accountId))) throw Refused.notFound('account');
      const found = person ? await this.find(tx, actor, person) : null;
      await tx.query(`DELETE FROM account_person WHERE account_id = $1`, [accountId]);
      if (found) {
        await tx.query(`INSERT INTO account_person (account_id, person_id) VALUES ($1, $2)`, [accountId, found.id]);
      }
      const subject = `account:${accountId}`;
      await audit(tx, this.clock.now(), actor, 'account.person_set', subject, { personId: found?.id ?? null });
      return found ? this.view(tx, found) : null;
    });
  }

  private async find(q: Queryable, actor: Actor, { unit, name, birthYear }: AccountPersonInput): Promise<Found> {
    const unitId = await this.tree.idOf(q, unit, scopeOf(actor, 'account.manage'), 'person.unit');
    const { nameFolded, fullName } = storedName(name, 'person.name');
    const params: unknown[] = [unitId, nameFolded, birthYear ?? null];
    const cleared = this.tree.inScope('p.unit_id', scopeOf(actor, 'restricted.read'), params);
    const alike = await q.query<Found>(
      `SELECT p.id, coalesce(p.identity_id, p.id) AS identity, p.full_name AS "fullName", p.birth_year AS "birthYear", p.unit_id AS "unitId"
         FROM person p WHERE p.unit_id = $1 AND p.name_folded = $2 AND ($3::int IS NULL OR p.birth_year = $3)
          AND (p.classification <> 'RESTRICTED' OR ${cleared}) ORDER BY p.identity_id NULLS FIRST, p.id`,
      params,
    );
    const [found, ...others] = alike.filter((one) => sameName(one.fullName, fullName));
    if (!found) {
      throw new Refused(
        'people.no_such_person',
        'Đơn vị không có đúng người này; hãy xem lại họ tên, năm sinh và đơn vị.',
        'person.name',
      );
    }
    // Records that were merged are one person.
    if (others.every(({ identity }) => identity === found.identity)) return found;
    throw new Refused(
      'people.ambiguous',
      birthYear
        ? 'Đơn vị có nhiều người trùng họ tên và năm sinh; cần gộp hoặc phân biệt hồ sơ đoàn viên trước.'
        : 'Đơn vị có nhiều người cùng họ tên; hãy ghi cả năm sinh.',
      birthYear ? 'person.name' : 'person.birthYear',
      'conflict',
    );
  }

  private async view(q: Queryable, { fullName, birthYear, unitId }: Found): Promise<AccountPerson> {
    const refs = await this.tree.refs(q, [unitId]);
    return { name: fullName, birthYear, unit: refs.get(unitId) ?? null };
  }
}
