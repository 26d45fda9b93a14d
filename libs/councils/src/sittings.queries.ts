import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, scopeOf, subtree, type Actor, type Attendance, type Day } from '@lib/kernel';
import { reader, Steps, type Queryable, type StepView } from '@lib/platform';
import { NominationQueries, type NominationView } from '@lib/nominations';
import { UnitTree, type UnitRef } from '@lib/units';
import type { SeatOf } from './conflicts.queries.js';
import { CouncilScope } from './council-scope.js';
import type { SittingsQuery } from './councils.dto.js';
import type { CouncilKind, MemberRole, Presence } from './councils.entity.js';
import { SittingLines, type SittingLineView } from './sitting-lines.queries.js';
import { SITTING_WORKFLOW, type SittingState, type SittingStep } from './sitting.workflow.js';

export interface SittingRow {
  readonly id: number;
  readonly council: { readonly id: number; readonly name: string; readonly kind: CouncilKind };
  readonly unit: UnitRef | null;
  readonly day: Day;
  readonly place: string | null;
  readonly state: SittingState;
  readonly stateName: string;
  /** Lines put before it, and how many of them have an outcome. */
  readonly lineCount: number;
  readonly votedCount: number;
}

export interface SeatView {
  readonly member: number;
  readonly name: string;
  readonly role: MemberRole;
  readonly presence: Presence;
}

/** A step that the reader may take now. */
export interface SittingStepOpen {
  readonly step: SittingStep;
  readonly name: string;
}

export interface MinutesFile {
  readonly id: number;
  readonly name: string;
}

export interface SittingView extends SittingRow {
  readonly members: readonly SeatView[];
  readonly attendance: Attendance;
  readonly lines: readonly SittingLineView[];
  /** Lines of restricted nominees, for which the reader has no clearance. */
  readonly hiddenLines: number;
  readonly minutes: MinutesFile | null;
  readonly steps: readonly SittingStepOpen[];
  /** Whether the reader keeps this sitting: plans it, calls the roll, enters votes. */
  readonly mayKeep: boolean;
  readonly history: readonly StepView[];
  readonly version: number;
}

interface SittingFacts extends Omit<SittingRow, 'unit' | 'stateName'> {
  readonly unitId: number;
  readonly minutes: MinutesFile | null;
  readonly version: number;
}

const COLUMNS = `s.id, json_build_object('id', c.id, 'name', c.name, 'kind', c.kind) AS council, c.unit_id AS "unitId", s.day, s.place, s.state, s.version,
  (SELECT json_build_object('id', f.id, 'name', f.name) FROM file f WHERE f.id = s.minutes_file_id) AS minutes,
  (SELECT count(*)::int FROM sitting_line sl WHERE sl.sitting_id = s.id) AS "lineCount",
  (SELECT count(*)::int FROM sitting_line sl WHERE sl.sitting_id = s.id AND sl.outcome IS NOT NULL) AS "votedCount"`;
const PAGE = 30;

@Injectable()
export class SittingsQueries {
  constructor(
    private readonly db: DataSource,
    private readonly tree: UnitTree,
    private readonly steps: Steps,
    private readonly scope: CouncilScope,
    private readonly lines: SittingLines,
    private readonly nominations: NominationQueries,
  ) {}

