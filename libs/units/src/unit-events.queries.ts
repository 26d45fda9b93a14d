import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isDay, Refused, scopeOf, subtree, type Actor, type Day, type Level, type Scope } from '@lib/kernel';
import { reader, type Queryable } from '@lib/platform';
import type { UnitEventsQuery } from './events.dto.js';
import type { UnitEventKind, UnitEventRole } from './events.words.js';
import { UnitTree, type UnitRef } from './unit-tree.js';

/** A unit in an event, by the name that the event left it. */
export interface UnitEventPart extends UnitRef {
  readonly unitId: number;
  /** The event founded it. */
  readonly founded: boolean;
}

export interface UnitEventView {
  readonly id: number;
  readonly kind: UnitEventKind;
  readonly from: Day;
  readonly until: Day | null;
  readonly resumes: boolean;
  readonly complete: boolean;
  readonly decision: { readonly number: string | null; readonly day: Day | null; readonly body: string | null };
  readonly note: string | null;
  readonly recordedOn: Day;
  /** The mistaken event that this one takes back. */
  readonly reverses: number | null;
  /** The event that took this one back. */
  readonly reversedBy: number | null;
  readonly subjects: readonly UnitEventPart[];
  readonly predecessors: readonly UnitEventPart[];
  readonly successors: readonly UnitEventPart[];
  /** The first of them by name; `movedCount` tells how many there are. */
  readonly moved: readonly UnitEventPart[];
  readonly movedCount: number;
  /** Units took part that the reader may not see; the note may tell of them, and is left out. */
  readonly others: boolean;
}

export interface UnitEventPage {
  readonly items: readonly UnitEventView[];
  /** Give it as `after` for what follows; null at the end. */
  readonly next: string | null;
}

type EventRow = Omit<
  UnitEventView,
  'subjects' | 'predecessors' | 'successors' | 'moved' | 'movedCount' | 'others' | 'decision'
> & { number: string | null; day: Day | null; body: string | null };
type PartRow = UnitEventPart & { event: number; role: UnitEventRole };

const EVENT = `
  SELECT e.id, e.kind, e.from_day AS "from", e.until_day AS until, e.resumes, e.complete, e.decision_number AS number, e.decision_day AS day,
         e.decision_body AS body, e.note, e.recorded_on AS "recordedOn", e.reverses, r.id AS "reversedBy"
    FROM unit_event e LEFT JOIN unit_event r ON r.reverses = e.id`;
const PAGE = 50;
/** Units of one role that a list shows; a merged province moves hundreds. */
const SHOWN = 200;

/** Events as facts, to whoever sees one of their units; the others are not named. */
@Injectable()
export class UnitEventsQueries {
  constructor(
    private readonly db: DataSource,
    private readonly tree: UnitTree,
  ) {}

  /** @throws Refused `unit_event.not_found` */
  async one(actor: Actor, id: number): Promise<UnitEventView> {
    const q = reader(this.db);
    const params: unknown[] = [id];
    const seen = this.seen(scopeOf(actor, 'unit.read'), params);
    const rows = await q.query<EventRow>(`${EVENT} WHERE e.id = $1 AND ${partOf(seen)}`, params);
    const [view] = await this.views(q, rows, scopeOf(actor, 'unit.read'));
    if (!view) throw Refused.notFound('unit_event');
    return view;
  }

  /** The event with all its units, whoever asks: for the command that wrote it. */
  async whole(q: Queryable, id: number): Promise<UnitEventView> {
    const [view] = await this.views(
      q,
      await q.query<EventRow>(`${EVENT} WHERE e.id = $1`, [id]),
      { everywhere: true },
      null,
    );
    if (!view) throw Refused.notFound('unit_event');
    return view;
  }

  /** Events of the units below one (of all that one sees, when left out), by the day from which they hold, newest first. */
  async list(actor: Actor, ask: UnitEventsQuery): Promise<UnitEventPage> {
    const q = reader(this.db);
    const scope = scopeOf(actor, 'unit.read');
    const params: unknown[] = [];
    const where = [partOf(this.seen(scope, params))];
    if (ask.unit) where.push(partOf(this.seen(subtree(await this.tree.idOf(q, ask.unit, scope)), params)));
    if (ask.kind) where.push(`e.kind = $${params.push(ask.kind)}`);
    if (ask.from) where.push(`e.from_day >= $${params.push(ask.from)}`);
    if (ask.to) where.push(`e.from_day <= $${params.push(ask.to)}`);
    if (ask.standing === 'true') where.push(`e.reverses IS NULL AND r.id IS NULL`);
    if (ask.after) where.push(`(e.from_day, e.id) < ${afterKey(ask.after, params)}`);
    const limit = ask.limit ?? PAGE;
    const rows = await q.query<EventRow>(
      `${EVENT} WHERE ${where.join(' AND ')} ORDER BY e.from_day DESC, e.id DESC LIMIT $${params.push(limit + 1)}`,
      params,
    );
    const items = await this.views(q, rows.slice(0, limit), scope);
    const last = items.at(-1);
    return { items, next: rows.length > limit && last ? `${last.from}_${last.id}` : null };
  }

