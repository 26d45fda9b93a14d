import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { CLASSIFICATIONS, LEVELS, type Classification, type Day, type Level } from '@lib/kernel';
import { IsDay, IsId, IsText, MayOmit, Nested, NestedList } from '@lib/platform';
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
  @MayOmit() @Matches(UNIT_CODE) unit?: string;
  @MayOmit() @Matches(UNIT_CODE) outside?: string;
  @MayOmit() @IsIn(LEVELS) level?: Level;
  @MayOmit() @Matches(UNIT_CODE) within?: string;
}

export class PresentingInput {
  @MayOmit() @Matches(UNIT_CODE) unit?: string;
  @MayOmit() @Matches(UNIT_CODE) outside?: string;
}

export class WhenInput {
  @IsDay() from: Day;
  @IsDay() to: Day;
  @IsIn(BASES) basis: Basis;
}

export class DecisionInput {
  /** The clerk's number; unique per body, year and symbol. */
  @IsOptional() @IsText(1, 30) number?: string | null;
  @IsOptional() @IsString() @MaxLength(60) symbol?: string | null;
  @IsOptional() @IsDay() date?: Day | null;
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
  @MayOmit() @IsId() person?: number;
  @MayOmit() @IsText(2, 120) personName?: string;
  @IsOptional() @IsInt() @Min(1900) @Max(2100) birthYear?: number | null;
  @IsOptional() @IsIn(['MALE', 'FEMALE']) gender?: 'MALE' | 'FEMALE' | null;
  @MayOmit() @Matches(UNIT_CODE) unit?: string;
  @MayOmit() @Matches(UNIT_CODE) office?: string;
  @MayOmit() @IsText(2, 300) collective?: string;
  @MayOmit() @IsText(2, 300) household?: string;
}

export class LineInput {
  @Nested(() => RecipientInput) recipient: RecipientInput;
  /** Where the recipient belongs; the batch's unit when left out. */
  @IsOptional() @Matches(UNIT_CODE) unit?: string | null;
  @IsOptional() @IsString() @MaxLength(500) reason?: string | null;
  /** Golden-book number given by the clerk, or `auto` for the next one of the series. */
  @IsOptional() @Matches(/^([1-9]\d{0,8}|auto)$/) registerNumber?: string | null;
  @IsOptional() @IsIn(POSITION_BANDS) positionBand?: PositionBand | null;
  @IsOptional() @IsBoolean() enterprise?: boolean | null;
}

/** What a batch may state beside its unit, its conferring bodies and its days. */
class BatchDetails {
  @IsOptional() @Matches(/^[A-Z][A-Z0-9_]{1,60}$/) form?: string | null;
  @MayOmit() @IsIn(FORM_CERTAINTIES) formCertainty?: FormCertainty;
  @IsOptional() @Matches(/^[A-Z][A-Z0-9_]{1,60}$/) type?: string | null;
  @IsOptional() @IsString() @MaxLength(300) campaign?: string | null;
  @IsOptional() @IsString() @MaxLength(300) reason?: string | null;
  @MayOmit()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @Length(1, 300, { each: true })
  contests?: string[];
  @IsOptional() @IsString() @MaxLength(60) tier?: string | null;
  @MayOmit() @IsBoolean() conferringVerified?: boolean;
  @IsOptional() @Matches(UNIT_CODE) proposing?: string | null;
  @IsOptional() @Matches(UNIT_CODE) reporting?: string | null;
  @IsOptional() @Nested(() => PresentingInput) presenting?: PresentingInput | null;
  @IsOptional() @Nested(() => DecisionInput) decision?: DecisionInput | null;
  @IsOptional() @IsId() fileId?: number | null;
  @IsOptional() @IsString() @MaxLength(300) source?: string | null;
  @IsOptional() @Nested(() => StatedInput) stated?: StatedInput | null;
  @IsOptional() @IsIn(POSITION_BANDS) positionBand?: PositionBand | null;
  @IsOptional() @IsBoolean() enterprise?: boolean | null;
  @MayOmit() @IsIn(CLASSIFICATIONS) classification?: Classification;
}

/** What a correction may change. Checks are inherited with their fields, so what a record needs is declared apart. */
export class BatchFacts extends BatchDetails {
  @MayOmit()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @NestedList(() => ConferringInput)
  conferring?: ConferringInput[];
  @MayOmit() @Matches(UNIT_CODE) unit?: string;
  @MayOmit() @Nested(() => WhenInput) when?: WhenInput;
}

/** A decision that exists on paper, recorded in one step. */
export class RecordBatchInput extends BatchDetails {
  /** Made by the browser; the same key again returns what the first call stored. */
  @MayOmit() @IsUUID() clientKey?: string;
  @IsIn(BLOCKS) kind: Block;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @NestedList(() => ConferringInput)
  conferring: ConferringInput[];
  @Matches(UNIT_CODE) unit: string;
  @Nested(() => WhenInput) when: WhenInput;
  @MayOmit()
  @IsArray()
  @ArrayMaxSize(MOST_LINES)
  @NestedList(() => LineInput)
  lines?: LineInput[];
  /** The stated batch that this one is part of. */
  @IsOptional() @IsId() partOf?: number | null;
  @MayOmit() @IsBoolean() enteredFor?: boolean;
}

export class AddLinesInput {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_LINES)
  @NestedList(() => LineInput)
  lines: LineInput[];
}

export class CorrectBatchInput {
  @IsText(3, 500) reason: string;
  @Nested(() => BatchFacts) changes: BatchFacts;
}

export class RemovalInput {
  @IsText(3, 500) reason: string;
}

export class PartOfInput {
  @IsOptional() @IsId() partOf: number | null;
}

export class RevokeInput {
  @IsText(3, 500) reason: string;
  @IsOptional() @IsIn(GROUNDS) ground?: Ground | null;
  @IsOptional() @Nested(() => DecisionInput) decision?: DecisionInput | null;
  /** Exactly one of the three: one named line, some of the stated counts, or the whole batch. */
  @MayOmit() @IsId() lineId?: number;
  @MayOmit() @Nested(() => StatedInput) counts?: StatedInput;
  @MayOmit() @IsBoolean() whole?: boolean;
}
