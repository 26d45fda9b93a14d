import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Blocs of a year: who organises them, which units belong to them, who heads them. */
export class Blocs1790000001300 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE bloc (
        id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        organiser_id int NOT NULL REFERENCES unit,
        kind text NOT NULL CHECK (kind IN ('CLUSTER', 'BLOCK')),
        number int NOT NULL CHECK (number > 0),
        year int NOT NULL,
        own_name text, theme text, note text, source text,
        representative_name text, representative_rank text, representative_post text,
        copied_from int REFERENCES bloc,
        version int NOT NULL DEFAULT 1,
        recorded_on date NOT NULL, recorded_by text NOT NULL, recorded_by_id int,
        CONSTRAINT bloc_key UNIQUE (organiser_id, kind, number, year)
      );
      COMMENT ON TABLE bloc IS 'numbers repeat between organisers, between cụm and khối, and every year';
      CREATE INDEX bloc_year ON bloc (year DESC, id);

      CREATE TABLE bloc_member (
        bloc_id int NOT NULL REFERENCES bloc,
        unit_id int NOT NULL REFERENCES unit,
        role text NOT NULL CHECK (role IN ('HEAD', 'DEPUTY', 'MEMBER')),
        joined date, left_on date,
        PRIMARY KEY (bloc_id, unit_id),
        CHECK (joined IS NULL OR left_on IS NULL OR joined <= left_on)
      );
      COMMENT ON COLUMN bloc_member.left_on IS 'last day; null while it belongs to the bloc of that year';
      CREATE INDEX bloc_member_unit ON bloc_member (unit_id, bloc_id);
      CREATE UNIQUE INDEX bloc_one_head ON bloc_member (bloc_id) WHERE role = 'HEAD';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE bloc_member, bloc`);
  }
}
