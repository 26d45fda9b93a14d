import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { addDays, type Day } from '@lib/kernel';
import { Clock, transact } from '@lib/platform';
import { Ledger } from '@lib/figures';

const DAYS_MADE_UP_FOR = 7;

/** A day that goes by makes members late and commitments overdue though nobody does anything. */
@Injectable()
export class PassingDays {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly ledger: Ledger,
  ) {}

  /** Daily: summaries in which a deadline passed lately are brought up to date. Returns how many places were touched. */
  async run(): Promise<number> {
    return transact(this.db, async (tx) => {
      const today = this.clock.today();
      const rows = await tx.query<{ unitId: number; from: Day; to: Day }>(
        `SELECT DISTINCT m.unit_id AS "unitId", ag.term_from AS "from", ag.term_to AS "to"
           FROM agreement ag JOIN agreement_member m ON m.agreement_id = ag.id AND m.removed_on IS NULL
          WHERE ag.kind = 'AGREEMENT' AND ag.state NOT IN ('DRAFT', 'CANCELLED') AND (ag.sign_by BETWEEN $1 AND $2
             OR EXISTS (SELECT 1 FROM agreement_commitment k WHERE k.agreement_id = ag.id AND k.deadline BETWEEN $1 AND $2))`,
        [addDays(today, -DAYS_MADE_UP_FOR), addDays(today, -1)],
      );
      await this.ledger.touch(tx, rows);
      return rows.length;
    });
  }
}
