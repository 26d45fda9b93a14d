import { Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { BatchRow } from '../contract.js';
import { More } from '../common/More.js';
import { Failed, Loading, Nothing } from '../common/states.js';
import { printAnyDay, printWhen } from '../words/format.js';
import { KIND_NAMES } from '../words/labels.js';
import { useBatches, type Filters } from './awards.api.js';
import { StateMark } from './StateMark.js';
import { printBodies, printCounts, printDecision } from './words.js';

interface Props {
  filters: Filters;
  limit?: number;
  withMore?: boolean;
  /** Fewer columns, beside other cards. */
  brief?: boolean;
  /** Said where nothing was found. */
  empty?: ReactNode;
}

export function BatchTable({ filters, limit = 30, withMore = true, brief = false, empty }: Props) {
  const batches = useBatches(filters, limit);
  if (batches.isPending) return <Loading rows={8} />;
  if (batches.isError) return <Failed error={batches.error} onRetry={() => void batches.refetch()} />;
  const rows = batches.data.pages.flatMap((page) => page.items);
  return (
    <>
      <Table<BatchRow>
        className="book-list"
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={rows}
        columns={brief ? BRIEF : COLUMNS}
        rowClassName={({ state }) => (state === 'LIVE' ? '' : 'struck')}
        locale={{ emptyText: <Nothing>Chưa có quyết định, đợt khen nào như vậy. {empty}</Nothing> }}
      />
      {withMore && <More list={batches} shown={rows.length} />}
    </>
  );
}

const COLUMNS: TableColumnsType<BatchRow> = [
  { title: 'Thời gian', key: 'when', width: 118, render: (_, { when }) => printWhen(when) },
  {
    title: 'Nội dung',
    key: 'what',
    render: (_, row) => (
      <>
        <Link to={`/so-vang/${row.id}`} className="strikable">
          {titleOf(row)}
        </Link>{' '}
        <StateMark state={row.state} />
        <div className="soft">{[row.reason, row.campaign].filter(Boolean).join(' – ')}</div>
      </>
    ),
  },
  {
    title: 'Cơ quan quyết định',
    key: 'givers',
    width: 200,
    render: (_, row) => <span className="strikable">{printBodies(row.conferringBodies)}</span>,
  },
  { title: 'Đơn vị', key: 'unit', width: 190, render: (_, { unit }) => unit?.name ?? '—' },
  {
    title: 'Số lượng',
    key: 'counts',
    width: 150,
    render: (_, row) => <span className="strikable">{printCounts(row.figure, row.kind)}</span>,
  },
  { title: 'Quyết định', key: 'decision', width: 160, render: (_, { decision }) => printDecision(decision) },
  { title: 'Ghi ngày', dataIndex: 'recordedOn', width: 100, render: (day: string) => printAnyDay(day) },
];

const BRIEF = COLUMNS.filter(({ key }) => ['when', 'what', 'givers', 'counts'].includes(String(key)));

/** "Giấy khen", "Giải cuộc thi, hội thi", "Khen thưởng, chưa rõ hình thức": what was given, in two or three words. */
export function titleOf(row: Pick<BatchRow, 'form' | 'formName' | 'kind'>): string {
  return row.formName ?? row.form ?? KIND_NAMES[row.kind];
}
