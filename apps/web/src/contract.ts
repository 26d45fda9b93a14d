/** What goes over HTTP: what is sent comes from openapi.json, what is read is written here as the API answers it. */
import type { Classification, Day, Interval, Level, Permission, Qualified, Qualifier, Role } from '@lib/kernel';

export type {
  BatchFacts,
  ChangeUnitInput,
  ConferringInput,
  CreateUnitInput,
  DecisionInput,
  DeclareStrengthInput,
  LineInput,
  RecipientInput,
  RecordBatchInput,
  RevokeInput,
  StatedInput,
} from './contract/types.gen.js';
export type { Classification, Day, Interval, Level, Permission, Qualified, Qualifier };

export type Id = number;
export interface Page<T> {
  items: T[];
  next: string | null;
}
export interface UnitRef {
  code: string;
  name: string;
  level: Level;
}
/** A conferring or presenting body; `code` is null when it is known only by its level. */
export interface BodyRef {
  code: string | null;
  name: string;
  level: Level;
}
export interface Warned {
  code: string;
  field: string | null;
  message: string;
}

export interface Session {
  account: {
    username: string;
    name: string;
    demo: boolean;
    mustChangePassword: boolean;
    grants: { role: Role; roleName: string; unit: UnitRef }[];
  };
  abilities: Permission[];
}
export interface DemoAccount {
  username: string;
  password: string;
  roleName: string;
  unit: string;
}
export interface Health {
  status: string;
  demo: boolean;
  demoAccounts?: DemoAccount[];
}

export interface UnitNode {
  code: string;
  name: string;
  level: Level;
  levelName: string;
  parent: string | null;
  childCount: number;
  suspended: boolean;
  classification: Classification;
  validFrom: Day | null;
  /** First day after. */
  validTo: Day | null;
}
export interface FoundUnit extends UnitNode {
  path: UnitRef[];
}
export interface UnitVersion {
  validFrom: Day | null;
  validTo: Day | null;
  parent: string | null;
  level: Level;
  kind: string | null;
  name: string;
  suspended: boolean;
  recordedOn: string;
}
export type StrengthKind = 'MEMBERS' | 'WORKERS' | 'UNITS';
export interface Strength {
  id: Id;
  asOf: Day;
  kind: StrengthKind;
  level: Level | null;
  value: number;
  qualifier: Qualifier;
  source: string;
  recordedOn: string;
}
export interface UnitDetail extends FoundUnit {
  versions: UnitVersion[];
  strengths: Strength[];
  offices: { code: string; name: string }[];
  abilities: { change: boolean; declareStrength: boolean; recordAward: boolean };
}

export type AwardKind = 'AWARD' | 'TITLE' | 'RECOGNITION' | 'PRIZE';
export type RecipientClass = 'COLLECTIVE' | 'INDIVIDUAL' | 'HOUSEHOLD';
export type FormCertainty = 'STATED' | 'INFERRED' | 'UNKNOWN';
export type Basis = 'DECISION' | 'PRESENTATION' | 'PERIOD' | 'STATED_ON';
export type RecordState = 'LIVE' | 'REVOKED' | 'REMOVED';
export interface RuleRow {
  code: string;
  name: string;
  validFrom: Day | null;
  validTo: Day | null;
  source: string;
  verified: boolean;
}
export interface FormRow extends RuleRow {
  kind: AwardKind;
  recipientClasses: RecipientClass[];
}
export interface Person {
  id: Id;
  name: string;
  birthYear: number | null;
  gender: 'MALE' | 'FEMALE' | null;
  unit: UnitRef;
  memberCard: string | null;
}
export interface StoredFile {
  id: Id;
  name: string;
  mediaType: string;
  size: number;
  sha256: string;
}

export interface Counts {
  collectives: number | null;
  individuals: number | null;
  households: number | null;
  unsplit: number | null;
  women?: number | null;
}
export interface When extends Interval {
  basis: Basis;
}
export interface Decision {
  number: string | null;
  symbol: string | null;
  date: Day | null;
}
export interface LineView {
  id: Id;
  batchId: Id;
  recipientClass: RecipientClass;
  name: string;
  unit: UnitRef | null;
  unitPath: string;
  person: Id | null;
  birthYear: number | null;
  gender: 'MALE' | 'FEMALE' | null;
  reason: string | null;
  registerNumber: number | null;
  series: string | null;
  state: RecordState;
}
export interface RecipientRow extends LineView {
  kind: AwardKind;
  form: string | null;
  formName: string | null;
  when: When;
  conferringBodies: BodyRef[];
}
export interface Revocation {
  id: Id;
  lineId: Id | null;
  whole: boolean;
  counts: Counts;
  reason: string;
  ground: string | null;
  decision: Decision | null;
  recordedOn: string;
  recordedBy: string;
}
export interface HistoryEntry {
  at: string;
  by: string;
  action: 'record' | 'lines' | 'correct' | 'revoke' | 'remove' | 'part-of';
  reason: string | null;
  changes: Record<string, unknown> | null;
}
export interface BatchRow {
  id: Id;
  kind: AwardKind;
  form: string | null;
  formName: string | null;
  type: string | null;
  campaign: string | null;
  reason: string | null;
  unit: UnitRef | null;
  conferringBodies: BodyRef[];
  conferringVerified: boolean;
  when: When;
  decision: Decision | null;
  /** What the batch says in all, before revocations. */
  figure: Counts | null;
  lineCount: number;
  partOf: Id | null;
  state: RecordState;
  recordedOn: string;
}
export interface BatchView extends BatchRow {
  formCertainty: FormCertainty;
  contests: string[];
  tier: string | null;
  unitPath: string;
  proposing: UnitRef | null;
  presenting: BodyRef | null;
  reporting: UnitRef | null;
  fileId: Id | null;
  source: string | null;
  stated: Counts | null;
  /** What it contributes to figures now: live lines and remainder, less what was revoked, its parts not included. */
  counted: Counts;
  contained: Counts;
  remainder: Counts;
  /** More is contained than stated. */
  excess: boolean;
  partOfBatch: BatchRow | null;
  parts: BatchRow[];
  lines: LineView[];
  revocations: Revocation[];
  history: HistoryEntry[];
  positionBand: string | null;
  enterprise: boolean | null;
  classification: Classification;
  enteredFor: boolean;
  recordedBy: string;
  abilities: { correct: boolean; revoke: boolean; addLines: boolean; linkParts: boolean };
}
export interface Saved {
  batch: BatchView;
  warnings: Warned[];
}
