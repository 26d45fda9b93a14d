/**
 * Permissions name what a person may do; roles bundle them; a grant gives a role on a unit and its subtree.
 * Whatever no role lists is denied.
 */
export const PERMISSIONS = [
  'unit.read',
  'unit.change',
  'strength.declare',
  'rulebook.read',
  'rulebook.change',
  'person.read',
  'person.record',
  'award.read',
  'award.record',
  'award.correct',
  'award.revoke',
  'file.read',
  'file.add',
  'summary.read',
  'restricted.read',
  'account.manage',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = [
  'UNION_OFFICER',
  'UNIT_LEADER',
  'APPRAISER',
  'COUNCIL_MEMBER',
  'COUNCIL_CHAIR',
  'COUNCIL_SECRETARY',
  'DECISION_MAKER',
  'CLERK',
  'BLOC_HEAD',
  'LEADERSHIP_VIEWER',
  'AUDITOR',
  'SYSTEM_ADMIN',
] as const;
export type Role = (typeof ROLES)[number];

const READER: readonly Permission[] = [
  'unit.read',
  'rulebook.read',
  'person.read',
  'award.read',
  'file.read',
  'summary.read',
];
const RECORDER: readonly Permission[] = [...READER, 'person.record', 'award.record', 'award.correct', 'file.add'];

export const ROLE_PERMISSIONS: Record<Role, readonly Permission[]> = {
  UNION_OFFICER: [...RECORDER, 'strength.declare', 'unit.change'],
  UNIT_LEADER: [...READER, 'restricted.read', 'strength.declare'],
  APPRAISER: [...RECORDER, 'restricted.read'],
  COUNCIL_MEMBER: READER,
  COUNCIL_CHAIR: [...READER, 'restricted.read'],
  COUNCIL_SECRETARY: RECORDER,
  DECISION_MAKER: [...READER, 'restricted.read', 'award.revoke'],
  CLERK: [...RECORDER, 'award.revoke'],
  BLOC_HEAD: READER,
  LEADERSHIP_VIEWER: READER,
  AUDITOR: [...READER, 'restricted.read'],
  // Keeps accounts and the rulebook, and sees no business data (domain §9).
  SYSTEM_ADMIN: ['account.manage', 'rulebook.read', 'rulebook.change'],
};

export const ROLE_NAMES: Record<Role, string> = {
  UNION_OFFICER: 'Cán bộ công đoàn',
  UNIT_LEADER: 'Lãnh đạo đơn vị',
  APPRAISER: 'Thường trực Hội đồng (thẩm định)',
  COUNCIL_MEMBER: 'Ủy viên Hội đồng',
  COUNCIL_CHAIR: 'Chủ tịch Hội đồng',
  COUNCIL_SECRETARY: 'Thư ký Hội đồng',
  DECISION_MAKER: 'Người quyết định khen thưởng',
  CLERK: 'Văn thư',
  BLOC_HEAD: 'Khối trưởng, cụm trưởng',
  LEADERSHIP_VIEWER: 'Lãnh đạo (xem báo cáo)',
  AUDITOR: 'Kiểm tra',
  SYSTEM_ADMIN: 'Quản trị hệ thống',
};
