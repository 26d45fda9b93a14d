import { ArrayUnique, IsArray, IsBoolean, IsIn, IsOptional, Matches } from 'class-validator';
import { LEVELS, type Day, type Level } from '@lib/kernel';
import { IsDay, IsText, MayOmit } from '@lib/platform';
import {
  FORM_KINDS,
  RECIPIENT_CLASSES,
  STATISTICAL_TYPES,
  type FormKind,
  type RecipientClass,
  type StatisticalType,
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

export class CloseRuleInput {
  /** First day on which the row no longer holds. */
  @IsDay() validTo: Day;
  /** The text that ends it. */
  @IsText(1, 500) reason: string;
}
