import { Button, Table, type TableColumnsType } from 'antd';
import { Link } from 'react-router';
import { ExcelButton } from '../common/ExcelButton.js';
import { Mark } from '../common/Mark.js';
import { More } from '../common/More.js';
import { PageHead } from '../common/PageHead.js';
import { Failed, Loading, NotAllowed, Nothing } from '../common/states.js';
import { useSession } from '../session/session.js';
import { printAnyDay } from '../words/format.js';
import { printNumber, STATE_TONES, useCommendations } from './commendations.api.js';
import type { CommendationRow } from './commendations.contract.js';

/** Decisions on their way, for those who decide; issued ones for all whom they name. */
export function CommendationsPage() {
  const { may } = useSession();
  const list = useCommendations();
  if (!may('commendation.read')) return <NotAllowed what="xem quyết định khen thưởng" />;
  if (list.isPending) return <Loading rows={8} />;
  if (list.isError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap(({ items }) => items);
  return (
    <>
      <PageHead
        title="Quyết định khen thưởng"
        sub="Từ dự thảo đến khi ban hành và ghi sổ vàng."
        actions={
          <>
            <ExcelButton path="/commendations" />
            {(may('commendation.decide') || may('commendation.issue')) && (
              <Link to="/quyet-dinh/moi">
                <Button type="primary">Soạn quyết định</Button>
              </Link>
            )}
          </>
        }
      />
      <Table<CommendationRow>
        className="book-list"
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={rows}
        columns={COLUMNS}
        locale={{ emptyText: <Nothing>Chưa có quyết định nào.</Nothing> }}
      />
      <More list={list} shown={rows.length} />
    </>
  );
}

const COLUMNS: TableColumnsType<CommendationRow> = [
  { title: 'Số', key: 'number', width: 160, render: (_, row) => printNumber(row) },
  { title: 'Ngày', key: 'day', width: 110, render: (_, { day }) => printAnyDay(day) },
  { title: 'Về việc', key: 'title', render: (_, { id, title }) => <Link to={`/quyet-dinh/${id}`}>{title}</Link> },
  { title: 'Đơn vị', key: 'unit', width: 260, render: (_, { unit }) => unit?.name },
  {
    title: 'Trạng thái',
    key: 'state',
    width: 240,
    render: (_, { state, stateName }) => <Mark tone={STATE_TONES[state]}>{stateName}</Mark>,
  },
];
