import { Alert, Checkbox, Col, Form, Input, Radio, Row } from 'antd';
import { useState } from 'react';
import { addDays, type Day } from '@lib/kernel';
import { DayPicker } from '../common/DayPicker.js';
import { FormDialog } from '../common/FormDialog.js';
import { http, Problem } from '../http.js';
import { UnitPicker } from '../units/UnitPicker.js';
import { usePeopleSaving } from './people.api.js';
import type { PersonProfile, PersonView } from './people.contract.js';
import { PERSON_FIELDS, PersonFields } from './PersonFields.js';
import { CAPACITY_NAMES } from './words.js';

interface Dialog {
  onClose: () => void;
}

const DAY = [{ required: true, message: 'Mời chọn ngày.' }];
const UNIT = [{ required: true, message: 'Mời chọn đơn vị.' }];
const REASON = [{ required: true, min: 3, message: 'Mời ghi lý do.' }];

/** Takes a person into the register. Somebody of the same name and year in the unit is asked about. */
export function RecordPersonDialog({
  unit,
  onDone,
  onClose,
}: Dialog & { unit?: string; onDone: (id: number) => void }) {
  const saving = usePeopleSaving();
  const [same, setSame] = useState(false);
  const save = async (values: object): Promise<void> => {
    const made = await saving
      .mutateAsync(() => http.post<PersonView>('/people', values))
      .catch((error: unknown) => {
        if (error instanceof Problem && error.code === 'people.same_exists') setSame(true);
        throw error;
      });
    onDone((made as PersonView).id);
  };
  return (
    <FormDialog
      title="Thêm đoàn viên"
      okText="Ghi vào danh sách"
      width={720}
      initial={{ unit: unit ?? null, classification: 'INTERNAL' }}
      fields={[...PERSON_FIELDS, ['unit'], ['memberSince'], ['another']]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <PersonFields />
      <Row gutter={16}>
        <Col span={16}>
          <Form.Item name="unit" label="Đơn vị" rules={UNIT}>
            <UnitPicker />
          </Form.Item>
        </Col>
        <Col span={8}>
          <Form.Item name="memberSince" label="Sinh hoạt ở đây từ">
            <DayPicker className="wide" />
          </Form.Item>
        </Col>
      </Row>
      {same && (
        <Form.Item name="another" valuePropName="checked">
          <Checkbox>Tôi đã xem: đây là một người khác, trùng họ tên và năm sinh.</Checkbox>
        </Form.Item>
      )}
    </FormDialog>
  );
}

export function EditPersonDialog({ person, onClose }: Dialog & { person: PersonProfile }) {
  const saving = usePeopleSaving();
  const { name, birthYear, gender, memberCard, serviceNumber, admittedOn, classification } = person;
  return (
    <FormDialog
      title="Sửa hồ sơ"
      okText="Lưu"
      width={720}
      initial={{ name, birthYear, gender, memberCard, serviceNumber, admittedOn, classification }}
      fields={PERSON_FIELDS}
      save={(values) =>
        saving.mutateAsync(() => http.put(`/people/${person.id}`, { ...blanksToNull(values), version: person.version }))
      }
      onDone={onClose}
      onClose={onClose}
    >
      <PersonFields />
    </FormDialog>
  );
}

function blanksToNull(values: object): object {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, value === '' || value === undefined ? null : value]),
  );
}

/** To another unit from a day on, or a stretch of the past for the unit history. */
export function MoveDialog({ person, past, onClose }: Dialog & { person: PersonProfile; past: boolean }) {
  const saving = usePeopleSaving();
  const path = `/people/${person.id}/${past ? 'memberships' : 'move'}`;
  return (
    <FormDialog<{ unit: string; from: Day; to?: Day | null }>
      title={past ? 'Thêm thời gian sinh hoạt trước đây' : `Chuyển sinh hoạt: ${person.name}`}
      okText={past ? 'Thêm' : 'Chuyển'}
      fields={[['unit'], ['from'], ['to'], ['decision'], ['reason']]}
      save={(values) => saving.mutateAsync(() => http.post(path, past ? untilAfter(values) : values))}
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="unit" label={past ? 'Đơn vị' : 'Đơn vị mới'} rules={UNIT}>
        <UnitPicker />
      </Form.Item>
      <Row gutter={16}>
        <Col span={12}>
          <Form.Item name="from" label={past ? 'Từ ngày' : 'Sinh hoạt ở đơn vị mới từ ngày'} rules={DAY}>
            <DayPicker className="wide" />
          </Form.Item>
        </Col>
        <Col span={12}>
          {past ? (
            <Form.Item name="to" label="Đến hết ngày" rules={DAY}>
              <DayPicker className="wide" />
            </Form.Item>
          ) : (
            <Form.Item name="decision" label="Quyết định, giấy giới thiệu">
              <Input maxLength={200} />
            </Form.Item>
          )}
        </Col>
      </Row>
      {!past && (
        <Form.Item name="reason" label="Lý do">
          <Input maxLength={300} />
        </Form.Item>
      )}
    </FormDialog>
  );
}

