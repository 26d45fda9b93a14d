import { Injectable } from '@nestjs/common';
import { fold, tidy } from '@lib/kernel';
import type { Queryable, Tx } from '@lib/platform';
import type { Nature } from '@lib/figures';
import type { BeneficiaryClass, Measure, ResultStatus } from './results.entity.js';

/** What a stated value is of. */
export interface Meaning {
  /** One indicator, or those that share one sum of money. */
  readonly indicators: readonly number[];
  readonly status: ResultStatus;
  readonly fundingSource: string | null;
  readonly beneficiaryClass: BeneficiaryClass | null;
  readonly nature: Nature;
}

export interface HeldMeaning extends Meaning {
  readonly id: number;
}

/** The counting book knows a meaning's count and its money as two series. */
export function seriesOf(meaning: number, measure: Measure): number {
  return meaning * 2 + (measure === 'MONEY' ? 1 : 0);
}

export function meaningOf(series: number): { meaning: number; measure: Measure } {
  return { meaning: Math.floor(series / 2), measure: series % 2 === 1 ? 'MONEY' : 'COUNT' };
}

const COLUMNS = `id, indicators, status, funding_source AS "fundingSource", beneficiary_class AS "beneficiaryClass", nature`;

/** Equal meanings share a series, however the source of the money was spelt; so they add up over units. */
@Injectable()
export class Series {
  async idOf(tx: Tx, meaning: Meaning): Promise<number> {
    const indicators = meaning.indicators.toSorted((a, b) => a - b);
    const funding = meaning.fundingSource === null ? null : tidy(meaning.fundingSource);
    const key = JSON.stringify([
      indicators,
      meaning.status,
      funding === null ? null : fold(funding),
      meaning.beneficiaryClass,
      meaning.nature,
    ]);
    const [held] = await tx.query<{ id: number }>(`SELECT id FROM result_series WHERE key = $1`, [key]);
    if (held) return held.id;
    const [row] = await tx.query<{ id: number }>(
      `INSERT INTO result_series (key, indicators, status, funding_source, beneficiary_class, nature) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING id`,
      [key, indicators, meaning.status, funding, meaning.beneficiaryClass, meaning.nature],
    );
    if (!row) throw new Error('a series was not stored');
    return row.id;
  }

  async byIds(q: Queryable, ids: readonly number[]): Promise<HeldMeaning[]> {
    return q.query<HeldMeaning>(`SELECT ${COLUMNS} FROM result_series WHERE id = ANY($1) ORDER BY id`, [
      [...new Set(ids)],
    ]);
  }

  /** What tells of one indicator alone and is done: what a target is measured by. */
  async delivered(q: Queryable, indicators: readonly number[]): Promise<HeldMeaning[]> {
    return q.query<HeldMeaning>(
      `SELECT ${COLUMNS} FROM result_series WHERE status = 'DELIVERED' AND cardinality(indicators) = 1 AND indicators[1] = ANY($1) ORDER BY id`,
      [[...new Set(indicators)]],
    );
  }
}
