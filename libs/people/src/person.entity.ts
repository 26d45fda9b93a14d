import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Classification, Day } from '@lib/kernel';

export const GENDERS = ['MALE', 'FEMALE'] as const;
export type Gender = (typeof GENDERS)[number];

@Entity('person')
export class Person {
  @PrimaryGeneratedColumn() id: number;
  /** As written on papers, composed Unicode. */
  @Column('text', { name: 'full_name' }) fullName: string;
  /** Last word of the name: what lists are ordered by. */
  @Column('text', { name: 'given_name' }) givenName: string;
  @Column('text', { name: 'name_folded' }) nameFolded: string;
  @Column('int', { name: 'birth_year', nullable: true }) birthYear: number | null;
  @Column('text', { nullable: true }) gender: Gender | null;
  /** Of the present; earlier ones stand in `membership`. */
  @Column('int', { name: 'unit_id' }) unitId: number;
  /** Mã đoàn viên. */
  @Column('text', { name: 'member_card', nullable: true }) memberCard: string | null;
  /** Số hiệu in the forces. */
  @Column('text', { name: 'service_number', nullable: true }) serviceNumber: string | null;
  @Column('date', { name: 'admitted_on', nullable: true }) admittedOn: Day | null;
  @Column('text') classification: Classification;
  @Column('date', { name: 'recorded_on' }) recordedOn: Day;
  /** The record that a person said is the same human being. */
  @Column('int', { name: 'merged_into', nullable: true }) mergedInto: number | null;
  /** Where the chain of merges ends; null: this record stands for itself. */
  @Column('int', { name: 'identity_id', nullable: true }) identityId: number | null;
  @Column('int') version: number;
}
