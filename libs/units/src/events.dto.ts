import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
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
import { IsDay, IsText, MayOmit, Nested, NestedList } from '@lib/platform';
import { UNIT_EVENT_KINDS, type UnitEventKind } from './events.words.js';
import { UNIT_CODE } from './units.dto.js';

/** One event never names more units than a decision lists. */
const MOST_UNITS = 5_000;

export class EventDecisionInput {
  @IsText(1, 100) number: string;
  @IsDay() day: Day;
  @IsOptional() @IsString() @MaxLength(300) body?: string | null;
}

/** A unit that the event itself founds, from its first day on. */
export class FoundedUnitInput {
  @Matches(UNIT_CODE) code: string;
  @IsText(1, 300) name: string;
  @IsIn(UNIT_LEVELS) level: Level;
  @IsOptional() @IsString() @MaxLength(100) kind?: string | null;
  @Matches(UNIT_CODE) parent: string;
}

/** Either the code of a unit that exists, or the unit to found. */
export class EventSuccessorInput {
  @MayOmit() @Matches(UNIT_CODE) code?: string;
  @MayOmit() @Nested(() => FoundedUnitInput) found?: FoundedUnitInput;
}

/** Where a direct sub-unit of an ending unit goes. */
export class SubUnitOutcomeInput {
  @Matches(UNIT_CODE) unit: string;
  @Matches(UNIT_CODE) to: string;
}

export class UnitEventInput {
  @IsIn(UNIT_EVENT_KINDS) kind: UnitEventKind;
  /** The first day on which it holds; it may lie in the past. */
  @IsDay() from: Day;
  /** SUSPEND only: first day after; left out when it lasts. */
  @IsOptional() @IsDay() until?: Day | null;
  /** SUSPEND only: ends a suspension instead of beginning one. */
  @MayOmit() @IsBoolean() resumes?: boolean;
  /** false: the predecessors live on and give only the sub-units named. True when left out. */
  @MayOmit() @IsBoolean() complete?: boolean;
  @Nested(() => EventDecisionInput) decision: EventDecisionInput;
  @IsOptional() @IsString() @MaxLength(2000) note?: string | null;
  /** The units that change, or the predecessors of MERGE, SPLIT and DISSOLVE; none for FOUND. */
  @IsArray() @ArrayMaxSize(MOST_UNITS) @ArrayUnique() @Matches(UNIT_CODE, { each: true }) units: string[];
  @MayOmit()
  @IsArray()
  @ArrayMaxSize(MOST_UNITS)
  @NestedList(() => EventSuccessorInput)
  successors?: EventSuccessorInput[];
  @MayOmit()
  @IsArray()
  @ArrayMaxSize(MOST_UNITS)
  @NestedList(() => SubUnitOutcomeInput)
  subUnits?: SubUnitOutcomeInput[];
  /** RENAME; also UPGRADE and DOWNGRADE of one unit. */
  @MayOmit() @IsText(1, 300) name?: string;
  /** UPGRADE, DOWNGRADE. */
  @MayOmit() @IsIn(UNIT_LEVELS) level?: Level;
  /** TRANSFER; also UPGRADE and DOWNGRADE. */
  @MayOmit() @Matches(UNIT_CODE) parent?: string;
}

export class ReverseUnitEventInput {
  @Nested(() => EventDecisionInput) decision: EventDecisionInput;
  @IsOptional() @IsString() @MaxLength(2000) note?: string | null;
}

export class UnitEventsQuery {
  /** Left out: of all units one sees. */
  @IsOptional() @Matches(UNIT_CODE) unit?: string;
  @IsOptional() @IsIn(UNIT_EVENT_KINDS) kind?: UnitEventKind;
  /** First and last day from which the events hold. */
  @IsOptional() @IsDay() from?: Day;
  @IsOptional() @IsDay() to?: Day;
  /** Without those taken back, and without their counter-events. */
  @IsOptional() @IsIn(['true', 'false']) standing?: 'true' | 'false';
  @IsOptional() @IsString() @MaxLength(40) after?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}

export class CoordinationInput {
  @Matches(UNIT_CODE) with: string;
  @IsDay() from: Day;
  /** First day after; left out while it lasts. */
  @IsOptional() @IsDay() until?: Day | null;
  @IsOptional() @IsString() @MaxLength(500) note?: string | null;
}

export class EndCoordinationInput {
  /** First day on which it holds no more. */
  @IsDay() until: Day;
}