export function PositionDialog({ person, onClose }: Dialog & { person: PersonProfile }) {
  const saving = usePeopleSaving();
  return (
    <FormDialog
      title="Thêm chức danh"
      okText="Thêm"
      initial={{ unit: person.unit?.code ?? null, fullTime: false, leads: false }}
      fields={[['unit'], ['title'], ['fullTime'], ['from'], ['to']]}
      save={(values) => saving.mutateAsync(() => http.post(`/people/${person.id}/positions`, untilAfter(values)))}
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="title" label="Chức danh" rules={[{ required: true, message: 'Mời ghi chức danh.' }]}>
        <Input maxLength={200} placeholder="Chủ tịch công đoàn cơ sở" />
      </Form.Item>
      <Form.Item name="unit" label="Đơn vị" rules={UNIT}>
        <UnitPicker />
      </Form.Item>
      <Form.Item name="fullTime">
        <Radio.Group
          options={[
            { value: false, label: 'Không chuyên trách (kiêm nhiệm)' },
            { value: true, label: 'Chuyên trách' },
          ]}
        />
      </Form.Item>
      <Form.Item name="leads" valuePropName="checked">
        <Checkbox>Đứng đầu đơn vị</Checkbox>
      </Form.Item>
      <FromTo />
    </FormDialog>
  );
}

export function ServiceDialog({ person, onClose }: Dialog & { person: PersonProfile }) {
  const saving = usePeopleSaving();
  return (
    <FormDialog
      title="Thêm thời gian công tác công đoàn"
      okText="Thêm"
      initial={{ capacity: 'PART_TIME' }}
      fields={[['capacity'], ['unit'], ['title'], ['from'], ['to']]}
      save={(values) => saving.mutateAsync(() => http.post(`/people/${person.id}/service-periods`, untilAfter(values)))}
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="capacity" label="Tính chất">
        <Radio.Group
          className="radio-column"
          options={Object.entries(CAPACITY_NAMES).map(([value, label]) => ({ value, label }))}
        />
      </Form.Item>
      <Form.Item name="title" label="Công việc, chức danh">
        <Input maxLength={200} placeholder="Ủy viên Ban Chấp hành CĐCS" />
      </Form.Item>
      <Form.Item name="unit" label="Đơn vị">
        <UnitPicker allowClear />
      </Form.Item>
      <FromTo />
    </FormDialog>
  );
}

/** An officer names the last day; the API keeps the first day after it. */
function untilAfter(values: object): object {
  const { to } = values as { to?: Day | null };
  return to ? { ...values, to: addDays(to, 1) } : values;
}

function FromTo() {
  return (
    <Row gutter={16}>
      <Col span={12}>
        <Form.Item name="from" label="Từ ngày" rules={DAY}>
          <DayPicker className="wide" />
        </Form.Item>
      </Col>
      <Col span={12}>
        <Form.Item name="to" label="Đến hết ngày" extra="Để trống nếu đang làm.">
          <DayPicker className="wide" />
        </Form.Item>
      </Col>
    </Row>
  );
}

/** Something is taken out, told apart or taken back: only the reason is asked. */
export function ReasonDialog({
  title,
  okText,
  hint,
  work,
  onClose,
}: Dialog & { title: string; okText: string; hint: string; work: (reason: string) => Promise<unknown> }) {
  const saving = usePeopleSaving();
  return (
    <FormDialog<{ reason: string }>
      title={title}
      okText={okText}
      fields={[['reason']]}
      save={({ reason }) => saving.mutateAsync(() => work(reason))}
      onDone={onClose}
      onClose={onClose}
    >
      <Alert type="info" showIcon title={hint} className="gap-below" />
      <Form.Item name="reason" label="Lý do" rules={REASON}>
        <Input.TextArea maxLength={500} rows={2} autoFocus />
      </Form.Item>
    </FormDialog>
  );
}
