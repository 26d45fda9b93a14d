import { Injectable } from '@nestjs/common';
import { LEVEL_NAMES, Refused, scopeOf, type Actor, type Day, type Level, type RefusalDetail } from '@lib/kernel';
import type { Tx } from '@lib/platform';
import type { BodyLabel, GiverInput } from '@lib/figures';
import { UnitTree, type UnitOnDay } from '@lib/units';
import type { ConferringInput, PresentingInput } from './awards.dto.js';
import { checkConferring, checkExistence } from './awards.rules.js';

/** A conferring body found in the tree or beside it, with its name and level on the day. */
export interface ResolvedBody extends GiverInput {
  /** Whose numbers (decisions, golden book) they are: the body itself, whatever its level was that year. */
  readonly numberedBy: string;
  readonly unitId: number | null;
  readonly outsideId: number | null;
  readonly withinUnitId: number | null;
}

interface OutsideRow {
  id: number;
  code: string;
  name: string;
  level: Level;
}

/** Turns codes of bodies into what is stored. A body may be one's own, an ancestor of the unit honoured, or outside the tree. */
@Injectable()
export class Bodies {
  constructor(private readonly tree: UnitTree) {}

  async conferring(
    tx: Tx,
    actor: Actor,
    given: readonly ConferringInput[],
    unit: UnitOnDay,
    day: Day,
  ): Promise<ResolvedBody[]> {
    const unclear = given.flatMap(checkConferring);
    if (unclear.length > 0) throw Refused.all(unclear);
    const bodies: ResolvedBody[] = [];
    for (const [index, body] of given.entries())
      bodies.push(await this.one(tx, actor, body, unit, day, `conferring[${index}]`));
    const twice = bodies.findIndex((body, index) => bodies.findIndex((other) => other.key === body.key) < index);
    if (twice >= 0)
      throw new Refused('awards.conferring_twice', 'Một cơ quan chỉ ghi một lần.', `conferring[${twice}]`);
    return bodies;
  }

  async presenting(
    tx: Tx,
    actor: Actor,
    given: PresentingInput | null,
    unit: UnitOnDay,
    day: Day,
  ): Promise<(BodyLabel & { unitId: number | null; outsideId: number | null }) | null> {
    if (!given || (!given.unit && !given.outside)) return null;
    const found = await this.one(
      tx,
      actor,
      given.unit ? { unit: given.unit } : { outside: given.outside ?? '' },
      unit,
      day,
      'presenting',
    );
    return { code: found.code, name: found.name, level: found.level, unitId: found.unitId, outsideId: found.outsideId };
  }

  /** A unit by code: within the actor's scope, or an ancestor of the unit honoured (its name is on their own path). */
  async unitId(tx: Tx, actor: Actor, code: string, unit: UnitOnDay, field: string): Promise<number> {
    const mine = await this.tree.idsOf(tx, [code], scopeOf(actor, 'award.record'));
    const id = mine.get(code);
    if (id !== undefined) return id;
    const above = await this.tree.refs(tx, unit.chain);
    for (const [ancestor, ref] of above) if (ref.code === code) return ancestor;
    throw Refused.notFound('unit', field);
  }

  private async one(
    tx: Tx,
    actor: Actor,
    body: ConferringInput,
    unit: UnitOnDay,
    day: Day,
    field: string,
  ): Promise<ResolvedBody> {
    if (body.outside) return this.outside(tx, body.outside, `${field}.outside`);
    if (body.level && body.within) {
      const within = await this.existing(
        tx,
        await this.unitId(tx, actor, body.within, unit, `${field}.within`),
        day,
        `${field}.within`,
      );
      const name = `${LEVEL_NAMES[body.level]} thuộc ${within.name} (không nêu tên)`;
      return {
        key: `l:${body.level}@${within.id}/${within.name}`,
        numberedBy: `l:${body.level}@${within.id}`,
        anchor: within.id,
        code: null,
        name,
        level: body.level,
        unitId: null,
        outsideId: null,
        withinUnitId: within.id,
      };
    }
    const found = await this.existing(
      tx,
      await this.unitId(tx, actor, body.unit ?? '', unit, `${field}.unit`),
      day,
      `${field}.unit`,
    );
    return {
      key: `u:${found.id}/${found.level}/${found.name}`,
      numberedBy: `u:${found.id}`,
      anchor: found.id,
      code: found.code,
      name: found.name,
      level: found.level,
      unitId: found.id,
      outsideId: null,
      withinUnitId: null,
    };
  }

  private async outside(tx: Tx, code: string, field: string): Promise<ResolvedBody> {
    const [row] = await tx.query<OutsideRow>(`SELECT id, code, name, level FROM outside_body WHERE code = $1`, [code]);
    if (!row)
      throw new Refused(
        'outside_body.not_found',
        `Không có cơ quan ngoài công đoàn mang mã ${code}.`,
        field,
        'not_found',
      );
    return {
      key: `o:${row.id}`,
      numberedBy: `o:${row.id}`,
      anchor: null,
      code: row.code,
      name: row.name,
      level: row.level,
      unitId: null,
      outsideId: row.id,
      withinUnitId: null,
    };
  }

  private async existing(tx: Tx, id: number, day: Day, field: string): Promise<UnitOnDay> {
    const found = (await this.tree.onDay(tx, [id], day)).get(id);
    if (found) return found;
    const name = (await this.tree.refs(tx, [id])).get(id)?.name ?? '';
    const wrong: RefusalDetail[] = checkExistence(
      name,
      false,
      (await this.tree.ends(tx, [id])).get(id) ?? null,
      day,
      field,
    );
    throw Refused.all(wrong);
  }
}
