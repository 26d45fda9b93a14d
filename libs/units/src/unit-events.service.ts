import { Injectable } from '@nestjs/common';
import {
  printDay,
  Refused,
  scopeOf,
  tidy,
  type Actor,
  type Classification,
  type Permission,
  type Warning,
} from '@lib/kernel';
import { audit, Clock, type Tx } from '@lib/platform';
import { NOW } from './chains.sql.js';
import type { EventDecisionInput, ReverseUnitEventInput, UnitEventInput } from './events.dto.js';
import { planEvent } from './events.rules.js';
import {
  RESTRICTED_UNIT,
  UNIT_EVENT_NAMES,
  type EventPlan,
  type UnitEventKind,
  type UnitEventRole,
} from './events.words.js';
import { EventWorlds, type ResolvedEvent } from './event-worlds.js';
import { outranks } from './levels.rules.js';
import { LeftWithoutParent, TreeWriter, type WrittenChanges } from './tree-writer.js';
import { UnitTree } from './unit-tree.js';
import { UnitEventsQueries, type UnitEventView } from './unit-events.queries.js';

/** Told before the founding of units is taken back; throws a refusal where something stands on one of them. */
export type UnfoundingListener = (tx: Tx, unitIds: readonly number[]) => Promise<void>;

export interface RecordedUnitEvent extends UnitEventView {
  readonly warnings: readonly Warning[];
}

interface Part {
  readonly unitId: number;
  readonly role: UnitEventRole;
  readonly founded: boolean;
}

/**
 * Reorganisation events as facts. They change the tree in the caller's transaction: rehearsed by rolling it back, applied by
 * letting it commit. A mistaken one is taken back by a counter-event; no row is ever deleted.
 */
@Injectable()
export class UnitEvents {
  private readonly unfounding: UnfoundingListener[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly writer: TreeWriter,
    private readonly worlds: EventWorlds,
    private readonly queries: UnitEventsQueries,
  ) {}

  beforeUnfounding(listener: UnfoundingListener): void {
    this.unfounding.push(listener);
  }

  /**
   * All units that are named must lie in the scope that `permission` opens: both ends of a transfer, every predecessor and
   * successor, and where sub-units go.
   * @throws Refused with the codes of `planEvent`, `units.code_taken`, `unit.not_found`.
   */
  async record(
    tx: Tx,
    actor: Actor,
    input: UnitEventInput,
    permission: Permission = 'reorganisation.apply',
  ): Promise<RecordedUnitEvent> {
    await this.writer.lock(tx);
    const event = await this.worlds.resolve(tx, input, scopeOf(actor, permission));
    const plan = planEvent(event.request, await this.worlds.load(tx, event.request));
    const ids = await this.foundUnits(tx, event);
    const idOf = (unit: number): number => ids.get(unit) ?? unit;
    const written = await this.writer.write(tx, this.changesOf(event, plan, idOf));
    const parts = plan.roles.map(({ unit, role, founded }) => ({ unitId: idOf(unit), role, founded }));
    const { kind, from, until, resumes, complete } = event.request;
    const id = await this.insert(tx, { kind, from, until, resumes, complete, reverses: null }, input, written);
    await this.insertParts(tx, id, parts);
    await this.writer.settle(tx, unitsOf(parts), written);
    await audit(tx, this.clock.now(), actor, 'unit_event.record', String(id), input);
    return { ...(await this.queries.whole(tx, id)), warnings: plan.warnings };
  }

  /**
   * The units it changed stand again as they stood before it, on all days; those it founded are gone from the tree.
   * @throws Refused `unit_event.not_found`, `units.is_counter_event`, `units.already_reversed`, `units.later_change`.
   */
  async reverse(
    tx: Tx,
    actor: Actor,
    eventId: number,
    input: ReverseUnitEventInput,
    permission: Permission = 'reorganisation.apply',
  ): Promise<RecordedUnitEvent> {
    await this.writer.lock(tx);
    const event = await this.reversible(tx, actor, eventId, permission);
    const changed = await tx.query<{ id: number }>(
      `SELECT DISTINCT unit_id AS id FROM unit_change WHERE n BETWEEN $1 AND $2`,
      [event.first, event.last],
    );
    const ids = changed.map((row) => row.id);
    const later = await this.laterThan(tx, ids, event.last);
    if (later) throw later;
    const before = await this.writer.versionsBefore(tx, ids, event.first);
    const unfounded = ids.filter((id) => !before.has(id));
    if (unfounded.length > 0) for (const listener of this.unfounding) await listener(tx, unfounded);
    const fromDay = event.from;
    let written: WrittenChanges;
    try {
      written = await this.writer.write(
        tx,
        ids.map((unitId) => ({ unitId, versions: before.get(unitId) ?? [], what: 'REVERSE', fromDay })),
      );
    } catch (error) {
      if (error instanceof LeftWithoutParent) throw await this.builtOn(tx, error.unitIds, event.last, error);
      throw error;
    }
    await this.checkRanks(tx, ids, event);
    const id = await this.insert(tx, { ...event, reverses: eventId }, input, written);
    const parts = await tx.query<Part>(
      `INSERT INTO unit_event_unit (event_id, unit_id, role, founded, name, level)
       SELECT $1, unit_id, role, founded, name, level FROM unit_event_unit WHERE event_id = $2
       RETURNING unit_id AS "unitId", role, founded`,
      [id, eventId],
    );
    await this.writer.settle(tx, unitsOf(parts), written);
    await audit(tx, this.clock.now(), actor, 'unit_event.reverse', String(eventId), input);
    return { ...(await this.queries.whole(tx, id)), warnings: [] };
  }

