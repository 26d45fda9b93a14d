/** A summary as the API prints it, under the names the page uses. */
import type {
  AgreementRecord,
  CampaignSection,
  ChildRow,
  Computing,
  CoverageRecord,
  CoverageRow,
  DeploymentRecord,
  IndicatorRow,
  Line,
  MoneyGroupRow,
  OrganisationRecord,
  OrganisationSection,
  PrizeLine,
  ProposalRecord,
  ProposalRow,
  RecordRow,
  Relation,
  ResultRecord,
  StatedStrength,
  SummariesControllerRecordsResponses,
  Summary,
  TargetRow,
  Totals,
  UndatedRow,
} from '../contract/types.gen.js';
import type { CountLike } from '../words/format.js';

export type Block = 'awards' | 'titles' | 'recognitions' | 'prizes';
/** Whatever holds counts by class, for tables that print any of them. */
export interface Figures {
  collectives: CountLike;
  individuals: CountLike;
  households?: CountLike;
  unsplit?: CountLike;
  women?: CountLike;
}
export type Lens = Summary['lens'];
export type AwardBlock = Summary['awards'];
export type PlainBlock = Summary['titles'];
export type RecordPage = SummariesControllerRecordsResponses[200];
export type BesideBlock = 'coverage' | 'indicators' | 'campaigns' | 'agreements' | 'proposals' | 'organisation';
/** A figure beside the awards: how its records are found, and what it is called. */
export interface BesideFigure {
  block: BesideBlock;
  key: string;
  title: string;
  /** Other days than the summary's: those of a target. */
  span?: { from: string; to: string };
}
/** A page of the records behind such a figure. */
export interface BesidePage {
  items: readonly (ResultRecord | DeploymentRecord | AgreementRecord | ProposalRecord | OrganisationRecord)[];
  next: string | number | null;
  hidden?: number;
}
export type {
  AgreementRecord,
  CampaignSection,
  ChildRow as ChildPart,
  Computing,
  CoverageRecord,
  CoverageRow,
  DeploymentRecord,
  IndicatorRow,
  Line as SummaryLine,
  MoneyGroupRow,
  OrganisationRecord,
  OrganisationSection,
  PrizeLine as Prize,
  ProposalRecord,
  ProposalRow,
  RecordRow as RecordItem,
  Relation,
  ResultRecord,
  StatedStrength as Stated,
  Summary,
  TargetRow,
  Totals as Total,
  UndatedRow as Undated,
};

export function isComplete(answer: Summary | Computing): answer is Summary {
  return 'awards' in answer;
}
