import { Card, Checkbox, Form, Input, Select, type FormInstance } from 'antd';
import type { AwardKind } from '../contract.js';
import { DayPicker } from '../common/DayPicker.js';
import { foldedSearch } from '../common/pick.js';
import { UnitPicker } from '../units/UnitPicker.js';
import { useUnit } from '../units/units.api.js';
import { CERTAINTY_NAMES, CLASSIFICATION_NAMES, KIND_NAMES, POSITION_BANDS, options } from '../words/labels.js';
import { BodyChooser } from './BodyChooser.js';
import { CountFields } from './CountFields.js';
import { FileField } from './FileField.js';
import { Givers } from './Givers.js';
import { LineTable } from './LineTable.js';
import type { LineDraft, LineErrors } from './lines.js';
import { PartOfPicker } from './PartOfPicker.js';
import { hasForm, type RecordForm } from './record.js';
import { useForms, useTypes } from './rulebook.api.js';
import { WhenField } from './WhenField.js';

interface Props {
  form: FormInstance<RecordForm>;
  lines: LineDraft[];
  lineErrors: LineErrors;
  onLines: (lines: LineDraft[]) => void;
}

/** In the order an officer reads the paper: the paper, what, who decided, who received, how many, the list. */
export function RecordFields({ form, lines, lineErrors, onLines }: Props) {
  const kind: AwardKind = Form.useWatch('kind', form) ?? 'AWARD';
  return (
    <div className="record">
      <PaperCard form={form} />
      <WhatCard form={form} kind={kind} />
      <WhoCard form={form} />
      <Card title="Số lượng văn bản nêu" size="small">
        <CountFields within="stated" kind={kind} />
        <p className="hint">
          Văn bản nêu thế nào ghi thế ấy; để trống ô văn bản không nêu (khác với số 0).{' '}
          {kind === 'PRIZE'
            ? 'Chỉ biết tổng số giải thì ghi vào ô “Số giải”.'
            : 'Chưa rõ bao nhiêu tập thể, bao nhiêu cá nhân thì ghi vào ô “Chưa tách”.'}
        </p>
        <Form.Item name="partOf" label="Nằm trong số đã nêu ở một lần ghi khác">
          <PartOfPicker kind={kind} />
        </Form.Item>
        <Form.Item name="enteredFor" valuePropName="checked" className="tight">
          <Checkbox>Nhập thay cho đơn vị cấp dưới</Checkbox>
        </Form.Item>
      </Card>
      <Card title="Danh sách được khen (nếu có)" size="small" className="record-wide">
        <LineTable lines={lines} errors={lineErrors} onChange={onLines} />
        <Form.Item name="autoNumber" valuePropName="checked" className="tight gap-above">
          <Checkbox>Cấp số sổ vàng tiếp theo cho dòng chưa có số</Checkbox>
        </Form.Item>
      </Card>
    </div>
  );
}

function PaperCard({ form }: { form: FormInstance<RecordForm> }) {
  const classification = Form.useWatch('classification', form) ?? 'INTERNAL';
  /** A decision's own day is its day, until the officer says otherwise. */
  const followDate = (day: string | null) => {
    const when = form.getFieldValue('when');
    if (day && when?.mode === 'day' && when.basis === 'DECISION')
      form.setFieldValue('when', { ...when, from: day, to: day });
  };
  return (
    <Card title="Văn bản" size="small">
      <div className="fields-3">
        <Form.Item name={['decision', 'number']} label="Số quyết định">
          <Input maxLength={30} placeholder="123" />
        </Form.Item>
        <Form.Item name={['decision', 'symbol']} label="Ký hiệu">
          <Input maxLength={60} placeholder="QĐ-LĐLĐ" />
        </Form.Item>
        <Form.Item name={['decision', 'date']} label="Ngày quyết định">
          <DayPicker className="wide" onChange={followDate} />
        </Form.Item>
      </div>
      <Form.Item
        name="when"
        label="Thời gian được khen"
        required
        rules={[
          {
            validator: (_, when) =>
              when?.from && when?.to ? Promise.resolve() : Promise.reject(new Error('Mời chọn thời gian.')),
          },
        ]}
      >
        <WhenField />
      </Form.Item>
      <Form.Item name="fileId" label="Tệp quyết định (bản quét hoặc bản ký số)">
        <FileField classification={classification} />
      </Form.Item>
      <div className="fields-2">
        <Form.Item name="source" label="Nguồn khác (tin, báo cáo)">
          <Input maxLength={300} placeholder="bài báo, báo cáo…" />
        </Form.Item>
        <Form.Item name="classification" label="Mức phổ biến">
          <Select options={options(CLASSIFICATION_NAMES)} />
        </Form.Item>
      </div>
    </Card>
  );
}

