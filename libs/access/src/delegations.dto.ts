import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { IsDay, IsId, IsText } from '@lib/platform';
import type { Day } from '@lib/kernel';

const UNIT_CODE = /^[A-Z0-9][A-Z0-9-]{1,39}$/;

export class DelegationInput {
  /** User name of a colleague. */
  @IsText(1, 100) to: string;
  @Matches(UNIT_CODE) unit: string;
  @IsDay() from: Day;
  /** First day on which it no longer holds. */
  @IsDay() until: Day;
  @IsText(1, 500) reason: string;
}

export class ActingInput {
  /** The delegation to act by; null: for oneself again. */
  @IsOptional() @IsId() delegation?: number | null;
}

export class ColleaguesQuery {
  /** Part of the name or of the user name. */
  @IsOptional() @IsString() @MaxLength(100) q?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(50) limit?: number;
}
