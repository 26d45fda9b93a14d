import { useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, Select } from 'antd';
import { useNavigate } from 'react-router';
import type { Classification, Day, Level, UnitNode } from '../contract.js';
import { DayPicker } from '../common/DayPicker.js';
import { upperCase } from '../words/format.js';
import { FormDialog } from '../common/FormDialog.js';
import { http } from '../http.js';
import { CLASSIFICATION_NAMES, options, unitLevelOptions } from '../words/labels.js';
import { UnitPicker } from './UnitPicker.js';
import { unitKeys } from './units.api.js';

interface Values {
  code: string;
  name: string;
  level: Level;
  parent: string | null;
  validFrom: Day | null;
  classification: Classification;
}

export function NewUnit({ parent, onClose }: { parent: string | null; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const save = async (values: Values) => {
    const unit = await http.post<UnitNode>('/units', {
      ...values,
      parent: values.parent ?? undefined,
      validFrom: values.validFrom ?? null,
    });
    message.success(`Đã thêm ${unit.name}.`);
    await client.invalidateQueries({ queryKey: unitKeys.all });
    void navigate(`/don-vi/${unit.code}`);
  };
  return (
    <FormDialog<Values>
      title="Thêm đơn vị"
      okText="Thêm đơn vị"
      initial={{ parent, classification: 'INTERNAL', validFrom: null }}
      fields={[['code'], ['name'], ['level'], ['parent'], ['validFrom'], ['classification']]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="parent" label="Trực thuộc" rules={[{ required: true, message: 'Mời chọn đơn vị cấp trên.' }]}>
        <UnitPicker />
      </Form.Item>
      <Form.Item name="name" label="Tên đơn vị" rules={[{ required: true, message: 'Mời nhập tên đơn vị.' }]}>
        <Input maxLength={300} />
      </Form.Item>
      <div className="fields-2">
        <Form.Item
          name="code"
          label="Mã đơn vị"
          extra="Chữ hoa không dấu, số, dấu gạch: CDCS-SO-NOI-VU"
          normalize={upperCase}
          rules={[{ required: true, message: 'Mời nhập mã đơn vị.' }]}
        >
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="level" label="Cấp" rules={[{ required: true, message: 'Mời chọn cấp.' }]}>
          <Select options={unitLevelOptions} />
        </Form.Item>
        <Form.Item name="validFrom" label="Có từ ngày" extra="Để trống nếu chưa rõ, khi cấp trên cũng chưa rõ ngày.">
          <DayPicker />
        </Form.Item>
        <Form.Item name="classification" label="Mức phổ biến">
          <Select options={options(CLASSIFICATION_NAMES)} />
        </Form.Item>
      </div>
    </FormDialog>
  );
}
