import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Checkbox, Form, Input, Modal } from 'antd';
import { FormDialog } from '../common/FormDialog.js';
import { Failed, Loading } from '../common/states.js';
import { http } from '../http.js';
import { useOwnMail } from './desk.api.js';

interface Values {
  email: string | null;
  notices: boolean;
}

/** "Thông báo & thư": where the own notices go besides the bell. */
export function MailDialog({ onClose }: { onClose: () => void }) {
  const mail = useOwnMail(true);
  const client = useQueryClient();
  const { message } = App.useApp();
  if (!mail.data) {
    return (
      <Modal open title="Thông báo & thư" footer={null} onCancel={onClose}>
        {mail.isError ? <Failed error={mail.error} onRetry={() => void mail.refetch()} /> : <Loading rows={2} />}
      </Modal>
    );
  }
  const save = async ({ email, notices }: Values) => {
    await http.put('/session/mail', { email: email || null, notices });
    await client.invalidateQueries({ queryKey: ['desk', 'mail'] });
    message.success('Đã lưu.');
  };
  return (
    <FormDialog<Values>
      title="Thông báo & thư"
      okText="Lưu"
      initial={{ email: mail.data.email, notices: mail.data.notices }}
      fields={[['email'], ['notices']]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      {!mail.data.available && (
        <Alert
          className="gap-below"
          type="info"
          showIcon
          title="Hệ thống này chưa nối với máy chủ thư: thông báo chỉ hiện ở chuông trên đầu trang."
        />
      )}
      <Form.Item
        name="email"
        label="Địa chỉ thư"
        extra="Thư chỉ có tiêu đề việc, lý do và đường dẫn; nội dung hồ sơ luôn xem trong hệ thống. Để trống nếu không muốn nhận."
      >
        <Input type="email" maxLength={254} autoComplete="email" placeholder="ten@congdoan.vn" />
      </Form.Item>
      <Form.Item name="notices" valuePropName="checked">
        <Checkbox>Gửi thông báo đến địa chỉ này</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}
