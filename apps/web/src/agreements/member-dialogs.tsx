import { Form, Input } from 'antd';
import { FileField } from '../awards/FileField.js';
import { DayPicker } from '../common/DayPicker.js';
import { FormDialog } from '../common/FormDialog.js';
import { http } from '../http.js';
import { today } from '../words/format.js';
import { useAgreementSaving } from './agreements.api.js';
import type { Agreement, Member } from './agreements.contract.js';

interface Props {
  agreement: Agreement;
  member: Member;
  onClose: () => void;
}

interface Confirmed {
  signerName: string;
  signerPost?: string | null;
  day: string;
  fileId?: number | null;
  source?: string | null;
  reason?: string | null;
}

/** That the member's leader has signed on paper: the scan proves it; what is clicked here is no signature. */
export function ConfirmDialog({ agreement, member, onClose }: Props) {
  const keep = useAgreementSaving();
  const { unit, confirmation } = member;
  const save = (values: Confirmed) =>
    keep(
      http.post(`/agreements/${agreement.id}/confirmations`, {
        ...values,
        unit: unit?.code,
        text: agreement.textNumber,
      }),
    );
  return (
    <FormDialog<Confirmed>
      title={`Xác nhận ${unit?.name ?? 'đơn vị'} đã ký`}
      okText="Xác nhận"
      initial={
        confirmation
          ? {
              signerName: confirmation.signerName,
              signerPost: confirmation.signerPost,
              day: confirmation.day,
              fileId: confirmation.fileId,
              source: confirmation.source,
            }
          : agreement.signBy
            ? { day: agreement.signBy < today() ? agreement.signBy : today() }
            : {}
      }
      fields={[['signerName'], ['signerPost'], ['day'], ['fileId'], ['source'], ['reason']]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <p className="hint">
        Đây là xác nhận, không phải chữ ký: đính kèm bản đã ký (PDF hoặc ảnh). Cấp trên nhập thay mà chưa có bản ký thì
        ghi nguồn; giao ước chưa có hiệu lực cho đến khi kèm đủ bản ký.
      </p>
      <div className="dialog-grid">
        <Form.Item name="signerName" label="Người ký" rules={[{ required: true, message: 'Mời ghi người ký.' }]}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="signerPost" label="Chức vụ">
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="day" label="Ngày ký" rules={[{ required: true, message: 'Mời ghi ngày ký.' }]}>
          <DayPicker />
        </Form.Item>
      </div>
      <Form.Item name="fileId" label="Bản ký">
        <FileField classification="INTERNAL" only="scan" />
      </Form.Item>
      <Form.Item name="source" label="Nguồn (khi nhập thay, chưa có bản ký)">
        <Input maxLength={300} />
      </Form.Item>
      {confirmation && (
        <Form.Item name="reason" label="Lý do sửa" rules={[{ required: true, message: 'Mời ghi lý do sửa.' }]}>
          <Input maxLength={500} />
        </Form.Item>
      )}
    </FormDialog>
  );
}

/** Says why the agreement does not wait for this member, or for its scan. */
export function ExcuseDialog({ agreement, member, onClose }: Props) {
  const keep = useAgreementSaving();
  const save = (values: { reason: string }) =>
    keep(http.post(`/agreements/${agreement.id}/excuses`, { ...values, unit: member.unit?.code }));
  return (
    <FormDialog<{ reason: string }>
      title={`Không chờ ${member.unit?.name ?? 'đơn vị này'}`}
      okText="Lưu"
      fields={[['reason'], ['unit']]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <p className="hint">
        Giao ước sẽ không chờ {member.confirmation ? 'bản ký' : 'xác nhận ký'} của đơn vị này; lý do được ghi lại.
      </p>
      <Form.Item name="reason" label="Lý do" rules={[{ required: true, min: 2, message: 'Mời ghi lý do.' }]}>
        <Input.TextArea maxLength={500} rows={2} />
      </Form.Item>
    </FormDialog>
  );
}
