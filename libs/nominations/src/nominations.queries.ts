import { Injectable } from '@nestjs/common';
import { type Actor, type Day, type Level } from '@lib/kernel';
import type { Queryable } from '@lib/platform';
import type { LineClass, PositionBand } from '@lib/awards';
import { UnitTree, type UnitRef } from '@lib/units';
import { EMBARGOED, LINE_WORKFLOW, type LineState } from './line.workflow.js';
import { NominationScope } from './nomination-scope.js';

/** A body that is asked, in or outside the tree. */
export interface AskedBody {
  readonly code: string;
  readonly name: string;
  readonly level: Level;
  readonly outside: boolean;
}

export interface NominationView {
  readonly id: number;
  /** The dossier it was proposed in. */
  readonly dossierId: number;
  /** The dossier that carries it now. */
  readonly atDossierId: number;
  readonly proposingUnit: UnitRef | null;
  /** Who has been asked, as far as it has come. */
  readonly asked: AskedBody | null;
  readonly recipientClass: LineClass;
  readonly name: string;
  readonly unit: UnitRef | null;
  readonly person: number | null;
  readonly office: string | null;
  readonly birthYear: number | null;
  readonly gender: 'MALE' | 'FEMALE' | null;
  readonly form: string;
  readonly formName: string;
  readonly type: string | null;
  readonly campaign: string | null;
  readonly reason: string | null;
  readonly positionBand: PositionBand | null;
  readonly enterprise: boolean | null;
  readonly state: LineState;
  readonly stateName: string;
  readonly stateReason: string | null;
  /** The form given instead of the one asked for. */
  readonly toForm: string | null;
  readonly toFormName: string | null;
  readonly award: { readonly batchId: number; readonly lineId: number; readonly day: Day } | null;
  readonly version: number;
  readonly recordedOn: Day;
}

interface LineRow extends Omit<
  NominationView,
  'proposingUnit' | 'unit' | 'formName' | 'toFormName' | 'stateName' | 'asked'
> {
  readonly proposingUnitId: number;
  readonly unitId: number;
  readonly formName: string | null;
  readonly toFormName: string | null;
  readonly toUnitId: number | null;
  readonly outside: { readonly code: string; readonly name: string; readonly level: Level } | null;
}

const nameOf = (column: string): string =>
  `(SELECT name FROM award_form f WHERE f.code = ${column} ORDER BY valid_from DESC LIMIT 1)`;

/** Lines as readers see them. */
@Injectable()
export class NominationQueries {
  constructor(
    private readonly tree: UnitTree,
    private readonly scope: NominationScope,
  ) {}

  /** ELIGIBLE lines in dossiers that the unit has received: what may go before its council, into its decision, or further up. */
  async ready(q: Queryable, actor: Actor, unitId: number): Promise<NominationView[]> {
    const params: unknown[] = [unitId];
    const rows = await q.query<{ id: number }>(
      `SELECT l.id FROM dossier d JOIN nomination_line l ON l.at_dossier_id = d.id
        WHERE d.to_unit_id = $1 AND d.submitted_on IS NOT NULL AND l.state = 'ELIGIBLE' AND ${this.scope.line(actor, params)} ORDER BY l.id`,
      params,
    );
    return this.views(
      q,
      actor,
      rows.map((row) => row.id),
    );
  }

  /** Those of the lines that the actor may see, in the order of the ids. */
  async views(q: Queryable, actor: Actor, ids: readonly number[]): Promise<NominationView[]> {
    if (ids.length === 0) return [];
    const params: unknown[] = [ids];
    const visible = this.scope.line(actor, params);
    const open = this.scope.received(actor, params, 'ad');
    const rows = await q.query<LineRow & { open: boolean; formTold: boolean }>(
      `SELECT l.id, l.dossier_id AS "dossierId", l.at_dossier_id AS "atDossierId", l.proposing_unit_id AS "proposingUnitId",
              ad.to_unit_id AS "toUnitId",
              (SELECT json_build_object('code', o.code, 'name', o.name, 'level', o.level) FROM outside_body o WHERE o.id = ad.to_outside_id) AS outside,
              l.class AS "recipientClass", l.name, l.unit_id AS "unitId", l.person_id AS person,
              (SELECT code FROM office WHERE id = l.office_id) AS office, l.birth_year AS "birthYear", l.gender,
              l.form, ${nameOf('l.form')} AS "formName", l.type, l.campaign, l.reason, l.position_band AS "positionBand", l.enterprise,
              l.state, l.state_reason AS "stateReason", l.to_form AS "toForm", ${nameOf('l.to_form')} AS "toFormName",
              CASE WHEN l.award_line_id IS NOT NULL THEN
                json_build_object('batchId', l.award_batch_id, 'lineId', l.award_line_id, 'day', l.awarded_day) END AS award,
              l.version, l.recorded_on AS "recordedOn", (l.state NOT IN ${EMBARGOED} OR ${open}) AS open,
              ${this.scope.toldForm(actor, params)} AS "formTold"
         FROM nomination_line l JOIN dossier ad ON ad.id = l.at_dossier_id
        WHERE l.id = ANY($1) AND ${visible} ORDER BY array_position($1::int[], l.id)`,
      params,
    );
    const refs = await this.tree.refs(
      q,
      rows.flatMap((row) => [row.proposingUnitId, row.unitId, ...(row.toUnitId === null ? [] : [row.toUnitId])]),
    );
    return rows.map(({ proposingUnitId, unitId, toUnitId, outside, open: told, formTold, ...row }) => {
      const state = told ? row.state : 'BEFORE_COUNCIL';
      const unit = toUnitId === null ? undefined : refs.get(toUnitId);
      return {
        ...row,
        ...(told ? {} : { stateReason: null }),
        ...(formTold ? {} : { toForm: null, toFormName: null }),
        formName: row.formName ?? row.form,
        state,
        stateName: told ? LINE_WORKFLOW.stateNames[state] : 'Đang xét khen thưởng',
        proposingUnit: refs.get(proposingUnitId) ?? null,
        unit: refs.get(unitId) ?? null,
        asked: outside ? { ...outside, outside: true } : unit ? { ...unit, outside: false } : null,
      };
    });
  }
}
