import { BankOutlined, BookOutlined, EditOutlined, TableOutlined } from '@ant-design/icons';
import { Button, Card } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Permission, UnitRef } from '../contract.js';
import { BatchTable } from '../awards/BatchTable.js';
import { PageHead } from '../common/PageHead.js';
import { Nothing } from '../common/states.js';
import { useSession } from '../session/session.js';
import { today } from '../words/format.js';
import { LEVEL_NAMES } from '../words/labels.js';
import { LatestSummaries } from './LatestSummaries.js';

const SHORTCUTS: readonly { to: string; label: string; icon: ReactNode; needs: Permission; primary?: boolean }[] = [
  { to: '/ghi-quyet-dinh', label: 'Ghi quyết định', icon: <EditOutlined />, needs: 'award.record', primary: true },
  { to: '/so-vang', label: 'Tra sổ vàng', icon: <BookOutlined />, needs: 'award.read' },
  { to: '/tong-hop', label: 'Tổng hợp kỳ', icon: <TableOutlined />, needs: 'summary.read' },
  { to: '/don-vi', label: 'Cây đơn vị', icon: <BankOutlined />, needs: 'unit.read' },
];

export function HomePage() {
  const { account, may } = useSession();
  const units = [...new Map(account.grants.map(({ unit }) => [unit.code, unit])).values()];
  return (
    <>
      <PageHead
        title="Trang chủ"
        sub={`Chào ${account.name}. Hôm nay ${today().split('-').toReversed().join('/')}.`}
        actions={SHORTCUTS.filter(({ needs }) => may(needs)).map(({ to, label, icon, primary }) => (
          <Link key={to} to={to}>
            <Button type={primary ? 'primary' : 'default'} icon={icon}>
              {label}
            </Button>
          </Link>
        ))}
      />
      <div className="home-grid">
        <div className="stack">
          {may('award.read') ? (
            <Card size="small" title="Mới nhất trong sổ vàng" extra={<Link to="/so-vang">Xem cả sổ</Link>}>
              <BatchTable filters={{}} limit={8} withMore={false} brief />
            </Card>
          ) : (
            <Card>
              <Nothing>Vai trò của anh/chị không gồm việc xem sổ vàng.</Nothing>
            </Card>
          )}
        </div>
        <div className="stack">
          <MyUnits units={units} roles={account.grants} />
          {may('summary.read') && may('award.read') && units[0] && <LatestSummaries unit={units[0]} />}
        </div>
      </div>
    </>
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
