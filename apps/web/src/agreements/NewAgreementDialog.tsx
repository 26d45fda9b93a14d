import { Form, Input, InputNumber, Select } from 'antd';
import { useNavigate } from 'react-router';
import { FileField } from '../awards/FileField.js';
import type { Bloc } from '../blocs/blocs.contract.js';
import { DayPicker } from '../common/DayPicker.js';
import { FormDialog } from '../common/FormDialog.js';
import { http } from '../http.js';
import { UnitPicker } from '../units/UnitPicker.js';
import { today } from '../words/format.js';
import { options } from '../words/labels.js';
import { AGREEMENT_KIND_NAMES, useAgreementSaving } from './agreements.api.js';
import type { Agreement, CreateAgreementInput } from './agreements.contract.js';

const FIELDS = [
  'kind',
  'unit',
  'counterpart',
  'year',
  'title',
  'body',
  'fileId',
  'opinionsDue',
  'signBy',
  'termFrom',
  'source',
].map((name) => [name]);

/** A first draft: of a bloc, or, without one, of a unit with the head of its agency. */
export function NewAgreementDialog({ bloc, onClose }: { bloc: Bloc | null; onClose: () => void }) {
  const go = useNavigate();
  const keep = useAgreementSaving();
  const save = async (values: CreateAgreementInput) => {
    const input = bloc ? { ...values, bloc: bloc.id } : values;
    const { id } = await keep(http.post<Agreement>('/agreements', input));
    void go(`/giao-uoc/${id}`);
  };
  return (
    <FormDialog<CreateAgreementInput>
      title={bloc ? `Soạn văn bản của ${bloc.name}` : 'Soạn giao ước của đơn vị với người đứng đầu cơ quan'}
      okText="Tạo dự thảo"
      width={820}
      initial={{ kind: 'AGREEMENT', ...(bloc ? {} : { year: Number(today().slice(0, 4)) }) }}
      fields={FIELDS}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <div className="dialog-grid">
        <Form.Item name="kind" label="Loại văn bản" rules={[{ required: true }]}>
          <Select options={options(AGREEMENT_KIND_NAMES)} />
        </Form.Item>
        {!bloc && (
          <>
            <Form.Item name="unit" label="Đơn vị" rules={[{ required: true, message: 'Mời chọn đơn vị.' }]}>
              <UnitPicker />
            </Form.Item>
            <Form.Item
              name="counterpart"
              label="Ký với"
              rules={[{ required: true, message: 'Mời ghi người ký cùng.' }]}
            >
              <Input maxLength={300} placeholder="Thủ trưởng cơ quan, người sử dụng lao động" />
            </Form.Item>
            <Form.Item name="year" label="Năm" rules={[{ required: true, message: 'Mời ghi năm.' }]}>
              <InputNumber min={1990} max={2100} precision={0} />
            </Form.Item>
          </>
        )}
      </div>
      <TextFields />
      <div className="dialog-grid">
        <Form.Item name="opinionsDue" label="Hạn góp ý">
          <DayPicker />
        </Form.Item>
        <Form.Item name="signBy" label="Ngày ký (hạn xác nhận ký)">
          <DayPicker />
        </Form.Item>
      </div>
    </FormDialog>
  );
}

/** Title, text and file of one version. */
export function TextFields() {
  return (
    <>
      <Form.Item name="title" label="Tên văn bản" rules={[{ required: true, message: 'Mời ghi tên văn bản.' }]}>
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item name="body" label="Nội dung" rules={[{ required: true, message: 'Mời ghi nội dung.' }]}>
        <Input.TextArea maxLength={60000} autoSize={{ minRows: 5, maxRows: 14 }} />
      </Form.Item>
      <Form.Item name="fileId" label="Tệp toàn văn (nếu có)">
        <FileField classification="INTERNAL" />
      </Form.Item>
    </>
  );
}
