import { Form } from 'antd';
import type { BatchView, Id, Saved, Warned } from '../contract.js';
import { FormDialog } from '../common/FormDialog.js';
import { http } from '../http.js';
import { PartOfPicker } from './PartOfPicker.js';
import { useBatchSaving } from './useBatchSaving.js';

interface Props {
  batch: BatchView;
  onSaved: (warnings: Warned[]) => void;
  onClose: () => void;
}

/** Confirms that this batch is already inside a figure stated elsewhere, or that it is not. */
export function PartOfDialog({ batch, onSaved, onClose }: Props) {
  const saving = useBatchSaving(batch, onSaved);
  return (
    <FormDialog<{ partOf: Id | null }>
      title="Nằm trong số đã nêu ở một lần ghi khác"
      okText="Xác nhận"
      width={680}
      initial={{ partOf: batch.partOf }}
      fields={[['partOf']]}
      save={({ partOf }) =>
        saving.mutateAsync(() => http.put<Saved>(`/award-batches/${batch.id}/part-of`, { partOf: partOf ?? null }))
      }
      onDone={onClose}
      onClose={onClose}
    >
      <p className="hint">
        Ví dụ: 2 tập thể, 3 cá nhân của một công đoàn cơ sở đã nằm trong 10 tập thể, 15 cá nhân mà công đoàn cấp trên
        báo cáo. Xác nhận rồi thì không tính hai lần.
      </p>
      <Form.Item name="partOf" label="Lần ghi đã nêu số lượng gồm cả phần này">
        <PartOfPicker kind={batch.kind} except={batch.id} />
      </Form.Item>
    </FormDialog>
  );
}
