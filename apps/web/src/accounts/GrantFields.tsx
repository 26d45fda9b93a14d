import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { ROLE_NAMES } from '@lib/kernel';
import { Button, Form, Select } from 'antd';
import type { UnitRef } from '../contract.js';
import { DayPicker } from '../common/DayPicker.js';
import { foldedSearch } from '../common/pick.js';
import type { Path } from '../common/form-errors.js';
import { options } from '../words/labels.js';
import { GrantUnitPicker } from './GrantUnitPicker.js';

const MOST = 50;
const FIELDS = ['role', 'unit', 'validFrom', 'validTo'];

/** Every place of the list where a refusal can point. */
export const grantPaths: Path[] = [
  ['grants'],
  ...Array.from({ length: MOST }, (_, index) => FIELDS.map((field): Path => ['grants', index, field])).flat(),
];

/** Roles on units, each with the days on which it holds. */
export function GrantFields({ known }: { known: readonly UnitRef[] }) {
  return (
    <Form.List name="grants">
      {(rows, { add, remove }) => (
        <>
          {rows.map(({ key, name }) => (
            <fieldset key={key} className="grant-row">
              <legend className="soft">Vai trò {name + 1}</legend>
              <Form.Item
                className="tight"
                name={[name, 'role']}
                label="Vai trò"
                rules={[{ required: true, message: 'Mời chọn vai trò.' }]}
              >
                <Select options={options(ROLE_NAMES)} showSearch={foldedSearch} placeholder="Chọn vai trò" />
              </Form.Item>
              <Form.Item
                className="tight"
                name={[name, 'unit']}
                label="Ở đơn vị (và các đơn vị dưới)"
                rules={[{ required: true, message: 'Mời chọn đơn vị.' }]}
              >
                <GrantUnitPicker known={known} />
              </Form.Item>
              <Form.Item className="tight" name={[name, 'validFrom']} label="Từ ngày">
                <DayPicker className="wide" placeholder="hôm nay" />
              </Form.Item>
              <Form.Item className="tight" name={[name, 'validTo']} label="Thôi từ ngày">
                <DayPicker className="wide" placeholder="chưa định" />
              </Form.Item>
              <Button
                className="grant-remove"
                type="text"
                danger
                icon={<DeleteOutlined />}
                aria-label={`Bỏ vai trò ${name + 1}`}
                onClick={() => remove(name)}
              />
            </fieldset>
          ))}
          {rows.length < MOST && (
            <Button icon={<PlusOutlined />} onClick={() => add({})}>
              Thêm vai trò
            </Button>
          )}
        </>
      )}
    </Form.List>
  );
}
