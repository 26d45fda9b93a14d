import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select, Spin } from 'antd';
import type {
  BatchFacts,
  BatchView,
  BodyRef,
  Classification,
  Counts,
  Day,
  FormCertainty,
  Id,
  Saved,
  Warned,
} from '../contract.js';
import { DayPicker } from '../common/DayPicker.js';
import { Problem } from '../http.js';
import { FormDialog } from '../common/FormDialog.js';
import { foldedSearch } from '../common/pick.js';
import { http } from '../http.js';
import { UnitPicker } from '../units/UnitPicker.js';
import { useUnit } from '../units/units.api.js';
import { CERTAINTY_NAMES, CLASSIFICATION_NAMES, POSITION_BANDS, options, type PositionBand } from '../words/labels.js';
import { BodyChooser, choiceOf, draftOf, type BodyDraft } from './BodyChooser.js';
import { CountFields, statedOf } from './CountFields.js';
import { FileField } from './FileField.js';
import { Givers } from './Givers.js';
import { useForms, useTypes } from './rulebook.api.js';
import { useBatchSaving } from './useBatchSaving.js';
import { WhenField, whenDraftOf, whenOf, type WhenDraft } from './WhenField.js';

interface Props {
  batch: BatchView;
  onSaved: (warnings: Warned[]) => void;
  onClose: () => void;
}
interface Values {
  form: string | null;
  formCertainty: FormCertainty;
  type: string | null;
  campaign: string | null;
  reason: string | null;
  contests: string[];
  tier: string | null;
  conferring: BodyDraft[];
  conferringVerified: boolean;
  when: WhenDraft;
  decision: { number: string | null; symbol: string | null; date: Day | null };
  stated: Partial<Counts>;
  unit: string | null;
  proposing: string | null;
  presenting: BodyDraft | null;
  fileId: Id | null;
  source: string | null;
  positionBand: PositionBand | null;
  classification: Classification;
  /** Why the record is corrected; `reason` is the achievement's. */
  because: string;
}

/** What was typed wrongly becomes right, with a reason; the book keeps both and the difference counts from today. */
export function Correction(props: Props) {
  const outside = useQuery({
    queryKey: ['outside-bodies'],
    queryFn: async () => (await http.get<{ items: BodyRef[] }>('/outside-bodies')).items,
  });
  if (!outside.data) return <Spin fullscreen />;
  return <CorrectionForm {...props} outside={new Set(outside.data.map(({ code }) => code))} />;
}

