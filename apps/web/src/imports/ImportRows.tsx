import { Table, Tabs, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Mark } from '../common/Mark.js';
import { More } from '../common/More.js';
import { Failed, Loading } from '../common/states.js';
import { printNumber } from '../words/format.js';
import { useImportRows } from './imports.api.js';
import type { ImportDetail, ImportRow, Verdict } from './imports.contract.js';
import { VERDICT_NAMES, VERDICTS } from './words.js';

/** What the dry run says of each line, under the columns of the officer's own file; problems stand at their cells. */
export function ImportRows({ told }: { told: ImportDetail }) {
  const counts = told.counts;
  const [asked, setAsked] = useState<Verdict | null>(null);
  if (!counts) return null;
  const present = VERDICTS.filter((verdict) => counts[verdict] > 0);
  const shown = asked && present.includes(asked) ? asked : present[0];
  if (!shown) return null;
  return (
    <Tabs
      activeKey={shown}
      onChange={(key) => setAsked(key as Verdict)}
      destroyOnHidden
      items={present.map((verdict) => ({
        key: verdict,
        label: `${VERDICT_NAMES[verdict]} (${printNumber(counts[verdict])})`,
        children: <Rows told={told} verdict={verdict} />,
      }))}
    />
  );
}

function Rows({ told, verdict }: { told: ImportDetail; verdict: Verdict }) {
  const list = useImportRows(told.id, told.version, verdict);
  if (list.isPending) return <Loading rows={6} />;
  if (list.isError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap(({ items }) => items);
  const columns: TableColumnsType<ImportRow> = [
    {
      title: 'Dòng',
      key: 'row',
      width: 110,
      fixed: 'left',
      render: (_, row) => (
        <>
          {row.row}
          <div className="cell-error">{wrongHeaders(row, told.columns ?? [])}</div>
        </>
      ),
    },
    ...(told.columns ?? []).map(({ name, header }) => ({
      title: header,
      key: name,
      render: (_: unknown, row: ImportRow) => <Cell row={row} column={name} />,
    })),
    ...(rows.some(({ problems }) => problems.some(({ column }) => column === null))
      ? [{ title: 'Cả dòng', key: 'whole', render: (_: unknown, row: ImportRow) => <Cell row={row} column={null} /> }]
      : []),
  ];
  return (
    <>
      <Table<ImportRow>
        size="small"
        rowKey="row"
        pagination={false}
        dataSource={rows}
        columns={columns}
        scroll={{ x: 'max-content' }}
      />
      <More list={list} shown={rows.length} />
    </>
  );
}

/** Which columns are wrong: their cells may lie outside the window. */
function wrongHeaders({ problems }: ImportRow, columns: NonNullable<ImportDetail['columns']>): string {
  return columns
    .filter(({ name }) => problems.some(({ column }) => column === name))
    .map(({ header }) => header)
    .join(', ');
}

/** What stands in the file; below it what is wrong with it, or what is stored now. */
function Cell({ row, column }: { row: ImportRow; column: string | null }) {
  const problems = row.problems.filter((problem) => problem.column === column);
  const change = row.changes.find((one) => one.column === column);
  const text = column === null ? '' : (row.cells[column] ?? '');
  const isNew = row.verdict === 'NEW' && change !== undefined;
  return (
    <div className={problems.length > 0 ? 'import-cell import-cell-wrong' : 'import-cell'}>
      {text || (problems.length > 0 && column !== null ? '(ô trống)' : '')}
      {isNew && (
        <div>
          <Mark tone="gold">người mới trong hệ thống</Mark>
        </div>
      )}
      {change && !isNew && <div className="soft">đang ghi: {change.before ?? 'chưa có'}</div>}
      {problems.map(({ code, message }) => (
        <div key={code} className="cell-error">
          {message}
        </div>
      ))}
    </div>
  );
}
