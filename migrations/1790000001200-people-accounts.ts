import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which person an account is. */
export class PeopleAccounts1790000001200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE account_person (
        account_id int PRIMARY KEY REFERENCES account,
        person_id int NOT NULL REFERENCES person
      );
      COMMENT ON TABLE account_person IS 'who an account is, so that nobody appraises or decides his own line';
      CREATE INDEX account_person_person ON account_person (person_id);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE account_person`);
  }
}
