import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import type { Day } from '@lib/kernel';
import { IsDay, IsId, IsText, Nested } from '@lib/platform';
import { UNIT_CODE } from '@lib/units';
import { CountInput } from './campaigns.dto.js';
import { DEPLOYMENT_STATUSES, REPORTED, type DeploymentStatus, type ReportedStatus } from './campaigns.entity.js';

export class ReportDeploymentInput {
  @Matches(UNIT_CODE) unit: string;
  @IsIn(REPORTED) status: ReportedStatus;
  /** First day of which this holds. */
  @IsDay() since: Day;
  @IsOptional() @IsString() @MaxLength(4000) plan?: string | null;
  @IsOptional() @IsString() @MaxLength(2000) target?: string | null;
  @IsOptional() @Nested(() => CountInput) participants?: CountInput | null;
  @IsOptional() @IsId() fileId?: number | null;
  @IsOptional() @IsString() @MaxLength(300) source?: string | null;
}

export class RemoveDeploymentInput {
  @IsText(3, 500) reason: string;
}

export class DeploymentQuery {
  /** Whose direct sub-units; the owner's, or the reader's own units, when left out. */
  @IsOptional() @Matches(UNIT_CODE) unit?: string;
  @IsOptional() @IsDay() on?: Day;
  @IsOptional() @IsIn(DEPLOYMENT_STATUSES) status?: DeploymentStatus;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
  /** `next` of the page before. */
  @IsOptional() @Matches(/^\d{1,9}$/) after?: string;
}
