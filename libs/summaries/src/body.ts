import type { Day, Level, Qualified } from '@lib/kernel';
import type { Block, BodyLabel, Counts, Relation } from '@lib/figures';
import type { AgreementFigures } from '@lib/agreements';
import type { CampaignRow } from '@lib/campaigns';
import type { ProposalRow } from '@lib/nominations';
import type { CoverageRow, IndicatorRow, MoneyGroupRow, OrganisationSection } from '@lib/results';
import type { CarriedAs, Lens, UnitRef } from '@lib/units';

/** Totals of a block. null: not known; the reason stands beside it. */
export interface Totals extends Counts {
  readonly women: number | null;
  /** Distinct people: known only where every individual is a named person. */
  readonly persons: Qualified | null;
  readonly personsReason: string | null;
}

export interface Line extends Counts {
  /** Opens the records behind the line. */
  readonly key: string;
  readonly conferringBodies: readonly BodyLabel[];
  readonly conferringVerified: boolean;
  readonly presenting: BodyLabel | null;
  readonly form: string | null;
  readonly formName: string | null;
  readonly formCertainty: string;
  readonly type: string | null;
  readonly campaign: string | null;
  readonly reason: string | null;
  readonly relation: Relation;
  readonly women: number | null;
  readonly itemised: { readonly collectives: number; readonly individuals: number };
  readonly when: { readonly from: Day; readonly to: Day; readonly basis: string | null } | null;
}

export interface PrizeLine {
  readonly key: string;
  readonly contests: readonly string[];
  readonly tier: string | null;
  readonly conferringBodies: readonly BodyLabel[];
  readonly campaign: string | null;
  readonly count: number;
  /** null: told in one number with the others. */
  readonly collectives: number | null;
  readonly individuals: number | null;
  readonly unsplit: number;
  readonly relation: Relation;
  readonly when: Line['when'];
}

export interface LevelRow extends Counts {
  readonly level: Level;
  readonly levelName: string;
  readonly keys: readonly string[];
}

export interface TypeRow extends Counts {
  /** Type of commendation (loại hình); null: not stated. */
  readonly type: string | null;
  readonly keys: readonly string[];
}

export interface FormRow extends Counts {
  readonly form: string | null;
  readonly formName: string | null;
  readonly keys: readonly string[];
}

/** Through as-is the sum over the units merged into one that stated it, where all of that time did. */
export interface StatedStrength extends Qualified {
  readonly asOf: Day;
  readonly source: string;
}

/** Prizes of one contest, or of several that were told in one number. */
export interface ContestPrizes {
  readonly contests: readonly string[];
  readonly count: number;
  readonly keys: readonly string[];
}

/** Out of the counting book. */
export interface AwardSections {
  readonly awards: {
    readonly total: Totals;
    readonly byConferringLevel: readonly LevelRow[];
    readonly byForm: readonly FormRow[];
    readonly byType: readonly TypeRow[];
    readonly lines: readonly Line[];
    readonly undatedWithin: readonly UndatedRow[];
  };
  readonly titles: { readonly total: Totals; readonly lines: readonly Line[] };
  readonly recognitions: { readonly total: Totals; readonly lines: readonly Line[] };
  readonly prizes: {
    readonly total: number;
    readonly byContest: readonly ContestPrizes[];
    readonly lines: readonly PrizeLine[];
  };
  readonly children: readonly ChildRow[];
}

/** A campaign with the awards of the block above that were given for it. */
export type CampaignSection = CampaignRow & { readonly awards: Counts };

/** Out of the records of the rooms that lead to awards. */
export interface ProcessSections {
  readonly indicators: readonly IndicatorRow[];
  readonly moneyGroups: readonly MoneyGroupRow[];
  readonly coverage: readonly CoverageRow[];
  readonly campaigns: readonly CampaignSection[];
  /** Campaigns of units further below, which are not listed. */
  readonly furtherCampaigns: number;
  readonly agreements: AgreementFigures;
  /** Asked of bodies above and outside; what they gave of it. Never part of the awards above. */
  readonly proposals: readonly ProposalRow[];
  readonly organisation: OrganisationSection;
}

export interface SummaryBody extends AwardSections, ProcessSections {
  readonly unit: UnitRef;
  readonly period: { readonly from: Day; readonly to: Day };
  readonly lens: Lens;
  /** Through as-is, how a unit that has ended is carried on; null for a unit of today, and through as-was. */
  readonly carried: CarriedAs | null;
  /** The tree below or above the unit has changed within the period or since. */
  readonly restructured: boolean;
  readonly state: 'OPEN';
  readonly version: null;
  readonly seq: number;
  readonly fingerprint: string;
  readonly strength: {
    /** The day whose tree counted the units: the last of the period; through as-is today. */
    readonly treeOn: Day;
    readonly members: StatedStrength | null;
    readonly workers: StatedStrength | null;
    readonly unitsByLevel: readonly {
      level: Level;
      levelName: string;
      stated: Qualified | null;
      fromTree: number;
      asOf: Day | null;
    }[];
  };
}

/** A fact that the period cuts: listed, not counted. `block` says beside which totals it stands. */
export interface UndatedRow {
  readonly batchId: number;
  readonly block: Block;
  readonly title: string;
  readonly when: { readonly from: Day; readonly to: Day };
  readonly counts: Counts;
}

export interface ChildRow {
  readonly unit: UnitRef;
  /** Through as-is: a unit that has ended, and why what it left stands here. Otherwise null. */
  readonly carried: CarriedAs | null;
  /** The tree below or above it has changed within the period or since; put in last, for the parts of an old text are kept. */
  readonly restructured: boolean;
  /** The unit's own part: what was received at the unit itself, and what its bodies conferred outside. */
  readonly own: boolean;
  readonly awards: Counts;
  readonly titles: Counts;
  readonly recognitions: Counts;
  readonly prizes: number;
}
