import { Injectable } from '@nestjs/common';
import type { Queryable, Tx } from '@lib/platform';
import type { ImportKind, RowProblem, RowVerdict, LineVerdict } from './import-kind.js';
import type { VerdictCounts } from './imports.entity.js';
import type { RawCell } from './reading/raw-cell.js';
import type { ReadRow } from './reading/list-in.js';

export interface StagedRow {
  readonly row: number;
  readonly cells: readonly RawCell[];
  readonly verdict: LineVerdict;
  readonly problems: readonly RowProblem[] | null;
  readonly plan: unknown;
}

const PAGE = 1_000;

/** The staged lines of imports: written once a dry run, read in pages. */
@Injectable()
export class ImportRows {
  async clear(tx: Tx, importId: number): Promise<void> {
    await tx.query(`DELETE FROM import_row WHERE import_id = $1`, [importId]);
  }

  /** Lines whose cells could not be read are wrong; the others are what the kind says. */
  async stage(
    tx: Tx,
    importId: number,
    rows: readonly ReadRow[],
    verdicts: ReadonlyMap<number, RowVerdict>,
  ): Promise<void> {
    const staged = rows.map(({ row, cells, problems }) => {
      const told = verdicts.get(row);
      return [
        row,
        cells,
        told?.verdict ?? 'WRONG',
        [...new Set(told?.keys ?? [])],
        told ? (told.problems ?? null) : problems,
        told?.changes ?? null,
        told?.plan ?? null,
      ];
    });
    // Whoever finds the last of these commits lost after a crash of the database reads the file again anyway.
    await tx.query(`SET LOCAL synchronous_commit = off`);
    await tx.query(
      `INSERT INTO import_row (import_id, row, cells, verdict, keys, problems, changes, plan)
       SELECT $1, (e->>0)::int, e->1, e->>2, ARRAY(SELECT jsonb_array_elements_text(e->3)),
              nullif(e->4, 'null'), nullif(e->5, 'null'), nullif(e->6, 'null')
         FROM jsonb_array_elements($2::jsonb) AS e`,
      [importId, JSON.stringify(staged)],
    );
  }

  /** Tells every row but the first of those that are about the same as a duplicate. */
  async tellDuplicates(tx: Tx, importId: number, { duplicate }: ImportKind): Promise<void> {
    await tx.query(
      `WITH keyed AS (SELECT r.row, unnest(r.keys) AS key FROM import_row r WHERE r.import_id = $1 AND r.verdict <> 'WRONG'),
            shared AS (SELECT key, min(row) AS first FROM keyed GROUP BY key HAVING count(*) > 1),
            twice AS (SELECT k.row, min(s.first) AS first FROM keyed k JOIN shared s USING (key) WHERE k.row > s.first GROUP BY k.row)
       UPDATE import_row r SET verdict = 'DUPLICATE',
              problems = coalesce(r.problems, '[]') || jsonb_build_array(jsonb_build_object(
                'column', $2::text, 'code', 'imports.row_twice', 'message', 'Trùng với dòng ' || t.first || '.' || $3::text))
         FROM twice t WHERE r.import_id = $1 AND r.row = t.row`,
      [importId, duplicate?.column ?? null, duplicate ? ` ${duplicate.advice}` : ' Hãy xoá một trong hai dòng.'],
    );
  }

  /** A hundred thousand lines have just come: without knowing of them, the database would sort them anew for each page. */
  async settled(q: Queryable): Promise<void> {
    await q.query(`ANALYZE import_row`);
  }

  async counts(q: Queryable, importId: number): Promise<VerdictCounts> {
    const rows = await q.query<{ verdict: LineVerdict; n: number }>(
      `SELECT verdict, count(*)::int AS n FROM import_row WHERE import_id = $1 GROUP BY verdict`,
      [importId],
    );
    const counts = { NEW: 0, CHANGED: 0, UNCHANGED: 0, DUPLICATE: 0, WRONG: 0 };
    for (const { verdict, n } of rows) counts[verdict] = n;
    return counts;
  }

  /** Page after page, in the order of the file; all at once where the kind needs the whole file. */
  async *pages(
    q: Queryable,
    importId: number,
    verdicts: readonly LineVerdict[],
    whole = false,
  ): AsyncGenerator<StagedRow[]> {
    const size = whole ? 2_000_000 : PAGE;
    for (let after = -1; ;) {
      const rows = await q.query<StagedRow>(
        `SELECT row, cells, verdict, problems, plan FROM import_row
          WHERE import_id = $1 AND row > $2 AND verdict = ANY($3) ORDER BY row LIMIT $4`,
        [importId, after, verdicts, size],
      );
      if (rows.length > 0) yield rows;
      const last = rows.at(-1);
      if (!last || rows.length < size) return;
      after = last.row;
    }
  }
}
