import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Day, Qualifier } from '@lib/kernel';
import { Dated } from './results.entity.js';

export const AGENCY_OUTCOMES = ['UNION_FOUNDED', 'CLOSED'] as const;
/** Why an agency is no longer without a union: one was founded in it, or it exists no more. */
export type AgencyOutcome = (typeof AGENCY_OUTCOMES)[number];

@Entity('agency')
export class Agency extends Dated {
  @PrimaryGeneratedColumn() id: number;
  /** The union that is responsible for it. */
  @Column('int', { name: 'unit_id' }) unitId: number;
  @Column('text') name: string;
  @Column('text', { name: 'name_folded' }) nameFolded: string;
  @Column('text', { nullable: true }) place: string | null;
  @Column('int', { nullable: true }) workers: number | null;
  @Column('text', { name: 'workers_qualifier', nullable: true }) workersQualifier: Qualifier | null;
  @Column('date', { name: 'workers_as_of', nullable: true }) workersAsOf: Day | null;
  /** First day known without a union; null: unknown. */
  @Column('date', { nullable: true }) since: Day | null;
  @Column('text', { nullable: true }) outcome: AgencyOutcome | null;
  /** First day on which it is no longer without a union. */
  @Column('date', { name: 'outcome_day', nullable: true }) outcomeDay: Day | null;
  @Column('int', { name: 'union_unit_id', nullable: true }) unionUnitId: number | null;
  /** The founding of the union, where it is kept as an event. */
  @Column('int', { name: 'event_id', nullable: true }) eventId: number | null;
  @Column('text') source: string;
  @Column('int', { nullable: true }) replaces: number | null;
}
