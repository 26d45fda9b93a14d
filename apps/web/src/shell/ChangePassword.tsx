import { useMutation } from '@tanstack/react-query';
import { App, Form, Input, Modal } from 'antd';
import { http } from '../http.js';
import { placeErrors } from '../common/form-errors.js';

interface Passwords {
  current: string;
  next: string;
  again: string;
}

export function ChangePassword({ onClose }: { onClose: () => void }) {
  const [form] = Form.useForm<Passwords>();
  const { message } = App.useApp();
  const change = useMutation({
    mutationFn: ({ current, next }: Passwords) => http.put<void>('/session/password', { current, next }),
    onSuccess: () => {
      message.success('Đã đổi mật khẩu.');
      onClose();
    },
    onError: (error) => {
      const rest = placeErrors(form, error, [['current'], ['next']]);
      if (rest.length) form.setFields([{ name: 'current', errors: rest }]);
    },
  });
  return (
    <Modal
      open
      title="Đổi mật khẩu"
      okText="Đổi mật khẩu"
      cancelText="Thôi"
      onCancel={onClose}
      confirmLoading={change.isPending}
      onOk={() => form.submit()}
    >
      <Form form={form} layout="vertical" onFinish={(values) => change.mutate(values)}>
        <Form.Item
          name="current"
          label="Mật khẩu hiện nay"
          rules={[{ required: true, message: 'Mời nhập mật khẩu hiện nay.' }]}
        >
          <Input.Password autoComplete="current-password" autoFocus />
        </Form.Item>
        <Form.Item name="next" label="Mật khẩu mới" rules={[{ required: true, message: 'Mời nhập mật khẩu mới.' }]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label="Nhập lại mật khẩu mới"
          dependencies={['next']}
          rules={[
            { required: true, message: 'Mời nhập lại mật khẩu mới.' },
            ({ getFieldValue }) => ({
              validator: (_, value) =>
                !value || value === getFieldValue('next')
                  ? Promise.resolve()
                  : Promise.reject(new Error('Hai lần nhập chưa giống nhau.')),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
