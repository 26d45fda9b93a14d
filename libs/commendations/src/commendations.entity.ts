import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Day, Warning } from '@lib/kernel';
import type { CommendationState } from './commendation.workflow.js';

export const ORGANS = ['BCH', 'BTV', 'LEADER'] as const;
/** The organ that decides for the unit. */
export type Organ = (typeof ORGANS)[number];

export const VERDICTS = ['AWARD', 'DECLINE'] as const;
/** What the organ decides on one line. */
export type Verdict = (typeof VERDICTS)[number];

@Entity('commendation')
export class Commendation {
  @PrimaryGeneratedColumn() id: number;
  @Column('int', { name: 'unit_id' }) unitId: number;
  @Column('text') organ: Organ;
  @Column('text') title: string;
  @Column('text') state: CommendationState;
  /** The number taken in the register's own list of decisions; stays taken when the decision is cancelled. */
  @Column('int', { name: 'decision_id', nullable: true }) decisionId: number | null;
  @Column('text', { nullable: true }) number: string | null;
  @Column('text', { nullable: true }) symbol: string | null;
  @Column('date', { nullable: true }) day: Day | null;
  @Column('text', { name: 'signer_name', nullable: true }) signerName: string | null;
  @Column('text', { name: 'signer_post', nullable: true }) signerPost: string | null;
  @Column('int', { name: 'file_id', nullable: true }) fileId: number | null;
  @Column('int', { name: 'minutes_file_id', nullable: true }) minutesFileId: number | null;
  /** Canonical JSON of what was signed; never changes once written. */
  @Column('text', { nullable: true }) list: string | null;
  @Column('text', { name: 'list_sha256', nullable: true }) listSha256: string | null;
  @Column('text', { name: 'file_sha256', nullable: true }) fileSha256: string | null;
  @Column('timestamptz', { name: 'prepared_at', nullable: true }) preparedAt: Date | null;
  @Column('int') version: number;
  @Column('date', { name: 'recorded_on' }) recordedOn: Day;
  @Column('text', { name: 'recorded_by' }) recordedBy: string;
  @Column('int', { name: 'recorded_by_id', nullable: true }) recordedById: number | null;
}

@Entity('commendation_line')
export class CommendationLine {
  @PrimaryGeneratedColumn() id: number;
  @Column('int', { name: 'commendation_id' }) commendationId: number;
  @Column('int', { name: 'line_id' }) lineId: number;
  @Column('text') outcome: Verdict;
  /** The form that is given; null where the line is declined. */
  @Column('text', { nullable: true }) form: string | null;
  /** Why it differs from what the council said, or why it is declined. */
  @Column('text', { nullable: true }) reason: string | null;
  /** Golden-book number, `auto` for the next one. */
  @Column('text', { name: 'register_number', nullable: true }) registerNumber: string | null;
  @Column('jsonb') warnings: Warning[];
  @Column('boolean') held: boolean;
  @Column('int', { name: 'batch_id', nullable: true }) batchId: number | null;
  @Column('int', { name: 'award_line_id', nullable: true }) awardLineId: number | null;
}
