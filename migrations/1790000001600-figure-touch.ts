import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Facts that are not counted by entries, but that summaries print: which unit and which days they touch. */
export class FigureTouch1790000001600 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE figure_touch (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        unit_id int NOT NULL, from_day date NOT NULL, to_day date NOT NULL
      );
      COMMENT ON TABLE figure_touch IS 'written in the record''s own transaction; the applier marks the summaries of the unit and of all above it stale';
      CREATE INDEX figure_entry_dim ON figure_entry (dim_id, day);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX figure_entry_dim; DROP TABLE figure_touch`);
  }
}
