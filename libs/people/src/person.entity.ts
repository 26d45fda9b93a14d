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
  @Column('int', { name: 'unit_id' }) unitId: number;
  @Column('text', { name: 'member_card', nullable: true }) memberCard: string | null;
  @Column('text') classification: Classification;
  @Column('date', { name: 'recorded_on' }) recordedOn: Day;
}
