import { Injectable } from '@nestjs/common';
import type { Day, Level } from '@lib/kernel';
import type { Queryable } from '@lib/platform';
import { refreshPassedDays, TREE_TABLES, type Lens } from './as-is.sql.js';
import { NOW } from './chains.sql.js';

/** A unit whose own version of a day differs between two states of knowledge; null where it does not exist on that day. */
export interface PlacementDifference {
  readonly unitId: number;
  readonly code: string;
  readonly before: VersionThen | null;
  readonly after: VersionThen | null;
}

export interface VersionThen {
  readonly name: string;
  readonly level: Level;
  readonly parentId: number | null;
}

/** How many units came to lie below a unit, itself included, and how many went. */
export interface ReachDifference {
  readonly unitId: number;
  readonly gains: number;
  readonly losses: number;
}

/** What changes after change `change` have made of the tree: for rehearsals, inside the transaction that is taken back. */
@Injectable()
export class TreeDifference {
  /** By level and name of the unit. */
  placements(q: Queryable, change: number, day: Day): Promise<PlacementDifference[]> {
    const then = (alias: string): string =>
      `CASE WHEN ${alias}.unit_id IS NULL THEN NULL ELSE json_build_object('name', ${alias}.name, 'level', ${alias}.level, 'parentId', ${alias}.parent_id) END`;
    return q.query<PlacementDifference>(
      `SELECT u.id AS "unitId", u.code, ${then('b')} AS before, ${then('a')} AS after
         FROM (SELECT DISTINCT unit_id FROM unit_change WHERE n > $1) c JOIN unit u ON u.id = c.unit_id
         LEFT JOIN unit_version b ON b.unit_id = u.id AND b.tfrom <= $1 AND $1 < b.tto AND b.vfrom <= $2 AND $2 < b.vto
         LEFT JOIN unit_version a ON a.unit_id = u.id AND a.tto = ${NOW} AND a.vfrom <= $2 AND $2 < a.vto
        WHERE (b.name, b.level, b.parent_id, b.unit_id) IS DISTINCT FROM (a.name, a.level, a.parent_id, a.unit_id)
        ORDER BY coalesce(a.name, b.name), u.code`,
      [change, day],
    );
  }

  /** On one day. */
  reach(q: Queryable, change: number, day: Day): Promise<ReachDifference[]> {
    return q.query<ReachDifference>(
      `WITH moved AS MATERIALIZED (${movedUnits('as-was')}),
            before AS (SELECT p.ancestor_id, p.unit_id FROM unit_path p JOIN moved USING (unit_id)
                        WHERE p.tfrom <= $1 AND $1 < p.tto AND p.tto < ${NOW} AND p.vfrom <= $2 AND $2 < p.vto),
            after AS (SELECT p.ancestor_id, p.unit_id FROM unit_path p JOIN moved USING (unit_id)
                       WHERE p.tfrom > $1 AND p.tto = ${NOW} AND p.vfrom <= $2 AND $2 < p.vto)
       SELECT ancestor_id AS "unitId", count(*) FILTER (WHERE was IS NULL)::int AS gains, count(*) FILTER (WHERE "is" IS NULL)::int AS losses
         FROM (SELECT ancestor_id, unit_id, max(was) AS was, max("is") AS "is"
                 FROM (SELECT ancestor_id, unit_id, 1 AS was, NULL::int AS "is" FROM before
                       UNION ALL SELECT ancestor_id, unit_id, NULL, 1 FROM after) both_sides GROUP BY 1, 2) pairs
        WHERE was IS NULL OR "is" IS NULL GROUP BY 1`,
      [change, day],
    );
  }

  /** Units whose way up is another than change `change` knew. */
  async moved(q: Queryable, change: number, lens: Lens): Promise<number[]> {
    const rows = await q.query<{ unit_id: number }>(movedUnits(lens), [change]);
    return rows.map(({ unit_id }) => unit_id);
  }

  /** Units that see something else than before: other units lie below them on some day, or they themselves stand on other days. */
  async above(q: Queryable, change: number, lens: Lens): Promise<number[]> {
    const { path } = TREE_TABLES[lens];
    const rows = await q.query<{ id: number }>(
      `SELECT DISTINCT p.ancestor_id AS id FROM ${path} p
        WHERE p.unit_id IN (${movedUnits(lens)}) AND ((p.tfrom <= $1 AND $1 < p.tto AND p.tto < ${NOW}) OR (p.tfrom > $1 AND p.tto = ${NOW}))`,
      [change],
    );
    return rows.map(({ id }) => id);
  }

  /** Lets today's organisation be that of a day still ahead. Only where the transaction is taken back. */
  async lookAhead(q: Queryable, today: Day, day: Day): Promise<void> {
    if (day > today) await refreshPassedDays(q, today, day);
  }
}

function movedUnits(lens: Lens): string {
  return `SELECT DISTINCT unit_id FROM ${TREE_TABLES[lens].chain} WHERE tfrom > $1 OR (tto > $1 AND tto < ${NOW})`;
}
