import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { fold, Refused, scopeOf, subtree, type Actor, type Day, type Level } from '@lib/kernel';
import { Clock, reader, type Queryable } from '@lib/platform';
import { UnitTree, type UnitRef } from '@lib/units';
import { deskClock, type ClockFacts, type DeskClock } from './clock.rules.js';
import { DOSSIER_WORKFLOW, type DossierState } from './dossier.workflow.js';
import type { DossiersQuery, NominationsQuery, Tab } from './dossiers.dto.js';
import { EMBARGOED, LINE_WORKFLOW } from './line.workflow.js';
import { NominationScope } from './nomination-scope.js';
import { NominationQueries, type AskedBody, type NominationView } from './nominations.queries.js';

/** How many of a dossier's lines stand where. */
export interface LineCounts {
  readonly all: number;
  readonly waiting: number;
  readonly returned: number;
  readonly eligible: number;
  readonly ineligible: number;
  readonly settled: number;
}

export interface DossierRow {
  readonly id: number;
  readonly unit: UnitRef | null;
  readonly asked: AskedBody | null;
  readonly year: number;
  readonly title: string;
  readonly occasion: string | null;
  readonly type: string | null;
  readonly campaign: string | null;
  readonly state: DossierState;
  readonly stateName: string;
  readonly composed: boolean;
  readonly submittedOn: Day | null;
  readonly receivedOn: Day | null;
  readonly clock: DeskClock | null;
  readonly lines: LineCounts;
  readonly version: number;
}

export interface DossierPage {
  readonly items: readonly DossierRow[];
  /** Give it as `after`; null on the last page. */
  readonly next: number | null;
}

export interface NominationPage {
  readonly items: readonly NominationView[];
  readonly next: number | null;
}

interface Row extends ClockFacts, Omit<DossierRow, 'unit' | 'asked' | 'stateName' | 'clock'> {
  readonly unitId: number;
  readonly toUnitId: number | null;
  readonly outside: { readonly code: string; readonly name: string; readonly level: Level } | null;
}

const COUNTS = `(SELECT json_build_object('all', count(*), 'waiting', count(*) FILTER (WHERE cl.state = 'PROPOSED'),
    'returned', count(*) FILTER (WHERE cl.state = 'RETURNED'), 'eligible', count(*) FILTER (WHERE cl.state = 'ELIGIBLE'),
    'ineligible', count(*) FILTER (WHERE cl.state = 'INELIGIBLE'), 'settled', count(*) FILTER (WHERE cl.state IN ('AWARDED', 'DECLINED')))
   FROM nomination_carry cc JOIN nomination_line cl ON cl.id = cc.line_id
  WHERE cc.dossier_id = d.id AND cc.until_day IS NULL AND cl.state <> 'WITHDRAWN')`;

const PAGE = 50;

