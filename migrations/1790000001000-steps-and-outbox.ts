import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The log of steps that records take through their states, and what waits to leave the system. */
export class StepsAndOutbox1790000001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE step_log (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        what text NOT NULL, record_id int NOT NULL,
        step text NOT NULL, from_state text NOT NULL, to_state text NOT NULL,
        at timestamptz NOT NULL, day date NOT NULL,
        account_id int, actor_name text NOT NULL, reason text
      );
      COMMENT ON TABLE step_log IS 'only grows; account_id null: the system itself';
      CREATE INDEX step_log_record ON step_log (what, record_id, id);
      CREATE TRIGGER step_log_only_grows BEFORE UPDATE OR DELETE ON step_log
        FOR EACH ROW EXECUTE FUNCTION audit_only_grows();

      CREATE TABLE outbox (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        kind text NOT NULL, message_id text NOT NULL UNIQUE, payload jsonb NOT NULL,
        created_at timestamptz NOT NULL, due_at timestamptz NOT NULL, done_at timestamptz,
        attempts int NOT NULL DEFAULT 0, last_error text, given_up_at timestamptz
      );
      COMMENT ON TABLE outbox IS 'written with what it tells; done_at only once delivered, so a message leaves at least once';
      COMMENT ON COLUMN outbox.due_at IS 'next try; a message under way is due again when its delivery should long have ended';
      COMMENT ON COLUMN outbox.given_up_at IS 'refused for good, or tried too often: a person has to look';
      CREATE INDEX outbox_due ON outbox (due_at, id) WHERE done_at IS NULL AND given_up_at IS NULL;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE outbox, step_log`);
  }
}
