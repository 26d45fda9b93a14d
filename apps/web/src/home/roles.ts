import type { Permission, Role } from '../contract.js';

/** What a role does here, said where nothing waits for it yet. */
export const ROLE_GUIDES: Record<Role, string> = {
  UNION_OFFICER:
    'Cán bộ công đoàn ghi quyết định khen, lập đề nghị, nhập kết quả, đăng ký và báo triển khai phong trào, lo giao ước.',
  UNIT_LEADER: 'Lãnh đạo đơn vị duyệt phong trào, xác nhận giao ước, trình hồ sơ đề nghị lên cấp trên.',
  APPRAISER: 'Thường trực Hội đồng tiếp nhận, thẩm định hồ sơ của đơn vị dưới, trả lại kèm lý do, tổng hợp để trình.',
  COUNCIL_MEMBER: 'Ủy viên Hội đồng xem hồ sơ trước phiên họp của mình.',
  COUNCIL_CHAIR: 'Chủ tịch Hội đồng xem hồ sơ, điều hành phiên họp và ý kiến về từng trường hợp.',
  COUNCIL_SECRETARY: 'Thư ký Hội đồng lập phiên họp, nhập kết quả biểu quyết và biên bản.',
  DECISION_MAKER: 'Người quyết định xem kết quả của Hội đồng và ký quyết định khen.',
  CLERK: 'Văn thư cấp số, ban hành quyết định đã ký và ghi vào sổ vàng.',
  BLOC_HEAD: 'Khối trưởng, cụm trưởng lo chương trình, giao ước thi đua của khối và đôn đốc các thành viên.',
  LEADERSHIP_VIEWER: 'Lãnh đạo xem tổng hợp từng kỳ; mỗi con số mở được đến hồ sơ chứng minh.',
  AUDITOR: 'Kiểm tra xem mọi hồ sơ trong phạm vi, kể cả hồ sơ hạn chế người xem; không sửa gì.',
  SYSTEM_ADMIN: 'Quản trị hệ thống lo tài khoản và quy định; không xem dữ liệu khen thưởng.',
};

/** Roles that come for the figures: their summaries stand before the book. */
export const FIGURES_FIRST: readonly Role[] = ['UNIT_LEADER', 'LEADERSHIP_VIEWER', 'AUDITOR', 'DECISION_MAKER'];

/** Whoever holds one of these may act for a unit below in its place. */
export const ACTS_FOR_BELOW: readonly Permission[] = [
  'campaign.register',
  'campaign.approve',
  'campaign.deploy',
  'result.enter',
  'agreement.draft',
  'agreement.confirm',
  'nomination.propose',
  'nomination.submit',
  'nomination.appraise',
  'council.keep',
  'commendation.decide',
  'commendation.issue',
];
