import { Table, type TableColumnsType } from 'antd';
import { Link } from 'react-router';
import { ExcelButton } from '../common/ExcelButton.js';
import { Mark } from '../common/Mark.js';
import { More } from '../common/More.js';
import { PageHead } from '../common/PageHead.js';
import { Failed, Loading, NotAllowed, Nothing } from '../common/states.js';
import { useSession } from '../session/session.js';
import { printInstant, printNumber } from '../words/format.js';
import { useImportKinds, useImports } from './imports.api.js';
import type { ImportRecord } from './imports.contract.js';
import { UploadCard } from './UploadCard.js';
import { STATE_TONES, VERDICT_NAMES, VERDICTS } from './words.js';
import './imports.css';

/** A list begins here, and every earlier one can be gone back to: to be accepted, looked at, or undone. */
export function ImportsPage() {
  const { may } = useSession();
  const kinds = useImportKinds();
  const list = useImports();
  if (!may('import.run')) return <NotAllowed what="nhập danh sách từ Excel" />;
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <PageHead
        title="Nhập từ Excel"
        sub="Hệ thống đọc thử từng dòng và chỉ ra ô sai; chỉ ghi khi anh/chị chấp nhận, và hoàn tác được."
        actions={<ExcelButton path="/imports" />}
      />
      {kinds.isPending ? (
        <Loading rows={6} />
      ) : kinds.isError ? (
        <Failed error={kinds.error} onRetry={() => void kinds.refetch()} />
      ) : (
        <UploadCard kinds={kinds.data} />
      )}
      <h2 className="gap-above gap-below">Các lần nhập</h2>
      {list.isPending ? (
        <Loading rows={4} />
      ) : list.isError ? (
        <Failed error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <>
          <Table<ImportRecord>
            size="small"
            rowKey="id"
            pagination={false}
            dataSource={rows}
            columns={COLUMNS}
            locale={{ emptyText: <Nothing>Chưa có lần nhập nào.</Nothing> }}
          />
          <More list={list} shown={rows.length} />
        </>
      )}
    </>
  );
}

const COLUMNS: TableColumnsType<ImportRecord> = [
  { title: 'Số', dataIndex: 'id', width: 70, render: (id: number) => <Link to={`/nhap-excel/${id}`}>{id}</Link> },
  {
    title: 'Tệp',
    key: 'file',
    render: (_, { id, fileName, kindTitle }) => (
      <>
        <Link to={`/nhap-excel/${id}`}>{fileName}</Link>
        <div className="soft">{kindTitle}</div>
      </>
    ),
  },
  { title: 'Đơn vị', key: 'unit', width: 260, render: (_, { unit }) => unit?.name ?? 'Toàn hệ thống' },
  {
    title: 'Dòng',
    key: 'counts',
    width: 220,
    render: (_, { counts }) =>
      counts
        ? VERDICTS.filter((verdict) => counts[verdict] > 0)
            .map((verdict) => `${printNumber(counts[verdict])} ${VERDICT_NAMES[verdict].split(',')[0]?.toLowerCase()}`)
            .join(', ')
        : '—',
  },
  {
    title: 'Tình trạng',
    key: 'state',
    width: 190,
    render: (_, { state, stateName }) => <Mark tone={STATE_TONES[state]}>{stateName}</Mark>,
  },
  {
    title: 'Người gửi',
    key: 'by',
    width: 190,
    render: (_, { by, createdAt }) => (
      <>
        {by}
        <div className="soft">{printInstant(createdAt)}</div>
      </>
    ),
  },
];
