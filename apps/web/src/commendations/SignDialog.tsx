import { Form, Input } from 'antd';
import { FileField } from '../awards/FileField.js';
import { DayPicker } from '../common/DayPicker.js';
import { FormDialog } from '../common/FormDialog.js';
import { http } from '../http.js';
import { useCommendationSaving } from './commendations.api.js';
import type { Commendation, SignInput } from './commendations.contract.js';

type Values = Omit<SignInput, 'version'>;

/** What stands on the signed paper. The number is taken from here on, also where the decision is cancelled later. */
export function SignDialog({ decision, onClose }: { decision: Commendation; onClose: () => void }) {
  const saving = useCommendationSaving();
  const save = (values: Values) =>
    saving.mutateAsync(() =>
      http.post<Commendation>(`/commendations/${decision.id}/signature`, {
        ...values,
        symbol: values.symbol ?? '',
        version: decision.version,
      }),
    );
  return (
    <FormDialog<Values>
      title="Ghi số và đính kèm bản ký"
      okText="Ghi"
      width={640}
      fields={[['number'], ['symbol'], ['day'], ['signerName'], ['signerPost'], ['fileId']]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <div className="fields-3">
        <Form.Item name="number" label="Số" rules={[{ required: true, message: 'Ghi số quyết định.' }]}>
          <Input maxLength={30} />
        </Form.Item>
        <Form.Item name="symbol" label="Ký hiệu">
          <Input maxLength={60} placeholder="QĐ-LĐLĐ" />
        </Form.Item>
        <Form.Item name="day" label="Ngày" rules={[{ required: true, message: 'Chọn ngày ký.' }]}>
          <DayPicker className="wide" />
        </Form.Item>
      </div>
      <div className="fields-2">
        <Form.Item name="signerName" label="Người ký" rules={[{ required: true, min: 2, message: 'Ghi người ký.' }]}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item
          name="signerPost"
          label="Thể thức, chức vụ"
          rules={[{ required: true, min: 2, message: 'Ghi chức vụ.' }]}
        >
          <Input maxLength={200} placeholder="TM. BAN THƯỜNG VỤ, CHỦ TỊCH" />
        </Form.Item>
      </div>
      <Form.Item name="fileId" label="Bản ký (PDF)" rules={[{ required: true, message: 'Chọn bản ký dạng PDF.' }]}>
        <FileField classification="INTERNAL" />
      </Form.Item>
    </FormDialog>
  );
}
