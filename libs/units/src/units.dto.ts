import { Type } from 'class-transformer';
import {
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
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

/** `CDVC-CAOBANG`: capital letters, digits and hyphens; given once, never reused. */
export const UNIT_CODE = /^[A-Z0-9][A-Z0-9-]{1,39}$/;

export class UnitVersionInput {
  /** First day; null or left out when the beginning is unknown. */
  @IsOptional() @IsISO8601({ strict: true }) @Length(10, 10) validFrom?: Day | null;
  /** First day after; null or left out while it lasts. */
  @IsOptional() @IsISO8601({ strict: true }) @Length(10, 10) validTo?: Day | null;
  @IsString() @Length(1, 300) name: string;
  @IsIn(UNIT_LEVELS) level: Level;
  @IsOptional() @IsString() @MaxLength(100) kind?: string | null;
  @IsOptional() @Matches(UNIT_CODE) parent?: string | null;
}

export class CreateUnitInput extends UnitVersionInput {
  @Matches(UNIT_CODE) code: string;
  @IsOptional() @IsIn(CLASSIFICATIONS) classification?: Classification;
  /** Further dated versions where the history is known; they may not overlap. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ValidateNested({ each: true })
  @Type(() => UnitVersionInput)
  versions?: UnitVersionInput[];
}

export class ChangeUnitInput {
  /** The first day on which the change holds; it may lie in the past. */
  @IsISO8601({ strict: true }) @Length(10, 10) from: Day;
  /** First day after the change; left out when it lasts. */
  @IsOptional() @IsISO8601({ strict: true }) @Length(10, 10) until?: Day | null;
  @IsOptional() @IsString() @Length(1, 300) name?: string;
  @IsOptional() @Matches(UNIT_CODE) parent?: string | null;
  @IsOptional() @IsIn(UNIT_LEVELS) level?: Level;
  @IsOptional() @IsString() @MaxLength(100) kind?: string | null;
  @IsOptional() @IsBoolean() suspended?: boolean;
}

export const STRENGTH_KINDS = ['MEMBERS', 'WORKERS', 'UNITS'] as const;
export type StrengthKind = (typeof STRENGTH_KINDS)[number];

export class DeclareStrengthInput {
  @IsISO8601({ strict: true }) @Length(10, 10) asOf: Day;
  /** Members and workers are different counts; UNITS counts sub-units of a level. */
  @IsIn(STRENGTH_KINDS) kind: StrengthKind;
  @IsOptional() @IsIn(UNIT_LEVELS) level?: Level;
  @IsInt() @Min(0) @Max(100_000_000) value: number;
  @IsIn(QUALIFIERS) qualifier: Qualifier;
  @IsString() @Length(1, 300) source: string;
}

export class OfficeInput {
  @Matches(UNIT_CODE) code: string;
  @IsString() @Length(1, 300) name: string;
}

export class OutsideBodyInput {
  @Matches(UNIT_CODE) code: string;
  @IsString() @Length(1, 300) name: string;
  @IsIn(LEVELS) level: Level;
}

export class UnitDayQuery {
  /** The day on which the tree is looked at; today when left out. */
  @IsOptional() @IsISO8601({ strict: true }) @Length(10, 10) on?: Day;
}

export class UnitsQuery extends UnitDayQuery {
  /** Left out: the roots of what one may see. */
  @IsOptional() @Matches(UNIT_CODE) parent?: string;
}

export class UnitSearchQuery extends UnitDayQuery {
  @IsString() @Length(1, 100) q: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
}

export class BodiesQuery {
  @IsOptional() @IsString() @MaxLength(100) q?: string;
}
