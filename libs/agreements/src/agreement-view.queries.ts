import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, type Actor, type Day } from '@lib/kernel';
import { Clock, reader, Steps, type Queryable, type StepView } from '@lib/platform';
import { Blocs } from '@lib/blocs';
import type { UnitRef } from '@lib/units';
import { AgreementScope } from './agreement-scope.js';
import { AgreementsQueries, type AgreementRow } from './agreements.queries.js';
import { agreementWorkflow, type AgreementStep } from './agreement.workflow.js';
import { isBinding, isLate, isOpenToChange, needsReason, openSteps } from './agreements.rules.js';
import { CommitmentQueries, type CommitmentView } from './commitment.queries.js';

export interface AgreementTextView {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly fileId: number | null;
  readonly recordedOn: Day;
  readonly recordedBy: string;
}

export interface AgreementOpinionView {
  readonly id: number;
  readonly text: number;
  readonly unit: UnitRef | null;
  readonly body: string;
  readonly enteredFor: boolean;
  readonly recordedOn: Day;
  readonly recordedBy: string;
  /** Null: not answered yet. */
  readonly taken: boolean | null;
  readonly answer: string | null;
  readonly answeredOn: Day | null;
  readonly answeredBy: string | null;
}

export interface AgreementConfirmationView {
  readonly text: number;
  readonly signerName: string;
  readonly signerPost: string | null;
  readonly day: Day;
  /** Null: "chưa kèm bản ký". */
  readonly fileId: number | null;
  readonly source: string | null;
  readonly reason: string | null;
  readonly enteredFor: boolean;
  readonly recordedOn: Day;
  readonly recordedBy: string;
}

export interface AgreementMemberView {
  /** Null: restricted, and outside the reader's grants. */
  readonly unit: UnitRef | null;
  readonly confirmation: AgreementConfirmationView | null;
  readonly earlier: readonly AgreementConfirmationView[];
  readonly late: boolean;
  readonly excused: { readonly on: Day; readonly reason: string; readonly by: string } | null;
  /** `opinion`, `confirm`, `excuse`, `report`: what the reader may do for this unit now. */
  readonly may: readonly string[];
}

export interface AgreementStepView {
  readonly step: AgreementStep;
  readonly name: string;
  readonly needsReason: boolean;
}

export interface AgreementView extends AgreementRow {
  readonly textNumber: number;
  readonly texts: readonly AgreementTextView[];
  readonly opinions: readonly AgreementOpinionView[];
  readonly memberUnits: readonly AgreementMemberView[];
  readonly commitments: readonly CommitmentView[];
  readonly steps: readonly AgreementStepView[];
  readonly history: readonly StepView[];
  /** `text`, `edit`, `commitments`, `answer`, `carry`: what the reader may do with the whole. */
  readonly may: readonly string[];
  readonly note: string | null;
  readonly source: string | null;
  readonly carriedFrom: number | null;
  readonly version: number;
  readonly recordedOn: Day;
  readonly recordedBy: string;
}

type Own = Pick<
  AgreementView,
  'textNumber' | 'note' | 'source' | 'carriedFrom' | 'version' | 'recordedOn' | 'recordedBy'
>;

type MemberRow = Pick<AgreementMemberView, 'excused'> & {
  readonly unitId: number;
  readonly endedOn: Day | null;
  readonly bound: boolean;
};

