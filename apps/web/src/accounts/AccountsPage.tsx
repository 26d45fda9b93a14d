import { UserAddOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Dropdown, Input, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { AccountView } from '../contract.js';
import { ExcelButton } from '../common/ExcelButton.js';
import { Mark } from '../common/Mark.js';
import { More } from '../common/More.js';
import { PageHead } from '../common/PageHead.js';
import { Failed, Loading, NotAllowed, Nothing } from '../common/states.js';
import { useDebounced } from '../common/useDebounced.js';
import { http } from '../http.js';
import { useSession } from '../session/session.js';
import { printValidity, today } from '../words/format.js';
import { accountsKey, useAccounts } from './accounts.api.js';
import { AccountMailDialog, GrantsDialog, NewAccount, PersonDialog } from './dialogs.js';
import { MailStateLine } from './MailStateLine.js';
import './accounts.css';

type Doing = { what: 'new' } | { what: 'grants' | 'mail' | 'person'; account: AccountView };

/** Who may sign in, and what they may do where, inside the administrator's own units. */
export function AccountsPage() {
  const { may, account: me } = useSession();
  const [text, setText] = useState('');
  const accounts = useAccounts(useDebounced(text));
  const [doing, setDoing] = useState<Doing | null>(null);
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  if (!may('account.manage')) return <NotAllowed what="quản lý tài khoản" />;
  const known = me.grants.map(({ unit }) => unit);
  const close = () => setDoing(null);
  const done = () => {
    close();
    void client.invalidateQueries({ queryKey: accountsKey });
  };
  const disable = ({ id, name, disabled }: AccountView) =>
    void modal.confirm({
      title: disabled ? `Mở lại tài khoản của ${name}?` : `Khoá tài khoản của ${name}?`,
      content: disabled ? 'Người này đăng nhập lại được với mật khẩu cũ.' : 'Các phiên đang mở kết thúc ngay.',
      okText: disabled ? 'Mở lại' : 'Khoá',
      okButtonProps: { danger: !disabled },
      cancelText: 'Thôi',
      onOk: async () => {
        try {
          await http.put(`/accounts/${id}/disabled`, { disabled: !disabled });
          done();
        } catch (error) {
          message.error((error as Error).message);
        }
      },
    });
  const columns: TableColumnsType<AccountView> = [
    {
      title: 'Tài khoản',
      key: 'who',
      width: 270,
      render: (_, { name, username, disabled, demo }) => (
        <>
          <span className="strong">{name}</span> {disabled && <Mark tone="bad">đã khoá</Mark>}{' '}
          {demo && <Mark tone="gold">minh hoạ</Mark>}
          <div className="soft">{username}</div>
        </>
      ),
    },
    { title: 'Vai trò', key: 'roles', render: (_, account) => <Roles account={account} /> },
    {
      title: 'Thư',
      key: 'mail',
      width: 220,
      render: (_, { email, mailNotices }) =>
        email ? (
          <>
            {email}
            {!mailNotices && <div className="soft">không nhận thông báo</div>}
          </>
        ) : (
          <span className="soft">chưa có</span>
        ),
    },
    {
      title: '',
      key: 'do',
      width: 110,
      render: (_, account) =>
        account.username === me.username ? (
          <span className="soft">của tôi</span>
        ) : (
          <Dropdown
            trigger={['click']}
            menu={{
              items: [
                { key: 'grants', label: 'Vai trò, thời hạn', onClick: () => setDoing({ what: 'grants', account }) },
                { key: 'mail', label: 'Địa chỉ thư', onClick: () => setDoing({ what: 'mail', account }) },
                { key: 'person', label: 'Là ai', onClick: () => setDoing({ what: 'person', account }) },
                {
                  key: 'disabled',
                  label: account.disabled ? 'Mở lại' : 'Khoá tài khoản',
                  danger: !account.disabled,
                  onClick: () => disable(account),
                },
              ],
            }}
          >
            <Button size="small" aria-label={`Thao tác với ${account.name}`}>
              Thao tác
            </Button>
          </Dropdown>
        ),
    },
  ];
  const rows = accounts.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead
        title="Tài khoản"
        sub="Ai đăng nhập được, làm được gì và ở đơn vị nào, trong phạm vi quản trị của anh/chị."
        actions={
          <>
            <ExcelButton path="/accounts" values={{ q: text }} />
            <Button type="primary" icon={<UserAddOutlined />} onClick={() => setDoing({ what: 'new' })}>
              Thêm tài khoản
            </Button>
          </>
        }
      />
      <MailStateLine />
      <div className="filters">
        <Input.Search
          className="w-search"
          allowClear
          placeholder="Tìm theo họ tên, tên đăng nhập"
          aria-label="Tìm tài khoản"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      {accounts.isPending && <Loading rows={8} />}
      {accounts.isError && <Failed error={accounts.error} onRetry={() => void accounts.refetch()} />}
      {accounts.data && (
        <>
          <Table<AccountView>
            size="small"
            rowKey="id"
            pagination={false}
            dataSource={rows}
            columns={columns}
            locale={{ emptyText: <Nothing>Không có tài khoản nào như vậy.</Nothing> }}
          />
          <More list={accounts} shown={rows.length} />
        </>
      )}
      {doing?.what === 'new' && <NewAccount known={known} onDone={done} onClose={close} />}
      {doing?.what === 'grants' && <GrantsDialog {...doing} known={known} onDone={done} onClose={close} />}
      {doing?.what === 'mail' && <AccountMailDialog {...doing} onDone={done} onClose={close} />}
      {doing?.what === 'person' && <PersonDialog {...doing} known={known} onDone={done} onClose={close} />}
    </>
  );
}

function Roles({ account }: { account: AccountView }) {
  const now = today();
  return (
    <ul className="plain">
      {account.grants.map(({ role, roleName, unit, validFrom, validTo }) => {
        const holds = validFrom <= now && (validTo === null || now < validTo);
        return (
          <li key={`${role} ${unit.code} ${validFrom}`} className={holds ? undefined : 'soft'}>
            {roleName} · {unit.name}{' '}
            <span className="soft nowrap">
              ({printValidity(validFrom, validTo)}
              {!holds && (validFrom > now ? ', chưa đến' : ', đã hết')})
            </span>
          </li>
        );
      })}
    </ul>
  );
}
