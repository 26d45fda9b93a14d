import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import type { Day } from '@lib/kernel';
import { IsDay, IsId, IsText, LARGEST_ID, MayOmit, Nested } from '@lib/platform';
import { UNIT_CODE } from '@lib/units';
import { CountInput } from './campaigns.dto.js';
import { OCCASION_KINDS, PURPOSES, type OccasionKind, type Purpose } from './campaigns.entity.js';
import { phaseWorkflow, type PhaseStep } from './campaigns.workflow.js';

const PHASE_STEPS = Object.keys(phaseWorkflow.steps) as PhaseStep[];

export class PhaseInput {
  @IsText(2, 300) name: string;
  @IsOptional() @IsDay() from?: Day | null;
  @IsOptional() @IsDay() to?: Day | null;
  /** In the words of the plan; figures of targets are results'. */
  @IsOptional() @IsString() @MaxLength(2000) target?: string | null;
}

export class PhaseStepInput {
  @IsIn(PHASE_STEPS) step: PhaseStep;
  @IsOptional() @IsString() @MaxLength(500) reason?: string | null;
}

export class ContestInput {
  @IsText(2, 300) name: string;
  /** Other names under which prizes were recorded. */
  @MayOmit()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @Length(1, 300, { each: true })
  aliases?: string[];
  @MayOmit()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @Length(1, 200, { each: true })
  objects?: string[];
  @IsOptional() @IsString() @MaxLength(300) organiser?: string | null;
  @IsOptional() @Nested(() => CountInput) entries?: CountInput | null;
  @IsOptional() @Nested(() => CountInput) participants?: CountInput | null;
}

export class LinkInput {
  /** The other campaign. */
  @IsId() campaign: number;
}

export class EventInput {
  /** Who holds it. */
  @Matches(UNIT_CODE) unit: string;
  @IsText(2, 300) name: string;
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(6) @ArrayUnique() @IsIn(PURPOSES, { each: true }) purposes: Purpose[];
  @IsDay() from: Day;
  @IsDay() to: Day;
  @IsOptional() @IsString() @MaxLength(300) place?: string | null;
  @IsOptional() @IsString() @MaxLength(2000) attendees?: string | null;
  @IsOptional() @IsString() @MaxLength(4000) note?: string | null;
  @IsOptional() @IsString() @MaxLength(300) source?: string | null;
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(LARGEST_ID, { each: true })
  campaigns: number[];
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(LARGEST_ID, { each: true })
  occasions: number[];
}

export class OccasionInput {
  /** Whose record it is. */
  @Matches(UNIT_CODE) unit: string;
  @IsIn(OCCASION_KINDS) kind: OccasionKind;
  @IsText(2, 300) name: string;
  /** Years of an anniversary, or which congress. */
  @IsOptional() @IsInt() @Min(1) @Max(10_000) number?: number | null;
  /** "2023–2028" */
  @IsOptional() @IsString() @MaxLength(60) term?: string | null;
  @IsOptional() @IsDay() from?: Day | null;
  @IsOptional() @IsDay() to?: Day | null;
}

export class EventsQuery {
  @IsOptional() @Matches(UNIT_CODE) unit?: string;
  @IsOptional() @IsDay() from?: Day;
  @IsOptional() @IsDay() to?: Day;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
  @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}_\d{1,9}$/) after?: string;
}

export class OccasionsQuery {
  @IsOptional() @IsString() @MaxLength(100) q?: string;
}
