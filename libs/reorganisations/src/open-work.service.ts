import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AgreementOpenWork } from '@lib/agreements';
import { BlocOpenWork } from '@lib/blocs';
import { CampaignOpenWork, DeploymentOpenWork } from '@lib/campaigns';
import { CommendationOpenWork } from '@lib/commendations';
import { SittingOpenWork } from '@lib/councils';
import { Refused, type Actor, type RefusalDetail } from '@lib/kernel';
import { DossierOpenWork, RegistrationOpenWork } from '@lib/nominations';
import { audit, Clock, reader, transact, type Queryable, type Tx } from '@lib/platform';
import { UnitTree } from '@lib/units';
import {
  OPEN_WORK_KINDS,
  OPEN_WORK_NAMES,
  type HandedOver,
  type OpenWorkItem,
  type OpenWorkKind,
  type OpenWorkOutcome,
  type OpenWorkRef,
  type OpenWorkRoom,
} from './open-work.js';
import { endingUnits, successorCodes } from './plan.rules.js';
import { Reorganisation } from './reorganisation.entity.js';
import { ReorganisationScope } from './reorganisation-scope.js';
import { mustBeDraft, Saving } from './saving.service.js';
import type { DecideOpenWorkInput, OpenWorkOutcomeInput, OpenWorkQuery } from './reorganisations.dto.js';
import type { OpenWorkPage, OpenWorkSum } from './reorganisations.views.js';

/** One record of open work with what is to become of it; `outcome` null: undecided. */
export interface JudgedWork extends OpenWorkItem {
  readonly kind: OpenWorkKind;
  readonly outcome: OpenWorkOutcome | null;
  /** Code of the unit that goes on with it. */
  readonly to: string | null;
  readonly byKind: boolean;
}

interface Said {
  readonly kind: OpenWorkKind;
  readonly recordId: number;
  readonly unitId: number;
  readonly outcome: OpenWorkOutcome;
  readonly to: string | null;
}

const PAGE = 50;

