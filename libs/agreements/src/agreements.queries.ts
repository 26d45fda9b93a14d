import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor, Day } from '@lib/kernel';
import { Clock, reader, type Queryable } from '@lib/platform';
import { Blocs, type BlocRef } from '@lib/blocs';
import type { UnitRef } from '@lib/units';
import type { AgreementKind } from './agreement.entity.js';
import { AgreementScope } from './agreement-scope.js';
import { agreementWorkflow, type AgreementState } from './agreement.workflow.js';
import type { AgreementsQuery } from './agreements.dto.js';

export interface AgreementRow {
  readonly id: number;
  readonly kind: AgreementKind;
  readonly title: string;
  /** The bloc that agrees; null where one unit agrees with the counterpart. */
  readonly bloc: BlocRef | null;
  readonly unit: UnitRef | null;
  readonly counterpart: string | null;
  readonly year: number;
  readonly term: { readonly from: Day; readonly to: Day };
  readonly state: AgreementState;
  readonly stateName: string;
  readonly signBy: Day | null;
  readonly opinionsDue: Day | null;
  readonly members: number;
  /** Members with a confirmation. */
  readonly signed: number;
}

interface Row extends Omit<AgreementRow, 'bloc' | 'unit' | 'term' | 'stateName'> {
  readonly blocId: number | null;
  readonly unitId: number | null;
  readonly termFrom: Day;
  readonly termTo: Day;
}

const PAGE = 50;
const COLUMNS = `ag.id, ag.kind, ag.bloc_id AS "blocId", ag.unit_id AS "unitId", ag.counterpart, ag.year, ag.state,
  ag.term_from AS "termFrom", ag.term_to AS "termTo", ag.sign_by AS "signBy", ag.opinions_due AS "opinionsDue",
  (SELECT t.title FROM agreement_text t WHERE t.agreement_id = ag.id AND t.number = ag.text_number) AS title,
  (SELECT count(*)::int FROM agreement_member m WHERE m.agreement_id = ag.id AND m.removed_on IS NULL) AS members,
  (SELECT count(*)::int FROM agreement_confirmation c WHERE c.agreement_id = ag.id AND c.removed_on IS NULL) AS signed`;

@Injectable()
export class AgreementsQueries {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly blocs: Blocs,
    private readonly scope: AgreementScope,
  ) {}

  /** Latest first. */
  async list(
    actor: Actor,
    { year, bloc, after, limit = PAGE }: AgreementsQuery,
  ): Promise<{ items: AgreementRow[]; next: string | null }> {
    const q = reader(this.db);
    const params: unknown[] = [];
    const conditions = [this.scope.visible(actor, 'agreement.read', params)];
    if (year !== undefined) conditions.push(`ag.year = $${params.push(year)}`);
    if (bloc !== undefined) conditions.push(`ag.bloc_id = $${params.push(bloc)}`);
    if (after !== undefined) {
      params.push(...after.split('-').map(Number));
      conditions.push(`(ag.year, ag.id) < ($${params.length - 1}::int, $${params.length}::int)`);
    }
    params.push(limit + 1);
    const rows = await q.query<Row>(
      `SELECT ${COLUMNS} FROM agreement ag WHERE ${conditions.join(' AND ')} ORDER BY ag.year DESC, ag.id DESC LIMIT $${params.length}`,
      params,
    );
    const last = rows[limit - 1];
    return {
      items: await this.described(q, actor, rows.slice(0, limit)),
      next: rows.length > limit && last ? `${last.year}-${last.id}` : null,
    };
  }

  /** Of these agreements, the ones that the reader may see. */
  async visibleRows(q: Queryable, actor: Actor, ids: readonly number[]): Promise<AgreementRow[]> {
    const params: unknown[] = [ids];
    const visible = this.scope.visible(actor, 'agreement.read', params);
    const rows = await q.query<Row>(
      `SELECT ${COLUMNS} FROM agreement ag WHERE ag.id = ANY($1) AND ${visible} ORDER BY ag.id`,
      params,
    );
    return this.described(q, actor, rows);
  }

  /** Whether an agreement that the reader may see holds the file: its text, a signed scan, evidence. */
  async holdsFile(q: Queryable, actor: Actor, fileId: number): Promise<boolean> {
    const params: unknown[] = [fileId];
    const visible = this.scope.visible(actor, 'file.read', params);
    const rows = await q.query(
      `SELECT 1 FROM agreement ag WHERE ag.id IN (
         SELECT agreement_id FROM agreement_text WHERE file_id = $1
         UNION ALL SELECT agreement_id FROM agreement_confirmation WHERE file_id = $1
         UNION ALL SELECT k.agreement_id FROM agreement_progress p JOIN agreement_commitment k ON k.id = p.commitment_id WHERE p.file_id = $1
         UNION ALL SELECT k.agreement_id FROM agreement_outcome o JOIN agreement_commitment k ON k.id = o.commitment_id WHERE o.file_id = $1
       ) AND ${visible} LIMIT 1`,
      params,
    );
    return rows.length > 0;
  }

  private async described(q: Queryable, actor: Actor, rows: readonly Row[]): Promise<AgreementRow[]> {
    const blocIds = rows.flatMap(({ blocId }) => (blocId === null ? [] : [blocId]));
    const blocs = await this.blocs.refs(q, blocIds);
    const unitIds = rows.flatMap(({ unitId }) => (unitId === null ? [] : [unitId]));
    const units = await this.blocs.shownRefs(q, actor, 'agreement.read', unitIds, this.clock.today());
    return rows.map(({ blocId, unitId, termFrom, termTo, ...row }) => {
      const bloc = blocId === null ? null : (blocs.get(blocId) ?? null);
      return {
        ...row,
        bloc: bloc && withoutOrganiser(bloc),
        unit: unitId === null ? null : (units.get(unitId) ?? null),
        term: { from: termFrom, to: termTo },
        stateName: agreementWorkflow.stateNames[row.state],
      };
    });
  }
}

function withoutOrganiser({ id, kind, number, year, name, ownName }: BlocRef): BlocRef {
  return { id, kind, number, year, name, ownName };
}