/** One agreement with everything that belongs to it, and what the reader may do with it now. */
@Injectable()
export class AgreementViews {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly steps: Steps,
    private readonly blocs: Blocs,
    private readonly scope: AgreementScope,
    private readonly lists: AgreementsQueries,
    private readonly lines: CommitmentQueries,
  ) {}

  /** @throws Refused `agreement.not_found` for an unknown id and one outside the scope alike. */
  async view(actor: Actor, id: number): Promise<AgreementView> {
    const q = reader(this.db);
    const [row] = await this.lists.visibleRows(q, actor, [id]);
    const [own] = await q.query<Own>(
      `SELECT text_number AS "textNumber", note, source, carried_from AS "carriedFrom", version, recorded_on AS "recordedOn", recorded_by AS "recordedBy"
         FROM agreement WHERE id = $1`,
      [id],
    );
    if (!row || !own) throw Refused.notFound('agreement');
    const leads = await this.scope.mayLead(q, actor, 'agreement.draft', id);
    const memberRows = await this.memberRows(q, id);
    const unitIds = memberRows.map(({ unitId }) => unitId);
    const refs = await this.blocs.shownRefs(q, actor, 'agreement.read', unitIds);
    const memberUnits = await this.members(q, actor, row, memberRows, refs, leads);
    const taken = await this.steps.views(q, agreementWorkflow, id);
    return {
      ...row,
      ...own,
      texts: await this.texts(q, id),
      opinions: await this.opinions(q, actor, id),
      memberUnits,
      commitments: await this.lines.of(q, id, refs, memberRows, this.clock.today()),
      steps: leads ? stepsOf(row, memberUnits) : [],
      history: taken,
      may: leads ? leading(row) : [],
    };
  }

  private texts(q: Queryable, id: number): Promise<AgreementTextView[]> {
    return q.query(
      `SELECT number, title, body, file_id AS "fileId", recorded_on AS "recordedOn", recorded_by AS "recordedBy"
         FROM agreement_text WHERE agreement_id = $1 ORDER BY number DESC`,
      [id],
    );
  }

  private async opinions(q: Queryable, actor: Actor, id: number): Promise<AgreementOpinionView[]> {
    const rows = await q.query<Omit<AgreementOpinionView, 'unit'> & { unitId: number }>(
      `SELECT id, text_number AS text, unit_id AS "unitId", body, entered_for AS "enteredFor", recorded_on AS "recordedOn", recorded_by AS "recordedBy",
              taken, answer, answered_on AS "answeredOn", answered_by AS "answeredBy"
         FROM agreement_opinion WHERE agreement_id = $1 ORDER BY id`,
      [id],
    );
    const ids = rows.map(({ unitId }) => unitId);
    const refs = await this.blocs.shownRefs(q, actor, 'agreement.read', ids);
    return rows.map(({ unitId, ...row }) => ({ ...row, unit: refs.get(unitId) ?? null }));
  }

  private memberRows(q: Queryable, id: number): Promise<MemberRow[]> {
    return q.query(
      `SELECT unit_id AS "unitId", ended_on AS "endedOn",
              CASE WHEN excused_on IS NULL THEN NULL ELSE json_build_object('on', excused_on, 'reason', excused_reason, 'by', excused_by) END AS excused,
              excused_on IS NULL OR EXISTS (SELECT 1 FROM agreement_confirmation c
                WHERE c.agreement_id = m.agreement_id AND c.unit_id = m.unit_id AND c.removed_on IS NULL) AS bound
         FROM agreement_member m WHERE agreement_id = $1 AND removed_on IS NULL ORDER BY unit_id`,
      [id],
    );
  }

  private async members(
    q: Queryable,
    actor: Actor,
    row: AgreementRow,
    members: readonly MemberRow[],
    refs: ReadonlyMap<number, UnitRef>,
    leads: boolean,
  ): Promise<AgreementMemberView[]> {
    const confirmations = await q.query<AgreementConfirmationView & { unitId: number; live: boolean }>(
      `SELECT unit_id AS "unitId", removed_on IS NULL AS live, text_number AS text, signer_name AS "signerName", signer_post AS "signerPost", day,
              file_id AS "fileId", source, reason, entered_for AS "enteredFor", recorded_on AS "recordedOn", recorded_by AS "recordedBy"
         FROM agreement_confirmation WHERE agreement_id = $1 ORDER BY id`,
      [row.id],
    );
    const drafts = await this.scope.reached(q, actor, 'agreement.draft', row.id);
    const confirms = await this.scope.reached(q, actor, 'agreement.confirm', row.id);
    return members.map(({ unitId, excused }) => {
      const all = confirmations.filter((one) => one.unitId === unitId);
      const live = all.find((one) => one.live);
      const may = [
        ...(row.state === 'UNDER_DISCUSSION' && drafts.has(unitId) ? ['opinion'] : []),
        ...((row.state === 'SIGNING' || row.state === 'IN_FORCE') && confirms.has(unitId) ? ['confirm'] : []),
        ...(row.state === 'SIGNING' && leads && !excused && live?.fileId == null ? ['excuse'] : []),
        ...(isBinding(row.state) && drafts.has(unitId) ? ['report'] : []),
      ];
      return {
        unit: refs.get(unitId) ?? null,
        confirmation: live ? confirmationView(live) : null,
        earlier: all.filter((one) => !one.live).map(confirmationView),
        late: row.state !== 'DRAFT' && isLate(row.signBy, live?.day ?? null, excused !== null, this.clock.today()),
        excused,
        may,
      };
    });
  }
}

/** Putting it in force is offered once nobody is missing. */
function stepsOf({ kind, state }: AgreementRow, members: readonly AgreementMemberView[]): AgreementStepView[] {
  const isComplete = members.every(({ excused, confirmation }) => excused || confirmation?.fileId);
  return openSteps(kind, state)
    .filter((step) => step !== 'put_in_force' || isComplete)
    .map((step) => ({ step, name: agreementWorkflow.steps[step].name, needsReason: needsReason(step) }));
}

function leading({ state }: AgreementRow): string[] {
  return [
    ...(state === 'DRAFT' ? ['text'] : []),
    ...(isOpenToChange(state) || state === 'ADOPTED' ? ['edit'] : []),
    ...(isOpenToChange(state) ? ['commitments', 'answer'] : []),
    ...(state === 'IN_FORCE' || state === 'REVIEWED' || state === 'CLOSED' ? ['carry'] : []),
  ];
}

function confirmationView({
  text,
  signerName,
  signerPost,
  day,
  fileId,
  source,
  reason,
  enteredFor,
  recordedOn,
  recordedBy,
}: AgreementConfirmationView): AgreementConfirmationView {
  return { text, signerName, signerPost, day, fileId, source, reason, enteredFor, recordedOn, recordedBy };
}
