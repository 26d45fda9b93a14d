import { Form, Input, Segmented } from 'antd';
import { useState } from 'react';
import type { Day, Id } from '../contract.js';
import { DayPicker } from '../common/DayPicker.js';
import { FormDialog } from '../common/FormDialog.js';
import { FileField } from '../awards/FileField.js';
import { http } from '../http.js';
import { useSession } from '../session/session.js';
import { CampaignFields, EMPTY_FORM, FACT_FIELDS, factsOf, type CampaignForm } from './CampaignFields.js';
import { OwnerFields, ownerOf, type OwnerForm } from './OwnerFields.js';
import { useSaving } from './campaigns.api.js';
import type { Campaign, RegisterCampaignInput } from './campaigns.contract.js';

interface Values extends CampaignForm, OwnerForm {
  code?: string;
  launched?: { number?: string; day?: Day | null; fileId?: Id | null };
}

/** A draft for the leader, or what has already been launched on paper. */
export function RegisterDialog({ onSaved, onClose }: { onSaved: (id: Id) => void; onClose: () => void }) {
  const { account } = useSession();
  const [onPaper, setOnPaper] = useState(false);
  const saving = useSaving<Campaign>();
  const save = async ({ code, launched, ...facts }: Values) => {
    const paper = {
      number: launched?.number?.trim() || null,
      day: launched?.day ?? null,
      fileId: launched?.fileId ?? null,
    };
    const input: RegisterCampaignInput = {
      ...factsOf(facts),
      ...ownerOf(facts, onPaper),
      ...(code?.trim() ? { code: code.trim().toUpperCase() } : {}),
      ...(onPaper ? { launched: paper } : {}),
    };
    const { id } = await saving.mutateAsync(() => http.post<Campaign>('/campaigns', input));
    onSaved(id);
  };
  return (
    <FormDialog<Values>
      title="Đăng ký phong trào, cuộc vận động, chương trình"
      okText={onPaper ? 'Ghi lại' : 'Lưu dự thảo'}
      width={860}
      initial={{ ...EMPTY_FORM, owner: 'unit', ...ownUnit(account.grants[0]?.unit.code) }}
      fields={[
        ...FACT_FIELDS,
        ['unit'],
        ['bloc'],
        ['outside'],
        ['together'],
        ['parent'],
        ['code'],
        ['launched', 'number'],
        ['launched', 'day'],
        ['launched', 'fileId'],
      ]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <Segmented
        className="gap-below"
        aria-label="Cách đăng ký"
        value={onPaper ? 'paper' : 'draft'}
        options={[
          { value: 'draft', label: 'Dự thảo, trình lãnh đạo duyệt' },
          { value: 'paper', label: 'Đã phát động trên giấy, ghi một bước' },
        ]}
        onChange={(value) => setOnPaper(value === 'paper')}
      />
      <OwnerFields onPaper={onPaper} />
      {onPaper && (
        <div className="fields-3">
          <Form.Item name={['launched', 'number']} label="Số văn bản phát động">
            <Input maxLength={60} placeholder="12/KH-LĐLĐ" />
          </Form.Item>
          <Form.Item name={['launched', 'day']} label="Ngày văn bản">
            <DayPicker className="wide" />
          </Form.Item>
          <Form.Item name={['launched', 'fileId']} label="Tệp văn bản">
            <FileField classification="INTERNAL" />
          </Form.Item>
        </div>
      )}
      <CampaignFields />
    </FormDialog>
  );
}

function ownUnit(unit: string | undefined): { unit?: string } {
  return unit ? { unit } : {};
}
