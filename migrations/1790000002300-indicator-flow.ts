import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Reports that tile a period are one path of days: each leads from its first day to the day after its last, always forward.
 * The flow of a report is the difference of two numbers drawn for its two ends, so that the flows of a unit's reports add up
 * to the difference of the period's two ends if, and but for a chance of 1 in 2^62 only if, they tile it without gap or overlap.
 */
export class IndicatorFlow1790000002300 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION figure_flow(first date, last date) RETURNS bigint IMMUTABLE PARALLEL SAFE LANGUAGE sql AS
        $$ SELECT (hashint4extended(first - DATE '2000-01-01', 62) >> 2) - (hashint4extended(last + 1 - DATE '2000-01-01', 62) >> 2) $$;
      ALTER TABLE figure_reported ADD flow bigint NOT NULL GENERATED ALWAYS AS (figure_flow(span_from, day)) STORED;
      COMMENT ON COLUMN figure_reported.flow IS 'adds up to the flow of the period where reports tile it';
      CREATE INDEX figure_reported_dated ON figure_reported (unit_id, day) WHERE nature <> 0;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      `DROP INDEX figure_reported_dated; ALTER TABLE figure_reported DROP flow; DROP FUNCTION figure_flow(date, date)`,
    );
  }
}
