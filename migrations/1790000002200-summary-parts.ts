import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A summary knows which half of it a fact touched, so that the other half is not computed again. */
export class SummaryParts1790000002200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE summary RENAME COLUMN touched TO touched_book;
      ALTER TABLE summary ADD COLUMN touched_other int NOT NULL DEFAULT 0, ADD COLUMN touched_wide int NOT NULL DEFAULT 0,
        ADD COLUMN computed_book int NOT NULL DEFAULT -1, ADD COLUMN computed_other int NOT NULL DEFAULT -1, ADD COLUMN computed_wide int NOT NULL DEFAULT -1;
      CREATE TABLE summary_touched_line (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        summary_id int NOT NULL REFERENCES summary ON DELETE CASCADE, dim int NOT NULL, giver int NOT NULL
      );
      CREATE INDEX summary_touched_line_summary ON summary_touched_line (summary_id);
      COMMENT ON TABLE summary_touched_line IS 'lines with a conferring body of their own that facts have touched since the text was computed';
      UPDATE summary SET freshness = 'STALE' WHERE freshness = 'FRESH' AND known = 'infinity';
      COMMENT ON COLUMN summary.touched_book IS 'grows with every fact of the counting book that touches the summary, so that one that lands while it is computed is not lost';
      COMMENT ON COLUMN summary.touched_other IS 'the same for what other records tell';
      COMMENT ON COLUMN summary.touched_wide IS 'the same for facts that no monthly cell holds, and for changes of the tree';
      COMMENT ON COLUMN summary.computed_book IS 'touched_book as it was when the stored text was computed';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP TABLE summary_touched_line;
      ALTER TABLE summary DROP COLUMN touched_other, DROP COLUMN touched_wide,
        DROP COLUMN computed_book, DROP COLUMN computed_other, DROP COLUMN computed_wide;
      ALTER TABLE summary RENAME COLUMN touched_book TO touched;
    `);
  }
}
