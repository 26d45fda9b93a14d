import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Form, Radio, type FormInstance } from 'antd';
import { DayPicker } from '../common/DayPicker.js';
import { UnitPicker } from '../units/UnitPicker.js';
import { newDraft, successorsFor, type Draft } from './draft.js';
import type { ReorganisationKind } from './reorganisations.contract.js';
import { KIND_HINTS, KIND_NAMES, KINDS, takesMany, UNITS_WORDS } from './words.js';

/** What happens, to which units, from which day on. */
export function KindStep({ form }: { form: FormInstance<Draft> }) {
  const kind = Form.useWatch('kind', form) ?? 'MERGE';
  const choose = (next: ReorganisationKind) => {
    const [first = null] = (form.getFieldValue('units') as Draft['units'] | undefined) ?? [];
    form.setFieldsValue({ units: newDraft(next, first).units, successors: successorsFor(next), goes: {} });
  };
  return (
    <>
      <Form.Item name="kind" label="Việc sắp xếp">
        <Radio.Group onChange={(event) => choose(event.target.value as ReorganisationKind)} className="kinds">
          {KINDS.map((one) => (
            <Radio key={one} value={one}>
              <strong>{KIND_NAMES[one]}</strong>
              <small>{KIND_HINTS[one]}</small>
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
      <div className="fields-2">
        <Form.Item
          name="from"
          label="Có hiệu lực từ ngày"
          rules={[{ required: true, message: 'Mời chọn ngày hiệu lực.' }]}
          extra="Có thể là ngày đã qua: số liệu từ ngày đó được tính lại; số liệu trước đó giữ nguyên."
        >
          <DayPicker />
        </Form.Item>
        {kind === 'SUSPEND' && (
          <Form.Item name="until" label="Hoạt động lại từ ngày" extra="Để trống nếu chưa biết.">
            <DayPicker />
          </Form.Item>
        )}
      </div>
      {kind !== 'FOUND' && (
        <Form.List name="units">
          {(fields, { add, remove }, { errors }) => (
            <fieldset className="bare">
              <legend>{UNITS_WORDS[kind]}</legend>
              {fields.map((field, index) => (
                <div className="row-with-button" key={field.key}>
                  <Form.Item
                    name={field.name}
                    className="grow tight"
                    rules={[{ required: true, message: 'Mời chọn đơn vị.' }]}
                  >
                    <UnitPicker aria-label={`${UNITS_WORDS[kind]} ${index + 1}`} />
                  </Form.Item>
                  {fields.length > 1 && (
                    <Button
                      type="text"
                      icon={<DeleteOutlined />}
                      aria-label={`Bỏ đơn vị ${index + 1}`}
                      onClick={() => remove(field.name)}
                    />
                  )}
                </div>
              ))}
              {takesMany(kind) && (
                <Button size="small" icon={<PlusOutlined />} onClick={() => add(null)}>
                  Thêm đơn vị
                </Button>
              )}
              <Form.ErrorList errors={errors} />
            </fieldset>
          )}
        </Form.List>
      )}
      {(kind === 'MERGE' || kind === 'SPLIT') && (
        <Form.Item name="partial" valuePropName="checked" className="gap-above">
          <Checkbox>
            {kind === 'MERGE'
              ? 'Chỉ chuyển một phần: các đơn vị trên vẫn tồn tại'
              : 'Chỉ tách ra một phần: đơn vị trên vẫn tồn tại'}
          </Checkbox>
        </Form.Item>
      )}
    </>
  );
}
