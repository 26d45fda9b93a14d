import { Injectable } from '@nestjs/common';
import { isDay, printDay, printQualified, Refused, scopeOf, type Actor, type Day, type Qualified } from '@lib/kernel';
import type { Queryable } from '@lib/platform';
import type { Question } from '@lib/figures';
import { PeopleQueries } from '@lib/people';
import { UnitChangesQueries, UnitTree, type UnitChange, type UnitRef } from '@lib/units';
import { Admissions } from './admissions.service.js';
import { AgenciesQueries, type AgencyView } from './agencies.queries.js';
import { AGENCY_FIGURES, agenciesOf, type AgencyFigure } from './organisation.block.js';

/** Numbers of the block, by the units that they count. */
const CHANGES: Readonly<Record<string, UnitChange>> = {
  founded: 'FOUNDED',
  foundedByReorganisation: 'FOUNDED_BY_REORGANISATION',
  dissolved: 'DISSOLVED',
  merged: 'MERGED',
  split: 'SPLIT',
};

export const ORGANISATION_FIGURES = [...Object.keys(CHANGES), ...AGENCY_FIGURES, 'membersAdmitted'] as const;

/** One record behind a number. Outside the reader's grants it keeps its day and what it counts, and names nothing. */
export interface OrganisationRecord {
  readonly what: 'UNIT' | 'AGENCY' | 'PERSON' | 'REPORT' | 'HIDDEN';
  /** Number of the agency, person or report. */
  readonly id: number | null;
  readonly title: string;
  /** The unit that it is of, or that it is. */
  readonly unit: UnitRef | null;
  readonly day: Day | null;
  /** A decision, the workers of an agency, the span of a report. */
  readonly detail: string | null;
  readonly figure: Qualified;
  /** false: a stated figure contains it; it is shown and not added. */
  readonly counted: boolean;
  readonly recordedOn: Day | null;
}

export interface OrganisationRecords {
  readonly items: readonly OrganisationRecord[];
  readonly next: string | null;
}

interface Page {
  readonly limit: number;
  readonly after: string | null;
}

const ONE: Qualified = { value: 1, qualifier: 'EXACT' };
const HIDDEN = { what: 'HIDDEN', id: null, title: 'Bản ghi ngoài phạm vi được xem', unit: null, detail: null } as const;

/** From a number of the organisation block to the unions, agencies and people that it counts. */
@Injectable()
export class OrganisationLineage {
  constructor(
    private readonly tree: UnitTree,
    private readonly changes: UnitChangesQueries,
    private readonly agencies: AgenciesQueries,
    private readonly admissions: Admissions,
    private readonly people: PeopleQueries,
  ) {}

  /** `key`: the name of the number. @throws Refused `summaries.unknown_key`, `page.unknown_place` */
  async records(q: Queryable, actor: Actor, question: Question, key: string, page: Page): Promise<OrganisationRecords> {
    const change = CHANGES[key];
    if (change) return this.units(q, actor, question, change, page);
    const figure = AGENCY_FIGURES.find((name) => name === key);
    if (figure) return this.agenciesBehind(q, actor, question, figure, page);
    if (key === 'membersAdmitted') return this.admitted(q, actor, question, page);
    throw new Refused('summaries.unknown_key', 'Không có con số này.', 'key');
  }

  private async units(
    q: Queryable,
    actor: Actor,
    question: Question,
    what: UnitChange,
    page: Page,
  ): Promise<OrganisationRecords> {
    const found = await this.changes.records(q, actor, question, what, { ...page, limit: page.limit + 1 });
    const shown = found.slice(0, page.limit);
    return {
      items: shown.map(({ unit, from, decision, recordedOn }) => {
        const base = { day: from, figure: ONE, counted: true, recordedOn };
        if (!unit) return { ...base, ...HIDDEN };
        const { number, day, body } = decision ?? { number: null, day: null, body: null };
        const detail = [number && `QĐ ${number}`, day && `ngày ${printDay(day)}`, body].filter(Boolean).join(' ');
        return { ...base, what: 'UNIT' as const, id: null, title: unit.name, unit, detail: detail || null };
      }),
      next: found.length > page.limit ? (shown.at(-1)?.place ?? null) : null,
    };
  }

  private async agenciesBehind(
    q: Queryable,
    actor: Actor,
    { unitId, from, to, known, change, lens }: Question,
    figure: AgencyFigure,
    page: Page,
  ): Promise<OrganisationRecords> {
    const rows = await q.query<{ id: number; outcome_day: Day | null; recorded_on: Day }>(
      `SELECT id, outcome_day, recorded_on FROM (${agenciesOf(this.tree, figure, lens)}) found WHERE id > $6 ORDER BY id LIMIT $7`,
      [unitId, from, to, known, change, numberOf(page.after), page.limit + 1],
    );
    const shown = rows.slice(0, page.limit);
    const ids = shown.map(({ id }) => id);
    const seen = new Map((await this.agencies.byIds(q, actor, ids)).map((view) => [view.id, view]));
    return {
      items: shown.map(({ id, outcome_day, recorded_on }) => {
        const view = seen.get(id);
        const day = figure === 'agenciesUnionised' ? outcome_day : (view?.since ?? null);
        const base = { day, figure: ONE, counted: true, recordedOn: recorded_on };
        if (!view) return { ...base, ...HIDDEN };
        return { ...base, what: 'AGENCY' as const, id, title: view.name, unit: view.unit, detail: workersOf(view) };
      }),
      next: rows.length > page.limit ? String(ids.at(-1)) : null,
    };
  }

