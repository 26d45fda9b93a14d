import { useQueryClient } from '@tanstack/react-query';
import { Form, Input, InputNumber, Radio, Select } from 'antd';
import { DayPicker } from '../common/DayPicker.js';
import { FormDialog } from '../common/FormDialog.js';
import type { Day, Qualifier } from '../contract.js';
import { http } from '../http.js';
import { QUALIFIER_NAMES, options } from '../words/labels.js';
import { UnitPicker } from './UnitPicker.js';
import { unitKeys } from './units.api.js';
import type { Agency } from './units.contract.js';

interface Props {
  agency: Agency;
  onClose: () => void;
}

interface Values {
  unit: string;
  name: string;
  place?: string | null;
  since?: Day | null;
  workers?: { value?: number | null; qualifier: Qualifier; asOf?: Day | null };
  source: string;
  reason?: string;
}

/** Everything that shows agencies, and the summaries that count them, is read again. */
function useKeep() {
  const client = useQueryClient();
  return async (path: string, body: unknown) => {
    await http.post(path, body);
    await Promise.all([
      client.invalidateQueries({ queryKey: unitKeys.all }),
      client.invalidateQueries({ queryKey: ['summaries'] }),
    ]);
  };
}

/** An agency is listed, or what was said of it is corrected with a reason. */
export function AgencyDialog({ unit, agency, onClose }: { unit: string; agency: Agency | null; onClose: () => void }) {
  const keep = useKeep();
  const save = ({ workers, ...values }: Values) => {
    const told = typeof workers?.value === 'number';
    const body = {
      ...values,
      place: values.place?.trim() || null,
      since: values.since ?? null,
      workers: told ? workers : null,
    };
    return keep(agency ? `/agencies/${agency.id}/corrections` : '/agencies', body);
  };
  const initial: Partial<Values> = agency
    ? {
        unit: agency.unit.code,
        name: agency.name,
        place: agency.place,
        since: agency.since,
        workers: {
          value: agency.workers?.value ?? null,
          qualifier: agency.workers?.qualifier ?? 'EXACT',
          asOf: agency.workersAsOf,
        },
        source: agency.source,
      }
    : { unit, workers: { qualifier: 'EXACT' } };
  return (
    <FormDialog<Values>
      title={agency ? `Sửa: ${agency.name}` : 'Ghi cơ quan, doanh nghiệp chưa có công đoàn'}
      okText={agency ? 'Ghi bản sửa' : 'Ghi'}
      initial={initial}
      fields={[
        ['unit'],
        ['name'],
        ['place'],
        ['since'],
        ['workers', 'value'],
        ['workers', 'qualifier'],
        ['workers', 'asOf'],
        ['source'],
        ['reason'],
      ]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="name" label="Tên cơ quan, doanh nghiệp" rules={[{ required: true, message: 'Mời nhập tên.' }]}>
        <Input maxLength={300} autoFocus />
      </Form.Item>
      <Form.Item
        name="unit"
        label="Đơn vị phụ trách"
        rules={[{ required: true, message: 'Mời chọn đơn vị phụ trách.' }]}
      >
        <UnitPicker />
      </Form.Item>
      <div className="fields-2">
        <Form.Item name="place" label="Địa bàn">
          <Input maxLength={300} />
        </Form.Item>
        <Form.Item name="since" label="Chưa có công đoàn từ ngày" extra="Để trống nếu chưa rõ.">
          <DayPicker />
        </Form.Item>
      </div>
      <div className="fields-3">
        <Form.Item name={['workers', 'qualifier']} label="Văn bản nêu">
          <Select options={options(QUALIFIER_NAMES)} />
        </Form.Item>
        <Form.Item name={['workers', 'value']} label="Số người lao động" extra="Để trống nếu chưa rõ.">
          <InputNumber<number> min={0} precision={0} className="wide" />
        </Form.Item>
        <Form.Item noStyle dependencies={[['workers', 'value']]}>
          {({ getFieldValue }) => (
            <Form.Item
              name={['workers', 'asOf']}
              label="Tính đến ngày"
              rules={[
                {
                  required: typeof getFieldValue(['workers', 'value']) === 'number',
                  message: 'Mời chọn ngày của số liệu.',
                },
              ]}
            >
              <DayPicker />
            </Form.Item>
          )}
        </Form.Item>
      </div>
      <Form.Item
        name="source"
        label="Nguồn (văn bản, danh sách)"
        rules={[{ required: true, message: 'Mời ghi nguồn.' }]}
      >
        <Input maxLength={300} />
      </Form.Item>
      {agency && (
        <Form.Item name="reason" label="Lý do sửa" rules={[{ required: true, min: 3, message: 'Mời ghi lý do sửa.' }]}>
          <Input maxLength={500} />
        </Form.Item>
      )}
    </FormDialog>
  );
}

interface Outcome {
  outcome: 'UNION_FOUNDED' | 'CLOSED';
  day: Day;
  union?: string | null;
}

/** A union was founded in it, or it exists no more. */
export function OutcomeDialog({ agency, onClose }: Props) {
  const keep = useKeep();
  const save = ({ union, ...values }: Outcome) =>
    keep(`/agencies/${agency.id}/outcome`, {
      ...values,
      ...(values.outcome === 'UNION_FOUNDED' ? { union: union ?? null } : {}),
    });
  return (
    <FormDialog<Outcome>
      title={`Kết quả: ${agency.name}`}
      okText="Ghi kết quả"
      initial={{ outcome: 'UNION_FOUNDED' }}
      fields={[['outcome'], ['day'], ['union']]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="outcome" label="Kết quả">
        <Radio.Group
          options={[
            { value: 'UNION_FOUNDED', label: 'Đã lập được công đoàn' },
            { value: 'CLOSED', label: 'Cơ quan không còn hoạt động' },
          ]}
        />
      </Form.Item>
      <Form.Item noStyle dependencies={['outcome']}>
        {({ getFieldValue }) =>
          getFieldValue('outcome') === 'UNION_FOUNDED' && (
            <Form.Item
              name="union"
              label="Công đoàn đã thành lập"
              extra="Thành lập công đoàn ở trang Sắp xếp tổ chức trước, rồi chọn ở đây."
              rules={[{ required: true, message: 'Mời chọn công đoàn đã thành lập.' }]}
            >
              <UnitPicker />
            </Form.Item>
          )
        }
      </Form.Item>
      <Form.Item name="day" label="Từ ngày" rules={[{ required: true, message: 'Mời chọn ngày.' }]}>
        <DayPicker />
      </Form.Item>
    </FormDialog>
  );
}

export function ReasonDialog({ agency, what, onClose }: Props & { what: 'reopen' | 'remove' }) {
  const keep = useKeep();
  const removes = what === 'remove';
  return (
    <FormDialog<{ reason: string }>
      title={removes ? `Xoá: ${agency.name}` : `Rút kết quả: ${agency.name}`}
      okText={removes ? 'Xoá' : 'Rút kết quả'}
      danger={removes}
      fields={[['reason']]}
      save={(values) => keep(`/agencies/${agency.id}/${removes ? 'removal' : 'reopening'}`, values)}
      onDone={onClose}
      onClose={onClose}
    >
      <p className="hint">
        {removes
          ? 'Dùng khi ghi nhầm. Không được tính nữa từ hôm nay; lịch sử vẫn giữ.'
          : 'Cơ quan trở lại danh sách chưa có công đoàn từ hôm nay; điều đã biết trước đây vẫn giữ.'}
      </p>
      <Form.Item name="reason" label="Lý do" rules={[{ required: true, min: 3, message: 'Mời ghi lý do.' }]}>
        <Input.TextArea maxLength={500} rows={2} />
      </Form.Item>
    </FormDialog>
  );
}
