import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { transact, type Tx } from '@lib/platform';
import { PASSED } from '@lib/units';
import { addCells } from './cell.sql.js';
import { ENTRY_MEASURES } from './measures.js';
import { refreshPersonPlaces } from './person-places.service.js';
import { cellSums, MONTH, seenFrom, WIDE } from './seen.sql.js';

const FACT = `source, record_id, part_id, unit_id, span_from, day, dim_id, giver_id, person_id, ${ENTRY_MEASURES.join(', ')}, recorded_on`;
const BATCH = 5_000;
const APPLIER_LOCK = `hashtext('figures.applier')`;

/**
 * What a fact touched: the counting book, what summaries print beside it (OTHER; a campaign's own awards and prizes stand
 * there, too), or also what no cell holds (WIDE). A change of the tree touches everything.
 */
export const TOUCHED = { BOOK: 1, OTHER: 2, WIDE: 4 } as const;
const EVERYTHING = TOUCHED.BOOK | TOUCHED.OTHER | TOUCHED.WIDE;

/**
 * Told, inside the applier's transaction, what was touched: table `touched(unit_id, from_day, to_day, what, dim, giver, lens)`,
 * with the line of figures that a fact of the book stands under there (through as-was).
 */
export type TouchedListener = (tx: Tx) => Promise<void>;

/**
 * The only writer of entries and cells, one at a time. Facts and tree changes are consumed in the transaction that
 * changes the cells, so each counts exactly once, whichever process dies when.
 */
@Injectable()
export class Applier {
  private readonly wideners: TouchedListener[] = [];
  private readonly listeners: TouchedListener[] = [];

  constructor(private readonly db: DataSource) {}

  onTouched(listener: TouchedListener): void {
    this.listeners.push(listener);
  }

  /** The same, before the others are told: adds to `touched` what follows from what stands in it. */
  widenTouched(listener: TouchedListener): void {
    this.wideners.push(listener);
  }

  /** Applies everything that waits. Returns how many facts were applied. */
  async run(): Promise<number> {
    let applied = 0;
    for (;;) {
      const count = await transact(this.db, (tx) => this.step(tx));
      if (count === null) return applied;
      applied += count;
    }
  }

  /** Tree changes first, then one batch of facts. Null when nothing waited. */
  private async step(tx: Tx): Promise<number | null> {
    await tx.query(`SELECT pg_advisory_xact_lock(${APPLIER_LOCK})`);
    await this.openTouched(tx);
    const [state] = await tx.query<{ done: number; latest: number }>(
      `SELECT applied_change AS done, (SELECT coalesce(max(n), 0) FROM unit_change) AS latest FROM figure_state`,
    );
    if (!state) throw new Error('figure_state is empty');
    const changed = state.latest > state.done;
    if (changed) await this.restate(tx, state.done, state.latest);
    const count = await this.applyFacts(tx, state.latest);
    const touches = await this.applyTouches(tx);
    if (!changed && count + touches === 0) return null;
    await this.tellTouched(tx);
    return count;
  }

  /** Table `touched` of this transaction, for whoever changes cells under the applier's lock. */
  async openTouched(tx: Tx): Promise<void> {
    await tx.query(
      `CREATE TEMP TABLE IF NOT EXISTS touched (unit_id int, from_day date, to_day date, what int NOT NULL DEFAULT ${EVERYTHING}, dim int, giver int, lens text NOT NULL DEFAULT 'as-was') ON COMMIT DROP`,
    );
  }

  async tellTouched(tx: Tx): Promise<void> {
    for (const listener of [...this.wideners, ...this.listeners]) await listener(tx);
  }

