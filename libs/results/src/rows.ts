import type { Day, Level, Qualified, Qualifier } from '@lib/kernel';
import type { FigureParts, KnownPart, Nature } from '@lib/figures';
import type { UnitRef } from '@lib/units';
import type { BeneficiaryClass, Measure, TargetOutcome, ResultStatus, TargetSpan } from './results.entity.js';

/** What one line of indicators is of, beside its figures. */
interface SeriesRow {
  /** Opens the reports behind the line; empty for an indicator that has targets and no figure. */
  readonly key: string;
  readonly nature: Nature;
  readonly status: ResultStatus;
  readonly statusName: string;
  readonly fundingSource: string | null;
  readonly beneficiaryClass: BeneficiaryClass | null;
  /** Days that the figure speaks for; null where there is none. */
  readonly since: Day | null;
  readonly asOf: Day | null;
  /** Units whose reports make the figure. */
  readonly reportedUnits: number;
}

/** One indicator of a summary. null: no figure; it is never guessed from the known parts. */
export interface IndicatorRow extends SeriesRow {
  readonly code: string;
  readonly name: string;
  readonly unitOfMeasure: string;
  readonly campaign: string | null;
  readonly count: Qualified | null;
  readonly money: Qualified | null;
  /** How the two figures come about. */
  readonly countFrom: FigureParts | null;
  readonly moneyFrom: FigureParts | null;
  /** Of a value that counts since a start: what of it falls into the period. */
  readonly inPeriod: { readonly count: Qualified | null; readonly money: Qualified | null } | null;
  /** Reports that touch the period and make no figure of it. */
  readonly parts: { readonly count: readonly KnownPart[]; readonly money: readonly KnownPart[] };
  readonly targets: readonly TargetRow[];
}

/** One sum of money that several indicators share. */
export interface MoneyGroupRow extends SeriesRow {
  readonly indicators: readonly string[];
  readonly names: readonly string[];
  readonly value: number | null;
  readonly qualifier: Qualifier | null;
  readonly moneyFrom: FigureParts | null;
  readonly inPeriod: Qualified | null;
  readonly parts: readonly KnownPart[];
}

export interface TargetRow {
  readonly key: string;
  /** Whose target it is, where through as-is that is a unit merged into the summary's; otherwise null. */
  readonly unit: UnitRef | null;
  readonly of: TargetSpan;
  readonly label: string;
  readonly from: Day;
  readonly to: Day;
  readonly campaign: string | null;
  readonly measure: Measure;
  /** As it was set; for each unit of `perUnit.level` where that is given. */
  readonly value: number | null;
  readonly qualifier: Qualifier | null;
  readonly perUnit: { readonly level: Level; readonly units: number; readonly stated: boolean } | null;
  /** What the whole unit owes: the value, or the value for each unit of the level on the target's last day; null where nobody knows how many. */
  readonly total: Qualified | null;
  /** What was reached within the target's span, up to the end of the period. */
  readonly reached: Qualified | null;
  readonly percentStated: number | null;
  readonly percentDerived: number | null;
  readonly outcomeStated: TargetOutcome | null;
  /** Day on which outcome or percentage was stated. */
  readonly statedOn: Day | null;
  readonly outcomeDerived: TargetOutcome | null;
  /** As stated, else as derived; null while nobody can say. */
  readonly met: boolean | null;
  readonly source: string | null;
}

/** Units of a level that have deployed a campaign, of all units of that level. */
export interface CoverageRow {
  readonly key: string;
  readonly campaign: string;
  readonly level: Level;
  readonly levelName: string;
  readonly asOf: Day;
  readonly deployed: number;
  /** null: nobody knows how many there are. */
  readonly expected: number | null;
  /** Where the denominator comes from. */
  readonly expectedFrom: 'STATED' | 'STRENGTH' | 'TREE' | null;
  /** The day whose units it counts: the day of the statement, or today where units listed are carried to those of today. */
  readonly expectedOn: Day | null;
  /** Who stated it; null: the unit of the summary, or nobody. Through as-is statements stay those of the units that made them. */
  readonly unit: UnitRef | null;
  readonly percent: number | null;
  readonly notDeployed: number | null;
  /** "chưa có danh sách": neither listed as deployed nor as not. */
  readonly unknown: number | null;
  /** What the units themselves reported of the campaign of that name by that day; it stands beside what was stated. */
  readonly listed: ListedCoverage | null;
  readonly source: string | null;
}

export interface ListedCoverage {
  readonly deployed: number;
  /** Said that they plan it, or have not begun. */
  readonly notDeployed: number;
  readonly notReported: number;
}
