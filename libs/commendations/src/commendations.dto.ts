import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import type { Day } from '@lib/kernel';
import { IsDay, IsId, IsText, NestedList } from '@lib/platform';
import { UNIT_CODE } from '@lib/units';
import { COMMENDATION_STATES, type CommendationState } from './commendation.workflow.js';
import { ORGANS, VERDICTS, type Organ, type Verdict } from './commendations.entity.js';

export class VerdictInput {
  /** The nomination line. */
  @IsId() line: number;
  @IsIn(VERDICTS) outcome: Verdict;
  /** The form given; left out: as the council said, without a council as proposed. */
  @IsOptional() @Matches(/^[A-Z][A-Z0-9_]{1,60}$/) form?: string | null;
  /** Needed where it differs from the council, where there was none, and to decline. */
  @IsOptional() @IsText(3, 500) reason?: string | null;
  /** Golden-book number given by the clerk, or `auto` for the next one of the series. */
  @IsOptional() @Matches(/^([1-9]\d{0,8}|auto)$/) registerNumber?: string | null;
}

class CommendationFacts {
  @IsIn(ORGANS) organ: Organ;
  @IsText(5, 300) title: string;
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(2_000) @NestedList(() => VerdictInput) lines: VerdictInput[];
}

export class CommendationInput extends CommendationFacts {
  @Matches(UNIT_CODE) unit: string;
}

/** The whole draft as it shall be. */
export class CommendationChange extends CommendationFacts {
  @IsInt() @Min(1) version: number;
}

export class CommendationsQuery {
  @IsOptional() @Matches(UNIT_CODE) unit?: string;
  @IsOptional() @IsIn(COMMENDATION_STATES) state?: CommendationState;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
  @IsOptional() @Matches(/^[1-9]\d{0,9}$/) after?: string;
}

export class ReadyQuery {
  @Matches(UNIT_CODE) unit: string;
}

/** A step without papers: decide, return to the draft, issue. */
export class StepInput {
  @IsInt() @Min(1) version: number;
  @IsOptional() @IsText(3, 500) reason?: string | null;
}

export class SignInput {
  /** The clerk's number; unique per body, year and symbol. */
  @IsText(1, 30) number: string;
  @IsString() @MaxLength(60) symbol: string;
  @IsDay() day: Day;
  @IsText(2, 120) signerName: string;
  /** "TM. BAN THƯỜNG VỤ, CHỦ TỊCH". */
  @IsText(2, 200) signerPost: string;
  /** The signed paper as a PDF. */
  @IsId() fileId: number;
  @IsInt() @Min(1) version: number;
}

export class CommendationMinutesInput {
  @IsId() fileId: number;
  @IsInt() @Min(1) version: number;
}
