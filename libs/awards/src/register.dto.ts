import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { LEVELS, type Day, type Level } from '@lib/kernel';
import { IsDay } from '@lib/platform';
import { BLOCKS, type Block } from '@lib/figures';
import { UNIT_CODE } from '@lib/units';

const STATES = ['LIVE', 'REVOKED', 'REMOVED'] as const;

/** Filters of the register. */
export class RegisterQuery {
  @IsOptional() @Matches(UNIT_CODE) unit?: string;
  @IsOptional() @IsDay() from?: Day;
  @IsOptional() @IsDay() to?: Day;
  @IsOptional() @IsIn(BLOCKS) kind?: Block;
  @IsOptional() @Matches(/^[A-Z][A-Z0-9_]{1,60}$/) form?: string;
  @IsOptional() @Matches(/^[A-Z][A-Z0-9_]{1,60}$/) type?: string;
  @IsOptional() @IsIn(LEVELS) conferringLevel?: Level;
  @IsOptional() @IsIn(STATES) state?: (typeof STATES)[number];
  @IsOptional() @IsString() @MaxLength(100) q?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
  /** `next` of the page before. */
  @IsOptional() @IsString() @MaxLength(60) after?: string;
}
