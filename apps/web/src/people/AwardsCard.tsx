import { Card, Table } from 'antd';
import { Link } from 'react-router';
import { Mark } from '../common/Mark.js';
import { Failed, Loading, Nothing } from '../common/states.js';
import { printInterval } from '../words/format.js';
import { usePersonAwards } from './people.api.js';
import type { PersonAward } from './people.contract.js';

/** What the person was honoured for, each with its decision. */
export function AwardsCard({ personId }: { personId: number }) {
  const list = usePersonAwards(personId, true);
  return (
    <Card title="Khen thưởng" size="small" className="gap-below">
      {list.isPending && <Loading rows={3} />}
      {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && (
        <Table<PersonAward>
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={[...list.data]}
          locale={{ emptyText: <Nothing>Chưa có khen thưởng nào trong phạm vi anh/chị được xem.</Nothing> }}
          columns={[
            { title: 'Ngày', key: 'when', width: 170, render: (_, { when }) => printInterval(when) },
            {
              title: 'Hình thức, danh hiệu',
              key: 'form',
              render: (_, { formName, form, reason, state }) => (
                <>
                  {formName ?? form ?? 'Khen thưởng'} {state !== 'LIVE' && <Mark tone="bad">đã huỷ</Mark>}
                  {reason && <div className="soft">{reason}</div>}
                </>
              ),
            },
            {
              title: 'Cơ quan khen thưởng',
              key: 'givers',
              render: (_, { conferringBodies }) => conferringBodies.map(({ name }) => name).join(', '),
            },
            { title: 'Khi ở đơn vị', key: 'unit', render: (_, { unitPath }) => unitPath.split(' › ').at(-1) },
            {
              title: 'Quyết định',
              key: 'decision',
              width: 170,
              render: (_, { batchId, decision }) => (
                <Link to={`/so-vang/${batchId}`}>
                  {decision?.number
                    ? `${decision.number}${decision.symbol ? `/${decision.symbol}` : ''}`
                    : 'Xem trong sổ'}
                </Link>
              ),
            },
          ]}
        />
      )}
    </Card>
  );
}
