import { Injectable } from '@nestjs/common';
import { Refused } from '@lib/kernel';
import type { Tx } from '@lib/platform';
import { AwardLine } from './awards.entity.js';

/** Numbers of the golden book: unique per conferring body and series, and never given twice, revoked or not. */
@Injectable()
export class GoldenBook {
  /** Enters a number the clerk gave, or the next one (`auto`). @throws Refused `awards.register_number_taken` */
  async enter(tx: Tx, bodyKey: string, series: string, wanted: string, lineId: number, field: string): Promise<number> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('golden book'), hashtext($1))`, [`${bodyKey}|${series}`]);
    const number = wanted === 'auto' ? await this.next(tx, bodyKey, series) : Number(wanted);
    const rows = await tx.query(
      `INSERT INTO golden_book (body_key, series, number, line_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING number`,
      [bodyKey, series, number, lineId],
    );
    if (rows.length === 0)
      throw new Refused(
        'awards.register_number_taken',
        `Số sổ vàng ${number} năm ${series} đã được dùng.`,
        field,
        'conflict',
      );
    await tx.manager.update(AwardLine, { id: lineId }, { series, registerNumber: number });
    return number;
  }

  private async next(tx: Tx, bodyKey: string, series: string): Promise<number> {
    const [row] = await tx.query<{ next: number }>(
      `SELECT coalesce(max(number), 0) + 1 AS next FROM golden_book WHERE body_key = $1 AND series = $2`,
      [bodyKey, series],
    );
    return row?.next ?? 1;
  }
}
