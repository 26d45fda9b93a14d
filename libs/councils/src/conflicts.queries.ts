import { Injectable } from '@nestjs/common';
import type { Day } from '@lib/kernel';
import { Clock, type Queryable } from '@lib/platform';
import { identityOf, PeopleQueries } from '@lib/people';
import { UnitTree } from '@lib/units';

export const TIES = ['NOMINEE', 'NOMINATOR', 'HEAD_OF_UNIT', 'SAME_UNION'] as const;
/** What ties a member to a line, found from what the system holds. The nominee abstains; the others are a notice to the chair. */
export type Tie = (typeof TIES)[number];

export interface ConflictView {
  readonly member: number;
  readonly name: string;
  readonly tie: Tie;
  readonly words: string;
}

/** A seat of a sitting with the account and the person behind it, as far as known. */
export interface SeatOf {
  readonly member: number;
  readonly name: string;
  readonly accountId: number | null;
  readonly personId: number | null;
}

interface Nominated {
  readonly line: number;
  readonly unitId: number;
  readonly personId: number | null;
  readonly recordedById: number | null;
}

const WORDS: Record<Tie, string> = {
  NOMINEE: 'là người được đề nghị, không biểu quyết',
  NOMINATOR: 'là người lập hoặc trình đề nghị',
  HEAD_OF_UNIT: 'là lãnh đạo đơn vị được đề nghị',
  SAME_UNION: 'cùng công đoàn cơ sở',
};

const GRASSROOTS = ['GRASSROOTS_UNION', 'GRASSROOTS_SYNDICATE'];

/** Ties between the members of a sitting and the lines before it (design §3, councils). Kin is for the member to declare. */
@Injectable()
export class Conflicts {
  constructor(
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly people: PeopleQueries,
  ) {}

  /** By line. */
  async of(
    q: Queryable,
    seats: readonly SeatOf[],
    lines: readonly Nominated[],
    day: Day,
  ): Promise<Map<number, ConflictView[]>> {
    const accounts = seats.flatMap(({ accountId }) => (accountId === null ? [] : [accountId]));
    const personOf = await this.persons(q, accounts);
    const unitOf = await this.units(q, [
      ...seats.flatMap(({ personId }) => (personId === null ? [] : [personId])),
      ...personOf.values(),
    ]);
    const standing = await this.people.identities(q, [
      ...unitOf.keys(),
      ...lines.flatMap(({ personId }) => (personId === null ? [] : [personId])),
    ]);
    const heads = await this.heads(q, accounts);
    const nominators = await this.nominators(q, lines);
    const union = await this.unions(q, [...unitOf.values(), ...lines.map(({ unitId }) => unitId)], day);
    const found = new Map<number, ConflictView[]>();
    for (const line of lines) {
      const ties = seats.flatMap(({ member, name, accountId, personId }): ConflictView[] => {
        const person = personId ?? personOf.get(accountId ?? 0) ?? null;
        const add = (tie: Tie): ConflictView[] => [{ member, name, tie, words: WORDS[tie] }];
        if (person !== null && line.personId !== null && standing.get(person) === standing.get(line.personId))
          return add('NOMINEE');
        if (accountId !== null && nominators.has(`${line.line}|${accountId}`)) return add('NOMINATOR');
        if (accountId !== null && heads.has(`${line.unitId}|${accountId}`)) return add('HEAD_OF_UNIT');
        const mine = person === null ? undefined : union.get(unitOf.get(person) ?? 0);
        return mine !== undefined && mine === union.get(line.unitId) ? add('SAME_UNION') : [];
      });
      found.set(line.line, ties);
    }
    return found;
  }

  private async persons(q: Queryable, accounts: readonly number[]): Promise<Map<number, number>> {
    const rows = await q.query<{ accountId: number; personId: number }>(
      `SELECT account_id AS "accountId", ${identityOf('account_person.person_id')} AS "personId" FROM account_person WHERE account_id = ANY($1)`,
      [accounts],
    );
    return new Map(rows.map(({ accountId, personId }) => [accountId, personId]));
  }

  private async units(q: Queryable, persons: readonly number[]): Promise<Map<number, number>> {
    const rows = await q.query<{ id: number; unitId: number }>(
      `SELECT id, unit_id AS "unitId" FROM person WHERE id = ANY($1)`,
      [persons],
    );
    return new Map(rows.map(({ id, unitId }) => [id, unitId]));
  }

  /** `unit|account` of those who lead a unit today. */
  private async heads(q: Queryable, accounts: readonly number[]): Promise<Set<string>> {
    const rows = await q.query<{ unitId: number; accountId: number }>(
      `SELECT unit_id AS "unitId", account_id AS "accountId" FROM account_grant
        WHERE account_id = ANY($1) AND role = 'UNIT_LEADER' AND valid_from <= $2::date AND $2::date < valid_to`,
      [accounts, this.clock.today()],
    );
    return new Set(rows.map(({ unitId, accountId }) => `${unitId}|${accountId}`));
  }

  /** `line|account` of those who entered the line, or submitted one of the dossiers that carried it up. */
  private async nominators(q: Queryable, lines: readonly Nominated[]): Promise<Set<string>> {
    const rows = await q.query<{ line: number; accountId: number }>(
      `SELECT DISTINCT c.line_id AS line, t.account_id AS "accountId" FROM nomination_carry c
         JOIN step_log t ON t.what = 'dossier' AND t.record_id = c.dossier_id AND t.step IN ('submit', 'resubmit') AND t.account_id IS NOT NULL
        WHERE c.line_id = ANY($1)`,
      [lines.map(({ line }) => line)],
    );
    return new Set([
      ...lines.map(({ line, recordedById }) => `${line}|${recordedById}`),
      ...rows.map(({ line, accountId }) => `${line}|${accountId}`),
    ]);
  }

  /** The grassroots union that each unit belongs to on the day, or is. */
  private async unions(q: Queryable, units: readonly number[], day: Day): Promise<Map<number, number>> {
    const onDay = await this.tree.onDay(q, units, day);
    const refs = await this.tree.refs(
      q,
      [...onDay.values()].flatMap(({ chain }) => chain),
      day,
    );
    const found = new Map<number, number>();
    for (const [id, { chain }] of onDay) {
      const union = chain.find((one) => GRASSROOTS.includes(refs.get(one)?.level ?? ''));
      if (union !== undefined) found.set(id, union);
    }
    return found;
  }
}
