import type { Qualified } from '@lib/kernel';
import { printAnyDay } from '../words/format.js';
import type {
  CampaignCategory,
  CampaignKind,
  CampaignLine,
  CampaignReach,
  CampaignState,
  DeploymentStatus,
  Occasion,
  Purpose,
} from './campaigns.contract.js';

export const CATEGORY_NAMES: Record<CampaignCategory, string> = {
  MOVEMENT: 'Phong trào thi đua',
  MOBILISATION: 'Cuộc vận động',
  PROGRAMME: 'Chương trình',
};

export const KIND_NAMES: Record<CampaignKind, string> = {
  REGULAR: 'Thường xuyên',
  THEMATIC: 'Theo chuyên đề',
  DRIVE: 'Theo đợt',
};

export const REACH_NAMES: Record<CampaignReach, string> = {
  NATIONAL: 'Toàn quốc',
  SECTOR_OR_PROVINCE: 'Ngành, địa phương',
  BLOC: 'Cụm, khối thi đua',
  UNIT: 'Cơ quan, đơn vị',
};

export const STATE_NAMES: Record<CampaignState, string> = {
  DRAFT: 'Dự thảo',
  SUBMITTED: 'Chờ duyệt',
  APPROVED: 'Đã duyệt',
  LAUNCHED: 'Đang triển khai',
  INTERIM_REVIEWED: 'Đã sơ kết',
  FINAL_REVIEWED: 'Đã tổng kết',
  CLOSED: 'Đã kết thúc',
  CANCELLED: 'Đã huỷ',
};

export const STATUS_NAMES: Record<DeploymentStatus, string> = {
  DEPLOYED: 'Đã triển khai',
  PLANNED: 'Đã có kế hoạch',
  NOT_STARTED: 'Chưa triển khai',
  NOT_REPORTED: 'Chưa báo cáo',
};

export const PURPOSE_NAMES: Record<Purpose, string> = {
  LAUNCH: 'Phát động',
  INTERIM_REVIEW: 'Sơ kết',
  FINAL_REVIEW: 'Tổng kết',
  SIGNING: 'Ký kết',
  CONFERENCE: 'Hội nghị',
  OTHER: 'Khác',
};

export const OCCASION_NAMES: Record<Occasion['kind'], string> = {
  ANNIVERSARY: 'Kỷ niệm',
  CONGRESS: 'Đại hội',
  WORKERS_MONTH: 'Tháng Công nhân',
  HOLIDAY: 'Lễ, Tết',
  OTHER: 'Dịp khác',
};

export function toneOf(state: CampaignState): 'plain' | 'good' | 'warn' | 'bad' | 'gold' {
  if (state === 'CANCELLED') return 'bad';
  if (state === 'LAUNCHED' || state === 'INTERIM_REVIEWED') return 'good';
  return state === 'SUBMITTED' || state === 'APPROVED' ? 'warn' : 'plain';
}

export function statusTone(status: DeploymentStatus): 'plain' | 'good' | 'warn' | 'bad' {
  return status === 'DEPLOYED' ? 'good' : status === 'PLANNED' ? 'warn' : status === 'NOT_STARTED' ? 'bad' : 'plain';
}

/** "01/03/2026 – 31/12/2026", "từ 01/03/2026", or the words of the paper. */
export function printTime({ from, to, namedPeriod }: Pick<CampaignLine, 'from' | 'to' | 'namedPeriod'>): string {
  if (from && to) return `${printAnyDay(from)} – ${printAnyDay(to)}`;
  if (from) return `từ ${printAnyDay(from)}`;
  if (to) return `đến ${printAnyDay(to)}`;
  return namedPeriod ?? 'chưa rõ thời gian';
}

/** "Phong trào thi đua · theo chuyên đề · đặc biệt" */
export function printKind({ category, kind, special }: Pick<CampaignLine, 'category' | 'kind' | 'special'>): string {
  return [CATEGORY_NAMES[category], kind && KIND_NAMES[kind].toLowerCase(), special && 'đặc biệt']
    .filter(Boolean)
    .join(' · ');
}

/** A count that may be left empty: both of its parts, or none. */
export function countOf(count: Partial<Qualified> | null | undefined): Qualified | null {
  return count?.value === undefined || count.value === null
    ? null
    : { value: count.value, qualifier: count.qualifier ?? 'EXACT' };
}
