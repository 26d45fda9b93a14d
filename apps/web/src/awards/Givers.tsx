import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Form } from 'antd';
import type { UnitRef } from '../contract.js';
import { BodyChooser, choiceOf, type BodyDraft } from './BodyChooser.js';

/** Who decided, one body or several together, and whether that is known or guessed. */
export function Givers({ above }: { above: readonly UnitRef[] }) {
  return (
    <>
      <Form.List name="conferring">
        {(fields, { add, remove }) => (
          <fieldset className="bare">
            <legend>Cơ quan quyết định khen</legend>
            {fields.map(({ key, name }, index) => (
              <div key={key} className="row-with-button">
                <Form.Item name={name} className="grow" rules={[{ validator: requireBody }]}>
                  <BodyChooser
                    above={above}
                    aria-label={index ? `Cơ quan cùng quyết định ${index}` : 'Cơ quan quyết định'}
                  />
                </Form.Item>
                {fields.length > 1 && (
                  <Button
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label="Bỏ cơ quan này"
                    onClick={() => remove(name)}
                  />
                )}
              </div>
            ))}
            <Button size="small" icon={<PlusOutlined />} onClick={() => add({ mode: 'unit' })}>
              Cơ quan cùng quyết định
            </Button>
          </fieldset>
        )}
      </Form.List>
      <Form.Item name="conferringVerified" valuePropName="checked" className="tight">
        <Checkbox>Đã rõ cơ quan quyết định (bỏ chọn nếu chỉ suy đoán)</Checkbox>
      </Form.Item>
    </>
  );
}

const requireBody = (_: unknown, body: BodyDraft | undefined) =>
  choiceOf(body) ? Promise.resolve() : Promise.reject(new Error('Mời chọn cơ quan quyết định.'));
