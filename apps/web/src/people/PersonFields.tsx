import { Checkbox, Col, Form, Input, InputNumber, Row, Select } from 'antd';
import { DayPicker } from '../common/DayPicker.js';
import { GENDER_NAMES } from './words.js';

export const PERSON_FIELDS = [
  'name',
  'birthYear',
  'gender',
  'memberCard',
  'serviceNumber',
  'admittedOn',
  'classification',
].map((field) => [field]);

/** What tells a person apart; only the name must be known. */
export function PersonFields() {
  return (
    <>
      <Row gutter={16}>
        <Col span={14}>
          <Form.Item name="name" label="Họ và tên" rules={[{ required: true, message: 'Mời ghi họ tên.' }]}>
            <Input maxLength={200} autoFocus />
          </Form.Item>
        </Col>
        <Col span={5}>
          <Form.Item name="birthYear" label="Năm sinh">
            <InputNumber min={1900} max={2100} controls={false} className="wide" />
          </Form.Item>
        </Col>
        <Col span={5}>
          <Form.Item name="gender" label="Giới tính">
            <Select
              allowClear
              options={Object.entries(GENDER_NAMES).map(([value, label]) => ({ value, label }))}
              placeholder="—"
            />
          </Form.Item>
        </Col>
      </Row>
      <Row gutter={16}>
        <Col span={8}>
          <Form.Item name="memberCard" label="Mã đoàn viên">
            <Input maxLength={50} />
          </Form.Item>
        </Col>
        <Col span={8}>
          <Form.Item name="serviceNumber" label="Số hiệu">
            <Input maxLength={50} />
          </Form.Item>
        </Col>
        <Col span={8}>
          <Form.Item name="admittedOn" label="Ngày kết nạp">
            <DayPicker className="wide" />
          </Form.Item>
        </Col>
      </Row>
      <Form.Item
        name="classification"
        valuePropName="checked"
        getValueFromEvent={({ target }: { target: { checked: boolean } }) =>
          target.checked ? 'RESTRICTED' : 'INTERNAL'
        }
        getValueProps={(value) => ({ checked: value === 'RESTRICTED' })}
      >
        <Checkbox>Hồ sơ hạn chế: chỉ người được giao quyền mới thấy</Checkbox>
      </Form.Item>
      <p className="hint">Không ghi số căn cước công dân vào đây.</p>
    </>
  );
}
