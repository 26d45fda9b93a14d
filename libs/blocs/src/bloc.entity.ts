import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import type { Day } from '@lib/kernel';

/** CLUSTER: cụm, units of one area; BLOCK: khối, units of one kind. */
export const BLOC_KINDS = ['CLUSTER', 'BLOCK'] as const;
export type BlocKind = (typeof BLOC_KINDS)[number];

export const BLOC_ROLES = ['HEAD', 'DEPUTY', 'MEMBER'] as const;
export type BlocRole = (typeof BLOC_ROLES)[number];

@Entity('bloc')
export class Bloc {
  @PrimaryGeneratedColumn() id: number;
  @Column('int', { name: 'organiser_id' }) organiserId: number;
  /** Who goes on organising it after the organiser has ended. */
  @Column('int', { name: 'carried_by', nullable: true }) carriedBy: number | null;
  @Column('text') kind: BlocKind;
  @Column('int') number: number;
  @Column('int') year: number;
  @Column('text', { name: 'own_name', nullable: true }) ownName: string | null;
  @Column('text', { nullable: true }) theme: string | null;
  @Column('text', { nullable: true }) note: string | null;
  @Column('text', { nullable: true }) source: string | null;
  /** The person who stands for the head unit, as papers print name, rank and post. */
  @Column('text', { name: 'representative_name', nullable: true }) representativeName: string | null;
  @Column('text', { name: 'representative_rank', nullable: true }) representativeRank: string | null;
  @Column('text', { name: 'representative_post', nullable: true }) representativePost: string | null;
  @Column('int', { name: 'copied_from', nullable: true }) copiedFrom: number | null;
  /** Grows with every edit; an edit says which one it saw. */
  @Column('int') version: number;
  @Column('date', { name: 'recorded_on' }) recordedOn: Day;
  @Column('text', { name: 'recorded_by' }) recordedBy: string;
  @Column('int', { name: 'recorded_by_id', nullable: true }) recordedById: number | null;
}

@Entity('bloc_member')
export class BlocMember {
  @PrimaryColumn('int', { name: 'bloc_id' }) blocId: number;
  @PrimaryColumn('int', { name: 'unit_id' }) unitId: number;
  @Column('text') role: BlocRole;
  @Column('date', { nullable: true }) joined: Day | null;
  /** Last day; null while it belongs to the bloc of that year. */
  @Column('date', { name: 'left_on', nullable: true }) leftOn: Day | null;
}
