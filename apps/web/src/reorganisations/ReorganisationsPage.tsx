import { ApartmentOutlined } from '@ant-design/icons';
import { Button, Input, Select, Table } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { printDay } from '@lib/kernel';
import { ExcelButton } from '../common/ExcelButton.js';
import { Mark } from '../common/Mark.js';
import { More } from '../common/More.js';
import { PageHead } from '../common/PageHead.js';
import { Failed, Loading, NotAllowed, Nothing } from '../common/states.js';
import { useSession } from '../session/session.js';
import { options } from '../words/labels.js';
import { useReorganisations, type Filters } from './reorganisations.api.js';
import type { ReorganisationRow } from './reorganisations.contract.js';
import { KIND_NAMES, STATE_NAMES, STATE_TONES } from './words.js';

/** API filter → name in the address. */
const NAMES = { q: 'tim', state: 'trang-thai', kind: 'viec', unit: 'don-vi' } as const;
type Filter = keyof typeof NAMES;

/** What was decided about units, and what is being prepared. */
export function ReorganisationsPage() {
  const { may } = useSession();
  const [search, setSearch] = useSearchParams();
  if (!may('reorganisation.read')) return <NotAllowed what="xem việc sắp xếp tổ chức" />;
  const filters = Object.fromEntries(
    Object.entries(NAMES).map(([filter, name]) => [filter, search.get(name)]),
  ) as Record<Filter, string | null>;
  const set = (filter: Filter, value: string | null | undefined) =>
    setSearch(
      (now) => {
        if (value) now.set(NAMES[filter], value);
        else now.delete(NAMES[filter]);
        return now;
      },
      { replace: true },
    );
  const choice = (filter: Filter, label: string, list: { value: string; label: string }[]) => (
    <Select
      className="w-choice"
      allowClear
      value={filters[filter]}
      placeholder={label}
      aria-label={label}
      options={list}
      onChange={(value) => set(filter, value)}
    />
  );
  return (
    <>
      <PageHead
        title="Sắp xếp tổ chức"
        sub="Thành lập, sáp nhập, chia tách, giải thể: diễn tập trước, thực hiện một lần, ghi nhầm thì đảo lại bằng quyết định."
        actions={
          <>
            <ExcelButton path="/reorganisations" values={filters} />
            {may('reorganisation.prepare') && (
              <Link to="/sap-xep/moi">
                <Button type="primary" icon={<ApartmentOutlined />}>
                  Chuẩn bị sắp xếp
                </Button>
              </Link>
            )}
          </>
        }
      />
      <search className="filters" aria-label="Lọc việc sắp xếp">
        <Input.Search
          className="w-search"
          allowClear
          defaultValue={filters.q ?? ''}
          placeholder="Tìm theo tên việc, số quyết định"
          aria-label="Tìm theo tên việc, số quyết định"
          onSearch={(text) => set('q', text)}
        />
        {choice('state', 'Mọi trạng thái', options(STATE_NAMES))}
        {choice('kind', 'Mọi việc', options(KIND_NAMES))}
      </search>
      <List filters={filters} />
    </>
  );
}

function List({ filters }: { filters: Filters }) {
  const list = useReorganisations(filters);
  if (list.isPending) return <Loading rows={8} />;
  if (list.isError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap((page) => page.items);
  return (
    <>
      <Table<ReorganisationRow>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={rows}
        rowClassName={({ state }) => (state === 'REVERSED' || state === 'CANCELLED' ? 'struck' : '')}
        locale={{ emptyText: <Nothing>Chưa có việc sắp xếp nào như vậy.</Nothing> }}
        columns={[
          { title: 'Từ ngày', key: 'from', width: 112, render: (_, { from }) => printDay(from) },
          {
            title: 'Việc',
            key: 'title',
            render: (_, { id, title, kindName }) => (
              <>
                <Link to={`/sap-xep/${id}`} className="strikable">
                  {title}
                </Link>
                <div className="soft">{kindName}</div>
              </>
            ),
          },
          {
            title: 'Đơn vị',
            key: 'units',
            width: 330,
            render: (_, { units, hiddenUnits }) => (
              <>
                {units
                  .slice(0, 3)
                  .map(({ name }) => name)
                  .join('; ') || '—'}
                {units.length > 3 && <span className="soft"> và {units.length - 3} đơn vị nữa</span>}
                {hiddenUnits > 0 && <div className="soft">và {hiddenUnits} đơn vị ngoài phạm vi được xem</div>}
              </>
            ),
          },
          {
            title: 'Quyết định',
            key: 'decision',
            width: 180,
            render: (_, { decision }) =>
              decision ? `Số ${decision.number} ngày ${printDay(decision.day)}` : <span className="soft">chưa có</span>,
          },
          {
            title: 'Trạng thái',
            key: 'state',
            width: 180,
            render: (_, { state, stateName }) => <Mark tone={STATE_TONES[state]}>{stateName}</Mark>,
          },
        ]}
      />
      <More list={list} shown={rows.length} />
    </>
  );
}
