import type { MigrationInterface, QueryRunner } from 'typeorm';

/** figures, summaries: two lenses. */
export class Lenses1790000003400 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE figure_person_place (
        person_id int NOT NULL REFERENCES person, from_unit int NOT NULL REFERENCES unit, to_unit int NOT NULL REFERENCES unit,
        PRIMARY KEY (person_id, from_unit)
      );
      CREATE INDEX figure_person_place_to ON figure_person_place (to_unit);
      COMMENT ON TABLE figure_person_place IS 'to which successor of a split unit a person of it went: there lines about this person count through as-is';

      ALTER TABLE summary ADD COLUMN lens text NOT NULL DEFAULT 'as-was' CHECK (lens IN ('as-was', 'as-is'));
      ALTER TABLE summary DROP CONSTRAINT summary_unit_id_from_day_to_day_known_key;
      ALTER TABLE summary ADD UNIQUE (unit_id, from_day, to_day, known, lens);
      COMMENT ON COLUMN summary.lens IS 'as-was: by the tree of each fact''s day; as-is: carried to the units of today';
    `);
    // Texts now tell the lens of their rows; nothing of the stored ones is taken over.
    await db.query(
      `UPDATE summary SET freshness = 'STALE', touched_wide = touched_wide + 1, touched_other = touched_other + 1 WHERE body IS NOT NULL`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DELETE FROM summary WHERE lens <> 'as-was';
      ALTER TABLE summary DROP CONSTRAINT summary_unit_id_from_day_to_day_known_lens_key;
      ALTER TABLE summary DROP COLUMN lens;
      ALTER TABLE summary ADD UNIQUE (unit_id, from_day, to_day, known);
      DROP TABLE figure_person_place;
    `);
  }
}
