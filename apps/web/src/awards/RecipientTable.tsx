import { Table } from 'antd';
import { Link } from 'react-router';
import type { RecipientRow } from '../contract.js';
import { More } from '../common/More.js';
import { Failed, Loading, Nothing } from '../common/states.js';
import { printWhen } from '../words/format.js';
import { RECIPIENT_NAMES } from '../words/labels.js';
import { useRecipients, type Filters } from './awards.api.js';
import { titleOf } from './BatchTable.js';
import { StateMark } from './StateMark.js';
import { printBodies } from './words.js';

/** Named recipients. Counts without names are in the other view; this list never pretends to be everybody. */
export function RecipientTable({ filters }: { filters: Filters }) {
  const list = useRecipients(filters);
  if (list.isPending) return <Loading rows={8} />;
  if (list.isError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap((page) => page.items);
  return (
    <>
      <p className="hint">
        Chỉ gồm những lượt khen có danh sách; số liệu chưa có danh sách xem ở “Quyết định, đợt khen”.
      </p>
      <Table<RecipientRow>
        className="book-list"
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={rows}
        rowClassName={({ state }) => (state === 'LIVE' ? '' : 'struck')}
        locale={{ emptyText: <Nothing>Không có ai, tập thể nào như vậy trong sổ.</Nothing> }}
        columns={[
          {
            title: 'Người, tập thể',
            key: 'name',
            render: (_, row) => (
              <>
                <span className="strikable strong">{row.name}</span>{' '}
                {row.birthYear && <small className="nowrap">sinh {row.birthYear}</small>}{' '}
                <StateMark state={row.state} />
              </>
            ),
          },
          {
            title: 'Đối tượng',
            dataIndex: 'recipientClass',
            width: 100,
            render: (of: RecipientRow['recipientClass']) => RECIPIENT_NAMES[of],
          },
          {
            title: 'Đơn vị',
            key: 'unit',
            width: 240,
            render: (_, row) => <span title={row.unitPath}>{row.unit?.name ?? '—'}</span>,
          },
          {
            title: 'Hình thức',
            key: 'form',
            width: 170,
            render: (_, row) => <Link to={`/so-vang/${row.batchId}`}>{titleOf(row)}</Link>,
          },
          {
            title: 'Cơ quan quyết định',
            key: 'givers',
            width: 200,
            render: (_, row) => printBodies(row.conferringBodies),
          },
          { title: 'Thời gian', key: 'when', width: 120, render: (_, { when }) => printWhen(when) },
          {
            title: 'Số sổ vàng',
            dataIndex: 'registerNumber',
            width: 100,
            render: (number: number | null) => number ?? '—',
          },
        ]}
      />
      <More list={list} shown={rows.length} />
    </>
  );
}