function CorrectionForm({ batch, outside, onSaved, onClose }: Props & { outside: ReadonlySet<string | null> }) {
  const saving = useBatchSaving(batch, onSaved);
  const initial = initialOf(batch, outside);
  const above = useUnit(batch.unit?.code).data?.path.slice(0, -1) ?? [];
  const save = ({ because, ...values }: Values) => {
    const changes: BatchFacts = changesOf(initial, values);
    return saving.mutateAsync(() =>
      http.post<Saved>(`/award-batches/${batch.id}/corrections`, { reason: because, changes }).catch(withoutPrefix),
    );
  };
  return (
    <FormDialog<Values>
      title="Đính chính"
      okText="Ghi đính chính"
      width={820}
      initial={initial}
      fields={[
        ...[
          'form',
          'formCertainty',
          'type',
          'campaign',
          'reason',
          'contests',
          'tier',
          'conferring',
          'when',
          'because',
          'unit',
          'proposing',
          'presenting',
          'fileId',
          'source',
          'positionBand',
          'classification',
        ].map((name) => [name]),
        ...['number', 'symbol', 'date'].map((name) => ['decision', name]),
        ...['collectives', 'individuals', 'households', 'unsplit', 'women'].map((name) => ['stated', name]),
      ]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item
        name="because"
        label="Lý do đính chính"
        rules={[{ required: true, min: 3, message: 'Mời ghi lý do đính chính.' }]}
      >
        <Input maxLength={500} autoFocus />
      </Form.Item>
      <CountFields within="stated" kind={batch.kind} />
      <Form.Item name="when" label="Thời gian được khen">
        <WhenField />
      </Form.Item>
      {batch.form && <FormFields batch={batch} />}
      {batch.kind === 'PRIZE' && (
        <div className="fields-2">
          <Form.Item name="contests" label="Cuộc thi, hội thi">
            <Select mode="tags" open={false} suffixIcon={null} />
          </Form.Item>
          <Form.Item name="tier" label="Hạng giải">
            <Input maxLength={60} />
          </Form.Item>
        </div>
      )}
      <Form.Item name="campaign" label="Phong trào, chuyên đề">
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item name="reason" label="Thành tích, lý do khen">
        <Input maxLength={300} />
      </Form.Item>
      <Givers above={above} />
      <div className="fields-2">
        <Form.Item name="unit" label="Đơn vị được khen" rules={[{ required: true, message: 'Mời chọn đơn vị.' }]}>
          <UnitPicker />
        </Form.Item>
        <Form.Item name="proposing" label="Đơn vị đề nghị">
          <UnitPicker allowClear placeholder="không nêu" />
        </Form.Item>
      </div>
      <Form.Item name="presenting" label="Cơ quan trao tặng (khi khác cơ quan quyết định)">
        <BodyChooser withLevel={false} above={above} aria-label="Cơ quan trao tặng" />
      </Form.Item>
      <div className="fields-3">
        <Form.Item name={['decision', 'number']} label="Số quyết định">
          <Input maxLength={30} />
        </Form.Item>
        <Form.Item name={['decision', 'symbol']} label="Ký hiệu">
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name={['decision', 'date']} label="Ngày">
          <DayPicker className="wide" />
        </Form.Item>
      </div>
      <Form.Item name="fileId" label="Tệp quyết định (bản quét hoặc bản ký số)">
        <FileField classification={batch.classification} />
      </Form.Item>
      <div className="fields-3">
        <Form.Item name="source" label="Nguồn khác">
          <Input maxLength={300} />
        </Form.Item>
        <Form.Item name="positionBand" label="Nhóm đối tượng">
          <Select allowClear placeholder="không nêu" options={options(POSITION_BANDS)} />
        </Form.Item>
        <Form.Item name="classification" label="Mức phổ biến">
          <Select options={options(CLASSIFICATION_NAMES)} />
        </Form.Item>
      </div>
    </FormDialog>
  );
}

function FormFields({ batch }: { batch: BatchView }) {
  const forms = useForms(batch.when.to);
  const types = useTypes(batch.when.to);
  const offered = (forms.data ?? []).filter((row) => row.kind === batch.kind || row.code === 'UNKNOWN');
  return (
    <div className="fields-3">
      <Form.Item name="form" label="Hình thức">
        <Select showSearch={foldedSearch} options={offered.map(({ code, name }) => ({ value: code, label: name }))} />
      </Form.Item>
      <Form.Item name="formCertainty" label="Căn cứ hình thức">
        <Select options={options(CERTAINTY_NAMES)} />
      </Form.Item>
      <Form.Item name="type" label="Loại hình">
        <Select allowClear options={(types.data ?? []).map(({ code, name }) => ({ value: code, label: name }))} />
      </Form.Item>
    </div>
  );
}

type Facts = Omit<Values, 'because'>;

function initialOf(batch: BatchView, outside: ReadonlySet<string | null>): Facts {
  const unit = batch.unit?.code ?? '';
  return {
    form: batch.form,
    formCertainty: batch.formCertainty,
    type: batch.type,
    campaign: batch.campaign,
    reason: batch.reason,
    contests: batch.contests,
    tier: batch.tier,
    conferring: batch.conferringBodies.map((body) => draftOf(body, unit, outside)),
    conferringVerified: batch.conferringVerified,
    when: whenDraftOf(batch.when),
    decision: batch.decision ?? { number: null, symbol: null, date: null },
    stated: batch.stated ?? {},
    unit: batch.unit?.code ?? null,
    proposing: batch.proposing?.code ?? null,
    presenting: batch.presenting && draftOf(batch.presenting, unit, outside),
    fileId: batch.fileId,
    source: batch.source,
    positionBand: batch.positionBand,
    classification: batch.classification,
  };
}

/** Only what differs is a correction; each changed group is sent whole. */
function changesOf(before: Facts, after: Facts): Record<string, unknown> {
  const sent: { [Key in keyof Facts]: (value: Facts[Key]) => unknown } = {
    form: (value) => value ?? null,
    formCertainty: (value) => value,
    type: (value) => value ?? null,
    campaign: (value) => value?.trim() || null,
    reason: (value) => value?.trim() || null,
    contests: (value) => value,
    tier: (value) => value?.trim() || null,
    conferring: (value) => value.map(choiceOf),
    conferringVerified: (value) => value,
    when: (value) => whenOf(value),
    decision: (value) =>
      value.number || value.symbol || value.date
        ? { number: value.number || null, symbol: value.symbol || null, date: value.date ?? null }
        : null,
    stated: (value) => statedOf(value),
    unit: (value) => value,
    proposing: (value) => value ?? null,
    presenting: (value) => choiceOf(value),
    fileId: (value) => value ?? null,
    source: (value) => value?.trim() || null,
    positionBand: (value) => value ?? null,
    classification: (value) => value,
  };
  const changes: Record<string, unknown> = {};
  for (const key of Object.keys(sent) as (keyof Facts)[]) {
    const write = sent[key] as (value: unknown) => unknown;
    const now = write(after[key]);
    if (after[key] !== undefined && JSON.stringify(now) !== JSON.stringify(write(before[key]))) changes[key] = now;
  }
  return changes;
}

/** A correction's fields are the record's: `changes.stated.women` belongs beside `stated.women`, its own reason beside "lý do". */
function withoutPrefix(error: unknown): never {
  if (!(error instanceof Problem)) throw error;
  const details = error.details.map((detail) => ({
    ...detail,
    field: detail.field === 'reason' ? 'because' : (detail.field?.replace(/^changes\./, '') ?? null),
  }));
  throw new Problem(error.status, error.code, error.message, details);
}
