import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Refused, scopeOf, type Actor } from '@lib/kernel';
import { audit, Clock, Steps, type Queryable, type Tx } from '@lib/platform';
import { Desk } from '@lib/desk';
import { UnitTree } from '@lib/units';
import { Dossier } from './dossier.entity.js';
import { DOSSIER_WORKFLOW } from './dossier.workflow.js';
import { NominationLine } from './line.entity.js';
import { SETTLED, UNDER_EMBARGO } from './line.workflow.js';
import { NominationLines } from './lines.service.js';
import { NominationScope } from './nomination-scope.js';

/** A dossier that is open work of a unit: as the one that proposes, or as the one that was asked. */
export interface OpenDossier {
  readonly id: number;
  readonly unitId: number;
  readonly label: string;
  readonly stateName: string;
  readonly link: string;
  readonly visible: boolean;
}

type Ref = Pick<OpenDossier, 'id' | 'unitId'>;

interface Trace {
  readonly toUnitId: number;
  readonly unit: boolean;
  readonly asked: boolean;
  /** Lines whose proposer, and whose nominee's unit, was the unit that ends. */
  readonly proposed: readonly number[];
  readonly nominees: readonly number[];
  readonly tasks: readonly number[];
}

/** The unit stands for two things at once: who proposes, and who was asked. */
const OPEN = `d.state NOT IN ('CLOSED', 'WITHDRAWN') AND (d.state <> 'APPRAISED' OR EXISTS (
  SELECT 1 FROM nomination_carry oc JOIN nomination_line ol ON ol.id = oc.line_id
   WHERE oc.dossier_id = d.id AND oc.until_day IS NULL AND ol.state NOT IN ('AWARDED', 'DECLINED', 'WITHDRAWN', 'INELIGIBLE')))`;

/** Changes with every step of the dossier and of the lines in it. */
const MARK = `d.state || '/' || d.version || '/' || (SELECT coalesce(sum(ml.version), 0) FROM nomination_line ml WHERE ml.at_dossier_id = d.id)`;

/** What becomes of dossiers of a unit that ends. Called in the transaction of the reorganisation, which has judged the right to it. */
@Injectable()
export class DossierOpenWork {
  constructor(
    private readonly clock: Clock,
    private readonly steps: Steps,
    private readonly desk: Desk,
    private readonly scope: NominationScope,
    private readonly lines: NominationLines,
  ) {}

  async list(q: Queryable, reader: Actor, unitIds: readonly number[]): Promise<OpenDossier[]> {
    const params: unknown[] = [unitIds];
    const visible = `(${this.scope.whole(reader, params)} AND ${this.scope.clearedAll(reader, params)})`;
    const rows = await q.query<Omit<OpenDossier, 'stateName' | 'link'> & { state: Dossier['state'] }>(
      `SELECT d.id, side.unit_id AS "unitId", d.title AS label, d.state, ${visible} AS visible
         FROM (SELECT id, unit_id FROM dossier WHERE unit_id = ANY($1) UNION SELECT id, to_unit_id FROM dossier WHERE to_unit_id = ANY($1)) side
         JOIN dossier d ON d.id = side.id WHERE ${OPEN} ORDER BY side.unit_id, d.id`,
      params,
    );
    return rows.map(({ state, ...row }) => ({
      ...row,
      stateName: DOSSIER_WORKFLOW.stateNames[state],
      link: `/de-nghi/${row.id}`,
    }));
  }

