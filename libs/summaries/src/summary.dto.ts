import { Transform, Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import type { Day } from '@lib/kernel';
import { IsDay } from '@lib/platform';
import { UNIT_CODE } from '@lib/units';

/** The tree of the time (as-was). The lens of today's units comes with reorganisations. */
export const LENSES = ['as-was'] as const;

export class SummaryQuery {
  @Matches(UNIT_CODE) unit: string;
  @IsDay() from: Day;
  @IsDay() to: Day;
  @IsOptional() @IsIn(LENSES) lens?: (typeof LENSES)[number];
  /** Only what was known at the end of this day; left out: the present. */
  @IsOptional() @IsDay() asKnownOn?: Day;
}

export const SUMMARY_BLOCKS = {
  awards: 'AWARD',
  titles: 'TITLE',
  recognitions: 'RECOGNITION',
  prizes: 'PRIZE',
} as const;
export type SummaryBlock = keyof typeof SUMMARY_BLOCKS;

export class RecordsQuery extends SummaryQuery {
  @IsOptional() @IsIn(Object.keys(SUMMARY_BLOCKS)) block?: SummaryBlock;
  /** Keys of lines, as the summary prints them; several are added up. Left out: the whole block. */
  @IsOptional()
  @Transform(({ value }) => (typeof value === 'string' ? value.split(',') : value))
  @IsArray()
  @Matches(/^\d{1,9}\.\d{1,9}\.(OWN|FROM_ABOVE|OUTSIDE_BODY|TO_OUTSIDE)$/, { each: true })
  key?: string[];
  /** A row of `children`: the code of a direct sub-unit, or of the unit itself for its own part. */
  @IsOptional() @Matches(UNIT_CODE) part?: string;
  @IsOptional()
  @Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  undated?: boolean;
  /** `seq` of the summary that was opened: later facts are left out, so that the sum equals what was printed. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(0) @Max(Number.MAX_SAFE_INTEGER) pin?: number;
  @IsOptional() @IsString() @MaxLength(40) after?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(500) limit?: number;
}
