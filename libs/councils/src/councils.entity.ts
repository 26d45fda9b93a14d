import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Day } from '@lib/kernel';
import type { SittingState } from './sitting.workflow.js';

export const COUNCIL_KINDS = ['BCH', 'BTV', 'COUNCIL'] as const;
/** Which body it is: the executive committee, its standing committee, or the council for emulation and commendation. */
export type CouncilKind = (typeof COUNCIL_KINDS)[number];

export const MEMBER_ROLES = ['CHAIR', 'VICE_CHAIR', 'MEMBER', 'SECRETARY'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

export const PRESENCES = ['PRESENT', 'ABSENT', 'CONSULTED'] as const;
/** CONSULTED: absent, and has sent a written ballot. */
export type Presence = (typeof PRESENCES)[number];

@Entity('council')
export class Council {
  @PrimaryGeneratedColumn() id: number;
  @Column('int', { name: 'unit_id' }) unitId: number;
  @Column('text') kind: CouncilKind;
  @Column('text') name: string;
  @Column('date', { name: 'valid_from' }) validFrom: Day;
  /** First day after; 'infinity' while it lasts. */
  @Column('date', { name: 'valid_to' }) validTo: Day;
  @Column('int') version: number;
  @Column('date', { name: 'recorded_on' }) recordedOn: Day;
  @Column('text', { name: 'recorded_by' }) recordedBy: string;
  @Column('int', { name: 'recorded_by_id', nullable: true }) recordedById: number | null;
}

@Entity('council_member')
export class CouncilMember {
  @PrimaryGeneratedColumn() id: number;
  @Column('int', { name: 'council_id' }) councilId: number;
  @Column('text') name: string;
  @Column('text') role: MemberRole;
  @Column('int', { name: 'account_id', nullable: true }) accountId: number | null;
  @Column('int', { name: 'person_id', nullable: true }) personId: number | null;
  @Column('date', { name: 'recorded_on' }) recordedOn: Day;
  /** First day on which it is no member any more. */
  @Column('date', { name: 'removed_on', nullable: true }) removedOn: Day | null;
}

@Entity('sitting')
export class Sitting {
  @PrimaryGeneratedColumn() id: number;
  @Column('int', { name: 'council_id' }) councilId: number;
  @Column('date') day: Day;
  @Column('text', { nullable: true }) place: string | null;
  @Column('text') state: SittingState;
  @Column('int', { name: 'minutes_file_id', nullable: true }) minutesFileId: number | null;
  @Column('int') version: number;
  @Column('date', { name: 'recorded_on' }) recordedOn: Day;
  @Column('text', { name: 'recorded_by' }) recordedBy: string;
  @Column('int', { name: 'recorded_by_id', nullable: true }) recordedById: number | null;
}