  /** A successor of restricted units is restricted itself. */
  private async foundUnits(tx: Tx, { request, codes }: ResolvedEvent): Promise<Map<number, number>> {
    const restricted = await this.tree.restricted(tx, request.units);
    const classification: Classification = restricted.size > 0 ? 'RESTRICTED' : 'INTERNAL';
    const ids = new Map<number, number>();
    for (const { id, field } of request.founded)
      ids.set(id, await this.writer.found(tx, codes.get(id) ?? '', classification, request.from, `${field}.code`));
    return ids;
  }

  private changesOf({ request }: ResolvedEvent, plan: EventPlan, idOf: (unit: number) => number) {
    return [...plan.changed].map(([unit, versions]) => ({
      unitId: idOf(unit),
      versions: versions.map((v) => ({ ...v, parentId: v.parentId === null ? null : idOf(v.parentId) })),
      what: request.kind,
      fromDay: request.from,
    }));
  }

  private async insert(
    tx: Tx,
    event: Pick<ResolvedEvent['request'], 'kind' | 'from' | 'until' | 'resumes' | 'complete'> & {
      reverses: number | null;
    },
    { decision, note }: { decision: EventDecisionInput; note?: string | null },
    written: WrittenChanges,
  ): Promise<number> {
    const [row] = await tx.query<{ id: number }>(
      `INSERT INTO unit_event (kind, from_day, until_day, resumes, complete, reverses, decision_number, decision_day, decision_body, note,
                               first_change, last_change, recorded_on)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id`,
      [
        event.kind,
        event.from,
        event.until,
        event.resumes,
        event.complete,
        event.reverses,
        tidy(decision.number),
        decision.day,
        decision.body ? tidy(decision.body) : null,
        note ? tidy(note) : null,
        written.first,
        written.last,
        this.clock.today(),
      ],
    );
    if (!row) throw new Error('no event id');
    return row.id;
  }

  /** Each with the name that the event left it, or its last. */
  private async insertParts(tx: Tx, eventId: number, parts: readonly Part[]): Promise<void> {
    await tx.query(
      `INSERT INTO unit_event_unit (event_id, unit_id, role, founded, name, level)
       SELECT e.id, p.unit_id, p.role, p.founded, v.name, v.level
         FROM unit_event e CROSS JOIN unnest($2::int[], $3::text[], $4::boolean[]) AS p (unit_id, role, founded)
         CROSS JOIN LATERAL (SELECT v.name, v.level FROM unit_version v WHERE v.unit_id = p.unit_id AND v.tto = ${NOW} AND v.vfrom <= e.from_day
                              ORDER BY v.vfrom DESC LIMIT 1) v
        WHERE e.id = $1`,
      [eventId, parts.map((p) => p.unitId), parts.map((p) => p.role), parts.map((p) => p.founded)],
    );
  }

  private async reversible(tx: Tx, actor: Actor, eventId: number, permission: Permission) {
    const [event] = await tx.query<ReversibleEvent>(
      `SELECT e.kind, e.from_day AS "from", e.until_day AS until, e.resumes, e.complete, e.reverses, e.first_change AS first, e.last_change AS last,
              r.id AS "reversedBy"
         FROM unit_event e LEFT JOIN unit_event r ON r.reverses = e.id WHERE e.id = $1`,
      [eventId],
    );
    const params: unknown[] = [eventId];
    const scoped = this.tree.inScope('p.unit_id', scopeOf(actor, permission), params);
    const outside = await tx.query(
      `SELECT 1 FROM unit_event_unit p WHERE p.event_id = $1 AND p.role <> 'MOVED' AND NOT ${scoped} AND ${STILL_KNOWN} LIMIT 1`,
      params,
    );
    if (!event || outside.length > 0) throw Refused.notFound('unit_event');
    if (event.reverses !== null)
      throw new Refused(
        'units.is_counter_event',
        'Sự kiện huỷ không thể bị huỷ; hãy ghi nhận lại sự kiện.',
        null,
        'conflict',
      );
    if (event.reversedBy !== null)
      throw new Refused('units.already_reversed', 'Sự kiện này đã được huỷ trước đó.', null, 'conflict');
    return event;
  }

