import { Form, Input, InputNumber, Select } from 'antd';
import { FileField } from '../awards/FileField.js';
import { DayPicker } from '../common/DayPicker.js';
import { FormDialog } from '../common/FormDialog.js';
import { http } from '../http.js';
import { today } from '../words/format.js';
import { options } from '../words/labels.js';
import { ADDRESSEE_NAMES, CATEGORY_NAMES, OUTCOME_NAMES, useAgreementSaving } from './agreements.api.js';
import type { Agreement, Commitment, CommitmentInput, CommitmentOutcome } from './agreements.contract.js';
import { reportersOf } from './members.js';

interface Props<Line> {
  agreement: Agreement;
  line: Line;
  onClose: () => void;
}

type LineValues = Omit<CommitmentInput, 'version'>;
const LINE_FIELDS = ['owner', 'category', 'content', 'measure', 'target', 'targetValue', 'deadline', 'addressees'];

/** One line of the draft: who promises what by when. */
export function CommitmentDialog({ agreement, line, onClose }: Props<Commitment | null>) {
  const keep = useAgreementSaving();
  const path = `/agreements/${agreement.id}/commitments`;
  const save = (values: LineValues) => {
    const { indicator = null, campaign = null } = line ?? {};
    const input = { indicator, campaign, ...values, version: agreement.version };
    return keep(line ? http.put(`${path}/${line.id}`, input) : http.post(path, input));
  };
  const units = agreement.memberUnits.flatMap(({ unit }) => (unit ? [{ value: unit.code, label: unit.name }] : []));
  return (
    <FormDialog<LineValues>
      title={line ? 'Sửa cam kết' : 'Thêm cam kết'}
      okText="Lưu"
      width={760}
      initial={line ? initialOf(line) : { category: 'CARE', addressees: ['PARTY_COMMITTEE', 'LEADERS', 'MEMBERS'] }}
      fields={LINE_FIELDS.map((name) => [name])}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="content" label="Nội dung cam kết" rules={[{ required: true, message: 'Mời ghi nội dung.' }]}>
        <Input.TextArea maxLength={2000} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
      <div className="dialog-grid">
        <Form.Item name="category" label="Thuộc nội dung">
          <Select options={options(CATEGORY_NAMES)} />
        </Form.Item>
        <Form.Item name="owner" label="Đơn vị thực hiện">
          <Select allowClear placeholder="Mọi đơn vị thành viên" options={units} />
        </Form.Item>
        <Form.Item name="deadline" label="Hạn">
          <DayPicker />
        </Form.Item>
        <Form.Item name="target" label="Chỉ tiêu (bằng lời)">
          <Input maxLength={500} />
        </Form.Item>
        <Form.Item name="targetValue" label="Chỉ tiêu (số)">
          <InputNumber min={0} precision={0} />
        </Form.Item>
        <Form.Item name="measure" label="Đơn vị tính">
          <Input maxLength={200} placeholder="lượt, căn, đoàn viên" />
        </Form.Item>
      </div>
      <Form.Item name="addressees" label="Cam kết với">
        <Select mode="multiple" options={options(ADDRESSEE_NAMES)} />
      </Form.Item>
    </FormDialog>
  );
}

function initialOf({ owner, category, content, measure, target, targetValue, deadline, addressees }: Commitment) {
  return {
    owner: owner?.code ?? null,
    category,
    content,
    measure,
    target,
    targetValue,
    deadline,
    addressees: [...addressees],
  };
}

interface ProgressValues {
  unit: string;
  day: string;
  body: string;
  value?: number | null;
  fileId?: number | null;
}

/** What was done up to a day, with evidence. */
export function ProgressDialog({ agreement, line, onClose }: Props<Commitment>) {
  const keep = useAgreementSaving();
  const save = (values: ProgressValues) =>
    keep(http.post(`/agreements/${agreement.id}/commitments/${line.id}/progress`, values));
  const units = reportersOf(agreement, line);
  return (
    <FormDialog<ProgressValues>
      title="Báo tiến độ thực hiện"
      okText="Lưu"
      initial={{ day: today(), ...(units.length === 1 && units[0] ? { unit: units[0].value } : {}) }}
      fields={[['unit'], ['day'], ['body'], ['value'], ['fileId']]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <p className="hint">{line.content}</p>
      <UnitAndDay units={units} />
      <Form.Item name="body" label="Đã làm được" rules={[{ required: true, message: 'Mời ghi việc đã làm.' }]}>
        <Input.TextArea maxLength={5000} rows={3} />
      </Form.Item>
      <Form.Item name="value" label={`Số đạt được tính đến ngày này${line.measure ? ` (${line.measure})` : ''}`}>
        <InputNumber min={0} precision={0} />
      </Form.Item>
      <Form.Item name="fileId" label="Minh chứng">
        <FileField classification="INTERNAL" />
      </Form.Item>
    </FormDialog>
  );
}

interface OutcomeValues {
  unit: string;
  outcome: CommitmentOutcome;
  day: string;
  reason?: string | null;
  fileId?: number | null;
}

/** How the commitment ended for a unit; a later entry corrects the earlier one. */
export function OutcomeDialog({ agreement, line, onClose }: Props<Commitment>) {
  const keep = useAgreementSaving();
  const save = (values: OutcomeValues) =>
    keep(http.post(`/agreements/${agreement.id}/commitments/${line.id}/outcomes`, values));
  const units = reportersOf(agreement, line);
  return (
    <FormDialog<OutcomeValues>
      title="Ghi kết quả thực hiện cam kết"
      okText="Lưu"
      initial={{ day: today(), outcome: 'KEPT', ...(units.length === 1 && units[0] ? { unit: units[0].value } : {}) }}
      fields={[['unit'], ['day'], ['outcome'], ['reason'], ['fileId']]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <p className="hint">{line.content}</p>
      <UnitAndDay units={units} />
      <Form.Item name="outcome" label="Kết quả">
        <Select options={options(OUTCOME_NAMES)} />
      </Form.Item>
      <Form.Item name="reason" label="Lý do (bắt buộc khi không thực hiện được, hoặc sửa kết quả đã ghi)">
        <Input.TextArea maxLength={1000} rows={2} />
      </Form.Item>
      <Form.Item name="fileId" label="Minh chứng">
        <FileField classification="INTERNAL" />
      </Form.Item>
    </FormDialog>
  );
}

function UnitAndDay({ units }: { units: { value: string; label: string }[] }) {
  return (
    <div className="dialog-grid">
      <Form.Item name="unit" label="Đơn vị" rules={[{ required: true, message: 'Mời chọn đơn vị.' }]}>
        <Select options={units} />
      </Form.Item>
      <Form.Item name="day" label="Ngày" rules={[{ required: true, message: 'Mời ghi ngày.' }]}>
        <DayPicker />
      </Form.Item>
    </div>
  );
}
