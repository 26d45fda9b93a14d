import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Day, Level } from '@lib/kernel';

export const FORM_KINDS = ['AWARD', 'TITLE', 'RECOGNITION', 'PRIZE'] as const;
export type FormKind = (typeof FORM_KINDS)[number];

export const RECIPIENT_CLASSES = ['COLLECTIVE', 'INDIVIDUAL', 'HOUSEHOLD'] as const;
export type RecipientClass = (typeof RECIPIENT_CLASSES)[number];

/** Rows of the statutory statistics that a type of commendation falls under. */
export const STATISTICAL_TYPES = [
  'REGULAR',
  'THEMATIC',
  'AD_HOC',
  'EXTERNAL',
  'SERVICE',
  'SENIORITY',
  'RESISTANCE',
] as const;
export type StatisticalType = (typeof STATISTICAL_TYPES)[number];

/** Who votes before the competent organ decides; NONE: nobody needs to. */
export const VOTE_BODIES = ['BCH', 'BTV', 'COUNCIL', 'NONE'] as const;
export type VoteBody = (typeof VOTE_BODIES)[number];

export const VOTE_MODES = ['MEETING', 'WRITTEN'] as const;
export type VoteMode = (typeof VOTE_MODES)[number];

/** Of whom the threshold is a share: members present, those and the consulted ones, all members, all but the recused ones. */
export const VOTE_BASES = ['PRESENT', 'PRESENT_OR_CONSULTED', 'TOTAL', 'TOTAL_LESS_RECUSED'] as const;
export type VoteBase = (typeof VOTE_BASES)[number];

export const THRESHOLD_KINDS = ['MORE_THAN', 'AT_LEAST'] as const;
export type ThresholdKind = (typeof THRESHOLD_KINDS)[number];

/** What every dated rule carries. `validTo` is the first day after; infinities stand for "unknown" and "still in force". */
abstract class DatedRule {
  @PrimaryGeneratedColumn() id: number;
  @Column('text') code: string;
  @Column('text') name: string;
  @Column('date', { name: 'valid_from' }) validFrom: Day;
  @Column('date', { name: 'valid_to' }) validTo: Day;
  @Column('text') source: string;
  @Column('boolean') verified: boolean;
}

@Entity('award_form')
export class AwardForm extends DatedRule {
  @Column('text') kind: FormKind;
  @Column('text') category: string;
  @Column('text', { name: 'recipient_classes', array: true }) recipientClasses: RecipientClass[];
  /** Levels whose bodies may confer it; empty means any. */
  @Column('text', { name: 'conferring_levels', array: true }) conferringLevels: Level[];
  @Column('boolean', { name: 'once_per_life' }) oncePerLife: boolean;
}

@Entity('commendation_type')
export class CommendationType extends DatedRule {
  @Column('text') statistical: StatisticalType;
}

/** How a council votes on a form. Shares are fractions, so that two thirds are two thirds. */
@Entity('vote_rule')
export class VoteRule extends DatedRule {
  @Column('text', { array: true }) forms: string[];
  @Column('text', { array: true }) types: string[];
  @Column('text', { array: true }) kinds: FormKind[];
  @Column('text') body: VoteBody;
  @Column('text') mode: VoteMode;
  @Column('int', { name: 'quorum_parts', nullable: true }) quorumParts: number | null;
  @Column('int', { name: 'quorum_of', nullable: true }) quorumOf: number | null;
  @Column('int', { name: 'threshold_parts' }) thresholdParts: number;
  @Column('int', { name: 'threshold_of' }) thresholdOf: number;
  @Column('text', { name: 'threshold_kind' }) thresholdKind: ThresholdKind;
  @Column('text') base: VoteBase;
  @Column('boolean', { name: 'must_include_chair' }) mustIncludeChair: boolean;
  @Column('boolean') secret: boolean;
  @Column('boolean', { name: 'absentee_written' }) absenteeWritten: boolean;
}
