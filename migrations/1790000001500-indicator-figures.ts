import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stated values of indicators, dated and with the span they speak for; and the choice of the fewest that tile a period. */
export class IndicatorFigures1790000001500 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE figure_reported (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        record_id int NOT NULL,
        series_id int NOT NULL,
        unit_id int NOT NULL REFERENCES unit,
        nature smallint NOT NULL CHECK (nature IN (0, 1, 2)),
        whole boolean NOT NULL,
        event boolean NOT NULL,
        span_from date NOT NULL,
        day date NOT NULL,
        value bigint NOT NULL CHECK (value >= 0),
        bits smallint NOT NULL,
        recorded_on date NOT NULL,
        removed_on date,
        CHECK (span_from <= day),
        CHECK (NOT event OR nature = 0)
      );
      COMMENT ON TABLE figure_reported IS 'what reports say, one value a row; never changed, only ended';
      COMMENT ON COLUMN figure_reported.nature IS '0: of a period; 1: since a start; 2: as of a day';
      COMMENT ON COLUMN figure_reported.whole IS 'includes the subordinate units';
      COMMENT ON COLUMN figure_reported.event IS 'something that happened within the span, not all that happened in it';
      COMMENT ON COLUMN figure_reported.bits IS '0 exact; 1 over, 2 nearly, 4 at least, 8 about; several: about';
      CREATE UNIQUE INDEX figure_reported_once ON figure_reported (unit_id, series_id, whole, span_from, day) WHERE removed_on IS NULL;
      CREATE INDEX figure_reported_unit ON figure_reported (unit_id, day);
      CREATE INDEX figure_reported_day ON figure_reported (day);
      CREATE INDEX figure_reported_record ON figure_reported (record_id);
    `);
    await db.query(`
      CREATE FUNCTION figure_fewest(froms date[], days date[], first date, last date) RETURNS int[]
      LANGUAGE plpgsql IMMUTABLE AS $$
      DECLARE
        count int := cardinality(froms);
        needed int[] := array_fill(NULL::int, ARRAY[count]);
        following int[] := array_fill(NULL::int, ARRAY[count]);
        best int; at int; chosen int[] := '{}';
      BEGIN
        -- Sorted by first day: what follows a report stands behind it, so that one pass from the end sees it judged.
        FOR i IN REVERSE count..1 LOOP
          IF days[i] = last THEN
            needed[i] := 1;
          ELSE
            best := NULL;
            FOR j IN i + 1..count LOOP
              IF froms[j] = days[i] + 1 AND needed[j] IS NOT NULL
                 AND (best IS NULL OR needed[j] < needed[best] OR (needed[j] = needed[best] AND days[j] > days[best])) THEN
                best := j;
              END IF;
            END LOOP;
            IF best IS NOT NULL THEN
              needed[i] := needed[best] + 1;
              following[i] := best;
            END IF;
          END IF;
        END LOOP;
        FOR i IN 1..count LOOP
          IF froms[i] = first AND needed[i] IS NOT NULL
             AND (at IS NULL OR needed[i] < needed[at] OR (needed[i] = needed[at] AND days[i] > days[at])) THEN
            at := i;
          END IF;
        END LOOP;
        WHILE at IS NOT NULL LOOP
          chosen := chosen || at;
          at := following[at];
        END LOOP;
        RETURN chosen;
      END $$;
    `);
    await db.query(`
      COMMENT ON FUNCTION figure_fewest IS
        'places, within spans sorted by first day, of the fewest that cover first to last without gap or overlap; of several such choices the one that begins with the longest; empty where there is none'
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE figure_reported; DROP FUNCTION figure_fewest`);
  }
}
