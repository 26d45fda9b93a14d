import { Form, Input } from 'antd';
import type { BatchView, RemovalInput, Saved, Warned } from '../contract.js';
import { FormDialog } from '../common/FormDialog.js';
import { http } from '../http.js';
import { titleOf } from './BatchTable.js';
import { useBatchSaving } from './useBatchSaving.js';

interface Props {
  batch: BatchView;
  onSaved: (warnings: Warned[]) => void;
  onClose: () => void;
}

/** Undoes a record: what was entered by mistake never was. A revocation says that an award was given and taken away. */
export function RemovalDialog({ batch, onSaved, onClose }: Props) {
  const saving = useBatchSaving(batch, onSaved);
  const save = (values: RemovalInput) =>
    saving.mutateAsync(() => http.post<Saved>(`/award-batches/${batch.id}/removal`, values));
  return (
    <FormDialog<RemovalInput>
      title={`Gỡ “${titleOf(batch)}” vì ghi nhầm`}
      okText="Gỡ khỏi sổ"
      danger
      fields={[['reason']]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <p className="hint">
        Dùng khi ghi nhầm, ghi trùng: số liệu này không được tính nữa từ hôm nay; lịch sử ghi vẫn giữ. Khen thưởng đã
        trao rồi bị thu hồi thì {batch.abilities.revoke ? 'dùng “Huỷ”' : 'văn thư hoặc người quyết định ghi việc huỷ'}.
      </p>
      <Form.Item name="reason" label="Lý do gỡ" rules={[{ required: true, min: 3, message: 'Mời ghi lý do gỡ.' }]}>
        <Input.TextArea maxLength={500} rows={2} />
      </Form.Item>
    </FormDialog>
  );
}
