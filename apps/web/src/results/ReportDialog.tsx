import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Form, Input, InputNumber, Radio, Select, type FormInstance } from 'antd';
import { useState } from 'react';
import type { EnterReportInput, IndicatorView, Qualifier, ReportView, SavedReport, Warned } from '../contract.js';
import { DayPicker } from '../common/DayPicker.js';
import { FormDialog } from '../common/FormDialog.js';
import { foldedSearch } from '../common/pick.js';
import { FileField } from '../awards/FileField.js';
import { newClientKey } from '../awards/record.js';
import { http } from '../http.js';
import { UnitPicker } from '../units/UnitPicker.js';
import { options, QUALIFIER_NAMES } from '../words/labels.js';
import { MoneyField, moneyDraft, moneyRule, type MoneyDraft } from './MoneyField.js';
import { useIndicators, useSaving } from './results.api.js';
import { BASIS_NAMES, BENEFICIARY_NAMES, NATURE_NAMES, SCOPE_NAMES, STATUS_NAMES } from './words.js';

interface Props {
  /** The report to be corrected; null: a new one. */
  report: ReportView | null;
  unit: string | null;
  onSaved: (warnings: readonly Warned[]) => void;
  onClose: () => void;
}

type Facts = Omit<EnterReportInput, 'items' | 'money' | 'clientKey' | 'from'>;

interface Values extends Facts {
  from: string | null;
  items: { indicator: string; count: { value: number | null; qualifier: Qualifier } }[];
  money: { draft: MoneyDraft | null; qualifier: Qualifier };
  reason: string;
}

const EMPTY_ITEM = { count: { value: null, qualifier: 'EXACT' } } as const;

/** "Nhập kết quả": what was done, how many, for how much, for whom, and the paper that says so. */
export function ReportDialog({ report, unit, onSaved, onClose }: Props) {
  const saving = useSaving();
  const indicators = useIndicators();
  const [key] = useState(newClientKey);
  const save = (values: Values) =>
    saving.mutateAsync(async () => {
      const { reason, unit: of, enteredFor, ...facts } = bodyOf(values, indicators.data ?? []);
      const saved = report
        ? await http.post<SavedReport>(`/result-reports/${report.id}/corrections`, { ...facts, reason })
        : await http.post<SavedReport>('/result-reports', { ...facts, unit: of, enteredFor, clientKey: key });
      onSaved(saved.warnings);
    });
  return (
    <FormDialog<Values>
      title={report ? `Sửa báo cáo số ${report.id} của ${report.unit.name}` : 'Nhập kết quả'}
      okText={report ? 'Ghi bản sửa' : 'Ghi kết quả'}
      width={760}
      initial={initialOf(report, unit)}
      fields={FIELDS}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      {(form) => <Fields form={form} report={report} indicators={indicators.data ?? []} />}
    </FormDialog>
  );
}

const FIELDS = [
  ['unit'],
  ['from'],
  ['to'],
  ['basis'],
  ['scope'],
  ['status'],
  ['items'],
  ...Array.from({ length: 30 }, (_, place) => [
    ['items', place, 'indicator'],
    ['items', place, 'count', 'value'],
  ]).flat(),
  ['money', 'draft'],
  ['fundingSource'],
  ['beneficiaryClass'],
  ['beneficiaries'],
  ['occasion'],
  ['source'],
  ['fileId'],
  ['note'],
  ['reason'],
];

