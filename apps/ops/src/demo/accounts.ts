import { ROLE_NAMES, type Role } from '@lib/kernel';
import { DEMO_PASSWORD } from '@lib/access';

export interface DemoAccount {
  readonly username: string;
  readonly password: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly unit: string;
  readonly roleName: string;
  readonly unitName: string;
}

const account = (username: string, roles: readonly Role[], unit: string, unitName: string): DemoAccount => {
  const roleName = roles.map((role) => ROLE_NAMES[role]).join(', ');
  return { username, password: DEMO_PASSWORD, name: `Minh hoạ: ${roleName}`, roles, unit, roleName, unitName };
};

const SAMPLE = 'LĐLĐ tỉnh (Đơn vị minh hoạ)';

/** Accounts of the demonstration, all with the same public password; they work on loopback only. */
export const demoAccounts: readonly DemoAccount[] = [
  account('tld', ['UNION_OFFICER', 'CLERK', 'LEADERSHIP_VIEWER'], 'TLD', 'Tổng Liên đoàn Lao động Việt Nam'),
  account('cdcand', ['UNION_OFFICER', 'CLERK'], 'CDCAND', 'Công đoàn CAND'),
  account('ldld-caobang', ['UNION_OFFICER', 'CLERK'], 'LDLD-CAOBANG', 'LĐLĐ tỉnh Cao Bằng'),
  account('cdvc-caobang', ['UNION_OFFICER', 'CLERK'], 'CDVC-CAOBANG', 'CĐVC tỉnh Cao Bằng'),
  account('cdvc-2022', ['UNION_OFFICER', 'CLERK'], 'CDVC-2022', 'CĐVC tỉnh (không nêu tên, 2022)'),
  account('mh-can-bo', ['UNION_OFFICER'], 'MH-LDLD', SAMPLE),
  account('mh-lanh-dao', ['UNIT_LEADER'], 'MH-LDLD', SAMPLE),
  account('mh-tham-dinh', ['APPRAISER'], 'MH-LDLD', SAMPLE),
  account('mh-uy-vien', ['COUNCIL_MEMBER'], 'MH-LDLD', SAMPLE),
  account('mh-chu-tich-hd', ['COUNCIL_CHAIR'], 'MH-LDLD', SAMPLE),
  account('mh-thu-ky', ['COUNCIL_SECRETARY'], 'MH-LDLD', SAMPLE),
  account('mh-quyet-dinh', ['DECISION_MAKER'], 'MH-LDLD', SAMPLE),
  account('mh-van-thu', ['CLERK'], 'MH-LDLD', SAMPLE),
  account('mh-khoi-truong', ['BLOC_HEAD'], 'MH-CDN-GD', 'Công đoàn ngành Giáo dục (Đơn vị minh hoạ)'),
  account('mh-nganh-gd', ['UNION_OFFICER'], 'MH-CDN-GD', 'Công đoàn ngành Giáo dục (Đơn vị minh hoạ)'),
  account('mh-bao-cao', ['LEADERSHIP_VIEWER'], 'MH-LDLD', SAMPLE),
  account('mh-kiem-tra', ['AUDITOR'], 'MH-LDLD', SAMPLE),
  account('mh-quan-tri', ['SYSTEM_ADMIN'], 'MH-LDLD', SAMPLE),
  account('mh-co-so', ['UNION_OFFICER'], 'MH-CDN-GD-CS1', 'CĐCS số 1 ngành Giáo dục (Đơn vị minh hoạ)'),
];

/** Which of the samples' people two accounts are. */
export const demoPeople = [
  { username: 'mh-co-so', person: { name: 'Đoàn viên Minh Hoạ 10', birthYear: 1977, unit: 'MH-CDN-GD-CS1' } },
  { username: 'mh-quyet-dinh', person: { name: 'Đoàn viên Minh Hoạ 11', birthYear: 1982, unit: 'MH-CDN-GD-CS1' } },
] as const;
