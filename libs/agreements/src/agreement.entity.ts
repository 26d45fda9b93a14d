import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Day } from '@lib/kernel';
import type { AgreementState } from './agreement.workflow.js';

/** PROGRAMME: chương trình công tác; AGREEMENT: giao ước thi đua, which members sign. */
export const AGREEMENT_KINDS = ['PROGRAMME', 'AGREEMENT'] as const;
export type AgreementKind = (typeof AGREEMENT_KINDS)[number];

/** What a commitment is about (the focus tasks that agreements name). */
export const COMMITMENT_CATEGORIES = ['PROPAGANDA', 'CARE', 'CAMPAIGN', 'ORGANISATION', 'TITLES', 'OTHER'] as const;
export type CommitmentCategory = (typeof COMMITMENT_CATEGORIES)[number];

/** To whom it is promised: Party committee, leaders of the agency, members. */
export const ADDRESSEES = ['PARTY_COMMITTEE', 'LEADERS', 'MEMBERS'] as const;
export type Addressee = (typeof ADDRESSEES)[number];

/** RUNNING takes back an outcome that was entered too early. */
export const COMMITMENT_OUTCOMES = ['KEPT', 'BROKEN', 'RUNNING'] as const;
export type CommitmentOutcome = (typeof COMMITMENT_OUTCOMES)[number];

@Entity('agreement')
export class Agreement {
  @PrimaryGeneratedColumn() id: number;
  @Column('text') kind: AgreementKind;
  /** Of a bloc, or between one unit and a counterpart. */
  @Column('int', { name: 'bloc_id', nullable: true }) blocId: number | null;
  @Column('int', { name: 'unit_id', nullable: true }) unitId: number | null;
  /** Who goes on with it after the unit has ended. */
  @Column('int', { name: 'carried_by', nullable: true }) carriedBy: number | null;
  /** The head of the unit's agency, as text. */
  @Column('text', { nullable: true }) counterpart: string | null;
  @Column('int') year: number;
  @Column('date', { name: 'term_from' }) termFrom: Day;
  @Column('date', { name: 'term_to' }) termTo: Day;
  @Column('text') state: AgreementState;
  /** Number of the text in force of discussion or signing: the latest. */
  @Column('int', { name: 'text_number' }) textNumber: number;
  @Column('date', { name: 'opinions_due', nullable: true }) opinionsDue: Day | null;
  /** Day of the signing; who confirms later is late. */
  @Column('date', { name: 'sign_by', nullable: true }) signBy: Day | null;
  @Column('text', { nullable: true }) note: string | null;
  @Column('text', { nullable: true }) source: string | null;
  @Column('int', { name: 'carried_from', nullable: true }) carriedFrom: number | null;
  @Column('int') version: number;
  @Column('date', { name: 'recorded_on' }) recordedOn: Day;
  @Column('text', { name: 'recorded_by' }) recordedBy: string;
  @Column('int', { name: 'recorded_by_id', nullable: true }) recordedById: number | null;
}

@Entity('agreement_commitment')
export class Commitment {
  @PrimaryGeneratedColumn() id: number;
  @Column('int', { name: 'agreement_id' }) agreementId: number;
  /** Null: every member unit. */
  @Column('int', { name: 'owner_id', nullable: true }) ownerId: number | null;
  @Column('text') category: CommitmentCategory;
  @Column('text') content: string;
  @Column('text', { nullable: true }) measure: string | null;
  @Column('text', { nullable: true }) target: string | null;
  /** Code of an indicator whose value measures it. */
  @Column('text', { nullable: true }) indicator: string | null;
  @Column('bigint', { name: 'target_value', nullable: true }) targetValue: number | null;
  @Column('date', { nullable: true }) deadline: Day | null;
  /** Code of the campaign that it carries out. */
  @Column('text', { nullable: true }) campaign: string | null;
  @Column('text', { array: true }) addressees: Addressee[];
  @Column('int', { name: 'carried_from', nullable: true }) carriedFrom: number | null;
  @Column('date', { name: 'recorded_on' }) recordedOn: Day;
  @Column('text', { name: 'recorded_by' }) recordedBy: string;
}
