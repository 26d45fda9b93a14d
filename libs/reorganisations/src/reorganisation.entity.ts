import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Day } from '@lib/kernel';
import type { UnitEventInput, UnitEventKind } from '@lib/units';
import type { ReorganisationState } from './reorganisation.workflow.js';

/** What the event will say, by unit codes: units that it founds have no id yet. */
export type ReorganisationPlan = Omit<UnitEventInput, 'kind' | 'from' | 'decision' | 'note'>;

export interface FollowedTasks {
  readonly fromUnitId: number;
  readonly toUnitId: number;
  readonly ids: readonly number[];
}

export interface MovedPeople {
  readonly fromUnitId: number;
  readonly toUnitId: number;
  readonly move: number;
  readonly people: number;
}

@Entity('reorganisation')
export class Reorganisation {
  @PrimaryGeneratedColumn() id: number;
  @Column('text') title: string;
  @Column('text', { name: 'title_folded' }) titleFolded: string;
  /** The lowest unit above all that takes part. */
  @Column('int', { name: 'unit_id' }) unitId: number;
  @Column('text') kind: UnitEventKind;
  /** First day on which it holds. */
  @Column('date', { name: 'from_day' }) from: Day;
  @Column('jsonb') plan: ReorganisationPlan;
  @Column('text', { name: 'decision_number', nullable: true }) decisionNumber: string | null;
  @Column('date', { name: 'decision_day', nullable: true }) decisionDay: Day | null;
  @Column('text', { name: 'decision_body', nullable: true }) decisionBody: string | null;
  @Column('int', { name: 'file_id', nullable: true }) fileId: number | null;
  @Column('text', { nullable: true }) note: string | null;
  @Column('text') state: ReorganisationState;
  @Column('int', { name: 'event_id', nullable: true }) eventId: number | null;
  @Column('int', { name: 'counter_event_id', nullable: true }) counterEventId: number | null;
  /** Tasks that went on to another unit. */
  @Column('jsonb', { name: 'followed_tasks' }) followedTasks: readonly FollowedTasks[];
  /** Memberships that moved, by the number under which they are taken back. */
  @Column('jsonb') moves: readonly MovedPeople[];
  /** Why it was not applied on its day. */
  @Column('text', { name: 'held_up', nullable: true }) heldUp: string | null;
  @Column('int', { name: 'prepared_by_id', nullable: true }) preparedById: number | null;
  @Column('int') version: number;
  @Column('text', { name: 'changed_by' }) changedBy: string;
  @Column('timestamptz', { name: 'changed_at' }) changedAt: Date;
  @Column('date', { name: 'recorded_on' }) recordedOn: Day;
  @Column('text', { name: 'recorded_by' }) recordedBy: string;
}
