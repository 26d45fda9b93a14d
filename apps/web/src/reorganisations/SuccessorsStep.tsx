import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Alert, Button, Form, Input, Radio, Select, type FormInstance } from 'antd';
import { UnitPicker } from '../units/UnitPicker.js';
import { upperCase } from '../words/format.js';
import { unitLevelOptions } from '../words/labels.js';
import { codesOf, type Draft } from './draft.js';
import { SubUnitsField } from './SubUnitsField.js';
import { endsUnits, hasSuccessors } from './words.js';

interface Props {
  form: FormInstance<Draft>;
}

/** Who takes over, or what the unit becomes. */
export function SuccessorsStep({ form }: Props) {
  const kind = Form.useWatch('kind', form) ?? 'MERGE';
  const units = Form.useWatch('units', form) ?? [];
  const partial = Form.useWatch('partial', form) ?? false;
  return (
    <>
      {hasSuccessors(kind) && <Successors form={form} />}
      {kind === 'RENAME' && (
        <Form.Item name="name" label="Tên mới" rules={[{ required: true, message: 'Mời nhập tên mới.' }]}>
          <Input maxLength={300} />
        </Form.Item>
      )}
      {(kind === 'UPGRADE' || kind === 'DOWNGRADE') && (
        <div className="fields-2">
          <Form.Item name="level" label="Cấp mới" rules={[{ required: true, message: 'Mời chọn cấp mới.' }]}>
            <Select options={unitLevelOptions} />
          </Form.Item>
          <Form.Item name="name" label="Tên mới" extra="Để trống nếu giữ tên.">
            <Input maxLength={300} />
          </Form.Item>
        </div>
      )}
      {(kind === 'TRANSFER' || kind === 'UPGRADE' || kind === 'DOWNGRADE') && (
        <Form.Item
          name="parent"
          label="Đơn vị cấp trên mới"
          {...(kind === 'TRANSFER'
            ? { rules: [{ required: true, message: 'Mời chọn đơn vị cấp trên mới.' }] }
            : { extra: 'Để trống nếu không đổi.' })}
        >
          <UnitPicker allowClear />
        </Form.Item>
      )}
      {kind === 'SUSPEND' && (
        <Alert type="info" showIcon title="Tạm dừng không cần nơi tiếp nhận: đơn vị và số liệu giữ nguyên chỗ." />
      )}
      {(endsUnits(kind) || partial) && codesOf(units).length > 0 && (
        <SubUnitsField form={form} kind={kind} units={codesOf(units)} partial={partial} />
      )}
    </>
  );
}

function Successors({ form }: Props) {
  const kind = Form.useWatch('kind', form) ?? 'MERGE';
  const several = kind !== 'MERGE';
  return (
    <Form.List name="successors">
      {(fields, { add, remove }, { errors }) => (
        <fieldset className="bare">
          <legend>{kind === 'FOUND' ? 'Công đoàn thành lập' : 'Đơn vị tiếp nhận'}</legend>
          {fields.map((field, index) => (
            <div className="successor" key={field.key}>
              <div className="successor-head">
                {kind === 'FOUND' ? (
                  <strong>Công đoàn mới {fields.length > 1 ? index + 1 : ''}</strong>
                ) : (
                  <Form.Item name={[field.name, 'mode']} className="tight">
                    <Radio.Group
                      aria-label={`Đơn vị tiếp nhận ${index + 1}`}
                      options={[
                        { value: 'EXISTING', label: 'Đơn vị đang có' },
                        { value: 'FOUNDED', label: 'Lập đơn vị mới theo quyết định này' },
                      ]}
                    />
                  </Form.Item>
                )}
                {several && fields.length > 1 && (
                  <Button
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label={`Bỏ đơn vị tiếp nhận ${index + 1}`}
                    onClick={() => remove(field.name)}
                  />
                )}
              </div>
              <Form.Item noStyle dependencies={[['successors', field.name, 'mode']]}>
                {({ getFieldValue }) =>
                  getFieldValue(['successors', field.name, 'mode']) === 'EXISTING' ? (
                    <Form.Item
                      name={[field.name, 'code']}
                      className="tight"
                      rules={[{ required: true, message: 'Mời chọn đơn vị tiếp nhận.' }]}
                    >
                      <UnitPicker aria-label={`Chọn đơn vị tiếp nhận ${index + 1}`} />
                    </Form.Item>
                  ) : (
                    <Founded at={field.name} />
                  )
                }
              </Form.Item>
            </div>
          ))}
          {several && (
            <Button size="small" icon={<PlusOutlined />} onClick={() => add({ mode: 'FOUNDED' })}>
              Thêm đơn vị
            </Button>
          )}
          <Form.ErrorList errors={errors} />
        </fieldset>
      )}
    </Form.List>
  );
}

function Founded({ at }: { at: number }) {
  return (
    <div className="fields-2">
      <Form.Item
        name={[at, 'found', 'name']}
        label="Tên đơn vị mới"
        rules={[{ required: true, message: 'Mời nhập tên đơn vị mới.' }]}
      >
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item
        name={[at, 'found', 'code']}
        label="Mã đơn vị mới"
        extra="Chữ hoa không dấu, số, dấu gạch: CDCS-SO-NOI-VU"
        normalize={upperCase}
        rules={[{ required: true, message: 'Mời nhập mã đơn vị mới.' }]}
      >
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item
        name={[at, 'found', 'parent']}
        label="Trực thuộc"
        rules={[{ required: true, message: 'Mời chọn đơn vị cấp trên.' }]}
      >
        <UnitPicker />
      </Form.Item>
      <Form.Item name={[at, 'found', 'level']} label="Cấp" rules={[{ required: true, message: 'Mời chọn cấp.' }]}>
        <Select options={unitLevelOptions} />
      </Form.Item>
      <Form.Item name={[at, 'found', 'kind']} label="Loại hình">
        <Input maxLength={100} placeholder="khu vực nhà nước, doanh nghiệp…" />
      </Form.Item>
    </div>
  );
}
