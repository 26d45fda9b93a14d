import { Table } from 'antd';
import { Link } from 'react-router';
import { Mark } from '../common/Mark.js';
import { More } from '../common/More.js';
import { Failed, Loading, Nothing } from '../common/states.js';
import type { Id } from '../contract.js';
import { printAnyDay } from '../words/format.js';
import { AGREEMENT_KIND_NAMES, toneOf, useAgreements } from './agreements.api.js';
import type { AgreementRow } from './agreements.contract.js';

/** Programmes and agreements of a year, or of one bloc. */
export function AgreementList({ year, bloc }: { year: number | null; bloc: Id | null }) {
  const list = useAgreements(year, bloc);
  if (list.isPending) return <Loading />;
  if (list.isError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) return <Nothing>Chưa có chương trình, giao ước nào.</Nothing>;
  return (
    <>
      <Table<AgreementRow>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={rows}
        columns={[
          {
            title: 'Văn bản',
            render: (_, row) => (
              <>
                <Link to={`/giao-uoc/${row.id}`}>{row.title}</Link>
                <div className="soft">
                  {AGREEMENT_KIND_NAMES[row.kind]} · {bloc === null ? placeOf(row) : `năm ${row.year}`}
                </div>
              </>
            ),
          },
          {
            title: 'Trạng thái',
            width: 160,
            render: (_, { state, stateName }) => <Mark tone={toneOf(state)}>{stateName}</Mark>,
          },
          {
            title: 'Đã ký',
            width: 110,
            align: 'right',
            render: (_, { kind, signed, members }) => (kind === 'AGREEMENT' ? `${signed}/${members}` : '—'),
          },
          { title: 'Hạn ký', width: 120, render: (_, { signBy }) => printAnyDay(signBy) },
        ]}
      />
      <More list={list} shown={rows.length} />
    </>
  );
}

/** "Khối thi đua số 4 năm 2022, Công đoàn CAND", or the unit with its counterpart. */
export function placeOf({ bloc, unit, counterpart, year }: AgreementRow): string {
  if (bloc) return bloc.name;
  return `${unit?.name ?? 'Đơn vị hạn chế người xem'} với ${counterpart ?? '—'}, năm ${year}`;
}
