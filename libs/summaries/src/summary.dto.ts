import { Transform, Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import type { Day } from '@lib/kernel';
import { IsDay, IsId } from '@lib/platform';
import { LENSES, UNIT_CODE, type Lens } from '@lib/units';

export class SummaryQuery {
  @Matches(UNIT_CODE) unit: string;
  @IsDay() from: Day;
  @IsDay() to: Day;
  /** as-was (left out): by the tree of each fact's day; as-is: carried to the units of today. */
  @IsOptional() @IsIn(LENSES) lens?: Lens;
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
  /** Id of a campaign of the summary: only what was given for it. */
  @IsOptional() @Type(() => Number) @IsId() campaign?: number;
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

/** A row beside the awards, by the key that the summary prints. */
export class ProcessRecordsQuery extends SummaryQuery {
  @IsString() @Matches(/^[\w:.|-]{1,80}$/) key: string;
  @IsOptional() @IsString() @MaxLength(40) after?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(500) limit?: number;
}
