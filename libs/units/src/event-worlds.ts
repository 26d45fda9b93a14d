import { Injectable } from '@nestjs/common';
import { Refused, tidy, type Scope } from '@lib/kernel';
import type { Tx } from '@lib/platform';
import { NOW } from './chains.sql.js';
import type { UnitEventInput } from './events.dto.js';
import {
  RESTRICTED_UNIT,
  type EventRequest,
  type EventWorld,
  type FoundedUnit,
  type LaterEvent,
} from './events.words.js';
import { TreeWriter } from './tree-writer.js';
import { UnitTree } from './unit-tree.js';

/** An event in ids, and the codes of the units that it founds. */
export interface ResolvedEvent {
  readonly request: EventRequest;
  readonly codes: ReadonlyMap<number, string>;
}

/** From the codes of an input to ids, and to what the rules need to see of the tree. */
@Injectable()
export class EventWorlds {
  constructor(
    private readonly tree: UnitTree,
    private readonly writer: TreeWriter,
  ) {}

  /** @throws Refused `unit.not_found` at every code that is unknown or outside the scope, `units.event_successors`,
   * `units.sub_unit_twice`. */
  async resolve(tx: Tx, input: UnitEventInput, scope: Scope): Promise<ResolvedEvent> {
    const successors = input.successors ?? [];
    const subUnits = input.subUnits ?? [];
    const founded = new Map<string, number>();
    successors.forEach(({ code, found }, index) => {
      if ((code === undefined) === (found === undefined))
        throw new Refused(
          'units.event_successors',
          'Chọn một đơn vị đã có, hoặc nêu đơn vị thành lập mới.',
          `successors[${index}]`,
        );
      if (found && founded.has(found.code))
        throw new Refused(
          'units.code_taken',
          `Mã đơn vị ${found.code} được nêu hai lần.`,
          `successors[${index}].found.code`,
        );
      if (found) founded.set(found.code, -1 - index);
    });
    const named: [code: string, field: string][] = [
      ...input.units.map((code, i): [string, string] => [code, `units[${i}]`]),
      ...successors.map(({ code, found }, i): [string, string] =>
        found ? [found.parent, `successors[${i}].found.parent`] : [code ?? '', `successors[${i}].code`],
      ),
      ...subUnits.flatMap(({ unit, to }, i): [string, string][] => [
        [unit, `subUnits[${i}].unit`],
        [to, `subUnits[${i}].to`],
      ]),
      ...(input.parent === undefined ? [] : [[input.parent, 'parent'] as [string, string]]),
    ];
    const known = await this.tree.idsOf(tx, [...new Set(named.map(([code]) => code))], scope);
    const missing = named.filter(([code]) => !known.has(code) && !founded.has(code));
    if (missing.length > 0)
      throw Refused.all(
        missing.map(([, field]) => Refused.notFound('unit', field).details[0]).filter((one) => one !== undefined),
        'not_found',
      );
    const idOf = (code: string): number => founded.get(code) ?? known.get(code) ?? 0;
    const twice = successors.findIndex(
      ({ code }, i) => code && successors.slice(0, i).some((other) => other.code === code),
    );
    if (twice >= 0)
      throw new Refused('units.event_successors', 'Đơn vị tiếp nhận được nêu hai lần.', `successors[${twice}].code`);
    const sent = new Set<string>();
    for (const [index, { unit }] of subUnits.entries()) {
      if (sent.has(unit))
        throw new Refused('units.sub_unit_twice', `Đơn vị ${unit} được nêu hai lần.`, `subUnits[${index}].unit`);
      sent.add(unit);
    }
    const units: FoundedUnit[] = successors.flatMap(({ found }, index) => {
      if (!found) return [];
      const { name, level, kind } = found;
      const field = `successors[${index}].found`;
      return [{ id: -1 - index, name: tidy(name), level, kind: kind ?? null, parentId: idOf(found.parent), field }];
    });
    return {
      codes: new Map([...founded].map(([code, id]) => [id, code])),
      request: {
        kind: input.kind,
        from: input.from,
        until: input.until ?? null,
        resumes: input.resumes ?? false,
        complete: input.complete ?? true,
        decisionDay: input.decision.day,
        units: input.units.map(idOf),
        successors: successors.map(({ code, found }) => idOf(code ?? found?.code ?? '')),
        founded: units,
        subUnits: new Map(subUnits.map(({ unit, to }) => [idOf(unit), idOf(to)])),
        name: input.name === undefined ? null : tidy(input.name),
        level: input.level ?? null,
        parentId: input.parent === undefined ? null : idOf(input.parent),
      },
    };
  }

  /** Versions, sub-units, later events and names of whoever the event concerns; a few statements, however many they are. */
  async load(tx: Tx, request: EventRequest): Promise<EventWorld> {
    const named = [
      ...request.units,
      ...request.successors,
      ...request.founded.map((one) => one.parentId),
      ...[...request.subUnits].flat(),
      ...(request.parentId === null ? [] : [request.parentId]),
    ].filter((id) => id > 0);
    const below = await tx.query<{ unit: number; parent: number }>(
      `SELECT DISTINCT unit_id AS unit, parent_id AS parent FROM unit_version WHERE parent_id = ANY($1) AND tto = ${NOW} AND vto > $2`,
      [request.units, request.from],
    );
    const concerned = [...new Set([...named, ...below.map((row) => row.unit)])];
    const all = await tx.query<{ id: number; code: string }>(
      `SELECT u.id, u.code FROM unit u WHERE u.id IN (SELECT unnest($1::int[]) UNION SELECT ancestor_id FROM unit_path WHERE unit_id = ANY($1) AND tto = ${NOW})`,
      [concerned],
    );
    const versions = await this.writer.versionsOf(
      tx,
      all.map((row) => row.id),
    );
    const codes = new Map(all.map((row) => [row.id, row.code]));
    // Whoever names a unit sees it; that others are there, not which, is told of those that not everybody sees.
    const hidden = await this.tree.restricted(
      tx,
      all.map((row) => row.id).filter((id) => !named.includes(id)),
    );
    const children = new Map<number, number[]>();
    for (const { unit, parent } of below) children.set(parent, [...(children.get(parent) ?? []), unit]);
    return {
      versions,
      children,
      later: await this.laterEvents(tx, named, request.from),
      nameOf: (unit) =>
        hidden.has(unit) ? RESTRICTED_UNIT : `${versions.get(unit)?.at(-1)?.name ?? ''} (${codes.get(unit) ?? ''})`,
    };
  }

  private laterEvents(tx: Tx, units: readonly number[], from: string): Promise<LaterEvent[]> {
    return tx.query<LaterEvent>(
      `SELECT p.unit_id AS "unitId", e.kind, e.from_day AS "from", p.role, p.founded, e.complete, e.decision_number AS decision
         FROM unit_event_unit p JOIN unit_event e ON e.id = p.event_id
        WHERE p.unit_id = ANY($1) AND e.from_day > $2 AND e.reverses IS NULL AND NOT EXISTS (SELECT 1 FROM unit_event r WHERE r.reverses = e.id)
        ORDER BY e.from_day, e.id`,
      [units, from],
    );
  }
}
