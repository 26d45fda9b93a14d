import { useQueryClient } from '@tanstack/react-query';
import { Form, Input, Radio, Select } from 'antd';
import type { CreateIndicatorInput } from '../contract.js';
import { FormDialog } from '../common/FormDialog.js';
import { http } from '../http.js';
import { UnitPicker } from '../units/UnitPicker.js';
import { options } from '../words/labels.js';
import { MEASURE_NAMES, NATURE_NAMES } from './words.js';

const FIELDS = [['name'], ['unitOfMeasure'], ['code'], ['nature'], ['measures'], ['campaign'], ['source'], ['owner']];

/** A kind of result that the catalogue does not have yet. */
export function IndicatorDialog({ unit, onClose }: { unit: string | null; onClose: () => void }) {
  const client = useQueryClient();
  const save = async ({ code, campaign, source, ...facts }: CreateIndicatorInput) => {
    await http.post('/indicators', {
      ...facts,
      code: code.trim().toUpperCase(),
      campaign: campaign?.trim() || null,
      source: source?.trim() || null,
    });
    await client.invalidateQueries({ queryKey: ['indicators'] });
  };
  return (
    <FormDialog<CreateIndicatorInput>
      title="Thêm chỉ tiêu vào danh mục"
      okText="Thêm chỉ tiêu"
      width={640}
      initial={{ nature: 'FLOW', measures: 'COUNT', ...(unit ? { owner: unit } : {}) }}
      fields={FIELDS}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="name" label="Tên chỉ tiêu" rules={[{ required: true, min: 3, message: 'Mời nhập tên.' }]}>
        <Input maxLength={200} placeholder="Sáng kiến được công nhận" />
      </Form.Item>
      <div className="fields-2">
        <Form.Item
          name="unitOfMeasure"
          label="Đơn vị tính"
          rules={[{ required: true, message: 'Mời ghi đơn vị tính.' }]}
        >
          <Input maxLength={40} placeholder="căn, suất, người…" />
        </Form.Item>
        <Form.Item
          name="code"
          label="Mã"
          extra="Chữ không dấu, số, gạch dưới; không đổi về sau."
          rules={[{ required: true, pattern: /^[A-Za-z][A-Za-z0-9_]{1,60}$/, message: 'Ví dụ: SANG_KIEN_CAP_CO_SO.' }]}
        >
          <Input maxLength={61} placeholder="SANG_KIEN_CAP_CO_SO" />
        </Form.Item>
      </div>
      <Form.Item name="nature" label="Số liệu">
        <Radio.Group options={options(NATURE_NAMES)} />
      </Form.Item>
      <div className="fields-2">
        <Form.Item name="measures" label="Đo bằng">
          <Select options={options(MEASURE_NAMES)} />
        </Form.Item>
        <Form.Item name="owner" label="Đơn vị thêm" rules={[{ required: true, message: 'Mời chọn đơn vị.' }]}>
          <UnitPicker className="wide" />
        </Form.Item>
        <Form.Item name="campaign" label="Của phong trào, chương trình">
          <Input maxLength={300} />
        </Form.Item>
        <Form.Item name="source" label="Nguồn">
          <Input maxLength={300} />
        </Form.Item>
      </div>
    </FormDialog>
  );
}
