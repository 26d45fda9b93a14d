import { Injectable } from '@nestjs/common';
import type { Day } from '@lib/kernel';
import type { Queryable } from '@lib/platform';
import { IN_FORCE, VALIDITY, type DatedView } from './rulebook.queries.js';

/** How years of service count towards an award. */
export interface ServiceRuleView extends DatedView {
  /** Award form that asks for them. */
  readonly form: string;
  /** Weighted months. */
  readonly requiredMonths: number;
  /** In halves: 3 is ×1,5. Null: the text does not say, or was not read. */
  readonly fullTimeHalf: number | null;
  readonly partTimeHalf: number | null;
  readonly partTimeNonStateHalf: number | null;
}

const RULE = `SELECT id, code, name, form, required_months AS "requiredMonths", full_time_half AS "fullTimeHalf",
  part_time_half AS "partTimeHalf", part_time_non_state_half AS "partTimeNonStateHalf", ${VALIDITY} FROM service_rule`;

/** Which rule of service years held on a day. No secret, so there is no row scope here. */
@Injectable()
export class ServiceRules {
  inForce(q: Queryable, day: Day): Promise<ServiceRuleView[]> {
    return q.query<ServiceRuleView>(`${RULE} WHERE ${IN_FORCE} ORDER BY code`, [day]);
  }
}
