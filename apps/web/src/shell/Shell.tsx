import {
  ApartmentOutlined,
  AuditOutlined,
  BankOutlined,
  BarChartOutlined,
  BookOutlined,
  ClusterOutlined,
  EditOutlined,
  FileDoneOutlined,
  FlagOutlined,
  FormOutlined,
  HomeOutlined,
  IdcardOutlined,
  ImportOutlined,
  LogoutOutlined,
  KeyOutlined,
  MailOutlined,
  ReadOutlined,
  SafetyOutlined,
  SendOutlined,
  SolutionOutlined,
  SwapOutlined,
  TableOutlined,
  TeamOutlined,
  UserOutlined,
} from '@ant-design/icons';
import { NO_SECRETS_NOTICE, type Permission } from '@lib/kernel';
import { Button, Dropdown, Layout, Menu, Spin } from 'antd';
import { Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import { Link, Outlet, useLocation, useNavigationType } from 'react-router';
import { Bell } from '../desk/Bell.js';
import { MailDialog } from '../desk/MailDialog.js';
import { act, DelegationsDialog } from '../session/DelegationsDialog.js';
import { HandoverDialog } from '../session/HandoverDialog.js';
import { useSession } from '../session/session.js';
import { ChangePassword } from './ChangePassword.js';

interface Place {
  to: string;
  /** Pages that belong here under addresses of their own. */
  also?: string;
  label: string;
  icon: ReactNode;
  needs: Permission | null;
}

/** In the order of the business: what is there, what is striven for, what is asked and decided, what came of it. */
const GROUPS: readonly (readonly [string | null, readonly Place[]])[] = [
  [null, [{ to: '/', label: 'Trang chủ', icon: <HomeOutlined />, needs: null }]],
  [
    'Thi đua',
    [
      { to: '/phong-trao', label: 'Phong trào', icon: <FlagOutlined />, needs: 'campaign.read' },
      {
        to: '/khoi-thi-dua',
        also: '/giao-uoc',
        label: 'Khối thi đua, giao ước',
        icon: <ClusterOutlined />,
        needs: 'bloc.read',
      },
      { to: '/ket-qua', label: 'Kết quả', icon: <BarChartOutlined />, needs: 'result.read' },
    ],
  ],
  [
    'Khen thưởng',
    [
      { to: '/dang-ky-danh-hieu', label: 'Đăng ký danh hiệu', icon: <FormOutlined />, needs: 'nomination.read' },
      { to: '/de-nghi', label: 'Đề nghị', icon: <SolutionOutlined />, needs: 'nomination.read' },
      { to: '/hoi-dong', label: 'Hội đồng', icon: <AuditOutlined />, needs: 'council.read' },
      { to: '/quyet-dinh', label: 'Quyết định', icon: <FileDoneOutlined />, needs: 'commendation.read' },
      { to: '/ghi-quyet-dinh', label: 'Ghi quyết định đã ký', icon: <EditOutlined />, needs: 'award.record' },
      { to: '/so-vang', label: 'Sổ vàng', icon: <BookOutlined />, needs: 'award.read' },
    ],
  ],
  ['Tổng hợp', [{ to: '/tong-hop', label: 'Tổng hợp kỳ', icon: <TableOutlined />, needs: 'summary.read' }]],
  [
    'Tổ chức',
    [
      { to: '/don-vi', label: 'Đơn vị', icon: <BankOutlined />, needs: 'unit.read' },
      { to: '/sap-xep', label: 'Sắp xếp tổ chức', icon: <ApartmentOutlined />, needs: 'reorganisation.read' },
      { to: '/doan-vien', label: 'Đoàn viên', icon: <IdcardOutlined />, needs: 'person.read' },
      { to: '/nhap-excel', label: 'Nhập từ Excel', icon: <ImportOutlined />, needs: 'import.run' },
    ],
  ],
  [
    'Quản trị',
    [
      { to: '/quan-tri/tai-khoan', label: 'Tài khoản', icon: <TeamOutlined />, needs: 'account.manage' },
      { to: '/quan-tri/quy-dinh', label: 'Quy định', icon: <ReadOutlined />, needs: 'rulebook.change' },
    ],
  ],
];

function isAt({ to, also }: Place, pathname: string): boolean {
  if (to === '/') return pathname === '/';
  return [to, also].some((path) => path !== undefined && (pathname === path || pathname.startsWith(`${path}/`)));
}

export function Shell() {
  const { may } = useSession();
  const { pathname } = useLocation();
  useStartAtTop(pathname);
  const groups = GROUPS.map(
    ([name, places]) => [name, places.filter(({ needs }) => needs === null || may(needs))] as const,
  ).filter(([, places]) => places.length > 0);
  const here = groups.flatMap(([, places]) => places).find((place) => isAt(place, pathname));
  const items = groups.map(([name, places]) => {
    const children = places.map(({ to, label, icon }) => ({ key: to, icon, label: <Link to={to}>{label}</Link> }));
    return name === null ? children : { type: 'group' as const, key: name, label: name, children };
  });
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
        <Bell />
        <Me />
      </Layout.Header>
      <Layout hasSider>
        <Layout.Sider width={244} theme="light" className="side" breakpoint="md" collapsedWidth={56}>
          <nav aria-label="Trang chính">
            <Menu mode="inline" selectedKeys={here ? [here.to] : []} items={items.flat()} />
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
  const { account, acting, signOut } = useSession();
  const [open, setOpen] = useState<'password' | 'mail' | 'acting' | 'handover' | null>(null);
  const first = account.grants[0];
  const units = new Set(account.grants.map(({ unit }) => unit.code));
  const more = units.size > 1 ? ` và ${units.size - 1} đơn vị khác` : '';
  const items = [
    { key: 'mail', icon: <MailOutlined />, label: 'Thông báo & thư', onClick: () => setOpen('mail') },
    { key: 'acting', icon: <SwapOutlined />, label: 'Ủy quyền, làm thay', onClick: () => setOpen('acting') },
    { key: 'handover', icon: <SendOutlined />, label: 'Bàn giao việc', onClick: () => setOpen('handover') },
    { key: 'password', icon: <KeyOutlined />, label: 'Đổi mật khẩu', onClick: () => setOpen('password') },
    { key: 'out', icon: <LogoutOutlined />, label: 'Đăng xuất', onClick: signOut },
  ];
  return (
    <>
      {acting && (
        <Button size="small" className="bar-acting" onClick={() => void act(null)}>
          Thôi làm thay
        </Button>
      )}
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
            {acting ? (
              <small>thay mặt {acting.name}</small>
            ) : (
              first && (
                <small>
                  {first.unit.name}
                  {more}
                </small>
              )
            )}
          </span>
        </Button>
      </Dropdown>
      {open === 'acting' && <DelegationsDialog onClose={() => setOpen(null)} />}
      {open === 'handover' && <HandoverDialog onClose={() => setOpen(null)} />}
      {open === 'mail' && <MailDialog onClose={() => setOpen(null)} />}
      {open === 'password' && <ChangePassword onClose={() => setOpen(null)} />}
    </>
  );
}
