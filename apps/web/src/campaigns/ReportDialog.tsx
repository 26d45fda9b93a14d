import { Form, Input, InputNumber, Select } from 'antd';
import type { Qualified } from '@lib/kernel';
import type { Day, Id } from '../contract.js';
import { DayPicker } from '../common/DayPicker.js';
import { FormDialog } from '../common/FormDialog.js';
import { FileField } from '../awards/FileField.js';
import { http } from '../http.js';
import { useSession } from '../session/session.js';
import { UnitPicker } from '../units/UnitPicker.js';
import { today } from '../words/format.js';
import { options, QUALIFIER_NAMES } from '../words/labels.js';
import { useSaving } from './campaigns.api.js';
import type { Campaign, ReportDeploymentInput, ReportedStatus } from './campaigns.contract.js';
import { countOf, STATUS_NAMES } from './words.js';

interface Values {
  unit: string;
  status: ReportedStatus;
  since: Day;
  plan?: string;
  target?: string;
  participants?: Partial<Qualified>;
  fileId?: Id | null;
  source?: string;
}

const STATUSES = (['DEPLOYED', 'PLANNED', 'NOT_STARTED'] as const).map((value) => ({
  value,
  label: STATUS_NAMES[value],
}));

/** A unit says how far it is; an upper officer may say it for the unit, which is marked. */
export function ReportDialog({
  campaign,
  unit,
  onClose,
}: {
  campaign: Campaign;
  unit: string | null;
  onClose: () => void;
}) {
  const { account } = useSession();
  const saving = useSaving();
  const own = campaign.mine ? undefined : account.grants[0]?.unit.code;
  const first = unit ?? own;
  const save = ({ participants, ...values }: Values) => {
    const input: ReportDeploymentInput = {
      ...values,
      plan: values.plan?.trim() || null,
      target: values.target?.trim() || null,
      source: values.source?.trim() || null,
      fileId: values.fileId ?? null,
      participants: countOf(participants),
    };
    return saving.mutateAsync(() => http.post(`/campaigns/${campaign.id}/deployments`, input));
  };
  return (
    <FormDialog<Values>
      title="Báo cáo triển khai"
      okText="Gửi báo cáo"
      width={680}
      initial={{
        status: 'DEPLOYED',
        since: today(),
        participants: { qualifier: 'EXACT' },
        ...(first ? { unit: first } : {}),
      }}
      fields={[
        ['unit'],
        ['status'],
        ['since'],
        ['plan'],
        ['target'],
        ['participants', 'value'],
        ['fileId'],
        ['source'],
      ]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <p className="hint">Lần báo cáo mới không xoá các lần trước. Cấp trên nhập thay được ghi rõ.</p>
      <Form.Item name="unit" label="Đơn vị" rules={[{ required: true, message: 'Mời chọn đơn vị.' }]}>
        <UnitPicker className="wide" />
      </Form.Item>
      <div className="fields-2">
        <Form.Item name="status" label="Tình trạng">
          <Select options={STATUSES} />
        </Form.Item>
        <Form.Item name="since" label="Từ ngày" rules={[{ required: true, message: 'Mời chọn ngày.' }]}>
          <DayPicker className="wide" />
        </Form.Item>
      </div>
      <Form.Item name="plan" label="Kế hoạch của đơn vị">
        <Input.TextArea rows={2} maxLength={4000} />
      </Form.Item>
      <Form.Item name="target" label="Chỉ tiêu của đơn vị">
        <Input maxLength={2000} />
      </Form.Item>
      <div className="fields-2">
        <Form.Item name={['participants', 'qualifier']} label="Số người tham gia">
          <Select options={options(QUALIFIER_NAMES)} aria-label="Mức chính xác" />
        </Form.Item>
        <Form.Item name={['participants', 'value']} label=" " colon={false}>
          <InputNumber
            min={0}
            precision={0}
            className="wide"
            placeholder="để trống nếu chưa có số"
            aria-label="Số người"
          />
        </Form.Item>
      </div>
      <div className="fields-2">
        <Form.Item name="fileId" label="Minh chứng">
          <FileField classification="INTERNAL" />
        </Form.Item>
        <Form.Item name="source" label="Nguồn">
          <Input maxLength={300} />
        </Form.Item>
      </div>
    </FormDialog>
  );
}
