import { Injectable } from '@nestjs/common';
import type { Day } from '@lib/kernel';
import type { Queryable, Tx } from '@lib/platform';
import type { Lens } from '@lib/units';

export interface AskedPeriod {
  readonly unitId: number;
  readonly from: Day;
  readonly to: Day;
}

/** Which summaries of the present somebody has asked for. */
@Injectable()
export class AskedPeriods {
  /** Of units whose founding was taken back: nobody asks for them any more, and nothing can be computed. */
  async forget(tx: Tx, unitIds: readonly number[]): Promise<void> {
    await tx.query(`DELETE FROM summary WHERE unit_id = ANY($1)`, [unitIds]);
  }

  /** Of these units, with a last day on or after `day`; the latest periods first, so many at most. */
  of(q: Queryable, unitIds: readonly number[], lens: Lens, day: Day, most: number): Promise<AskedPeriod[]> {
    return q.query<AskedPeriod>(
      `SELECT unit_id AS "unitId", from_day AS "from", to_day AS "to" FROM summary
        WHERE unit_id = ANY($1) AND lens = $2 AND to_day >= $3 AND known = 'infinity' ORDER BY to_day DESC, unit_id, from_day LIMIT $4`,
      [unitIds, lens, day, most],
    );
  }
}