function Fields({
  form,
  report,
  indicators,
}: {
  form: FormInstance<Values>;
  report: ReportView | null;
  indicators: IndicatorView[];
}) {
  const items: Values['items'] | undefined = Form.useWatch('items', form);
  const chosen = indicators.find(({ code }) => code === items?.[0]?.indicator);
  const nature = chosen?.nature ?? 'FLOW';
  const hint = { FLOW: 'từ ngày', CUMULATIVE: 'luỹ kế từ ngày', STOCK: '' }[nature];
  return (
    <>
      {!report && (
        <Form.Item name="unit" label="Đơn vị" rules={[{ required: true, message: 'Mời chọn đơn vị.' }]}>
          <UnitPicker className="wide" />
        </Form.Item>
      )}
      <Form.List name="items">
        {(rows, { add, remove }) => (
          <>
            {rows.map(({ key, name }) => (
              <div className="result-item" key={key}>
                <Form.Item
                  name={[name, 'indicator']}
                  label="Chỉ tiêu"
                  rules={[{ required: true, message: 'Mời chọn chỉ tiêu.' }]}
                >
                  <Select
                    showSearch={foldedSearch}
                    placeholder="Gõ tên chỉ tiêu"
                    options={indicators.map(({ code, name: label, unitOfMeasure }) => ({
                      value: code,
                      label: `${label} (${unitOfMeasure})`,
                    }))}
                  />
                </Form.Item>
                <Form.Item name={[name, 'count', 'qualifier']} label="Nêu là">
                  <Select options={options(QUALIFIER_NAMES)} />
                </Form.Item>
                <Form.Item name={[name, 'count', 'value']} label="Số lượng">
                  <InputNumber className="wide" min={0} precision={0} controls={false} />
                </Form.Item>
                {rows.length > 1 && (
                  <Button
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label="Bỏ chỉ tiêu này"
                    onClick={() => remove(name)}
                  />
                )}
              </div>
            ))}
            <Button size="small" icon={<PlusOutlined />} onClick={() => add({ ...EMPTY_ITEM })}>
              Thêm chỉ tiêu chung số tiền
            </Button>
          </>
        )}
      </Form.List>
      {chosen && <p className="hint">Số liệu {NATURE_NAMES[nature].toLowerCase()}.</p>}
      <div className="fields-2 gap-above">
        <Form.Item name={['money', 'qualifier']} label="Số tiền nêu là">
          <Select options={options(QUALIFIER_NAMES)} />
        </Form.Item>
        <Form.Item name={['money', 'draft']} label="Số tiền (chung cho các chỉ tiêu trên)" rules={[moneyRule]}>
          <MoneyField />
        </Form.Item>
      </div>
      <div className="fields-2">
        {nature !== 'STOCK' && (
          <Form.Item name="from" label={`Số liệu ${hint}`} rules={[{ required: true, message: 'Mời ghi ngày đầu.' }]}>
            <DayPicker className="wide" />
          </Form.Item>
        )}
        <Form.Item
          name="to"
          label={nature === 'FLOW' ? 'đến hết ngày' : 'tính đến ngày'}
          rules={[{ required: true, message: 'Mời ghi ngày cuối.' }]}
        >
          <DayPicker className="wide" />
        </Form.Item>
      </div>
      <div className="fields-2">
        <Form.Item name="scope" label="Số liệu của">
          <Radio.Group options={options(SCOPE_NAMES)} />
        </Form.Item>
        <Form.Item name="status" label="Tình trạng">
          <Select options={options(STATUS_NAMES)} />
        </Form.Item>
      </div>
      {nature === 'FLOW' && (
        <Form.Item name="basis" label="Số liệu này là" tooltip="Việc lẻ được cộng khi đơn vị không có báo cáo cả kỳ.">
          <Radio.Group options={options(BASIS_NAMES)} />
        </Form.Item>
      )}
      <div className="fields-2">
        <Form.Item name="fundingSource" label="Nguồn kinh phí">
          <Input maxLength={200} placeholder="TLĐ, quỹ công đoàn, xã hội hoá…" />
        </Form.Item>
        <Form.Item name="beneficiaryClass" label="Đối tượng thụ hưởng">
          <Select allowClear options={options(BENEFICIARY_NAMES)} placeholder="chưa nêu" />
        </Form.Item>
        <Form.Item name="beneficiaries" label="Đối tượng, ghi rõ">
          <Input maxLength={300} />
        </Form.Item>
        <Form.Item name="occasion" label="Nhân dịp">
          <Input maxLength={300} />
        </Form.Item>
      </div>
      <div className="fields-2">
        <Form.Item name="source" label="Nguồn số liệu">
          <Input maxLength={300} placeholder="Báo cáo số…, bài ngày…" />
        </Form.Item>
        <Form.Item name="fileId" label="Văn bản chứng minh">
          <FileField classification="INTERNAL" />
        </Form.Item>
      </div>
      <Form.Item name="note" label="Ghi chú">
        <Input.TextArea maxLength={1000} rows={1} autoSize />
      </Form.Item>
      {report ? (
        <Form.Item name="reason" label="Lý do sửa" rules={[{ required: true, min: 3, message: 'Mời ghi lý do sửa.' }]}>
          <Input maxLength={500} />
        </Form.Item>
      ) : (
        <Form.Item name="enteredFor" valuePropName="checked" className="tight">
          <Checkbox>Nhập thay cho đơn vị cấp dưới</Checkbox>
        </Form.Item>
      )}
    </>
  );
}

function initialOf(report: ReportView | null, unit: string | null): Partial<Values> {
  if (!report)
    return {
      ...(unit ? { unit } : {}),
      items: [{ indicator: '', ...EMPTY_ITEM }].map(({ indicator: _none, ...item }) => item as Values['items'][number]),
      money: { draft: null, qualifier: 'EXACT' },
      basis: 'PERIOD',
      scope: 'OWN',
      status: 'DELIVERED',
    };
  const { items, money, ...facts } = report;
  return {
    ...facts,
    unit: report.unit.code,
    items: items.map(({ code, count }) => ({
      indicator: code,
      count: { value: count?.value ?? null, qualifier: count?.qualifier ?? 'EXACT' },
    })),
    money: { draft: moneyDraft(money?.value), qualifier: money?.qualifier ?? 'EXACT' },
  };
}

function bodyOf(
  values: Values,
  indicators: readonly IndicatorView[],
): Omit<EnterReportInput, 'clientKey'> & { reason: string } {
  const { items, money, from, ...rest } = values;
  const nature = indicators.find(({ code }) => code === items[0]?.indicator)?.nature ?? 'FLOW';
  const sum = money.draft?.value ?? null;
  return {
    ...rest,
    from: nature === 'STOCK' || !from ? values.to : from,
    basis: nature === 'FLOW' ? (values.basis ?? 'PERIOD') : 'PERIOD',
    items: items.map(({ indicator, count }) => ({
      indicator,
      count:
        count.value === null || count.value === undefined ? null : { value: count.value, qualifier: count.qualifier },
    })),
    money: sum === null ? null : { value: sum, qualifier: money.qualifier },
    fundingSource: rest.fundingSource || null,
    beneficiaryClass: rest.beneficiaryClass ?? null,
    beneficiaries: rest.beneficiaries || null,
    occasion: rest.occasion || null,
    source: rest.source || null,
    fileId: rest.fileId ?? null,
    note: rest.note || null,
  };
}
