import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { UNIT_LEVELS, type Day, type Level } from '@lib/kernel';
import { IsDay, IsId, IsText, MayOmit, Nested, NestedList } from '@lib/platform';
import {
  EventDecisionInput,
  EventSuccessorInput,
  SubUnitOutcomeInput,
  UNIT_CODE,
  UNIT_EVENT_KINDS,
  type UnitEventKind,
} from '@lib/units';
import { OPEN_WORK_KINDS, OPEN_WORK_OUTCOMES, type OpenWorkKind, type OpenWorkOutcome } from './open-work.js';
import { REORGANISATION_STATES, type ReorganisationState } from './reorganisation.workflow.js';

const MOST_UNITS = 200;
const MOST_SUB_UNITS = 5_000;
const MOST_ITEMS = 1_000;

export class ReorganisationInput {
  @IsText(3, 300) title: string;
  @IsIn(UNIT_EVENT_KINDS) kind: UnitEventKind;
  /** First day on which it holds; it may lie in the past. */
  @IsDay() from: Day;
  /** Needed before it is applied. */
  @IsOptional() @Nested(() => EventDecisionInput) decision?: EventDecisionInput | null;
  @IsOptional() @IsId() fileId?: number | null;
  @IsOptional() @IsString() @MaxLength(2000) note?: string | null;
  /** Predecessors of MERGE, SPLIT and DISSOLVE; else the units that change. Empty for FOUND. */
  @IsArray()
  @ArrayMaxSize(MOST_UNITS)
  @ArrayUnique()
  @Matches(UNIT_CODE, { each: true })
  units: string[];
  /** Of MERGE, SPLIT, FOUND. */
  @MayOmit()
  @IsArray()
  @ArrayMaxSize(MOST_UNITS)
  @NestedList(() => EventSuccessorInput)
  successors?: EventSuccessorInput[];
  /** Where direct sub-units of a unit that ends go; left out: MERGE, to the successor; SPLIT and DISSOLVE need it. */
  @MayOmit()
  @IsArray()
  @ArrayMaxSize(MOST_SUB_UNITS)
  @NestedList(() => SubUnitOutcomeInput)
  subUnits?: SubUnitOutcomeInput[];
  /** False: the predecessors live on. True when left out. */
  @MayOmit() @IsBoolean() complete?: boolean;
  /** New name: RENAME, and where UPGRADE, DOWNGRADE or TRANSFER change it too. */
  @IsOptional() @IsText(1, 300) name?: string | null;
  /** UPGRADE, DOWNGRADE. */
  @IsOptional() @IsIn(UNIT_LEVELS) level?: Level | null;
  /** TRANSFER, and where UPGRADE or DOWNGRADE move the unit. */
  @IsOptional() @Matches(UNIT_CODE) parent?: string | null;
  /** SUSPEND: first day after. */
  @IsOptional() @IsDay() until?: Day | null;
  /** SUSPEND: ends a suspension instead of beginning one. */
  @MayOmit() @IsBoolean() resumes?: boolean;
}

/** All of it again, with the version that was seen. */
export class EditReorganisationInput extends ReorganisationInput {
  @IsInt() @Min(1) version: number;
}

export class ReorganisationStepInput {
  @IsInt() @Min(1) version: number;
  @IsOptional() @IsText(2, 500) reason?: string | null;
}

/** What is taken back needs a decision, too. */
export class ReversalInput {
  @IsInt() @Min(1) version: number;
  @IsText(2, 500) reason: string;
  @Nested(() => EventDecisionInput) decision: EventDecisionInput;
}

export class OpenWorkRefInput {
  @IsId() id: number;
  @Matches(UNIT_CODE) unit: string;
}

/** Of single records, or, without them, of everything of the kind that is not named. */
export class OpenWorkOutcomeInput {
  @IsIn(OPEN_WORK_KINDS) kind: OpenWorkKind;
  @MayOmit()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_ITEMS)
  @NestedList(() => OpenWorkRefInput)
  items?: OpenWorkRefInput[];
  /** Null: undecided again. */
  @IsOptional() @IsIn(OPEN_WORK_OUTCOMES) outcome?: OpenWorkOutcome | null;
  /** HAND_OVER: a successor, or the unit above; left out: the only successor. */
  @IsOptional() @Matches(UNIT_CODE) to?: string | null;
}

export class DecideOpenWorkInput {
  @IsInt() @Min(1) version: number;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @NestedList(() => OpenWorkOutcomeInput)
  outcomes: OpenWorkOutcomeInput[];
}

export class ReorganisationsQuery {
  @MayOmit() @IsIn(REORGANISATION_STATES) state?: ReorganisationState;
  @MayOmit() @IsIn(UNIT_EVENT_KINDS) kind?: UnitEventKind;
  /** Those that name this unit or one below it. */
  @MayOmit() @Matches(UNIT_CODE) unit?: string;
  /** Effective days from–to. */
  @MayOmit() @IsDay() from?: Day;
  @MayOmit() @IsDay() to?: Day;
  @MayOmit() @IsString() @MaxLength(200) q?: string;
  @MayOmit() @Type(() => Number) @IsId() after?: number;
  @MayOmit() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
}

export class OpenWorkQuery {
  @MayOmit() @IsIn(OPEN_WORK_KINDS) kind?: OpenWorkKind;
  /** How many to leave out. */
  @MayOmit() @Type(() => Number) @IsInt() @Min(0) @Max(1_000_000) after?: number;
  @MayOmit() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}

export class RehearsalListQuery {
  @MayOmit() @Type(() => Number) @IsInt() @Min(0) @Max(1_000_000) after?: number;
  @MayOmit() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}
