import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Classification, Day } from '@lib/kernel';

/** Đăng ký danh hiệu: who set out, at the beginning of a year, for which title. A precondition that only warns. */
@Entity('title_registration')
export class TitleRegistration {
  @PrimaryGeneratedColumn() id: number;
  @Column('int', { name: 'registering_unit_id' }) registeringUnitId: number;
  @Column('text') class: 'COLLECTIVE' | 'INDIVIDUAL';
  @Column('int', { name: 'unit_id' }) unitId: number;
  @Column('int', { name: 'person_id', nullable: true }) personId: number | null;
  @Column('int', { name: 'office_id', nullable: true }) officeId: number | null;
  @Column('text') name: string;
  @Column('text', { name: 'name_folded' }) nameFolded: string;
  @Column('int', { name: 'birth_year', nullable: true }) birthYear: number | null;
  @Column('text') form: string;
  @Column('int') year: number;
  @Column('date', { name: 'registered_on' }) registeredOn: Day;
  @Column('text') classification: Classification;
  @Column('date', { name: 'recorded_on' }) recordedOn: Day;
  @Column('text', { name: 'recorded_by' }) recordedBy: string;
  @Column('int', { name: 'recorded_by_id', nullable: true }) recordedById: number | null;
  @Column('date', { name: 'removed_on', nullable: true }) removedOn: Day | null;
  @Column('text', { name: 'removed_by', nullable: true }) removedBy: string | null;
  @Column('text', { name: 'removal_reason', nullable: true }) removalReason: string | null;
}