  private async applyFacts(tx: Tx, change: number): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      `WITH taken AS (
         DELETE FROM figure_inbox WHERE id IN (SELECT id FROM figure_inbox ORDER BY id LIMIT ${BATCH}) RETURNING id, ${FACT}
       ), posted AS (
         INSERT INTO figure_entry (seq, ${FACT}, wide)
         SELECT nextval('figure_seq'), ${FACT}, ${WIDE('span_from', 'day')} FROM (SELECT * FROM taken ORDER BY id) ordered
         RETURNING seq, ${FACT}, wide
       ), seen AS MATERIALIZED (${seenFrom('posted e', '$1::int')}
       ), cells AS (
         ${addCells(
           'figure_cell',
           `SELECT seen_by, ${MONTH('day')} AS month, line_dim, line_giver, relation, ${cellSums('seen')}
              FROM seen WHERE NOT wide GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`,
         )}
       ), told AS (
         INSERT INTO touched SELECT seen_by, min(span_from), max(day), ${TOUCHED.BOOK} + CASE WHEN bool_or(wide) THEN ${TOUCHED.WIDE} ELSE 0 END
                    + CASE WHEN bool_or(d.campaign IS NOT NULL OR d.block = 'PRIZE') THEN ${TOUCHED.OTHER} ELSE 0 END, line_dim, line_giver
           FROM seen JOIN figure_dim d ON d.id = seen.dim_id GROUP BY seen_by, line_dim, line_giver
       ), told_as_is AS (
         INSERT INTO touched SELECT above.unit_id, min(p.span_from), max(p.day), ${EVERYTHING}, NULL::int, NULL::int, 'as-is'
           FROM posted p JOIN figure_giver g ON g.id = p.giver_id
           LEFT JOIN figure_person_place w ON w.person_id = p.person_id AND w.from_unit = p.unit_id
           JOIN unit_chain_as_is c ON c.unit_id = ANY(ARRAY[p.unit_id, w.to_unit] || g.anchors) AND c.tfrom <= $1 AND $1 < c.tto
          CROSS JOIN LATERAL unnest(c.chain) AS above (unit_id) GROUP BY 1
       ), advanced AS (
         UPDATE figure_state SET applied_seq = greatest(applied_seq, (SELECT max(seq) FROM posted)) WHERE EXISTS (SELECT 1 FROM posted)
       )
       SELECT count(*)::int AS count FROM posted`,
      [change],
    );
    return row?.count ?? 0;
  }

  /** What no entry tells marks the summaries of its unit and of all that stand, or stood, above it. */
  private async applyTouches(tx: Tx): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      `WITH taken AS (
         DELETE FROM figure_touch WHERE id IN (SELECT id FROM figure_touch ORDER BY id LIMIT ${BATCH}) RETURNING unit_id, from_day, to_day
       ), told AS (
         INSERT INTO touched SELECT DISTINCT p.ancestor_id, t.from_day, t.to_day, p.what, NULL::int, NULL::int, p.lens
           FROM taken t JOIN (SELECT unit_id, ancestor_id, ${TOUCHED.OTHER} AS what, 'as-was' AS lens FROM unit_path
                              UNION ALL SELECT unit_id, ancestor_id, ${EVERYTHING}, 'as-is' FROM unit_path_as_is) p ON p.unit_id = t.unit_id
       )
       SELECT count(*)::int AS count FROM taken`,
    );
    return row?.count ?? 0;
  }

  /** Takes the cells of moved units out of their old ancestors and adds them to the new ones, for the days that changed. */
  private async restate(tx: Tx, done: number, latest: number): Promise<void> {
    await tx.query(
      `CREATE TEMP TABLE moved ON COMMIT DROP AS
       SELECT unit_id, min(vfrom) AS vfrom, max(vto) AS vto FROM unit_chain
        WHERE (tfrom > $1 AND tfrom <= $2) OR (tto > $1 AND tto <= $2) GROUP BY unit_id`,
      [done, latest],
    );
    const affected = `(SELECT f.* FROM figure_entry f
        WHERE NOT f.wide AND (EXISTS (SELECT 1 FROM moved m WHERE m.unit_id = f.unit_id AND m.vfrom <= f.day AND f.day < m.vto)
           OR f.giver_id IN (SELECT a.giver_id FROM moved m JOIN figure_giver_anchor a ON a.unit_id = m.unit_id))) e`;
    for (const [sign, change] of [
      ['-', done],
      ['', latest],
    ] as const)
      await tx.query(
        addCells(
          'figure_cell',
          `SELECT seen_by, ${MONTH('day')} AS month, line_dim, line_giver, relation, ${cellSums('seen', sign)}
             FROM (${seenFrom(affected, '$1::int')}) seen GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`,
        ),
        [change],
      );
    // Whoever stands above or below the changed unit, before or after, may print something else now; of the days before it
    // no more than that there was a change since.
    const told = (days: string, what: number): string => `
       SELECT p.unit_id, ${days}, ${what} FROM unit_change c JOIN unit_path p ON p.ancestor_id = c.unit_id WHERE ${changes}
       UNION SELECT p.ancestor_id, ${days}, ${what} FROM unit_change c JOIN unit_path p ON p.unit_id = c.unit_id WHERE ${changes}`;
    const changes = `c.n > $1 AND c.n <= $2 AND c.what <> '${PASSED}'`;
    await tx.query(
      `INSERT INTO touched (unit_id, from_day, to_day, what)
       ${told(`c.from_day, 'infinity'::date`, EVERYTHING)} UNION ALL ${told(`'-infinity'::date, c.from_day`, TOUCHED.OTHER)}`,
      [done, latest],
    );
    await this.restateAsIs(tx, done, latest);
    await tx.query(`UPDATE figure_state SET applied_change = $1`, [latest]);
    await tx.query(`DROP TABLE moved`);
  }

  /** Today's organisation carries the whole past: whoever stands on an old or new way up of a changed unit, or below it, prints something else. */
  private async restateAsIs(tx: Tx, done: number, latest: number): Promise<void> {
    const changed = `((tfrom > $1 AND tfrom <= $2) OR (tto > $1 AND tto <= $2))`;
    const [split] = await tx.query(
      `SELECT 1 FROM unit_chain_as_is WHERE carried = 'UNALLOCATED' AND ${changed} LIMIT 1`,
      [done, latest],
    );
    if (split) await refreshPersonPlaces(tx, null);
    await tx.query(
      `INSERT INTO touched
       SELECT DISTINCT told.unit_id, '-infinity'::date, 'infinity'::date, ${EVERYTHING}, NULL::int, NULL::int, 'as-is' FROM (
         SELECT unnest(chain) AS unit_id FROM unit_chain_as_is WHERE ${changed}
         UNION SELECT p.ancestor_id FROM unit_change c JOIN unit_path_as_is p ON p.unit_id = c.unit_id WHERE c.n > $1 AND c.n <= $2
         UNION SELECT p.unit_id FROM unit_change c JOIN unit_path_as_is p ON p.ancestor_id = c.unit_id WHERE c.n > $1 AND c.n <= $2) told`,
      [done, latest],
    );
  }
}
