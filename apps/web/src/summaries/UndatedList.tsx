import { Card, Table } from 'antd';
import { Link } from 'react-router';
import { printCounts } from '../awards/words.js';
import { printWhen } from '../words/format.js';
import { KIND_NAMES } from '../words/labels.js';
import type { Summary, Undated } from './summary.contract.js';

/** Facts that the period cuts: known to have happened, not known to have happened inside. Listed, never guessed. */
export function UndatedList({ summary }: { summary: Summary }) {
  const rows = summary.awards.undatedWithin;
  if (!rows.length) return null;
  return (
    <Card size="small" title="Chưa xác định kỳ (không tính vào tổng số)">
      <p className="hint">Chỉ biết xảy ra trong khoảng thời gian dài hơn hoặc cắt ngang kỳ này, nên nêu riêng.</p>
      <Table<Undated>
        size="small"
        pagination={false}
        rowKey="batchId"
        dataSource={rows}
        columns={[
          {
            title: 'Nội dung',
            key: 'title',
            render: (_, { batchId, block, title }) => (
              <>
                <Link to={`/so-vang/${batchId}`}>{title}</Link>{' '}
                {block !== 'AWARD' && <span className="soft">{KIND_NAMES[block].toLowerCase()}</span>}
              </>
            ),
          },
          { title: 'Chỉ biết trong', key: 'when', width: 220, render: (_, { when }) => printWhen(when) },
          {
            title: 'Số lượng',
            key: 'counts',
            width: 220,
            render: (_, { counts, block }) => printCounts(counts, block),
          },
        ]}
      />
    </Card>
  );
}
