import { Card, Descriptions, Table } from 'antd';
import { LEVEL_NAMES, printDay } from '@lib/kernel';
import { NO_FIGURE, printCount } from '../words/format.js';
import type { Stated, Summary } from './summary.contract.js';

type ByLevel = Summary['strength']['unitsByLevel'][number];

/** Declared strengths valid at the end of the period; a statement made later is not used, and silence is said. */
export function Strength({ summary }: { summary: Summary }) {
  const { members, workers, unitsByLevel, treeOn } = summary.strength;
  return (
    <Card size="small" title="Tổ chức, đoàn viên">
      <Descriptions
        size="small"
        bordered
        column={2}
        items={[
          { key: 'members', label: 'Đoàn viên', children: <StatedWords stated={members} /> },
          { key: 'workers', label: 'CNVCLĐ (người lao động)', children: <StatedWords stated={workers} /> },
        ]}
      />
      {unitsByLevel.length > 0 && (
        <Table<ByLevel>
          className="gap-above"
          size="small"
          pagination={false}
          rowKey="level"
          dataSource={unitsByLevel}
          columns={[
            { title: 'Cấp', dataIndex: 'level', render: (level: ByLevel['level']) => LEVEL_NAMES[level] },
            { title: 'Số đã khai báo', key: 'stated', align: 'right', render: (_, { stated }) => printCount(stated) },
            { title: 'Tính đến', key: 'asOf', align: 'right', render: (_, { asOf }) => (asOf ? printDay(asOf) : '—') },
            {
              title: summary.lens === 'as-was' ? 'Đã có trong cây đơn vị' : `Trong cây đơn vị ngày ${printDay(treeOn)}`,
              key: 'tree',
              align: 'right',
              render: (_, { fromTree }) => printCount(fromTree),
            },
          ]}
        />
      )}
    </Card>
  );
}

function StatedWords({ stated }: { stated: Stated | null }) {
  if (!stated) return <span className="figure-none">{NO_FIGURE}</span>;
  return (
    <>
      <strong>{printCount(stated)}</strong>{' '}
      <span className="soft">
        tính đến {printDay(stated.asOf)}; nguồn: {stated.source}
      </span>
    </>
  );
}
