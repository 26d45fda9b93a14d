import { Alert, Modal, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { Warned } from '../contract.js';
import { Failed, Nothing } from '../common/states.js';
import { http } from '../http.js';
import { useReadyNominations, useSittingSaving } from './councils.api.js';
import type { ReadyNomination, Sitting, SittingSaved } from './councils.contract.js';

/** Chooses among the eligible lines that the unit was asked for. */
export function ReadyLinesDialog({
  sitting,
  onPut,
  onClose,
}: {
  sitting: Sitting;
  /** What the register says against them, for the page to show. */
  onPut: (warnings: readonly Warned[]) => void;
  onClose: () => void;
}) {
  const ready = useReadyNominations(sitting.id);
  const saving = useSittingSaving(sitting.id);
  const [chosen, setChosen] = useState<number[]>([]);
  return (
    <Modal
      open
      width={860}
      title="Đưa đề nghị ra phiên họp"
      okText={`Đưa ${chosen.length} dòng`}
      okButtonProps={{ disabled: chosen.length === 0 }}
      cancelText="Thôi"
      confirmLoading={saving.isPending}
      onCancel={onClose}
      onOk={() =>
        saving.mutate(
          async () => {
            const saved = await http.post<SittingSaved>(`/sittings/${sitting.id}/lines`, { lines: chosen });
            onPut(saved.warnings);
            return saved;
          },
          { onSuccess: onClose },
        )
      }
    >
      {ready.isError && <Failed error={ready.error} onRetry={() => void ready.refetch()} />}
      {saving.isError && <Alert type="error" showIcon title={saving.error.message} />}
      <Table<ReadyNomination>
        size="small"
        rowKey="id"
        loading={ready.isPending}
        pagination={false}
        scroll={{ y: 420 }}
        dataSource={ready.data ?? []}
        columns={COLUMNS}
        rowSelection={{ selectedRowKeys: chosen, onChange: (keys) => setChosen(keys.map(Number)) }}
        locale={{ emptyText: <Nothing>Không có dòng đề nghị đủ điều kiện nào đang chờ.</Nothing> }}
      />
    </Modal>
  );
}

const COLUMNS: TableColumnsType<ReadyNomination> = [
  {
    title: 'Được đề nghị',
    key: 'name',
    render: (_, { name, birthYear }) => [name, birthYear].filter(Boolean).join(', '),
  },
  { title: 'Đơn vị', key: 'unit', render: (_, { unit }) => unit?.name },
  { title: 'Hình thức', key: 'form', render: (_, { formName }) => formName },
  { title: 'Đơn vị đề nghị', key: 'proposing', render: (_, { proposingUnit }) => proposingUnit?.name },
];
