import type { Day, Level, Role, Warning } from '@lib/kernel';
import type { StepView } from '@lib/platform';
import type { UnitEventKind, UnitRef } from '@lib/units';
import type { OpenWorkKind, OpenWorkOutcome } from './open-work.js';
import type { ReorganisationState } from './reorganisation.workflow.js';

export interface ReorganisationRow {
  readonly id: number;
  readonly title: string;
  readonly kind: UnitEventKind;
  readonly kindName: string;
  readonly from: Day;
  readonly state: ReorganisationState;
  readonly stateName: string;
  /** The unit whose leader decides: the lowest above all that takes part. */
  readonly unit: UnitRef;
  /** Units that change or end; those that the reader may not see are counted. */
  readonly units: readonly UnitRef[];
  readonly hiddenUnits: number;
  readonly decision: ReorganisationDecision | null;
  readonly version: number;
}

export interface ReorganisationPage {
  readonly items: readonly ReorganisationRow[];
  /** Give it as `after`; null on the last page. */
  readonly next: number | null;
}

export interface ReorganisationDecision {
  readonly number: string;
  readonly day: Day;
  readonly body: string | null;
}

/** A successor: an existing unit, or one that the decision founds. */
export interface SuccessorView extends UnitRef {
  readonly founded: boolean;
  /** Code of its parent; of a unit that is founded. */
  readonly parent: string | null;
  readonly kind: string | null;
}

/** What a reader may do next. */
export const REORGANISATION_ABILITIES = [
  'edit',
  'rehearse',
  'decide',
  'request',
  'schedule',
  'unschedule',
  'apply',
  'reverse',
  'cancel',
] as const;
export type ReorganisationAbility = (typeof REORGANISATION_ABILITIES)[number];

export interface ReorganisationView extends ReorganisationRow {
  readonly complete: boolean;
  readonly successors: readonly SuccessorView[];
  readonly subUnits: readonly { readonly unit: UnitRef; readonly to: string }[];
  /** Of RENAME, UPGRADE, DOWNGRADE, TRANSFER, SUSPEND. */
  readonly name: string | null;
  readonly level: Level | null;
  readonly parent: UnitRef | null;
  readonly until: Day | null;
  readonly resumes: boolean;
  /** Units that end by it: what they have begun needs an outcome. */
  readonly ending: readonly UnitRef[];
  /** Units to which open work may be handed over; the first one is proposed. */
  readonly heirs: readonly UnitRef[];
  readonly fileId: number | null;
  readonly note: string | null;
  readonly openWork: readonly OpenWorkSum[];
  readonly rehearsedAt: Date | null;
  /** The rehearsal is of this very version. */
  readonly rehearsalCurrent: boolean;
  /** Why it was not applied on its day. */
  readonly heldUp: string | null;
  /** Numbers of the unit events that it made. */
  readonly event: number | null;
  readonly counterEvent: number | null;
  readonly preparedBy: string;
  readonly recordedOn: Day;
  readonly may: readonly ReorganisationAbility[];
  readonly history: readonly StepView[];
}

export interface ReorganisationSaved {
  readonly reorganisation: ReorganisationView;
  readonly warnings: readonly Warning[];
}

/** How much of one kind is open, and what was said about it. */
export interface OpenWorkSum {
  readonly kind: OpenWorkKind;
  readonly kindName: string;
  readonly count: number;
  readonly handOver: number;
  readonly close: number;
  readonly undecided: number;
}

export interface OpenWorkItemView {
  readonly kind: OpenWorkKind;
  readonly kindName: string;
  readonly id: number;
  /** Whose open work it is: a unit that ends. */
  readonly unit: UnitRef;
  readonly label: string;
  readonly stateName: string;
  readonly link: string;
  /** Null: undecided. */
  readonly outcome: OpenWorkOutcome | null;
  /** Code of the unit that goes on with it. */
  readonly to: string | null;
  /** Said of the whole kind, not of this record. */
  readonly byKind: boolean;
}

export interface OpenWorkPage {
  readonly items: readonly OpenWorkItemView[];
  /** Give it as `after`; null on the last page. */
  readonly next: number | null;
  /** Records that the reader may not see: said of the kind, they are decided with it. */
  readonly hidden: number;
  readonly sums: readonly OpenWorkSum[];
}

export const PLACEMENT_CHANGES = ['MOVED', 'FOUNDED', 'ENDED', 'CHANGED'] as const;
export type PlacementChange = (typeof PLACEMENT_CHANGES)[number];

/** A unit whose own place changes: another parent, founded, ended, or another name or level. */
export interface PlacementView {
  readonly unit: UnitRef;
  readonly change: PlacementChange;
  readonly parentBefore: UnitRef | null;
  readonly parentAfter: UnitRef | null;
  /** Null where neither changes. */
  readonly nameAfter: string | null;
  readonly levelAfter: Level | null;
}

export interface PlacementPage {
  readonly items: readonly PlacementView[];
  readonly next: number | null;
  readonly all: number;
  /** Of these, those that the reader may not see. */
  readonly hidden: number;
}

/** An account whose reach changes. */
export interface AccountChangeView {
  readonly name: string;
  readonly role: Role;
  readonly roleName: string;
  /** Where it holds the role; where it `follows`, the successor on which it gets it. */
  readonly unit: UnitRef;
  /** A predecessor's role that is given on its successor, too. */
  readonly follows: boolean;
  readonly fromUnit: UnitRef | null;
  /** Units that come into its reach, and that leave it. */
  readonly gains: number;
  readonly loses: number;
}

export interface RehearsedFigures {
  readonly collectives: number;
  readonly individuals: number;
  readonly prizes: number;
}

/** A summary whose figures change. */
export interface SummaryChangeView {
  readonly unit: UnitRef;
  readonly from: Day;
  readonly to: Day;
  /** Somebody has asked for it; else it is the year of the effective day. */
  readonly asked: boolean;
  readonly before: RehearsedFigures;
  readonly after: RehearsedFigures;
}

export interface SummaryChanges {
  /** Those that were asked for first, then those that change most. */
  readonly items: readonly SummaryChangeView[];
  readonly hidden: number;
  /** Changed ones that are not told one by one. */
  readonly more: number;
}

export interface RehearsalView {
  readonly at: Date;
  readonly by: string;
  /** It is of the version as it stands now. */
  readonly current: boolean;
  /** The first of them; the others by their own page. */
  readonly placements: PlacementPage;
  /** Units whose way up changes, sub-units of moved ones included. */
  readonly unitsBelow: number;
  readonly accounts: { readonly items: readonly AccountChangeView[]; readonly hidden: number; readonly more: number };
  readonly openWork: readonly OpenWorkSum[];
  /** Tasks on desks that go on to another unit. */
  readonly tasks: number;
  /** People whose membership moves. */
  readonly people: readonly { readonly from: UnitRef; readonly to: UnitRef; readonly count: number }[];
  readonly asWas: SummaryChanges;
  readonly asIs: SummaryChanges;
  readonly warnings: readonly Warning[];
}
