import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import type { Day, Level, Qualifier } from '@lib/kernel';
import type { Nature } from '@lib/figures';

export const MEASURE_KINDS = ['COUNT', 'MONEY', 'COUNT_AND_MONEY'] as const;
/** What an indicator is told in. */
export type MeasureKind = (typeof MEASURE_KINDS)[number];

export const MEASURES = ['COUNT', 'MONEY'] as const;
export type Measure = (typeof MEASURES)[number];

export const STATUSES = ['PROPOSED', 'APPROVED', 'DELIVERED'] as const;
/** How far a thing has come: asked for, granted, done. Figures of different statuses are never added. */
export type ResultStatus = (typeof STATUSES)[number];

export const REPORT_SCOPES = ['OWN', 'INCLUDES_SUBORDINATES'] as const;
export type ReportScope = (typeof REPORT_SCOPES)[number];

export const REPORT_BASES = ['PERIOD', 'EVENT'] as const;
/** PERIOD: all that was done in the span. EVENT: one thing that happened within it. */
export type ReportBasis = (typeof REPORT_BASES)[number];

export const BENEFICIARY_CLASSES = [
  'MEMBERS',
  'WORKERS',
  'CHILDREN',
  'POLICY_FAMILIES',
  'HARDSHIP',
  'UNITS',
  'OTHER',
] as const;
export type BeneficiaryClass = (typeof BENEFICIARY_CLASSES)[number];

export const TARGET_SPANS = ['YEAR', 'PHASE', 'TERM'] as const;
export type TargetSpan = (typeof TARGET_SPANS)[number];

export const OUTCOMES = ['EXCEEDED', 'MET', 'NOT_MET'] as const;
export type TargetOutcome = (typeof OUTCOMES)[number];

/** When a statement was entered, and, where it was corrected or taken out, when and why. */
export abstract class Dated {
  @Column('date', { name: 'recorded_on' }) recordedOn: Day;
  @Column('text', { name: 'recorded_by' }) recordedBy: string;
  @Column('int', { name: 'recorded_by_id', nullable: true }) recordedById: number | null;
  @Column('date', { name: 'removed_on', nullable: true }) removedOn: Day | null;
  @Column('text', { name: 'removed_by', nullable: true }) removedBy: string | null;
  @Column('text', { name: 'removal_reason', nullable: true }) removalReason: string | null;
}

@Entity('indicator')
export class Indicator {
  @PrimaryGeneratedColumn() id: number;
  @Column('text') code: string;
  @Column('text') name: string;
  @Column('text', { name: 'name_folded' }) nameFolded: string;
  @Column('text', { name: 'unit_of_measure' }) unitOfMeasure: string;
  @Column('text') nature: Nature;
  @Column('text') measures: MeasureKind;
  @Column('text', { nullable: true }) campaign: string | null;
  @Column('text', { nullable: true }) source: string | null;
  @Column('int', { name: 'owner_unit_id' }) ownerUnitId: number;
  @Column('date', { name: 'recorded_on' }) recordedOn: Day;
}

@Entity('result_report')
export class ResultReport extends Dated {
  @PrimaryGeneratedColumn() id: number;
  @Column('uuid', { name: 'client_key', nullable: true }) clientKey: string | null;
  @Column('int', { name: 'unit_id' }) unitId: number;
  /** Name and path of the unit on the last day of the span; never rewritten. */
  @Column('text', { name: 'unit_path' }) unitPath: string;
  @Column('date', { name: 'span_from' }) spanFrom: Day;
  @Column('date') day: Day;
  @Column('text') basis: ReportBasis;
  @Column('text') scope: ReportScope;
  @Column('text') status: ResultStatus;
  @Column('text') nature: Nature;
  @Column('text', { name: 'funding_source', nullable: true }) fundingSource: string | null;
  @Column('text', { name: 'beneficiary_class', nullable: true }) beneficiaryClass: BeneficiaryClass | null;
  @Column('text', { nullable: true }) beneficiaries: string | null;
  @Column('text', { nullable: true }) occasion: string | null;
  /** One sum for all items, in đồng. */
  @Column('bigint', { nullable: true }) money: number | null;
  @Column('text', { name: 'money_qualifier', nullable: true }) moneyQualifier: Qualifier | null;
  @Column('text', { nullable: true }) source: string | null;
  @Column('int', { name: 'file_id', nullable: true }) fileId: number | null;
  @Column('text', { nullable: true }) note: string | null;
  /** Entered by an upper officer for the unit (nhập thay). */
  @Column('boolean', { name: 'entered_for' }) enteredFor: boolean;
  @Column('int', { nullable: true }) replaces: number | null;
}

@Entity('result_item')
export class ResultItem {
  @PrimaryColumn('int', { name: 'report_id' }) reportId: number;
  @PrimaryColumn('smallint') place: number;
  @Column('int', { name: 'indicator_id' }) indicatorId: number;
  @Column('bigint', { nullable: true }) count: number | null;
  @Column('text', { name: 'count_qualifier', nullable: true }) countQualifier: Qualifier | null;
}

@Entity('result_target')
export class ResultTarget extends Dated {
  @PrimaryGeneratedColumn() id: number;
  @Column('int', { name: 'unit_id' }) unitId: number;
  @Column('int', { name: 'indicator_id' }) indicatorId: number;
  @Column('text') of: TargetSpan;
  @Column('text') label: string;
  @Column('date', { name: 'from_day' }) from: Day;
  @Column('date', { name: 'to_day' }) to: Day;
  @Column('text', { nullable: true }) campaign: string | null;
  @Column('text') measure: Measure;
  @Column('bigint', { nullable: true }) value: number | null;
  @Column('text', { nullable: true }) qualifier: Qualifier | null;
  @Column('text', { name: 'per_level', nullable: true }) perLevel: Level | null;
  @Column('int', { name: 'percent_tenths', nullable: true }) percentTenths: number | null;
  @Column('text', { nullable: true }) outcome: TargetOutcome | null;
  @Column('date', { name: 'stated_on', nullable: true }) statedOn: Day | null;
  @Column('text', { nullable: true }) source: string | null;
  @Column('int', { name: 'file_id', nullable: true }) fileId: number | null;
  @Column('int', { nullable: true }) replaces: number | null;
}

@Entity('result_coverage')
export class ResultCoverage extends Dated {
  @PrimaryGeneratedColumn() id: number;
  @Column('int', { name: 'unit_id' }) unitId: number;
  @Column('text') campaign: string;
  @Column('text', { name: 'campaign_key' }) campaignKey: string;
  @Column('text') level: Level;
  @Column('date', { name: 'as_of' }) asOf: Day;
  @Column('int') deployed: number;
  @Column('int', { name: 'not_deployed', nullable: true }) notDeployed: number | null;
  @Column('int', { nullable: true }) expected: number | null;
  @Column('text', { nullable: true }) source: string | null;
  @Column('int', { name: 'file_id', nullable: true }) fileId: number | null;
  @Column('int', { nullable: true }) replaces: number | null;
}
