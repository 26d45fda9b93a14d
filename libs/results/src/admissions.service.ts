import { Injectable } from '@nestjs/common';
import type { Day, Qualified } from '@lib/kernel';
import { add } from '@lib/kernel';
import { Clock, type Queryable, type Tx } from '@lib/platform';
import {
  IndicatorQueries,
  Ledger,
  standing,
  type IndicatorContribution,
  type KnownPart,
  type Question,
} from '@lib/figures';
import { UnitTree } from '@lib/units';
import { Series, seriesOf } from './series.service.js';

/** Code of the indicator under which unions state how many members they admitted ("kết nạp mới hơn 300 đoàn viên"). */
export const ADMITTED = 'DOAN_VIEN_KET_NAP';
const REPORTS_AT_ONCE = 20_000;

/** How the figure of members admitted comes about. */
export interface AdmittedMembers {
  /** null: nobody stated one and nobody is named. */
  readonly figure: Qualified | null;
  readonly stated: Qualified | null;
  /** People on record as admitted in the period. */
  readonly named: number;
  /** Of these, those whom no stated figure contains. */
  readonly beyondStated: number;
  /** Reports that touch the period and make no figure of it. */
  readonly parts: readonly KnownPart[];
}

/** A named person, and whether he counts beside the stated figures. */
export interface Admission {
  readonly personId: number;
  readonly unitId: number;
  readonly day: Day;
  readonly counted: boolean;
  readonly recordedOn: Day;
}

/**
 * Members admitted: people on record, and what unions stated without names.
 *
 * A stated figure is an ordinary report of the indicator {@link ADMITTED}; it contains the people admitted in its unit (and
 * below, where it says so) within its days, so that only its remainder counts beside them: a report of 300 with 45 named
 * people is 300, one of 300 with 305 is 305, and whoever no report contains is added. Who was admitted where and when is kept
 * in `person_admission` as the system has known it, by the difference to what the people's records say now; nothing is
 * rewritten, so that a past day can be told.
 */
@Injectable()
export class Admissions {
  constructor(
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly figures: IndicatorQueries,
    private readonly series: Series,
    private readonly ledger: Ledger,
  ) {}

  /**
   * In the transaction that changed these people: brings the admissions of the human beings they are up to what the records
   * say. Records that were merged are one; the earliest day counts, in the unit of which he was a member on it.
   */
  async post(tx: Tx, personIds: readonly number[]): Promise<void> {
    if (personIds.length === 0) return;
    const today = this.clock.today();
    const wanted = `
      SELECT DISTINCT ON (of.identity) of.identity AS person_id, p.admitted_on AS day,
             coalesce((SELECT m.unit_id FROM membership m WHERE m.person_id = p.id AND m.removed_on IS NULL AND m.vfrom <= p.admitted_on AND p.admitted_on < m.vto LIMIT 1), p.unit_id) AS unit_id
        FROM (SELECT DISTINCT coalesce(identity_id, id) AS identity FROM person WHERE id = ANY($1)) of
        JOIN person p ON (p.id = of.identity OR p.identity_id = of.identity) AND p.admitted_on IS NOT NULL
       ORDER BY of.identity, p.admitted_on, p.id`;
    const ended = await tx.query<{ unit_id: number; day: Day }>(
      `UPDATE person_admission a SET removed_on = $2
        WHERE a.removed_on IS NULL AND a.person_id IN (SELECT unnest($1::int[]) UNION SELECT identity_id FROM person WHERE id = ANY($1))
          AND NOT EXISTS (SELECT 1 FROM (${wanted}) w WHERE (w.person_id, w.unit_id, w.day) = (a.person_id, a.unit_id, a.day))
       RETURNING unit_id, day`,
      [personIds, today],
    );
    const added = await tx.query<{ unit_id: number; day: Day }>(
      `INSERT INTO person_admission (person_id, unit_id, day, recorded_on)
       SELECT w.person_id, w.unit_id, w.day, $2 FROM (${wanted}) w
        WHERE NOT EXISTS (SELECT 1 FROM person_admission a WHERE a.person_id = w.person_id AND a.removed_on IS NULL) RETURNING unit_id, day`,
      [personIds, today],
    );
    await this.ledger.touch(
      tx,
      [...ended, ...added].map(({ unit_id, day }) => ({ unitId: unit_id, from: day, to: day })),
    );
  }

