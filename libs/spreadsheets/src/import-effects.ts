import { Injectable } from '@nestjs/common';
import type { Queryable, Tx } from '@lib/platform';

/** What an import wrote: one record of the room that owns the kind. */
export interface ImportEffect {
  readonly row: number;
  /** Kind of the record: `person`. */
  readonly what: string;
  readonly recordId: number;
  readonly act: 'INSERTED' | 'CHANGED';
  /** JSON of what stood there; null where the record is new. */
  readonly before: unknown;
  /** Of the record as the import leaves it, where records count their versions. */
  readonly version?: number | null;
  /** Of the line that it came from, where the same line again shall mean the same record. */
  readonly fingerprint: string | null;
}

/** The notes that undoing goes by, for kinds whose records do not say themselves which import they came from. */
@Injectable()
export class ImportEffects {
  async add(tx: Tx, importId: number, effects: readonly ImportEffect[]): Promise<void> {
    if (effects.length === 0) return;
    await tx.query(
      `INSERT INTO import_effect (import_id, row, what, record_id, act, before, version, fingerprint)
       SELECT $1, * FROM unnest($2::int[], $3::text[], $4::int[], $5::text[], $6::jsonb[], $7::int[], $8::text[])`,
      [
        importId,
        effects.map(({ row }) => row),
        effects.map(({ what }) => what),
        effects.map(({ recordId }) => recordId),
        effects.map(({ act }) => act),
        effects.map(({ before }) => (before === null ? null : JSON.stringify(before))),
        effects.map(({ version }) => version ?? null),
        effects.map(({ fingerprint }) => fingerprint),
      ],
    );
  }

  /** In the order in which they were written. */
  of(q: Queryable, importId: number): Promise<ImportEffect[]> {
    return q.query<ImportEffect>(
      `SELECT row, what, record_id AS "recordId", act, before, version, fingerprint FROM import_effect WHERE import_id = $1 ORDER BY id`,
      [importId],
    );
  }

  /** Records that lines like these became in imports that stand: fingerprint → ids, oldest first. */
  async known(q: Queryable, what: string, fingerprints: readonly string[]): Promise<Map<string, number[]>> {
    const rows = await q.query<{ fingerprint: string; ids: number[] }>(
      `SELECT e.fingerprint, array_agg(DISTINCT e.record_id ORDER BY e.record_id) AS ids
         FROM import_effect e JOIN import i ON i.id = e.import_id AND i.state = 'ACCEPTED'
        WHERE e.fingerprint = ANY($1) AND e.what = $2 GROUP BY e.fingerprint`,
      [fingerprints, what],
    );
    return new Map(rows.map(({ fingerprint, ids }) => [fingerprint, ids]));
  }

  /** Later imports that stand and have changed what this one wrote: which line, which record, by which import. */
  later(q: Queryable, importId: number): Promise<{ row: number; recordId: number; what: string; by: number }[]> {
    return q.query(
      `SELECT mine.row, mine.record_id AS "recordId", mine.what, min(other.import_id) AS by
         FROM import_effect mine
         JOIN import_effect other ON other.what = mine.what AND other.record_id = mine.record_id AND other.import_id > mine.import_id
         JOIN import i ON i.id = other.import_id AND i.state = 'ACCEPTED'
        WHERE mine.import_id = $1 GROUP BY 1, 2, 3 ORDER BY 1 LIMIT 20`,
      [importId],
    );
  }
}
