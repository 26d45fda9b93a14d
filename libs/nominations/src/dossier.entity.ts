import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Day } from '@lib/kernel';
import type { DossierState } from './dossier.workflow.js';

/** Kinds of papers of a dossier (domain §7.4). */
export const PAPER_KINDS = ['TO_TRINH', 'BAO_CAO', 'BIEN_BAN', 'SANG_KIEN', 'Y_KIEN', 'KHAC'] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

@Entity('dossier')
export class Dossier {
  @PrimaryGeneratedColumn() id: number;
  @Column('uuid', { name: 'client_key', nullable: true }) clientKey: string | null;
  /** The proposing unit; of a composed one, the unit that composed it. */
  @Column('int', { name: 'unit_id' }) unitId: number;
  /** The unit asked: the proposing unit itself, or one above it. */
  @Column('int', { name: 'to_unit_id', nullable: true }) toUnitId: number | null;
  /** The body outside the system that is asked (khen cao). */
  @Column('int', { name: 'to_outside_id', nullable: true }) toOutsideId: number | null;
  @Column('int') year: number;
  @Column('text', { nullable: true }) occasion: string | null;
  @Column('text', { nullable: true }) type: string | null;
  @Column('int', { name: 'campaign_id', nullable: true }) campaignId: number | null;
  @Column('text', { nullable: true }) campaign: string | null;
  @Column('text') title: string;
  @Column('text', { name: 'title_folded' }) titleFolded: string;
  @Column('text', { nullable: true }) note: string | null;
  @Column('text') state: DossierState;
  /** Lines of received dossiers have been put into it. */
  @Column('boolean') composed: boolean;
  /** Submitted by the officer, where the unit has nobody who signs in the system. */
  @Column('boolean', { name: 'submitted_by_officer' }) submittedByOfficer: boolean;
  @Column('date', { name: 'submitted_on', nullable: true }) submittedOn: Day | null;
  /** The day whose rules judge it. */
  @Column('date', { name: 'received_on', nullable: true }) receivedOn: Day | null;
  @Column('date', { name: 'returned_on', nullable: true }) returnedOn: Day | null;
  /** Working days with its proposer since it was received. */
  @Column('int', { name: 'days_returned' }) daysReturned: number;
  @Column('date', { name: 'settled_on', nullable: true }) settledOn: Day | null;
  @Column('int') version: number;
  @Column('text', { name: 'changed_by' }) changedBy: string;
  @Column('timestamptz', { name: 'changed_at' }) changedAt: Date;
  @Column('date', { name: 'recorded_on' }) recordedOn: Day;
  @Column('text', { name: 'recorded_by' }) recordedBy: string;
  @Column('int', { name: 'recorded_by_id', nullable: true }) recordedById: number | null;
}
