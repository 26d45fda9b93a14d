import { carriedBy, type TreeOn } from '@lib/units';

/** Expressions of the two times of a deployment: the day it is asked for, and the last day whose knowledge counts (or null). */
export interface EntriesOn {
  readonly day: string;
  readonly known: string;
}

/** Condition on the entry `alias`: it speaks of a day not after `day`, and was there by what was known. */
export function entryHolds(alias: string, { day, known }: EntriesOn): string {
  return `${alias}.since <= ${day} AND (${known} IS NULL OR ${alias}.recorded_on <= ${known})
    AND (${alias}.removed_on IS NULL OR ${alias}.removed_on > ${known})`;
}

/** Of a unit and those merged into it, how far the furthest has come: an heir counts once. */
const FURTHEST = `CASE WHEN bool_or(l.status = 'DEPLOYED') THEN 'DEPLOYED' WHEN bool_or(l.status = 'PLANNED') THEN 'PLANNED' ELSE 'NOT_STARTED' END`;

/**
 * Status per campaign and unit, as rows `campaign_id, unit_id, status`, of the units that the statement has as relation
 * `expected(unit_id)`, and of the `campaigns` (condition on entries `d`): what they reported; through as-is also what those
 * reported that were merged into them. `pairs`: a narrower condition where campaigns are asked of different units.
 */
export function statusesOf(
  on: EntriesOn,
  tree: TreeOn,
  campaigns: string,
  pairs = `${campaigns} AND d.unit_id IN (SELECT unit_id FROM expected)`,
): string {
  if (tree.lens === 'as-was') return latestEntries(on, pairs);
  const carried = carriedBy('SELECT unit_id FROM expected', tree);
  return `SELECT l.campaign_id, h.heir_id AS unit_id, ${FURTHEST} AS status
    FROM (${carried}) h JOIN (${latestEntries(on, campaigns)}) l ON l.unit_id = h.unit_id GROUP BY 1, 2`;
}

/** The entry that holds for each campaign and unit: the latest `since`, and of those the latest recorded. */
export function latestEntries(on: EntriesOn, where: string): string {
  return `SELECT DISTINCT ON (d.campaign_id, d.unit_id) d.id, d.campaign_id, d.unit_id, d.status, d.since, d.participants, d.participants_qualifier
    FROM campaign_deployment d WHERE ${entryHolds('d', on)} AND ${where}
   ORDER BY d.campaign_id, d.unit_id, d.since DESC, d.id DESC`;
}
