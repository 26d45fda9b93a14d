import { Checkbox, Form, Input, Select } from 'antd';
import type { Day } from '../contract.js';
import type { Path } from '../common/form-errors.js';
import { DayPicker } from '../common/DayPicker.js';
import { options } from '../words/labels.js';
import type { CampaignCategory, CampaignKind, CampaignReach } from './campaigns.contract.js';
import { CATEGORY_NAMES, KIND_NAMES, REACH_NAMES } from './words.js';

/** What a campaign says of itself, as the form holds it. */
export interface CampaignForm {
  name: string;
  aliases: string[];
  category: CampaignCategory;
  kind: CampaignKind | null;
  special: boolean;
  scope: CampaignReach | null;
  launchDay: Day | null;
  from: Day | null;
  to: Day | null;
  namedPeriod: string | null;
  deployBy: Day | null;
  objective: string | null;
  subjects: string | null;
  content: string | null;
  plan: string | null;
  source: string | null;
}

export const FACT_FIELDS: Path[] = [
  ['name'],
  ['aliases'],
  ['category'],
  ['kind'],
  ['special'],
  ['scope'],
  ['launchDay'],
  ['from'],
  ['to'],
  ['namedPeriod'],
  ['deployBy'],
  ['objective'],
  ['subjects'],
  ['content'],
  ['plan'],
  ['source'],
];

export const EMPTY_FORM: Partial<CampaignForm> = { category: 'MOVEMENT', special: false, aliases: [] };

const long = (name: keyof CampaignForm, label: string, rows = 2) => (
  <Form.Item name={name} label={label}>
    <Input.TextArea autoSize={{ minRows: rows, maxRows: 8 }} maxLength={4000} />
  </Form.Item>
);

/** The contents of Điều 17, a to e, after what the campaign is called. */
export function CampaignFields() {
  return (
    <>
      <Form.Item name="name" label="Tên" rules={[{ required: true, min: 2, message: 'Mời nhập tên.' }]}>
        <Input maxLength={300} />
      </Form.Item>
      <div className="fields-3">
        <Form.Item name="category" label="Loại">
          <Select options={options(CATEGORY_NAMES)} />
        </Form.Item>
        <Form.Item name="kind" label="Hình thức tổ chức">
          <Select allowClear options={options(KIND_NAMES)} placeholder="chưa rõ" />
        </Form.Item>
        <Form.Item name="scope" label="Phạm vi">
          <Select allowClear options={options(REACH_NAMES)} placeholder="chưa rõ" />
        </Form.Item>
      </div>
      <Form.Item name="aliases" label="Tên gọi khác" extra="Tên mà quyết định, văn bản khác dùng; gõ rồi Enter.">
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[';']} />
      </Form.Item>
      <Form.Item name="special" valuePropName="checked" noStyle>
        <Checkbox className="gap-below">Đợt thi đua đặc biệt</Checkbox>
      </Form.Item>
      {long('objective', 'a) Mục tiêu')}
      {long('subjects', 'b) Phạm vi, đối tượng')}
      {long('content', 'c) Nội dung và tiêu chí', 3)}
      {long('plan', 'd) Kế hoạch, biện pháp', 3)}
      <div className="fields-3">
        <Form.Item name="from" label="đ) Thời gian: từ ngày">
          <DayPicker className="wide" />
        </Form.Item>
        <Form.Item name="to" label="đến ngày">
          <DayPicker className="wide" />
        </Form.Item>
        <Form.Item name="namedPeriod" label="Giai đoạn, theo văn bản">
          <Input maxLength={200} placeholder="giai đoạn 2025–2030" />
        </Form.Item>
        <Form.Item name="deployBy" label="Hạn cấp dưới triển khai">
          <DayPicker className="wide" />
        </Form.Item>
        <Form.Item name="launchDay" label="Ngày phát động">
          <DayPicker className="wide" />
        </Form.Item>
        <Form.Item name="source" label="Nguồn">
          <Input maxLength={300} />
        </Form.Item>
      </div>
    </>
  );
}

/** Empty fields are null, which says "none". */
export function factsOf(form: CampaignForm): CampaignForm {
  const text = (value: string | null | undefined) => value?.trim() || null;
  return {
    name: form.name,
    aliases: form.aliases ?? [],
    category: form.category,
    kind: form.kind ?? null,
    special: form.special ?? false,
    scope: form.scope ?? null,
    launchDay: form.launchDay ?? null,
    from: form.from ?? null,
    to: form.to ?? null,
    namedPeriod: text(form.namedPeriod),
    deployBy: form.deployBy ?? null,
    objective: text(form.objective),
    subjects: text(form.subjects),
    content: text(form.content),
    plan: text(form.plan),
    source: text(form.source),
  };
}