/** Dossiers and lines as lists: keyset pages, newest first. Each tab asks one question, so that each has its index. */
@Injectable()
export class DossierQueries {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly scope: NominationScope,
    private readonly nominations: NominationQueries,
  ) {}

  async list(actor: Actor, ask: DossiersQuery): Promise<DossierPage> {
    const q = reader(this.db);
    const params: unknown[] = [];
    const where = [this.tab(actor, ask.tab, params)];
    if (ask.unit) where.push(await this.within(q, actor, ask.unit, ask.tab, params));
    if (ask.year) where.push(`d.year = $${params.push(ask.year)}`);
    if (ask.state) where.push(`d.state = $${params.push(ask.state)}`);
    if (ask.outside) where.push(`d.to_outside_id IS ${ask.outside === 'true' ? 'NOT NULL' : 'NULL'}`);
    const words = wordsOf(ask.q);
    if (words) where.push(`to_tsvector('simple', d.title_folded) @@ to_tsquery('simple', $${params.push(words)})`);
    if (ask.after) where.push(`d.id < $${params.push(ask.after)}`);
    const limit = ask.limit ?? PAGE;
    const found = await q.query<{ id: number }>(
      `SELECT d.id FROM dossier d WHERE ${where.join(' AND ')} ORDER BY d.id DESC LIMIT $${params.push(limit + 1)}`,
      params,
    );
    const ids = found.slice(0, limit).map((row) => row.id);
    return { items: await this.rows(q, ids), next: found.length > limit ? (ids.at(-1) ?? null) : null };
  }

  /** Lines one by one: what is ready to be composed, what was returned, how somebody's nomination stands. */
  async lines(actor: Actor, ask: NominationsQuery): Promise<NominationPage> {
    const q = reader(this.db);
    const params: unknown[] = [];
    const where = [this.scope.cleared(actor, params)];
    if (ask.tab === 'nominees') where.push(this.scope.nominee(actor, params));
    else where.push(this.tab(actor, ask.tab, params));
    if (ask.unit) {
      const root = subtree(await this.tree.idOf(q, ask.unit, scopeOf(actor, 'nomination.read')));
      where.push(this.tree.inScope(ask.tab === 'received' ? 'l.proposing_unit_id' : 'l.unit_id', root, params));
    }
    if (ask.year) where.push(`d.year = $${params.push(ask.year)}`);
    if (ask.form) where.push(`l.form = $${params.push(ask.form)}`);
    if (ask.state) {
      const open = this.scope.received(actor, params, 'd');
      where.push(`l.state = $${params.push(ask.state)}`);
      if (ask.state !== 'BEFORE_COUNCIL') where.push(`(l.state NOT IN ${EMBARGOED} OR ${open})`);
    }
    const words = wordsOf(ask.q);
    if (words) where.push(`to_tsvector('simple', l.name_folded) @@ to_tsquery('simple', $${params.push(words)})`);
    if (ask.after) where.push(`l.id < $${params.push(ask.after)}`);
    const limit = ask.limit ?? PAGE;
    const found = await q.query<{ id: number }>(
      `SELECT l.id FROM nomination_line l JOIN dossier d ON d.id = l.at_dossier_id
        WHERE ${where.join(' AND ')} ORDER BY l.id DESC LIMIT $${params.push(limit + 1)}`,
      params,
    );
    const ids = found.slice(0, limit).map((row) => row.id);
    return {
      items: await this.nominations.views(q, actor, ids),
      next: found.length > limit ? (ids.at(-1) ?? null) : null,
    };
  }

  /** Without further check; in the order of the ids. */
  async rows(q: Queryable, ids: readonly number[]): Promise<DossierRow[]> {
    const rows = await q.query<Row>(
      `SELECT d.id, d.unit_id AS "unitId", d.to_unit_id AS "toUnitId",
              (SELECT json_build_object('code', o.code, 'name', o.name, 'level', o.level) FROM outside_body o WHERE o.id = d.to_outside_id) AS outside,
              d.year, d.title, d.occasion, d.type, d.campaign, d.state, d.composed, d.submitted_on AS "submittedOn",
              d.received_on AS "receivedOn", d.returned_on AS "returnedOn", d.days_returned AS "daysReturned", d.settled_on AS "settledOn",
              ${COUNTS} AS lines, d.version
         FROM dossier d WHERE d.id = ANY($1) ORDER BY array_position($1::int[], d.id)`,
      [ids],
    );
    const refs = await this.tree.refs(
      q,
      rows.flatMap((row) => [row.unitId, ...(row.toUnitId === null ? [] : [row.toUnitId])]),
    );
    return rows.map(({ unitId, toUnitId, outside, returnedOn, daysReturned, settledOn, ...row }) => {
      const unit = toUnitId === null ? undefined : refs.get(toUnitId);
      return {
        ...row,
        unit: refs.get(unitId) ?? null,
        asked: outside ? { ...outside, outside: true } : unit ? { ...unit, outside: false } : null,
        stateName: DOSSIER_WORKFLOW.stateNames[row.state],
        clock: deskClock({ receivedOn: row.receivedOn, returnedOn, daysReturned, settledOn }, this.clock.today()),
      };
    });
  }

  private tab(actor: Actor, tab: Tab, params: unknown[]): string {
    if (tab === 'mine') return this.scope.mine(actor, params);
    if (tab === 'received') return this.scope.received(actor, params);
    return `EXISTS (SELECT 1 FROM nomination_line l WHERE l.dossier_id = d.id AND ${this.scope.nominee(actor, params)} AND ${this.scope.cleared(actor, params)})`;
  }

  private async within(q: Queryable, actor: Actor, code: string, tab: Tab, params: unknown[]): Promise<string> {
    const root = subtree(await this.tree.idOf(q, code, scopeOf(actor, 'nomination.read')));
    if (tab !== 'nominees') return this.tree.inScope('d.unit_id', root, params);
    return `EXISTS (SELECT 1 FROM nomination_line ul WHERE ul.dossier_id = d.id AND ${this.tree.inScope('ul.unit_id', root, params)})`;
  }
}

/** Words of folded text hold letters and digits only, so they mean nothing to the query language. */
export function wordsOf(text: string | undefined): string {
  return fold(text ?? '')
    .split(' ')
    .filter(Boolean)
    .map((word) => `${word}:*`)
    .join(' & ');
}

/** @throws Refused `nominations.unknown_state` for a filter that no step table knows */
export function checkState(state: string | undefined, of: 'dossier' | 'nomination'): void {
  const names: object = of === 'dossier' ? DOSSIER_WORKFLOW.stateNames : LINE_WORKFLOW.stateNames;
  if (state !== undefined && !Object.hasOwn(names, state))
    throw new Refused('nominations.unknown_state', 'Không có trạng thái này.', 'state');
}
