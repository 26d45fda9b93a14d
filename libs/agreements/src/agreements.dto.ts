import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import type { Day } from '@lib/kernel';
import { IsDay, IsId, IsText, MayOmit } from '@lib/platform';
import { UNIT_CODE } from '@lib/units';
import {
  ADDRESSEES,
  AGREEMENT_KINDS,
  COMMITMENT_CATEGORIES,
  COMMITMENT_OUTCOMES,
  type Addressee,
  type AgreementKind,
  type CommitmentCategory,
  type CommitmentOutcome,
} from './agreement.entity.js';
import { AGREEMENT_STEPS, type AgreementStep } from './agreement.workflow.js';

const LONGEST = 60_000;

/** Of a bloc, or of one unit with a counterpart; the term is the year unless days are given. */
export class CreateAgreementInput {
  @IsIn(AGREEMENT_KINDS) kind: AgreementKind;
  @MayOmit() @IsId() bloc?: number;
  @MayOmit() @Matches(UNIT_CODE) unit?: string;
  /** The head of the unit's agency, as the paper names him. */
  @MayOmit() @IsText(2, 300) counterpart?: string;
  /** Needed for a unit's own agreement; a bloc has its year. */
  @MayOmit() @IsInt() @Min(1990) @Max(2100) year?: number;
  @MayOmit() @IsDay() termFrom?: Day;
  @MayOmit() @IsDay() termTo?: Day;
  @IsText(2, 300) title: string;
  @IsText(1, LONGEST) body: string;
  @IsOptional() @IsId() fileId?: number | null;
  @IsOptional() @IsDay() opinionsDue?: Day | null;
  @IsOptional() @IsDay() signBy?: Day | null;
  @IsOptional() @IsString() @MaxLength(2000) note?: string | null;
  @IsOptional() @IsString() @MaxLength(300) source?: string | null;
}

/** What is set beside the text, until signing is opened. */
export class EditAgreementInput {
  @IsId() version: number;
  @IsOptional() @IsDay() opinionsDue?: Day | null;
  @IsOptional() @IsDay() signBy?: Day | null;
  @IsOptional() @IsString() @MaxLength(2000) note?: string | null;
}

/** A new version of the text; the old ones stay. */
export class AgreementTextInput {
  @IsId() version: number;
  @IsText(2, 300) title: string;
  @IsText(1, LONGEST) body: string;
  @IsOptional() @IsId() fileId?: number | null;
}

export class AgreementStepInput {
  @IsIn(AGREEMENT_STEPS) step: AgreementStep;
  @IsOptional() @IsText(2, 500) reason?: string | null;
}

export class AgreementOpinionInput {
  @Matches(UNIT_CODE) unit: string;
  /** Number of the text that was read. */
  @IsId() text: number;
  @IsText(1, 10_000) body: string;
}

export class AgreementOpinionAnswerInput {
  @IsBoolean() taken: boolean;
  @IsText(2, 2000) answer: string;
}

/** What a member's leader has signed on paper; not a signature itself. */
export class AgreementConfirmationInput {
  @Matches(UNIT_CODE) unit: string;
  /** Number of the text that was signed. */
  @IsId() text: number;
  @IsText(2, 120) signerName: string;
  @IsOptional() @IsString() @MaxLength(200) signerPost?: string | null;
  @IsDay() day: Day;
  /** The signed scan: PDF or picture. */
  @IsOptional() @IsId() fileId?: number | null;
  /** Where it is stated, when entered for the unit without a scan. */
  @IsOptional() @IsString() @MaxLength(300) source?: string | null;
  /** Why an earlier confirmation is corrected. */
  @IsOptional() @IsText(2, 500) reason?: string | null;
}

export class AgreementExcuseInput {
  @Matches(UNIT_CODE) unit: string;
  @IsText(2, 500) reason: string;
}

export class CommitmentInput {
  /** Version of the agreement that the editor saw. */
  @IsId() version: number;
  /** A member unit; null or left out: every member. */
  @IsOptional() @Matches(UNIT_CODE) owner?: string | null;
  @IsIn(COMMITMENT_CATEGORIES) category: CommitmentCategory;
  @IsText(2, 2000) content: string;
  @IsOptional() @IsString() @MaxLength(200) measure?: string | null;
  @IsOptional() @IsString() @MaxLength(500) target?: string | null;
  @IsOptional() @Matches(/^[A-Z][A-Z0-9_-]{1,60}$/) indicator?: string | null;
  @IsOptional() @IsInt() @Min(0) @Max(Number.MAX_SAFE_INTEGER) targetValue?: number | null;
  @IsOptional() @IsDay() deadline?: Day | null;
  @IsOptional() @Matches(/^[A-Z0-9][A-Z0-9_-]{1,60}$/) campaign?: string | null;
  @MayOmit()
  @IsArray()
  @ArrayMaxSize(3)
  @ArrayUnique()
  @IsIn(ADDRESSEES, { each: true })
  addressees?: Addressee[];
}

/** Version of the agreement that was seen. */
export class AgreementSeenInput {
  @Type(() => Number) @IsId() version: number;
}

export class CommitmentProgressInput {
  @Matches(UNIT_CODE) unit: string;
  @IsDay() day: Day;
  @IsText(1, 5000) body: string;
  @IsOptional() @IsInt() @Min(0) @Max(Number.MAX_SAFE_INTEGER) value?: number | null;
  @IsOptional() @IsId() fileId?: number | null;
}

export class CommitmentOutcomeInput {
  @Matches(UNIT_CODE) unit: string;
  @IsIn(COMMITMENT_OUTCOMES) outcome: CommitmentOutcome;
  @IsDay() day: Day;
  /** Needed for BROKEN, and for a correction. */
  @IsOptional() @IsText(2, 1000) reason?: string | null;
  @IsOptional() @IsId() fileId?: number | null;
}

/** Running commitments go into a new draft of the next year. */
export class CarryOverInput {
  @IsText(2, 300) title: string;
  @IsText(1, LONGEST) body: string;
}

export class AgreementsQuery {
  @MayOmit() @Type(() => Number) @IsInt() @Min(1990) @Max(2100) year?: number;
  @MayOmit() @Type(() => Number) @IsId() bloc?: number;
  @MayOmit() @Matches(/^\d{4}-\d{1,10}$/) after?: string;
  @MayOmit() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}
