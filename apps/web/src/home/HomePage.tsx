import {
  AuditOutlined,
  BookOutlined,
  EditOutlined,
  FileDoneOutlined,
  ReadOutlined,
  SolutionOutlined,
  TableOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import { Button, Card } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Permission, UnitRef } from '../contract.js';
import { MailStateLine } from '../accounts/MailStateLine.js';
import { BatchTable } from '../awards/BatchTable.js';
import { PageHead } from '../common/PageHead.js';
import { Nothing } from '../common/states.js';
import { useSession } from '../session/session.js';
import { today } from '../words/format.js';
import { LEVEL_NAMES } from '../words/labels.js';
import { LatestSummaries } from './LatestSummaries.js';
import { MyTasks } from './MyTasks.js';
import { FIGURES_FIRST } from './roles.js';

/** The first steps of each role, its own work first; the menu at the side has the rest. */
const SHORTCUTS: readonly { to: string; label: string; icon: ReactNode; needs: Permission }[] = [
  { to: '/hoi-dong', label: 'Phiên họp Hội đồng', icon: <AuditOutlined />, needs: 'council.keep' },
  { to: '/quyet-dinh', label: 'Ký quyết định', icon: <FileDoneOutlined />, needs: 'commendation.decide' },
  { to: '/quyet-dinh', label: 'Ban hành quyết định', icon: <FileDoneOutlined />, needs: 'commendation.issue' },
  { to: '/de-nghi?xem=gui-den', label: 'Hồ sơ đã nhận', icon: <SolutionOutlined />, needs: 'nomination.appraise' },
  { to: '/de-nghi/moi', label: 'Lập đề nghị', icon: <SolutionOutlined />, needs: 'nomination.propose' },
  { to: '/ghi-quyet-dinh', label: 'Ghi quyết định', icon: <EditOutlined />, needs: 'award.record' },
  { to: '/tong-hop', label: 'Tổng hợp kỳ', icon: <TableOutlined />, needs: 'summary.read' },
  { to: '/so-vang', label: 'Tra sổ vàng', icon: <BookOutlined />, needs: 'award.read' },
  { to: '/quan-tri/tai-khoan', label: 'Tài khoản', icon: <TeamOutlined />, needs: 'account.manage' },
  { to: '/quan-tri/quy-dinh', label: 'Quy định', icon: <ReadOutlined />, needs: 'rulebook.change' },
];

const MOST_SHORTCUTS = 4;

/** What waits for me stands first; what follows depends on what I am here for. */
export function HomePage() {
  const { account, may } = useSession();
  const units = [...new Map(account.grants.map(({ unit }) => [unit.code, unit])).values()];
  const [first] = units;
  const figures = may('summary.read') && may('award.read') && first && <LatestSummaries unit={first} />;
  const shortcuts = SHORTCUTS.filter(({ needs }) => may(needs)).slice(0, MOST_SHORTCUTS);
  const figuresFirst = account.grants.some(({ role }) => FIGURES_FIRST.includes(role));
  return (
    <>
      <PageHead
        title="Trang chủ"
        sub={`Chào ${account.name}. Hôm nay ${today().split('-').toReversed().join('/')}.`}
        actions={shortcuts.map(({ to, label, icon }, place) => (
          <Link key={label} to={to}>
            <Button type={place === 0 ? 'primary' : 'default'} icon={icon}>
              {label}
            </Button>
          </Link>
        ))}
      />
      <div className="home-grid">
        <div className="stack">
          <MyTasks />
          {figuresFirst && figures}
          {may('award.read') && (
            <Card size="small" title="Mới nhất trong sổ vàng" extra={<Link to="/so-vang">Xem cả sổ</Link>}>
              <BatchTable filters={{}} limit={8} withMore={false} brief />
            </Card>
          )}
        </div>
        <div className="stack">
          <MyUnits units={units} roles={account.grants} />
          {!figuresFirst && figures}
          {may('account.manage') && <AdminCard />}
        </div>
      </div>
    </>
  );
}

function AdminCard() {
  return (
    <Card size="small" title="Quản trị">
      <MailStateLine always />
    </Card>
  );
}

function MyUnits({ units, roles }: { units: UnitRef[]; roles: { roleName: string; unit: UnitRef }[] }) {
  const { may } = useSession();
  return (
    <Card size="small" title="Đơn vị của tôi">
      {units.length === 0 && <Nothing>Chưa được giao đơn vị nào.</Nothing>}
      <ul className="plain spaced">
        {units.map((unit) => (
          <li key={unit.code}>
            {may('unit.read') ? <Link to={`/don-vi/${unit.code}`}>{unit.name}</Link> : unit.name}
            <div className="soft">
              {LEVEL_NAMES[unit.level]} ·{' '}
              {roles
                .filter((role) => role.unit.code === unit.code)
                .map(({ roleName }) => roleName)
                .join(', ')}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
