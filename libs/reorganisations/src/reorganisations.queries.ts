import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { fold, Refused, scopeOf, subtree, type Actor, type Day } from '@lib/kernel';
import { Clock, reader, Steps, type Queryable } from '@lib/platform';
import { UNIT_EVENT_NAMES, UnitTree, type UnitEventKind, type UnitRef } from '@lib/units';
import { OpenWork } from './open-work.service.js';
import { endingUnits } from './plan.rules.js';
import { Reorganisation, type ReorganisationPlan } from './reorganisation.entity.js';
import { ReorganisationScope } from './reorganisation-scope.js';
import { REORGANISATION_WORKFLOW, type ReorganisationState } from './reorganisation.workflow.js';
import type { ReorganisationsQuery } from './reorganisations.dto.js';
import type {
  ReorganisationAbility,
  ReorganisationDecision,
  ReorganisationPage,
  ReorganisationRow,
  ReorganisationView,
  SuccessorView,
} from './reorganisations.views.js';

interface Row {
  readonly id: number;
  readonly title: string;
  readonly unitId: number;
  readonly kind: UnitEventKind;
  readonly from: Day;
  readonly plan: ReorganisationPlan;
  readonly state: ReorganisationState;
  readonly version: number;
  readonly decisionNumber: string | null;
  readonly decisionDay: Day | null;
  readonly decisionBody: string | null;
}

const PAGE = 50;
const COLUMNS = `r.id, r.title, r.unit_id AS "unitId", r.kind, r.from_day AS "from", r.plan, r.state, r.version,
  r.decision_number AS "decisionNumber", r.decision_day AS "decisionDay", r.decision_body AS "decisionBody"`;

