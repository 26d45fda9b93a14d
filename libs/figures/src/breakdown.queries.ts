import { Injectable } from '@nestjs/common';
import type { Day } from '@lib/kernel';
import type { Queryable } from '@lib/platform';
import type { Block } from './keys.service.js';
import { everyEntry } from './candidates.sql.js';
import { addCounts, type Counts } from './measures.js';
import type { Question } from './period.queries.js';
import { RELATIONS } from './relations.js';
import { inEdges, splitPeriod } from './split.sql.js';

/** What was received in the subtree of one direct sub-unit. */
export interface Share extends Counts {
  readonly unitId: number;
  readonly block: Block;
}

interface Kid {
  unit_id: number;
  whole: boolean;
}

const COUNTS = `sum(x.coll)::int AS collectives, sum(x.indiv)::int AS individuals, sum(x.hh)::int AS households, sum(x.unsplit)::int AS unsplit`;

/** A figure's parts by direct sub-unit, by the tree of each fact's day; what is left is the unit's own. */
@Injectable()
export class BreakdownQueries {
  async shares(q: Queryable, question: Question): Promise<Share[]> {
    const kids = await this.kids(q, question);
    const whole = question.known === null ? kids.filter((kid) => kid.whole).map((kid) => kid.unit_id) : [];
    const others = kids.map((kid) => kid.unit_id).filter((id) => !whole.includes(id));
    const { months, edges } = splitPeriod(question.from, question.to);
    const rows = [
      ...(months && whole.length > 0 ? await this.fromCells(q, whole, months) : []),
      ...(whole.length > 0 ? await this.fromEntries(q, question, whole, 'f.wide') : []),
      ...(whole.length > 0 && edges.length > 0
        ? await this.fromEntries(q, question, whole, `NOT f.wide AND ${inEdges(edges)}`)
        : []),
      ...(others.length > 0 ? await this.fromEntries(q, question, others, 'true') : []),
    ];
    return merge(rows);
  }

  /** Sub-units of any day of the period; `whole`: under this unit all the time, so that its cells tell the same. */
  private kids(q: Queryable, { unitId, from, to, change }: Question): Promise<Kid[]> {
    return q.query<Kid>(
      `SELECT unit_id, bool_or(vfrom <= $2 AND $3 < vto) AS whole FROM unit_path
        WHERE ancestor_id = $1 AND depth = 1 AND vfrom <= $3 AND vto > $2 AND tfrom <= $4 AND $4 < tto GROUP BY unit_id ORDER BY unit_id`,
      [unitId, from, to, change],
    );
  }

  private fromCells(q: Queryable, kids: readonly number[], months: { from: Day; to: Day }): Promise<Share[]> {
    return q.query<Share>(
      `SELECT x.unit_id AS "unitId", d.block, ${COUNTS} FROM figure_cell x JOIN figure_dim d ON d.id = x.dim_id
        WHERE x.unit_id = ANY($1) AND x.month BETWEEN $2 AND $3 AND x.relation <> ${RELATIONS.TO_OUTSIDE} GROUP BY 1, 2`,
      [kids, months.from, months.to],
    );
  }

  /** Received in a sub-unit's subtree, so also in the unit's own. */
  private fromEntries(
    q: Queryable,
    { unitId, from, to, known, change }: Question,
    kids: readonly number[],
    which: string,
  ): Promise<Share[]> {
    const inside = `f.day BETWEEN $2 AND $3 AND f.span_from >= $2 AND ($4::date IS NULL OR f.recorded_on <= $4) AND ${which}`;
    return q.query<Share>(
      `SELECT k.ancestor_id AS "unitId", d.block, ${COUNTS}
         FROM (SELECT e.* FROM ${everyEntry(known !== null, inside)}) x
         JOIN unit_path k ON k.unit_id = x.unit_id AND k.ancestor_id = ANY($6) AND k.vfrom <= x.day AND x.day < k.vto AND k.tfrom <= $5 AND $5 < k.tto
         JOIN unit_path here ON here.unit_id = k.ancestor_id AND here.ancestor_id = $1 AND here.depth = 1
          AND here.vfrom <= x.day AND x.day < here.vto AND here.tfrom <= $5 AND $5 < here.tto
         JOIN figure_dim d ON d.id = x.dim_id GROUP BY 1, 2`,
      [unitId, from, to, known, change, kids],
    );
  }
}

function merge(rows: readonly Share[]): Share[] {
  const merged = new Map<string, Share>();
  for (const row of rows) {
    const key = `${row.unitId}/${row.block}`;
    const held = merged.get(key);
    merged.set(key, held ? { ...held, ...addCounts(held, row) } : row);
  }
  return [...merged.values()];
}
