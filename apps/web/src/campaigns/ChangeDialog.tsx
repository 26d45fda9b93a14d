import { Form, Input } from 'antd';
import { FormDialog } from '../common/FormDialog.js';
import { http } from '../http.js';
import { CampaignFields, FACT_FIELDS, factsOf, type CampaignForm } from './CampaignFields.js';
import { useSaving } from './campaigns.api.js';
import type { Campaign } from './campaigns.contract.js';

type Values = CampaignForm & { reason?: string };

/** Completes a draft; once launched, it puts right what was written, with the reason. */
export function ChangeDialog({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const saving = useSaving();
  const isDraft = campaign.state === 'DRAFT';
  const save = ({ reason, ...facts }: Values) =>
    saving.mutateAsync(() =>
      http.post(`/campaigns/${campaign.id}/changes`, {
        version: campaign.version,
        reason: reason ?? null,
        changes: changed(factsOf(facts), campaign),
      }),
    );
  return (
    <FormDialog<Values>
      title={isDraft ? 'Sửa dự thảo' : 'Đính chính'}
      okText="Lưu"
      width={860}
      initial={{ ...campaign, aliases: [...campaign.aliases] }}
      fields={[...FACT_FIELDS, ['reason']]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      {!isDraft && (
        <Form.Item
          name="reason"
          label="Lý do đính chính"
          rules={[{ required: true, min: 3, message: 'Mời ghi lý do.' }]}
        >
          <Input maxLength={500} />
        </Form.Item>
      )}
      <CampaignFields />
    </FormDialog>
  );
}

/** Only what differs is sent: a correction's history names what was corrected. */
function changed(facts: CampaignForm, was: Campaign): Partial<CampaignForm> {
  return Object.fromEntries(
    Object.entries(facts).filter(
      ([field, value]) => JSON.stringify(value) !== JSON.stringify(was[field as keyof CampaignForm]),
    ),
  );
}
