import { Injectable } from '@nestjs/common';
import { Refused, type Actor } from '@lib/kernel';
import { audit, Clock, type Queryable, type Tx } from '@lib/platform';
import { PeopleNews } from './people-news.js';

/** What the records are called that may stand on a person; any other table is "hồ sơ khác". */
const CALLED: Readonly<Record<string, string>> = {
  account_person: 'tài khoản',
  award_line: 'dòng khen thưởng',
  nomination_line: 'dòng đề nghị khen thưởng',
  title_registration: 'đăng ký danh hiệu',
  council_member: 'thành viên hội đồng',
  person: 'hồ sơ đã gộp',
  person_merge: 'lần gộp hồ sơ, còn lưu cả khi đã tách ra',
  person_position: 'chức vụ',
  service_period: 'thời gian công tác',
};
/** What only follows from the person: it goes with him. */
const OWN = ['membership', 'person_duplicate'];

interface Blocked {
  readonly row: number;
  readonly name: string;
  readonly what: string;
}

/** Takes a list of members back: the new people were never there, the changed ones are as they were. */
@Injectable()
export class PeopleImportUndo {
  constructor(
    private readonly clock: Clock,
    private readonly news: PeopleNews,
  ) {}

  /** @throws Refused `people.import_built_on` naming lines, people and what stands on them */
  async undo(tx: Tx, actor: Actor, importId: number): Promise<void> {
    await tx.query(`LOCK TABLE person IN SHARE ROW EXCLUSIVE MODE`);
    const blocked = [...(await this.changedSince(tx, importId)), ...(await this.standsOn(tx, importId))];
    if (blocked.length > 0) throw refusal(blocked);
    await this.restore(tx, importId);
    await this.remove(tx, importId);
    await audit(tx, this.clock.now(), actor, 'people.import_undone', `import:${importId}`, {});
  }

  /** Corrected by hand, moved, or changed by a later import. */
  private changedSince(tx: Tx, importId: number): Promise<Blocked[]> {
    return tx.query<Blocked>(
      `SELECT e.row, p.full_name AS name,
              CASE WHEN p.merged_into IS NOT NULL THEN 'đã gộp với hồ sơ khác'
                   WHEN p.version <> e.version THEN 'hồ sơ đã được sửa sau đó'
                   ELSE 'đã chuyển sinh hoạt' END AS what
         FROM import_effect e JOIN person p ON p.id = e.record_id
        WHERE e.import_id = $1 AND e.what = 'person'
          AND (p.merged_into IS NOT NULL OR p.version <> e.version
               OR (e.act = 'INSERTED' AND (SELECT count(*) FROM membership m WHERE m.person_id = p.id) > 1))
        ORDER BY e.row LIMIT 20`,
      [importId],
    );
  }

  /** Rows of any table that refer to the people who would go. */
  private async standsOn(tx: Tx, importId: number): Promise<Blocked[]> {
    const blocked: Blocked[] = [];
    for (const { table, column } of await references(tx)) {
      const rows = await tx.query<Omit<Blocked, 'what'>>(
        `SELECT DISTINCT e.row, p.full_name AS name FROM import_effect e JOIN person p ON p.id = e.record_id
           JOIN ${table} t ON t.${column} = p.id
          WHERE e.import_id = $1 AND e.what = 'person' AND e.act = 'INSERTED' ORDER BY e.row LIMIT 20`,
        [importId],
      );
      blocked.push(...rows.map((row) => ({ ...row, what: `có ${CALLED[table] ?? 'hồ sơ khác'}` })));
    }
    return blocked;
  }

  private async restore(tx: Tx, importId: number): Promise<void> {
    const changed = await tx.query<{ id: number }>(
      `UPDATE person p SET full_name = b."fullName", given_name = b."givenName", name_folded = b."nameFolded", birth_year = b."birthYear",
              gender = b.gender, member_card = b."memberCard", service_number = b."serviceNumber", admitted_on = b."admittedOn", version = p.version + 1
         FROM import_effect e CROSS JOIN LATERAL jsonb_to_record(e.before) AS b ("fullName" text, "givenName" text, "nameFolded" text,
              "birthYear" int, gender text, "memberCard" text, "serviceNumber" text, "admittedOn" date)
        WHERE e.import_id = $1 AND e.what = 'person' AND e.act = 'CHANGED' AND p.id = e.record_id RETURNING p.id`,
      [importId],
    );
    // The record is again as the import before this one left it, under a new number.
    await tx.query(
      `UPDATE import_effect earlier SET version = p.version FROM import_effect mine JOIN person p ON p.id = mine.record_id
        WHERE mine.import_id = $1 AND mine.what = 'person' AND mine.act = 'CHANGED' AND earlier.what = 'person'
          AND earlier.record_id = mine.record_id AND earlier.import_id <> $1 AND earlier.version = (mine.before->>'version')::int`,
      [importId],
    );
    await this.news.admitted(
      tx,
      changed.map(({ id }) => id),
    );
  }

  private async remove(tx: Tx, importId: number): Promise<void> {
    const added = `SELECT record_id FROM import_effect WHERE import_id = $1 AND what = 'person' AND act = 'INSERTED'`;
    const admitted = await tx.query<{ id: number }>(
      `SELECT id FROM person WHERE id IN (${added}) AND admitted_on IS NOT NULL`,
      [importId],
    );
    await tx.query(`DELETE FROM person_duplicate WHERE a_id IN (${added}) OR b_id IN (${added})`, [importId]);
    await tx.query(`DELETE FROM person_check WHERE person_id IN (${added})`, [importId]);
    await tx.query(`DELETE FROM membership WHERE person_id IN (${added})`, [importId]);
    await tx.query(`DELETE FROM person WHERE id IN (${added})`, [importId]);
    // Told afterwards: nobody is there any more who would say that he was admitted.
    await this.news.admitted(
      tx,
      admitted.map(({ id }) => id),
    );
  }
}

/** Tables whose rows name a person, as the database itself knows them: also those of rooms above. */
async function references(q: Queryable): Promise<{ table: string; column: string }[]> {
  const found = await q.query<{ table: string; column: string }>(
    `SELECT c.conrelid::regclass::text AS table, a.attname AS column FROM pg_constraint c
       JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
      WHERE c.contype = 'f' AND c.confrelid = 'person'::regclass ORDER BY 1, 2`,
  );
  return found.filter(({ table }) => !OWN.includes(table));
}

function refusal(blocked: readonly Blocked[]): Refused {
  const told = [...new Set(blocked.map(({ row, name, what }) => `dòng ${row} (${name}): ${what}`))];
  const shown = told.slice(0, 5);
  const more = told.length > shown.length ? '; và những dòng khác' : '';
  return new Refused(
    'people.import_built_on',
    `Không hoàn tác được, vì công việc sau đó dựa vào lần nhập này: ${shown.join('; ')}${more}.`,
    null,
    'conflict',
  );
}
