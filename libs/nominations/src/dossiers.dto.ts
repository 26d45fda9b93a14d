import { Type } from 'class-transformer';
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
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { DecisionInput, POSITION_BANDS, RecipientInput, type PositionBand } from '@lib/awards';
import type { Day } from '@lib/kernel';
import { IsDay, IsId, IsText, MayOmit, Nested, NestedList } from '@lib/platform';
import { UNIT_CODE } from '@lib/units';
import { PAPER_KINDS, type PaperKind } from './dossier.entity.js';

const CODE = /^[A-Z][A-Z0-9_]{1,60}$/;
const MOST_LINES = 500;

/** Who is asked: exactly one of the two. */
export class AskedInput {
  /** The proposing unit itself, or one above it. */
  @MayOmit() @Matches(UNIT_CODE) unit?: string;
  /** A body outside the system. */
  @MayOmit() @Matches(UNIT_CODE) outside?: string;
}

class DossierFacts {
  @Nested(() => AskedInput) to: AskedInput;
  @IsInt() @Min(1990) @Max(2100) year: number;
  @IsText(3, 300) title: string;
  @IsOptional() @IsString() @MaxLength(300) occasion?: string | null;
  @IsOptional() @Matches(CODE) type?: string | null;
  @IsOptional() @IsString() @MaxLength(300) campaign?: string | null;
  @IsOptional() @IsString() @MaxLength(2000) note?: string | null;
}

export class DossierInput extends DossierFacts {
  /** Made by the browser; the same key again returns what the first call stored. */
  @MayOmit() @IsUUID() clientKey?: string;
  @Matches(UNIT_CODE) unit: string;
}

/** The facts whole, with the version that was seen. */
export class EditDossierInput extends DossierFacts {
  @IsInt() @Min(1) version: number;
}

export class NominationInput {
  @Nested(() => RecipientInput) recipient: RecipientInput;
  /** Where the nominee belongs; the proposing unit when left out. */
  @IsOptional() @Matches(UNIT_CODE) unit?: string | null;
  @Matches(CODE) form: string;
  @IsOptional() @Matches(CODE) type?: string | null;
  @IsOptional() @IsString() @MaxLength(300) campaign?: string | null;
  /** The achievement. */
  @IsOptional() @IsString() @MaxLength(1000) reason?: string | null;
  @IsOptional() @IsIn(POSITION_BANDS) positionBand?: PositionBand | null;
  @IsOptional() @IsBoolean() enterprise?: boolean | null;
}

export class AddNominationsInput {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_LINES)
  @NestedList(() => NominationInput)
  lines: NominationInput[];
}

export class EditNominationInput extends NominationInput {
  @IsInt() @Min(1) version: number;
}

export class WithdrawNominationInput {
  @IsInt() @Min(1) version: number;
  @IsOptional() @IsString() @MaxLength(500) reason?: string | null;
}

export class PaperInput {
  @IsIn(PAPER_KINDS) kind: PaperKind;
  @IsId() fileId: number;
}

export class ReasonAnswerInput {
  @IsId() reasonId: number;
  @IsText(1, 1000) answer: string;
}

export class SubmitInput {
  @IsInt() @Min(1) version: number;
  /** What was done about reasons for which nothing was changed; only when it was returned. */
  @MayOmit()
  @IsArray()
  @ArrayMaxSize(1000)
  @NestedList(() => ReasonAnswerInput)
  answers?: ReasonAnswerInput[];
}

export class VersionInput {
  @IsInt() @Min(1) version: number;
}

export class WithdrawDossierInput extends VersionInput {
  @IsText(3, 500) reason: string;
}

/** A line as the reader saw it. */
export class LineSeenInput {
  @IsId() lineId: number;
  @IsInt() @Min(1) version: number;
}

export class ResubmitLinesInput {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_LINES)
  @NestedList(() => LineSeenInput)
  lines: LineSeenInput[];
  @MayOmit()
  @IsArray()
  @ArrayMaxSize(1000)
  @NestedList(() => ReasonAnswerInput)
  answers?: ReasonAnswerInput[];
}

