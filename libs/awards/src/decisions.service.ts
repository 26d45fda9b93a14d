import { Injectable } from '@nestjs/common';
import { printDay, Refused, type Day, type Warning } from '@lib/kernel';
import { Clock, type Tx } from '@lib/platform';
import type { DecisionInput } from './awards.dto.js';

/** A number as the clerk gives it, with the day of the decision. */
export interface ClerksNumber {
  readonly number: string;
  readonly symbol: string;
  readonly date: Day;
}

/** Numbers of decisions: the clerk's, unique per body, year and symbol; one decision may confer several batches. */
@Injectable()
export class Decisions {
  constructor(private readonly clock: Clock) {}

  /**
   * The decision with this number, made when it is new. A number that no other batch stands under any more (it was
   * mistyped there, or the whole record was a mistake) takes the date given now.
   * @param issued the decision, signed in the system, that is being issued: only that one writes under a number it reserved
   * @throws Refused `awards.decision_number_taken` where the number belongs to a decision of another day, or was reserved
   */
  async find(
    tx: Tx,
    bodyKey: string,
    given: DecisionInput | null,
    day: Day,
    correcting: number | null,
    issued: number | null = null,
  ): Promise<{ id: number | null; warnings: Warning[] }> {
    if (!given || (!given.number && !given.date)) return { id: null, warnings: [] };
    const date = given.date ?? null;
    if (date !== null && date > this.clock.today())
      throw new Refused('awards.decision_in_the_future', 'Ngày quyết định chưa đến.', 'decision.date');
    const year = Number((date ?? day).slice(0, 4));
    const number = given.number?.trim() ?? null;
    const symbol = given.symbol?.trim() ?? '';
    if (number !== null) {
      const held = await this.held(tx, bodyKey, year, symbol, number, correcting);
      if (held && held.id === issued) return { id: held.id, warnings: [] };
      const reserved = held?.reserved === true && !held.corrected;
      if (held && !held.used && !reserved) {
        await tx.query(`UPDATE decision SET date = $2 WHERE id = $1`, [held.id, date]);
        return { id: held.id, warnings: [] };
      }
      if (held && (held.date !== date || reserved))
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

  /**
   * Takes a number for a decision that a unit signs, for good: its issue writes under it, and nobody else. Two who take the
   * same one at once wait for each other. Returns null where the number is taken.
   */
  async reserve(tx: Tx, unitId: number, given: ClerksNumber): Promise<number | null> {
    const bodyKey = `u:${unitId}`;
    const year = Number(given.date.slice(0, 4));
    const symbol = given.symbol.trim();
    const number = given.number.trim();
    const held = await this.held(tx, bodyKey, year, symbol, number, null);
    if (held && (held.used || held.reserved)) return null;
    const [row] = held
      ? await tx.query<{ id: number }>(`UPDATE decision SET reserved = true, date = $2 WHERE id = $1 RETURNING id`, [
          held.id,
          given.date,
        ])
      : await tx.query<{ id: number }>(
          `INSERT INTO decision (body_key, year, symbol, number, date, recorded_on, reserved) VALUES ($1, $2, $3, $4, $5, $6, true) RETURNING id`,
          [bodyKey, year, symbol, number, given.date, this.clock.today()],
        );
    return row?.id ?? null;
  }

  /** The decision with the number, locked against whoever asks for it now. `used`: by a batch other than the corrected one. */
  private async held(
    tx: Tx,
    bodyKey: string,
    year: number,
    symbol: string,
    number: string,
    correcting: number | null,
  ): Promise<HeldNumber | undefined> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('decision'), hashtext($1))`, [
      `${bodyKey}|${year}|${symbol}|${number}`,
    ]);
    const [held] = await tx.query<HeldNumber>(
      `SELECT d.id, d.date, d.reserved,
              EXISTS (SELECT 1 FROM award_batch b WHERE b.decision_id = d.id AND b.state <> 'REMOVED' AND b.id IS DISTINCT FROM $5::int) AS used,
              EXISTS (SELECT 1 FROM award_batch b WHERE b.decision_id = d.id AND b.id = $5::int) AS corrected
         FROM decision d WHERE d.body_key = $1 AND d.year = $2 AND d.symbol = $3 AND d.number = $4`,
      [bodyKey, year, symbol, number, correcting],
    );
    return held;
  }
}

interface HeldNumber {
  readonly id: number;
  readonly date: Day | null;
  readonly reserved: boolean;
  readonly used: boolean;
  /** It is the decision of the batch that is being corrected. */
  readonly corrected: boolean;
}
