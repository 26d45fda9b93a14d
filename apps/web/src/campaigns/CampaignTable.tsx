import { Table, type TableColumnsType } from 'antd';
import { Link } from 'react-router';
import { Mark } from '../common/Mark.js';
import { More } from '../common/More.js';
import { Failed, Loading, Nothing } from '../common/states.js';
import { useCampaigns, type Filters } from './campaigns.api.js';
import type { CampaignLine } from './campaigns.contract.js';
import { printKind, printTime, toneOf } from './words.js';

export function CampaignTable({ filters }: { filters: Filters }) {
  const campaigns = useCampaigns(filters);
  if (campaigns.isPending) return <Loading rows={8} />;
  if (campaigns.isError) return <Failed error={campaigns.error} onRetry={() => void campaigns.refetch()} />;
  const rows = campaigns.data.pages.flatMap((page) => page.items);
  return (
    <>
      <Table<CampaignLine>
        className="book-list"
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={rows}
        columns={COLUMNS}
        locale={{ emptyText: <Nothing>Chưa có phong trào, cuộc vận động, chương trình nào như vậy.</Nothing> }}
      />
      <More list={campaigns} shown={rows.length} />
    </>
  );
}

const COLUMNS: TableColumnsType<CampaignLine> = [
  {
    title: 'Tên',
    key: 'name',
    render: (_, row) => (
      <>
        <Link to={`/phong-trao/${row.id}`}>{row.name}</Link> {row.special && <Mark tone="gold">đặc biệt</Mark>}
        <div className="soft">{printKind({ ...row, special: false })}</div>
      </>
    ),
  },
  {
    title: 'Phát động',
    key: 'launcher',
    width: 270,
    render: (_, { launcher, mine }) => (
      <>
        {launcher.name} {!mine && <Mark>từ cấp trên</Mark>}
      </>
    ),
  },
  { title: 'Thời gian', key: 'time', width: 190, render: (_, row) => printTime(row) },
  {
    title: 'Trạng thái',
    key: 'state',
    width: 140,
    render: (_, { state, stateName }) => <Mark tone={toneOf(state)}>{stateName}</Mark>,
  },
];
