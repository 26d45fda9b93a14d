import { Injectable } from '@nestjs/common';
import { LEVEL_NAMES, LEVELS, type Actor, type Day, type Level } from '@lib/kernel';
import { Clock, type Queryable } from '@lib/platform';
import type { LineClass } from '@lib/awards';
import { addCounts, NO_COUNTS, type BodyLabel, type Counts, type Question } from '@lib/figures';
import { Rulebook } from '@lib/rulebook';
import { UnitTree, type Lens, type UnitRef } from '@lib/units';
import { NominationQueries, type NominationView } from './nominations.queries.js';

/** What was asked of one body, or of the bodies of one level below the unit, under one form. */
export interface ProposalRow {
  /** For `ProposalLineage.records`. */
  readonly key: string;
  readonly form: string;
  readonly formName: string;
  readonly toBody: BodyLabel;
  readonly proposed: Counts;
  /** Of these, given by the last day of the period; what was revoked later is told by the register. */
  readonly awarded: Counts;
}

/** One line behind a figure. HIDDEN: outside the reader's grants; it keeps its number. */
export interface ProposalRecord {
  readonly what: 'LINE' | 'HIDDEN';
  readonly line: NominationView | null;
  readonly submittedOn: Day;
  readonly counts: Counts;
  readonly awarded: boolean;
}

export interface ProposalRecords {
  readonly items: readonly ProposalRecord[];
  /** Give it as `after`; null on the last page. */
  readonly next: number | null;
}

interface Asked {
  readonly form: string;
  readonly toUnitId: number | null;
  readonly toOutsideId: number | null;
}

interface AskedCounts extends Asked {
  readonly class: LineClass;
  readonly proposed: number;
  readonly awarded: number;
}

const COUNT_OF: Record<LineClass, keyof Counts> = {
  COLLECTIVE: 'collectives',
  INDIVIDUAL: 'individuals',
  HOUSEHOLD: 'households',
};

function countsOf(kind: LineClass, count: number): Counts {
  return { ...NO_COUNTS, [COUNT_OF[kind]]: count };
}

const live = (alias: string): string =>
  `($4::date IS NULL AND ${alias}.ended_on IS NULL OR ${alias}.recorded_on <= $4 AND (${alias}.ended_on IS NULL OR ${alias}.ended_on > $4))`;

/**
 * Each line once, at the furthest body that the unit's subtree has asked, on the day it was first asked there. `$1` unit,
 * `$2`–`$3` period, `$4` known or null, `$5` change.
 */
function asked(tree: UnitTree, lens: Lens): string {
  return `FROM nomination_submission s JOIN nomination_line l ON l.id = s.line_id
    WHERE s.day BETWEEN $2 AND $3 AND ${live('s')} AND ${tree.belowOn('s.unit_id', '$1::int', 's.day', '$5::int', lens)}
      AND NOT EXISTS (SELECT 1 FROM nomination_submission f WHERE f.line_id = s.line_id AND f.carry_id > s.carry_id
                         AND ${live('f')} AND ${tree.belowOn('f.unit_id', '$1::int', 'f.day', '$5::int', lens)})`;
}

const AWARDED = `(l.awarded_day IS NOT NULL AND l.awarded_day <= $3 AND ($4::date IS NULL OR l.awarded_on <= $4))`;

const valuesOf = ({ unitId, from, to, known, change }: Question): unknown[] => [unitId, from, to, known, change];

/** Names of the bodies that were asked: those on the unit's own way up by name, those below it by their level. */
@Injectable()
export class AskedBodies {
  constructor(
    private readonly clock: Clock,
    private readonly tree: UnitTree,
  ) {}

