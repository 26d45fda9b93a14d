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
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { QUALIFIERS, type Day, type Qualifier } from '@lib/kernel';
import { IsDay, IsId, IsText, LARGEST_ID, MayOmit, Nested, NestedList } from '@lib/platform';
import { UNIT_CODE } from '@lib/units';
import {
  CATEGORIES,
  KINDS,
  REACHES,
  type CampaignCategory,
  type CampaignKind,
  type CampaignReach,
} from './campaigns.entity.js';
import { CAMPAIGN_STEPS, campaignWorkflow, type CampaignState, type TakenByHand } from './campaigns.workflow.js';

export const CAMPAIGN_CODE = /^[A-Z][A-Z0-9_-]{1,39}$/;
const MOST = 100_000_000;
const TEXT = 4000;

/** A count as it was stated. */
export class CountInput {
  @IsInt() @Min(0) @Max(MOST) value: number;
  @IsIn(QUALIFIERS) qualifier: Qualifier;
}

/** Who launched it together with the owner. Exactly one of the three. */
export class LauncherInput {
  @MayOmit() @Matches(UNIT_CODE) unit?: string;
  @MayOmit() @Matches(UNIT_CODE) outside?: string;
  @MayOmit() @IsText(2, 300) name?: string;
}

/** What a campaign may say of itself beside its name: its time, and the contents that Điều 17 asks for. */
class CampaignDetails {
  @MayOmit()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @Length(1, 300, { each: true })
  aliases?: string[];
  /** Null: the paper does not say. */
  @IsOptional() @IsIn(KINDS) kind?: CampaignKind | null;
  @MayOmit() @IsBoolean() special?: boolean;
  @IsOptional() @IsIn(REACHES) scope?: CampaignReach | null;
  @IsOptional() @IsDay() launchDay?: Day | null;
  @IsOptional() @IsDay() from?: Day | null;
  @IsOptional() @IsDay() to?: Day | null;
  /** "giai đoạn 2020–2025", as written. */
  @IsOptional() @IsString() @MaxLength(200) namedPeriod?: string | null;
  @IsOptional() @IsDay() deployBy?: Day | null;
  @IsOptional() @IsString() @MaxLength(TEXT) objective?: string | null;
  @IsOptional() @IsString() @MaxLength(TEXT) subjects?: string | null;
  @IsOptional() @IsString() @MaxLength(TEXT) content?: string | null;
  @IsOptional() @IsString() @MaxLength(TEXT) plan?: string | null;
  @IsOptional() @IsString() @MaxLength(300) source?: string | null;
  @MayOmit()
  @IsArray()
  @ArrayMaxSize(20)
  @NestedList(() => LauncherInput)
  launchers?: LauncherInput[];
  /** The campaign that this one carries out further down. */
  @IsOptional() @IsId() parent?: number | null;
  @MayOmit()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(LARGEST_ID, { each: true })
  occasions?: number[];
}

/** What a change may change. Checks are inherited with their fields, so what a registration needs is declared apart. */
export class CampaignFacts extends CampaignDetails {
  @MayOmit() @IsText(2, 300) name?: string;
  @MayOmit() @IsIn(CATEGORIES) category?: CampaignCategory;
}

/** The paper on which it was launched. */
export class LaunchPaperInput {
  @IsOptional() @IsText(1, 60) number?: string | null;
  @IsOptional() @IsDay() day?: Day | null;
  @IsOptional() @IsId() fileId?: number | null;
}

export class RegisterCampaignInput extends CampaignDetails {
  /** Given once, never reused; made by the system where it is left out. */
  @MayOmit() @Matches(CAMPAIGN_CODE) code?: string;
  @IsText(2, 300) name: string;
  @IsIn(CATEGORIES) category: CampaignCategory;
  /** The owner; for a campaign of a body outside, the unit that keeps the record. Left out where a bloc owns it. */
  @IsOptional() @Matches(UNIT_CODE) unit?: string | null;
  @IsOptional() @IsId() bloc?: number | null;
  @IsOptional() @Matches(UNIT_CODE) outside?: string | null;
  /** The fast lane: it has been launched on paper, and is recorded as launched. */
  @IsOptional() @Nested(() => LaunchPaperInput) launched?: LaunchPaperInput | null;
}

export class ChangeCampaignInput {
  /** The version that was seen. */
  @IsInt() @Min(1) version: number;
  /** Needed once it is launched. */
  @IsOptional() @IsString() @MaxLength(500) reason?: string | null;
  @Nested(() => CampaignFacts) changes: CampaignFacts;
}

export class CampaignStepInput {
  @IsIn(CAMPAIGN_STEPS) step: TakenByHand;
  @IsInt() @Min(1) version: number;
  @IsOptional() @IsString() @MaxLength(500) reason?: string | null;
  /** With `launch`: the day, the paper, and by when units below are to deploy it. */
  @IsOptional() @IsDay() launchDay?: Day | null;
  @IsOptional() @IsDay() deployBy?: Day | null;
  @IsOptional() @Nested(() => LaunchPaperInput) paper?: LaunchPaperInput | null;
}

const STATES = Object.keys(campaignWorkflow.stateNames) as CampaignState[];
export const FROM_WHERE = ['MINE', 'ABOVE'] as const;
export type FromWhere = (typeof FROM_WHERE)[number];

export class CampaignsQuery {
  @IsOptional() @IsString() @MaxLength(100) q?: string;
  @IsOptional() @IsIn(STATES) state?: CampaignState;
  @IsOptional() @IsIn(CATEGORIES) category?: CampaignCategory;
  @IsOptional() @IsIn(KINDS) kind?: CampaignKind;
  /** `MINE`: owned in my subtree; `ABOVE`: addressed to it. */
  @IsOptional() @IsIn(FROM_WHERE) from?: FromWhere;
  /** Owned by that bloc. */
  @IsOptional() @Type(() => Number) @IsId() bloc?: number;
  /** Running at some time of that year. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1900) @Max(2199) year?: number;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
  /** `next` of the page before. */
  @IsOptional() @Matches(/^\d{1,9}$/) after?: string;
}