/** What units that end have begun and not finished, over all rooms, and what is to become of it. */
@Injectable()
export class OpenWork {
  /** In the order in which they are handed over and closed: a cancelled decision or sitting gives its lines back to the dossiers. */
  private readonly rooms: ReadonlyMap<OpenWorkKind, OpenWorkRoom>;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly scope: ReorganisationScope,
    private readonly saving: Saving,
    commendations: CommendationOpenWork,
    sittings: SittingOpenWork,
    dossiers: DossierOpenWork,
    registrations: RegistrationOpenWork,
    agreements: AgreementOpenWork,
    campaigns: CampaignOpenWork,
    deployments: DeploymentOpenWork,
    blocs: BlocOpenWork,
  ) {
    this.rooms = new Map<OpenWorkKind, OpenWorkRoom>([
      ['COMMENDATION', commendations],
      ['SITTING', sittings],
      ['DOSSIER', dossiers],
      ['REGISTRATION', registrations],
      ['AGREEMENT', agreements],
      ['CAMPAIGN', campaigns],
      ['DEPLOYMENT', deployments],
      ['BLOC', blocs],
    ]);
  }

  room(kind: OpenWorkKind): OpenWorkRoom {
    const room = this.rooms.get(kind);
    if (!room) throw new Error(`no room keeps open work of kind ${kind}`);
    return room;
  }

  kinds(): Iterable<OpenWorkKind> {
    return this.rooms.keys();
  }

  /**
   * Everything open of the units that end by it, with its outcome. `visible` is the reader's. What was to go to a unit that
   * the plan, or the tree, no longer has as an heir is undecided again.
   */
  async judged(q: Queryable, actor: Actor, row: Reorganisation): Promise<JudgedWork[]> {
    const unitIds = [...(await this.tree.idsOf(q, endingUnits(row.kind, row.plan), { everywhere: true })).values()];
    if (unitIds.length === 0) return [];
    const said = await q.query<Said>(
      `SELECT kind, record_id AS "recordId", unit_id AS "unitId", outcome, to_code AS "to" FROM reorganisation_outcome WHERE reorganisation_id = $1`,
      [row.id],
    );
    const heirs = said.some(({ to }) => to !== null) ? await this.heirs(q, row) : [];
    const stands = said.filter(({ to }) => to === null || heirs.includes(to));
    const outcomes = new Map(stands.map((one) => [`${one.kind}/${one.recordId}/${one.unitId}`, one]));
    const judged: JudgedWork[] = [];
    for (const [kind, room] of this.rooms)
      for (const item of await room.list(q, actor, unitIds)) {
        const own = outcomes.get(`${kind}/${item.id}/${item.unitId}`);
        const found = own ?? outcomes.get(`${kind}/0/0`);
        judged.push({
          ...item,
          kind,
          outcome: found?.outcome ?? null,
          to: found?.to ?? null,
          byKind: !own && found !== undefined,
        });
      }
    return judged;
  }

  sums(judged: readonly JudgedWork[]): OpenWorkSum[] {
    return OPEN_WORK_KINDS.flatMap((kind) => {
      const of = judged.filter((one) => one.kind === kind);
      if (of.length === 0) return [];
      const count = (outcome: OpenWorkOutcome | null): number => of.filter((one) => one.outcome === outcome).length;
      return [
        {
          kind,
          kindName: OPEN_WORK_NAMES[kind],
          count: of.length,
          handOver: count('HAND_OVER'),
          close: count('CLOSE'),
          undecided: count(null),
        },
      ];
    });
  }

  /** @throws Refused `reorganisations.open_work_undecided`, one detail for each kind */
  mustBeDecided(judged: readonly JudgedWork[]): void {
    const details: RefusalDetail[] = this.sums(judged)
      .filter(({ undecided }) => undecided > 0)
      .map(({ kind, kindName, undecided }) => ({
        code: 'reorganisations.open_work_undecided',
        field: `openWork.${kind}`,
        message: `Còn ${undecided} việc chưa có hướng xử lý: ${kindName.toLocaleLowerCase('vi')}. Chọn bàn giao hoặc kết thúc.`,
      }));
    if (details.length > 0) throw Refused.all(details, 'conflict');
  }

  /** Codes of the units to which work may be handed over: successors first, then those above the units that end. */
  async heirs(q: Queryable, row: Reorganisation): Promise<string[]> {
    const ending = endingUnits(row.kind, row.plan);
    if (ending.length === 0) return [];
    const ids = [...(await this.tree.idsOf(q, ending, { everywhere: true })).values()];
    const chains = await this.tree.lastChains(q, ids, row.from);
    const above = [...new Set([...chains.values()].flatMap((chain) => chain.slice(1, 2)))].filter(
      (id) => !ids.includes(id),
    );
    const refs = await this.tree.refs(q, above);
    return [...new Set([...successorCodes(row.plan), ...above.flatMap((id) => refs.get(id)?.code ?? [])])];
  }

  async page(actor: Actor, id: number, { kind, after = 0, limit = PAGE }: OpenWorkQuery): Promise<OpenWorkPage> {
    const q = reader(this.db);
    const row = await this.readable(q, actor, id);
    const judged = await this.judged(q, actor, row);
    const seen = judged.filter((one) => one.visible && (kind === undefined || one.kind === kind));
    const page = seen.slice(after, after + limit);
    const refs = await this.tree.refs(
      q,
      page.map(({ unitId }) => unitId),
    );
    return {
      items: page.flatMap(({ unitId, visible: _visible, ...item }) => {
        const unit = refs.get(unitId);
        return unit ? [{ ...item, kindName: OPEN_WORK_NAMES[item.kind], unit }] : [];
      }),
      next: seen.length > after + limit ? after + limit : null,
      hidden: judged.filter((one) => !one.visible && (kind === undefined || one.kind === kind)).length,
      sums: this.sums(judged),
    };
  }

  /** @throws Refused `reorganisations.heir_unknown`, `reorganisations.heir_needed`, `reorganisations.no_such_work` */
  async decide(actor: Actor, id: number, { version, outcomes }: DecideOpenWorkInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const row = await this.scope.lock(tx, actor, 'reorganisation.prepare', id, version);
      if (row.state !== 'SCHEDULED') mustBeDraft(row);
      const heirs = await this.heirs(tx, row);
      const open = await this.judged(tx, actor, row);
      const codes = await this.tree.idsOf(tx, [...endingUnits(row.kind, row.plan)], { everywhere: true });
      for (const [index, given] of outcomes.entries()) {
        const to = heirOf(given, heirs, successorCodes(row.plan), index);
        for (const { recordId, unitId } of recordsOf(given, open, codes, index))
          await this.say(tx, actor, id, { kind: given.kind, recordId, unitId, outcome: given.outcome ?? null, to });
      }
      await this.saving.save(tx, actor, row);
      // What a rehearsal tells hangs on the plan; how much is decided is read anew each time.
      await tx.query(
        `UPDATE reorganisation_rehearsal SET version = $2 WHERE reorganisation_id = $1 AND version = $2 - 1`,
        [id, row.version],
      );
      await audit(tx, this.clock.now(), actor, 'reorganisation.open_work_decided', `reorganisation:${id}`, {
        outcomes,
      });
    });
  }

  /** Names those that the reader may see, and counts the others. */
  async workedOnSince(
    q: Queryable,
    actor: Actor,
    kind: OpenWorkKind,
    worked: readonly OpenWorkRef[],
    done: readonly HandedOver[],
  ): Promise<RefusalDetail> {
    const places = new Map(done.map(({ id, trace }) => [id, (trace as { toUnitId?: number }).toUnitId]));
    const units = [...new Set(worked.flatMap(({ id, unitId }) => places.get(id) ?? unitId))];
    const open = await this.room(kind).list(q, actor, units);
    const names = worked.flatMap(({ id }) => open.find((one) => one.id === id && one.visible)?.label ?? []);
    const list = names.length > 0 ? ` (${names.slice(0, 5).join('; ')}${names.length > 5 ? '; …' : ''})` : '';
    const what = OPEN_WORK_NAMES[kind].toLocaleLowerCase('vi');
    const message = `${worked.length} việc đã bàn giao được làm tiếp sau đó: ${what}${list}. Không thể đảo lại; hãy lập việc sắp xếp mới.`;
    return { code: 'reorganisations.worked_on_since', field: `openWork.${kind}`, message };
  }

  private async say(
    tx: Tx,
    actor: Actor,
    id: number,
    { kind, recordId, unitId, outcome, to }: Omit<Said, 'outcome'> & { outcome: OpenWorkOutcome | null },
  ): Promise<void> {
    // Said of the whole kind, it takes the place of what was said of single records.
    await tx.query(
      `DELETE FROM reorganisation_outcome WHERE reorganisation_id = $1 AND kind = $2 AND ($3 = 0 OR (record_id = $3 AND unit_id = $4))`,
      [id, kind, recordId, unitId],
    );
    if (outcome === null) return;
    await tx.query(
      `INSERT INTO reorganisation_outcome (reorganisation_id, kind, record_id, unit_id, outcome, to_code, decided_by, decided_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, kind, recordId, unitId, outcome, to, actor.name, this.clock.now()],
    );
  }

  private async readable(q: Queryable, actor: Actor, id: number): Promise<Reorganisation> {
    if (!(await this.scope.holds(q, actor, 'reorganisation.read', id))) throw Refused.notFound('reorganisation');
    return this.db.manager.findOneByOrFail(Reorganisation, { id });
  }
}

function heirOf(
  { outcome, to }: OpenWorkOutcomeInput,
  heirs: readonly string[],
  successors: readonly string[],
  index: number,
): string | null {
  if (outcome !== 'HAND_OVER') return null;
  const field = `outcomes[${index}].to`;
  if (to) {
    if (heirs.includes(to)) return to;
    const message = 'Chỉ bàn giao cho đơn vị kế thừa, hoặc đơn vị cấp trên trực tiếp.';
    throw new Refused('reorganisations.heir_unknown', message, field);
  }
  const [only, ...others] = successors;
  if (only !== undefined && others.length === 0) return only;
  throw new Refused('reorganisations.heir_needed', 'Chọn đơn vị nhận bàn giao.', field);
}

/** Records as given, each open and shown to whoever decides; 0 and 0 stand for everything of the kind. */
function recordsOf(
  { kind, items }: OpenWorkOutcomeInput,
  open: readonly JudgedWork[],
  codes: ReadonlyMap<string, number>,
  index: number,
): { recordId: number; unitId: number }[] {
  if (!items) return [{ recordId: 0, unitId: 0 }];
  return items.map(({ id, unit }, place) => {
    const unitId = codes.get(unit);
    if (open.some((one) => one.kind === kind && one.id === id && one.unitId === unitId && one.visible))
      return { recordId: id, unitId: unitId ?? 0 };
    const message = 'Việc này không còn mở, hoặc không thuộc đơn vị sắp kết thúc.';
    throw new Refused('reorganisations.no_such_work', message, `outcomes[${index}].items[${place}].id`, 'conflict');
  });
}
