import { PaperClipOutlined } from '@ant-design/icons';
import { Drawer, Table } from 'antd';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { printCounts, printDecision } from '../awards/words.js';
import type { AwardKind, Counts } from '../contract.js';
import { Mark } from '../common/Mark.js';
import { More } from '../common/More.js';
import { Failed, Loading, Nothing } from '../common/states.js';
import { isKnown, printAnyDay, printWhen, valueOf, type CountLike } from '../words/format.js';
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
  REVOCATION: 'đã huỷ',
};

interface Props {
  question: Question;
  figure: OpenedFigure;
  onClose: () => void;
}

/** From a figure down to its records, their sum, their decision and its file. */
export function RecordsDrawer({ question, figure, onClose }: Props) {
  return (
    <Drawer open size={860} title={`Bản ghi: ${figure.title}`} onClose={onClose}>
      <Records question={question} figure={figure} />
    </Drawer>
  );
}

function Records({ question, figure }: Omit<Props, 'onClose'>) {
  const records = useRecords(question, figure);
  const keys = figure.keys?.length ?? 1;
  const pages = records.data?.pages ?? [];
  const isSummed = pages.length >= keys;
  const { fetchNextPage, isFetchingNextPage, isError } = records;
  useEffect(() => {
    if (pages.length > 0 && !isSummed && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [pages.length, isSummed, isFetchingNextPage, isError, fetchNextPage]);

  if (records.isPending) return <Loading rows={8} />;
  if (records.isError) return <Failed error={records.error} onRetry={() => void records.refetch()} />;
  const kind = KIND_OF[figure.block];
  const rows = pages.flatMap((page) => page.items);
  return (
    <>
      {isSummed ? (
        <SumRow sum={addUp(pages.slice(0, keys).map((page) => page.sum))} figure={figure} kind={kind} />
      ) : (
        <Loading rows={1} />
      )}
      <Table<RecordItem>
        size="small"
        pagination={false}
        rowKey={({ batchId, lineId, what }) => `${batchId}-${lineId}-${what}`}
        dataSource={rows}
        rowClassName={({ what }) => (what === 'REVOCATION' ? 'struck' : '')}
        locale={{ emptyText: <Nothing>Không có bản ghi nào.</Nothing> }}
        columns={[
          {
            title: 'Bản ghi',
            key: 'what',
            render: (_, row) => (
              <>
                <Link to={`/so-vang/${row.batchId}`}>{row.title}</Link>
                <div>
                  {row.recipient && <strong>{row.recipient}</strong>}{' '}
                  <Mark tone={row.what === 'LINE' ? 'plain' : row.what === 'REVOCATION' ? 'bad' : 'gold'}>
                    {WHAT[row.what]}
                  </Mark>
                </div>
              </>
            ),
          },
          { title: 'Đơn vị', key: 'unit', width: 170, render: (_, { unit }) => unit?.name ?? '—' },
          { title: 'Thời gian', key: 'when', width: 120, render: (_, { when }) => printWhen(when) },
          { title: 'Số lượng', key: 'counts', width: 130, render: (_, { counts }) => printCounts(counts, kind) },
          {
            title: 'Quyết định',
            key: 'decision',
            width: 150,
            render: (_, { decision, fileId, recordedOn }) => (
              <>
                {printDecision(decision)}
                {fileId !== null && (
                  <div>
                    <a href={`/api/files/${fileId}`} download>
                      <PaperClipOutlined aria-hidden /> Tệp
                    </a>
                  </div>
                )}
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

const FIELDS = ['collectives', 'individuals', 'households', 'unsplit'] as const;

function addUp(sums: readonly Counts[]): Counts {
  const add = (field: (typeof FIELDS)[number]) => sums.reduce((total, sum) => total + (sum[field] ?? 0), 0);
  return {
    collectives: add('collectives'),
    individuals: add('individuals'),
    households: add('households'),
    unsplit: add('unsplit'),
  };
}

/** The records' sum beside the printed figure: they must be equal, and the page says whether they are. */
function SumRow({ sum, figure, kind }: { sum: Counts; figure: OpenedFigure; kind: AwardKind }) {
  const { expected } = figure;
  const all = FIELDS.reduce((total, field) => total + (sum[field] ?? 0), 0);
  const isOneCount =
    typeof expected === 'number' ||
    (isKnown(expected as CountLike) && typeof expected === 'object' && expected !== null && 'value' in expected);
  const isEqual = isOneCount
    ? valueOf(expected as CountLike) === all
    : FIELDS.every((field) => valueOf((expected as Partial<Figures>)[field]) === (sum[field] ?? 0));
  return (
    <div className="sum-row" role="status">
      <strong>Cộng các bản ghi: {printCounts(sum, kind)}</strong>
      {isEqual ? (
        <Mark tone="good">khớp với con số đã in</Mark>
      ) : (
        <Mark tone="warn">con số vừa thay đổi; tải lại trang tổng hợp</Mark>
      )}
    </div>
  );
}
