import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, scopeOf, tidy, type Actor, type RefusalDetail } from '@lib/kernel';
import { audit, Clock, transact, type Tx } from '@lib/platform';
import { PeopleQueries } from '@lib/people';
import { UnitTree } from '@lib/units';
import { CouncilScope, mustBeUnchanged } from './council-scope.js';
import type { CouncilChange, CouncilInput, MemberInput } from './councils.dto.js';
import { Council, CouncilMember } from './councils.entity.js';
import { CouncilsQueries } from './councils.queries.js';

/** The competent bodies of a unit and who sits on them. */
@Injectable()
export class CouncilsService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly people: PeopleQueries,
    private readonly scope: CouncilScope,
    private readonly queries: CouncilsQueries,
  ) {}

  async found(actor: Actor, input: CouncilInput): Promise<number> {
    mustBeCouncil(input);
    return transact(this.db, async (tx) => {
      const unitId = await this.tree.idOf(tx, input.unit, scopeOf(actor, 'council.keep'));
      const council = tx.manager.create(Council, {
        unitId,
        kind: input.kind,
        name: tidy(input.name),
        validFrom: input.validFrom,
        validTo: input.validTo ?? 'infinity',
        version: 1,
        recordedOn: this.clock.today(),
        recordedBy: actor.name,
        recordedById: actor.accountId,
      });
      await tx.manager.insert(Council, council);
      await this.setMembers(tx, actor, council, input.members);
      await audit(tx, this.clock.now(), actor, 'council.founded', `council:${council.id}`, { unit: input.unit });
      return council.id;
    });
  }

  /** The council as it shall be. Sittings that have begun keep the membership they began with. */
  async change(actor: Actor, id: number, input: CouncilChange): Promise<void> {
    mustBeCouncil(input);
    await transact(this.db, async (tx) => {
      const council = await this.scope.lockCouncil(tx, actor, id);
      mustBeUnchanged(input.version, council.version);
      await tx.manager.update(
        Council,
        { id },
        {
          name: tidy(input.name),
          validFrom: input.validFrom,
          validTo: input.validTo ?? 'infinity',
          version: council.version + 1,
        },
      );
      await this.setMembers(tx, actor, council, input.members);
      await audit(tx, this.clock.now(), actor, 'council.changed', `council:${id}`, { members: input.members.length });
    });
  }

  private async setMembers(tx: Tx, actor: Actor, council: Council, given: readonly MemberInput[]): Promise<void> {
    const held = await tx.query<{ id: number; accountId: number | null; personId: number | null }>(
      `SELECT id, account_id AS "accountId", person_id AS "personId" FROM council_member WHERE council_id = $1 AND removed_on IS NULL FOR UPDATE`,
      [council.id],
    );
    const candidates = new Map(
      (await this.queries.candidatesOf(tx, actor, council.unitId)).map((one) => [one.account, one]),
    );
    const wrong: RefusalDetail[] = [];
    for (const [index, member] of given.entries()) {
      const before = held.find(({ id }) => id === member.id);
      const field = `members[${index}]`;
      const gone = { code: 'council_member.not_found', message: 'Không tìm thấy thành viên này.' };
      if (member.id !== undefined && !before) wrong.push({ ...gone, field: `${field}.id` });
      const account = member.account ?? null;
      // Whom the council already knows may stay, though somebody else has put him there.
      if (account !== null && account !== before?.accountId && !candidates.has(account))
        wrong.push({ code: 'account.not_found', field: `${field}.account`, message: 'Không tìm thấy tài khoản này.' });
      const person = member.person ?? null;
      if (person !== null && person !== before?.personId && !(await this.people.inScope(tx, actor, person)))
        wrong.push({ code: 'person.not_found', field: `${field}.person`, message: 'Không tìm thấy người này.' });
    }
    if (wrong.length > 0) throw Refused.all(wrong);
    const kept = given.flatMap(({ id }) => (id === undefined ? [] : [id]));
    await tx.query(
      `UPDATE council_member SET removed_on = $3 WHERE council_id = $1 AND removed_on IS NULL AND NOT id = ANY($2)`,
      [council.id, kept, this.clock.today()],
    );
    for (const { id, name, role, account, person } of given) {
      const facts = { name: tidy(name), role, accountId: account ?? null, personId: person ?? null };
      if (id !== undefined) await tx.manager.update(CouncilMember, { id }, facts);
      else
        await tx.manager.insert(CouncilMember, {
          ...facts,
          councilId: council.id,
          recordedOn: this.clock.today(),
          removedOn: null,
        });
    }
  }
}

/** One chair, nobody twice. @throws Refused with everything that is wrong */
function mustBeCouncil({ validFrom, validTo, members }: CouncilInput | CouncilChange): void {
  const wrong: RefusalDetail[] = [];
  if (validTo && validTo <= validFrom)
    wrong.push({
      code: 'councils.ends_before_it_begins',
      field: 'validTo',
      message: 'Ngày kết thúc phải sau ngày bắt đầu.',
    });
  const chairs = members.filter(({ role }) => role === 'CHAIR').length;
  if (chairs !== 1) wrong.push({ code: 'councils.one_chair', field: 'members', message: 'Cần đúng một Chủ tịch.' });
  for (const key of ['id', 'account', 'person'] as const) {
    const seen = new Set<number>();
    for (const [index, member] of members.entries()) {
      const value = member[key];
      if (value === undefined || value === null) continue;
      if (seen.has(value))
        wrong.push({
          code: 'councils.member_twice',
          field: `members[${index}].${key}`,
          message: 'Thành viên này đã có trong danh sách.',
        });
      seen.add(value);
    }
  }
  if (wrong.length > 0) throw Refused.all(wrong);
}
