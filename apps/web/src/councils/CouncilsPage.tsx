import { useQueryClient } from '@tanstack/react-query';
import { Button, Card, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { ExcelButton } from '../common/ExcelButton.js';
import { Mark } from '../common/Mark.js';
import { More } from '../common/More.js';
import { PageHead } from '../common/PageHead.js';
import { Failed, Loading, NotAllowed, Nothing } from '../common/states.js';
import { useSession } from '../session/session.js';
import { printDay, printValidity } from '../words/format.js';
import { CouncilDialog } from './CouncilDialog.js';
import { COUNCIL_KIND_NAMES, MEMBER_ROLE_NAMES, useCouncils, useSittings } from './councils.api.js';
import type { Council, SittingRow } from './councils.contract.js';
import { SittingDialog } from './SittingDialog.js';

type Dialog = { is: 'council'; of: Council | null } | { is: 'sitting' } | null;

/** The competent bodies of my units and their sittings; a member sees those on which he sits. */
export function CouncilsPage() {
  const { may } = useSession();
  const [dialog, setDialog] = useState<Dialog>(null);
  const councils = useCouncils();
  const client = useQueryClient();
  const navigate = useNavigate();
  if (!may('council.read')) return <NotAllowed what="xem Hội đồng" />;
  if (councils.isPending) return <Loading rows={8} />;
  if (councils.isError) return <Failed error={councils.error} onRetry={() => void councils.refetch()} />;
  const kept = councils.data.filter(({ mayKeep }) => mayKeep);
  return (
    <div className="stack">
      <PageHead
        title="Hội đồng"
        sub="Hội đồng, Ban Thường vụ, Ban Chấp hành xét khen thưởng và các phiên họp."
        actions={
          <>
            <ExcelButton path="/councils" />
            {may('council.keep') && (
              <Button onClick={() => setDialog({ is: 'council', of: null })}>Lập Hội đồng</Button>
            )}
            {may('council.keep') && kept.length > 0 && (
              <Button type="primary" onClick={() => setDialog({ is: 'sitting' })}>
                Lên lịch phiên họp
              </Button>
            )}
          </>
        }
      />
      <Card size="small" title="Phiên họp" extra={<ExcelButton path="/sittings" size="small" />}>
        <Sittings />
      </Card>
      {councils.data.length === 0 && <Nothing>Chưa có Hội đồng nào trong phạm vi của anh/chị.</Nothing>}
      {councils.data.map((council) => (
        <Card
          key={council.id}
          size="small"
          title={council.name}
          extra={council.mayKeep && <Button onClick={() => setDialog({ is: 'council', of: council })}>Sửa</Button>}
        >
          <div className="soft gap-below">
            {COUNCIL_KIND_NAMES[council.kind]} · {council.unit?.name} ·{' '}
            {printValidity(council.validFrom, council.validTo)}
          </div>
          <ul className="plain">
            {council.members.map(({ id, name, role }) => (
              <li key={id}>
                {name} <span className="soft">{MEMBER_ROLE_NAMES[role]}</span>
              </li>
            ))}
          </ul>
        </Card>
      ))}
      {dialog?.is === 'council' && (
        <CouncilDialog
          council={dialog.of}
          onDone={() => {
            setDialog(null);
            void client.invalidateQueries({ queryKey: ['councils'] });
          }}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog?.is === 'sitting' && (
        <SittingDialog
          councils={kept}
          onPlanned={(id) => void navigate(`/hoi-dong/phien/${id}`)}
          onClose={() => setDialog(null)}
        />
      )}
    </div>
  );
}

function Sittings() {
  const list = useSittings();
  if (list.isPending) return <Loading />;
  if (list.isError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap(({ items }) => items);
  return (
    <>
      <Table<SittingRow>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={rows}
        columns={COLUMNS}
        locale={{ emptyText: <Nothing>Chưa có phiên họp nào.</Nothing> }}
      />
      <More list={list} shown={rows.length} />
    </>
  );
}

const COLUMNS: TableColumnsType<SittingRow> = [
  { title: 'Ngày', dataIndex: 'day', width: 110, render: printDay },
  {
    title: 'Phiên họp',
    key: 'what',
    render: (_, { id, council, place }) => (
      <>
        <Link to={`/hoi-dong/phien/${id}`}>{council.name}</Link> <span className="soft">{place}</span>
      </>
    ),
  },
  { title: 'Đơn vị', key: 'unit', render: (_, { unit }) => unit?.name },
  {
    title: 'Dòng đề nghị',
    key: 'lines',
    width: 170,
    render: (_, row) => `${row.votedCount}/${row.lineCount} có kết quả`,
  },
  {
    title: 'Trạng thái',
    key: 'state',
    width: 140,
    render: (_, row) => <Mark tone={TONES[row.state]}>{row.stateName}</Mark>,
  },
];

const TONES = { PLANNED: 'plain', OPEN: 'gold', CLOSED: 'good', CANCELLED: 'bad' } as const;
