import { Form, Input } from 'antd';
import type { Day, Id } from '../contract.js';
import { DayPicker } from '../common/DayPicker.js';
import { FormDialog } from '../common/FormDialog.js';
import { FileField } from '../awards/FileField.js';
import { http } from '../http.js';
import { today } from '../words/format.js';
import { useSaving } from './campaigns.api.js';
import type { Campaign, StepOffer } from './campaigns.contract.js';

interface Values {
  reason?: string;
  launchDay?: Day | null;
  deployBy?: Day | null;
  paper?: { number?: string; day?: Day | null; fileId?: Id | null };
}

/** Takes one step, with what that step asks for. */
export function StepDialog({
  campaign,
  offer,
  onClose,
}: {
  campaign: Campaign;
  offer: StepOffer;
  onClose: () => void;
}) {
  const saving = useSaving();
  const isLaunch = offer.step === 'launch';
  const save = ({ reason, launchDay, deployBy, paper }: Values) => {
    const launch = {
      launchDay: launchDay ?? null,
      deployBy: deployBy ?? null,
      paper: { number: paper?.number?.trim() || null, day: paper?.day ?? null, fileId: paper?.fileId ?? null },
    };
    return saving.mutateAsync(() =>
      http.post(`/campaigns/${campaign.id}/steps`, {
        step: offer.step,
        version: campaign.version,
        reason: reason ?? null,
        ...(isLaunch ? launch : {}),
      }),
    );
  };
  return (
    <FormDialog<Values>
      title={`${offer.name}: ${campaign.name}`}
      okText={offer.name}
      danger={offer.step === 'cancel'}
      initial={isLaunch ? { launchDay: campaign.launchDay ?? today(), deployBy: campaign.deployBy } : {}}
      fields={[['reason'], ['launchDay'], ['deployBy'], ['paper', 'number'], ['paper', 'day'], ['paper', 'fileId']]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      {isLaunch && (
        <>
          <p className="hint">Mỗi đơn vị trực thuộc sẽ nhận việc triển khai và báo cáo lại.</p>
          <div className="fields-2">
            <Form.Item name="launchDay" label="Ngày phát động" rules={[{ required: true, message: 'Mời chọn ngày.' }]}>
              <DayPicker className="wide" />
            </Form.Item>
            <Form.Item name="deployBy" label="Hạn triển khai">
              <DayPicker className="wide" />
            </Form.Item>
            <Form.Item name={['paper', 'number']} label="Số văn bản">
              <Input maxLength={60} />
            </Form.Item>
            <Form.Item name={['paper', 'day']} label="Ngày văn bản">
              <DayPicker className="wide" />
            </Form.Item>
          </div>
          <Form.Item name={['paper', 'fileId']} label="Tệp văn bản">
            <FileField classification="INTERNAL" />
          </Form.Item>
        </>
      )}
      <Form.Item
        name="reason"
        label={offer.needsReason ? 'Lý do' : 'Ghi chú (không bắt buộc)'}
        rules={offer.needsReason ? [{ required: true, message: 'Mời ghi lý do.' }] : []}
      >
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
