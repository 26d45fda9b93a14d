import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Classification, Day } from '@lib/kernel';
import type { LineClass, PositionBand } from '@lib/awards';
import type { LineState } from './line.workflow.js';

/** One nominee for one form. */
@Entity('nomination_line')
export class NominationLine {
  @PrimaryGeneratedColumn() id: number;
  /** The dossier it was proposed in; never changes. */
  @Column('int', { name: 'dossier_id' }) dossierId: number;
  /** The dossier that carries it now: composing moves it. */
  @Column('int', { name: 'at_dossier_id' }) atDossierId: number;
  @Column('int', { name: 'proposing_unit_id' }) proposingUnitId: number;
  @Column('text') class: LineClass;
  /** Where the nominee belongs. */
  @Column('int', { name: 'unit_id' }) unitId: number;
  @Column('int', { name: 'person_id', nullable: true }) personId: number | null;
  @Column('int', { name: 'office_id', nullable: true }) officeId: number | null;
  @Column('text') name: string;
  @Column('text', { name: 'name_folded' }) nameFolded: string;
  @Column('int', { name: 'birth_year', nullable: true }) birthYear: number | null;
  @Column('text', { nullable: true }) gender: 'MALE' | 'FEMALE' | null;
  /** What was asked for. */
  @Column('text') form: string;
  @Column('text', { nullable: true }) type: string | null;
  @Column('int', { name: 'campaign_id', nullable: true }) campaignId: number | null;
  @Column('text', { nullable: true }) campaign: string | null;
  /** The achievement. */
  @Column('text', { nullable: true }) reason: string | null;
  @Column('text', { name: 'reason_folded' }) reasonFolded: string;
  @Column('text', { name: 'position_band', nullable: true }) positionBand: PositionBand | null;
  @Column('boolean', { nullable: true }) enterprise: boolean | null;
  /** RESTRICTED where the nominee is. */
  @Column('text') classification: Classification;
  @Column('text') state: LineState;
  /** The form given instead, where the line was downgraded. */
  @Column('text', { name: 'to_form', nullable: true }) toForm: string | null;
  /** Why it stands where it stands, where a reason was given. */
  @Column('text', { name: 'state_reason', nullable: true }) stateReason: string | null;
  @Column('int', { name: 'award_batch_id', nullable: true }) awardBatchId: number | null;
  @Column('int', { name: 'award_line_id', nullable: true }) awardLineId: number | null;
  @Column('date', { name: 'awarded_day', nullable: true }) awardedDay: Day | null;
  @Column('date', { name: 'awarded_on', nullable: true }) awardedOn: Day | null;
  @Column('int') version: number;
  @Column('text', { name: 'changed_by' }) changedBy: string;
  @Column('timestamptz', { name: 'changed_at' }) changedAt: Date;
  @Column('date', { name: 'recorded_on' }) recordedOn: Day;
  @Column('text', { name: 'recorded_by' }) recordedBy: string;
  @Column('int', { name: 'recorded_by_id', nullable: true }) recordedById: number | null;
}
