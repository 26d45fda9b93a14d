import { Form, Input, Radio, Select } from 'antd';
import type { BatchView, Counts, Day, LineView, RevokeInput, Saved, Warned } from '../contract.js';
import { DayPicker } from '../common/DayPicker.js';
import { FormDialog } from '../common/FormDialog.js';
import { http } from '../http.js';
import { GROUNDS, options, type Ground } from '../words/labels.js';
import { CountFields, statedOf } from './CountFields.js';
import { titleOf } from './BatchTable.js';
import { useBatchSaving } from './useBatchSaving.js';

export type RevocationOf = { whole: true } | { line: LineView };

interface Props {
  batch: BatchView;
  of: RevocationOf;
  onSaved: (warnings: Warned[]) => void;
  onClose: () => void;
}
interface Values {
  /** Asked only about a whole batch. */
  what?: 'whole' | 'counts';
  counts?: Partial<Counts>;
  ground?: Ground;
  decision?: { number?: string; symbol?: string; date?: Day | null };
  reason: string;
}

/** A revocation is a dated entry: the award stays in the book, struck through, and figures known earlier stay as they were. */
export function RevocationDialog({ batch, of, onSaved, onClose }: Props) {
  const saving = useBatchSaving(batch, onSaved);
  const line = 'line' in of ? of.line : null;
  const save = ({ what, counts, ground, decision, reason }: Values) => {
    // Which line is the dialog's own knowledge, no field of the form: never the whole batch for want of an answer.
    const extent = line
      ? { lineId: line.id }
      : what === 'counts'
        ? { counts: statedOf(counts) ?? {} }
        : { whole: true };
    const paper =
      decision?.number || decision?.symbol || decision?.date
        ? { number: decision.number || null, symbol: decision.symbol || null, date: decision.date ?? null }
        : null;
    const input: RevokeInput = { ...extent, reason, ...(ground ? { ground } : {}), decision: paper };
    return saving.mutateAsync(() => http.post<Saved>(`/award-batches/${batch.id}/revocations`, input));
  };
  return (
    <FormDialog<Values>
      title={line ? `Huỷ khen thưởng của ${line.name}` : `Huỷ ${titleOf(batch)}`}
      okText="Ghi việc huỷ"
      danger
      width={640}
      initial={{ what: 'whole' }}
      fields={[
        ['reason'],
        ['ground'],
        ...['number', 'symbol', 'date'].map((name) => ['decision', name]),
        ...['collectives', 'individuals', 'households', 'unsplit', 'women'].map((name) => ['counts', name]),
      ]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <p className="hint">
        Khen thưởng vẫn còn trong sổ, gạch ngang và ghi “đã huỷ”; tổng hợp từ hôm nay trừ đi, tổng hợp theo ngày trước
        đó giữ nguyên.
      </p>
      {!line && (
        <Form.Item name="what" label="Huỷ">
          <Radio.Group
            options={[
              { value: 'whole', label: 'Toàn bộ' },
              { value: 'counts', label: 'Một số lượng (chưa có tên)' },
            ]}
          />
        </Form.Item>
      )}
      <Form.Item noStyle dependencies={['what']}>
        {({ getFieldValue }) => getFieldValue('what') === 'counts' && <CountFields within="counts" kind={batch.kind} />}
      </Form.Item>
      <Form.Item name="reason" label="Lý do huỷ" rules={[{ required: true, min: 3, message: 'Mời ghi lý do huỷ.' }]}>
        <Input.TextArea maxLength={500} rows={2} />
      </Form.Item>
      <Form.Item name="ground" label="Căn cứ huỷ">
        <Select allowClear placeholder="không nêu" options={options(GROUNDS)} />
      </Form.Item>
      <div className="fields-3">
        <Form.Item name={['decision', 'number']} label="Số quyết định huỷ">
          <Input maxLength={30} />
        </Form.Item>
        <Form.Item name={['decision', 'symbol']} label="Ký hiệu">
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name={['decision', 'date']} label="Ngày">
          <DayPicker className="wide" />
        </Form.Item>
      </div>
    </FormDialog>
  );
}
