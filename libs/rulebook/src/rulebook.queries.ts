import { Injectable } from '@nestjs/common';
import type { Day, Level } from '@lib/kernel';
import type { Queryable } from '@lib/platform';
import type { FormKind, RecipientClass, StatisticalType } from './rulebook.entity.js';

export interface DatedView {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  /** First day in force; null when the beginning is not known. */
  readonly validFrom: Day | null;
  /** First day no longer in force; null while it lasts. */
  readonly validTo: Day | null;
  readonly source: string;
  readonly verified: boolean;
}

export interface AwardFormView extends DatedView {
  readonly kind: FormKind;
  readonly category: string;
  readonly recipientClasses: readonly RecipientClass[];
  readonly conferringLevels: readonly Level[];
  readonly oncePerLife: boolean;
}

export interface CommendationTypeView extends DatedView {
  readonly statistical: StatisticalType;
}

export const VALIDITY = `nullif(valid_from, '-infinity') AS "validFrom", nullif(valid_to, 'infinity') AS "validTo", source, verified`;
const FORM = `SELECT id, code, name, kind, category, recipient_classes AS "recipientClasses", conferring_levels AS "conferringLevels",
  once_per_life AS "oncePerLife", ${VALIDITY} FROM award_form`;
const TYPE = `SELECT id, code, name, statistical, ${VALIDITY} FROM commendation_type`;
export const IN_FORCE = `valid_from <= $1::date AND $1::date < valid_to`;

/** What the law was on a day. The rulebook is no secret: there is no row scope here. */
@Injectable()
export class Rulebook {
  forms(q: Queryable, day: Day): Promise<AwardFormView[]> {
    return q.query<AwardFormView>(`${FORM} WHERE ${IN_FORCE} ORDER BY kind, category, name`, [day]);
  }

  types(q: Queryable, day: Day): Promise<CommendationTypeView[]> {
    return q.query<CommendationTypeView>(`${TYPE} WHERE ${IN_FORCE} ORDER BY id`, [day]);
  }

  /** The form as it stood on the day; null when no text had it in force then (a warning, never a refusal). */
  async formOn(q: Queryable, code: string, day: Day): Promise<AwardFormView | null> {
    const [row] = await q.query<AwardFormView>(`${FORM} WHERE ${IN_FORCE} AND code = $2`, [day, code]);
    return row ?? null;
  }

  async typeOn(q: Queryable, code: string, day: Day): Promise<CommendationTypeView | null> {
    const [row] = await q.query<CommendationTypeView>(`${TYPE} WHERE ${IN_FORCE} AND code = $2`, [day, code]);
    return row ?? null;
  }

  /** The newest row of a code whatever its dates: its name and kind. Null for a code that never existed. */
  async formKnown(q: Queryable, code: string): Promise<AwardFormView | null> {
    const [row] = await q.query<AwardFormView>(`${FORM} WHERE code = $1 ORDER BY valid_from DESC LIMIT 1`, [code]);
    return row ?? null;
  }

  async typeKnown(q: Queryable, code: string): Promise<CommendationTypeView | null> {
    const [row] = await q.query<CommendationTypeView>(`${TYPE} WHERE code = $1 ORDER BY valid_from DESC LIMIT 1`, [
      code,
    ]);
    return row ?? null;
  }

  /** Newest name of every code there ever was, for printing what was recorded under it. */
  async formNames(q: Queryable): Promise<Map<string, string>> {
    const rows = await q.query<{ code: string; name: string }>(
      `SELECT DISTINCT ON (code) code, name FROM award_form ORDER BY code, valid_from DESC`,
    );
    return new Map(rows.map((row) => [row.code, row.name]));
  }

  async form(q: Queryable, id: number): Promise<AwardFormView | null> {
    const [row] = await q.query<AwardFormView>(`${FORM} WHERE id = $1`, [id]);
    return row ?? null;
  }

  async type(q: Queryable, id: number): Promise<CommendationTypeView | null> {
    const [row] = await q.query<CommendationTypeView>(`${TYPE} WHERE id = $1`, [id]);
    return row ?? null;
  }
}
