import { Table, type TableProps } from 'antd';
import { Link } from 'react-router';
import { Mark } from '../common/Mark.js';
import { More } from '../common/More.js';
import { Failed, Loading, Nothing } from '../common/states.js';
import { RECIPIENT_NAMES } from '../words/labels.js';
import { useNominations, type Filters } from './nominations.api.js';
import type { Nomination } from './nominations.contract.js';
import { toneOf } from './words.js';

interface Props {
  filters: Filters;
  selection?: TableProps<Nomination>['rowSelection'];
  empty?: string;
}

/** Lines one by one, wherever they lie. */
export function NominationTable({ filters, selection, empty = 'Chưa có đề nghị nào như vậy.' }: Props) {
  const list = useNominations(filters);
  if (list.isPending) return <Loading rows={8} />;
  if (list.isError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap((page) => page.items);
  return (
    <>
      <Table<Nomination>
        className="book-list"
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={rows}
        {...(selection ? { rowSelection: selection } : {})}
        locale={{ emptyText: <Nothing>{empty}</Nothing> }}
        columns={[
          {
            title: 'Người, tập thể',
            key: 'name',
            render: (_, row) => (
              <>
                <span className="strong">{row.name}</span> {row.birthYear && <small>sinh {row.birthYear}</small>}
              </>
            ),
          },
          { title: 'Đối tượng', key: 'class', width: 100, render: (_, row) => RECIPIENT_NAMES[row.recipientClass] },
          { title: 'Đơn vị', key: 'unit', width: 220, render: (_, row) => row.unit?.name ?? '—' },
          {
            title: 'Đề nghị',
            key: 'form',
            width: 180,
            render: (_, row) => <Link to={`/de-nghi/${row.dossierId}`}>{row.formName}</Link>,
          },
          { title: 'Đơn vị đề nghị', key: 'proposing', width: 200, render: (_, row) => row.proposingUnit?.name ?? '—' },
          { title: 'Nơi xét', key: 'asked', width: 180, render: (_, row) => row.asked?.name ?? '—' },
          {
            title: 'Tình trạng',
            key: 'state',
            width: 160,
            render: (_, row) => <Mark tone={toneOf(row.state)}>{row.stateName}</Mark>,
          },
        ]}
      />
      <More list={list} shown={rows.length} />
    </>
  );
}
