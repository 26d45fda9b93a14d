import { Injectable } from '@nestjs/common';
import { addDays, type Day, type Qualified } from '@lib/kernel';
import { Clock, type Queryable, type Tx } from '@lib/platform';
import { bitsOf } from './indicator.queries.js';
import { NATURES, type Nature } from './indicator.sql.js';
import { Ledger } from './ledger.service.js';

/** What one report says: values of series that belong to the caller. */
export interface Reported {
  readonly recordId: number;
  readonly unitId: number;
  readonly nature: Nature;
  /** Everything below the unit included. */
  readonly whole: boolean;
  /** Something that happened within the span, and not all that happened in it. */
  readonly event: boolean;
  readonly from: Day;
  readonly to: Day;
  readonly values: readonly (Qualified & { readonly series: number })[];
}

/**
 * The writing side of indicators: dated rows that are never changed. A cumulative value also says something of the period that
 * begins on the day after it.
 */
@Injectable()
export class Indicators {
  constructor(
    private readonly clock: Clock,
    private readonly ledger: Ledger,
  ) {}

  /** Record of a standing report that says the same thing of the same unit, scope and span; null where there is none. */
  async sameSpan(q: Queryable, reported: Omit<Reported, 'recordId'>): Promise<number | null> {
    const [row] = await q.query<{ record_id: number }>(
      `SELECT record_id FROM figure_reported WHERE unit_id = $1 AND series_id = ANY($2) AND whole = $3 AND span_from = $4 AND day = $5 AND removed_on IS NULL ORDER BY id LIMIT 1`,
      [reported.unitId, reported.values.map(({ series }) => series), reported.whole, reported.from, reported.to],
    );
    return row?.record_id ?? null;
  }

  /** In the caller's transaction. */
  post(tx: Tx, reported: Reported): Promise<void> {
    return this.postAll(tx, [reported]);
  }

  /** Many reports at once. */
  async postAll(tx: Tx, reports: readonly Reported[]): Promise<void> {
    const rows = reports.flatMap(({ values, nature, ...report }) =>
      values.map(({ series, value, qualifier }) => ({
        ...report,
        nature: NATURES.indexOf(nature),
        series,
        value,
        bits: bitsOf(qualifier),
      })),
    );
    await tx.query(
      `INSERT INTO figure_reported (record_id, series_id, unit_id, nature, whole, event, span_from, day, value, bits, recorded_on)
       SELECT v."recordId", v.series, v."unitId", v.nature, v.whole, v.event, v."from", v."to", v.value, v.bits, $2
         FROM jsonb_to_recordset($1::jsonb) AS v ("recordId" int, series int, "unitId" int, nature int, whole boolean, event boolean, "from" date, "to" date, value bigint, bits int)`,
      [JSON.stringify(rows), this.clock.today()],
    );
    await this.ledger.touch(
      tx,
      reports.map(({ unitId, from, to }) => ({ unitId, from, to: addDays(to, 1) })),
    );
  }

  /** What the report said holds until today; days known before keep it. */
  remove(tx: Tx, recordId: number): Promise<void> {
    return this.removeAll(tx, [recordId]);
  }

  async removeAll(tx: Tx, recordIds: readonly number[]): Promise<void> {
    const rows = await tx.query<{ unit_id: number; span_from: Day; day: Day }>(
      `WITH ended AS (UPDATE figure_reported SET removed_on = $2 WHERE record_id = ANY($1) AND removed_on IS NULL RETURNING unit_id, span_from, day)
       SELECT DISTINCT unit_id, span_from, day FROM ended`,
      [recordIds, this.clock.today()],
    );
    await this.ledger.touch(
      tx,
      rows.map((row) => ({ unitId: row.unit_id, from: row.span_from, to: addDays(row.day, 1) })),
    );
  }
}
