import { Injectable } from '@nestjs/common';
import type { Day } from '@lib/kernel';
import type { Queryable } from '@lib/platform';
import { TREE_TABLES, type Lens } from '@lib/units';
import type { Block } from './keys.service.js';
import { everyEntry } from './candidates.sql.js';
import { addCounts, type Counts } from './measures.js';
import { PLACE } from './lens.sql.js';
import { cellsTell, type Question } from './period.queries.js';
import { RELATIONS } from './relations.js';
import { inEdges, splitPeriod } from './split.sql.js';

/** What was received in the subtree of one direct sub-unit. */
export interface Share extends Counts {
  readonly unitId: number;
  readonly block: Block;
}

/** The part of the shares that does not come from cells. */
export interface ShareRest {
  /** Sub-units whose cells count. */
  readonly whole: readonly number[];
  /** Some sub-unit was here for only part of the period, so that any fact may change what is said here. */
  readonly moved: boolean;
  readonly shares: readonly Share[];
}

interface Kid {
  unit_id: number;
  whole: boolean;
}

const COUNTS = `sum(x.coll)::int AS collectives, sum(x.indiv)::int AS individuals, sum(x.hh)::int AS households, sum(x.unsplit)::int AS unsplit`;

/**
 * A figure's parts by direct sub-unit, by the tree of each fact's day; through as-is by today's, with the units that left something
 * here. What remains is the unit's own.
 */
@Injectable()
export class BreakdownQueries {
  /** `rest`: what {@link rest} found, where it is known to hold still. */
  async shares(q: Queryable, question: Question, rest?: ShareRest): Promise<Share[]> {
    const { whole, shares } = rest ?? (await this.rest(q, question));
    const { months } = splitPeriod(question.from, question.to);
    const cells = months && whole.length > 0 ? await this.fromCells(q, whole, months) : [];
    return merge([...cells, ...shares]);
  }

  /** What no cell of a sub-unit tells: the edges, the wide spans, and all of the sub-units that came or went. */
  async rest(q: Queryable, question: Question): Promise<ShareRest> {
    const kids = await this.kids(q, question);
    const whole = cellsTell(question) ? kids.filter((kid) => kid.whole).map((kid) => kid.unit_id) : [];
    const others = kids.map((kid) => kid.unit_id).filter((id) => !whole.includes(id));
    const { edges } = splitPeriod(question.from, question.to);
    const shares = [
      ...(whole.length > 0 ? await this.fromEntries(q, question, whole, 'f.wide') : []),
      ...(whole.length > 0 && edges.length > 0
        ? await this.fromEntries(q, question, whole, `NOT f.wide AND ${inEdges(edges)}`)
        : []),
      ...(others.length > 0 ? await this.fromEntries(q, question, others, 'true') : []),
    ];
    return { whole, moved: others.length > 0, shares };
  }

  /** Sub-units of any day of the period; `whole`: under this unit all the time, so that its cells tell the same. */
  private kids(q: Queryable, { unitId, from, to, change, lens }: Question): Promise<Kid[]> {
    return q.query<Kid>(
      `SELECT unit_id, bool_or(vfrom <= $2 AND $3 < vto) AS whole FROM ${TREE_TABLES[lens].path}
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
    { unitId, from, to, known, change, lens }: Question,
    kids: readonly number[],
    which: string,
  ): Promise<Share[]> {
    const inside = `f.day BETWEEN $2 AND $3 AND f.span_from >= $2 AND ($4::date IS NULL OR f.recorded_on <= $4) AND ${which}`;
    return q.query<Share>(
      `SELECT k.ancestor_id AS "unitId", d.block, ${COUNTS}
         FROM (SELECT e.* FROM ${everyEntry({ known: known !== null, when: inside, lens })}) x ${BELOW_KID[lens]}
         JOIN figure_dim d ON d.id = x.dim_id GROUP BY 1, 2`,
      [unitId, from, to, known, change, kids],
    );
  }
}

/**
 * Joins to the entry `x` the direct sub-unit `k` of `$1`, among `$6`, below which it was received. Today's way up is one row a unit
 * and found by the unit; by its sub-units the planner would compare every entry with everything below them.
 */
const BELOW_KID: Record<Lens, string> = {
  'as-was': `JOIN unit_path k ON k.unit_id = x.unit_id AND k.ancestor_id = ANY($6) AND k.vfrom <= x.day AND x.day < k.vto AND k.tfrom <= $5 AND $5 < k.tto
         JOIN unit_path here ON here.unit_id = k.ancestor_id AND here.ancestor_id = $1 AND here.depth = 1
          AND here.vfrom <= x.day AND x.day < here.vto AND here.tfrom <= $5 AND $5 < here.tto`,
  'as-is': `JOIN (SELECT c.unit_id, c.chain[array_position(c.chain, $1) - 1] AS ancestor_id FROM unit_chain_as_is c
                 WHERE c.tfrom <= $5 AND $5 < c.tto AND $1 = ANY(c.chain)) k ON k.unit_id = x.${PLACE['as-is']} AND k.ancestor_id = ANY($6)`,
};

function merge(rows: readonly Share[]): Share[] {
  const merged = new Map<string, Share>();
  for (const row of rows) {
    const key = `${row.unitId}/${row.block}`;
    const held = merged.get(key);
    merged.set(key, held ? { ...held, ...addCounts(held, row) } : row);
  }
  return [...merged.values()];
}
