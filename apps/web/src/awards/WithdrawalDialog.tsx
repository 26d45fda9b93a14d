import { Form, Input } from 'antd';
import type { BatchView, RemovalInput, Revocation, Saved, Warned } from '../contract.js';
import { FormDialog } from '../common/FormDialog.js';
import { http } from '../http.js';
import { useBatchSaving } from './useBatchSaving.js';

interface Props {
  batch: BatchView;
  of: Revocation;
  onSaved: (warnings: Warned[]) => void;
  onClose: () => void;
}

/** Takes a revocation back: it was entered by mistake, or the award was restored. Both entries stay in the history. */
export function WithdrawalDialog({ batch, of, onSaved, onClose }: Props) {
  const saving = useBatchSaving(batch, onSaved);
  const save = (values: RemovalInput) =>
    saving.mutateAsync(() => http.post<Saved>(`/award-batches/${batch.id}/revocations/${of.id}/withdrawal`, values));
  return (
    <FormDialog<RemovalInput>
      title="Rút lại việc huỷ"
      okText="Rút lại"
      fields={[['reason']]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <p className="hint">
        Khen thưởng được tính lại từ hôm nay; tổng hợp theo ngày trước hôm nay vẫn ghi là đã huỷ. Lịch sử giữ cả hai
        lần.
      </p>
      <Form.Item name="reason" label="Lý do" rules={[{ required: true, min: 3, message: 'Mời ghi lý do.' }]}>
        <Input.TextArea maxLength={500} rows={2} />
      </Form.Item>
    </FormDialog>
  );
}
