import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, scopeOf, tidy, type Actor } from '@lib/kernel';
import { audit, Clock, transact, type Tx } from '@lib/platform';
import { UnitTree } from '@lib/units';
import { Bloc, BlocMember } from './bloc.entity.js';
import type { BlocMemberInput, CreateBlocInput, EditBlocInput } from './blocs.dto.js';
import { BlocScope } from './bloc-scope.js';
import { blocName, checkMembers } from './blocs.rules.js';

type Facts = Pick<
  Bloc,
  'ownName' | 'theme' | 'note' | 'source' | 'representativeName' | 'representativeRank' | 'representativePost'
>;

/** Blocs are kept by the unit that organises them. */
@Injectable()
export class BlocsService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly scope: BlocScope,
  ) {}

  /** @throws Refused `blocs.key_taken`, `blocs.member_twice`, `blocs.two_heads`, `blocs.day_outside_year`. */
  async create(actor: Actor, input: CreateBlocInput): Promise<number> {
    checkMembers(input.members, input.year);
    return transact(this.db, async (tx) => {
      const organiserId = await this.tree.idOf(tx, input.organiser, scopeOf(actor, 'bloc.keep'), 'organiser');
      const { kind, number, year } = input;
      const id = await this.insert(tx, actor, { organiserId, kind, number, year, ...factsOf(input) }, null);
      await this.setMembers(tx, actor, id, input.members, new Map());
      return id;
    });
  }

  /** @throws Refused `blocs.changed_meanwhile` when somebody saved another version. */
  async edit(actor: Actor, id: number, input: EditBlocInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const bloc = await this.lock(tx, actor, id);
      if (bloc.version !== input.version)
        throw new Refused(
          'blocs.changed_meanwhile',
          'Người khác vừa sửa khối, cụm này. Hãy tải lại rồi sửa tiếp.',
          'version',
          'conflict',
        );
      checkMembers(input.members, bloc.year);
      await tx.manager.update(Bloc, { id }, { ...factsOf(input), version: bloc.version + 1 });
      const before = await tx.query<{ code: string; id: number }>(
        `SELECT u.code, u.id FROM bloc_member m JOIN unit u ON u.id = m.unit_id WHERE m.bloc_id = $1`,
        [id],
      );
      await tx.query(`DELETE FROM bloc_member WHERE bloc_id = $1`, [id]);
      // A member of another branch stays without the editor seeing that branch.
      await this.setMembers(tx, actor, id, input.members, new Map(before.map((row) => [row.code, row.id])));
      const after = input.members.map(({ unit, role = 'MEMBER' }) => `${unit}:${role}`);
      await audit(tx, this.clock.now(), actor, 'bloc.edited', `bloc:${id}`, {
        version: bloc.version + 1,
        members: after,
      });
    });
  }

  /** The same bloc of the next year: members are carried over, the head and its deputies are elected anew. Returns its id. */
  async copy(actor: Actor, id: number): Promise<number> {
    return transact(this.db, async (tx) => {
      const { organiserId: before, carriedBy, kind, number, year, ownName } = await this.lock(tx, actor, id);
      const organiserId = carriedBy ?? before;
      const facts = { ...factsOf({}), ownName };
      const next = await this.insert(tx, actor, { organiserId, kind, number, year: year + 1, ...facts }, id);
      await tx.query(
        `INSERT INTO bloc_member (bloc_id, unit_id, role) SELECT $2, unit_id, 'MEMBER' FROM bloc_member WHERE bloc_id = $1 AND left_on IS NULL`,
        [id, next],
      );
      return next;
    });
  }

  private async lock(tx: Tx, actor: Actor, id: number): Promise<Bloc> {
    const params: unknown[] = [id];
    const [seen] = await tx.query(
      `SELECT 1 FROM bloc bl WHERE bl.id = $1 AND ${this.scope.organises(actor, 'bloc.keep', params)}`,
      params,
    );
    const bloc = seen ? await tx.manager.findOne(Bloc, { where: { id }, lock: { mode: 'pessimistic_write' } }) : null;
    if (!bloc) throw Refused.notFound('bloc');
    return bloc;
  }

  private async insert(
    tx: Tx,
    actor: Actor,
    given: Facts & Pick<Bloc, 'organiserId' | 'kind' | 'number' | 'year'>,
    copiedFrom: number | null,
  ): Promise<number> {
    const { kind, number, year } = given;
    const { identifiers } = await tx.manager
      .createQueryBuilder()
      .insert()
      .into(Bloc)
      .values({
        ...given,
        copiedFrom,
        version: 1,
        recordedOn: this.clock.today(),
        recordedBy: actor.name,
        recordedById: actor.accountId,
      })
      .orIgnore()
      .execute();
    const id: unknown = identifiers[0]?.['id'];
    if (typeof id !== 'number')
      throw new Refused(
        'blocs.key_taken',
        `Đã có ${blocName(kind, number, year, null)} của đơn vị này.`,
        'number',
        'conflict',
      );
    await audit(tx, this.clock.now(), actor, 'bloc.created', `bloc:${id}`, { kind, number, year, copiedFrom });
    return id;
  }

  private async setMembers(
    tx: Tx,
    actor: Actor,
    blocId: number,
    members: readonly BlocMemberInput[],
    held: ReadonlyMap<string, number>,
  ): Promise<void> {
    const codes = members.map(({ unit }) => unit).filter((code) => !held.has(code));
    const found = await this.tree.idsOf(tx, codes, scopeOf(actor, 'unit.read'));
    const rows = members.map(({ unit, role = 'MEMBER', joined = null, leftOn = null }, i) => {
      const unitId = held.get(unit) ?? found.get(unit);
      if (unitId === undefined) throw Refused.notFound('unit', `members[${i}].unit`);
      return { blocId, unitId, role, joined, leftOn };
    });
    if (rows.length > 0) await tx.manager.insert(BlocMember, rows);
  }
}

function factsOf(input: Partial<CreateBlocInput>): Facts {
  const { representative } = input;
  return {
    ownName: text(input.ownName),
    theme: text(input.theme),
    note: text(input.note),
    source: text(input.source),
    representativeName: text(representative?.name),
    representativeRank: text(representative?.rank),
    representativePost: text(representative?.post),
  };
}

/** Empty is not stated. */
function text(given: string | null | undefined): string | null {
  return tidy(given ?? '') || null;
}
