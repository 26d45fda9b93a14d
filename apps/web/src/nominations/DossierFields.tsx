import { Form, Input, InputNumber, Select } from 'antd';
import { BodyChooser, type BodyDraft } from '../awards/BodyChooser.js';
import { useTypes } from '../awards/rulebook.api.js';
import { foldedSearch } from '../common/pick.js';
import { useUnit } from '../units/units.api.js';

export interface DossierValues {
  unit: string;
  to: BodyDraft;
  title: string;
  year: number;
  occasion?: string | null;
  type?: string | null;
  campaign?: string | null;
  note?: string | null;
}

export const DOSSIER_FORM_FIELDS = [
  ['unit'],
  ['to'],
  ['title'],
  ['year'],
  ['occasion'],
  ['type'],
  ['campaign'],
  ['note'],
];

/** For the API: exactly one of the two bodies. */
export function inputOf({ to, ...values }: DossierValues) {
  return {
    ...values,
    to: to.mode === 'outside' ? { outside: to.outside ?? '' } : { unit: to.unit ?? '' },
    occasion: values.occasion || null,
    type: values.type ?? null,
    campaign: values.campaign || null,
    note: values.note || null,
  };
}

/** Facts of a dossier; `unit` proposes, and itself and the units above it may be asked. */
export function DossierFields({ unit }: { unit: string | null }) {
  const path = useUnit(unit).data?.path ?? [];
  const types = useTypes();
  return (
    <>
      <Form.Item
        name="to"
        label="Gửi đến"
        rules={[{ required: true, message: 'Chọn nơi nhận hồ sơ.' }]}
        extra="Chính đơn vị, đơn vị cấp trên của đơn vị, hoặc cơ quan ngoài công đoàn (khen cao)."
      >
        <BodyChooser withLevel={false} above={path} aria-label="Gửi đến" />
      </Form.Item>
      <Form.Item name="title" label="Tên hồ sơ" rules={[{ required: true, min: 3, message: 'Ghi tên hồ sơ.' }]}>
        <Input maxLength={300} placeholder="Ví dụ: Đề nghị khen thưởng tổng kết năm 2026" />
      </Form.Item>
      <div className="fields-3">
        <Form.Item name="year" label="Năm khen thưởng" rules={[{ required: true, message: 'Ghi năm.' }]}>
          <InputNumber className="wide" min={1990} max={2100} controls={false} />
        </Form.Item>
        <Form.Item name="type" label="Loại hình">
          <Select
            allowClear
            showSearch={foldedSearch}
            placeholder="chưa nêu"
            options={(types.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
          />
        </Form.Item>
        <Form.Item name="occasion" label="Dịp">
          <Input maxLength={300} placeholder="tổng kết năm, sơ kết…" />
        </Form.Item>
      </div>
      <Form.Item name="campaign" label="Phong trào, cuộc vận động">
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item name="note" label="Ghi chú">
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
    </>
  );
}
