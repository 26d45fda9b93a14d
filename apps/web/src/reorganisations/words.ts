import type { ReorganisationKind, ReorganisationState } from './reorganisations.contract.js';

export const KIND_NAMES: Record<ReorganisationKind, string> = {
  FOUND: 'Thành lập',
  MERGE: 'Sáp nhập',
  SPLIT: 'Chia tách',
  DISSOLVE: 'Giải thể',
  TRANSFER: 'Chuyển đơn vị cấp trên',
  RENAME: 'Đổi tên',
  UPGRADE: 'Nâng cấp',
  DOWNGRADE: 'Hạ cấp',
  SUSPEND: 'Tạm dừng hoạt động',
};

export const KINDS = Object.keys(KIND_NAMES) as ReorganisationKind[];

/** What becomes of the units and of their history. */
export const KIND_HINTS: Record<ReorganisationKind, string> = {
  FOUND: 'Lập công đoàn mới dưới một đơn vị đang có.',
  MERGE: 'Nhiều đơn vị thành một; lịch sử vẫn đọc được, số liệu quy về đơn vị tiếp nhận.',
  SPLIT: 'Một đơn vị thành nhiều; số liệu không tách được đứng ở cấp trên, mục “chưa phân bổ”.',
  DISSOLVE: 'Đơn vị kết thúc, không có đơn vị kế thừa; số liệu về cấp trên, mục “đơn vị đã giải thể”.',
  TRANSFER: 'Đơn vị và cấp dưới của nó chuyển sang đơn vị cấp trên khác.',
  RENAME: 'Chỉ đổi tên; mọi liên hệ giữ nguyên.',
  UPGRADE: 'Đơn vị lên cấp cao hơn.',
  DOWNGRADE: 'Đơn vị xuống cấp thấp hơn, ví dụ từ cấp trên trực tiếp cơ sở thành cơ sở.',
  SUSPEND: 'Đơn vị tạm dừng hoạt động trong một thời gian.',
};

/** What the units named first are to the event. */
export const UNITS_WORDS: Record<ReorganisationKind, string> = {
  FOUND: '',
  MERGE: 'Các đơn vị sáp nhập (kết thúc)',
  SPLIT: 'Đơn vị được chia tách',
  DISSOLVE: 'Đơn vị giải thể',
  TRANSFER: 'Đơn vị chuyển',
  RENAME: 'Đơn vị đổi tên',
  UPGRADE: 'Đơn vị nâng cấp',
  DOWNGRADE: 'Đơn vị hạ cấp',
  SUSPEND: 'Đơn vị tạm dừng',
};

export const STATE_NAMES: Record<ReorganisationState, string> = {
  DRAFT: 'Đang chuẩn bị',
  SCHEDULED: 'Chờ đến ngày hiệu lực',
  APPLIED: 'Đã thực hiện',
  REVERSED: 'Đã đảo lại',
  CANCELLED: 'Đã huỷ',
};

export const STATE_TONES = {
  DRAFT: 'plain',
  SCHEDULED: 'gold',
  APPLIED: 'good',
  REVERSED: 'warn',
  CANCELLED: 'bad',
} as const satisfies Record<ReorganisationState, string>;

export const endsUnits = (kind: ReorganisationKind): boolean => ['MERGE', 'SPLIT', 'DISSOLVE'].includes(kind);
export const hasSuccessors = (kind: ReorganisationKind): boolean => ['MERGE', 'SPLIT', 'FOUND'].includes(kind);
export const takesMany = (kind: ReorganisationKind): boolean => !['SPLIT', 'RENAME', 'FOUND'].includes(kind);