  /** Whoever proposed stays in the history of submissions; from here on the other unit answers for the dossier. */
  async handOver(
    tx: Tx,
    actor: Actor,
    refs: readonly Ref[],
    toUnitId: number,
  ): Promise<(Ref & { mark: string; trace: Trace })[]> {
    const handed: (Ref & { trace: Trace })[] = [];
    for (const [unitId, ids] of byUnit(refs)) {
      await this.scope.lockAll(tx, ids);
      const sides = await tx.query<{ id: number; unit: boolean; asked: boolean }>(
        `SELECT id, unit_id = $2 AS unit, to_unit_id IS NOT DISTINCT FROM $2::int AS asked FROM dossier WHERE id = ANY($1) ORDER BY id`,
        [ids, unitId],
      );
      const moved = await this.move(tx, actor, ids, unitId, toUnitId);
      const tasks = await this.tasks(tx, ids, unitId, toUnitId);
      for (const { id, unit, asked } of sides) {
        const of = (list: readonly { id: number; dossierId: number }[]): number[] =>
          list.filter(({ dossierId }) => dossierId === id).map((line) => line.id);
        const trace = {
          toUnitId,
          unit,
          asked,
          proposed: of(moved.proposed),
          nominees: of(moved.nominees),
          tasks: tasks.get(id) ?? [],
        };
        handed.push({ id, unitId, trace });
        await audit(tx, this.clock.now(), actor, 'dossier.handed_over', `dossier:${id}`, trace);
      }
    }
    const marks = await this.marks(
      tx,
      handed.map(({ id }) => id),
    );
    return handed.map((one) => ({ ...one, mark: marks.get(one.id) ?? '' }));
  }

  /** @throws Refused `nominations.before_council` where a line is being weighed above: the dossier has to go on elsewhere */
  async close(tx: Tx, actor: Actor, refs: readonly Ref[], reason: string): Promise<void> {
    const ids = [...new Set(refs.map(({ id }) => id))];
    await this.scope.lockAll(tx, ids);
    const dossiers = await tx.manager.find(Dossier, { where: { id: In(ids) }, order: { id: 'ASC' } });
    for (const dossier of dossiers) {
      const { id } = dossier;
      const lines = await tx.manager.find(NominationLine, {
        where: { atDossierId: id },
        order: { id: 'ASC' },
        lock: { mode: 'pessimistic_write' },
      });
      if (lines.some(({ state }) => UNDER_EMBARGO.includes(state))) {
        const message = `Hồ sơ “${dossier.title}” đang được cấp trên xét khen thưởng: hãy bàn giao, không kết thúc được.`;
        throw new Refused('nominations.before_council', message, 'outcomes', 'conflict');
      }
      dossier.state = await this.steps.take(tx, actor, DOSSIER_WORKFLOW, dossier, 'end_with_unit', reason);
      dossier.settledOn = this.clock.today();
      Object.assign(dossier, this.marked(actor, dossier.version));
      await tx.manager.save(Dossier, dossier);
      for (const line of lines)
        if (!SETTLED.includes(line.state)) await this.lines.take(tx, actor, line, 'end_with_unit', { reason });
      for (const key of taskKeys(
        id,
        lines.map((line) => line.id),
      ))
        await this.desk.close(tx, actor, key);
      await audit(tx, this.clock.now(), actor, 'dossier.ended_with_unit', `dossier:${id}`, { reason });
    }
  }

  async workedOn(q: Queryable, items: readonly (Ref & { mark: string })[]): Promise<Ref[]> {
    const marks = await this.marks(
      q,
      items.map(({ id }) => id),
    );
    return items.filter(({ id, mark }) => marks.get(id) !== mark).map(({ id, unitId }) => ({ id, unitId }));
  }

  async takeBack(tx: Tx, actor: Actor, items: readonly (Ref & { trace: object })[]): Promise<void> {
    for (const { id, unitId, trace } of items) {
      const { toUnitId, unit, asked, proposed, nominees, tasks } = trace as Trace;
      const { version, changedBy, changedAt } = this.marked(actor, 0);
      await tx.query(
        `UPDATE dossier SET unit_id = CASE WHEN $3 THEN $2 ELSE unit_id END, to_unit_id = CASE WHEN $4 THEN $2 ELSE to_unit_id END,
                version = version + $5, changed_by = $6, changed_at = $7 WHERE id = $1`,
        [id, unitId, unit, asked, version, changedBy, changedAt],
      );
      await tx.query(
        `UPDATE nomination_line SET proposing_unit_id = CASE WHEN id = ANY($2) THEN $1 ELSE proposing_unit_id END,
                unit_id = CASE WHEN id = ANY($3) THEN $1 ELSE unit_id END, version = version + 1, changed_by = $4, changed_at = $5
          WHERE id = ANY($2) OR id = ANY($3)`,
        [unitId, proposed, nominees, changedBy, changedAt],
      );
      await this.desk.handOver(tx, toUnitId, unitId, { ids: tasks });
      await audit(tx, this.clock.now(), actor, 'dossier.taken_back', `dossier:${id}`, { unitId });
    }
  }

