import { Table } from 'antd';
import { Nothing } from '../common/states.js';
import { printInterval, printNumber } from '../words/format.js';
import type { SummaryChange, SummaryChanges } from './reorganisations.contract.js';

type Measure = keyof SummaryChange['before'];

const MEASURES: readonly [Measure, string][] = [
  ['collectives', 'Lượt tập thể'],
  ['individuals', 'Lượt cá nhân'],
  ['prizes', 'Giải'],
];

/** Summaries whose figures change, before → after. */
export function SummaryDeltas({ title, changes }: { title: string; changes: SummaryChanges }) {
  return (
    <section className="gap-below" aria-label={title}>
      <p className="label strong">{title}</p>
      {changes.items.length === 0 ? (
        <Nothing>Không con số nào đổi.</Nothing>
      ) : (
        <Table<SummaryChange>
          size="small"
          rowKey={({ unit, from, to }) => `${unit.code}-${from}-${to}`}
          pagination={changes.items.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
          dataSource={[...changes.items]}
          columns={[
            { title: 'Đơn vị', key: 'unit', render: (_, { unit }) => unit.name },
            { title: 'Kỳ', key: 'period', width: 230, render: (_, { from, to }) => printInterval({ from, to }) },
            ...MEASURES.map(([measure, name]) => ({
              title: name,
              key: measure,
              width: 150,
              align: 'right' as const,
              render: (_: unknown, { before, after }: SummaryChange) => (
                <Delta before={before[measure]} after={after[measure]} />
              ),
            })),
          ]}
        />
      )}
      {changes.hidden > 0 && (
        <p className="soft">Và {printNumber(changes.hidden)} bản tổng hợp ngoài phạm vi được xem.</p>
      )}
      {changes.more > 0 && (
        <p className="soft">
          Và {printNumber(changes.more)} bản khác cũng đổi; ở trên là các bản đã có người hỏi và các bản đổi nhiều nhất.
        </p>
      )}
    </section>
  );
}

function Delta({ before, after }: { before: number; after: number }) {
  if (before === after) return <span className="soft">{printNumber(before)}</span>;
  const more = after - before;
  return (
    <>
      {printNumber(before)} → <strong>{printNumber(after)}</strong>{' '}
      <span className={more > 0 ? 'known' : 'cell-error'}>
        ({more > 0 ? '+' : '−'}
        {printNumber(Math.abs(more))})
      </span>
    </>
  );
}
