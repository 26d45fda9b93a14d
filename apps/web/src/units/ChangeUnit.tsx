import { useQueryClient } from '@tanstack/react-query';
import { App, Checkbox, Form, Input, Select } from 'antd';
import { addDays } from '@lib/kernel';
import type { ChangeUnitInput, Day, Level, UnitDetail, UnitNode, Warned } from '../contract.js';
import { DayPicker } from '../common/DayPicker.js';
import { FormDialog } from '../common/FormDialog.js';
import { http } from '../http.js';
import { unitLevelOptions } from '../words/labels.js';
import { UnitPicker } from './UnitPicker.js';

interface Values {
  from: Day;
  until: Day | null;
  name: string;
  level: Level;
  parent: string | null;
  suspended: boolean;
}

/** A new version of the unit from a day on. Days before it keep their own name, level and parent. */
export function ChangeUnit({ unit, onClose }: { unit: UnitDetail; onClose: () => void }) {
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const save = async (values: Values) => {
    const { warnings } = await http.post<{ unit: UnitNode; warnings: Warned[] }>(
      `/units/${encodeURIComponent(unit.code)}/versions`,
      changesOf(unit, values),
    );
    await client.invalidateQueries();
    if (warnings.length)
      modal.warning({ title: 'Đã ghi, cần lưu ý', content: warnings.map((warning) => warning.message).join(' ') });
    else message.success('Đã ghi thay đổi.');
  };
  return (
    <FormDialog<Values>
      title={`Thay đổi ${unit.name} từ một ngày`}
      okText="Ghi thay đổi"
      initial={{ name: unit.name, level: unit.level, parent: unit.parent, suspended: unit.suspended, until: null }}
      fields={[['from'], ['until'], ['name'], ['level'], ['parent'], ['suspended']]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <div className="fields-2">
        <Form.Item
          name="from"
          label="Từ ngày"
          rules={[{ required: true, message: 'Mời chọn ngày bắt đầu.' }]}
          extra="Có thể là ngày đã qua; số liệu từ ngày đó được tính lại."
        >
          <DayPicker />
        </Form.Item>
        <Form.Item name="until" label="Đến hết ngày" extra="Để trống nếu không thời hạn.">
          <DayPicker />
        </Form.Item>
      </div>
      <Form.Item name="name" label="Tên đơn vị" rules={[{ required: true, message: 'Mời nhập tên đơn vị.' }]}>
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item name="level" label="Cấp">
        <Select options={unitLevelOptions} />
      </Form.Item>
      <Form.Item name="parent" label="Trực thuộc">
        <UnitPicker extra={unit.path.slice(-2, -1)} />
      </Form.Item>
      <Form.Item name="suspended" valuePropName="checked">
        <Checkbox>Tạm dừng hoạt động</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}

/** Only what differs from the unit as it is shown: an unchanged field is not a change. */
function changesOf(unit: UnitDetail, values: Values): ChangeUnitInput {
  const changes: ChangeUnitInput = { from: values.from };
  // The API wants the first day after.
  if (values.until) changes.until = addDays(values.until, 1);
  if (values.name.trim() !== unit.name) changes.name = values.name;
  if (values.level !== unit.level) changes.level = values.level as ChangeUnitInput['level'];
  if (values.parent !== unit.parent) changes.parent = values.parent;
  if (values.suspended !== unit.suspended) changes.suspended = values.suspended;
  return changes;
}
