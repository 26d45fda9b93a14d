import { App, Form, Input } from 'antd';
import { DayPicker } from '../common/DayPicker.js';
import { FormDialog } from '../common/FormDialog.js';
import type { Id } from '../contract.js';
import { http } from '../http.js';
import { useAgreementSaving } from './agreements.api.js';
import type { Agreement, CarriedOver, OpenStep } from './agreements.contract.js';
import { TextFields } from './NewAgreementDialog.js';

interface Props {
  agreement: Agreement;
  onClose: () => void;
}

const CONSEQUENCES: Partial<Record<OpenStep['step'], string>> = {
  open_discussion: 'Các đơn vị thành viên được mời góp ý cho bản hiện tại.',
  revise: 'Văn bản trở lại dự thảo để soạn bản mới; các ý kiến đã góp vẫn giữ.',
  adopt: 'Văn bản và các cam kết không sửa được nữa.',
  start_signing: 'Mỗi đơn vị thành viên được yêu cầu xác nhận ký kèm bản ký.',
  put_in_force: 'Các đơn vị bắt đầu thực hiện cam kết.',
  carry_out: 'Chương trình được đưa vào thực hiện.',
};

/** Takes one step of the table, with its reason. */
export function StepDialog({ agreement, step, onClose }: Props & { step: OpenStep }) {
  const keep = useAgreementSaving();
  const save = ({ reason }: { reason?: string }) =>
    keep(http.post(`/agreements/${agreement.id}/steps`, { step: step.step, reason: reason || null }));
  return (
    <FormDialog<{ reason?: string }>
      title={step.name}
      okText={step.name}
      danger={step.step === 'cancel'}
      fields={[['reason']]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      {CONSEQUENCES[step.step] && <p className="hint">{CONSEQUENCES[step.step]}</p>}
      <Form.Item
        name="reason"
        label={step.needsReason ? 'Lý do' : 'Ghi chú (nếu có)'}
        rules={step.needsReason ? [{ required: true, min: 2, message: 'Mời ghi lý do.' }] : []}
      >
        <Input.TextArea maxLength={500} rows={2} />
      </Form.Item>
    </FormDialog>
  );
}

interface TextValues {
  title: string;
  body: string;
  fileId?: Id | null;
}

/** A new version of the text, begun from the latest. */
export function TextDialog({ agreement, onClose }: Props) {
  const keep = useAgreementSaving();
  const latest = agreement.texts.find(({ number }) => number === agreement.textNumber);
  const save = (values: TextValues) =>
    keep(http.post(`/agreements/${agreement.id}/texts`, { ...values, version: agreement.version }));
  return (
    <FormDialog<TextValues>
      title={`Soạn bản ${agreement.textNumber + 1}`}
      okText="Lưu bản mới"
      width={820}
      initial={latest ? { title: latest.title, body: latest.body } : {}}
      fields={[['title'], ['body'], ['fileId']]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <TextFields />
    </FormDialog>
  );
}

interface DateValues {
  opinionsDue?: string | null;
  signBy?: string | null;
  note?: string | null;
}

export function DatesDialog({ agreement, onClose }: Props) {
  const keep = useAgreementSaving();
  const save = (values: DateValues) =>
    keep(
      http.put(`/agreements/${agreement.id}`, {
        opinionsDue: values.opinionsDue ?? null,
        signBy: values.signBy ?? null,
        note: values.note ?? null,
        version: agreement.version,
      }),
    );
  const { opinionsDue, signBy, note } = agreement;
  return (
    <FormDialog<DateValues>
      title="Đặt hạn"
      okText="Lưu"
      initial={{ opinionsDue, signBy, note }}
      fields={[['opinionsDue'], ['signBy'], ['note']]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="opinionsDue" label="Hạn góp ý">
        <DayPicker />
      </Form.Item>
      {agreement.kind === 'AGREEMENT' && (
        <Form.Item name="signBy" label="Ngày ký: xác nhận sau ngày này là muộn">
          <DayPicker />
        </Form.Item>
      )}
      <Form.Item name="note" label="Ghi chú">
        <Input.TextArea maxLength={2000} rows={2} />
      </Form.Item>
    </FormDialog>
  );
}

/** What is still running goes on in a draft of the next year. */
export function CarryDialog({ agreement, onCarried, onClose }: Props & { onCarried: (id: Id) => void }) {
  const { message } = App.useApp();
  const next = agreement.year + 1;
  const save = async (values: TextValues) => {
    const { title, body } = values;
    const { id, warnings } = await http.post<CarriedOver>(`/agreements/${agreement.id}/carry-over`, { title, body });
    for (const warning of warnings) void message.warning(warning.message);
    onCarried(id);
  };
  return (
    <FormDialog<TextValues>
      title={`Chuyển cam kết đang thực hiện sang năm ${next}`}
      okText="Tạo dự thảo"
      width={820}
      initial={{
        title: agreement.title.replace(String(agreement.year), String(next)),
        body: `Tiếp tục các cam kết chưa hoàn thành của năm ${agreement.year}.`,
      }}
      fields={[['title'], ['body']]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="title" label="Tên văn bản" rules={[{ required: true, message: 'Mời ghi tên văn bản.' }]}>
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item name="body" label="Nội dung" rules={[{ required: true, message: 'Mời ghi nội dung.' }]}>
        <Input.TextArea maxLength={60000} autoSize={{ minRows: 4, maxRows: 12 }} />
      </Form.Item>
    </FormDialog>
  );
}