  /** Every event of one unit, newest first; those taken back and their counter-events are among them. */
  async of(q: Queryable, unitId: number, scope: Scope): Promise<UnitEventView[]> {
    const rows = await q.query<EventRow>(
      `${EVENT} WHERE EXISTS (SELECT 1 FROM unit_event_unit p WHERE p.event_id = e.id AND p.unit_id = $1) ORDER BY e.from_day DESC, e.id DESC`,
      [unitId],
    );
    return this.views(q, rows, scope);
  }

  /** The parts the scope sees; one whose founding was taken back is judged by where the event had put it. */
  private seen(scope: Scope, params: unknown[]): string {
    const change = `(SELECT coalesce(o.last_change, e.last_change) FROM unit_event e LEFT JOIN unit_event o ON o.id = e.reverses WHERE e.id = p.event_id)`;
    return `(${this.tree.inScope('p.unit_id', scope, params)} OR ${this.tree.wasInScope('p.unit_id', scope, change, params)})`;
  }

  private async views(
    q: Queryable,
    events: readonly EventRow[],
    scope: Scope,
    shown: number | null = SHOWN,
  ): Promise<UnitEventView[]> {
    if (events.length === 0) return [];
    const params: unknown[] = [events.map((event) => event.id), shown];
    const seen = this.seen(scope, params);
    const parts = await q.query<PartRow & { place: number | null; count: number }>(
      `SELECT seen_part.*, u.code FROM (
         SELECT p.event_id AS event, p.role, p.unit_id AS "unitId", p.name, p.level, p.founded,
                row_number() OVER (PARTITION BY p.event_id, p.role ORDER BY p.name, p.unit_id)::int AS place,
                (count(*) OVER (PARTITION BY p.event_id, p.role))::int AS count
           FROM unit_event_unit p WHERE p.event_id = ANY($1) AND ${seen}) seen_part JOIN unit u ON u.id = seen_part."unitId"
        WHERE $2::int IS NULL OR seen_part.place <= $2 ORDER BY seen_part.event, seen_part.role, seen_part.place`,
      params,
    );
    const sizes = await q.query<{ event: number; size: number }>(
      `SELECT event_id AS event, count(*)::int AS size FROM unit_event_unit WHERE event_id = ANY($1) GROUP BY event_id`,
      [events.map((event) => event.id)],
    );
    return events.map(({ number, day, body, ...event }) => {
      const own = parts.filter((part) => part.event === event.id);
      const of = (role: UnitEventRole): UnitEventPart[] =>
        own
          .filter((part) => part.role === role)
          .map(({ unitId, code, name, level, founded }) => ({ unitId, code, name, level: level as Level, founded }));
      const counted = own.filter((part) => part.place === 1).reduce((sum, part) => sum + part.count, 0);
      const others = counted < (sizes.find((row) => row.event === event.id)?.size ?? 0);
      return {
        ...event,
        decision: { number, day, body },
        note: others ? null : event.note,
        subjects: of('SUBJECT'),
        predecessors: of('PREDECESSOR'),
        successors: of('SUCCESSOR'),
        moved: of('MOVED'),
        movedCount: own.find((part) => part.role === 'MOVED')?.count ?? 0,
        others,
      };
    });
  }
}

function partOf(seen: string): string {
  return `EXISTS (SELECT 1 FROM unit_event_unit p WHERE p.event_id = e.id AND ${seen})`;
}

function afterKey(after: string, params: unknown[]): string {
  const [, day, id] = /^(\d{4}-\d{2}-\d{2})_(\d{1,9})$/.exec(after) ?? [];
  if (!isDay(day) || !id) throw new Refused('page.unknown_place', 'Vị trí trang không hợp lệ.', 'after');
  return `($${params.push(day)}::date, $${params.push(Number(id))}::int)`;
}
