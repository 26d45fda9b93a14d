import { Button, Card, Form, Input, Space, Table } from 'antd';
import { useState } from 'react';
import { DayPicker } from '../common/DayPicker.js';
import { FormDialog } from '../common/FormDialog.js';
import { Mark } from '../common/Mark.js';
import { Nothing } from '../common/states.js';
import { http } from '../http.js';
import { useSaving } from './campaigns.api.js';
import type { Campaign, Phase, PhaseInput } from './campaigns.contract.js';
import { printTime } from './words.js';

/** Phases run until they are reviewed, whatever became of their targets. */
export function PhasesCard({ campaign }: { campaign: Campaign }) {
  const [adding, setAdding] = useState(false);
  const saving = useSaving();
  const path = `/campaigns/${campaign.id}/phases`;
  const arranges = campaign.may.includes('arrange');
  return (
    <Card
      size="small"
      title="Giai đoạn"
      extra={
        arranges && (
          <Button size="small" onClick={() => setAdding(true)}>
            Thêm giai đoạn
          </Button>
        )
      }
    >
      <Table<Phase>
        className="book-list"
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={[...campaign.phases]}
        locale={{ emptyText: <Nothing>Chưa chia giai đoạn.</Nothing> }}
        columns={[
          { title: 'Giai đoạn', dataIndex: 'name' },
          {
            title: 'Thời gian',
            key: 'time',
            width: 200,
            render: (_, phase) => printTime({ ...phase, namedPeriod: null }),
          },
          { title: 'Chỉ tiêu', dataIndex: 'target' },
          {
            title: 'Trạng thái',
            key: 'state',
            width: 140,
            render: (_, { state, stateName }) => <Mark tone={state === 'RUNNING' ? 'good' : 'plain'}>{stateName}</Mark>,
          },
          {
            title: '',
            key: 'steps',
            width: 220,
            render: (_, phase) => (
              <Space>
                {phase.steps.map(({ step, name }) => (
                  <Button
                    key={step}
                    size="small"
                    onClick={() => saving.mutate(() => http.post(`${path}/${phase.id}/steps`, { step }))}
                  >
                    {name}
                  </Button>
                ))}
                {arranges && phase.state === 'RUNNING' && (
                  <Button
                    size="small"
                    type="link"
                    danger
                    onClick={() => saving.mutate(() => http.remove(`${path}/${phase.id}`))}
                  >
                    Gỡ
                  </Button>
                )}
              </Space>
            ),
          },
        ]}
      />
      {saving.isError && !adding && <p role="alert">{saving.error.message}</p>}
      {adding && (
        <FormDialog<PhaseInput>
          title="Thêm giai đoạn"
          okText="Thêm"
          fields={[['name'], ['from'], ['to'], ['target']]}
          save={(values) => saving.mutateAsync(() => http.post(path, values))}
          onDone={() => setAdding(false)}
          onClose={() => setAdding(false)}
        >
          <Form.Item name="name" label="Tên" rules={[{ required: true, min: 2, message: 'Mời nhập tên.' }]}>
            <Input maxLength={300} placeholder="Giai đoạn 1" />
          </Form.Item>
          <div className="fields-2">
            <Form.Item name="from" label="Từ ngày">
              <DayPicker className="wide" />
            </Form.Item>
            <Form.Item name="to" label="Đến ngày">
              <DayPicker className="wide" />
            </Form.Item>
          </div>
          <Form.Item name="target" label="Chỉ tiêu">
            <Input.TextArea rows={2} maxLength={2000} />
          </Form.Item>
        </FormDialog>
      )}
    </Card>
  );
}
