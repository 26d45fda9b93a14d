import type { DossierState, LineState, PaperKind, ReasonField } from './nominations.contract.js';

export const PAPER_NAMES: Record<PaperKind, string> = {
  TO_TRINH: 'Tờ trình',
  BAO_CAO: 'Báo cáo thành tích',
  BIEN_BAN: 'Biên bản họp',
  SANG_KIEN: 'Chứng nhận sáng kiến',
  Y_KIEN: 'Ý kiến hiệp y',
  KHAC: 'Giấy tờ khác',
};

export const FIELD_NAMES: Record<ReasonField, string> = {
  recipient: 'Đối tượng',
  unit: 'Đơn vị của đối tượng',
  form: 'Hình thức, danh hiệu',
  type: 'Loại hình',
  campaign: 'Phong trào',
  reason: 'Thành tích',
  positionBand: 'Nhóm chức vụ',
  papers: 'Giấy tờ kèm theo',
  title: 'Tên hồ sơ',
  year: 'Năm',
  occasion: 'Dịp',
  note: 'Ghi chú',
  lines: 'Danh sách đề nghị',
};

/** Fields of a line; the others are about the dossier. */
export const LINE_FIELDS: readonly ReasonField[] = [
  'recipient',
  'unit',
  'form',
  'type',
  'campaign',
  'reason',
  'positionBand',
  'papers',
];
export const DOSSIER_FIELDS: readonly ReasonField[] = [
  'papers',
  'title',
  'year',
  'occasion',
  'type',
  'campaign',
  'note',
  'lines',
];

export const DOSSIER_STATES: Record<DossierState, string> = {
  DRAFT: 'Đang soạn',
  SUBMITTED: 'Chờ tiếp nhận',
  RECEIVED: 'Đang thẩm định',
  RETURNED: 'Trả lại',
  APPRAISED: 'Đã thẩm định',
  SENT: 'Đã gửi cơ quan ngoài',
  ANSWERED: 'Đã có trả lời',
  CLOSED: 'Kết thúc',
  WITHDRAWN: 'Đã rút',
};

export const LINE_STATES: Record<LineState, string> = {
  PROPOSED: 'Đề nghị',
  RETURNED: 'Trả lại',
  ELIGIBLE: 'Đủ điều kiện',
  INELIGIBLE: 'Không đủ điều kiện',
  BEFORE_COUNCIL: 'Đang xét',
  RECOMMENDED: 'Hội đồng đề nghị',
  DOWNGRADED: 'Hội đồng hạ hình thức',
  NOT_RECOMMENDED: 'Hội đồng không đề nghị',
  DECIDED: 'Đã ký quyết định',
  AWARDED: 'Đã khen thưởng',
  DECLINED: 'Không khen thưởng',
  SENT_OUTSIDE: 'Đã gửi cơ quan ngoài',
  WITHDRAWN: 'Đã rút',
};

type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'gold';

const TONES: Partial<Record<DossierState | LineState, Tone>> = {
  RETURNED: 'warn',
  INELIGIBLE: 'bad',
  DECLINED: 'bad',
  NOT_RECOMMENDED: 'bad',
  ELIGIBLE: 'good',
  APPRAISED: 'good',
  ANSWERED: 'good',
  RECOMMENDED: 'good',
  DOWNGRADED: 'warn',
  AWARDED: 'gold',
};

export const toneOf = (state: DossierState | LineState): Tone => TONES[state] ?? 'plain';