  /** Newest first. */
  async list(
    actor: Actor,
    { unit, state, limit = PAGE, after }: SittingsQuery,
  ): Promise<{ items: SittingRow[]; next: string | null }> {
    const q = reader(this.db);
    const params: unknown[] = [];
    const conditions = [this.scope.sitting(actor, params)];
    if (unit) {
      const id = await this.tree.idOf(q, unit, scopeOf(actor, 'council.read'));
      conditions.push(this.tree.inScope('c.unit_id', subtree(id), params));
    }
    if (state) conditions.push(`s.state = $${params.push(state)}`);
    if (after) {
      const [day, id] = after.split('~');
      conditions.push(`(s.day, s.id) < ($${params.push(day)}::date, $${params.push(Number(id))}::int)`);
    }
    const rows = await q.query<SittingFacts>(
      `SELECT ${COLUMNS} FROM sitting s JOIN council c ON c.id = s.council_id WHERE ${conditions.join(' AND ')}
        ORDER BY s.day DESC, s.id DESC LIMIT $${params.push(limit + 1)}`,
      params,
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return { items: await this.rows(q, page), next: rows.length > limit && last ? `${last.day}~${last.id}` : null };
  }

  /** @throws Refused `sitting.not_found` */
  async view(actor: Actor, id: number): Promise<SittingView> {
    const q = reader(this.db);
    const facts = await this.visible(q, actor, id);
    const [row] = await this.rows(q, [facts]);
    if (!row) throw Refused.notFound('sitting');
    const seats = await this.seats(q, id);
    const { lines, hidden } = await this.lines.views(q, actor, id, facts.day, seats);
    const mayKeep = await this.scope.keeps(q, actor, facts.council.id);
    const taken = await this.steps.views(q, SITTING_WORKFLOW, id);
    return {
      ...row,
      members: seats.map(({ member, name, role, presence }) => ({ member, name, role, presence })),
      attendance: attendanceOf(seats, []),
      lines,
      hiddenLines: hidden,
      minutes: facts.minutes,
      steps: mayKeep
        ? SITTING_WORKFLOW.open(facts.state).map((step) => ({ step, name: SITTING_WORKFLOW.steps[step].name }))
        : [],
      mayKeep,
      history: taken,
      version: facts.version,
    };
  }

  /** Eligible lines that the council's unit was asked for: what may be put before the sitting. */
  async ready(actor: Actor, id: number): Promise<{ items: NominationView[] }> {
    const q = reader(this.db);
    const { unitId } = await this.visible(q, actor, id);
    return { items: await this.nominations.ready(q, actor, unitId) };
  }

  /** The members of a sitting: those it began with, before that those the council has. */
  async seats(q: Queryable, sittingId: number): Promise<(SeatOf & SeatView)[]> {
    return q.query<SeatOf & SeatView>(
      `SELECT * FROM (
         SELECT m.member_id AS member, m.name, m.role, m.account_id AS "accountId", m.person_id AS "personId", m.presence
           FROM sitting_member m WHERE m.sitting_id = $1
         UNION ALL
         SELECT m.id, m.name, m.role, m.account_id, m.person_id, 'ABSENT'
           FROM council_member m JOIN sitting s ON s.council_id = m.council_id
          WHERE s.id = $1 AND m.removed_on IS NULL AND NOT EXISTS (SELECT 1 FROM sitting_member x WHERE x.sitting_id = $1)) seat
        ORDER BY array_position(ARRAY['CHAIR', 'VICE_CHAIR', 'MEMBER', 'SECRETARY'], role), member`,
      [sittingId],
    );
  }

  /** Whether the minutes of a sitting that the reader may see are this file. */
  async holdsFile(q: Queryable, actor: Actor, fileId: number): Promise<boolean> {
    const params: unknown[] = [fileId];
    const visible = this.scope.sitting(actor, params);
    const cleared = this.scope.line(actor, params);
    const rows = await q.query(
      `SELECT 1 FROM sitting s JOIN council c ON c.id = s.council_id WHERE s.minutes_file_id = $1 AND ${visible}
          AND NOT EXISTS (SELECT 1 FROM sitting_line sl JOIN nomination_line l ON l.id = sl.line_id WHERE sl.sitting_id = s.id AND NOT ${cleared}) LIMIT 1`,
      params,
    );
    return rows.length > 0;
  }

  private async visible(q: Queryable, actor: Actor, id: number): Promise<SittingFacts> {
    const params: unknown[] = [id];
    const visible = this.scope.sitting(actor, params);
    const [facts] = await q.query<SittingFacts>(
      `SELECT ${COLUMNS} FROM sitting s JOIN council c ON c.id = s.council_id WHERE s.id = $1 AND ${visible}`,
      params,
    );
    if (!facts) throw Refused.notFound('sitting');
    return facts;
  }

  private async rows(q: Queryable, facts: readonly SittingFacts[]): Promise<SittingRow[]> {
    const refs = await this.tree.refs(
      q,
      facts.map(({ unitId }) => unitId),
    );
    return facts.map(({ id, council, unitId, day, place, state, lineCount, votedCount }) => ({
      id,
      council,
      unit: refs.get(unitId) ?? null,
      day,
      place,
      state,
      stateName: SITTING_WORKFLOW.stateNames[state],
      lineCount,
      votedCount,
    }));
  }
}

/** Who could vote, for one line with these members recused. A vice chair takes the chair where the chair is away. */
export function attendanceOf(seats: readonly SeatView[], recused: readonly number[]): Attendance {
  const count = (presence: Presence, among: readonly SeatView[] = seats): number =>
    among.filter((seat) => seat.presence === presence).length;
  const out = seats.filter(({ member }) => recused.includes(member));
  return {
    total: seats.length,
    present: count('PRESENT'),
    consulted: count('CONSULTED'),
    recused: out.length,
    recusedPresent: count('PRESENT', out),
    recusedConsulted: count('CONSULTED', out),
    chaired: seats.some(({ role, presence }) => (role === 'CHAIR' || role === 'VICE_CHAIR') && presence !== 'ABSENT'),
  };
}
