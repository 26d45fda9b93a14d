import { Form, Input, Radio, Select } from 'antd';
import type { Id } from '../contract.js';
import { OutsidePicker, useOutsideBodies } from '../awards/BodyChooser.js';
import { useBlocs } from '../blocs/blocs.api.js';
import { foldedSearch } from '../common/pick.js';
import { UnitPicker } from '../units/UnitPicker.js';
import { CampaignPicker } from './CampaignPicker.js';
import type { LauncherInput } from './campaigns.contract.js';

export type Owner = 'unit' | 'bloc' | 'outside';

/** Who launches it, with whom, and what it carries out, as the form holds it. */
export interface OwnerForm {
  owner: Owner;
  unit?: string;
  bloc?: Id;
  outside?: string | null;
  /** Codes of bodies outside the union after `OUTSIDE`; anything else is a name as it stands on the paper. */
  together?: string[];
  parent?: Id | null;
}

const OUTSIDE = 'outside:';

/** What a body outside launches is only ever recorded as launched. */
export function OwnerFields({ onPaper }: { onPaper: boolean }) {
  const owner = ownerAs(Form.useWatch('owner'), onPaper);
  const blocs = useBlocs(null);
  const bodies = useOutsideBodies();
  return (
    <>
      <Form.Item name="owner" label="Bên phát động">
        <Radio.Group
          options={[
            { value: 'unit', label: 'Đơn vị công đoàn' },
            { value: 'bloc', label: 'Khối, cụm thi đua' },
            ...(onPaper ? [{ value: 'outside', label: 'Cơ quan ngoài công đoàn' }] : []),
          ]}
        />
      </Form.Item>
      <div className="fields-2">
        {owner === 'bloc' ? (
          <Form.Item
            name="bloc"
            label="Khối, cụm phát động"
            rules={[{ required: true, message: 'Mời chọn khối, cụm.' }]}
          >
            <Select
              showSearch={foldedSearch}
              loading={blocs.isPending}
              placeholder="Chọn khối, cụm"
              notFoundContent="Chưa có khối, cụm nào trong phạm vi của anh/chị."
              options={(blocs.data?.pages ?? [])
                .flatMap(({ items }) => items)
                .map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Form.Item>
        ) : (
          <Form.Item
            name="unit"
            label={owner === 'outside' ? 'Đơn vị ghi nhận' : 'Đơn vị phát động'}
            rules={[{ required: true, message: 'Mời chọn đơn vị.' }]}
          >
            <UnitPicker className="wide" />
          </Form.Item>
        )}
        {owner === 'outside' && (
          <Form.Item
            name="outside"
            label="Cơ quan phát động"
            rules={[{ required: true, message: 'Mời chọn cơ quan.' }]}
          >
            <OutsidePicker name="Cơ quan phát động" />
          </Form.Item>
        )}
        <Form.Item name="code" label="Mã" extra="Để trống: hệ thống tự đặt.">
          <Input maxLength={40} placeholder="LDG_2026" />
        </Form.Item>
        <Form.Item name="together" label="Cùng phát động" extra="Chọn cơ quan, hoặc gõ tên rồi Enter.">
          <Select
            mode="tags"
            showSearch={foldedSearch}
            tokenSeparators={[';']}
            options={(bodies.data ?? []).map(({ code, name }) => ({ value: `${OUTSIDE}${code}`, label: name }))}
          />
        </Form.Item>
        <Form.Item
          name="parent"
          label="Thực hiện phong trào"
          extra="Phong trào của cấp trên mà phong trào này cụ thể hoá."
        >
          <CampaignPicker />
        </Form.Item>
      </div>
    </>
  );
}

/** A draft is launched by a body of the union. */
function ownerAs(owner: Owner | undefined, onPaper: boolean): Owner {
  return owner === undefined || (owner === 'outside' && !onPaper) ? 'unit' : owner;
}

/** What of it goes to the API: the owner's fields that belong to the kind of owner, and no others. */
export function ownerOf(
  { owner: chosen, unit, bloc, outside, together, parent }: OwnerForm,
  onPaper: boolean,
): {
  unit?: string | null;
  bloc?: Id | null;
  outside?: string | null;
  launchers: LauncherInput[];
  parent: Id | null;
} {
  const owner = ownerAs(chosen, onPaper);
  return {
    ...(owner === 'bloc' ? { bloc: bloc ?? null } : { unit: unit ?? null }),
    ...(owner === 'outside' ? { outside: outside ?? null } : {}),
    launchers: (together ?? []).map((entry) =>
      entry.startsWith(OUTSIDE) ? { outside: entry.slice(OUTSIDE.length) } : { name: entry.trim() },
    ),
    parent: parent ?? null,
  };
}