  private async move(
    tx: Tx,
    actor: Actor,
    ids: readonly number[],
    from: number,
    to: number,
  ): Promise<Record<'proposed' | 'nominees', { id: number; dossierId: number }[]>> {
    const { changedBy, changedAt } = this.marked(actor, 0);
    await tx.query(
      `UPDATE dossier SET unit_id = CASE WHEN unit_id = $2 THEN $3 ELSE unit_id END, to_unit_id = CASE WHEN to_unit_id = $2 THEN $3 ELSE to_unit_id END,
              version = version + 1, changed_by = $4, changed_at = $5 WHERE id = ANY($1)`,
      [ids, from, to, changedBy, changedAt],
    );
    const lines = async (column: string): Promise<{ id: number; dossierId: number }[]> =>
      tx.query(
        `UPDATE nomination_line l SET ${column} = $3, version = version + 1, changed_by = $4, changed_at = $5
          WHERE (l.at_dossier_id = ANY($1) OR l.dossier_id = ANY($1)) AND l.${column} = $2 AND l.state NOT IN ('AWARDED', 'DECLINED', 'WITHDRAWN')
         RETURNING l.id, CASE WHEN l.at_dossier_id = ANY($1) THEN l.at_dossier_id ELSE l.dossier_id END AS "dossierId"`,
        [ids, from, to, changedBy, changedAt],
      );
    return { proposed: await lines('proposing_unit_id'), nominees: await lines('unit_id') };
  }

  private async tasks(tx: Tx, ids: readonly number[], from: number, to: number): Promise<Map<number, number[]>> {
    const lines = await tx.query<{ id: number; dossierId: number }>(
      `SELECT id, at_dossier_id AS "dossierId" FROM nomination_line WHERE at_dossier_id = ANY($1)`,
      [ids],
    );
    const moved = new Map<number, number[]>();
    for (const id of ids) {
      const own = lines.filter(({ dossierId }) => dossierId === id).map((line) => line.id);
      moved.set(id, await this.desk.handOver(tx, from, to, { keys: taskKeys(id, own) }));
    }
    return moved;
  }

  private async marks(q: Queryable, ids: readonly number[]): Promise<Map<number, string>> {
    const rows = await q.query<{ id: number; mark: string }>(
      `SELECT d.id, ${MARK} AS mark FROM dossier d WHERE d.id = ANY($1)`,
      [ids],
    );
    return new Map(rows.map(({ id, mark }) => [id, mark]));
  }

  private marked(actor: Actor, version: number): Pick<Dossier, 'version' | 'changedBy' | 'changedAt'> {
    return { version: version + 1, changedBy: actor.name, changedAt: this.clock.now() };
  }
}

/** Registrations of titles for this year and later ones. */
@Injectable()
export class RegistrationOpenWork {
  constructor(
    private readonly clock: Clock,
    private readonly tree: UnitTree,
  ) {}

  async list(q: Queryable, reader: Actor, unitIds: readonly number[]): Promise<OpenDossier[]> {
    const params: unknown[] = [unitIds, Number(this.clock.today().slice(0, 4))];
    const scope = scopeOf(reader, 'nomination.read');
    const visible = `(${this.tree.inScope('t.registering_unit_id', scope, params)} OR ${this.tree.inScope('t.unit_id', scope, params)})
      AND (t.classification <> 'RESTRICTED' OR ${this.tree.inScope('t.unit_id', scopeOf(reader, 'restricted.read'), params)})`;
    return q.query<OpenDossier>(
      `SELECT t.id, side.unit_id AS "unitId", t.name || ' – ' || t.year AS label, 'Đã đăng ký' AS "stateName", '/dang-ky-danh-hieu' AS link, ${visible} AS visible
         FROM (SELECT id, registering_unit_id AS unit_id FROM title_registration WHERE registering_unit_id = ANY($1)
               UNION SELECT id, unit_id FROM title_registration WHERE unit_id = ANY($1)) side
         JOIN title_registration t ON t.id = side.id
        WHERE t.removed_on IS NULL AND t.year >= $2 ORDER BY side.unit_id, t.id`,
      params,
    );
  }

