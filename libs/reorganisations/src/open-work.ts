import type { Actor, Day } from '@lib/kernel';
import type { Queryable, Tx } from '@lib/platform';

/** What a unit can leave behind unfinished. */
export const OPEN_WORK_KINDS = [
  'DOSSIER',
  'REGISTRATION',
  'SITTING',
  'COMMENDATION',
  'AGREEMENT',
  'CAMPAIGN',
  'DEPLOYMENT',
  'BLOC',
] as const;
export type OpenWorkKind = (typeof OPEN_WORK_KINDS)[number];

export const OPEN_WORK_NAMES: Record<OpenWorkKind, string> = {
  DOSSIER: 'Hồ sơ đề nghị khen thưởng',
  REGISTRATION: 'Đăng ký danh hiệu',
  SITTING: 'Phiên họp Hội đồng chưa kết thúc',
  COMMENDATION: 'Quyết định khen thưởng chưa ban hành',
  AGREEMENT: 'Giao ước, chương trình và cam kết đang thực hiện',
  CAMPAIGN: 'Phong trào do đơn vị phát động',
  DEPLOYMENT: 'Phong trào của cấp trên chưa báo cáo triển khai',
  BLOC: 'Khối, cụm thi đua của năm',
};

/** HAND_OVER: a successor, or the unit above, goes on with it. CLOSE: it ends with the unit. */
export const OPEN_WORK_OUTCOMES = ['HAND_OVER', 'CLOSE'] as const;
export type OpenWorkOutcome = (typeof OPEN_WORK_OUTCOMES)[number];

/** A record that is open work of a unit; one record may be that of several units. */
export interface OpenWorkRef {
  readonly id: number;
  readonly unitId: number;
}

export interface OpenWorkItem extends OpenWorkRef {
  /** What the record is called; shown to those who may read it. */
  readonly label: string;
  readonly stateName: string;
  /** Page of the web app. */
  readonly link: string;
  /** The reader may read the record; the others count it. */
  readonly visible: boolean;
}

/** What was handed over: enough to tell whether somebody has worked on it since, and to take it back. */
export interface HandedOver extends OpenWorkRef {
  readonly mark: string;
  readonly trace: object;
}

/**
 * One room's open work of units that end. The rooms below know their own step tables, so each does it in its own
 * `open-work.service.ts`. All of it happens inside the transaction of the application; whoever applies has been asked for
 * the permission on the unit above, so no row is judged by scope here, save in `visible`.
 */
export interface OpenWorkRoom {
  list(q: Queryable, reader: Actor, unitIds: readonly number[]): Promise<OpenWorkItem[]>;
  /** @throws Refused where a record cannot go on elsewhere: it has to be finished first, or closed */
  handOver(tx: Tx, actor: Actor, refs: readonly OpenWorkRef[], toUnitId: number, day: Day): Promise<HandedOver[]>;
  close(tx: Tx, actor: Actor, refs: readonly OpenWorkRef[], reason: string): Promise<void>;
  /** Of what was handed over, that on which somebody has worked since. */
  workedOn(q: Queryable, items: readonly HandedOver[]): Promise<OpenWorkRef[]>;
  takeBack(tx: Tx, actor: Actor, items: readonly HandedOver[]): Promise<void>;
}
