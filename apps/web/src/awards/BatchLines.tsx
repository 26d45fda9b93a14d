import { PlusOutlined } from '@ant-design/icons';
import { Button, Card, Form, Input, Modal, Space, Table } from 'antd';
import { useState } from 'react';
import { printNumber } from '@lib/kernel';
import type { BatchView, LineView, Saved, Warned } from '../contract.js';
import { detailsOf } from '../common/form-errors.js';
import { FormDialog } from '../common/FormDialog.js';
import { Nothing } from '../common/states.js';
import { http } from '../http.js';
import { RECIPIENT_NAMES } from '../words/labels.js';
import { LineTable } from './LineTable.js';
import { inputOf, isBlank, lineErrorsOf, missingIn, newLine, type LineDraft, type LineErrors } from './lines.js';
import { StateMark } from './StateMark.js';
import { useBatchSaving } from './useBatchSaving.js';

interface Props {
  batch: BatchView;
  onSaved: (warnings: Warned[]) => void;
  onRevoke: (line: LineView) => void;
}

/** Who is named in the decision, with their golden-book numbers. */
export function BatchLines({ batch, onSaved, onRevoke }: Props) {
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<LineView | null>(null);
  const { addLines, correct, revoke } = batch.abilities;
  const revokedOn = (line: LineView) =>
    batch.revocations.find((entry) => !entry.withdrawnOn && (entry.lineId === line.id || entry.whole))?.recordedOn ??
    null;
  return (
    <Card
      size="small"
      title={`Danh sách (${printNumber(batch.lines.length)} dòng)`}
      extra={
        addLines && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            Thêm vào danh sách
          </Button>
        )
      }
    >
      <Table<LineView>
        size="small"
        rowKey="id"
        dataSource={batch.lines}
        pagination={batch.lines.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
        rowClassName={({ state }) => (state === 'LIVE' ? '' : 'struck')}
        locale={{ emptyText: <Nothing>Chưa có danh sách; mới có số lượng văn bản nêu.</Nothing> }}
        columns={[
          {
            title: 'Người, tập thể',
            key: 'name',
            render: (_, line) => (
              <>
                <span className="strikable strong">{line.name}</span>{' '}
                {line.birthYear && <small className="nowrap">sinh {line.birthYear}</small>}{' '}
                <StateMark state={line.state} on={revokedOn(line)} />
              </>
            ),
          },
          {
            title: 'Đối tượng',
            dataIndex: 'recipientClass',
            width: 110,
            render: (of: LineView['recipientClass']) => RECIPIENT_NAMES[of],
          },
          { title: 'Đơn vị lúc được khen', key: 'unit', render: (_, line) => line.unitPath || line.unit?.name },
          { title: 'Số sổ vàng', key: 'number', width: 110, render: (_, line) => line.registerNumber ?? '—' },
          ...(correct || revoke
            ? [
                {
                  title: '',
                  key: 'do',
                  width: 170,
                  render: (_: unknown, line: LineView) =>
                    line.state === 'LIVE' && (
                      <Space size={4}>
                        {revoke && (
                          <Button size="small" onClick={() => onRevoke(line)}>
                            Huỷ
                          </Button>
                        )}
                        {correct && (
                          <Button size="small" onClick={() => setRemoving(line)}>
                            Gỡ, ghi nhầm
                          </Button>
                        )}
                      </Space>
                    ),
                },
              ]
            : []),
        ]}
      />
      {adding && <AddLines batch={batch} onSaved={onSaved} onClose={() => setAdding(false)} />}
      {removing && <RemoveLine batch={batch} line={removing} onSaved={onSaved} onClose={() => setRemoving(null)} />}
    </Card>
  );
}

function AddLines({ batch, onSaved, onClose }: Omit<Props, 'onRevoke'> & { onClose: () => void }) {
  const [lines, setLines] = useState<LineDraft[]>([newLine()]);
  const [errors, setErrors] = useState<LineErrors>({});
  const filled = lines.filter((line) => !isBlank(line));
  const saving = useBatchSaving(batch, (warnings) => {
    onSaved(warnings);
    onClose();
  });
  const save = () => {
    const missing = missingIn(filled);
    setErrors(missing);
    if (filled.length === 0 || Object.keys(missing).length || saving.isPending) return;
    saving.mutate(
      () => http.post<Saved>(`/award-batches/${batch.id}/lines`, { lines: filled.map((line) => inputOf(line, false)) }),
      {
        onError: (error) => setErrors(lineErrorsOf(detailsOf(error), filled)),
      },
    );
  };
  return (
    <Modal
      open
      width={1100}
      title="Thêm vào danh sách"
      okText="Ghi danh sách"
      cancelText="Thôi"
      mask={{ closable: false }}
      confirmLoading={saving.isPending}
      onOk={save}
      onCancel={onClose}
    >
      <p className="hint">Số đã nêu không đổi; phần có danh sách được trừ khỏi phần còn lại.</p>
      <LineTable lines={lines} errors={errors} onChange={setLines} />
      {saving.isError && (
        <div className="cell-error" role="alert">
          {saving.error.message}
        </div>
      )}
    </Modal>
  );
}

function RemoveLine({
  batch,
  line,
  onSaved,
  onClose,
}: Omit<Props, 'onRevoke'> & { line: LineView; onClose: () => void }) {
  const saving = useBatchSaving(batch, onSaved);
  return (
    <FormDialog<{ reason: string }>
      title={`Gỡ “${line.name}” vì ghi nhầm`}
      okText="Gỡ dòng này"
      danger
      fields={[['reason']]}
      save={(values) =>
        saving.mutateAsync(() => http.post<Saved>(`/award-batches/${batch.id}/lines/${line.id}/removal`, values))
      }
      onDone={onClose}
      onClose={onClose}
    >
      <p className="hint">
        Dùng khi dòng này chưa bao giờ có trong quyết định. Đã khen rồi mới thu lại thì{' '}
        {batch.abilities.revoke ? 'dùng “Huỷ”' : 'văn thư hoặc người quyết định ghi việc huỷ'}.
      </p>
      <Form.Item name="reason" label="Lý do" rules={[{ required: true, min: 3, message: 'Mời ghi lý do.' }]}>
        <Input.TextArea maxLength={500} rows={2} autoFocus />
      </Form.Item>
    </FormDialog>
  );
}