function WhatCard({ form, kind }: { form: FormInstance<RecordForm>; kind: AwardKind }) {
  const when = Form.useWatch('when', form);
  const chosen = Form.useWatch('form', form);
  const forms = useForms(when?.from ?? null);
  const types = useTypes(when?.from ?? null);
  const offered = [
    ...(forms.data ?? []).filter((row) => row.kind === kind && row.code !== 'UNKNOWN'),
    ...(forms.data ?? []).filter((row) => row.code === 'UNKNOWN'),
  ];
  const unchecked = offered.find((row) => row.code === chosen && !row.verified && row.code !== 'UNKNOWN');
  return (
    <Card title="Nội dung khen" size="small">
      <div className="fields-2">
        <Form.Item name="kind" label="Loại">
          <Select
            options={options(KIND_NAMES)}
            onChange={() => form.setFieldsValue({ form: null, formCertainty: 'STATED' })}
          />
        </Form.Item>
        {hasForm(kind) && (
          <Form.Item
            name="form"
            label="Hình thức"
            rules={[{ required: true, message: 'Mời chọn hình thức, hoặc “Chưa rõ hình thức”.' }]}
            extra={unchecked && 'Quy định của hình thức này chưa kiểm chứng.'}
          >
            <Select
              showSearch={foldedSearch}
              loading={forms.isPending}
              placeholder="Hình thức có hiệu lực vào ngày được khen"
              options={offered.map(({ code, name }) => ({
                value: code,
                label: code === 'UNKNOWN' ? 'Chưa rõ hình thức' : name,
              }))}
              onChange={(code) => form.setFieldValue('formCertainty', code === 'UNKNOWN' ? 'UNKNOWN' : 'STATED')}
            />
          </Form.Item>
        )}
        {hasForm(kind) && chosen !== 'UNKNOWN' && (
          <Form.Item name="formCertainty" label="Căn cứ hình thức">
            <Select options={options({ STATED: CERTAINTY_NAMES.STATED, INFERRED: CERTAINTY_NAMES.INFERRED })} />
          </Form.Item>
        )}
        {hasForm(kind) && (
          <Form.Item name="type" label="Loại hình khen thưởng">
            <Select
              allowClear
              loading={types.isPending}
              placeholder="văn bản không nêu"
              options={(types.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
            />
          </Form.Item>
        )}
        {kind === 'PRIZE' && (
          <>
            <Form.Item name="contests" label="Cuộc thi, hội thi">
              <Select mode="tags" open={false} suffixIcon={null} placeholder="Gõ tên rồi Enter; có thể nhiều cuộc" />
            </Form.Item>
            <Form.Item name="tier" label="Hạng giải">
              <Input maxLength={60} placeholder="Nhất, A, khuyến khích…" />
            </Form.Item>
          </>
        )}
      </div>
      <Form.Item name="campaign" label="Phong trào, chuyên đề">
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item name="reason" label="Thành tích, lý do khen">
        <Input.TextArea maxLength={300} autoSize={{ minRows: 1, maxRows: 4 }} />
      </Form.Item>
      <Form.Item name="positionBand" label="Nhóm đối tượng">
        <Select allowClear placeholder="không nêu" options={options(POSITION_BANDS)} />
      </Form.Item>
    </Card>
  );
}

function WhoCard({ form }: { form: FormInstance<RecordForm> }) {
  const unit = Form.useWatch('unit', form);
  const above = useUnit(unit).data?.path.slice(0, -1) ?? [];
  return (
    <Card title="Cơ quan và đơn vị" size="small">
      <Givers above={above} />
      <div className="fields-2">
        <Form.Item name="unit" label="Đơn vị được khen" rules={[{ required: true, message: 'Mời chọn đơn vị.' }]}>
          <UnitPicker />
        </Form.Item>
        <Form.Item name="proposing" label="Đơn vị đề nghị">
          <UnitPicker allowClear placeholder="không nêu" />
        </Form.Item>
      </div>
      <Form.Item name="presenting" label="Cơ quan trao tặng (khi khác cơ quan quyết định)">
        <BodyChooser withLevel={false} above={above} aria-label="Cơ quan trao tặng" />
      </Form.Item>
    </Card>
  );
}
