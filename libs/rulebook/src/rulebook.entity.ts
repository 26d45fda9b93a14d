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
