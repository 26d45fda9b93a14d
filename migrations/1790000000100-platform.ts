import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The audit trail. Rows are only ever added: the trigger refuses to change or remove one. */
export class Platform1790000000100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE EXTENSION IF NOT EXISTS btree_gist`);
    await db.query(`
      CREATE TABLE audit (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL,
        account_id int,
        actor_name text NOT NULL,
        action text NOT NULL,
        subject text NOT NULL,
        data jsonb NOT NULL DEFAULT '{}'
      );
      COMMENT ON COLUMN audit.account_id IS 'null: the system itself; no foreign key, the trail outlives everything it names';
      CREATE INDEX audit_subject ON audit (subject, id);
      CREATE INDEX audit_account ON audit (account_id, id);

      CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'the audit trail only grows';
      END $$;
      CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE ON audit
        FOR EACH ROW EXECUTE FUNCTION audit_only_grows();
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE audit`);
    await db.query(`DROP FUNCTION audit_only_grows()`);
  }
}
