import { Drawer, Table } from 'antd';
import { printNumber } from '@lib/kernel';
import { Link } from 'react-router';
import { printCounts, printDecision } from '../awards/words.js';
import type { AwardKind, Counts } from '../contract.js';
import { Mark } from '../common/Mark.js';
import { More } from '../common/More.js';
import { Failed, Loading, Nothing } from '../common/states.js';
import { printAnyDay, printWhen, valueOf, type CountLike } from '../words/format.js';
import { useRecords, type Opening, type Question } from './summaries.api.js';
import type { Block, Figures, RecordItem } from './summary.contract.js';

/** A figure on the page: what it is called, how its records are found, and what it prints. */
export interface OpenedFigure extends Opening {
  title: string;
  expected: Partial<Figures> | CountLike;
}

const KIND_OF: Record<Block, AwardKind> = {
  awards: 'AWARD',
  titles: 'TITLE',
  recognitions: 'RECOGNITION',
  prizes: 'PRIZE',
};
const WHAT: Record<RecordItem['what'], string> = {
  LINE: 'có tên trong danh sách',
  REMAINDER: 'phần chưa có danh sách',
  EXCESS: 'phần vượt số đã nêu',
  HIDDEN: 'ngoài phạm vi được xem',
};

interface Props {
  question: Question;
  figure: OpenedFigure;
  seq: number;
  onClose: () => void;
}

/** From a figure down to its records, their sum, their decision; the record's page has its file. */
export function RecordsDrawer({ question, figure, seq, onClose }: Props) {
  return (
    <Drawer open size={860} title={`Bản ghi: ${figure.title}`} onClose={onClose}>
      <Records question={question} figure={figure} seq={seq} />
    </Drawer>
  );
}

function Records({ question, figure, seq }: Omit<Props, 'onClose'>) {
  const records = useRecords(question, figure, seq);
  if (records.isPending) return <Loading rows={8} />;
  if (records.isError) return <Failed error={records.error} onRetry={() => void records.refetch()} />;
  const kind = KIND_OF[figure.block];
  const { pages } = records.data;
  const rows = pages.flatMap((page) => page.items);
  return (
    <>
      {pages[0] && <SumRow sum={pages[0].sum} figure={figure} kind={kind} />}
      <Table<RecordItem>
        size="small"
        pagination={false}
        rowKey={(row) => `${row.batchId}-${row.lineId}-${row.what}-${rows.indexOf(row)}`}
        dataSource={rows}
        locale={{ emptyText: <Nothing>Không có bản ghi nào.</Nothing> }}
        columns={[
          { title: 'Bản ghi', key: 'what', render: (_, row) => <What row={row} /> },
          { title: 'Đơn vị', key: 'unit', width: 180, render: (_, { unit }) => unit?.name ?? '—' },
          { title: 'Thời gian', key: 'when', width: 120, render: (_, { when }) => printWhen(when) },
          { title: 'Số lượng', key: 'counts', width: 130, render: (_, { counts }) => printCounts(counts, kind) },
          {
            title: 'Quyết định',
            key: 'decision',
            width: 150,
            render: (_, { decision, recordedOn }) => (
              <>
                {printDecision(decision)}
                <div className="soft">ghi {printAnyDay(recordedOn)}</div>
              </>
            ),
          },
        ]}
      />
      <More list={records} shown={rows.length} />
    </>
  );
}

function What({ row }: { row: RecordItem }) {
  return (
    <>
      {row.batchId === null ? row.title : <Link to={`/so-vang/${row.batchId}`}>{row.title}</Link>}
      <div>
        {row.recipient && <strong>{row.recipient}</strong>}{' '}
        <Mark tone={row.what === 'LINE' ? 'plain' : 'gold'}>{WHAT[row.what]}</Mark>
      </div>
    </>
  );
}

const FIELDS = ['collectives', 'individuals', 'households', 'unsplit'] as const;

/** The records' sum beside the printed figure: they must be equal, and the page says whether they are. */
function SumRow({ sum, figure, kind }: { sum: Counts & { records: number }; figure: OpenedFigure; kind: AwardKind }) {
  const all = FIELDS.reduce((total, field) => total + (sum[field] ?? 0), 0);
  const { expected } = figure;
  const isEqual = isFigures(expected)
    ? FIELDS.every((field) => valueOf(expected[field]) === (sum[field] ?? 0))
    : valueOf(expected) === all;
  return (
    <div className="sum-row" role="status">
      <strong>
        Cộng {printNumber(sum.records)} bản ghi: {printCounts(sum, kind)}
      </strong>
      {isEqual ? <Mark tone="good">khớp với con số đã in</Mark> : <Mark tone="bad">không khớp với con số đã in</Mark>}
    </div>
  );
}

/** Counts by class, not one single count. */
function isFigures(expected: OpenedFigure['expected']): expected is Partial<Figures> {
  return typeof expected === 'object' && expected !== null && !('value' in expected);
}
