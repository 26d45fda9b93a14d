import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { QUALIFIERS, type Day, type Qualifier } from '@lib/kernel';
import { IsDay, IsText, Nested } from '@lib/platform';
import { UNIT_CODE } from '@lib/units';
import { AGENCY_OUTCOMES, type AgencyOutcome } from './agency.entity.js';

const MOST_WORKERS = 10_000_000;

/** Workers as a paper states them, on its day. */
export class AgencyWorkersInput {
  @IsInt() @Min(0) @Max(MOST_WORKERS) value: number;
  @IsIn(QUALIFIERS) qualifier: Qualifier;
  @IsDay() asOf: Day;
}

/** An agency or enterprise in which there is no union. */
export class AgencyInput {
  /** The union that is responsible for it. */
  @Matches(UNIT_CODE) unit: string;
  @IsText(2, 300) name: string;
  @IsOptional() @IsText(1, 300) place?: string | null;
  @IsOptional() @Nested(() => AgencyWorkersInput) workers?: AgencyWorkersInput | null;
  /** First day known without a union; null or left out: unknown. */
  @IsOptional() @IsDay() since?: Day | null;
  /** The paper or list that says so. */
  @IsText(2, 300) source: string;
}

export class CorrectAgencyInput extends AgencyInput {
  @IsText(3, 500) reason: string;
}

export class AgencyOutcomeInput {
  @IsIn(AGENCY_OUTCOMES) outcome: AgencyOutcome;
  /** First day on which it is no longer without a union. */
  @IsDay() day: Day;
  /** The union that was founded in it, or took it in. */
  @IsOptional() @Matches(UNIT_CODE) union?: string | null;
}

export class AgencyReasonInput {
  @IsText(3, 500) reason: string;
}

/** WITHOUT: no union now. */
export const AGENCY_STATES = ['WITHOUT', 'UNION_FOUNDED', 'CLOSED'] as const;
export type AgencyState = (typeof AGENCY_STATES)[number];

export class AgenciesQuery {
  /** Only those for which this unit or one below it is responsible. */
  @IsOptional() @Matches(UNIT_CODE) unit?: string;
  @IsOptional() @IsIn(AGENCY_STATES) state?: AgencyState;
  /** Words of the name, without accents. */
  @IsOptional() @IsString() @MaxLength(100) q?: string;
  @IsOptional() @IsString() @MaxLength(400) after?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}
