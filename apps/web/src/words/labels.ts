import { LEVEL_NAMES, UNIT_LEVELS, type Level } from '@lib/kernel';
import type {
  AwardKind,
  Basis,
  FormCertainty,
  Ground,
  PositionBand,
  Qualifier,
  RecipientClass,
  RecordState,
  StrengthKind,
} from '../contract.js';

export type { Ground, PositionBand };

/** The words of the screens, one per code, from the glossary. */
export const KIND_NAMES: Record<AwardKind, string> = {
  AWARD: 'Khen thưởng',
  TITLE: 'Danh hiệu thi đua',
  RECOGNITION: 'Tuyên dương, biểu dương',
  PRIZE: 'Giải cuộc thi, hội thi',
};

export const CERTAINTY_NAMES: Record<FormCertainty, string> = {
  STATED: 'Văn bản ghi rõ hình thức',
  INFERRED: 'Suy ra từ văn bản',
  UNKNOWN: 'Chưa rõ hình thức',
};

export const BASIS_NAMES: Record<Basis, string> = {
  DECISION: 'Theo ngày quyết định',
  PRESENTATION: 'Theo ngày trao tặng',
  PERIOD: 'Chỉ biết xảy ra trong kỳ',
  STATED_ON: 'Theo ngày văn bản, tin nêu',
};

export const STATE_NAMES: Record<RecordState, string> = {
  LIVE: 'Còn hiệu lực',
  REVOKED: 'Đã huỷ',
  REMOVED: 'Đã gỡ (ghi nhầm)',
};

export const RECIPIENT_NAMES: Record<RecipientClass, string> = {
  COLLECTIVE: 'Tập thể',
  INDIVIDUAL: 'Cá nhân',
  HOUSEHOLD: 'Hộ gia đình',
};

export const QUALIFIER_NAMES: Record<Qualifier, string> = {
  EXACT: 'đúng',
  OVER: 'hơn',
  NEARLY: 'gần',
  AT_LEAST: 'ít nhất',
  ABOUT: 'khoảng',
};

export const STRENGTH_NAMES: Record<StrengthKind, string> = {
  MEMBERS: 'Đoàn viên',
  WORKERS: 'CNVCLĐ (người lao động)',
  UNITS: 'Số đơn vị theo cấp',
};

export const POSITION_BANDS: Record<PositionBand, string> = {
  MINISTRY_PROVINCE_LEADER: 'Lãnh đạo cấp bộ, cấp tỉnh',
  DEPARTMENT_LEADER: 'Lãnh đạo cấp vụ, sở và tương đương',
  ENTREPRENEUR: 'Doanh nhân',
  OTHER_LEADER: 'Lãnh đạo, quản lý khác',
  DIRECT_WORKER: 'Người trực tiếp công tác, lao động',
};

export const CLASSIFICATION_NAMES = {
  PUBLIC: 'Công khai',
  INTERNAL: 'Nội bộ',
  RESTRICTED: 'Hạn chế người xem',
} as const;

export const GROUNDS: Record<Ground, string> = {
  FRAUD: 'Gian dối trong kê khai thành tích',
  FORGED_DOSSIER: 'Giả mạo hồ sơ, giấy tờ',
  UNLAWFUL_APPRAISAL: 'Thẩm định, xét duyệt trái quy định',
  VIOLATION_IN_PERIOD: 'Vi phạm trong thời gian xét thành tích',
};

/** `{AWARD: 'Khen thưởng'}` → options of a Select. */
export function options<K extends string>(names: Readonly<Record<K, string>>): { value: K; label: string }[] {
  return (Object.keys(names) as K[]).map((value) => ({ value, label: names[value] }));
}

export const unitLevelOptions = UNIT_LEVELS.map((value: Level) => ({ value, label: LEVEL_NAMES[value] }));
export { LEVEL_NAMES };
