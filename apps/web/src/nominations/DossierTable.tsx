import { Table } from 'antd';
import { Link } from 'react-router';
import { Mark } from '../common/Mark.js';
import { More } from '../common/More.js';
import { Failed, Loading, Nothing } from '../common/states.js';
import { printAnyDay } from '../words/format.js';
import { useDossiers, type Filters } from './nominations.api.js';
import type { DossierRow } from './nominations.contract.js';
import { DOSSIER_STATES, toneOf } from './words.js';

/** Dossiers, newest first. */
export function DossierTable({ filters, empty }: { filters: Filters; empty: string }) {
  const list = useDossiers(filters);
  if (list.isPending) return <Loading rows={8} />;
  if (list.isError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap((page) => page.items);
  return (
    <>
      <Table<DossierRow>
        className="book-list"
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={rows}
        locale={{ emptyText: <Nothing>{empty}</Nothing> }}
        columns={[
          {
            title: 'Hồ sơ',
            key: 'title',
            render: (_, row) => (
              <>
                <Link to={`/de-nghi/${row.id}`}>{row.title}</Link>{' '}
                {row.composed && <Mark title="Có dòng của các hồ sơ đã nhận">tổng hợp</Mark>}
              </>
            ),
          },
          { title: 'Năm', dataIndex: 'year', width: 70 },
          { title: 'Đơn vị đề nghị', key: 'unit', width: 180, render: (_, { unit }) => unit?.name ?? '—' },
          { title: 'Gửi đến', key: 'asked', width: 170, render: (_, { asked }) => asked?.name ?? '—' },
          {
            title: 'Số dòng',
            key: 'lines',
            width: 110,
            render: (_, { lines }) => (
              <>
                {lines.all} {lines.returned > 0 && <Mark tone="warn">{lines.returned} trả lại</Mark>}
              </>
            ),
          },
          {
            title: 'Tình trạng',
            key: 'state',
            width: 160,
            render: (_, row) => <Mark tone={toneOf(row.state)}>{DOSSIER_STATES[row.state]}</Mark>,
          },
          {
            title: 'Hạn thẩm định',
            key: 'due',
            width: 120,
            render: (_, { clock, state }) =>
              clock?.due && state === 'RECEIVED' ? (
                <span className={clock.late ? 'strong' : ''}>
                  {printAnyDay(clock.due)} {clock.late && <Mark tone="bad">quá hạn</Mark>}
                </span>
              ) : (
                '—'
              ),
          },
        ]}
      />
      <More list={list} shown={rows.length} />
    </>
  );
}
