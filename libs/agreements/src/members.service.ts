import { Injectable } from '@nestjs/common';
import type { Day } from '@lib/kernel';
import { Clock, type Queryable, type Tx } from '@lib/platform';
import { Blocs } from '@lib/blocs';
import { Ledger } from '@lib/figures';
import type { Agreement } from './agreement.entity.js';

export interface Member {
  readonly unitId: number;
  readonly excused: boolean;
  /** A live confirmation, and whether the signed scan is attached to it. */
  readonly confirmed: boolean;
  readonly scanned: boolean;
}

/** The units that agree: those of the bloc on the day signing is opened, or the unit that agrees alone. */
@Injectable()
export class AgreementMembers {
  constructor(
    private readonly clock: Clock,
    private readonly blocs: Blocs,
    private readonly ledger: Ledger,
  ) {}

  /** Takes over who belongs to the bloc today. Called until signing is opened; from then on the members stand. */
  async refresh(tx: Tx, { id, blocId, unitId, year }: Agreement): Promise<void> {
    const today = this.clock.today();
    const own = unitId === null ? [] : [unitId];
    const units =
      blocId === null
        ? own
        : (await this.blocs.membersOn(tx, blocId, withinYear(today, year))).map((member) => member.unitId);
    await tx.query(
      `UPDATE agreement_member SET removed_on = $3 WHERE agreement_id = $1 AND removed_on IS NULL AND unit_id <> ALL($2)`,
      [id, units, today],
    );
    await tx.query(
      `INSERT INTO agreement_member (agreement_id, unit_id, recorded_on) SELECT $1, unit_id, $3 FROM unnest($2::int[]) AS unit_id
       ON CONFLICT (agreement_id, unit_id) WHERE removed_on IS NULL DO NOTHING`,
      [id, units, today],
    );
  }

  async live(q: Queryable, agreementId: number): Promise<Member[]> {
    return q.query<Member>(
      `SELECT m.unit_id AS "unitId", m.excused_on IS NOT NULL AS excused, c.id IS NOT NULL AS confirmed, c.file_id IS NOT NULL AS scanned
         FROM agreement_member m
         LEFT JOIN agreement_confirmation c ON c.agreement_id = m.agreement_id AND c.unit_id = m.unit_id AND c.removed_on IS NULL
        WHERE m.agreement_id = $1 AND m.removed_on IS NULL ORDER BY m.unit_id`,
      [agreementId],
    );
  }

  /** What summaries of the members, and of all above them, print of this agreement has changed. */
  async touch(tx: Tx, { id, termFrom, termTo }: Agreement): Promise<void> {
    const rows = await tx.query<{ unitId: number }>(
      `SELECT DISTINCT unit_id AS "unitId" FROM agreement_member WHERE agreement_id = $1`,
      [id],
    );
    await this.ledger.touch(
      tx,
      rows.map(({ unitId }) => ({ unitId, from: termFrom, to: termTo })),
    );
  }
}

function withinYear(day: Day, year: number): Day {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  return day < first ? first : day > last ? last : day;
}