  /** Stated figures first, then the people. */
  private async admitted(q: Queryable, actor: Actor, question: Question, page: Page): Promise<OrganisationRecords> {
    const place = placeOf(page.after);
    const items = 'person' in place ? [] : await this.stated(q, actor, question, page.limit + 1, place.report);
    const more = items.length > page.limit;
    const stated = items.slice(0, page.limit);
    if (more) return { items: stated.map((one) => one.record), next: `r${stated.at(-1)?.id ?? 0}` };
    const room = page.limit - stated.length;
    const found = await this.admissions.people(q, question, {
      limit: room + 1,
      after: 'person' in place ? place : null,
    });
    const shown = found.slice(0, room);
    const people = new Map(
      (
        await this.people.visibleNames(
          q,
          actor,
          shown.map(({ personId }) => personId),
        )
      ).map((one) => [one.id, one]),
    );
    const units = await this.tree.refs(
      q,
      shown.map(({ unitId }) => unitId),
    );
    const last = shown.at(-1);
    const named = shown.map(({ personId, unitId, day, counted, recordedOn }): OrganisationRecord => {
      const person = people.get(personId);
      const base = { day, figure: ONE, counted, recordedOn };
      if (!person) return { ...base, ...HIDDEN };
      const detail = person.birthYear === null ? null : `sinh năm ${person.birthYear}`;
      return { ...base, what: 'PERSON', id: personId, title: person.name, unit: units.get(unitId) ?? null, detail };
    });
    const next = found.length > room ? (last ? `p${last.day}.${last.personId}` : `r${stated.at(-1)?.id ?? 0}`) : null;
    return { items: [...stated.map((one) => one.record), ...named], next };
  }

  private async stated(
    q: Queryable,
    actor: Actor,
    question: Question,
    limit: number,
    after: number | null,
  ): Promise<{ id: number; record: OrganisationRecord }[]> {
    const found = await this.admissions.reports(q, question, { limit, after });
    const params: unknown[] = [[...new Set(found.map((one) => one.recordId))]];
    const seen = this.tree.inScope('r.unit_id', scopeOf(actor, 'result.read'), params);
    const rows = await q.query<{ id: number; recordedOn: Day }>(
      `SELECT r.id, r.recorded_on AS "recordedOn" FROM result_report r WHERE r.id = ANY($1) AND ${seen}`,
      params,
    );
    const visible = new Map(rows.map((row) => [row.id, row.recordedOn]));
    const units = await this.tree.refs(
      q,
      found.map((one) => one.unitId),
    );
    return found.map(({ id, recordId, unitId, from, to, figure, counted, scope }) => {
      const base = { day: to, figure, counted, recordedOn: visible.get(recordId) ?? null };
      const unit = units.get(unitId) ?? null;
      const whole = scope === 'INCLUDES_SUBORDINATES' ? 'gồm cả cấp dưới' : 'riêng đơn vị';
      const detail = `${printQualified(figure)} đoàn viên, từ ${printDay(from)} đến ${printDay(to)}, ${whole}`;
      return {
        id,
        record: visible.has(recordId)
          ? { ...base, what: 'REPORT' as const, id: recordId, title: `Báo cáo số ${recordId}`, unit, detail }
          : { ...base, ...HIDDEN },
      };
    });
  }
}

function workersOf({ workers, workersAsOf, source }: AgencyView): string {
  const told = workers
    ? `${printQualified(workers)} lao động${workersAsOf ? ` (đến ${printDay(workersAsOf)})` : ''}`
    : 'chưa rõ số lao động';
  return `${told}; nguồn: ${source}`;
}

function numberOf(after: string | null): number {
  if (after === null) return 0;
  if (!/^\d{1,9}$/.test(after)) throw unknownPlace();
  return Number(after);
}

function placeOf(after: string | null): { report: number | null } | { day: Day; person: number } {
  if (after === null) return { report: null };
  const [, report] = /^r(\d{1,15})$/.exec(after) ?? [];
  if (report) return { report: Number(report) };
  const [, day, person] = /^p(\d{4}-\d{2}-\d{2})\.(\d{1,9})$/.exec(after) ?? [];
  if (!isDay(day) || !person) throw unknownPlace();
  return { day, person: Number(person) };
}

function unknownPlace(): Refused {
  return new Refused('page.unknown_place', 'Vị trí trang không hợp lệ.', 'after');
}
