import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tasks, notices, and the address that mail goes to. */
export class Desk1790000001100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE desk_task (
        id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        key text NOT NULL, kind text NOT NULL GENERATED ALWAYS AS (split_part(key, ':', 1)) STORED,
        unit_id int NOT NULL REFERENCES unit, permission text NOT NULL,
        title text NOT NULL, why text NOT NULL, link text NOT NULL, due date,
        restricted boolean NOT NULL, reminded text CHECK (reminded IN ('SOON', 'OVERDUE')),
        opened_at timestamptz NOT NULL, closed_at timestamptz, closed_by text
      );
      COMMENT ON TABLE desk_task IS 'for whoever holds the permission by a grant on that very unit; the record behind the link decides who may do what';
      COMMENT ON COLUMN desk_task.reminded IS 'the last stage that was told: each is told once';
      CREATE UNIQUE INDEX desk_task_open ON desk_task (key) WHERE closed_at IS NULL;
      CREATE INDEX desk_task_unit ON desk_task (unit_id, due) WHERE closed_at IS NULL;
      CREATE INDEX desk_task_order ON desk_task (coalesce(due, 'infinity'::date), id) WHERE closed_at IS NULL;

      CREATE TABLE desk_notice (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        account_id int NOT NULL REFERENCES account,
        key text NOT NULL, occasion text NOT NULL CHECK (occasion IN ('TASK', 'SOON', 'OVERDUE', 'IN_PLACE', 'NEWS')),
        unit_id int NOT NULL REFERENCES unit, task_id int REFERENCES desk_task,
        title text NOT NULL, why text NOT NULL, link text NOT NULL, due date,
        at timestamptz NOT NULL, read_at timestamptz,
        UNIQUE (account_id, key)
      );
      COMMENT ON TABLE desk_notice IS 'title, reason and link only; gone 180 days after it was read';
      CREATE INDEX desk_notice_list ON desk_notice (account_id, id);
      CREATE INDEX desk_notice_unread ON desk_notice (account_id) WHERE read_at IS NULL;
      CREATE INDEX desk_notice_task ON desk_notice (task_id) WHERE read_at IS NULL;
      CREATE INDEX desk_notice_read ON desk_notice (read_at) WHERE read_at IS NOT NULL;

      ALTER TABLE account ADD COLUMN email text, ADD COLUMN mail_notices boolean NOT NULL DEFAULT true;
      COMMENT ON COLUMN account.mail_notices IS 'wants notices by mail, where there is an address';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      `DROP TABLE desk_notice, desk_task; ALTER TABLE account DROP COLUMN email, DROP COLUMN mail_notices`,
    );
  }
}
