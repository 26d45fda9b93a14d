import { Card, Table } from 'antd';
import { Link } from 'react-router';
import { LEVEL_NAMES } from '@lib/kernel';
import type { UnitDetail, UnitVersion } from '../contract.js';
import { Failed, Loading, Nothing } from '../common/states.js';
import { printAnyDay, printValidity } from '../words/format.js';
import { UnitName } from './UnitName.js';
import { useCoordination } from './units.api.js';

/** Names, levels and places of the unit over time. */
export function Placements({ unit }: { unit: UnitDetail }) {
  return (
    <Card size="small" title="Các thời kỳ của đơn vị">
      <Table<UnitVersion>
        size="small"
        pagination={false}
        rowKey={(version) => `${version.validFrom}-${version.recordedOn}`}
        dataSource={unit.versions}
        locale={{ emptyText: <Nothing>Chưa có thời kỳ nào.</Nothing> }}
        columns={[
          {
            title: 'Thời gian',
            key: 'time',
            width: 220,
            render: (_, { validFrom, validTo }) => printValidity(validFrom, validTo),
          },
          {
            title: 'Tên',
            dataIndex: 'name',
            render: (name: string, { suspended, kind }) => (
              <>
                {suspended ? `${name} (tạm dừng)` : name}
                {kind && <div className="soft">{kind}</div>}
              </>
            ),
          },
          { title: 'Cấp', dataIndex: 'level', render: (level: UnitVersion['level']) => LEVEL_NAMES[level] },
          {
            title: 'Trực thuộc',
            dataIndex: 'parent',
            render: (parent: string | null) => <UnitName code={parent} known={unit.path} />,
          },
          { title: 'Ghi nhận', dataIndex: 'recordedOn', width: 110, render: (day: string) => printAnyDay(day) },
        ]}
      />
    </Card>
  );
}

/** Units that it works with besides the one above it: outside all sums. */
export function Coordination({ unit }: { unit: UnitDetail }) {
  const links = useCoordination(unit.code);
  if (links.isPending) return <Loading rows={1} />;
  if (links.isError) return <Failed error={links.error} onRetry={() => void links.refetch()} />;
  if (links.data.length === 0) return null;
  return (
    <Card size="small" title="Phối hợp công tác">
      <ul className="plain people-list">
        {links.data.map((one) => {
          const other = one.unit?.code === unit.code ? one.with : one.unit;
          return (
            <li key={one.id}>
              {other ? <Link to={`/don-vi/${other.code}`}>{other.name}</Link> : 'Đơn vị ngoài phạm vi được xem'}
              <div className="soft">{[printValidity(one.from, one.until), one.note].filter(Boolean).join(' · ')}</div>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
