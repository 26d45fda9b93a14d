import type { AwardState, LineClass } from '@lib/awards';
import type { CommitmentCategory, CommitmentStanding } from '@lib/agreements';
import type { BlocRole } from '@lib/blocs';
import type { CampaignCategory, DeploymentStatus, Purpose } from '@lib/campaigns';
import type { Block, Nature } from '@lib/figures';
import type { BeneficiaryClass, Measure, MeasureKind, ReportScope, TargetOutcome, TargetSpan } from '@lib/results';

/** The words of workbooks. They are those of the screens: a test holds the two against each other. */
export const KIND_NAMES: Record<Block, string> = {
  AWARD: 'Khen thưởng',
  TITLE: 'Danh hiệu thi đua',
  RECOGNITION: 'Tuyên dương, biểu dương',
  PRIZE: 'Giải cuộc thi, hội thi',
};
export const RECORD_STATES: Record<AwardState, string> = {
  LIVE: 'Còn hiệu lực',
  REVOKED: 'Đã huỷ',
  REMOVED: 'Đã gỡ (ghi nhầm)',
};
export const RECIPIENT_NAMES: Record<LineClass, string> = {
  COLLECTIVE: 'Tập thể',
  INDIVIDUAL: 'Cá nhân',
  HOUSEHOLD: 'Hộ gia đình',
};
export const GENDER_NAMES = { FEMALE: 'Nữ', MALE: 'Nam' } as const;
export const CATEGORY_NAMES: Record<CampaignCategory, string> = {
  MOVEMENT: 'Phong trào thi đua',
  MOBILISATION: 'Cuộc vận động',
  PROGRAMME: 'Chương trình',
};
export const DEPLOYMENT_NAMES: Record<DeploymentStatus, string> = {
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
export const SCOPE_NAMES: Record<ReportScope, string> = {
  OWN: 'Riêng đơn vị',
  INCLUDES_SUBORDINATES: 'Gồm cả đơn vị dưới',
};
export const NATURE_NAMES: Record<Nature, string> = {
  FLOW: 'Phát sinh trong kỳ',
  CUMULATIVE: 'Luỹ kế từ khi bắt đầu',
  STOCK: 'Hiện có tại một ngày',
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
export const MEASURE_NAMES: Record<Measure, string> = { COUNT: 'Số lượng', MONEY: 'Số tiền' };
export const MEASURES_NAMES: Record<MeasureKind, string> = {
  COUNT: 'Số lượng',
  MONEY: 'Số tiền',
  COUNT_AND_MONEY: 'Số lượng và số tiền',
};
export const SPAN_NAMES: Record<TargetSpan, string> = { YEAR: 'Năm', PHASE: 'Giai đoạn', TERM: 'Nhiệm kỳ' };
export const OUTCOME_NAMES: Record<TargetOutcome, string> = { EXCEEDED: 'Vượt', MET: 'Đạt', NOT_MET: 'Chưa đạt' };
export const COUNCIL_OUTCOMES = {
  RECOMMENDED: 'Đề nghị khen',
  DOWNGRADED: 'Hạ hình thức',
  NOT_RECOMMENDED: 'Không đề nghị',
} as const;
export const BLOC_ROLES: Record<BlocRole, string> = {
  HEAD: 'Đơn vị trưởng',
  DEPUTY: 'Đơn vị phó',
  MEMBER: 'Thành viên',
};
export const COMMITMENT_CATEGORIES: Record<CommitmentCategory, string> = {
  PROPAGANDA: 'Tuyên truyền, giáo dục',
  CARE: 'Chăm lo, đại diện, bảo vệ',
  CAMPAIGN: 'Phong trào thi đua',
  ORGANISATION: 'Xây dựng tổ chức',
  TITLES: 'Đăng ký danh hiệu',
  OTHER: 'Việc khác',
};
export const COMMITMENT_STANDINGS: Record<CommitmentStanding, string> = {
  KEPT: 'Đã thực hiện',
  RUNNING: 'Đang thực hiện',
  OVERDUE: 'Quá hạn',
  BROKEN: 'Không thực hiện được',
  ENDED: 'Dừng cùng đơn vị',
};
