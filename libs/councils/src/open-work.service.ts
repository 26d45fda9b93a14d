import { Injectable } from '@nestjs/common';
import { printDay, Refused, type Actor, type Day } from '@lib/kernel';
import { audit, Clock, type Queryable, type Tx } from '@lib/platform';
import { Desk } from '@lib/desk';
import { CouncilScope } from './council-scope.js';
import { SITTING_WORKFLOW, type SittingState } from './sitting.workflow.js';
import { SittingsService } from './sittings.service.js';

/** A sitting that was not held to its end, of a council of a unit that ends. */
export interface OpenSitting {
  readonly id: number;
  readonly unitId: number;
  readonly label: string;
  readonly stateName: string;
  readonly link: string;
  readonly visible: boolean;
}

type Ref = Pick<OpenSitting, 'id' | 'unitId'>;

interface Trace {
  readonly councilId: number;
  readonly toUnitId: number;
  readonly tasks: readonly number[];
}

/** What becomes of sittings of a unit that ends: the successor's own council holds them, or they are cancelled. */
@Injectable()
export class SittingOpenWork {
  constructor(
    private readonly clock: Clock,
    private readonly desk: Desk,
    private readonly scope: CouncilScope,
    private readonly sittings: SittingsService,
  ) {}

  async list(q: Queryable, reader: Actor, unitIds: readonly number[]): Promise<OpenSitting[]> {
    const params: unknown[] = [unitIds];
    const rows = await q.query<Ref & { name: string; day: Day; state: SittingState; visible: boolean }>(
      `SELECT s.id, c.unit_id AS "unitId", c.name, s.day, s.state, ${this.scope.sitting(reader, params)} AS visible
         FROM sitting s JOIN council c ON c.id = s.council_id
        WHERE c.unit_id = ANY($1) AND s.state IN ('PLANNED', 'OPEN') ORDER BY c.unit_id, s.id`,
      params,
    );
    return rows.map(({ name, day, state, ...row }) => ({
      ...row,
      label: `Phiên họp ngày ${printDay(day)} của ${name}`,
      stateName: SITTING_WORKFLOW.stateNames[state],
      link: `/hoi-dong/phien/${row.id}`,
    }));
  }

  /** @throws Refused `councils.no_council_there`, `councils.sitting_has_begun` */
  async handOver(
    tx: Tx,
    actor: Actor,
    refs: readonly Ref[],
    toUnitId: number,
  ): Promise<(Ref & { mark: string; trace: Trace })[]> {
    const handed: (Ref & { mark: string; trace: Trace })[] = [];
    for (const { id, unitId } of refs) {
      const [sitting] = await tx.query<{ councilId: number; day: Day; state: SittingState }>(
        `SELECT council_id AS "councilId", day, state FROM sitting WHERE id = $1 FOR UPDATE`,
        [id],
      );
      if (!sitting) throw Refused.notFound('sitting');
      if (sitting.state !== 'PLANNED') {
        const message = `Phiên họp ngày ${printDay(sitting.day)} đã khai mạc với thành viên của Hội đồng cũ: hãy kết thúc phiên trước, hoặc huỷ phiên.`;
        throw new Refused('councils.sitting_has_begun', message, 'outcomes', 'conflict');
      }
      const [council] = await tx.query<{ id: number }>(
        `SELECT id FROM council WHERE unit_id = $1 AND valid_from <= $2 AND $2 < valid_to ORDER BY id DESC LIMIT 1`,
        [toUnitId, sitting.day],
      );
      if (!council) {
        const message = `Đơn vị nhận chưa có Hội đồng vào ngày ${printDay(sitting.day)}: lập Hội đồng trước, hoặc huỷ phiên họp.`;
        throw new Refused('councils.no_council_there', message, 'outcomes', 'conflict');
      }
      await tx.query(`UPDATE sitting SET council_id = $2, version = version + 1 WHERE id = $1`, [id, council.id]);
      const tasks = await this.desk.handOver(tx, unitId, toUnitId, { keys: [`sitting.hold:${id}`] });
      await audit(tx, this.clock.now(), actor, 'sitting.handed_over', `sitting:${id}`, { council: council.id });
      const trace = { councilId: sitting.councilId, toUnitId, tasks };
      handed.push({ id, unitId, trace, mark: (await this.marks(tx, [id])).get(id) ?? '' });
    }
    return handed;
  }

  async close(tx: Tx, actor: Actor, refs: readonly Ref[], reason: string): Promise<void> {
    for (const { id } of refs) await this.sittings.cancelIn(tx, actor, id, reason);
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
      const { councilId, toUnitId, tasks } = trace as Trace;
      await tx.query(`UPDATE sitting SET council_id = $2, version = version + 1 WHERE id = $1`, [id, councilId]);
      await this.desk.handOver(tx, toUnitId, unitId, { ids: tasks });
      await audit(tx, this.clock.now(), actor, 'sitting.taken_back', `sitting:${id}`, { council: councilId });
    }
  }

  private async marks(q: Queryable, ids: readonly number[]): Promise<Map<number, string>> {
    const rows = await q.query<{ id: number; mark: string }>(
      `SELECT s.id, concat_ws('/', s.state, s.version, (SELECT count(*) FROM sitting_line l WHERE l.sitting_id = s.id)) AS mark
         FROM sitting s WHERE s.id = ANY($1)`,
      [ids],
    );
    return new Map(rows.map(({ id, mark }) => [id, mark]));
  }
}
