import { Button, Card, List } from 'antd';
import { useState } from 'react';
import { http } from '../http.js';
import { useSession } from '../session/session.js';
import { printAnyDay } from '../words/format.js';
import { ReasonDialog } from './dialogs.js';
import type { MergedRecord, PersonProfile } from './people.contract.js';
import { personLine } from './words.js';

/** Records that are found under this one, each of which can stand for itself again. */
export function MergedCard({ person }: { person: PersonProfile }) {
  const { may } = useSession();
  const [splitting, setSplitting] = useState<MergedRecord | null>(null);
  if (person.merged.length === 0) return null;
  return (
    <Card title="Hồ sơ đã gộp vào đây" size="small" className="gap-below">
      <List
        size="small"
        dataSource={[...person.merged]}
        renderItem={(record) => (
          <List.Item
            actions={
              may('person.merge')
                ? [
                    <Button key="split" size="small" onClick={() => setSplitting(record)}>
                      Tách ra
                    </Button>,
                  ]
                : []
            }
          >
            <List.Item.Meta
              title={record.name}
              description={`${personLine(record)}. Gộp ngày ${printAnyDay(record.on)}, người gộp: ${record.by}. Căn cứ: ${record.reason}`}
            />
          </List.Item>
        )}
      />
      {splitting && (
        <ReasonDialog
          title={`Tách hồ sơ ${splitting.name}`}
          okText="Tách thành hai người"
          hint="Khen thưởng ghi cho hồ sơ này trở về với nó; những gì ghi cho hồ sơ kia sau khi gộp ở lại với hồ sơ kia."
          work={(reason) => http.post(`/people/${splitting.id}/unmerge`, { reason })}
          onClose={() => setSplitting(null)}
        />
      )}
    </Card>
  );
}
