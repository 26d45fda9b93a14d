import { Form, Input, Select } from 'antd';
import type { Day } from '../contract.js';
import { DayPicker } from '../common/DayPicker.js';
import { FormDialog } from '../common/FormDialog.js';
import { http } from '../http.js';
import { useSittingSaving } from './councils.api.js';
import type { Council, Sitting } from './councils.contract.js';

interface Values {
  council: number;
  day: Day;
  place?: string;
}

/** Another day or place for a sitting that is planned. */
export function MoveSittingDialog({ sitting, onClose }: { sitting: Sitting; onClose: () => void }) {
  const saving = useSittingSaving(sitting.id);
  return (
    <FormDialog<Omit<Values, 'council'>>
      title="Đổi lịch phiên họp"
      okText="Đổi lịch"
      initial={{ day: sitting.day, ...(sitting.place ? { place: sitting.place } : {}) }}
      fields={[['day'], ['place']]}
      save={({ day, place }) =>
        saving.mutateAsync(() =>
          http.put<Sitting>(`/sittings/${sitting.id}`, { day, place: place || null, version: sitting.version }),
        )
      }
      onDone={onClose}
      onClose={onClose}
    >
      <WhenWhere />
    </FormDialog>
  );
}

function WhenWhere() {
  return (
    <>
      <Form.Item name="day" label="Ngày họp" rules={[{ required: true, message: 'Chọn ngày họp.' }]}>
        <DayPicker className="wide" />
      </Form.Item>
      <Form.Item name="place" label="Địa điểm">
        <Input maxLength={200} />
      </Form.Item>
    </>
  );
}

export function SittingDialog({
  councils,
  onPlanned,
  onClose,
}: {
  councils: readonly Council[];
  onPlanned: (id: number) => void;
  onClose: () => void;
}) {
  return (
    <FormDialog<Values>
      title="Lên lịch phiên họp"
      okText="Lên lịch"
      initial={councils[0] ? { council: councils[0].id } : {}}
      fields={[['council'], ['day'], ['place']]}
      save={async (values) => onPlanned((await http.post<Sitting>('/sittings', values)).id)}
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="council" label="Hội đồng" rules={[{ required: true, message: 'Chọn Hội đồng.' }]}>
        <Select options={councils.map(({ id, name }) => ({ value: id, label: name }))} />
      </Form.Item>
      <WhenWhere />
    </FormDialog>
  );
}
