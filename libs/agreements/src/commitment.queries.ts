import { Injectable } from '@nestjs/common';
import type { Day } from '@lib/kernel';
import type { Queryable } from '@lib/platform';
import type { UnitRef } from '@lib/units';
import type { Addressee, CommitmentCategory, CommitmentOutcome } from './agreement.entity.js';
import { standingOf, type CommitmentStanding } from './agreements.rules.js';

export interface CommitmentProgressView {
  readonly id: number;
  readonly day: Day;
  readonly body: string;
  readonly value: number | null;
  readonly fileId: number | null;
  readonly enteredFor: boolean;
  readonly recordedOn: Day;
  readonly recordedBy: string;
}

export interface CommitmentOutcomeView {
  readonly outcome: CommitmentOutcome;
  readonly day: Day;
  readonly reason: string | null;
  readonly fileId: number | null;
  readonly enteredFor: boolean;
  readonly recordedOn: Day;
  readonly recordedBy: string;
}

/** How a commitment stands for one of the units bound by it. */
export interface CommitmentUnitView {
  /** Null: restricted, and outside the reader's grants. */
  readonly unit: UnitRef | null;
  readonly standing: CommitmentStanding;
  readonly outcome: CommitmentOutcomeView | null;
  readonly progress: readonly CommitmentProgressView[];
}

export interface CommitmentView {
  readonly id: number;
  /** Null where every member is bound. */
  readonly owner: UnitRef | null;
  readonly ofAll: boolean;
  readonly category: CommitmentCategory;
  readonly content: string;
  readonly measure: string | null;
  readonly target: string | null;
  readonly indicator: string | null;
  readonly targetValue: number | null;
  readonly deadline: Day | null;
  readonly campaign: string | null;
  readonly addressees: readonly Addressee[];
  readonly carriedFrom: number | null;
  readonly units: readonly CommitmentUnitView[];
}

type Row = Omit<CommitmentView, 'owner' | 'ofAll' | 'units'> & { readonly ownerId: number | null };
type Of<View> = View & { readonly commitmentId: number; readonly unitId: number };

@Injectable()
export class CommitmentQueries {
  /** Lines of an agreement (bound: every member but those excused from signing) with progress and outcome per bound unit, as they stand on `day`. */
  async of(
    q: Queryable,
    agreementId: number,
    refs: ReadonlyMap<number, UnitRef>,
    members: readonly { readonly unitId: number; readonly bound: boolean; readonly endedOn: Day | null }[],
    day: Day,
  ): Promise<CommitmentView[]> {
    const rows = await q.query<Row>(
      `SELECT id, owner_id AS "ownerId", category, content, measure, target, indicator, target_value AS "targetValue", deadline, campaign, addressees,
              carried_from AS "carriedFrom"
         FROM agreement_commitment WHERE agreement_id = $1 ORDER BY id`,
      [agreementId],
    );
    const progress = grouped(
      await q.query<Of<CommitmentProgressView>>(
        `SELECT p.commitment_id AS "commitmentId", p.unit_id AS "unitId", p.id, p.day, p.body, p.value, p.file_id AS "fileId",
                p.entered_for AS "enteredFor", p.recorded_on AS "recordedOn", p.recorded_by AS "recordedBy"
           FROM agreement_progress p JOIN agreement_commitment k ON k.id = p.commitment_id WHERE k.agreement_id = $1 ORDER BY p.day, p.id`,
        [agreementId],
      ),
    );
    const outcomes = grouped(
      await q.query<Of<CommitmentOutcomeView>>(
        `SELECT o.commitment_id AS "commitmentId", o.unit_id AS "unitId", o.outcome, o.day, o.reason, o.file_id AS "fileId",
                o.entered_for AS "enteredFor", o.recorded_on AS "recordedOn", o.recorded_by AS "recordedBy"
           FROM agreement_outcome o JOIN agreement_commitment k ON k.id = o.commitment_id WHERE k.agreement_id = $1 AND o.removed_on IS NULL`,
        [agreementId],
      ),
    );
    const ended = new Map(members.map(({ unitId, endedOn }) => [unitId, endedOn]));
    const bound = members.filter((member) => member.bound).map(({ unitId }) => unitId);
    return rows.map(({ ownerId, ...row }) => ({
      ...row,
      owner: ownerId === null ? null : (refs.get(ownerId) ?? null),
      ofAll: ownerId === null,
      units: (ownerId === null ? bound : [ownerId]).map((unitId) => {
        const [outcome] = outcomes.get(`${row.id}/${unitId}`) ?? [];
        return {
          unit: refs.get(unitId) ?? null,
          standing: standingOf(outcome?.outcome ?? null, row.deadline, day, ended.get(unitId) ?? null),
          outcome: outcome ?? null,
          progress: progress.get(`${row.id}/${unitId}`) ?? [],
        };
      }),
    }));
  }
}

function grouped<View extends object>(rows: readonly Of<View>[]): Map<string, View[]> {
  const groups = new Map<string, View[]>();
  for (const { commitmentId, unitId, ...view } of rows) {
    const key = `${commitmentId}/${unitId}`;
    groups.set(key, [...(groups.get(key) ?? []), view as unknown as View]);
  }
  return groups;
}
