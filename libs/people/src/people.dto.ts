import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { CLASSIFICATIONS, type Classification, type Day } from '@lib/kernel';
import { IsDay, IsId, IsText, MayOmit, Nested } from '@lib/platform';
import { GENDERS, type Gender } from './person.entity.js';

const UNIT_CODE = /^[A-Z0-9][A-Z0-9-]{1,39}$/;

export class PeopleQuery {
  /** Words of the name, with or without accents; or a whole member card or service number. */
  @IsOptional() @IsString() @MaxLength(100) q?: string;
  /** Only this unit and what is below it. */
  @IsOptional() @Matches(UNIT_CODE) unit?: string;
  /** `next` of the page before. */
  @IsOptional() @IsString() @MaxLength(2000) after?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}

export class RecordPersonInput {
  @IsText(1, 200) name: string;
  @IsOptional() @IsInt() birthYear?: number | null;
  @IsOptional() @IsIn(GENDERS) gender?: Gender | null;
  @Matches(UNIT_CODE) unit: string;
  @IsOptional() @IsText(1, 50) memberCard?: string | null;
  @IsOptional() @IsText(1, 50) serviceNumber?: string | null;
  /** Admission into the union. */
  @IsOptional() @IsDay() admittedOn?: Day | null;
  /** First day in the unit; left out: not known. */
  @IsOptional() @IsDay() memberSince?: Day | null;
  @MayOmit() @IsIn(CLASSIFICATIONS) classification?: Classification;
  /** The officer has looked at the people of the same name and year in the unit, and this is another one. */
  @MayOmit() @IsBoolean() another?: boolean;
}

/** What is left out stays as it is; null takes it away. */
export class EditPersonInput {
  @IsInt() @Min(1) version: number;
  @MayOmit() @IsText(1, 200) name?: string;
  @IsOptional() @IsInt() birthYear?: number | null;
  @IsOptional() @IsIn(GENDERS) gender?: Gender | null;
  @IsOptional() @IsText(1, 50) memberCard?: string | null;
  @IsOptional() @IsText(1, 50) serviceNumber?: string | null;
  @IsOptional() @IsDay() admittedOn?: Day | null;
  @MayOmit() @IsIn(CLASSIFICATIONS) classification?: Classification;
}

export class MovePersonInput {
  @Matches(UNIT_CODE) unit: string;
  /** First day in the new unit. */
  @IsDay() from: Day;
  @IsOptional() @IsText(1, 300) reason?: string | null;
  /** Number and date of the paper, as written. */
  @IsOptional() @IsText(1, 200) decision?: string | null;
}

/** A membership of the past, for the unit history. */
export class PastMembershipInput {
  @Matches(UNIT_CODE) unit: string;
  @IsDay() from: Day;
  /** First day after. */
  @IsDay() to: Day;
}

export class PersonReasonInput {
  @IsText(1, 500) reason: string;
}

export class PositionInput {
  @Matches(UNIT_CODE) unit: string;
  @IsText(1, 200) title: string;
  /** Chuyên trách. */
  @IsBoolean() fullTime: boolean;
  /** Heads the unit. */
  @MayOmit() @IsBoolean() leads?: boolean;
  @IsDay() from: Day;
  /** First day after. */
  @IsOptional() @IsDay() to?: Day | null;
}

export class EndInput {
  /** First day on which it no longer holds. */
  @IsDay() to: Day;
}

export const CAPACITIES = ['FULL_TIME', 'PART_TIME', 'PART_TIME_NON_STATE'] as const;
/** Chuyên trách; không chuyên trách; không chuyên trách in a non-state enterprise. */
export type Capacity = (typeof CAPACITIES)[number];

export class ServicePeriodInput {
  @IsIn(CAPACITIES) capacity: Capacity;
  @IsOptional() @Matches(UNIT_CODE) unit?: string | null;
  @IsOptional() @IsText(1, 200) title?: string | null;
  @IsDay() from: Day;
  /** First day after. */
  @IsOptional() @IsDay() to?: Day | null;
}

export class MergeInput {
  /** The record that is found under this one from now on. */
  @IsId() merged: number;
  @IsText(1, 500) reason: string;
  /** Both have a card or a service number of their own, and still are one person. */
  @MayOmit() @IsBoolean() certain?: boolean;
}

export class DuplicatesQuery {
  @IsOptional() @Matches(UNIT_CODE) unit?: string;
  @IsOptional() @IsString() @MaxLength(40) after?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
}

export class YearsQuery {
  /** Years of service until this day; today when left out. */
  @IsOptional() @IsDay() on?: Day;
}

/** Exactly one person: administrators of accounts look nobody up. */
export class AccountPersonInput {
  @IsText(1, 200) name: string;
  @IsOptional() @IsInt() birthYear?: number | null;
  @Matches(UNIT_CODE) unit: string;
}

export class SetAccountPersonInput {
  /** Null: the account is nobody of the register. */
  @IsOptional() @Nested(() => AccountPersonInput) person?: AccountPersonInput | null;
}
