import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, tidy, type Actor } from '@lib/kernel';
import { audit, Clock, transact, type Tx } from '@lib/platform';
import type { MergeInput } from './people.dto.js';
import { PeopleQueries, PERSON_COLUMNS, type PersonRow } from './people.queries.js';
import { People } from './people.service.js';
import { PeopleNews } from './people-news.js';
import { usesOf } from './uses.sql.js';

type Record = PersonRow & { readonly identityId: number | null };

/**
 * Two records that are one human being. No row that points to a record is rewritten: the merged record says under which one
 * it is found, so that taking the merge back is as exact as making it, whatever was recorded meanwhile.
 */
@Injectable()
export class Merges {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly queries: PeopleQueries,
    private readonly people: People,
    private readonly news: PeopleNews,
  ) {}

  /**
   * Both records must lie in the actor's scope.
   * @throws Refused `people.already_merged` where one was merged meanwhile, `people.restricted_into_open`,
   * `people.numbers_differ` until the officer is certain
   */
  async merge(actor: Actor, keptId: number, { merged: mergedId, reason, certain }: MergeInput): Promise<void> {
    if (keptId === mergedId) throw new Refused('people.same_record', 'Đây là cùng một hồ sơ.', 'merged');
    await transact(this.db, async (tx) => {
      const records = await this.lock(tx, actor, [keptId, mergedId]);
      const [kept, merged] = [records.get(keptId), records.get(mergedId)];
      if (!kept) throw Refused.notFound('person');
      if (!merged) throw Refused.notFound('person', 'merged');
      if (kept.identityId !== null || merged.identityId !== null) throw alreadyMerged();
      if (await this.opens(tx, kept, merged)) throw restrictedIntoOpen();
      if (!certain && numbersDiffer(kept, merged)) throw numbersWarn();
      await tx.query(`UPDATE person SET merged_into = $2, identity_id = $2, version = version + 1 WHERE id = $1`, [
        mergedId,
        keptId,
      ]);
      await tx.query(`UPDATE person SET identity_id = $2 WHERE identity_id = $1`, [mergedId, keptId]);
      const trail = { kept, merged, uses: await usesOf(tx, [keptId, mergedId]) };
      await tx.query(
        `INSERT INTO person_merge (kept_id, merged_id, reason, trail, merged_on, merged_by) VALUES ($1, $2, $3, $4, $5, $6)`,
        [keptId, mergedId, tidy(reason), JSON.stringify(trail), this.clock.today(), actor.name],
      );
      await this.decide(tx, actor, keptId, mergedId, 'MERGED');
      await audit(tx, this.clock.now(), actor, 'person.merged', `person:${keptId}`, { merged: mergedId });
      await this.people.compareLater(tx, [keptId]);
      await this.news.identityChanged(tx, await this.everyRecord(tx, keptId));
    });
  }

  /** Takes the merge of this record back; what was merged into it before goes with it. */
  async unmerge(actor: Actor, mergedId: number, reason: string): Promise<void> {
    await transact(this.db, async (tx) => {
      const before = (await this.queries.identities(tx, [mergedId])).get(mergedId);
      if (before === undefined || before === mergedId) throw Refused.notFound('person_merge');
      const records = await this.lock(tx, actor, [before, mergedId]);
      const merged = records.get(mergedId);
      if (!merged || !records.has(before)) throw Refused.notFound('person_merge');
      if (merged.identityId !== before) throw alreadyMerged();
      const all = await this.everyRecord(tx, before);
      const [standing] = await tx.query<{ keptId: number }>(
        `UPDATE person_merge SET unmerged_on = $2, unmerged_by = $3, unmerge_reason = $4 WHERE merged_id = $1 AND unmerged_on IS NULL RETURNING kept_id AS "keptId"`,
        [mergedId, this.clock.today(), actor.name, tidy(reason)],
      );
      if (!standing) throw Refused.notFound('person_merge');
      await tx.query(
        `WITH RECURSIVE below (id) AS (SELECT $1::int UNION SELECT p.id FROM person p JOIN below b ON p.merged_into = b.id WHERE p.identity_id IS NOT NULL)
         UPDATE person p SET identity_id = nullif($1, p.id), merged_into = CASE WHEN p.id = $1 THEN NULL ELSE p.merged_into END, version = p.version + 1
           FROM below WHERE p.id = below.id`,
        [mergedId],
      );
      await this.decide(tx, actor, standing.keptId, mergedId, 'REJECTED');
      await audit(tx, this.clock.now(), actor, 'person.unmerged', `person:${standing.keptId}`, { merged: mergedId });
      await this.people.compareLater(tx, [before, mergedId]);
      await this.news.identityChanged(tx, all);
    });
  }

  /** What a restricted record holds, or one merged into it, would be read by whoever reads the other. */
  private async opens(tx: Tx, kept: Record, merged: Record): Promise<boolean> {
    if (kept.classification === 'RESTRICTED') return false;
    const restricted = await tx.query(
      `SELECT 1 FROM person WHERE (id = $1 OR identity_id = $1) AND classification = 'RESTRICTED' LIMIT 1`,
      [merged.id],
    );
    return restricted.length > 0;
  }

  /** In the order of ids, so that two who merge at once wait for one another and the later one sees what the first has done. */
  private async lock(tx: Tx, actor: Actor, ids: readonly number[]): Promise<Map<number, Record>> {
    const params: unknown[] = [ids];
    const mine = this.queries.visible(actor, 'person.merge', params);
    const readable = this.queries.visible(actor, 'person.read', params);
    const seen = await tx.query<{ id: number }>(
      `SELECT p.id FROM person p WHERE p.id = ANY($1) AND ${mine} AND ${readable} ORDER BY p.id FOR UPDATE`,
      params,
    );
    const rows = await tx.query<Record>(
      `SELECT ${PERSON_COLUMNS}, p.identity_id AS "identityId" FROM person p WHERE p.id = ANY($1)`,
      [seen.map(({ id }) => id)],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  private async everyRecord(tx: Tx, identity: number): Promise<number[]> {
    const rows = await tx.query<{ id: number }>(`SELECT id FROM person WHERE id = $1 OR identity_id = $1 ORDER BY id`, [
      identity,
    ]);
    return rows.map(({ id }) => id);
  }

  private async decide(tx: Tx, actor: Actor, a: number, b: number, state: 'MERGED' | 'REJECTED'): Promise<void> {
    await tx.query(
      `INSERT INTO person_duplicate (a_id, b_id, score, reasons, state, found_on, decided_on, decided_by)
       VALUES (least($1::int, $2::int), greatest($1::int, $2::int), 0, '{}', $3, $4, $4, $5)
       ON CONFLICT (a_id, b_id) DO UPDATE SET state = excluded.state, decided_on = excluded.decided_on, decided_by = excluded.decided_by`,
      [a, b, state, this.clock.today(), actor.name],
    );
  }
}

function numbersDiffer(a: PersonRow, b: PersonRow): boolean {
  const differ = (one: string | null, other: string | null): boolean => !!one && !!other && one !== other;
  return (
    differ(a.memberCard, b.memberCard) ||
    differ(a.serviceNumber, b.serviceNumber) ||
    (a.birthYear !== null && b.birthYear !== null && a.birthYear !== b.birthYear) ||
    (a.gender !== null && b.gender !== null && a.gender !== b.gender)
  );
}

function alreadyMerged(): Refused {
  const message = 'Một trong hai hồ sơ vừa được gộp hoặc tách. Hãy tải lại trang.';
  return new Refused('people.already_merged', message, null, 'conflict');
}

function restrictedIntoOpen(): Refused {
  const message = 'Hồ sơ được gộp là hồ sơ hạn chế. Hãy giữ lại hồ sơ hạn chế và gộp hồ sơ kia vào đó.';
  return new Refused('people.restricted_into_open', message, 'merged', 'conflict');
}

function numbersWarn(): Refused {
  const message = 'Hai hồ sơ khác nhau ở số thẻ, số hiệu, năm sinh hoặc giới tính. Chỉ gộp khi chắc chắn là một người.';
  return new Refused('people.numbers_differ', message, 'certain', 'conflict');
}
