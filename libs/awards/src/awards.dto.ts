import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { CLASSIFICATIONS, LEVELS, type Classification, type Day, type Level } from '@lib/kernel';
import { BLOCKS, type Block } from '@lib/figures';
import { UNIT_CODE } from '@lib/units';
import {
  BASES,
  FORM_CERTAINTIES,
  GROUNDS,
  POSITION_BANDS,
  type Basis,
  type FormCertainty,
  type Ground,
  type PositionBand,
} from './awards.entity.js';

const MOST = 10_000_000;
const MOST_LINES = 2_000;

/** A conferring body: a unit, a body outside the tree, or only a level within a unit. Exactly one of the three. */
export class ConferringInput {
  @IsOptional() @Matches(UNIT_CODE) unit?: string;
  @IsOptional() @Matches(UNIT_CODE) outside?: string;
  @IsOptional() @IsIn(LEVELS) level?: Level;
  @IsOptional() @Matches(UNIT_CODE) within?: string;
}

export class PresentingInput {
  @IsOptional() @Matches(UNIT_CODE) unit?: string;
  @IsOptional() @Matches(UNIT_CODE) outside?: string;
}

export class WhenInput {
  @IsISO8601({ strict: true }) @Length(10, 10) from: Day;
  @IsISO8601({ strict: true }) @Length(10, 10) to: Day;
  @IsIn(BASES) basis: Basis;
}

export class DecisionInput {
  /** The clerk's number; unique per body, year and symbol. */
  @IsOptional() @IsString() @Length(1, 30) number?: string | null;
  @IsOptional() @IsString() @MaxLength(60) symbol?: string | null;
  @IsOptional() @IsISO8601({ strict: true }) @Length(10, 10) date?: Day | null;
}

/** Counts as stated; null or left out: not stated. */
export class StatedInput {
  @IsOptional() @IsInt() @Min(0) @Max(MOST) collectives?: number | null;
  @IsOptional() @IsInt() @Min(0) @Max(MOST) individuals?: number | null;
  @IsOptional() @IsInt() @Min(0) @Max(MOST) households?: number | null;
  /** Collectives and individuals told in one number. */
  @IsOptional() @IsInt() @Min(0) @Max(MOST) unsplit?: number | null;
  /** Among the individuals. */
  @IsOptional() @IsInt() @Min(0) @Max(MOST) women?: number | null;
}

/** Exactly one of person, personName, unit, office, collective, household. */
export class RecipientInput {
  @IsOptional() @IsInt() @Min(1) person?: number;
  @IsOptional() @IsString() @Length(2, 120) personName?: string;
  @IsOptional() @IsInt() @Min(1900) @Max(2100) birthYear?: number | null;
  @IsOptional() @IsIn(['MALE', 'FEMALE']) gender?: 'MALE' | 'FEMALE' | null;
  @IsOptional() @Matches(UNIT_CODE) unit?: string;
  @IsOptional() @Matches(UNIT_CODE) office?: string;
  @IsOptional() @IsString() @Length(2, 300) collective?: string;
  @IsOptional() @IsString() @Length(2, 300) household?: string;
}

export class LineInput {
  @ValidateNested() @Type(() => RecipientInput) recipient: RecipientInput;
  /** Where the recipient belongs; the batch's unit when left out. */
  @IsOptional() @Matches(UNIT_CODE) unit?: string | null;
  @IsOptional() @IsString() @MaxLength(500) reason?: string | null;
  /** Golden-book number given by the clerk, or `auto` for the next one of the series. */
  @IsOptional() @Matches(/^([1-9]\d{0,8}|auto)$/) registerNumber?: string | null;
  @IsOptional() @IsIn(POSITION_BANDS) positionBand?: PositionBand | null;
  @IsOptional() @IsBoolean() enterprise?: boolean | null;
}

/** What a correction may change, too. */
export class BatchFacts {
  @IsOptional() @Matches(/^[A-Z][A-Z0-9_]{1,60}$/) form?: string | null;
  @IsOptional() @IsIn(FORM_CERTAINTIES) formCertainty?: FormCertainty;
  @IsOptional() @Matches(/^[A-Z][A-Z0-9_]{1,60}$/) type?: string | null;
  @IsOptional() @IsString() @MaxLength(300) campaign?: string | null;
  @IsOptional() @IsString() @MaxLength(300) reason?: string | null;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @Length(1, 300, { each: true })
  contests?: string[];
  @IsOptional() @IsString() @MaxLength(60) tier?: string | null;
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => ConferringInput)
  conferring?: ConferringInput[];
  @IsOptional() @IsBoolean() conferringVerified?: boolean;
  @IsOptional() @Matches(UNIT_CODE) unit?: string;
  @IsOptional() @Matches(UNIT_CODE) proposing?: string | null;
  @IsOptional() @Matches(UNIT_CODE) reporting?: string | null;
  @IsOptional() @ValidateNested() @Type(() => PresentingInput) presenting?: PresentingInput | null;
  @IsOptional() @ValidateNested() @Type(() => WhenInput) when?: WhenInput;
  @IsOptional() @ValidateNested() @Type(() => DecisionInput) decision?: DecisionInput | null;
  @IsOptional() @IsInt() @Min(1) fileId?: number | null;
  @IsOptional() @IsString() @MaxLength(300) source?: string | null;
  @IsOptional() @ValidateNested() @Type(() => StatedInput) stated?: StatedInput | null;
  @IsOptional() @IsIn(POSITION_BANDS) positionBand?: PositionBand | null;
  @IsOptional() @IsBoolean() enterprise?: boolean | null;
  @IsOptional() @IsIn(CLASSIFICATIONS) classification?: Classification;
}

/** A decision that exists on paper, recorded in one step. */
export class RecordBatchInput extends BatchFacts {
  /** Made by the browser; the same key again returns what the first call stored. */
  @IsOptional() @IsUUID() clientKey?: string;
  @IsIn(BLOCKS) kind: Block;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => ConferringInput)
  declare conferring: ConferringInput[];
  @Matches(UNIT_CODE) declare unit: string;
  @ValidateNested() @Type(() => WhenInput) declare when: WhenInput;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_LINES)
  @ValidateNested({ each: true })
  @Type(() => LineInput)
  lines?: LineInput[];
  /** The stated batch that this one is part of. */
  @IsOptional() @IsInt() @Min(1) partOf?: number | null;
  @IsOptional() @IsBoolean() enteredFor?: boolean;
}

export class AddLinesInput {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_LINES)
  @ValidateNested({ each: true })
  @Type(() => LineInput)
  lines: LineInput[];
}

export class CorrectBatchInput {
  @IsString() @Length(3, 500) reason: string;
  @ValidateNested() @Type(() => BatchFacts) changes: BatchFacts;
}

export class RemovalInput {
  @IsString() @Length(3, 500) reason: string;
}

export class PartOfInput {
  @IsOptional() @IsInt() @Min(1) partOf: number | null;
}

export class RevokeInput {
  @IsString() @Length(3, 500) reason: string;
  @IsOptional() @IsIn(GROUNDS) ground?: Ground | null;
  @IsOptional() @ValidateNested() @Type(() => DecisionInput) decision?: DecisionInput | null;
  /** Exactly one of the three: one named line, some of the stated counts, or the whole batch. */
  @IsOptional() @IsInt() @Min(1) lineId?: number;
  @IsOptional() @ValidateNested() @Type(() => StatedInput) counts?: StatedInput;
  @IsOptional() @IsBoolean() whole?: boolean;
}
