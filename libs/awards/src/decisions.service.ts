import { Injectable } from '@nestjs/common';
import { printDay, Refused, type Day, type Warning } from '@lib/kernel';
import { Clock, type Tx } from '@lib/platform';
import type { DecisionInput } from './awards.dto.js';

/** Numbers of decisions: the clerk's, unique per body, year and symbol; one decision may confer several batches. */
@Injectable()
export class Decisions {
  constructor(private readonly clock: Clock) {}

  /**
   * The decision with this number, made when it is new. A number that no other batch stands under any more (it was
   * mistyped there, or the whole record was a mistake) takes the date given now.
   * @throws Refused `awards.decision_number_taken` where the number belongs to a decision of another day
   */
  async find(
    tx: Tx,
    bodyKey: string,
    given: DecisionInput | null,
    day: Day,
    correcting: number | null,
  ): Promise<{ id: number | null; warnings: Warning[] }> {
    if (!given || (!given.number && !given.date)) return { id: null, warnings: [] };
    const date = given.date ?? null;
    if (date !== null && date > this.clock.today())
      throw new Refused('awards.decision_in_the_future', 'Ngày quyết định chưa đến.', 'decision.date');
    const year = Number((date ?? day).slice(0, 4));
    const number = given.number?.trim() ?? null;
    const symbol = given.symbol?.trim() ?? '';
    if (number !== null) {
      await tx.query(`SELECT pg_advisory_xact_lock(hashtext('decision'), hashtext($1))`, [
        `${bodyKey}|${year}|${symbol}|${number}`,
      ]);
      const [held] = await tx.query<{ id: number; date: Day | null; used: boolean }>(
        `SELECT d.id, d.date, EXISTS (SELECT 1 FROM award_batch b WHERE b.decision_id = d.id AND b.state <> 'REMOVED' AND b.id IS DISTINCT FROM $5::int) AS used
           FROM decision d WHERE d.body_key = $1 AND d.year = $2 AND d.symbol = $3 AND d.number = $4`,
        [bodyKey, year, symbol, number, correcting],
      );
      if (held && !held.used) {
        await tx.query(`UPDATE decision SET date = $2 WHERE id = $1`, [held.id, date]);
        return { id: held.id, warnings: [] };
      }
      if (held && held.date !== date)
        throw new Refused(
          'awards.decision_number_taken',
          `Số ${number}${symbol ? `/${symbol}` : ''} năm ${year} của cơ quan này đã dùng cho quyết định ngày ${held.date ? printDay(held.date) : '(không ghi ngày)'}.`,
          'decision.number',
          'conflict',
        );
      if (held) {
        const message = 'Đã có khen thưởng ghi theo quyết định này; kiểm tra để không ghi hai lần.';
        return {
          id: held.id,
          warnings: [{ code: 'awards.decision_already_recorded', field: 'decision.number', message }],
        };
      }
    }
    const [made] = await tx.query<{ id: number }>(
      `INSERT INTO decision (body_key, year, symbol, number, date, recorded_on) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
      [bodyKey, year, symbol, number, date, this.clock.today()],
    );
    return { id: made?.id ?? null, warnings: [] };
  }
}