  async handOver(
    tx: Tx,
    actor: Actor,
    refs: readonly Ref[],
    toUnitId: number,
  ): Promise<(Ref & { mark: string; trace: object })[]> {
    const handed: (Ref & { mark: string; trace: object })[] = [];
    for (const [unitId, ids] of byUnit(refs)) {
      const rows = await tx.query<{ id: number; registering: boolean; recipient: boolean }>(
        `UPDATE title_registration t SET registering_unit_id = CASE WHEN b.registering THEN $3 ELSE t.registering_unit_id END,
                unit_id = CASE WHEN b.recipient THEN $3 ELSE t.unit_id END
           FROM (SELECT id, registering_unit_id = $2 AS registering, unit_id = $2 AS recipient FROM title_registration WHERE id = ANY($1) ORDER BY id FOR UPDATE) b
          WHERE t.id = b.id RETURNING t.id, b.registering, b.recipient`,
        [ids, unitId, toUnitId],
      );
      for (const { id, registering, recipient } of rows)
        handed.push({ id, unitId, mark: '', trace: { registering, recipient } });
    }
    await audit(tx, this.clock.now(), actor, 'registration.handed_over', 'registration', { refs, toUnitId });
    const marks = await this.marks(
      tx,
      handed.map(({ id }) => id),
    );
    return handed.map((one) => ({ ...one, mark: marks.get(one.id) ?? '' }));
  }

  async close(tx: Tx, actor: Actor, refs: readonly Ref[], reason: string): Promise<void> {
    await tx.query(
      `UPDATE title_registration SET removed_on = $2, removed_by = $3, removal_reason = $4 WHERE id = ANY($1) AND removed_on IS NULL`,
      [refs.map(({ id }) => id), this.clock.today(), actor.name, reason],
    );
    await audit(tx, this.clock.now(), actor, 'registration.ended_with_unit', 'registration', { refs, reason });
  }

  async workedOn(q: Queryable, items: readonly (Ref & { mark: string })[]): Promise<Ref[]> {
    const marks = await this.marks(
      q,
      items.map(({ id }) => id),
    );
    return items.filter(({ id, mark }) => marks.get(id) !== mark).map(({ id, unitId }) => ({ id, unitId }));
  }

  async takeBack(tx: Tx, actor: Actor, items: readonly (Ref & { trace: object })[]): Promise<void> {
    for (const { id, unitId, trace } of items) {
      const { registering, recipient } = trace as { registering: boolean; recipient: boolean };
      await tx.query(
        `UPDATE title_registration SET registering_unit_id = CASE WHEN $3 THEN $2 ELSE registering_unit_id END,
                unit_id = CASE WHEN $4 THEN $2 ELSE unit_id END WHERE id = $1`,
        [id, unitId, registering, recipient],
      );
    }
    if (items.length > 0)
      await audit(tx, this.clock.now(), actor, 'registration.taken_back', 'registration', {
        refs: items.map(({ id, unitId }) => ({ id, unitId })),
      });
  }

  private async marks(q: Queryable, ids: readonly number[]): Promise<Map<number, string>> {
    const rows = await q.query<{ id: number; mark: string }>(
      `SELECT id, concat_ws('/', registering_unit_id, unit_id, removed_on) AS mark FROM title_registration WHERE id = ANY($1)`,
      [ids],
    );
    return new Map(rows.map(({ id, mark }) => [id, mark]));
  }
}

function byUnit(refs: readonly Ref[]): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const { id, unitId } of refs) found.set(unitId, [...(found.get(unitId) ?? []), id]);
  return found;
}

function taskKeys(id: number, lineIds: readonly number[]): string[] {
  return [
    ...['submit', 'appraise', 'correct', 'answer'].map((kind) => `nomination.${kind}:${id}`),
    ...lineIds.map((line) => `nomination.correct_line:${line}`),
  ];
}