export const REASON_FIELDS = [
  'recipient',
  'unit',
  'form',
  'type',
  'campaign',
  'reason',
  'positionBand',
  'papers',
  'title',
  'year',
  'occasion',
  'note',
  'lines',
] as const;
export type ReasonField = (typeof REASON_FIELDS)[number];

export class ReturnReasonInput {
  /** Null: it is about the dossier. */
  @IsOptional() @IsId() lineId?: number | null;
  @IsIn(REASON_FIELDS) field: ReasonField;
  @IsText(3, 1000) reason: string;
}

export class ReturnInput extends VersionInput {
  /** The whole dossier goes back; otherwise only the lines named in the reasons. */
  @IsBoolean() whole: boolean;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @NestedList(() => ReturnReasonInput)
  reasons: ReturnReasonInput[];
}

export const APPRAISAL_OUTCOMES = ['ACCEPT', 'REJECT'] as const;

export class AppraisedLineInput extends LineSeenInput {
  @IsIn(APPRAISAL_OUTCOMES) outcome: (typeof APPRAISAL_OUTCOMES)[number];
  /** Needed to find a line not eligible. */
  @IsOptional() @IsString() @MaxLength(1000) reason?: string | null;
}

export class AppraisalInput {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_LINES)
  @NestedList(() => AppraisedLineInput)
  lines: AppraisedLineInput[];
}

export class LinesSeenInput {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_LINES)
  @NestedList(() => LineSeenInput)
  lines: LineSeenInput[];
}

export class SendBackInput extends LinesSeenInput {
  /** Added to the reasons of the unit that returned them. */
  @IsOptional() @IsString() @MaxLength(1000) reason?: string | null;
}

export const ANSWERS = ['AWARDED', 'DECLINED'] as const;

export class AnsweredLineInput extends LineSeenInput {
  @IsIn(ANSWERS) outcome: (typeof ANSWERS)[number];
  /** The form that was given, where it is not the one asked for. */
  @IsOptional() @Matches(CODE) form?: string | null;
  @IsOptional() @IsString() @MaxLength(1000) reason?: string | null;
}

export class AnswerInput {
  /** Decision of the body that answered, with its own number and date; needed where a line was awarded. */
  @IsOptional() @Nested(() => DecisionInput) decision?: DecisionInput | null;
  @IsOptional() @IsId() fileId?: number | null;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_LINES)
  @NestedList(() => AnsweredLineInput)
  lines: AnsweredLineInput[];
}

export class ConfirmationInput {
  /** Code of the warning. */
  @Matches(/^nominations\.[a-z_]{3,60}$/) code: string;
  @IsText(3, 500) why: string;
}

export const TABS = ['mine', 'received', 'nominees'] as const;
export type Tab = (typeof TABS)[number];

class NominationFilters {
  /** `mine`: of my units; `received`: asked of my units; `nominees`: naming somebody of my units. */
  @IsIn(TABS) tab: Tab;
  @IsOptional() @Matches(UNIT_CODE) unit?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1990) @Max(2100) year?: number;
  @IsOptional() @Matches(/^[A-Z_]{3,30}$/) state?: string;
  @IsOptional() @IsString() @MaxLength(100) q?: string;
  /** `next` of the page before. */
  @IsOptional() @Type(() => Number) @IsId() after?: number;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}

export class DossiersQuery extends NominationFilters {
  @IsOptional() @IsIn(['true', 'false']) outside?: 'true' | 'false';
}

export class NominationsQuery extends NominationFilters {
  @IsOptional() @Matches(CODE) form?: string;
}

export class RegistrationInput {
  /** The unit that registers. */
  @Matches(UNIT_CODE) unit: string;
  @Nested(() => RecipientInput) recipient: RecipientInput;
  @Matches(CODE) form: string;
  @IsInt() @Min(1990) @Max(2100) year: number;
  @IsDay() registeredOn: Day;
}

export class RegistrationRemovalInput {
  @IsText(3, 500) reason: string;
}

export class RegistrationsQuery {
  @IsOptional() @Matches(UNIT_CODE) unit?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1990) @Max(2100) year?: number;
  @IsOptional() @Matches(CODE) form?: string;
  @IsOptional() @IsString() @MaxLength(100) q?: string;
  @IsOptional() @Type(() => Number) @IsId() after?: number;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}
