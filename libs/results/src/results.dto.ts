import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { LEVELS, QUALIFIERS, type Day, type Level, type Qualifier } from '@lib/kernel';
import { IsDay, IsId, IsText, MayOmit, Nested, NestedList } from '@lib/platform';
import { NATURES, type Nature } from '@lib/figures';
import { UNIT_CODE } from '@lib/units';
import {
  BENEFICIARY_CLASSES,
  MEASURE_KINDS,
  MEASURES,
  OUTCOMES,
  REPORT_BASES,
  REPORT_SCOPES,
  STATUSES,
  TARGET_SPANS,
  type BeneficiaryClass,
  type Measure,
  type MeasureKind,
  type TargetOutcome,
  type ReportBasis,
  type ReportScope,
  type ResultStatus,
  type TargetSpan,
} from './results.entity.js';

/** Codes of indicators are words that officers recognise: `MAI_AM_SUA`. */
export const INDICATOR_CODE = /^[A-Z][A-Z0-9_]{1,60}$/;
const MOST_COUNT = 1_000_000_000_000;
const MOST_UNITS = 10_000_000;
const MOST_ITEMS = 30;
const MOST_PERCENT = 1_000_000;

/** A count as stated. */
export class IndicatorCountInput {
  @IsInt() @Min(0) @Max(MOST_COUNT) value: number;
  @IsIn(QUALIFIERS) qualifier: Qualifier;
}

/** Whole đồng, as stated. */
export class MoneyInput {
  @IsInt() @Min(0) @Max(Number.MAX_SAFE_INTEGER) value: number;
  @IsIn(QUALIFIERS) qualifier: Qualifier;
}

export class CreateIndicatorInput {
  @Matches(INDICATOR_CODE) code: string;
  @IsText(3, 200) name: string;
  /** In what it is counted: căn, suất, người. */
  @IsText(1, 40) unitOfMeasure: string;
  @IsIn(NATURES) nature: Nature;
  @IsIn(MEASURE_KINDS) measures: MeasureKind;
  @IsOptional() @IsText(1, 300) campaign?: string | null;
  @IsOptional() @IsText(1, 300) source?: string | null;
  /** Unit that adds it to the catalogue. */
  @Matches(UNIT_CODE) owner: string;
}

export class ResultItemInput {
  @Matches(INDICATOR_CODE) indicator: string;
  @IsOptional() @Nested(() => IndicatorCountInput) count?: IndicatorCountInput | null;
}

/** What a report says; its unit stands apart, for a correction does not move it. */
class ReportFactsInput {
  @IsDay() from: Day;
  /** The last day of the span; of a value as of a day, that day. */
  @IsDay() to: Day;
  @IsIn(REPORT_BASES) basis: ReportBasis;
  @IsIn(REPORT_SCOPES) scope: ReportScope;
  @IsIn(STATUSES) status: ResultStatus;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_ITEMS)
  @NestedList(() => ResultItemInput)
  items: ResultItemInput[];
  /** One sum for all items. */
  @IsOptional() @Nested(() => MoneyInput) money?: MoneyInput | null;
  @IsOptional() @IsText(1, 200) fundingSource?: string | null;
  @IsOptional() @IsIn(BENEFICIARY_CLASSES) beneficiaryClass?: BeneficiaryClass | null;
  @IsOptional() @IsText(1, 300) beneficiaries?: string | null;
  @IsOptional() @IsText(1, 300) occasion?: string | null;
  @IsOptional() @IsText(1, 300) source?: string | null;
  @IsOptional() @IsId() fileId?: number | null;
  @IsOptional() @IsText(1, 1000) note?: string | null;
}

export class EnterReportInput extends ReportFactsInput {
  /** Made by the browser; the same key again returns what the first call stored. */
  @MayOmit() @IsUUID() clientKey?: string;
  @Matches(UNIT_CODE) unit: string;
  /** Entered by an upper officer for the unit. */
  @MayOmit() @IsBoolean() enteredFor?: boolean;
}

export class CorrectReportInput extends ReportFactsInput {
  @IsText(3, 500) reason: string;
}

export class ResultRemovalInput {
  @IsText(3, 500) reason: string;
}

class TargetFactsInput {
  @Matches(INDICATOR_CODE) indicator: string;
  @IsIn(TARGET_SPANS) of: TargetSpan;
  @IsText(1, 200) label: string;
  @IsDay() from: Day;
  @IsDay() to: Day;
  @IsOptional() @IsText(1, 300) campaign?: string | null;
  @IsIn(MEASURES) measure: Measure;
  @IsOptional() @Nested(() => MoneyInput) value?: MoneyInput | null;
  /** The value is meant for each unit of this level. */
  @IsOptional() @IsIn(LEVELS) perLevel?: Level | null;
  /** Percentage of fulfilment as stated, to one decimal. */
  @IsOptional() @IsNumber({ maxDecimalPlaces: 1 }) @Min(0) @Max(MOST_PERCENT) percent?: number | null;
  @IsOptional() @IsIn(OUTCOMES) outcome?: TargetOutcome | null;
  /** Day on which percentage or outcome was stated. */
  @IsOptional() @IsDay() statedOn?: Day | null;
  @IsOptional() @IsText(1, 300) source?: string | null;
  @IsOptional() @IsId() fileId?: number | null;
}

export class SetTargetInput extends TargetFactsInput {
  @Matches(UNIT_CODE) unit: string;
}

export class CorrectTargetInput extends TargetFactsInput {
  @IsText(3, 500) reason: string;
}

class CoverageFactsInput {
  /** Name of the campaign or programme. */
  @IsText(1, 300) campaign: string;
  @IsIn(LEVELS) level: Level;
  @IsDay() asOf: Day;
  @IsInt() @Min(0) @Max(MOST_UNITS) deployed: number;
  @IsOptional() @IsInt() @Min(0) @Max(MOST_UNITS) notDeployed?: number | null;
  /** All units of the level as stated; left out, the strength stated for that day or the tree says it. */
  @IsOptional() @IsInt() @Min(0) @Max(MOST_UNITS) expected?: number | null;
  @IsOptional() @IsText(1, 300) source?: string | null;
  @IsOptional() @IsId() fileId?: number | null;
}

export class StateCoverageInput extends CoverageFactsInput {
  @Matches(UNIT_CODE) unit: string;
}

export class CorrectCoverageInput extends CoverageFactsInput {
  @IsText(3, 500) reason: string;
}

export class IndicatorsQuery {
  /** Words of the name, or the beginning of the code. */
  @IsOptional() @IsString() @MaxLength(100) q?: string;
}

class PagedQuery {
  @IsOptional() @Matches(UNIT_CODE) unit?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
  /** `next` of the page before. */
  @IsOptional() @IsString() @MaxLength(60) after?: string;
}

/** Statements of a unit and all below it, newest first. */
export class ReportsQuery extends PagedQuery {
  @IsOptional() @IsDay() from?: Day;
  @IsOptional() @IsDay() to?: Day;
  @IsOptional() @Matches(INDICATOR_CODE) indicator?: string;
  @IsOptional() @IsIn(STATUSES) status?: ResultStatus;
  /** Also what was corrected or removed. */
  @IsOptional() @IsIn(['true', 'false']) ended?: 'true' | 'false';
}

export class TargetsQuery extends PagedQuery {
  @IsOptional() @Matches(INDICATOR_CODE) indicator?: string;
}

export class CoverageQuery extends PagedQuery {}
