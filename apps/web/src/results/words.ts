import type {
  BeneficiaryClass,
  IndicatorView,
  Nature,
  TargetOutcome,
  ReportBasis,
  ReportScope,
  ResultStatus,
  TargetSpan,
} from '../contract.js';

/** The words of results, one per code. */
export const STATUS_NAMES: Record<ResultStatus, string> = {
  DELIVERED: 'Đã thực hiện',
  APPROVED: 'Được duyệt',
  PROPOSED: 'Đề xuất',
};

export const SCOPE_NAMES: Record<ReportScope, string> = {
  OWN: 'Riêng đơn vị',
  INCLUDES_SUBORDINATES: 'Gồm cả đơn vị dưới',
};

export const BASIS_NAMES: Record<ReportBasis, string> = {
  PERIOD: 'Tất cả trong kỳ',
  EVENT: 'Một việc, một sự kiện',
};

export const NATURE_NAMES: Record<Nature, string> = {
  FLOW: 'Phát sinh trong kỳ',
  CUMULATIVE: 'Luỹ kế từ khi bắt đầu',
  STOCK: 'Hiện có tại một ngày',
};

export const MEASURE_NAMES: Record<IndicatorView['measures'], string> = {
  COUNT: 'Số lượng',
  MONEY: 'Số tiền',
  COUNT_AND_MONEY: 'Số lượng và số tiền',
};

export const BENEFICIARY_NAMES: Record<BeneficiaryClass, string> = {
  MEMBERS: 'Đoàn viên',
  WORKERS: 'Người lao động',
  CHILDREN: 'Trẻ em',
  POLICY_FAMILIES: 'Gia đình chính sách',
  HARDSHIP: 'Hoàn cảnh khó khăn',
  UNITS: 'Đơn vị',
  OTHER: 'Đối tượng khác',
};

export const SPAN_NAMES: Record<TargetSpan, string> = { YEAR: 'Năm', PHASE: 'Giai đoạn', TERM: 'Nhiệm kỳ' };

export const OUTCOME_NAMES: Record<TargetOutcome, string> = { EXCEEDED: 'Vượt', MET: 'Đạt', NOT_MET: 'Chưa đạt' };
