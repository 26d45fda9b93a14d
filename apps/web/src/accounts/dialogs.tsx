import { Alert, App, Button, Checkbox, Form, Input, InputNumber } from 'antd';
import type { AccountView, Role, UnitRef } from '../contract.js';
import { FormDialog } from '../common/FormDialog.js';
import { Failed, Loading } from '../common/states.js';
import { http } from '../http.js';
import { useAccount } from './accounts.api.js';
import { GrantFields, grantPaths } from './GrantFields.js';
import { GrantUnitPicker } from './GrantUnitPicker.js';

interface GrantValues {
  role?: Role;
  unit?: string;
  validFrom?: string | null;
  validTo?: string | null;
}

interface DialogProps {
  account: AccountView;
  known: readonly UnitRef[];
  onDone: () => void;
  onClose: () => void;
}

/** An empty first day is left out: the API then takes today. */
const sent = (grants: readonly GrantValues[]) =>
  grants.map(({ validFrom, ...grant }) => (validFrom ? { ...grant, validFrom } : grant));

export function NewAccount({ known, onDone, onClose }: Omit<DialogProps, 'account'>) {
  interface Values {
    username: string;
    name: string;
    password: string;
    grants: GrantValues[];
  }
  const { message } = App.useApp();
  const save = async (values: Values) => {
    const made = await http.post<AccountView>('/accounts', { ...values, grants: sent(values.grants) });
    message.success(`Đã tạo tài khoản ${made.username}.`);
  };
  return (
    <FormDialog<Values>
      title="Thêm tài khoản"
      okText="Tạo tài khoản"
      width={860}
      initial={{ grants: [known[0] ? { unit: known[0].code } : {}] }}
      fields={[['username'], ['name'], ['password'], ...grantPaths]}
      save={save}
      onDone={onDone}
      onClose={onClose}
    >
      <div className="fields-2">
        <Form.Item name="name" label="Họ tên" rules={[{ required: true, message: 'Mời nhập họ tên.' }]}>
          <Input maxLength={200} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="username"
          label="Tên đăng nhập"
          extra="Chữ thường không dấu, số, dấu chấm, gạch."
          normalize={(text: unknown) => (typeof text === 'string' ? text.toLowerCase() : text)}
          rules={[{ required: true, message: 'Mời nhập tên đăng nhập.' }]}
        >
          <Input maxLength={50} autoComplete="off" />
        </Form.Item>
      </div>
      <Form.Item
        name="password"
        label="Mật khẩu ban đầu"
        extra="Ít nhất 10 ký tự. Đưa riêng cho người dùng và nhắc đổi ngay lần đầu."
        rules={[{ required: true, message: 'Mời nhập mật khẩu ban đầu.' }]}
      >
        <Input.Password maxLength={200} autoComplete="new-password" />
      </Form.Item>
      <GrantFields known={known} />
    </FormDialog>
  );
}

export function GrantsDialog({ account, known, onDone, onClose }: DialogProps) {
  interface Values {
    grants: GrantValues[];
  }
  const units = [...new Map([...account.grants.map(({ unit }) => unit), ...known].map((u) => [u.code, u])).values()];
  return (
    <FormDialog<Values>
      title={`Vai trò của ${account.name}`}
      okText="Lưu vai trò"
      width={860}
      initial={{
        grants: account.grants.map(({ role, unit, validFrom, validTo }) => ({
          role,
          unit: unit.code,
          validFrom,
          validTo,
        })),
      }}
      fields={grantPaths}
      save={({ grants }) => http.put(`/accounts/${account.id}/grants`, { grants: sent(grants) })}
      onDone={onDone}
      onClose={onClose}
    >
      <p className="hint">
        Danh sách này thay cho các vai trò hiện có trong phạm vi quản trị của anh/chị; vai trò ở nơi khác giữ nguyên.
      </p>
      <GrantFields known={units} />
    </FormDialog>
  );
}

export function AccountMailDialog({ account, onDone, onClose }: Omit<DialogProps, 'known'>) {
  interface Values {
    email: string | null;
    notices: boolean;
  }
  return (
    <FormDialog<Values>
      title={`Thư của ${account.name}`}
      okText="Lưu"
      initial={{ email: account.email, notices: account.mailNotices }}
      fields={[['email'], ['notices']]}
      save={({ email, notices }) => http.put(`/accounts/${account.id}/mail`, { email: email || null, notices })}
      onDone={onDone}
      onClose={onClose}
    >
      <Form.Item name="email" label="Địa chỉ thư" extra="Để trống thì không gửi thư.">
        <Input type="email" maxLength={254} autoComplete="off" />
      </Form.Item>
      <Form.Item name="notices" valuePropName="checked">
        <Checkbox>Gửi thông báo công việc đến địa chỉ này</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}

/** Which person of the register an account is: so that nobody appraises or decides his own line. */
export function PersonDialog({ account, known, onDone, onClose }: DialogProps) {
  interface Values {
    person: { name: string; birthYear: number | null; unit: string };
  }
  const detail = useAccount(account.id);
  const linked = detail.data?.person;
  const units = [...(linked?.unit ? [linked.unit] : []), ...account.grants.map(({ unit }) => unit), ...known];
  return (
    <FormDialog<Values>
      key={detail.dataUpdatedAt}
      title={`${account.name} là ai trong danh sách đoàn viên`}
      okText="Gắn với người này"
      initial={
        linked
          ? { person: { name: linked.name, birthYear: linked.birthYear, unit: linked.unit?.code ?? '' } }
          : { person: { name: account.demo ? '' : account.name, birthYear: null, unit: units[0]?.code ?? '' } }
      }
      fields={[
        ['person', 'name'],
        ['person', 'birthYear'],
        ['person', 'unit'],
      ]}
      save={(values) => http.put(`/accounts/${account.id}/person`, values)}
      onDone={onDone}
      onClose={onClose}
    >
      {detail.isPending && <Loading rows={1} />}
      {detail.isError && <Failed error={detail.error} onRetry={() => void detail.refetch()} />}
      {detail.data && (
        <Alert
          className="gap-below"
          type={linked ? 'success' : 'info'}
          showIcon
          title={
            linked
              ? `Đang gắn với ${linked.name}${linked.birthYear ? ` (${linked.birthYear})` : ''}, ${linked.unit?.name ?? ''}.`
              : 'Chưa gắn với ai. Khi đã gắn, hệ thống không để người này thẩm định hay quyết định hồ sơ của chính mình.'
          }
          action={
            linked && (
              <Button
                size="small"
                onClick={() => void http.put(`/accounts/${account.id}/person`, { person: null }).then(onDone)}
              >
                Bỏ gắn
              </Button>
            )
          }
        />
      )}
      <p className="hint">
        Ghi đúng như trong danh sách đoàn viên: chỉ gắn khi đơn vị có đúng một người như vậy. Quản trị không xem danh
        sách.
      </p>
      <Form.Item
        name={['person', 'name']}
        label="Họ tên"
        rules={[{ required: true, whitespace: true, message: 'Mời nhập họ tên.' }]}
      >
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <div className="fields-2">
        <Form.Item name={['person', 'birthYear']} label="Năm sinh">
          <InputNumber className="wide" min={1900} max={2199} controls={false} />
        </Form.Item>
        <Form.Item name={['person', 'unit']} label="Đơn vị" rules={[{ required: true, message: 'Mời chọn đơn vị.' }]}>
          <GrantUnitPicker known={[...new Map(units.map((unit) => [unit.code, unit])).values()]} />
        </Form.Item>
      </div>
    </FormDialog>
  );
}
