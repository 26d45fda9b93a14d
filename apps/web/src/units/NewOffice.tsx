import { useQueryClient } from '@tanstack/react-query';
import { Form, Input } from 'antd';
import type { UnitDetail } from '../contract.js';
import { upperCase } from '../words/format.js';
import { FormDialog } from '../common/FormDialog.js';
import { http } from '../http.js';
import { unitKeys } from './units.api.js';

interface Values {
  code: string;
  name: string;
}

/** An executive office of a unit; it may be a recipient of its own ("Văn phòng CĐVC tỉnh"). */
export function NewOffice({ unit, onClose }: { unit: UnitDetail; onClose: () => void }) {
  const client = useQueryClient();
  const save = async (values: Values) => {
    await http.post(`/units/${encodeURIComponent(unit.code)}/offices`, values);
    await client.invalidateQueries({ queryKey: unitKeys.all });
  };
  return (
    <FormDialog<Values>
      title={`Thêm văn phòng, ban của ${unit.name}`}
      okText="Thêm"
      fields={[['code'], ['name']]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="name" label="Tên" rules={[{ required: true, message: 'Mời nhập tên.' }]}>
        <Input maxLength={300} autoFocus />
      </Form.Item>
      <Form.Item
        name="code"
        label="Mã"
        extra={`Ví dụ: ${unit.code}-VP`}
        normalize={upperCase}
        rules={[{ required: true, message: 'Mời nhập mã.' }]}
      >
        <Input maxLength={40} />
      </Form.Item>
    </FormDialog>
  );
}
