import { Form, Input, InputNumber, Radio, Select, type FormInstance } from 'antd';
import type { Qualifier, SetTargetInput, TargetView } from '../contract.js';
import { DayPicker } from '../common/DayPicker.js';
import { FormDialog } from '../common/FormDialog.js';
import { foldedSearch } from '../common/pick.js';
import { http } from '../http.js';
import { UnitPicker } from '../units/UnitPicker.js';
import { options, QUALIFIER_NAMES, unitLevelOptions } from '../words/labels.js';
import { MoneyField, moneyDraft, moneyRule, type MoneyDraft } from './MoneyField.js';
import { useIndicators, useSaving } from './results.api.js';
import { OUTCOME_NAMES, SPAN_NAMES } from './words.js';

interface Values extends Omit<SetTargetInput, 'value'> {
  amount: { count: number | null; draft: MoneyDraft | null; qualifier: Qualifier };
  reason: string;
}

const FIELDS = [
  'unit',
  'indicator',
  'of',
  'label',
  'from',
  'to',
  'campaign',
  'measure',
  'perLevel',
  'percent',
  'outcome',
  'statedOn',
  'source',
  'reason',
].map((name) => [name]);

/** A target for a year, a phase or a term; also one of which only the outcome was told. */
export function TargetDialog({
  target,
  unit,
  onClose,
}: {
  target: TargetView | null;
  unit: string | null;
  onClose: () => void;
}) {
  const saving = useSaving();
  const save = ({ amount, reason, unit: of, ...values }: Values) =>
    saving.mutateAsync(() => {
      const value = values.measure === 'MONEY' ? (amount.draft?.value ?? null) : (amount.count ?? null);
      const facts = {
        ...values,
        value: value === null ? null : { value, qualifier: amount.qualifier },
        campaign: values.campaign || null,
        perLevel: values.perLevel ?? null,
        percent: values.percent ?? null,
        outcome: values.outcome ?? null,
        statedOn: values.statedOn ?? null,
        source: values.source || null,
        fileId: target?.fileId ?? null,
      };
      return target
        ? http.post(`/result-targets/${target.id}/corrections`, { ...facts, reason })
        : http.post('/result-targets', { ...facts, unit: of });
    });
  return (
    <FormDialog<Values>
      title={target ? `Sửa chỉ tiêu của ${target.unit.name}` : 'Giao chỉ tiêu'}
      okText="Ghi chỉ tiêu"
      width={720}
      fields={FIELDS}
      initial={initialOf(target, unit)}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      {(form) => <TargetFields form={form} isNew={!target} />}
    </FormDialog>
  );
}

function TargetFields({ form, isNew }: { form: FormInstance<Values>; isNew: boolean }) {
  const indicators = useIndicators();
  const measure = Form.useWatch('measure', form) ?? 'COUNT';
  return (
    <>
      {isNew && (
        <Form.Item name="unit" label="Đơn vị" rules={[{ required: true, message: 'Mời chọn đơn vị.' }]}>
          <UnitPicker className="wide" />
        </Form.Item>
      )}
      <div className="fields-2">
        <Form.Item name="indicator" label="Chỉ tiêu" rules={[{ required: true, message: 'Mời chọn chỉ tiêu.' }]}>
          <Select
            showSearch={foldedSearch}
            placeholder="Gõ tên chỉ tiêu"
            options={(indicators.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
          />
        </Form.Item>
        <Form.Item name="measure" label="Giao bằng">
          <Radio.Group
            options={[
              { value: 'COUNT', label: 'Số lượng' },
              { value: 'MONEY', label: 'Số tiền' },
            ]}
          />
        </Form.Item>
        <Form.Item name="of" label="Giao cho">
          <Select options={options(SPAN_NAMES)} />
        </Form.Item>
        <Form.Item name="label" label="Tên kỳ, giai đoạn" rules={[{ required: true, message: 'Mời ghi tên kỳ.' }]}>
          <Input maxLength={200} placeholder="Năm 2026, Giai đoạn 1…" />
        </Form.Item>
        <Form.Item name="from" label="Từ ngày" rules={[{ required: true, message: 'Mời ghi ngày đầu.' }]}>
          <DayPicker className="wide" />
        </Form.Item>
        <Form.Item name="to" label="Đến hết ngày" rules={[{ required: true, message: 'Mời ghi ngày cuối.' }]}>
          <DayPicker className="wide" />
        </Form.Item>
        <Form.Item name={['amount', 'qualifier']} label="Số giao nêu là">
          <Select options={options(QUALIFIER_NAMES)} />
        </Form.Item>
        {measure === 'COUNT' ? (
          <Form.Item name={['amount', 'count']} label="Số giao">
            <InputNumber
              className="wide"
              min={0}
              precision={0}
              controls={false}
              placeholder="để trống nếu không nêu số"
            />
          </Form.Item>
        ) : (
          <Form.Item name={['amount', 'draft']} label="Số tiền giao" rules={[moneyRule]}>
            <MoneyField />
          </Form.Item>
        )}
        <Form.Item name="perLevel" label="Giao cho mỗi đơn vị của cấp">
          <Select allowClear options={unitLevelOptions} placeholder="giao chung cho cả đơn vị" />
        </Form.Item>
        <Form.Item name="campaign" label="Phong trào, chương trình">
          <Input maxLength={300} />
        </Form.Item>
        <Form.Item name="outcome" label="Kết quả đã nêu">
          <Select allowClear options={options(OUTCOME_NAMES)} placeholder="chưa nêu" />
        </Form.Item>
        <Form.Item name="percent" label="Tỷ lệ đã nêu (%)">
          <InputNumber className="wide" min={0} precision={1} decimalSeparator="," controls={false} />
        </Form.Item>
        <Form.Item name="statedOn" label="Nêu ngày">
          <DayPicker className="wide" />
        </Form.Item>
        <Form.Item name="source" label="Nguồn" rules={[{ required: true, message: 'Mời ghi nguồn.' }]}>
          <Input maxLength={300} placeholder="Nghị quyết, kế hoạch, báo cáo…" />
        </Form.Item>
      </div>
      {!isNew && (
        <Form.Item name="reason" label="Lý do sửa" rules={[{ required: true, min: 3, message: 'Mời ghi lý do sửa.' }]}>
          <Input maxLength={500} />
        </Form.Item>
      )}
    </>
  );
}

function initialOf(target: TargetView | null, unit: string | null): Partial<Values> {
  if (!target)
    return {
      ...(unit ? { unit } : {}),
      of: 'YEAR',
      measure: 'COUNT',
      amount: { count: null, draft: null, qualifier: 'EXACT' },
    };
  const { indicator, of, label, from, to, campaign, measure, value, perLevel, percent, outcome, statedOn, source } =
    target;
  const isMoney = measure === 'MONEY';
  return {
    indicator,
    of,
    label,
    from,
    to,
    campaign,
    measure,
    perLevel,
    percent,
    outcome,
    statedOn,
    source,
    amount: {
      count: isMoney ? null : (value?.value ?? null),
      draft: isMoney ? moneyDraft(value?.value) : null,
      qualifier: value?.qualifier ?? 'EXACT',
    },
  };
}
