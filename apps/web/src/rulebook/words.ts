import type { RuleRow, VoteRuleRow } from '../contract.js';

export const STATISTICAL_NAMES: Record<RuleRow['statistical'], string> = {
  REGULAR: 'Thường xuyên',
  THEMATIC: 'Theo đợt, chuyên đề',
  AD_HOC: 'Đột xuất',
  EXTERNAL: 'Đối ngoại',
  SERVICE: 'Quá trình cống hiến',
  SENIORITY: 'Niên hạn',
  RESISTANCE: 'Kháng chiến',
};

export const BODY_NAMES: Record<VoteRuleRow['body'], string> = {
  BCH: 'Ban Chấp hành',
  BTV: 'Ban Thường vụ',
  COUNCIL: 'Hội đồng thi đua, khen thưởng',
  NONE: 'Không cần biểu quyết',
};

export const MODE_NAMES: Record<VoteRuleRow['mode'], string> = { MEETING: 'Họp', WRITTEN: 'Lấy ý kiến bằng văn bản' };

const BASE_NAMES: Record<VoteRuleRow['base'], string> = {
  PRESENT: 'số thành viên có mặt',
  PRESENT_OR_CONSULTED: 'số thành viên có mặt hoặc được lấy ý kiến',
  TOTAL: 'tổng số thành viên',
  TOTAL_LESS_RECUSED: 'tổng số thành viên trừ người không được biểu quyết',
};

/** "từ 9/10 tổng số thành viên trở lên; họp khi có từ 2/3" */
export function printThreshold({ body, threshold, thresholdKind, base, quorum }: VoteRuleRow): string {
  if (body === 'NONE') return '—';
  const share = `${threshold.parts}/${threshold.of}`;
  const needed =
    thresholdKind === 'MORE_THAN' ? `quá ${share} ${BASE_NAMES[base]}` : `từ ${share} ${BASE_NAMES[base]} trở lên`;
  return quorum ? `${needed}; họp khi có từ ${quorum.parts}/${quorum.of} thành viên` : needed;
}
