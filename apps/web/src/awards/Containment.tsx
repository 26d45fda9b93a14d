import { Alert, Card, Table } from 'antd';
import { Link } from 'react-router';
import { printNumber } from '@lib/kernel';
import type { BatchRow, BatchView, Counts } from '../contract.js';
import { printWhen } from '../words/format.js';
import { titleOf } from './BatchTable.js';
import { isNothing, printBodies, printCounts } from './words.js';

/** Stated, contained, remainder: how this batch adds up, and which figure summaries print. */
export function Containment({ batch }: { batch: BatchView }) {
  const prize = batch.kind === 'PRIZE';
  const revoked = revokedUnnamed(batch);
  const rows: { key: string; label: string; counts: Partial<Counts> | null; help: string }[] = [
    { key: 'stated', label: 'Văn bản nêu', counts: batch.stated, help: 'đúng như văn bản' },
    {
      key: 'contained',
      label: 'Đã có danh sách hoặc phần riêng',
      counts: batch.contained,
      help: 'các dòng ở dưới và các lần ghi nằm trong số này',
    },
    ...(isNothing(revoked)
      ? []
      : [{ key: 'revoked', label: 'Đã huỷ, không nêu tên', counts: revoked, help: 'trừ vào phần còn lại' }]),
    { key: 'remainder', label: 'Còn lại chưa có danh sách', counts: batch.remainder, help: 'tính ở chính lần ghi này' },
    {
      key: 'counted',
      label: 'Đang tính vào tổng hợp từ lần ghi này',
      counts: batch.counted,
      help: 'dòng còn hiệu lực và phần còn lại, trừ phần đã huỷ',
    },
  ];
  const column = (field: keyof Counts, title: string) => ({
    title,
    key: field,
    align: 'right' as const,
    width: 110,
    render: (_: unknown, { key, counts }: { key: string; counts: Partial<Counts> | null }) =>
      field === 'women' && key !== 'stated' ? null : numberOr(counts?.[field]),
  });
  return (
    <Card size="small" title="Số lượng">
      {batch.excess && (
        <Alert
          type="warning"
          showIcon
          className="gap-below"
          title={`Danh sách và phần riêng (${printCounts(batch.contained, batch.kind)}) nhiều hơn số văn bản nêu (${printCounts(batch.stated, batch.kind)}). Tổng hợp in số đã nêu cho đến khi thống nhất.`}
        />
      )}
      <Table
        size="small"
        pagination={false}
        dataSource={rows}
        columns={[
          {
            title: '',
            key: 'label',
            render: (_, { label, help }) => (
              <>
                <strong>{label}</strong> <span className="soft">{help}</span>
              </>
            ),
          },
          column('collectives', 'Tập thể'),
          column('individuals', 'Cá nhân'),
          column('households', 'Hộ gia đình'),
          column('unsplit', prize ? 'Giải' : 'Chưa tách'),
          column('women', 'Nữ'),
        ]}
      />
      {batch.partOfBatch && batch.state !== 'REMOVED' && (
        <p className="gap-above">
          Nằm trong số đã nêu ở: <PartLink row={batch.partOfBatch} />. Phần này không tính thêm lần nữa.
        </p>
      )}
      {batch.parts.length > 0 && (
        <div className="gap-above">
          Đã gồm các lần ghi:
          <ul>
            {batch.parts.map((part) => (
              <li key={part.id}>
                <PartLink row={part} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </Card>
  );
}

/** Recipients revoked by their count, nobody named: what the remainder is less than stated − contained. */
function revokedUnnamed({ revocations }: BatchView): Partial<Counts> {
  const unnamed = revocations.filter(({ whole, lineId, withdrawnOn }) => !whole && lineId === null && !withdrawnOn);
  const sum = (field: 'collectives' | 'individuals' | 'households' | 'unsplit') =>
    unnamed.reduce((all, { counts }) => all + (counts[field] ?? 0), 0);
  return {
    collectives: sum('collectives'),
    individuals: sum('individuals'),
    households: sum('households'),
    unsplit: sum('unsplit'),
  };
}

function PartLink({ row }: { row: BatchRow }) {
  return (
    <Link to={`/so-vang/${row.id}`} className={row.state === 'LIVE' ? '' : 'strikable'}>
      {titleOf(row)} của {printBodies(row.conferringBodies)}, {printWhen(row.when)}: {printCounts(row.figure, row.kind)}
    </Link>
  );
}

function numberOr(count: number | null | undefined) {
  return count === null || count === undefined ? <span className="figure-none">không nêu</span> : printNumber(count);
}
