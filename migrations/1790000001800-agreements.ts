import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Work programmes and agreements: texts, opinions, members, confirmations, commitments with progress and outcome. */
export class Agreements1790000001800 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE agreement (
        id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('PROGRAMME', 'AGREEMENT')),
        bloc_id int REFERENCES bloc,
        unit_id int REFERENCES unit,
        counterpart text,
        year int NOT NULL, term_from date NOT NULL, term_to date NOT NULL,
        state text NOT NULL,
        text_number int NOT NULL DEFAULT 1,
        opinions_due date, sign_by date,
        note text, source text,
        carried_from int REFERENCES agreement,
        version int NOT NULL DEFAULT 1,
        recorded_on date NOT NULL, recorded_by text NOT NULL, recorded_by_id int,
        CHECK ((bloc_id IS NULL) <> (unit_id IS NULL)),
        CHECK ((unit_id IS NULL) = (counterpart IS NULL)),
        CHECK (term_from <= term_to)
      );
      COMMENT ON COLUMN agreement.counterpart IS 'whom a unit alone promises: the head of its agency; null where a bloc agrees';
      CREATE INDEX agreement_bloc ON agreement (bloc_id);
      CREATE INDEX agreement_unit ON agreement (unit_id);
      CREATE INDEX agreement_year ON agreement (year DESC, id DESC);
      CREATE INDEX agreement_term ON agreement (term_from, term_to);

      CREATE TABLE agreement_text (
        agreement_id int NOT NULL REFERENCES agreement, number int NOT NULL,
        title text NOT NULL, body text NOT NULL, file_id int REFERENCES file,
        recorded_on date NOT NULL, recorded_by text NOT NULL, recorded_by_id int,
        PRIMARY KEY (agreement_id, number)
      );
      CREATE INDEX agreement_text_file ON agreement_text (file_id) WHERE file_id IS NOT NULL;
      CREATE TRIGGER agreement_text_only_grows BEFORE UPDATE OR DELETE ON agreement_text
        FOR EACH ROW EXECUTE FUNCTION audit_only_grows();

      CREATE TABLE agreement_opinion (
        id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        agreement_id int NOT NULL, text_number int NOT NULL,
        unit_id int NOT NULL REFERENCES unit,
        body text NOT NULL, entered_for boolean NOT NULL,
        taken boolean, answer text, answered_on date, answered_by text,
        recorded_on date NOT NULL, recorded_by text NOT NULL, recorded_by_id int,
        FOREIGN KEY (agreement_id, text_number) REFERENCES agreement_text
      );
      CREATE INDEX agreement_opinion_text ON agreement_opinion (agreement_id, text_number);

      CREATE TABLE agreement_member (
        id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        agreement_id int NOT NULL REFERENCES agreement, unit_id int NOT NULL REFERENCES unit,
        recorded_on date NOT NULL, removed_on date,
        excused_on date, excused_reason text, excused_by text
      );
      COMMENT ON TABLE agreement_member IS 'taken over from the bloc of that year until signing is opened';
      CREATE UNIQUE INDEX agreement_member_live ON agreement_member (agreement_id, unit_id) WHERE removed_on IS NULL;
      CREATE INDEX agreement_member_unit ON agreement_member (unit_id, agreement_id);

      CREATE TABLE agreement_confirmation (
        id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        agreement_id int NOT NULL, text_number int NOT NULL,
        unit_id int NOT NULL REFERENCES unit,
        signer_name text NOT NULL, signer_post text, day date NOT NULL,
        file_id int REFERENCES file, source text, reason text,
        entered_for boolean NOT NULL,
        recorded_on date NOT NULL, recorded_by text NOT NULL, recorded_by_id int,
        removed_on date,
        FOREIGN KEY (agreement_id, text_number) REFERENCES agreement_text,
        CHECK (file_id IS NOT NULL OR source IS NOT NULL)
      );
      COMMENT ON TABLE agreement_confirmation IS 'a correction is a new row; removed_on ends the one it replaces';
      CREATE UNIQUE INDEX agreement_confirmation_live ON agreement_confirmation (agreement_id, unit_id) WHERE removed_on IS NULL;
      CREATE INDEX agreement_confirmation_unit ON agreement_confirmation (agreement_id, unit_id);
      CREATE INDEX agreement_confirmation_file ON agreement_confirmation (file_id) WHERE file_id IS NOT NULL;

      CREATE TABLE agreement_commitment (
        id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        agreement_id int NOT NULL REFERENCES agreement,
        owner_id int REFERENCES unit,
        category text NOT NULL, content text NOT NULL,
        measure text, target text, indicator text, target_value bigint,
        deadline date, campaign text, addressees text[] NOT NULL DEFAULT '{}',
        carried_from int REFERENCES agreement_commitment,
        recorded_on date NOT NULL, recorded_by text NOT NULL
      );
      COMMENT ON COLUMN agreement_commitment.owner_id IS 'null: every member unit';
      CREATE INDEX agreement_commitment_of ON agreement_commitment (agreement_id, id);
      CREATE INDEX agreement_commitment_deadline ON agreement_commitment (deadline) WHERE deadline IS NOT NULL;

      CREATE TABLE agreement_progress (
        id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        commitment_id int NOT NULL REFERENCES agreement_commitment, unit_id int NOT NULL REFERENCES unit,
        day date NOT NULL, body text NOT NULL, value bigint, file_id int REFERENCES file, entered_for boolean NOT NULL,
        recorded_on date NOT NULL, recorded_by text NOT NULL, recorded_by_id int
      );
      CREATE INDEX agreement_progress_of ON agreement_progress (commitment_id, unit_id, id);
      CREATE INDEX agreement_progress_file ON agreement_progress (file_id) WHERE file_id IS NOT NULL;
      CREATE TRIGGER agreement_progress_only_grows BEFORE UPDATE OR DELETE ON agreement_progress
        FOR EACH ROW EXECUTE FUNCTION audit_only_grows();

      CREATE TABLE agreement_outcome (
        id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        commitment_id int NOT NULL REFERENCES agreement_commitment, unit_id int NOT NULL REFERENCES unit,
        outcome text NOT NULL CHECK (outcome IN ('KEPT', 'BROKEN', 'RUNNING')),
        day date NOT NULL, reason text, file_id int REFERENCES file, entered_for boolean NOT NULL,
        recorded_on date NOT NULL, recorded_by text NOT NULL, recorded_by_id int,
        removed_on date
      );
      COMMENT ON TABLE agreement_outcome IS 'a correction is a new row; RUNNING takes an outcome back';
      CREATE UNIQUE INDEX agreement_outcome_live ON agreement_outcome (commitment_id, unit_id) WHERE removed_on IS NULL;
      CREATE INDEX agreement_outcome_of ON agreement_outcome (commitment_id, unit_id);
      CREATE INDEX agreement_outcome_file ON agreement_outcome (file_id) WHERE file_id IS NOT NULL;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      `DROP TABLE agreement_outcome, agreement_progress, agreement_commitment, agreement_confirmation, agreement_member, agreement_opinion, agreement_text, agreement`,
    );
  }
}
