import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
} from 'class-validator';
import type { Day } from '@lib/kernel';
import { IsDay, IsId, IsText, LARGEST_ID, MayOmit, Nested, NestedList } from '@lib/platform';
import { UNIT_CODE } from '@lib/units';
import {
  COUNCIL_KINDS,
  MEMBER_ROLES,
  PRESENCES,
  type CouncilKind,
  type MemberRole,
  type Presence,
} from './councils.entity.js';
import { SITTING_STATES, SITTING_STEPS, type SittingState, type SittingStep } from './sitting.workflow.js';
import { OUTCOMES, type CouncilOutcome } from './vote.rules.js';

const FORM_CODE = /^[A-Z][A-Z0-9_]{1,60}$/;
const MOST_VOTES = 10_000;

export class MemberInput {
  /** A member that there is already; without it, a new one. */
  @MayOmit() @IsId() id?: number;
  @IsText(2, 120) name: string;
  @IsIn(MEMBER_ROLES) role: MemberRole;
  /** Account that reads the sittings as this member. */
  @IsOptional() @IsId() account?: number | null;
  /** The person in the register, so that a member's own line is noticed. */
  @IsOptional() @IsId() person?: number | null;
}

class CouncilFacts {
  @IsText(3, 200) name: string;
  @IsDay() validFrom: Day;
  /** First day after; null while it lasts. */
  @IsOptional() @IsDay() validTo?: Day | null;
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(200) @NestedList(() => MemberInput) members: MemberInput[];
}

export class CouncilInput extends CouncilFacts {
  @Matches(UNIT_CODE) unit: string;
  @IsIn(COUNCIL_KINDS) kind: CouncilKind;
}

/** The whole council as it shall be: a member left out is one no more. */
export class CouncilChange extends CouncilFacts {
  @IsInt() @Min(1) version: number;
}

export class CouncilsQuery {
  @IsOptional() @Matches(UNIT_CODE) unit?: string;
}

export class CandidatesQuery {
  @Matches(UNIT_CODE) unit: string;
}

export class SittingsQuery extends CouncilsQuery {
  @IsOptional() @IsIn(SITTING_STATES) state?: SittingState;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
  @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}~\d{1,10}$/) after?: string;
}

export class SittingInput {
  @IsId() council: number;
  @IsDay() day: Day;
  @IsOptional() @IsText(1, 200) place?: string | null;
}

export class SittingChange {
  @IsDay() day: Day;
  @IsOptional() @IsText(1, 200) place?: string | null;
  @IsInt() @Min(1) version: number;
}

export class SittingStepInput {
  @IsIn(SITTING_STEPS) step: SittingStep;
  @IsInt() @Min(1) version: number;
  /** Needed to cancel. */
  @IsOptional() @IsText(3, 500) reason?: string | null;
}

export class LinesInput {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ArrayUnique()
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(LARGEST_ID, { each: true })
  lines: number[];
}

export class PresenceOf {
  @IsId() member: number;
  @IsIn(PRESENCES) presence: Presence;
}

export class PresenceInput {
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(200) @NestedList(() => PresenceOf) members: PresenceOf[];
  @IsInt() @Min(1) version: number;
}

export class VotesInput {
  @IsInt() @Min(0) @Max(MOST_VOTES) for: number;
  @IsInt() @Min(0) @Max(MOST_VOTES) against: number;
  @IsInt() @Min(0) @Max(MOST_VOTES) blank: number;
  /** Of all these, those that absent members sent in writing. */
  @IsInt() @Min(0) @Max(MOST_VOTES) written: number;
}

export class LowerInput {
  @Matches(FORM_CODE) form: string;
  @Nested(() => VotesInput) votes: VotesInput;
}

export class VoteInput {
  @Nested(() => VotesInput) votes: VotesInput;
  @IsIn(OUTCOMES) outcome: CouncilOutcome;
  /** The lower form and its votes; needed to downgrade. */
  @IsOptional() @Nested(() => LowerInput) lower?: LowerInput | null;
  /** Members who declared a tie and took no part; the nominee himself is found by the system. */
  @MayOmit()
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(LARGEST_ID, { each: true })
  recused?: number[];
  @IsOptional() @IsText(1, 500) note?: string | null;
  @IsInt() @Min(1) version: number;
}

export class MinutesInput {
  @IsId() fileId: number;
}
