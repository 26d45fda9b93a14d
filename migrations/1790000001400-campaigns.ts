import type { MigrationInterface, QueryRunner } from 'typeorm';

const COUNTED = (name: string): string => `
  ${name} int CHECK (${name} >= 0), ${name}_qualifier text, CHECK ((${name} IS NULL) = (${name}_qualifier IS NULL))`;
const RECORDED = `recorded_on date NOT NULL, recorded_by text NOT NULL, recorded_by_id int`;

/** Campaigns, their phases, deployment, contests, events and occasions. */
export class Campaigns1790000001400 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE campaign (
        id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        code text NOT NULL UNIQUE,
        name text COLLATE "vi-x-icu" NOT NULL, aliases text[] NOT NULL DEFAULT '{}', words text NOT NULL,
        category text NOT NULL CHECK (category IN ('MOVEMENT', 'MOBILISATION', 'PROGRAMME')),
        kind text CHECK (kind IN ('REGULAR', 'THEMATIC', 'DRIVE')),
        special boolean NOT NULL DEFAULT false,
        scope text CHECK (scope IN ('NATIONAL', 'SECTOR_OR_PROVINCE', 'BLOC', 'UNIT')),
        unit_id int NOT NULL REFERENCES unit,
        bloc_id int REFERENCES bloc, outside_id int REFERENCES outside_body,
        parent_id int REFERENCES campaign,
        launch_day date, day_from date, day_to date, named_period text, deploy_by date,
        objective text, subjects text, content text, plan text,
        document_number text, document_day date, file_id int REFERENCES file, source text,
        state text NOT NULL, version int NOT NULL DEFAULT 1, ${RECORDED},
        CHECK (num_nonnulls(bloc_id, outside_id) <= 1), CHECK (parent_id <> id), CHECK (day_from <= day_to)
      );
      COMMENT ON COLUMN campaign.unit_id IS 'the owner; of a bloc its organiser; of a campaign of an outside body the unit that keeps the record';
      COMMENT ON COLUMN campaign.kind IS 'null where the paper does not say';
      CREATE INDEX campaign_unit ON campaign (unit_id, id);
      CREATE INDEX campaign_bloc ON campaign (bloc_id) WHERE bloc_id IS NOT NULL;
      CREATE INDEX campaign_parent ON campaign (parent_id) WHERE parent_id IS NOT NULL;
      CREATE INDEX campaign_file ON campaign (file_id) WHERE file_id IS NOT NULL;
      CREATE INDEX campaign_words ON campaign USING gin (to_tsvector('simple', words));

      CREATE TABLE campaign_before (
        id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        campaign_id int NOT NULL REFERENCES campaign, changed_on date NOT NULL, changed_by text NOT NULL, reason text NOT NULL,
        name text NOT NULL, category text NOT NULL, kind text, special boolean NOT NULL,
        launch_day date, day_from date, day_to date
      );
      COMMENT ON TABLE campaign_before IS 'what summaries printed of a launched campaign until it was put right on changed_on';
      CREATE INDEX campaign_before_campaign ON campaign_before (campaign_id, id);

      CREATE TABLE campaign_launcher (
        campaign_id int NOT NULL REFERENCES campaign, place smallint NOT NULL,
        unit_id int REFERENCES unit, outside_id int REFERENCES outside_body, name text,
        PRIMARY KEY (campaign_id, place), CHECK (num_nonnulls(unit_id, outside_id, name) = 1)
      );
      CREATE INDEX campaign_launcher_unit ON campaign_launcher (unit_id) WHERE unit_id IS NOT NULL;
      COMMENT ON TABLE campaign_launcher IS 'who launched it together with the owner; name: neither a unit nor a listed body';

      CREATE TABLE campaign_addressee (
        campaign_id int NOT NULL REFERENCES campaign, unit_id int NOT NULL REFERENCES unit,
        PRIMARY KEY (campaign_id, unit_id)
      );
      COMMENT ON TABLE campaign_addressee IS 'direct sub-units of the owner when it was launched: told to deploy it';

      CREATE TABLE campaign_deployment (
        id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        campaign_id int NOT NULL REFERENCES campaign, unit_id int NOT NULL REFERENCES unit,
        status text NOT NULL CHECK (status IN ('NOT_STARTED', 'PLANNED', 'DEPLOYED')),
        since date NOT NULL, plan text, target text, file_id int REFERENCES file, source text,
        ${COUNTED('participants')},
        entered_for boolean NOT NULL DEFAULT false, ${RECORDED},
        removed_on date, removed_by text, removed_reason text
      );
      COMMENT ON TABLE campaign_deployment IS 'never overwritten: the status on a day is the entry with the latest since, and of those the latest recorded';
      CREATE INDEX campaign_deployment_campaign ON campaign_deployment (campaign_id, unit_id, since, id);
      CREATE INDEX campaign_deployment_unit ON campaign_deployment (unit_id, campaign_id);
      CREATE INDEX campaign_deployment_file ON campaign_deployment (file_id) WHERE file_id IS NOT NULL;

      CREATE TABLE campaign_phase (
        id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        campaign_id int NOT NULL REFERENCES campaign,
        name text NOT NULL, day_from date, day_to date, target text, state text NOT NULL, ${RECORDED}, removed_on date,
        CHECK (day_from <= day_to)
      );
      CREATE INDEX campaign_phase_campaign ON campaign_phase (campaign_id);

      CREATE TABLE contest (
        id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        campaign_id int NOT NULL REFERENCES campaign,
        name text NOT NULL, aliases text[] NOT NULL DEFAULT '{}', objects text[] NOT NULL DEFAULT '{}', organiser text,
        ${COUNTED('entries')}, ${COUNTED('participants')}, ${RECORDED}, removed_on date
      );
      CREATE INDEX contest_campaign ON contest (campaign_id);

      CREATE TABLE campaign_link (
        campaign_id int NOT NULL REFERENCES campaign, other_id int NOT NULL REFERENCES campaign,
        kind text NOT NULL CHECK (kind IN ('LINKED_WITH')), ${RECORDED}, removed_on date,
        PRIMARY KEY (campaign_id, other_id), CHECK (campaign_id < other_id)
      );
      CREATE INDEX campaign_link_other ON campaign_link (other_id);

      CREATE TABLE occasion (
        id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        unit_id int NOT NULL REFERENCES unit,
        kind text NOT NULL CHECK (kind IN ('ANNIVERSARY', 'CONGRESS', 'WORKERS_MONTH', 'HOLIDAY', 'OTHER')),
        name text COLLATE "vi-x-icu" NOT NULL, number int CHECK (number > 0), term text, day_from date, day_to date, ${RECORDED},
        CHECK (day_from <= day_to)
      );
      COMMENT ON COLUMN occasion.number IS 'years of an anniversary, or which congress';
      CREATE INDEX occasion_unit ON occasion (unit_id, id);

      CREATE TABLE event (
        id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        unit_id int NOT NULL REFERENCES unit,
        name text COLLATE "vi-x-icu" NOT NULL,
        purposes text[] NOT NULL CHECK (purposes <@ '{LAUNCH,INTERIM_REVIEW,FINAL_REVIEW,SIGNING,CONFERENCE,OTHER}' AND cardinality(purposes) > 0),
        day_from date NOT NULL, day_to date NOT NULL, place text, attendees text, note text, source text, ${RECORDED}, removed_on date,
        CHECK (day_from <= day_to)
      );
      COMMENT ON COLUMN event.unit_id IS 'the unit that held it';
      CREATE INDEX event_unit ON event (unit_id, day_to);
      CREATE TABLE event_campaign (
        event_id int NOT NULL REFERENCES event, campaign_id int NOT NULL REFERENCES campaign, PRIMARY KEY (event_id, campaign_id)
      );
      CREATE INDEX event_campaign_campaign ON event_campaign (campaign_id);
      CREATE TABLE event_occasion (
        event_id int NOT NULL REFERENCES event, occasion_id int NOT NULL REFERENCES occasion, PRIMARY KEY (event_id, occasion_id)
      );
      CREATE TABLE campaign_occasion (
        campaign_id int NOT NULL REFERENCES campaign, occasion_id int NOT NULL REFERENCES occasion, PRIMARY KEY (campaign_id, occasion_id)
      );

      CREATE INDEX award_batch_contests ON award_batch USING gin (contests) WHERE contests <> '{}';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP INDEX award_batch_contests;
      DROP TABLE campaign_occasion, event_occasion, event_campaign, event, occasion, campaign_link, contest, campaign_phase,
        campaign_deployment, campaign_addressee, campaign_launcher, campaign_before, campaign`);
  }
}
