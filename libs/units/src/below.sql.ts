import { TREE_TABLES, type Lens } from './as-is.sql.js';
import { NOW } from './chains.sql.js';

/**
 * Sets of units on a day, as SQL that other rooms put into their statements. All values are SQL expressions: `'$1::int'`,
 * `'l.base_id'`. They filter sets; readers' rights are `inScope`'s.
 */
export interface TreeOn {
  /** Through as-is, the day by which units are called today's. */
  readonly day: string;
  /** Number of the change whose knowledge counts. */
  readonly change: string;
  /** The change is today's: lets the planner use the small indexes of the present. */
  readonly present: boolean;
  readonly lens: Lens;
}

/** The tree of `day` as it is known now. */
export function presentOn(day: string): TreeOn {
  return { day, change: String(NOW - 1), present: true, lens: 'as-was' };
}

const knows = (alias: string, { change, present }: TreeOn): string =>
  `${alias}.tfrom <= ${change} AND ${present ? `${alias}.tto = ${NOW}` : `${change} < ${alias}.tto`}`;

const holds = (alias: string, on: TreeOn): string =>
  `${alias}.vfrom <= ${on.day} AND ${on.day} < ${alias}.vto AND ${knows(alias, on)}`;

/** Through as-is, units that have ended lie below their heirs; `lives` leaves the units of today. */
const lives = (unit: string, on: TreeOn): string =>
  on.lens === 'as-was'
    ? 'true'
    : `EXISTS (SELECT 1 FROM unit_chain_as_is li WHERE li.unit_id = ${unit} AND li.heir_id = li.unit_id AND ${knows('li', on)})`;

/** Ids of the direct sub-units of `unit`, as rows `unit_id`; through as-is those of today. */
export function childrenOn(unit: string, on: TreeOn): string {
  return on.lens === 'as-was'
    ? `SELECT cv.unit_id FROM unit_version cv WHERE cv.parent_id = ${unit} AND ${holds('cv', on)}`
    : `SELECT cv.unit_id FROM unit_path_as_is cv WHERE cv.ancestor_id = ${unit} AND cv.depth = 1 AND ${knows('cv', on)} AND ${lives('cv.unit_id', on)}`;
}

/** Through as-is, the units of today that carry on the direct sub-units which `unit`, ended without an heir, had on its last day, as rows `unit_id`. */
export function lastChildrenOn(unit: string, on: TreeOn): string {
  return `SELECT DISTINCT lc.heir_id AS unit_id FROM unit lu
      JOIN unit_version lv ON lv.parent_id = lu.id AND lv.vfrom < lu.ended AND lu.ended <= lv.vto AND ${knows('lv', on)}
      JOIN unit_chain_as_is lc ON lc.unit_id = lv.unit_id AND lc.heir_id IS NOT NULL AND ${knows('lc', on)}
     WHERE lu.id = ${unit}`;
}

/** Ids of `unit` itself and of all below it, as rows `unit_id, depth`; through as-is whatever has ended there among them. */
export function subtreeOn(unit: string, on: TreeOn): string {
  return `SELECT sb.unit_id, sb.depth FROM ${TREE_TABLES[on.lens].path} sb WHERE sb.ancestor_id = ${unit} AND ${holds('sb', on)}`;
}

/** Ids of the units of a level that lie below `unit`, or are it, as rows `unit_id`; through as-is those of today. */
export function levelBelowOn(unit: string, level: string, on: TreeOn): string {
  return `SELECT lp.unit_id FROM ${TREE_TABLES[on.lens].path} lp JOIN unit_version lv ON lv.unit_id = lp.unit_id AND lv.level = ${level} AND ${holds('lv', on)}
    WHERE lp.ancestor_id = ${unit} AND ${holds('lp', on)} AND ${lives('lp.unit_id', on)}`;
}

/** How many units of each level lie below `unit`, itself not counted, as rows `level, count`; through as-is those of today. */
export function levelsBelowOn(unit: string, on: TreeOn): string {
  return `SELECT lv.level, count(*)::int AS count FROM ${TREE_TABLES[on.lens].path} lp
    JOIN unit_version lv ON lv.unit_id = lp.unit_id AND ${holds('lv', on)}
   WHERE lp.ancestor_id = ${unit} AND lp.depth > 0 AND ${holds('lp', on)} AND ${lives('lp.unit_id', on)} GROUP BY lv.level`;
}

/** Ids of the units that `unit` lies below, itself not among them, as rows `unit_id`. */
export function uppersOn(unit: string, on: TreeOn): string {
  return `SELECT ap.ancestor_id AS unit_id FROM ${TREE_TABLES[on.lens].path} ap WHERE ap.unit_id = ${unit} AND ap.depth > 0 AND ${holds('ap', on)}`;
}

/** {@link uppersOn}, and through as-is also the units whose history those carry on: what they said was meant for `unit`, too. */
export function carriedUppersOn(unit: string, on: TreeOn): string {
  const uppers = uppersOn(unit, on);
  return on.lens === 'as-was' ? uppers : `${uppers} UNION SELECT h.unit_id FROM (${carriedBy(uppers, on)}) h`;
}

/** The units whose history each of `units` carries on, itself among them, as rows `unit_id, heir_id`; through as-was every unit is its own. */
export function carriedBy(units: string, on: TreeOn): string {
  return on.lens === 'as-was'
    ? `SELECT u.id AS unit_id, u.id AS heir_id FROM unit u WHERE u.id IN (${units})`
    : `SELECT cb.unit_id, cb.heir_id FROM unit_chain_as_is cb WHERE cb.heir_id IN (${units}) AND ${knows('cb', on)}`;
}
