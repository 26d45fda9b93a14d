import type { Day, Level, Warning } from '@lib/kernel';
import type { Version } from './versions.rules.js';

/** What a decision can do to units. Resuming ends a suspension and is a SUSPEND, too. */
export const UNIT_EVENT_KINDS = [
  'FOUND',
  'RENAME',
  'MERGE',
  'SPLIT',
  'TRANSFER',
  'UPGRADE',
  'DOWNGRADE',
  'SUSPEND',
  'DISSOLVE',
] as const;
export type UnitEventKind = (typeof UNIT_EVENT_KINDS)[number];

export const UNIT_EVENT_NAMES: Record<UnitEventKind, string> = {
  FOUND: 'Thành lập',
  RENAME: 'Đổi tên',
  MERGE: 'Sáp nhập',
  SPLIT: 'Chia tách',
  TRANSFER: 'Chuyển đơn vị cấp trên',
  UPGRADE: 'Nâng cấp',
  DOWNGRADE: 'Hạ cấp',
  SUSPEND: 'Tạm dừng hoạt động',
  DISSOLVE: 'Giải thể',
};

/** An event in ids; units that it founds have negative ones. */
export interface EventRequest {
  readonly kind: UnitEventKind;
  readonly from: Day;
  readonly until: Day | null;
  readonly resumes: boolean;
  readonly complete: boolean;
  readonly decisionDay: Day;
  readonly units: readonly number[];
  readonly successors: readonly number[];
  readonly founded: readonly FoundedUnit[];
  readonly subUnits: ReadonlyMap<number, number>;
  readonly name: string | null;
  readonly level: Level | null;
  readonly parentId: number | null;
}

export type UnitEventRole = 'SUBJECT' | 'PREDECESSOR' | 'SUCCESSOR' | 'MOVED';

/** A unit that the event founds; its id is negative until it is stored. */
export interface FoundedUnit {
  readonly id: number;
  readonly name: string;
  readonly level: Level;
  readonly kind: string | null;
  readonly parentId: number;
  readonly field: string;
}

/** A recorded event that holds from a later day than the one that is asked for. */
export interface LaterEvent {
  readonly unitId: number;
  readonly kind: UnitEventKind;
  readonly from: Day;
  readonly role: UnitEventRole;
  readonly founded: boolean;
  readonly complete: boolean;
  /** As officers find it: `số 12/QĐ-LĐLĐ`. */
  readonly decision: string | null;
}

/** What the rules need to see of the tree. */
export interface EventWorld {
  /** Versions of all units that are named, of the direct sub-units of those that end, and of whoever stands above any of them. */
  readonly versions: ReadonlyMap<number, readonly Version[]>;
  /** Direct sub-units on the event's day or later. */
  readonly children: ReadonlyMap<number, readonly number[]>;
  readonly later: readonly LaterEvent[];
  readonly nameOf: (unit: number) => string;
}

export interface EventPlan {
  /** All versions of every unit that changes; of founded ones, too. */
  readonly changed: ReadonlyMap<number, readonly Version[]>;
  readonly roles: readonly { readonly unit: number; readonly role: UnitEventRole; readonly founded: boolean }[];
  readonly warnings: readonly Warning[];
}

/** In place of the name of a unit that not everybody sees. */
export const RESTRICTED_UNIT = 'một đơn vị không công khai';
