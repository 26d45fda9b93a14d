import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Day, Qualifier } from '@lib/kernel';
import type { CampaignState, PhaseState } from './campaigns.workflow.js';

/** Phong trào thi đua, cuộc vận động, chương trình. A contest is a record of its own. */
export const CATEGORIES = ['MOVEMENT', 'MOBILISATION', 'PROGRAMME'] as const;
export type CampaignCategory = (typeof CATEGORIES)[number];

/** Thường xuyên, theo chuyên đề (Luật TĐKT 2022, Điều 16), theo đợt (older law, still in use). */
export const KINDS = ['REGULAR', 'THEMATIC', 'DRIVE'] as const;
export type CampaignKind = (typeof KINDS)[number];

/** How far it reaches (Điều 16): nation; ministry, sector or province; bloc; one agency or unit. */
export const REACHES = ['NATIONAL', 'SECTOR_OR_PROVINCE', 'BLOC', 'UNIT'] as const;
export type CampaignReach = (typeof REACHES)[number];

/** What a unit reports of its deployment; a unit without an entry has not reported. */
export const REPORTED = ['NOT_STARTED', 'PLANNED', 'DEPLOYED'] as const;
export type ReportedStatus = (typeof REPORTED)[number];
export const DEPLOYMENT_STATUSES = ['NOT_REPORTED', ...REPORTED] as const;
export type DeploymentStatus = (typeof DEPLOYMENT_STATUSES)[number];

export const PURPOSES = ['LAUNCH', 'INTERIM_REVIEW', 'FINAL_REVIEW', 'SIGNING', 'CONFERENCE', 'OTHER'] as const;
export type Purpose = (typeof PURPOSES)[number];

export const OCCASION_KINDS = ['ANNIVERSARY', 'CONGRESS', 'WORKERS_MONTH', 'HOLIDAY', 'OTHER'] as const;
export type OccasionKind = (typeof OCCASION_KINDS)[number];

class Recorded {
  @Column('date', { name: 'recorded_on' }) recordedOn: Day;
  @Column('text', { name: 'recorded_by' }) recordedBy: string;
  @Column('int', { name: 'recorded_by_id', nullable: true }) recordedById: number | null;
}

@Entity('campaign')
export class Campaign extends Recorded {
  @PrimaryGeneratedColumn() id: number;
  @Column('text') code: string;
  @Column('text') name: string;
  /** Other names under which decisions and papers call it. */
  @Column('text', { array: true }) aliases: string[];
  /** Folded words by which the list finds it. */
  @Column('text') words: string;
  @Column('text') category: CampaignCategory;
  @Column('text', { nullable: true }) kind: CampaignKind | null;
  @Column('boolean') special: boolean;
  @Column('text', { nullable: true }) scope: CampaignReach | null;
  /** The owner; of a bloc its organiser; of a campaign of an outside body the unit that keeps the record. */
  @Column('int', { name: 'unit_id' }) unitId: number;
  /** Who goes on with it after the owner has ended. */
  @Column('int', { name: 'carried_by', nullable: true }) carriedBy: number | null;
  @Column('int', { name: 'bloc_id', nullable: true }) blocId: number | null;
  @Column('int', { name: 'outside_id', nullable: true }) outsideId: number | null;
  @Column('int', { name: 'parent_id', nullable: true }) parentId: number | null;
  @Column('date', { name: 'launch_day', nullable: true }) launchDay: Day | null;
  @Column('date', { name: 'day_from', nullable: true }) from: Day | null;
  @Column('date', { name: 'day_to', nullable: true }) to: Day | null;
  /** "giai đoạn 2020–2025": as written, not checked against the days (DR-68). */
  @Column('text', { name: 'named_period', nullable: true }) namedPeriod: string | null;
  /** By when units below are to deploy it. */
  @Column('date', { name: 'deploy_by', nullable: true }) deployBy: Day | null;
  @Column('text', { nullable: true }) objective: string | null;
  @Column('text', { nullable: true }) subjects: string | null;
  @Column('text', { nullable: true }) content: string | null;
  @Column('text', { nullable: true }) plan: string | null;
  @Column('text', { name: 'document_number', nullable: true }) documentNumber: string | null;
  @Column('date', { name: 'document_day', nullable: true }) documentDay: Day | null;
  @Column('int', { name: 'file_id', nullable: true }) fileId: number | null;
  @Column('text', { nullable: true }) source: string | null;
  @Column('text') state: CampaignState;
  @Column('int') version: number;
}