/** Reorganisations as their readers see them. */
@Injectable()
export class ReorganisationQueries {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly steps: Steps,
    private readonly scope: ReorganisationScope,
    private readonly openWork: OpenWork,
  ) {}

  /** The latest first. */
  async list(actor: Actor, ask: ReorganisationsQuery): Promise<ReorganisationPage> {
    const q = reader(this.db);
    const params: unknown[] = [];
    const where = [this.scope.visible(actor, params)];
    if (ask.state) where.push(`r.state = $${params.push(ask.state)}`);
    if (ask.kind) where.push(`r.kind = $${params.push(ask.kind)}`);
    if (ask.from) where.push(`r.from_day >= $${params.push(ask.from)}::date`);
    if (ask.to) where.push(`r.from_day <= $${params.push(ask.to)}::date`);
    if (ask.unit) {
      const unit = await this.tree.idOf(q, ask.unit, scopeOf(actor, 'reorganisation.read'));
      const below = this.tree.inScope('nu.unit_id', subtree(unit), params);
      where.push(`EXISTS (SELECT 1 FROM reorganisation_unit nu WHERE nu.reorganisation_id = r.id AND ${below})`);
    }
    const words = fold(ask.q ?? '')
      .split(' ')
      .filter(Boolean);
    if (words.length > 0) {
      const sought = words.map((word) => `${word}:*`).join(' & ');
      where.push(`to_tsvector('simple', r.title_folded) @@ to_tsquery('simple', $${params.push(sought)})`);
    }
    if (ask.after) where.push(`r.id < $${params.push(ask.after)}`);
    const limit = ask.limit ?? PAGE;
    const rows = await q.query<Row>(
      `SELECT ${COLUMNS} FROM reorganisation r WHERE ${where.join(' AND ')} ORDER BY r.id DESC LIMIT $${params.push(limit + 1)}`,
      params,
    );
    const page = rows.slice(0, limit);
    return {
      items: await this.rows(q, actor, page),
      next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
    };
  }

  /** @throws Refused `reorganisation.not_found` */
  async view(actor: Actor, id: number): Promise<ReorganisationView> {
    const q = reader(this.db);
    const row = await this.readable(q, actor, id);
    const [common] = await this.rows(q, actor, [row]);
    if (!common) throw Refused.notFound('reorganisation');
    const above = await this.scope.holds(q, actor, 'reorganisation.read', id);
    const ending = endingUnits(row.kind, row.plan);
    const heirs = above ? await this.openWork.heirs(q, row) : [];
    const { subUnits = [], successors = [], parent } = row.plan;
    const named = await this.named(q, actor, [
      ...heirs,
      ...ending,
      ...subUnits.map(({ unit }) => unit),
      ...successors.flatMap(({ code }) => code ?? []),
      ...(parent ? [parent] : []),
    ]);
    const isOpen = row.state === 'DRAFT' || row.state === 'SCHEDULED';
    const [rehearsal] = await q.query<{ version: number; at: Date }>(
      `SELECT version, at FROM reorganisation_rehearsal WHERE reorganisation_id = $1`,
      [id],
    );
    return {
      ...common,
      complete: row.plan.complete !== false,
      successors: successorViews(row.plan, named),
      subUnits: subUnits.flatMap(({ unit, to }) => {
        const ref = named.get(unit);
        return ref ? [{ unit: ref, to }] : [];
      }),
      name: row.plan.name ?? null,
      level: row.plan.level ?? null,
      parent: (parent && named.get(parent)) || null,
      until: row.plan.until ?? null,
      resumes: row.plan.resumes ?? false,
      ending: ending.flatMap((code) => named.get(code) ?? []),
      heirs: heirs.flatMap((code) => named.get(code) ?? foundedRef(row.plan, code)),
      fileId: row.fileId,
      note: row.note,
      openWork: above && isOpen ? this.openWork.sums(await this.openWork.judged(q, actor, row)) : [],
      rehearsedAt: above ? (rehearsal?.at ?? null) : null,
      rehearsalCurrent: rehearsal?.version === row.version,
      heldUp: above ? row.heldUp : null,
      event: row.eventId,
      counterEvent: row.counterEventId,
      preparedBy: row.recordedBy,
      recordedOn: row.recordedOn,
      may: await this.may(q, actor, row),
      history: await this.steps.views(q, REORGANISATION_WORKFLOW, id),
    };
  }

  /** Whether the file is that of a decision which the actor may read. */
  async holdsFile(q: Queryable, actor: Actor, fileId: number): Promise<boolean> {
    const params: unknown[] = [fileId];
    const seen = this.scope.visible(actor, params);
    return (await q.query(`SELECT 1 FROM reorganisation r WHERE r.file_id = $1 AND ${seen}`, params)).length > 0;
  }

  async readable(q: Queryable, actor: Actor, id: number): Promise<Reorganisation> {
    const params: unknown[] = [id];
    const seen = await q.query(
      `SELECT 1 FROM reorganisation r WHERE r.id = $1 AND ${this.scope.visible(actor, params)}`,
      params,
    );
    const row = seen.length > 0 ? await this.db.manager.findOneBy(Reorganisation, { id }) : null;
    if (!row) throw Refused.notFound('reorganisation');
    return row;
  }

  private async rows(q: Queryable, actor: Actor, rows: readonly Row[]): Promise<ReorganisationRow[]> {
    const named = await this.named(
      q,
      actor,
      rows.flatMap(({ plan }) => plan.units),
    );
    const above = await this.tree.refs(
      q,
      rows.map(({ unitId }) => unitId),
    );
    return rows.flatMap((row) => {
      const unit = above.get(row.unitId);
      if (!unit) return [];
      const units = row.plan.units.flatMap((code) => named.get(code) ?? []);
      const { id, title, kind, from, state, version } = row;
      return [
        {
          id,
          title,
          kind,
          kindName: UNIT_EVENT_NAMES[kind],
          from,
          state,
          stateName: REORGANISATION_WORKFLOW.stateNames[state],
          unit,
          units,
          hiddenUnits: row.plan.units.length - units.length,
          decision: decisionOf(row),
          version,
        },
      ];
    });
  }

  /** Names by code; a restricted unit is named only to those who see it. */
  private async named(q: Queryable, actor: Actor, codes: readonly string[]): Promise<Map<string, UnitRef>> {
    const ids = await this.tree.idsOf(q, [...new Set(codes)], { everywhere: true });
    const seen = await this.tree.idsOf(q, [...ids.keys()], scopeOf(actor, 'unit.read'));
    const restricted = await this.tree.restricted(q, [...ids.values()]);
    const shown = [...ids].filter(([code, id]) => seen.has(code) || !restricted.has(id));
    const refs = await this.tree.refs(
      q,
      shown.map(([, id]) => id),
    );
    return new Map(
      shown.flatMap(([code, id]) => {
        const ref = refs.get(id);
        return ref ? [[code, ref] as const] : [];
      }),
    );
  }

  private async may(q: Queryable, actor: Actor, row: Reorganisation): Promise<ReorganisationAbility[]> {
    const prepares = await this.scope.holds(q, actor, 'reorganisation.prepare', row.id);
    const applies = await this.scope.holds(q, actor, 'reorganisation.apply', row.id);
    const ahead = row.from > this.clock.today();
    const { state } = row;
    const draft = state === 'DRAFT';
    const open = draft || state === 'SCHEDULED';
    const able: Record<ReorganisationAbility, boolean> = {
      edit: prepares && draft,
      rehearse: open && (prepares || applies),
      decide: prepares && open,
      request: prepares && draft,
      schedule: applies && draft && ahead,
      unschedule: applies && state === 'SCHEDULED',
      apply: applies && open && !ahead,
      reverse: applies && state === 'APPLIED',
      cancel: prepares && open,
    };
    return (Object.keys(able) as ReorganisationAbility[]).filter((ability) => able[ability]);
  }
}

function decisionOf({ decisionNumber, decisionDay, decisionBody }: Row): ReorganisationDecision | null {
  return decisionNumber === null || decisionDay === null
    ? null
    : { number: decisionNumber, day: decisionDay, body: decisionBody };
}

function successorViews({ successors = [] }: ReorganisationPlan, named: ReadonlyMap<string, UnitRef>): SuccessorView[] {
  return successors.flatMap(({ code, found }): SuccessorView[] => {
    if (found) {
      const { code: own, name, level, parent, kind } = found;
      return [{ code: own, name, level, founded: true, parent, kind: kind ?? null }];
    }
    const ref = named.get(code ?? '');
    return ref ? [{ ...ref, founded: false, parent: null, kind: null }] : [];
  });
}

function foundedRef({ successors = [] }: ReorganisationPlan, sought: string): UnitRef[] {
  return successors.flatMap(({ found }) =>
    found?.code === sought ? [{ code: found.code, name: found.name, level: found.level }] : [],
  );
}
