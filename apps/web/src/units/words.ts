import type { UnitEventKind } from './units.contract.js';

/** The words of what decisions do to units. */
export const EVENT_NAMES: Record<UnitEventKind, string> = {
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

export const AGENCY_STATES = {
  WITHOUT: 'Chưa có công đoàn',
  UNION_FOUNDED: 'Đã lập công đoàn',
  CLOSED: 'Không còn hoạt động',
} as const;
