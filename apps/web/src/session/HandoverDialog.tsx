import { Form, Input } from 'antd';
import { FormDialog } from '../common/FormDialog.js';
import { Mark } from '../common/Mark.js';
import { Failed, Loading, Nothing } from '../common/states.js';
import { http } from '../http.js';
import { printAnyDay } from '../words/format.js';
import { ColleaguePicker } from './ColleaguePicker.js';
import { useDelegationSaving, useHandoverPreview } from './delegations.api.js';

/** One's own open work put on a colleague's desk, after seeing what goes. */
export function HandoverDialog({ onClose }: { onClose: () => void }) {
  const saving = useDelegationSaving();
  return (
    <FormDialog<{ to: string; reason: string }>
      title="Bàn giao việc đang mở"
      okText="Bàn giao"
      width={680}
      fields={[['to'], ['reason']]}
      save={(values) => saving.mutateAsync(() => http.post('/handovers', values))}
      onDone={onClose}
      onClose={onClose}
    >
      <p className="hint">
        Hồ sơ, bản thảo là của đơn vị, ai được giao đơn vị thì làm tiếp. Ở đây bàn giao các việc đang chờ trên bàn của
        anh/chị.
      </p>
      <Form.Item name="to" label="Người nhận" rules={[{ required: true, message: 'Mời chọn đồng nghiệp.' }]}>
        <ColleaguePicker />
      </Form.Item>
      <Form.Item noStyle shouldUpdate={(before, after) => before.to !== after.to}>
        {({ getFieldValue }) => <Preview to={(getFieldValue('to') as string | undefined) ?? null} />}
      </Form.Item>
      <Form.Item name="reason" label="Lý do" rules={[{ required: true, min: 3, message: 'Mời ghi lý do.' }]}>
        <Input maxLength={500} placeholder="Chuyển công tác, nghỉ thai sản…" />
      </Form.Item>
    </FormDialog>
  );
}

function Preview({ to }: { to: string | null }) {
  const preview = useHandoverPreview(to);
  if (to === null) return null;
  if (preview.isPending) return <Loading />;
  if (preview.isError) return <Failed error={preview.error} />;
  if (preview.data.tasks.length === 0) return <Nothing>Anh/chị không có việc nào đang mở.</Nothing>;
  return (
    <ul aria-label="Việc sẽ bàn giao">
      {preview.data.tasks.map(({ id, title, unit, due, fits }) => (
        <li key={id}>
          {title}{' '}
          <span className="soft">{[unit?.name, due && `hạn ${printAnyDay(due)}`].filter(Boolean).join(' · ')}</span>{' '}
          {fits ? <Mark tone="good">sẽ bàn giao</Mark> : <Mark tone="warn">người nhận chưa được giao quyền này</Mark>}
        </li>
      ))}
    </ul>
  );
}
