import { Injectable } from '@nestjs/common';
import { ROLE_NAMES, scopeOf, type Actor } from '@lib/kernel';
import type { Queryable } from '@lib/platform';
import { UnitTree, type Lens, type PlacementDifference, type UnitRef } from '@lib/units';
import type { Rehearsed } from './rehearsals.service.js';
import type { RehearsalListQuery } from './reorganisations.dto.js';
import type {
  AccountChangeView,
  PlacementChange,
  PlacementPage,
  PlacementView,
  RehearsalView,
  SummaryChanges,
} from './reorganisations.views.js';

const FIRST_PAGE = 200;

/** Units by id as this reader may see them; those founded in the rehearsal exist nowhere else. */
type Shown = ReadonlyMap<number, UnitRef>;

/** What of a rehearsal a reader is shown: what lies in his scope; the rest is counted. */
@Injectable()
export class RehearsalViews {
  constructor(private readonly tree: UnitTree) {}

  async shown(
    q: Queryable,
    actor: Actor,
    body: Rehearsed,
  ): Promise<Omit<RehearsalView, 'at' | 'by' | 'current' | 'openWork'>> {
    const units = await this.units(q, actor, body);
    const accounts = body.accounts.flatMap((one): AccountChangeView[] => {
      const unit = units.get(one.unitId);
      const fromUnit = one.fromUnitId === null ? null : units.get(one.fromUnitId);
      if (!unit || fromUnit === undefined) return [];
      const { name, role, gains, losses } = one;
      return [
        { name, role, roleName: ROLE_NAMES[role], unit, follows: fromUnit !== null, fromUnit, gains, loses: losses },
      ];
    });
    return {
      placements: page(body, units, 0, FIRST_PAGE),
      unitsBelow: body.unitsBelow,
      accounts: { items: accounts, hidden: body.accounts.length - accounts.length, more: body.moreAccounts },
      tasks: body.tasks,
      people: body.moves.flatMap(({ fromUnitId, toUnitId, people }) => {
        const [from, to] = [units.get(fromUnitId), units.get(toUnitId)];
        return from && to ? [{ from, to, count: people }] : [];
      }),
      asWas: changes(body, units, 'as-was'),
      asIs: changes(body, units, 'as-is'),
      warnings: body.warnings,
    };
  }

  async placements(
    q: Queryable,
    actor: Actor,
    body: Rehearsed,
    { after = 0, limit = FIRST_PAGE }: RehearsalListQuery,
  ): Promise<PlacementPage> {
    return page(body, await this.units(q, actor, body), after, limit);
  }

  private async units(q: Queryable, actor: Actor, body: Rehearsed): Promise<Shown> {
    const founded = new Map(body.founded.map(({ id, code }) => [id, code]));
    const ids = [
      ...body.placements.flatMap(({ unitId, before, after }) => [unitId, before?.parentId, after?.parentId]),
      ...body.accounts.flatMap(({ unitId, fromUnitId }) => [unitId, fromUnitId]),
      ...body.moves.flatMap(({ fromUnitId, toUnitId }) => [fromUnitId, toUnitId]),
      ...body.summaries.map(({ unitId }) => unitId),
    ].filter((id): id is number => typeof id === 'number' && !founded.has(id));
    const params: unknown[] = [[...new Set(ids)]];
    const seen = await q.query<{ id: number }>(
      `SELECT u.id FROM unit u WHERE u.id = ANY($1) AND ${this.tree.inScope('u.id', scopeOf(actor, 'unit.read'), params)}`,
      params,
    );
    const refs = await this.tree.refs(
      q,
      seen.map(({ id }) => id),
    );
    for (const { unitId, after } of body.placements) {
      const code = founded.get(unitId);
      // What the plan founds, its readers have in the plan.
      if (code !== undefined && after) refs.set(unitId, { code, name: after.name, level: after.level });
    }
    return refs;
  }
}

function page({ placements }: Rehearsed, units: Shown, after: number, limit: number): PlacementPage {
  const seen = placements.flatMap((one) => placement(one, units));
  return {
    items: seen.slice(after, after + limit),
    next: seen.length > after + limit ? after + limit : null,
    all: placements.length,
    hidden: placements.length - seen.length,
  };
}

function placement({ unitId, before, after }: PlacementDifference, units: Shown): PlacementView[] {
  const unit = units.get(unitId);
  if (!unit) return [];
  const parent = (id: number | null | undefined): UnitRef | null => (id ? (units.get(id) ?? null) : null);
  return [
    {
      unit,
      change: changeOf(before, after),
      parentBefore: parent(before?.parentId),
      parentAfter: parent(after?.parentId),
      nameAfter: before && after && before.name !== after.name ? after.name : null,
      levelAfter: before && after && before.level !== after.level ? after.level : null,
    },
  ];
}

function changeOf(before: PlacementDifference['before'], after: PlacementDifference['after']): PlacementChange {
  if (!before) return 'FOUNDED';
  if (!after) return 'ENDED';
  return before.parentId === after.parentId ? 'CHANGED' : 'MOVED';
}

function changes({ summaries, moreSummaries }: Rehearsed, units: Shown, lens: Lens): SummaryChanges {
  const of = summaries.filter((one) => one.lens === lens);
  const items = of.flatMap(({ unitId, from, to, asked, before, after }) => {
    const unit = units.get(unitId);
    return unit ? [{ unit, from, to, asked, before, after }] : [];
  });
  return { items, hidden: of.length - items.length, more: moreSummaries[lens] };
}
