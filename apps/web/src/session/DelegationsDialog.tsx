import { Button, Col, Form, Input, List, Modal, Row } from 'antd';
import { useState } from 'react';
import { addDays, type Day } from '@lib/kernel';
import { DayPicker } from '../common/DayPicker.js';
import { FormDialog } from '../common/FormDialog.js';
import { Mark } from '../common/Mark.js';
import { Failed, Loading, Nothing } from '../common/states.js';
import { http } from '../http.js';
import type { DelegationView } from '../people/people.contract.js';
import { UnitPicker } from '../units/UnitPicker.js';
import { printAnyDay } from '../words/format.js';
import { ColleaguePicker } from './ColleaguePicker.js';
import { useDelegations, useDelegationSaving } from './delegations.api.js';
import { useSession } from './session.js';

const STATES: Record<DelegationView['state'], string> = {
  COMING: 'chưa tới ngày',
  LIVE: 'đang hiệu lực',
  OVER: 'đã hết hạn',
  REVOKED: 'đã thu hồi',
};

/** Who may act for whom, on which unit and days; the way into acting, and back. */
export function DelegationsDialog({ onClose }: { onClose: () => void }) {
  const list = useDelegations();
  const saving = useDelegationSaving();
  const { acting } = useSession();
  const [giving, setGiving] = useState(false);
  if (giving) return <GiveDialog onClose={() => setGiving(false)} />;
  return (
    <Modal open title="Ủy quyền, làm thay" width={720} footer={null} onCancel={onClose} style={{ top: 24 }}>
      <p className="hint">
        Người được ủy quyền làm thay với đúng quyền của người ủy quyền ở đơn vị đó, trong những ngày đã định. Mọi việc
        làm thay đều ghi tên cả hai người.
      </p>
      <Button type="primary" disabled={acting !== null} onClick={() => setGiving(true)}>
        Ủy quyền cho đồng nghiệp
      </Button>
      {list.isPending && <Loading />}
      {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && (
        <List
          size="small"
          dataSource={list.data}
          locale={{ emptyText: <Nothing>Chưa có ủy quyền nào.</Nothing> }}
          renderItem={(one) => (
            <List.Item
              actions={[
                ...(one.mine && one.state === 'LIVE' && acting?.delegation !== one.id
                  ? [
                      <Button key="act" size="small" type="primary" onClick={() => void act(one.id)}>
                        Làm thay
                      </Button>,
                    ]
                  : []),
                ...(one.state === 'LIVE' || one.state === 'COMING'
                  ? [
                      <Button
                        key="end"
                        size="small"
                        onClick={() => saving.mutate(() => http.put(`/session/delegations/${one.id}/revoked`))}
                      >
                        {one.mine ? 'Không nhận nữa' : 'Thu hồi'}
                      </Button>,
                    ]
                  : []),
              ]}
            >
              <List.Item.Meta
                title={
                  <>
                    {one.to.name} làm thay {one.from.name}{' '}
                    <Mark tone={one.state === 'LIVE' ? 'good' : 'plain'}>{STATES[one.state]}</Mark>
                  </>
                }
                description={`${one.unit?.name ?? '—'} · ${printAnyDay(one.validFrom)} – ${printAnyDay(addDays(one.validTo, -1))} · ${one.reason}`}
              />
            </List.Item>
          )}
        />
      )}
    </Modal>
  );
}

/** Everything on the screen is another's from now on: it is loaded anew. */
export async function act(delegation: number | null): Promise<void> {
  await http.put('/session/acting', { delegation });
  window.location.assign('/');
}

function GiveDialog({ onClose }: { onClose: () => void }) {
  const saving = useDelegationSaving();
  return (
    <FormDialog<{ to: string; unit: string; from: Day; last: Day; reason: string }>
      title="Ủy quyền cho đồng nghiệp"
      okText="Ủy quyền"
      fields={[['to'], ['unit'], ['from'], ['last'], ['reason']]}
      save={({ last, ...values }) =>
        saving.mutateAsync(() => http.post('/session/delegations', { ...values, until: addDays(last, 1) }))
      }
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="to" label="Người làm thay" rules={[{ required: true, message: 'Mời chọn đồng nghiệp.' }]}>
        <ColleaguePicker />
      </Form.Item>
      <Form.Item name="unit" label="Ở đơn vị" rules={[{ required: true, message: 'Mời chọn đơn vị.' }]}>
        <UnitPicker />
      </Form.Item>
      <Row gutter={16}>
        <Col span={12}>
          <Form.Item name="from" label="Từ ngày" rules={[{ required: true, message: 'Mời chọn ngày.' }]}>
            <DayPicker className="wide" />
          </Form.Item>
        </Col>
        <Col span={12}>
          <Form.Item name="last" label="Đến hết ngày" rules={[{ required: true, message: 'Mời chọn ngày.' }]}>
            <DayPicker className="wide" />
          </Form.Item>
        </Col>
      </Row>
      <Form.Item name="reason" label="Lý do" rules={[{ required: true, min: 3, message: 'Mời ghi lý do.' }]}>
        <Input maxLength={500} placeholder="Đi công tác, nghỉ phép…" />
      </Form.Item>
    </FormDialog>
  );
}
