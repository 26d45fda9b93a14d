import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { LEVELS, type Day, type Level } from '@lib/kernel';
import { IsDay, IsText, MayOmit, Nested } from '@lib/platform';
import {
  FORM_KINDS,
  RECIPIENT_CLASSES,
  STATISTICAL_TYPES,
  THRESHOLD_KINDS,
  VOTE_BASES,
  VOTE_BODIES,
  VOTE_MODES,
  type FormKind,
  type RecipientClass,
  type StatisticalType,
  type ThresholdKind,
  type VoteBase,
  type VoteBody,
  type VoteMode,
} from './rulebook.entity.js';

/** `BANG_KHEN`: capital letters, digits, underscores; a code keeps its meaning for good. */
const RULE_CODE = /^[A-Z][A-Z0-9_]{1,59}$/;

export class OnDayQuery {
  /** The day whose law is asked for; today when left out. */
  @IsOptional() @IsDay() on?: Day;
}

class DatedRuleInput {
  @Matches(RULE_CODE) code: string;
  @IsText(1, 300) name: string;
  /** First day in force. */
  @IsDay() validFrom: Day;
  /** First day no longer in force; null or left out while it lasts. */
  @IsOptional() @IsDay() validTo?: Day | null;
  /** Number and date of the text it comes from. */
  @IsText(1, 500) source: string;
  /** True only once someone has read the text itself. */
  @MayOmit() @IsBoolean() verified?: boolean;
}

export class AwardFormInput extends DatedRuleInput {
  @IsIn(FORM_KINDS) kind: FormKind;
  @MayOmit() @Matches(RULE_CODE) category?: string;
  @MayOmit() @IsArray() @ArrayUnique() @IsIn(RECIPIENT_CLASSES, { each: true }) recipientClasses?: RecipientClass[];
  @MayOmit() @IsArray() @ArrayUnique() @IsIn(LEVELS, { each: true }) conferringLevels?: Level[];
  @MayOmit() @IsBoolean() oncePerLife?: boolean;
}

export class CommendationTypeInput extends DatedRuleInput {
  @IsIn(STATISTICAL_TYPES) statistical: StatisticalType;
}

/** A share as the text writes it: two thirds, ninety per cent. */
export class ShareInput {
  @IsInt() @Min(0) @Max(1000) parts: number;
  @IsInt() @Min(1) @Max(1000) of: number;
}

export class VoteRuleInput extends DatedRuleInput {
  /** Forms, types, kinds that it is for; with none of the three it is the general rule. */
  @MayOmit() @IsArray() @ArrayUnique() @ArrayMaxSize(100) @Matches(RULE_CODE, { each: true }) forms?: string[];
  @MayOmit() @IsArray() @ArrayUnique() @ArrayMaxSize(100) @Matches(RULE_CODE, { each: true }) types?: string[];
  @MayOmit() @IsArray() @ArrayUnique() @IsIn(FORM_KINDS, { each: true }) kinds?: FormKind[];
  @IsIn(VOTE_BODIES) body: VoteBody;
  @IsIn(VOTE_MODES) mode: VoteMode;
  /** Null or left out: the text says nothing about a quorum. */
  @IsOptional() @Nested(() => ShareInput) quorum?: ShareInput | null;
  @Nested(() => ShareInput) threshold: ShareInput;
  @IsIn(THRESHOLD_KINDS) thresholdKind: ThresholdKind;
  @IsIn(VOTE_BASES) base: VoteBase;
  @IsBoolean() mustIncludeChair: boolean;
  @IsBoolean() secret: boolean;
  /** Written ballots of absent members count. */
  @IsBoolean() absenteeWritten: boolean;
}

export class CloseRuleInput {
  /** First day on which the row no longer holds. */
  @IsDay() validTo: Day;
  /** The text that ends it. */
  @IsText(1, 500) reason: string;
}