  private async builtOn(tx: Tx, orphans: readonly number[], last: number, otherwise: Refused): Promise<Refused> {
    const uppers = await tx.query<{ id: number }>(
      `SELECT DISTINCT parent_id AS id FROM unit_version WHERE unit_id = ANY($1) AND tto = ${NOW} AND parent_id IS NOT NULL`,
      [orphans],
    );
    return (await this.laterThan(tx, [...orphans, ...uppers.map((row) => row.id)], last)) ?? otherwise;
  }

  /** A unit that came to stand below a restored one because of its level is built on the event, too. */
  private async checkRanks(tx: Tx, ids: readonly number[], { from, last }: ReversibleEvent): Promise<void> {
    const pairs = await tx.query<{ unit: number; upper: number; level: string; above: string }>(
      `SELECT DISTINCT v.unit_id AS unit, p.unit_id AS upper, v.level, p.level AS above
         FROM unit_version v JOIN unit_version p ON p.unit_id = v.parent_id AND p.tto = ${NOW} AND p.vfrom < v.vto AND v.vfrom < p.vto
        WHERE v.tto = ${NOW} AND v.level <> p.level AND v.vto > $2 AND p.vto > $2 AND (v.unit_id = ANY($1) OR p.unit_id = ANY($1))`,
      [ids, from],
    );
    const wrong = pairs
      .filter(({ level, above }) => outranks(level, above))
      .flatMap(({ unit, upper }) => [unit, upper]);
    const later = wrong.length > 0 ? await this.laterThan(tx, wrong, last) : null;
    if (later) throw later;
  }

  /** The first change of the units after change `last` that still holds, as a refusal that names it. */
  private async laterThan(tx: Tx, ids: readonly number[], last: number): Promise<Refused | null> {
    const [later] = await tx.query<{
      name: string;
      kind: UnitEventKind | null;
      from: string;
      decision: string | null;
    }>(
      `SELECT CASE WHEN u.classification = 'RESTRICTED' THEN '${RESTRICTED_UNIT}' ELSE coalesce(v.name, '') || ' (' || u.code || ')' END AS name, e.kind, coalesce(e.from_day, c.from_day) AS "from", e.decision_number AS decision
         FROM unit_change c JOIN unit u ON u.id = c.unit_id
         LEFT JOIN unit_event e ON c.n BETWEEN e.first_change AND e.last_change
         LEFT JOIN LATERAL (SELECT name FROM unit_version WHERE unit_id = c.unit_id AND tfrom = c.n ORDER BY vfrom DESC LIMIT 1) v ON true
        WHERE c.unit_id = ANY($1) AND c.n > $2 AND c.what NOT IN ('STRENGTH', 'DAY')
          AND (e.id IS NULL OR (e.reverses IS NULL AND NOT EXISTS (SELECT 1 FROM unit_event r WHERE r.reverses = e.id)))
        ORDER BY c.n LIMIT 1`,
      [ids, last],
    );
    if (!later) return null;
    const what = later.kind ? UNIT_EVENT_NAMES[later.kind] : 'Thay đổi đơn vị';
    const by = later.decision ? ` theo quyết định ${later.decision}` : '';
    const since = later.from === '-infinity' ? '' : `, hiệu lực từ ${printDay(later.from)}`;
    return new Refused(
      'units.later_change',
      `Sau sự kiện này đã có: ${what} ${later.name}${by}${since}. Hãy huỷ việc đó trước.`,
      null,
      'conflict',
    );
  }
}

function unitsOf(parts: readonly Part[]): number[] {
  return [...new Set(parts.map((part) => part.unitId))];
}

interface ReversibleEvent {
  readonly kind: UnitEventKind;
  readonly from: string;
  readonly until: string | null;
  readonly resumes: boolean;
  readonly complete: boolean;
  readonly reverses: number | null;
  readonly first: number;
  readonly last: number;
  readonly reversedBy: number | null;
}

/** Units whose founding was taken back lie in nobody's scope any more. */
const STILL_KNOWN = `EXISTS (SELECT 1 FROM unit_version kv WHERE kv.unit_id = p.unit_id AND kv.tto = ${NOW})`;
