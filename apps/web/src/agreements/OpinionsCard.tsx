import { Button, Card, Form, Input, Radio, Select, Table } from 'antd';
import { useState } from 'react';
import { FormDialog } from '../common/FormDialog.js';
import { Mark } from '../common/Mark.js';
import { http } from '../http.js';
import { printAnyDay } from '../words/format.js';
import { useAgreementSaving } from './agreements.api.js';
import type { Agreement, Opinion } from './agreements.contract.js';
import { unitsThatMay } from './members.js';

/** Opinions of the members on each version of the text, and whether they were taken over. */
export function OpinionsCard({ agreement }: { agreement: Agreement }) {
  const [dialog, setDialog] = useState<'give' | Opinion | null>(null);
  const { opinions, may } = agreement;
  const mine = unitsThatMay(agreement, 'opinion');
  if (opinions.length === 0 && mine.length === 0) return null;
  return (
    <Card
      size="small"
      title={`Ý kiến đóng góp (${opinions.length})`}
      extra={
        mine.length > 0 && (
          <Button size="small" type="primary" onClick={() => setDialog('give')}>
            Góp ý
          </Button>
        )
      }
    >
      <Table<Opinion>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={[...opinions]}
        locale={{ emptyText: 'Chưa có ý kiến.' }}
        columns={[
          {
            title: 'Đơn vị',
            width: 260,
            render: (_, { unit, recordedOn, enteredFor, recordedBy }) => (
              <>
                {unit?.name ?? 'Đơn vị hạn chế người xem'}
                <div className="soft">
                  {printAnyDay(recordedOn)}
                  {enteredFor && ` · ${recordedBy} nhập thay`}
                </div>
              </>
            ),
          },
          { title: 'Bản', dataIndex: 'text', width: 60 },
          { title: 'Ý kiến', dataIndex: 'body' },
          {
            title: 'Trả lời',
            width: 300,
            render: (_, opinion) => (
              <>
                {opinion.taken !== null && (
                  <>
                    <Mark tone={opinion.taken ? 'good' : 'warn'}>{opinion.taken ? 'Tiếp thu' : 'Giải trình'}</Mark>{' '}
                    {opinion.answer}
                  </>
                )}
                {may.includes('answer') && (
                  <Button type="link" size="small" onClick={() => setDialog(opinion)}>
                    {opinion.taken === null ? 'Trả lời' : 'Sửa trả lời'}
                  </Button>
                )}
              </>
            ),
          },
        ]}
      />
      {dialog === 'give' && <GiveDialog agreement={agreement} onClose={() => setDialog(null)} />}
      {dialog !== null && dialog !== 'give' && (
        <AnswerDialog agreement={agreement} opinion={dialog} onClose={() => setDialog(null)} />
      )}
    </Card>
  );
}

interface Given {
  unit: string;
  body: string;
}

function GiveDialog({ agreement, onClose }: { agreement: Agreement; onClose: () => void }) {
  const keep = useAgreementSaving();
  const units = unitsThatMay(agreement, 'opinion');
  const save = (values: Given) =>
    keep(http.post(`/agreements/${agreement.id}/opinions`, { ...values, text: agreement.textNumber }));
  return (
    <FormDialog<Given>
      title={`Góp ý cho bản ${agreement.textNumber}`}
      okText="Gửi ý kiến"
      initial={units.length === 1 && units[0] ? { unit: units[0].value } : {}}
      fields={[['unit'], ['body']]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="unit" label="Đơn vị" rules={[{ required: true, message: 'Mời chọn đơn vị.' }]}>
        <Select options={units} />
      </Form.Item>
      <Form.Item name="body" label="Ý kiến" rules={[{ required: true, message: 'Mời ghi ý kiến.' }]}>
        <Input.TextArea
          maxLength={10000}
          autoSize={{ minRows: 4, maxRows: 12 }}
          placeholder="Nhất trí, hoặc đề nghị sửa…"
        />
      </Form.Item>
    </FormDialog>
  );
}

interface Answered {
  taken: boolean;
  answer: string;
}

function AnswerDialog({
  agreement,
  opinion,
  onClose,
}: {
  agreement: Agreement;
  opinion: Opinion;
  onClose: () => void;
}) {
  const keep = useAgreementSaving();
  const save = (values: Answered) =>
    keep(http.put(`/agreements/${agreement.id}/opinions/${opinion.id}/answer`, values));
  return (
    <FormDialog<Answered>
      title={`Trả lời ý kiến của ${opinion.unit?.name ?? 'đơn vị'}`}
      okText="Lưu"
      initial={{ taken: opinion.taken ?? true, answer: opinion.answer ?? '' }}
      fields={[['taken'], ['answer']]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <p className="hint">{opinion.body}</p>
      <Form.Item name="taken" label="Tiếp thu">
        <Radio.Group
          options={[
            { value: true, label: 'Tiếp thu' },
            { value: false, label: 'Không tiếp thu, có giải trình' },
          ]}
        />
      </Form.Item>
      <Form.Item name="answer" label="Nội dung trả lời" rules={[{ required: true, message: 'Mời ghi trả lời.' }]}>
        <Input.TextArea maxLength={2000} rows={3} />
      </Form.Item>
    </FormDialog>
  );
}
