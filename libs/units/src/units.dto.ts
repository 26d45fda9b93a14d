import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
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
import {
  CLASSIFICATIONS,
  LEVELS,
  QUALIFIERS,
  UNIT_LEVELS,
  type Classification,
  type Day,
  type Level,
  type Qualifier,
} from '@lib/kernel';
import { IsDay, IsText, MayOmit, NestedList } from '@lib/platform';

/** `CDVC-CAOBANG`: capital letters, digits and hyphens; given once, never reused. */
export const UNIT_CODE = /^[A-Z0-9][A-Z0-9-]{1,39}$/;

export class UnitVersionInput {
  /** First day; null or left out when the beginning is unknown. */
  @IsOptional() @IsDay() validFrom?: Day | null;
  /** First day after; null or left out while it lasts. */
  @IsOptional() @IsDay() validTo?: Day | null;
  @IsText(1, 300) name: string;
  @IsIn(UNIT_LEVELS) level: Level;
  @IsOptional() @IsString() @MaxLength(100) kind?: string | null;
  @IsOptional() @Matches(UNIT_CODE) parent?: string | null;
}

export class CreateUnitInput extends UnitVersionInput {
  @Matches(UNIT_CODE) code: string;
  @MayOmit() @IsIn(CLASSIFICATIONS) classification?: Classification;
  /** Further dated versions where the history is known; they may not overlap. */
  @MayOmit()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @NestedList(() => UnitVersionInput)
  versions?: UnitVersionInput[];
}

export class ChangeUnitInput {
  /** The first day on which the change holds; it may lie in the past. */
  @IsDay() from: Day;
  /** First day after the change; left out when it lasts. */
  @IsOptional() @IsDay() until?: Day | null;
  @MayOmit() @IsText(1, 300) name?: string;
  @IsOptional() @Matches(UNIT_CODE) parent?: string | null;
  @MayOmit() @IsIn(UNIT_LEVELS) level?: Level;
  @IsOptional() @IsString() @MaxLength(100) kind?: string | null;
  @MayOmit() @IsBoolean() suspended?: boolean;
}

export const STRENGTH_KINDS = ['MEMBERS', 'WORKERS', 'UNITS'] as const;
export type StrengthKind = (typeof STRENGTH_KINDS)[number];

export class DeclareStrengthInput {
  @IsDay() asOf: Day;
  /** Members and workers are different counts; UNITS counts sub-units of a level. */
  @IsIn(STRENGTH_KINDS) kind: StrengthKind;
  @MayOmit() @IsIn(UNIT_LEVELS) level?: Level;
  @IsInt() @Min(0) @Max(100_000_000) value: number;
  @IsIn(QUALIFIERS) qualifier: Qualifier;
  @IsText(1, 300) source: string;
}

export class OfficeInput {
  @Matches(UNIT_CODE) code: string;
  @IsText(1, 300) name: string;
}

export class OutsideBodyInput {
  @Matches(UNIT_CODE) code: string;
  @IsText(1, 300) name: string;
  @IsIn(LEVELS) level: Level;
}

export class UnitDayQuery {
  /** The day on which the tree is looked at; today when left out. */
  @IsOptional() @IsDay() on?: Day;
}

export class UnitsQuery extends UnitDayQuery {
  /** Left out: the roots of what one may see. */
  @IsOptional() @Matches(UNIT_CODE) parent?: string;
  /** Code of the last unit read; those that follow it are answered. */
  @IsOptional() @Matches(UNIT_CODE) after?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(500) limit?: number;
}

export class UnitSearchQuery extends UnitDayQuery {
  @IsString() @Length(1, 100) q: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
}

export class BodiesQuery {
  @IsOptional() @IsString() @MaxLength(100) q?: string;
}
