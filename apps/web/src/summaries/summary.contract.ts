import type { BodyRef, Counts, Day, FormCertainty, Id, Level, Page, UnitRef, When } from '../contract.js';
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
  formName?: string | null;
  formCertainty?: FormCertainty;
  type: string | null;
  campaign: string | null;
  reason: string | null;
  relation: Relation;
  itemised?: { collectives: number; individuals: number };
  when: When | { from: Day; to: Day } | null;
}
export interface Prize {
  key: string;
  contests: string[];
  tier: string | null;
  conferringBodies: BodyRef[];
  count: CountLike;
}
export interface Undated {
  key?: string;
  batchId: Id;
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
  own?: boolean;
  awards: Figures;
  titles: Figures | number;
  recognitions: Figures | number;
  prizes: Figures | number;
}
export interface AwardBlock {
  total: Total;
  byConferringLevel: (Figures & { level: Level })[];
  byForm: (Figures & { form: string; formName?: string | null })[];
  lines: SummaryLine[];
  undatedWithin: Undated[];
}
export interface PlainBlock {
  total: Partial<Total>;
  lines: SummaryLine[];
  undatedWithin?: Undated[];
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
  fingerprint: string;
  strength: {
    members: Stated | null;
    workers: Stated | null;
    unitsByLevel: { level: Level; stated: CountLike; fromTree: number; asOf: Day | null }[];
  };
  awards: AwardBlock;
  titles: PlainBlock;
  recognitions: PlainBlock;
  prizes: { total: CountLike; lines: Prize[]; undatedWithin?: Undated[] };
  children: ChildPart[];
}
export interface Computing {
  freshness: 'COMPUTING';
  unit: UnitRef;
  period: { from: Day; to: Day };
  progress: { waiting: number };
}
export interface RecordItem {
  batchId: Id;
  lineId: Id | null;
  what: 'LINE' | 'REMAINDER' | 'EXCESS' | 'REVOCATION';
  title: string;
  recipient: string | null;
  unit: UnitRef | null;
  when: { from: Day; to: Day };
  counts: Counts;
  decision: { number: string | null; symbol: string | null; date: Day | null } | null;
  fileId: Id | null;
  recordedOn: string;
}
export type RecordPage = Page<RecordItem> & { sum: Counts };

export function isComplete(answer: Summary | Computing): answer is Summary {
  return 'awards' in answer;
}