  async figure(q: Queryable, question: Question): Promise<AdmittedMembers> {
    const told = (await this.figures.figures(q, question, await this.seriesIds(q))).filter(
      ({ figure, parts }) => figure !== null || parts.length > 0,
    );
    const stated = told.flatMap(({ figure }) => figure?.figure ?? []).reduce<Qualified | null>(sum, null);
    const { sql, params } = await this.relation(q, question, stated !== null);
    const [row] = await q.query<{ named: number; counted: number }>(
      `SELECT count(*)::int AS named, count(*) FILTER (WHERE counted)::int AS counted FROM (${sql}) named`,
      params,
    );
    const { named, counted } = row ?? { named: 0, counted: 0 };
    return {
      figure: counted > 0 ? sum(stated, { value: counted, qualifier: 'EXACT' }) : stated,
      stated,
      named,
      beyondStated: counted,
      parts: told.flatMap(({ parts }) => parts),
    };
  }

  /** The stated figures that count, in the order of their ids. */
  async reports(
    q: Queryable,
    question: Question,
    page: { readonly limit: number; readonly after: number | null },
  ): Promise<IndicatorContribution[]> {
    const ids = await this.seriesIds(q);
    return ids.length === 0 ? [] : this.figures.contributions(q, question, ids, page);
  }

  /** The named people, by day. */
  async people(
    q: Queryable,
    question: Question,
    page: { readonly limit: number; readonly after: { readonly day: Day; readonly person: number } | null },
  ): Promise<Admission[]> {
    const { sql, params } = await this.relation(q, question, true);
    const after = page.after
      ? `WHERE (named.day, named."personId") > ($${params.push(page.after.day)}::date, $${params.push(page.after.person)}::int)`
      : '';
    return q.query<Admission>(
      `SELECT * FROM (${sql}) named ${after} ORDER BY named.day, named."personId" LIMIT $${params.push(page.limit)}`,
      params,
    );
  }

  /** Of people whom one report contains, as many count beside it as it states too few. */
  private async relation(q: Queryable, question: Question, told: boolean): Promise<{ sql: string; params: unknown[] }> {
    const { unitId, from, to, known, change, lens } = question;
    const reports = told ? await this.counted(q, question) : [];
    const params: unknown[] = [
      unitId,
      from,
      to,
      known,
      change,
      reports.map((one) => one.unitId),
      reports.map((one) => one.scope === 'INCLUDES_SUBORDINATES'),
      reports.map((one) => one.from),
      reports.map((one) => one.to),
      reports.map((one) => one.figure.value),
    ];
    const below = (root: string): string => this.tree.belowOn('a.unit_id', root, 'a.day', '$5::int', lens);
    return {
      sql: `
        WITH told AS (SELECT * FROM unnest($6::int[], $7::boolean[], $8::date[], $9::date[], $10::bigint[]) WITH ORDINALITY AS t (unit_id, whole, from_day, to_day, value, place)),
        named AS (
          SELECT a.person_id, a.unit_id, a.day, a.recorded_on,
                 (SELECT min(t.place) FROM told t WHERE a.day BETWEEN t.from_day AND t.to_day
                     AND CASE WHEN t.whole THEN ${below('t.unit_id')} ELSE t.unit_id = a.unit_id END) AS place
            FROM person_admission a WHERE a.day BETWEEN $2 AND $3 AND ${standing('a', '$4')} AND ${below('$1::int')})
        SELECT n.person_id AS "personId", n.unit_id AS "unitId", n.day, n.recorded_on AS "recordedOn",
               n.place IS NULL OR row_number() OVER (PARTITION BY n.place ORDER BY n.day, n.person_id) > t.value AS counted
          FROM named n LEFT JOIN told t ON t.place = n.place`,
      params,
    };
  }

  private async counted(q: Queryable, question: Question): Promise<IndicatorContribution[]> {
    const found: IndicatorContribution[] = [];
    for (let after: number | null = null; ;) {
      const page: IndicatorContribution[] = await this.reports(q, question, { limit: REPORTS_AT_ONCE, after });
      found.push(...page.filter((one) => one.counted));
      after = page.at(-1)?.id ?? null;
      if (page.length < REPORTS_AT_ONCE) return found;
    }
  }

  private async seriesIds(q: Queryable): Promise<number[]> {
    const [row] = await q.query<{ id: number }>(`SELECT id FROM indicator WHERE code = $1`, [ADMITTED]);
    return row ? (await this.series.delivered(q, [row.id])).map(({ id }) => seriesOf(id, 'COUNT')) : [];
  }
}

function sum(a: Qualified | null, b: Qualified): Qualified {
  return a === null ? b : add(a, b);
}
