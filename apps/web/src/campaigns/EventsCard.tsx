import { Button, Card, Form, Input, Select, Table } from 'antd';
import { useState } from 'react';
import { printInterval } from '@lib/kernel';
import { DayPicker } from '../common/DayPicker.js';
import { FormDialog } from '../common/FormDialog.js';
import { Mark } from '../common/Mark.js';
import { Nothing } from '../common/states.js';
import { http } from '../http.js';
import { useSession } from '../session/session.js';
import { UnitPicker } from '../units/UnitPicker.js';
import { options } from '../words/labels.js';
import { useOccasions, useSaving } from './campaigns.api.js';
import type { Campaign, EventInput, HeldEvent, OccasionInput } from './campaigns.contract.js';
import { OCCASION_NAMES, PURPOSE_NAMES } from './words.js';

/** What was held for this campaign: one event may serve several purposes and occasions. */
export function EventsCard({ campaign }: { campaign: Campaign }) {
  const [adding, setAdding] = useState<'event' | 'occasion' | null>(null);
  const saving = useSaving();
  const { may } = useSession();
  const arranges = campaign.may.includes('arrange') && may('campaign.register');
  return (
    <Card
      size="small"
      title="Hội nghị, sự kiện"
      extra={
        arranges && (
          <>
            <Button size="small" onClick={() => setAdding('event')}>
              Ghi sự kiện
            </Button>{' '}
            <Button size="small" onClick={() => setAdding('occasion')}>
              Thêm dịp kỷ niệm, đại hội
            </Button>
          </>
        )
      }
    >
      <Table<HeldEvent>
        className="book-list"
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={[...campaign.events]}
        locale={{ emptyText: <Nothing>Chưa ghi sự kiện nào.</Nothing> }}
        columns={[
          { title: 'Thời gian', key: 'when', width: 150, render: (_, { from, to }) => printInterval({ from, to }) },
          {
            title: 'Sự kiện',
            key: 'name',
            render: (_, event) => (
              <>
                {event.name}{' '}
                {event.purposes.map((purpose) => (
                  <Mark key={purpose}>{PURPOSE_NAMES[purpose]}</Mark>
                ))}
                <div className="soft">
                  {[event.occasions.map(({ name }) => name).join('; '), event.attendees, event.note]
                    .filter(Boolean)
                    .join(' · ')}
                </div>
              </>
            ),
          },
          { title: 'Nơi tổ chức', dataIndex: 'place', width: 180 },
          { title: 'Đơn vị tổ chức', key: 'host', width: 220, render: (_, { host }) => host?.name ?? 'hạn chế xem' },
          {
            title: '',
            key: 'actions',
            width: 70,
            render: (_, event) =>
              event.mayRemove && (
                <Button
                  type="link"
                  size="small"
                  danger
                  onClick={() => saving.mutate(() => http.remove(`/events/${event.id}`))}
                >
                  Gỡ
                </Button>
              ),
          },
        ]}
      />
      {adding === 'event' && <EventDialog campaign={campaign} onClose={() => setAdding(null)} />}
      {adding === 'occasion' && <OccasionDialog campaign={campaign} onClose={() => setAdding(null)} />}
    </Card>
  );
}

const unitOf = ({ launcher }: Campaign) => (launcher.code ? { unit: launcher.code } : {});

function EventDialog({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const saving = useSaving();
  const occasions = useOccasions(true);
  const save = (values: EventInput) =>
    saving.mutateAsync(() => http.post('/events', { ...values, campaigns: [campaign.id] }));
  return (
    <FormDialog<EventInput>
      title="Ghi sự kiện"
      okText="Ghi lại"
      width={720}
      initial={{ ...unitOf(campaign), purposes: ['CONFERENCE'], occasions: [] }}
      fields={[
        ['unit'],
        ['name'],
        ['purposes'],
        ['from'],
        ['to'],
        ['place'],
        ['attendees'],
        ['note'],
        ['source'],
        ['occasions'],
      ]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="name" label="Tên" rules={[{ required: true, min: 2, message: 'Mời nhập tên.' }]}>
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item name="purposes" label="Mục đích" rules={[{ required: true, message: 'Chọn ít nhất một.' }]}>
        <Select mode="multiple" options={options(PURPOSE_NAMES)} />
      </Form.Item>
      <div className="fields-2">
        <Form.Item name="from" label="Từ ngày" rules={[{ required: true, message: 'Mời chọn ngày.' }]}>
          <DayPicker className="wide" />
        </Form.Item>
        <Form.Item name="to" label="Đến ngày" rules={[{ required: true, message: 'Mời chọn ngày.' }]}>
          <DayPicker className="wide" />
        </Form.Item>
        <Form.Item name="unit" label="Đơn vị tổ chức" rules={[{ required: true, message: 'Mời chọn đơn vị.' }]}>
          <UnitPicker className="wide" />
        </Form.Item>
        <Form.Item name="place" label="Nơi tổ chức">
          <Input maxLength={300} />
        </Form.Item>
      </div>
      <Form.Item name="occasions" label="Nhân dịp">
        <Select
          mode="multiple"
          loading={occasions.isPending}
          options={(occasions.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          notFoundContent="Chưa có dịp nào."
        />
      </Form.Item>
      <Form.Item name="attendees" label="Thành phần dự">
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  );
}

function OccasionDialog({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const saving = useSaving();
  return (
    <FormDialog<OccasionInput>
      title="Thêm dịp kỷ niệm, đại hội"
      okText="Thêm"
      initial={{ ...unitOf(campaign), kind: 'ANNIVERSARY' }}
      fields={[['unit'], ['kind'], ['name'], ['term'], ['from'], ['to']]}
      save={(values) => saving.mutateAsync(() => http.post('/occasions', values))}
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="name" label="Tên" rules={[{ required: true, min: 2, message: 'Mời nhập tên.' }]}>
        <Input maxLength={300} placeholder="Kỷ niệm 95 năm Ngày thành lập Công đoàn Việt Nam" />
      </Form.Item>
      <div className="fields-2">
        <Form.Item name="kind" label="Loại">
          <Select options={options(OCCASION_NAMES)} />
        </Form.Item>
        <Form.Item name="term" label="Nhiệm kỳ (với đại hội)">
          <Input maxLength={60} placeholder="2023–2028" />
        </Form.Item>
        <Form.Item name="from" label="Từ ngày">
          <DayPicker className="wide" />
        </Form.Item>
        <Form.Item name="to" label="Đến ngày">
          <DayPicker className="wide" />
        </Form.Item>
      </div>
      <Form.Item name="unit" label="Đơn vị ghi" rules={[{ required: true, message: 'Mời chọn đơn vị.' }]}>
        <UnitPicker className="wide" />
      </Form.Item>
    </FormDialog>
  );
}
