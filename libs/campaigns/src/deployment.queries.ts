import { Injectable } from '@nestjs/common';
import type { Day, Level } from '@lib/kernel';
import type { Queryable } from '@lib/platform';
import { levelBelowOn, type Lens } from '@lib/units';
import type { DeploymentStatus, ReportedStatus } from './campaigns.entity.js';
import { latestEntries, statusesOf } from './latest.sql.js';

/** How far a set of units has come. Only `deployed` counts as coverage. */
export interface DeploymentCounts {
  readonly notReported: number;
  readonly notStarted: number;
  readonly planned: number;
  readonly deployed: number;
}

export const NOBODY: DeploymentCounts = { notReported: 0, notStarted: 0, planned: 0, deployed: 0 };

/** SQL of the four counts over rows with `status`, null where the unit has not reported. */
export const COUNT_STATUSES = `count(*) FILTER (WHERE status IS NULL)::int AS "notReported", count(*) FILTER (WHERE status = 'NOT_STARTED')::int AS "notStarted",
  count(*) FILTER (WHERE status = 'PLANNED')::int AS planned, count(*) FILTER (WHERE status = 'DEPLOYED')::int AS deployed`;

export interface UnitStatus {
  readonly status: ReportedStatus;
  readonly since: Day;
  readonly entryId: number;
}

/** `day`: of the reports, and through as-was of the tree. */
export interface CountedOn {
  readonly day: Day;
  readonly today: Day;
  readonly known: Day | null;
  readonly change: number;
  readonly lens: Lens;
}

/** Deployment for other rooms: coverage counts it. No reader's scope: what they answer names no unit. */
@Injectable()
export class DeploymentQueries {
  /**
   * What the given units had reported by a day; a unit that is missing from the answer had not reported. `known`: the
   * last day whose knowledge counts, null for the present.
   */
  async statuses(
    q: Queryable,
    campaignId: number,
    unitIds: readonly number[],
    day: Day,
    known: Day | null,
  ): Promise<Map<number, UnitStatus>> {
    const rows = await q.query<UnitStatus & { unitId: number }>(
      `SELECT unit_id AS "unitId", status, since, id AS "entryId"
         FROM (${latestEntries({ day: '$3::date', known: '$4::date' }, 'd.campaign_id = $1 AND d.unit_id = ANY($2)')}) latest`,
      [campaignId, [...unitIds], day, known],
    );
    return new Map(rows.map(({ unitId, ...status }) => [unitId, status]));
  }

  /**
   * The units of a level that lay below a unit on that day, or were it, by status; the owner itself deploys nothing. Through as-is
   * the units of `today`, with what they and those merged into them had reported by that day.
   */
  async counts(
    q: Queryable,
    campaignId: number,
    at: { readonly unitId: number; readonly level: Level },
    { day, today, known, change, lens }: CountedOn,
  ): Promise<DeploymentCounts> {
    const on = { day: '$7::date', change: '$6::int', present: known === null, lens };
    const units = levelBelowOn('$2::int', '$3', on);
    const [row] = await q.query<DeploymentCounts>(
      `WITH expected AS MATERIALIZED (
         SELECT units.unit_id FROM (${units}) units WHERE units.unit_id IS DISTINCT FROM (SELECT c.unit_id FROM campaign c WHERE c.id = $1)),
       latest AS (${statusesOf({ day: '$4::date', known: '$5::date' }, on, 'd.campaign_id = $1')})
       SELECT ${COUNT_STATUSES} FROM expected LEFT JOIN latest USING (unit_id)`,
      [campaignId, at.unitId, at.level, day, known, change, lens === 'as-was' ? day : today],
    );
    return row ?? NOBODY;
  }
}

export function statusOf(status: ReportedStatus | null | undefined): DeploymentStatus {
  return status ?? 'NOT_REPORTED';
}
