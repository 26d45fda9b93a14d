import { useQueryClient } from '@tanstack/react-query';
import { App, Checkbox, Form, Input, Select } from 'antd';
import type { Day, FormRow } from '../contract.js';
import { DayPicker } from '../common/DayPicker.js';
import { FormDialog } from '../common/FormDialog.js';
import { foldedSearch } from '../common/pick.js';
import { http } from '../http.js';
import { upperCase } from '../words/format.js';
import { KIND_NAMES, LEVEL_NAMES, options, RECIPIENT_NAMES } from '../words/labels.js';
import { STATISTICAL_NAMES } from './words.js';

/** The lists of the rulebook. */
export type RuleKind = 'forms' | 'types' | 'votes';

const PATHS: Record<RuleKind, string> = {
  forms: 'forms',
  types: 'commendation-types',
  votes: 'vote-rules',
};

interface Dated {
  code: string;
  name: string;
  validFrom: Day;
  source: string;
  verified?: boolean;
}

function useDone(onClose: () => void, said: string): () => void {
  const client = useQueryClient();
  const { message } = App.useApp();
  return () => {
    message.success(said);
    void client.invalidateQueries({ queryKey: ['rulebook'] });
    onClose();
  };
}

export function NewForm({ onClose }: { onClose: () => void }) {
  type Values = Dated & Pick<FormRow, 'kind' | 'recipientClasses' | 'conferringLevels' | 'oncePerLife'>;
  const done = useDone(onClose, 'Đã thêm vào quy định.');
  return (
    <FormDialog<Values>
      title="Thêm hình thức khen thưởng, danh hiệu"
      okText="Thêm"
      width={680}
      initial={{ kind: 'AWARD', verified: false, oncePerLife: false, recipientClasses: [], conferringLevels: [] }}
      fields={['code', 'name', 'kind', 'validFrom', 'source', 'recipientClasses', 'conferringLevels'].map((field) => [
        field,
      ])}
      save={(values) => http.post('/rulebook/forms', values)}
      onDone={done}
      onClose={onClose}
    >
      <DatedFields />
      <div className="fields-2">
        <Form.Item name="kind" label="Thuộc nhóm">
          <Select options={options(KIND_NAMES)} />
        </Form.Item>
        <Form.Item name="recipientClasses" label="Tặng cho">
          <Select mode="multiple" options={options(RECIPIENT_NAMES)} placeholder="mọi đối tượng" />
        </Form.Item>
      </div>
      <Form.Item name="conferringLevels" label="Cấp quyết định">
        <Select mode="multiple" options={options(LEVEL_NAMES)} showSearch={foldedSearch} placeholder="mọi cấp" />
      </Form.Item>
      <Form.Item name="oncePerLife" valuePropName="checked" className="tight">
        <Checkbox>Chỉ tặng một lần cho mỗi người</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}

export function NewType({ onClose }: { onClose: () => void }) {
  type Values = Dated & { statistical: keyof typeof STATISTICAL_NAMES };
  const done = useDone(onClose, 'Đã thêm vào quy định.');
  return (
    <FormDialog<Values>
      title="Thêm loại khen thưởng"
      okText="Thêm"
      width={680}
      initial={{ verified: false }}
      fields={['code', 'name', 'validFrom', 'source', 'statistical'].map((field) => [field])}
      save={(values) => http.post('/rulebook/commendation-types', values)}
      onDone={done}
      onClose={onClose}
    >
      <DatedFields />
      <Form.Item
        name="statistical"
        label="Nhóm trong thống kê"
        rules={[{ required: true, message: 'Mời chọn nhóm thống kê.' }]}
      >
        <Select options={options(STATISTICAL_NAMES)} />
      </Form.Item>
    </FormDialog>
  );
}

function DatedFields() {
  return (
    <>
      <Form.Item name="name" label="Tên" rules={[{ required: true, whitespace: true, message: 'Mời nhập tên.' }]}>
        <Input maxLength={300} />
      </Form.Item>
      <div className="fields-2">
        <Form.Item
          name="code"
          label="Mã"
          extra="Chữ hoa không dấu, số, gạch dưới: BANG_KHEN. Sửa quy định: dùng lại mã cũ với ngày mới."
          normalize={upperCase}
          rules={[{ required: true, message: 'Mời nhập mã.' }]}
        >
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item
          name="validFrom"
          label="Có hiệu lực từ ngày"
          rules={[{ required: true, message: 'Mời chọn ngày có hiệu lực.' }]}
        >
          <DayPicker className="wide" />
        </Form.Item>
      </div>
      <Form.Item
        name="source"
        label="Văn bản"
        extra="Số, ngày văn bản; điều, khoản."
        rules={[{ required: true, whitespace: true, message: 'Mời ghi văn bản gốc.' }]}
      >
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item name="verified" valuePropName="checked" className="tight">
        <Checkbox>Đã đọc và đối chiếu với chính văn bản</Checkbox>
      </Form.Item>
    </>
  );
}

interface CloseProps {
  kind: RuleKind;
  row: { id: number; name: string };
  onClose: () => void;
}

/** A row is never deleted: it ends on a day, by a text. */
export function CloseRule({ kind, row, onClose }: CloseProps) {
  const done = useDone(onClose, 'Đã ghi ngày hết hiệu lực.');
  return (
    <FormDialog<{ validTo: Day; reason: string }>
      title={`Hết hiệu lực: ${row.name}`}
      okText="Ghi hết hiệu lực"
      danger
      fields={[['validTo'], ['reason']]}
      save={(values) => http.put(`/rulebook/${PATHS[kind]}/${row.id}/end`, values)}
      onDone={done}
      onClose={onClose}
    >
      <p className="hint">Những gì ghi theo quy định này trước ngày đó giữ nguyên.</p>
      <Form.Item
        name="validTo"
        label="Ngày đầu tiên không còn hiệu lực"
        rules={[{ required: true, message: 'Mời chọn ngày.' }]}
      >
        <DayPicker />
      </Form.Item>
      <Form.Item
        name="reason"
        label="Theo văn bản"
        rules={[{ required: true, whitespace: true, message: 'Mời ghi văn bản.' }]}
      >
        <Input maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
