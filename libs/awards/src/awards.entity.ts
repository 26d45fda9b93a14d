import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import type { Classification, Day, Level } from '@lib/kernel';
import type { Block } from '@lib/figures';

export const BASES = ['DECISION', 'PRESENTATION', 'PERIOD', 'STATED_ON'] as const;
/** What the days of a fact rest on: the decision, the ceremony, a reporting period, or the day somebody stated it. */
export type Basis = (typeof BASES)[number];

export const FORM_CERTAINTIES = ['STATED', 'INFERRED', 'UNKNOWN'] as const;
export type FormCertainty = (typeof FORM_CERTAINTIES)[number];

/** Position bands of the statutory form 0603 (TT 02/2023/TT-BNV). */
export const POSITION_BANDS = [
  'MINISTRY_PROVINCE_LEADER',
  'DEPARTMENT_LEADER',
  'ENTREPRENEUR',
  'OTHER_LEADER',
  'DIRECT_WORKER',
] as const;
export type PositionBand = (typeof POSITION_BANDS)[number];

/** Grounds of revocation (Luật Thi đua, khen thưởng 2022, Điều 93): fraud, forged dossier, unlawful appraisal, violation within the period. */
export const GROUNDS = ['FRAUD', 'FORGED_DOSSIER', 'UNLAWFUL_APPRAISAL', 'VIOLATION_IN_PERIOD'] as const;
export type Ground = (typeof GROUNDS)[number];

export type AwardState = 'LIVE' | 'REVOKED' | 'REMOVED';
export type LineClass = 'COLLECTIVE' | 'INDIVIDUAL' | 'HOUSEHOLD';

@Entity('award_batch')
export class AwardBatch {
  @PrimaryGeneratedColumn() id: number;
  @Column('uuid', { name: 'client_key', nullable: true }) clientKey: string | null;
  @Column('text') kind: Block;
  @Column('text', { nullable: true }) form: string | null;
  @Column('text', { name: 'form_certainty' }) formCertainty: FormCertainty;
  @Column('text', { nullable: true }) type: string | null;
  @Column('text', { nullable: true }) campaign: string | null;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('text', { array: true }) contests: string[];
  @Column('text', { nullable: true }) tier: string | null;
  @Column('int', { name: 'unit_id' }) unitId: number;
  /** Name and path of the unit on the day of the fact; never rewritten. */
  @Column('text', { name: 'unit_path' }) unitPath: string;
  @Column('int', { name: 'proposing_unit_id', nullable: true }) proposingUnitId: number | null;
  @Column('int', { name: 'reporting_unit_id', nullable: true }) reportingUnitId: number | null;
  @Column('int', { name: 'presenting_unit_id', nullable: true }) presentingUnitId: number | null;
  @Column('int', { name: 'presenting_outside_id', nullable: true }) presentingOutsideId: number | null;
  @Column('boolean', { name: 'conferring_verified' }) conferringVerified: boolean;
  @Column('date', { name: 'span_from' }) spanFrom: Day;
  /** Last possible day of the fact. */
  @Column('date') day: Day;
  @Column('text') basis: Basis;
  @Column('int', { name: 'decision_id', nullable: true }) decisionId: number | null;
  @Column('int', { name: 'file_id', nullable: true }) fileId: number | null;
  @Column('text', { nullable: true }) source: string | null;
  @Column('int', { name: 'stated_coll', nullable: true }) statedColl: number | null;
  @Column('int', { name: 'stated_indiv', nullable: true }) statedIndiv: number | null;
  @Column('int', { name: 'stated_hh', nullable: true }) statedHh: number | null;
  @Column('int', { name: 'stated_unsplit', nullable: true }) statedUnsplit: number | null;
  @Column('int', { name: 'stated_women', nullable: true }) statedWomen: number | null;
  @Column('text', { name: 'position_band', nullable: true }) positionBand: PositionBand | null;
  @Column('boolean', { nullable: true }) enterprise: boolean | null;
  @Column('int', { name: 'part_of', nullable: true }) partOf: number | null;
  @Column('text') classification: Classification;
  /** Entered by an upper officer for the unit (nhập thay). */
  @Column('boolean', { name: 'entered_for' }) enteredFor: boolean;
  @Column('text') state: AwardState;
  @Column('int', { name: 'dim_id' }) dimId: number;
  @Column('int', { name: 'giver_id' }) giverId: number;
  /** Folded words by which the register finds the batch. */
  @Column('text') words: string;
  @Column('date', { name: 'recorded_on' }) recordedOn: Day;
  @Column('text', { name: 'recorded_by' }) recordedBy: string;
  @Column('int', { name: 'recorded_by_id', nullable: true }) recordedById: number | null;
}

/** A conferring body of a batch with its name and level as they were. */
@Entity('award_giver')
export class AwardGiver {
  @PrimaryColumn('int', { name: 'batch_id' }) batchId: number;
  @PrimaryColumn('smallint') place: number;
  @Column('int', { name: 'unit_id', nullable: true }) unitId: number | null;
  @Column('int', { name: 'outside_id', nullable: true }) outsideId: number | null;
  /** Known only by its level: somewhere within this unit. */
  @Column('int', { name: 'within_unit_id', nullable: true }) withinUnitId: number | null;
  @Column('text') name: string;
  @Column('text') level: Level;
}

@Entity('award_line')
export class AwardLine {
  @PrimaryGeneratedColumn() id: number;
  @Column('int', { name: 'batch_id' }) batchId: number;
  @Column('text') class: LineClass;
  @Column('int', { name: 'unit_id' }) unitId: number;
  @Column('text', { name: 'unit_path' }) unitPath: string;
  @Column('int', { name: 'person_id', nullable: true }) personId: number | null;
  @Column('int', { name: 'office_id', nullable: true }) officeId: number | null;
  /** The recipient's name as it stood on the decision. */
  @Column('text') name: string;
  @Column('text', { name: 'name_folded' }) nameFolded: string;
  @Column('int', { name: 'birth_year', nullable: true }) birthYear: number | null;
  @Column('text', { nullable: true }) gender: 'MALE' | 'FEMALE' | null;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('text', { name: 'position_band', nullable: true }) positionBand: PositionBand | null;
  @Column('boolean', { nullable: true }) enterprise: boolean | null;
  @Column('text', { nullable: true }) series: string | null;
  @Column('int', { name: 'register_number', nullable: true }) registerNumber: number | null;
  @Column('text') state: AwardState;
  @Column('date', { name: 'recorded_on' }) recordedOn: Day;
}