/** What a unit reported of its deployment, valid from `since`; a correction is another entry. */
@Entity('campaign_deployment')
export class CampaignDeployment extends Recorded {
  @PrimaryGeneratedColumn() id: number;
  @Column('int', { name: 'campaign_id' }) campaignId: number;
  @Column('int', { name: 'unit_id' }) unitId: number;
  @Column('text') status: ReportedStatus;
  @Column('date') since: Day;
  @Column('text', { nullable: true }) plan: string | null;
  @Column('text', { nullable: true }) target: string | null;
  @Column('int', { name: 'file_id', nullable: true }) fileId: number | null;
  @Column('text', { nullable: true }) source: string | null;
  /** People who take part in the unit and all below it. */
  @Column('int', { nullable: true }) participants: number | null;
  @Column('text', { name: 'participants_qualifier', nullable: true }) participantsQualifier: Qualifier | null;
  /** Entered by an upper officer for the unit (nhập thay). */
  @Column('boolean', { name: 'entered_for' }) enteredFor: boolean;
  @Column('date', { name: 'removed_on', nullable: true }) removedOn: Day | null;
  @Column('text', { name: 'removed_by', nullable: true }) removedBy: string | null;
  @Column('text', { name: 'removed_reason', nullable: true }) removedReason: string | null;
}

@Entity('campaign_phase')
export class CampaignPhase extends Recorded {
  @PrimaryGeneratedColumn() id: number;
  @Column('int', { name: 'campaign_id' }) campaignId: number;
  @Column('text') name: string;
  @Column('date', { name: 'day_from', nullable: true }) from: Day | null;
  @Column('date', { name: 'day_to', nullable: true }) to: Day | null;
  @Column('text', { nullable: true }) target: string | null;
  @Column('text') state: PhaseState;
  @Column('date', { name: 'removed_on', nullable: true }) removedOn: Day | null;
}

@Entity('contest')
export class Contest extends Recorded {
  @PrimaryGeneratedColumn() id: number;
  @Column('int', { name: 'campaign_id' }) campaignId: number;
  @Column('text') name: string;
  @Column('text', { array: true }) aliases: string[];
  /** What is competed in: a song; a logo of the union and one of its congress. */
  @Column('text', { array: true }) objects: string[];
  @Column('text', { nullable: true }) organiser: string | null;
  @Column('int', { nullable: true }) entries: number | null;
  @Column('text', { name: 'entries_qualifier', nullable: true }) entriesQualifier: Qualifier | null;
  @Column('int', { nullable: true }) participants: number | null;
  @Column('text', { name: 'participants_qualifier', nullable: true }) participantsQualifier: Qualifier | null;
  @Column('date', { name: 'removed_on', nullable: true }) removedOn: Day | null;
}

/** Something that was held on certain days, for one or several purposes. */
@Entity('event')
export class UnionEvent extends Recorded {
  @PrimaryGeneratedColumn() id: number;
  /** Who held it. */
  @Column('int', { name: 'unit_id' }) unitId: number;
  @Column('text') name: string;
  @Column('text', { array: true }) purposes: Purpose[];
  @Column('date', { name: 'day_from' }) from: Day;
  @Column('date', { name: 'day_to' }) to: Day;
  @Column('text', { nullable: true }) place: string | null;
  @Column('text', { nullable: true }) attendees: string | null;
  @Column('text', { nullable: true }) note: string | null;
  @Column('text', { nullable: true }) source: string | null;
  @Column('date', { name: 'removed_on', nullable: true }) removedOn: Day | null;
}

/** What something is done in honour of: an anniversary, a congress, the Workers' Month. */
@Entity('occasion')
export class Occasion extends Recorded {
  @PrimaryGeneratedColumn() id: number;
  /** Whose record it is. */
  @Column('int', { name: 'unit_id' }) unitId: number;
  @Column('text') kind: OccasionKind;
  @Column('text') name: string;
  /** Years of an anniversary, or which congress. */
  @Column('int', { nullable: true }) number: number | null;
  /** "2023–2028" */
  @Column('text', { nullable: true }) term: string | null;
  @Column('date', { name: 'day_from', nullable: true }) from: Day | null;
  @Column('date', { name: 'day_to', nullable: true }) to: Day | null;
}
