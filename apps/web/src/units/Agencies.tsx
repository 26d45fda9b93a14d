import { PlusOutlined } from '@ant-design/icons';
import { Button, Card, Dropdown, Segmented, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { printDay } from '@lib/kernel';
import { Mark } from '../common/Mark.js';
import { More } from '../common/More.js';
import { Failed, Loading, Nothing } from '../common/states.js';
import type { UnitDetail } from '../contract.js';
import { useSession } from '../session/session.js';
import { printAnyDay, printCount } from '../words/format.js';
import { AgencyDialog, OutcomeDialog, ReasonDialog } from './agency-dialogs.js';
import { useAgencies } from './units.api.js';
import type { Agency } from './units.contract.js';
import { AGENCY_STATES } from './words.js';

type Ability = Agency['may'][number];
type Open = { what: Ability; agency: Agency } | { what: 'list' } | null;

const WORDS: Record<Ability, string> = {
  end: 'Ghi kết quả',
  correct: 'Sửa',
  reopen: 'Rút kết quả đã ghi',
  remove: 'Xoá (ghi nhầm)',
};

/** Agencies and enterprises without a union, for which this unit or one below it is responsible. */
export function Agencies({ unit }: { unit: UnitDetail }) {
  const { may } = useSession();
  const [state, setState] = useState<Agency['state']>('WITHOUT');
  const [open, setOpen] = useState<Open>(null);
  const list = useAgencies(unit.code, state);
  const close = () => setOpen(null);
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card
      size="small"
      title="Cơ quan, doanh nghiệp chưa có công đoàn"
      extra={
        may('result.enter') && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setOpen({ what: 'list' })}>
            Ghi cơ quan
          </Button>
        )
      }
    >
      <Segmented
        className="gap-below"
        value={state}
        onChange={setState}
        aria-label="Tình trạng"
        options={(['WITHOUT', 'UNION_FOUNDED', 'CLOSED'] as const).map((value) => ({
          value,
          label: AGENCY_STATES[value],
        }))}
      />
      {list.isPending && <Loading rows={4} />}
      {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && (
        <Table<Agency>
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={rows}
          locale={{ emptyText: <Nothing>Không có cơ quan nào như vậy.</Nothing> }}
          columns={[
            {
              title: 'Cơ quan, doanh nghiệp',
              key: 'name',
              render: (_, agency) => (
                <>
                  {agency.name} {agency.foundingReversed && <Mark tone="warn">quyết định thành lập đã rút lại</Mark>}
                  <div className="soft">{[agency.place, `nguồn: ${agency.source}`].filter(Boolean).join(' · ')}</div>
                </>
              ),
            },
            {
              title: 'Người lao động',
              key: 'workers',
              width: 150,
              align: 'right',
              render: (_, { workers, workersAsOf }) => (
                <>
                  {printCount(workers, 'chưa rõ')}
                  {workersAsOf && <div className="soft">đến {printDay(workersAsOf)}</div>}
                </>
              ),
            },
            { title: 'Đơn vị phụ trách', key: 'unit', width: 200, render: (_, agency) => agency.unit.name },
            {
              title: state === 'WITHOUT' ? 'Từ ngày' : 'Kết quả',
              key: 'state',
              width: 190,
              render: (_, agency) => <StateOf agency={agency} />,
            },
            {
              title: '',
              key: 'actions',
              width: 116,
              render: (_, agency) =>
                agency.may.length > 0 && (
                  <Dropdown
                    trigger={['click']}
                    menu={{
                      items: agency.may.map((what) => ({ key: what, label: WORDS[what], danger: what === 'remove' })),
                      onClick: ({ key }) => setOpen({ what: key as Ability, agency }),
                    }}
                  >
                    <Button size="small" aria-label={`Việc với ${agency.name}`}>
                      Thao tác
                    </Button>
                  </Dropdown>
                ),
            },
          ]}
        />
      )}
      <More list={list} shown={rows.length} />
      {open?.what === 'list' && <AgencyDialog unit={unit.code} agency={null} onClose={close} />}
      {open?.what === 'correct' && <AgencyDialog unit={unit.code} agency={open.agency} onClose={close} />}
      {open?.what === 'end' && <OutcomeDialog agency={open.agency} onClose={close} />}
      {(open?.what === 'reopen' || open?.what === 'remove') && (
        <ReasonDialog agency={open.agency} what={open.what} onClose={close} />
      )}
    </Card>
  );
}

function StateOf({ agency: { state, since, outcomeDay, union } }: { agency: Agency }) {
  if (state === 'WITHOUT') return <>{printAnyDay(since, 'chưa rõ từ ngày nào')}</>;
  return (
    <>
      {printAnyDay(outcomeDay)}
      {union && (
        <div>
          <Link to={`/don-vi/${union.code}`}>{union.name}</Link>
        </div>
      )}
    </>
  );
}
