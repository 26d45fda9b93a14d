import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Select, Space } from 'antd';
import type { Day } from '../contract.js';
import { DayPicker } from '../common/DayPicker.js';
import { FormDialog } from '../common/FormDialog.js';
import { http } from '../http.js';
import { UnitPicker } from '../units/UnitPicker.js';
import { options } from '../words/labels.js';
import { COUNCIL_KIND_NAMES, MEMBER_ROLE_NAMES, useCandidates } from './councils.api.js';
import type { Council, MemberRole } from './councils.contract.js';

interface Values {
  unit: string;
  kind: Council['kind'];
  name: string;
  validFrom: Day;
  validTo?: Day | null;
  members: { id?: number; name: string; role: MemberRole; account?: number | null; person?: number | null }[];
}

/** A new council, or one as it shall be from now on; sittings that have begun keep their members. */
export function CouncilDialog({
  council,
  onDone,
  onClose,
}: {
  council: Council | null;
  onDone: () => void;
  onClose: () => void;
}) {
  const save = ({ unit, kind, ...facts }: Values) =>
    council
      ? http.put(`/councils/${council.id}`, { ...facts, version: council.version })
      : http.post('/councils', { unit, kind, ...facts });
  const initial: Partial<Values> = council
    ? { ...council, unit: council.unit?.code ?? '', members: council.members.map((member) => ({ ...member })) }
    : { kind: 'COUNCIL', members: [{ name: '', role: 'CHAIR' }] };
  const rows = Array.from({ length: 200 }, (_, row) =>
    ['name', 'role', 'account'].map((field) => ['members', row, field]),
  ).flat();
  return (
    <FormDialog<Values>
      title={council ? `Sửa ${council.name}` : 'Lập Hội đồng'}
      okText="Ghi"
      width={820}
      initial={initial}
      fields={[['unit'], ['kind'], ['name'], ['validFrom'], ['validTo'], ...rows]}
      save={save}
      onDone={onDone}
      onClose={onClose}
    >
      {(form) => (
        <>
          <div className="fields-2">
            <Form.Item name="unit" label="Đơn vị" rules={[{ required: true, message: 'Chọn đơn vị.' }]}>
              <UnitPicker disabled={!!council} />
            </Form.Item>
            <Form.Item name="kind" label="Loại">
              <Select disabled={!!council} options={options(COUNCIL_KIND_NAMES)} />
            </Form.Item>
          </div>
          <Form.Item name="name" label="Tên" rules={[{ required: true, min: 3, message: 'Ghi tên Hội đồng.' }]}>
            <Input maxLength={200} />
          </Form.Item>
          <div className="fields-2">
            <Form.Item name="validFrom" label="Hoạt động từ ngày" rules={[{ required: true, message: 'Chọn ngày.' }]}>
              <DayPicker className="wide" />
            </Form.Item>
            <Form.Item name="validTo" label="Đến trước ngày">
              <DayPicker className="wide" />
            </Form.Item>
          </div>
          <Form.Item noStyle dependencies={['unit']}>
            {() => <Members unit={(form.getFieldValue('unit') as string | undefined) ?? null} />}
          </Form.Item>
        </>
      )}
    </FormDialog>
  );
}

function Members({ unit }: { unit: string | null }) {
  const candidates = useCandidates(unit || null);
  const accounts = (candidates.data ?? []).map(({ account, name, username }) => ({
    value: account,
    label: `${name} (${username})`,
  }));
  return (
    <Form.List name="members">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name: row }) => (
            <Space key={key} align="start" wrap={false}>
              <Form.Item name={[row, 'name']} rules={[{ required: true, min: 2, message: 'Ghi họ tên.' }]}>
                <Input placeholder="Họ và tên" aria-label={`Họ và tên thành viên ${row + 1}`} maxLength={120} />
              </Form.Item>
              <Form.Item name={[row, 'role']}>
                <Select
                  aria-label={`Chức danh thành viên ${row + 1}`}
                  options={options(MEMBER_ROLE_NAMES)}
                  style={{ width: 140 }}
                />
              </Form.Item>
              <Form.Item name={[row, 'account']}>
                <Select
                  allowClear
                  placeholder="Tài khoản (nếu có)"
                  aria-label={`Tài khoản thành viên ${row + 1}`}
                  options={accounts}
                  style={{ width: 300 }}
                />
              </Form.Item>
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={`Bỏ thành viên ${row + 1}`}
                onClick={() => remove(row)}
              />
            </Space>
          ))}
          <Button icon={<PlusOutlined />} onClick={() => add({ name: '', role: 'MEMBER' })}>
            Thêm thành viên
          </Button>
        </>
      )}
    </Form.List>
  );
}
