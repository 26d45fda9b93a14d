import { Form, Input } from 'antd';
import { FormDialog } from '../common/FormDialog.js';
import { http } from '../http.js';
import { useSaving } from './results.api.js';

interface Props {
  /** `/result-reports/12`: what is taken out. */
  path: string;
  title: string;
  onClose: () => void;
}

/** Takes out what was entered by mistake: it counts no more from today on; what was known before stays. */
export function EndDialog({ path, title, onClose }: Props) {
  const saving = useSaving();
  return (
    <FormDialog<{ reason: string }>
      title={title}
      okText="Xoá số liệu"
      danger
      fields={[['reason']]}
      save={(values) => saving.mutateAsync(() => http.post(`${path}/removal`, values))}
      onDone={onClose}
      onClose={onClose}
    >
      <p className="hint">Dùng khi nhập nhầm, nhập trùng. Số liệu không được tính nữa từ hôm nay; lịch sử vẫn giữ.</p>
      <Form.Item name="reason" label="Lý do xoá" rules={[{ required: true, min: 3, message: 'Mời ghi lý do xoá.' }]}>
        <Input.TextArea maxLength={500} rows={2} />
      </Form.Item>
    </FormDialog>
  );
}
