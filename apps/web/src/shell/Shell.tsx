import {
  BankOutlined,
  BookOutlined,
  EditOutlined,
  HomeOutlined,
  LogoutOutlined,
  KeyOutlined,
  SafetyOutlined,
  TableOutlined,
  UserOutlined,
} from '@ant-design/icons';
import { NO_SECRETS_NOTICE, type Permission } from '@lib/kernel';
import { Button, Dropdown, Layout, Menu, Spin } from 'antd';
import { Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import { Link, Outlet, useLocation, useNavigationType } from 'react-router';
import { useSession } from '../session/session.js';
import { ChangePassword } from './ChangePassword.js';

interface Place {
  to: string;
  label: string;
  icon: ReactNode;
  needs: Permission | null;
}

const PLACES: readonly Place[] = [
  { to: '/', label: 'Trang chủ', icon: <HomeOutlined />, needs: null },
  { to: '/don-vi', label: 'Đơn vị', icon: <BankOutlined />, needs: 'unit.read' },
  { to: '/so-vang', label: 'Sổ vàng', icon: <BookOutlined />, needs: 'award.read' },
  { to: '/ghi-quyet-dinh', label: 'Ghi quyết định', icon: <EditOutlined />, needs: 'award.record' },
  { to: '/tong-hop', label: 'Tổng hợp kỳ', icon: <TableOutlined />, needs: 'summary.read' },
];

export function Shell() {
  const { may } = useSession();
  const { pathname } = useLocation();
  useStartAtTop(pathname);
  const places = PLACES.filter(({ needs }) => needs === null || may(needs));
  const here = places.findLast(({ to }) => (to === '/' ? pathname === '/' : pathname.startsWith(to)));
  return (
    <Layout className="shell">
      <a className="skip" href="#noi-dung">
        Đến nội dung chính
      </a>
      <Layout.Header className="bar">
        <Link to="/" className="bar-name">
          <img src="/book.svg" alt="" width="30" height="30" /> Sổ Vàng
        </Link>
        <span className="bar-secret">
          <SafetyOutlined aria-hidden /> {NO_SECRETS_NOTICE}
        </span>
        <Me />
      </Layout.Header>
      <Layout hasSider>
        <Layout.Sider width={204} theme="light" className="side" breakpoint="md" collapsedWidth={56}>
          <nav aria-label="Trang chính">
            <Menu
              mode="inline"
              selectedKeys={here ? [here.to] : []}
              items={places.map(({ to, label, icon }) => ({ key: to, icon, label: <Link to={to}>{label}</Link> }))}
            />
          </nav>
        </Layout.Sider>
        <Layout.Content id="noi-dung" className="content" role="main" tabIndex={-1}>
          <Suspense fallback={<Spin className="block-spin" />}>
            <Outlet />
          </Suspense>
        </Layout.Content>
      </Layout>
    </Layout>
  );
}

/** A page that is gone to is read from its head, where its warnings stand; going back is left to the browser. */
function useStartAtTop(pathname: string): void {
  const type = useNavigationType();
  const at = useRef(pathname);
  useEffect(() => {
    if (at.current === pathname) return;
    at.current = pathname;
    if (type !== 'POP') window.scrollTo(0, 0);
  }, [pathname, type]);
}

/** Who is signed in, where they belong, and the way out. */
function Me() {
  const { account, signOut } = useSession();
  const [changing, setChanging] = useState(false);
  const first = account.grants[0];
  const units = new Set(account.grants.map(({ unit }) => unit.code));
  const more = units.size > 1 ? ` và ${units.size - 1} đơn vị khác` : '';
  const items = [
    { key: 'password', icon: <KeyOutlined />, label: 'Đổi mật khẩu', onClick: () => setChanging(true) },
    { key: 'out', icon: <LogoutOutlined />, label: 'Đăng xuất', onClick: signOut },
  ];
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
        <Button
          type="text"
          className="bar-me"
          icon={<UserOutlined />}
          aria-label={`Tài khoản ${account.name}`}
          title={account.grants.map(({ roleName, unit }) => `${roleName} · ${unit.name}`).join('\n')}
        >
          <span className="bar-me-text">
            <strong>{account.name}</strong>
            {first && (
              <small>
                {first.unit.name}
                {more}
              </small>
            )}
          </span>
        </Button>
      </Dropdown>
      {changing && <ChangePassword onClose={() => setChanging(false)} />}
    </>
  );
}
