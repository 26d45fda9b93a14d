import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber, Select } from 'antd';
import { FormDialog } from '../common/FormDialog.js';
import { DayPicker } from '../common/DayPicker.js';
import type { Path } from '../common/form-errors.js';
import type { UnitRef } from '../contract.js';
import { http } from '../http.js';
import { UnitPicker } from '../units/UnitPicker.js';
import { today } from '../words/format.js';
import { options } from '../words/labels.js';
import { BLOC_KIND_NAMES, BLOC_ROLE_NAMES, useBlocSaving } from './blocs.api.js';
import type { Bloc, CreateBlocInput, EditBlocInput } from './blocs.contract.js';

type Values = Omit<CreateBlocInput, 'representative'> & {
  representative?: { name?: string; rank?: string; post?: string };
};

interface Props {
  /** Null: a new bloc. */
  bloc: Bloc | null;
  onSaved: (bloc: Bloc) => void;
  onClose: () => void;
}

/** A bloc as a whole: its key when it is new, theme, members with their part, and who stands for the head unit. */
export function BlocDialog({ bloc, onSaved, onClose }: Props) {
  const keep = useBlocSaving();
  const known = (bloc?.memberUnits ?? []).flatMap(({ unit }) => (unit ? [unit] : []));
  const hidden = (bloc?.memberUnits ?? []).some(({ unit }) => !unit);
  const save = async ({ representative, ...values }: Values) => {
    const facts = {
      ...values,
      members: values.members ?? [],
      representative: representative?.name ? { ...representative, name: representative.name } : null,
    };
    const saving = bloc
      ? http.put<Bloc>(`/blocs/${bloc.id}`, editOf(facts, bloc.version) satisfies EditBlocInput)
      : http.post<Bloc>('/blocs', facts satisfies CreateBlocInput);
    onSaved(await keep(saving));
  };
  return (
    <FormDialog<Values>
      title={bloc ? `Sửa ${bloc.name}` : 'Lập khối, cụm thi đua'}
      okText={bloc ? 'Lưu' : 'Lập'}
      width={860}
      initial={initialOf(bloc)}
      fields={FIELDS}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      {hidden && <p className="hint">Khối có đơn vị hạn chế người xem; lưu danh sách này sẽ bỏ đơn vị đó ra.</p>}
      {!bloc && (
        <div className="dialog-grid">
          <Form.Item name="organiser" label="Đơn vị tổ chức" rules={[{ required: true, message: 'Mời chọn đơn vị.' }]}>
            <UnitPicker />
          </Form.Item>
          <Form.Item name="kind" label="Khối hay cụm" rules={[{ required: true }]}>
            <Select options={options(BLOC_KIND_NAMES)} />
          </Form.Item>
          <Form.Item name="number" label="Số" rules={[{ required: true, message: 'Mời ghi số.' }]}>
            <InputNumber min={1} max={999} precision={0} />
          </Form.Item>
          <Form.Item name="year" label="Năm" rules={[{ required: true, message: 'Mời ghi năm.' }]}>
            <InputNumber min={1990} max={2100} precision={0} />
          </Form.Item>
        </div>
      )}
      <Form.Item name="theme" label="Chủ đề năm">
        <Input.TextArea maxLength={2000} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
      <Members extra={known} />
      <div className="dialog-grid">
        <Form.Item name={['representative', 'name']} label="Người đại diện đơn vị trưởng">
          <Input maxLength={120} placeholder="Họ tên" />
        </Form.Item>
        <Form.Item name={['representative', 'rank']} label="Cấp bậc, học hàm">
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name={['representative', 'post']} label="Chức vụ">
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="ownName" label="Tên riêng (nếu có)">
          <Input maxLength={200} />
        </Form.Item>
      </div>
      <Form.Item name="note" label="Ghi chú">
        <Input.TextArea maxLength={2000} autoSize={{ minRows: 1, maxRows: 4 }} />
      </Form.Item>
      <Form.Item name="source" label="Nguồn">
        <Input maxLength={300} placeholder="Quyết định, thông báo thành lập" />
      </Form.Item>
    </FormDialog>
  );
}

function Members({ extra }: { extra: readonly UnitRef[] }) {
  return (
    <Form.List name="members">
      {(fields, { add, remove }) => (
        <Form.Item label="Đơn vị thành viên">
          {fields.map(({ key, name }) => (
            <div key={key} className="member-line">
              <Form.Item name={[name, 'unit']} rules={[{ required: true, message: 'Mời chọn đơn vị.' }]}>
                <UnitPicker extra={extra} aria-label={`Đơn vị thành viên ${name + 1}`} />
              </Form.Item>
              <Form.Item name={[name, 'role']}>
                <Select options={options(BLOC_ROLE_NAMES)} aria-label={`Vai trò của đơn vị ${name + 1}`} />
              </Form.Item>
              <Form.Item name={[name, 'leftOn']}>
                <DayPicker placeholder="ngày rời (nếu có)" aria-label={`Ngày rời của đơn vị ${name + 1}`} />
              </Form.Item>
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={`Bỏ đơn vị ${name + 1}`}
                onClick={() => remove(name)}
              />
            </div>
          ))}
          <Button icon={<PlusOutlined />} onClick={() => add({ role: fields.length === 0 ? 'HEAD' : 'MEMBER' })}>
            Thêm đơn vị
          </Button>
        </Form.Item>
      )}
    </Form.List>
  );
}

const MOST_LINES = 60;
const FIELDS: Path[] = [
  ['organiser'],
  ['kind'],
  ['number'],
  ['year'],
  ['theme'],
  ['representative', 'name'],
  ['ownName'],
  ['note'],
  ['source'],
  ...Array.from({ length: MOST_LINES }, (_, i) =>
    ['unit', 'role', 'leftOn'].map((name) => ['members', i, name]),
  ).flat(),
];

function initialOf(bloc: Bloc | null): Partial<Values> {
  if (!bloc) return { kind: 'BLOCK', year: Number(today().slice(0, 4)), members: [] };
  const { theme, ownName, note, source, representative } = bloc;
  return {
    theme,
    ownName,
    note,
    source,
    ...(representative
      ? {
          representative: {
            name: representative.name,
            rank: representative.rank ?? '',
            post: representative.post ?? '',
          },
        }
      : {}),
    members: bloc.memberUnits.flatMap(({ unit, role, joined, leftOn }) =>
      unit ? [{ unit: unit.code, role, joined, leftOn }] : [],
    ),
  };
}

/** The key of a bloc is given once; an edit sends the rest. */
function editOf(facts: CreateBlocInput, version: number): EditBlocInput {
  const { organiser: _organiser, kind: _kind, number: _number, year: _year, ...rest } = facts;
  return { ...rest, version };
}