  /** The row that each of these belongs to: `o:3`, `u:7`, `l:DIRECT_UPPER_UNION`. */
  async labels(
    q: Queryable,
    question: Question,
    rows: readonly Asked[],
  ): Promise<(row: Asked) => { key: string; body: BodyLabel }> {
    const ids = [...new Set(rows.flatMap((row) => row.toUnitId ?? []))];
    const today = this.clock.today();
    const day = question.to < today ? question.to : today;
    const own = await this.tree.wayUp(q, question.unitId, { day, change: question.change, lens: question.lens });
    const restricted = await this.tree.restricted(q, ids);
    const refs = await this.tree.refs(q, ids, day);
    const outside = await q.query<{ id: number; code: string; name: string; level: Level }>(
      `SELECT id, code, name, level FROM outside_body WHERE id = ANY($1)`,
      [[...new Set(rows.flatMap((row) => row.toOutsideId ?? []))]],
    );
    const bodies = new Map(outside.map(({ id, ...body }) => [id, body]));
    return ({ toUnitId, toOutsideId }) => {
      const body = toOutsideId === null ? undefined : bodies.get(toOutsideId);
      if (body) return { key: `o:${toOutsideId}`, body };
      const ref: UnitRef | undefined = toUnitId === null ? undefined : refs.get(toUnitId);
      if (ref && toUnitId !== null && own.includes(toUnitId) && !restricted.has(toUnitId))
        return { key: `u:${toUnitId}`, body: { code: ref.code, name: ref.name, level: ref.level } };
      const level = ref?.level ?? 'UNKNOWN';
      return { key: `l:${level}`, body: { code: null, name: LEVEL_NAMES[level], level } };
    };
  }
}

/** `proposals` of a period summary. */
@Injectable()
export class ProposalBlock {
  constructor(
    private readonly tree: UnitTree,
    private readonly rulebook: Rulebook,
    private readonly bodies: AskedBodies,
  ) {}

  async block(q: Queryable, question: Question): Promise<ProposalRow[]> {
    const found = await q.query<AskedCounts>(
      `SELECT s.form, s.class, s.to_unit_id AS "toUnitId", s.to_outside_id AS "toOutsideId",
              count(*)::int AS proposed, count(*) FILTER (WHERE ${AWARDED})::int AS awarded
         ${asked(this.tree, question.lens)} GROUP BY 1, 2, 3, 4`,
      valuesOf(question),
    );
    const labelOf = await this.bodies.labels(q, question, found);
    const names = await this.rulebook.formNames(q);
    const rows = new Map<string, ProposalRow>();
    for (const one of found) {
      const { key: bodyKey, body } = labelOf(one);
      const key = `${one.form}|${bodyKey}`;
      const before = rows.get(key);
      rows.set(key, {
        key,
        form: one.form,
        formName: names.get(one.form) ?? one.form,
        toBody: body,
        proposed: addCounts(before?.proposed ?? NO_COUNTS, countsOf(one.class, one.proposed)),
        awarded: addCounts(before?.awarded ?? NO_COUNTS, countsOf(one.class, one.awarded)),
      });
    }
    return [...rows.values()].sort(inOrder);
  }
}

function inOrder(a: ProposalRow, b: ProposalRow): number {
  const byLevel = LEVELS.indexOf(a.toBody.level) - LEVELS.indexOf(b.toBody.level);
  return byLevel || a.toBody.name.localeCompare(b.toBody.name, 'vi') || a.formName.localeCompare(b.formName, 'vi');
}

/** From a printed number of proposals to its lines. */
@Injectable()
export class ProposalLineage {
  constructor(
    private readonly tree: UnitTree,
    private readonly bodies: AskedBodies,
    private readonly queries: NominationQueries,
  ) {}

  /** A page of the lines behind the row `key`; `after`: id of the last line of the page before. */
  async records(
    q: Queryable,
    actor: Actor,
    question: Question,
    key: string,
    { after = 0, limit = 100 }: { after?: number; limit?: number } = {},
  ): Promise<ProposalRecords> {
    const form = key.slice(0, key.indexOf('|'));
    const rows = await q.query<Asked & { id: number; class: LineClass; day: Day; awarded: boolean }>(
      `SELECT l.id, s.form, s.class, s.to_unit_id AS "toUnitId", s.to_outside_id AS "toOutsideId", s.day, ${AWARDED} AS awarded
         ${asked(this.tree, question.lens)} AND s.form = $6 AND l.id > $7 ORDER BY l.id`,
      [...valuesOf(question), form, after],
    );
    const labelOf = await this.bodies.labels(q, question, rows);
    const meant = rows.filter((row) => `${row.form}|${labelOf(row).key}` === key);
    const page = meant.slice(0, limit);
    const views = await this.queries.views(
      q,
      actor,
      page.map((row) => row.id),
    );
    const seen = new Map(views.map((view) => [view.id, view]));
    const items = page.map((row): ProposalRecord => {
      const line = seen.get(row.id) ?? null;
      return {
        what: line ? 'LINE' : 'HIDDEN',
        line,
        submittedOn: row.day,
        counts: countsOf(row.class, 1),
        awarded: row.awarded,
      };
    });
    return { items, next: meant.length > limit ? (page.at(-1)?.id ?? null) : null };
  }
}
