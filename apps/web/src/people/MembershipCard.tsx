import { Button, Card, Table } from 'antd';
import { useState } from 'react';
import { Mark } from '../common/Mark.js';
import { http } from '../http.js';
import { useSession } from '../session/session.js';
import { MoveDialog, ReasonDialog } from './dialogs.js';
import type { MembershipView, PersonProfile } from './people.contract.js';
import { printSpan } from './words.js';

/** In which units the person was a member; the latest first. */
export function MembershipCard({ person }: { person: PersonProfile }) {
  const { may } = useSession();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<MembershipView | null>(null);
  const records = may('person.record');
  return (
    <Card
      title="Quá trình sinh hoạt"
      size="small"
      className="gap-below"
      extra={
        records && (
          <Button size="small" onClick={() => setAdding(true)}>
            Thêm thời gian trước đây
          </Button>
        )
      }
    >
      <Table<MembershipView>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={[...person.memberships]}
        columns={[
          { title: 'Thời gian', key: 'span', width: 210, render: (_, { from, to }) => printSpan(from, to) },
          {
            title: 'Đơn vị',
            key: 'unit',
            render: (_, { unit, ofMerged }) => (
              <>
                {unit?.name ?? '—'} {ofMerged && <Mark title="Ghi ở hồ sơ đã gộp vào hồ sơ này">hồ sơ đã gộp</Mark>}
              </>
            ),
          },
          {
            title: 'Căn cứ',
            key: 'why',
            render: (_, { decision, reason }) => [decision, reason].filter(Boolean).join(' · ') || '—',
          },
          {
            title: '',
            key: 'act',
            width: 70,
            render: (_, row) =>
              records &&
              !row.ofMerged && (
                <Button type="link" size="small" onClick={() => setRemoving(row)}>
                  Bỏ
                </Button>
              ),
          },
        ]}
      />
      {adding && <MoveDialog person={person} past onClose={() => setAdding(false)} />}
      {removing && (
        <ReasonDialog
          title="Bỏ một dòng ghi nhầm"
          okText="Bỏ dòng này"
          hint="Nếu đây là nơi sinh hoạt hiện nay, đơn vị liền trước sẽ là đơn vị hiện nay."
          work={(reason) => http.put(`/people/${person.id}/memberships/${removing.id}/removed`, { reason })}
          onClose={() => setRemoving(null)}
        />
      )}
    </Card>
  );
}
