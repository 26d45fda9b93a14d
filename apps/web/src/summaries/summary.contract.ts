import type { AwardKind, BodyRef, Counts, Day, FormCertainty, Id, Level, Page, UnitRef, When } from '../contract.js';
import type { CountLike } from '../words/format.js';

/** A summary as the API prints it (a contract of its own: fields are added, never renamed). */
export type Block = 'awards' | 'titles' | 'recognitions' | 'prizes';
export type Relation = 'OWN' | 'FROM_ABOVE' | 'OUTSIDE_BODY' | 'TO_OUTSIDE';

export interface Figures {
  collectives: CountLike;
  individuals: CountLike;
  households?: CountLike;
  unsplit?: CountLike;
  women?: CountLike;
}
export interface Total extends Figures {
  persons?: CountLike;
  personsReason?: string | null;
}
export interface SummaryLine extends Figures {
  key: string;
  conferringBodies: BodyRef[];
  conferringVerified: boolean;
  presenting: BodyRef | null;
  form: string | null;
  formName: string | null;
  formCertainty: FormCertainty;
  type: string | null;
  campaign: string | null;
  reason: string | null;
  relation: Relation;
  itemised: { collectives: number; individuals: number };
  when: When | { from: Day; to: Day } | null;
}
export interface Prize {
  key: string;
  contests: string[];
  tier: string | null;
  conferringBodies: BodyRef[];
  campaign: string | null;
  count: CountLike;
  when: SummaryLine['when'];
}
export interface Undated {
  batchId: Id;
  /** Beside which totals it stands: AWARD, TITLE, RECOGNITION or PRIZE. */
  block: AwardKind;
  title: string;
  when: { from: Day; to: Day };
  counts: Counts;
}
export interface Stated {
  value: number;
  qualifier: 'EXACT' | 'OVER' | 'NEARLY' | 'AT_LEAST' | 'ABOUT';
  asOf: Day;
  source: string;
}
export interface ChildPart {
  unit: UnitRef;
  /** Received at the unit itself, or conferred by its bodies to others. */
  own: boolean;
  awards: Counts;
  titles: Counts;
  recognitions: Counts;
  prizes: number;
}
export interface AwardBlock {
  total: Total;
  byConferringLevel: (Figures & { level: Level; levelName: string; keys: string[] })[];
  byType: (Figures & { type: string | null; keys: string[] })[];
  byForm: (Figures & { form: string | null; formName: string | null; keys: string[] })[];
  lines: SummaryLine[];
  undatedWithin: Undated[];
}
export interface PlainBlock {
  total: Total;
  lines: SummaryLine[];
}
export interface Summary {
  unit: UnitRef;
  period: { from: Day; to: Day };
  lens: 'as-was';
  asKnownOn: Day;
  freshness: 'FRESH' | 'STALE' | 'COMPUTING';
  restructured: boolean;
  state: 'OPEN' | 'LOCKED' | 'PUBLISHED';
  version: number | null;
  /** The last fact that was counted; opens the records of just these figures. */
  seq: number;
  fingerprint: string;
  strength: {
    members: Stated | null;
    workers: Stated | null;
    unitsByLevel: { level: Level; stated: CountLike; fromTree: number; asOf: Day | null }[];
  };
  awards: AwardBlock;
  titles: PlainBlock;
  recognitions: PlainBlock;
  prizes: { total: CountLike; lines: Prize[] };
  children: ChildPart[];
}
export interface Computing {
  freshness: 'COMPUTING';
  unit: { code: string };
  period: { from: Day; to: Day };
  progress: { waiting: number };
}
export interface RecordItem {
  /** Null for a record outside the reader's grants: it is counted and not named. */
  batchId: Id | null;
  lineId: Id | null;
  what: 'LINE' | 'REMAINDER' | 'EXCESS' | 'HIDDEN';
  title: string;
  recipient: string | null;
  unit: UnitRef | null;
  when: { from: Day; to: Day };
  counts: Counts;
  decision: { number: string | null; symbol: string | null; date: Day | null } | null;
  conferringBodies: BodyRef[];
  recordedOn: string;
}
export type RecordPage = Page<RecordItem> & { sum: Counts & { records: number } };

export function isComplete(answer: Summary | Computing): answer is Summary {
  return 'awards' in answer;
}
