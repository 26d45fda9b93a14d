import { Card, Table } from 'antd';
import { Link } from 'react-router';
import { Mark } from '../common/Mark.js';
import { More } from '../common/More.js';
import { Failed, Loading, Nothing } from '../common/states.js';
import type { Day, UnitNode } from '../contract.js';
import { printNumber } from '../words/format.js';
import { useSubUnits } from './units.api.js';

const TALL = 420;

/** Direct sub-units by name. Pages are read as one asks for them, and only the rows in sight are drawn. */
export function SubUnits({ code, on }: { code: string; on: Day | null }) {
  const list = useSubUnits(code, on);
  const suffix = on ? `?tai-ngay=${on}` : '';
  if (list.isPending) return <Loading rows={4} />;
  if (list.isError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap((page) => page.items);
  return (
    <Card size="small" title={`Đơn vị trực thuộc${list.hasNextPage ? ` (đang xem ${printNumber(rows.length)})` : ''}`}>
      <Table<UnitNode>
        size="small"
        rowKey="code"
        pagination={false}
        virtual={rows.length > 30}
        {...(rows.length > 30 ? { scroll: { y: TALL, x: 620 } } : {})}
        dataSource={rows}
        locale={{ emptyText: <Nothing>Không có đơn vị trực thuộc{on ? ' vào ngày này' : ''}.</Nothing> }}
        columns={[
          {
            title: 'Đơn vị',
            key: 'name',
            render: (_, unit) => (
              <>
                <Link to={`/don-vi/${unit.code}${suffix}`}>{unit.name}</Link>{' '}
                {unit.suspended && <Mark tone="warn">tạm dừng</Mark>}
              </>
            ),
          },
          { title: 'Cấp', dataIndex: 'levelName', width: 240 },
          {
            title: 'Trực thuộc',
            key: 'below',
            width: 110,
            align: 'right',
            render: (_, { childCount }) => (childCount > 0 ? printNumber(childCount) : '—'),
          },
        ]}
      />
      <More list={list} shown={rows.length} />
    </Card>
  );
}
