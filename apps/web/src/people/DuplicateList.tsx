import { Button, Card, Space } from 'antd';
import { useState } from 'react';
import { Mark } from '../common/Mark.js';
import { More } from '../common/More.js';
import { Failed, Loading, Nothing } from '../common/states.js';
import { http } from '../http.js';
import { CompareDialog } from './CompareDialog.js';
import { ReasonDialog } from './dialogs.js';
import { useDuplicates } from './people.api.js';
import type { DuplicateView } from './people.contract.js';
import { personLine } from './words.js';

/** Records that may be one person, the likeliest first: a person decides. */
export function DuplicateList({ unit }: { unit: string | null }) {
  const list = useDuplicates({ unit }, true);
  const [comparing, setComparing] = useState<DuplicateView | null>(null);
  const [rejecting, setRejecting] = useState<DuplicateView | null>(null);
  if (list.isPending) return <Loading rows={6} />;
  if (list.isError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <Nothing>Không có hồ sơ nào trông như trùng người.</Nothing>;
  return (
    <>
      <p className="hint">
        Hệ thống chỉ đề xuất. Hai hồ sơ chỉ thành một khi anh/chị quyết định, và gộp rồi vẫn tách lại được.
      </p>
      {items.map((item) => (
        <Card key={item.id} size="small" className="duplicate">
          <div className="duplicate-people">
            {[item.a, item.b].map((person) => (
              <div key={person.id}>
                <strong>{person.name}</strong>
                <div className="soft">{personLine(person)}</div>
                <div className="soft">
                  {[
                    person.memberCard && `mã đoàn viên ${person.memberCard}`,
                    person.serviceNumber && `số hiệu ${person.serviceNumber}`,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </div>
              </div>
            ))}
          </div>
          <div>
            <Mark tone={item.score >= 85 ? 'gold' : 'plain'} title="Càng cao càng có khả năng là một người">
              giống {item.score}/100
            </Mark>{' '}
            {sentence(item.reasons)}
          </div>
          <Space className="gap-above">
            <Button type="primary" onClick={() => setComparing(item)}>
              So sánh và gộp
            </Button>
            <Button onClick={() => setRejecting(item)}>Là hai người khác nhau</Button>
          </Space>
        </Card>
      ))}
      <More list={list} shown={items.length} />
      {comparing && <CompareDialog ids={[comparing.a.id, comparing.b.id]} onClose={() => setComparing(null)} />}
      {rejecting && (
        <ReasonDialog
          title="Là hai người khác nhau"
          okText="Ghi nhận"
          hint="Cặp hồ sơ này sẽ không được đề xuất nữa."
          work={(reason) => http.put(`/people/duplicates/${rejecting.id}/rejected`, { reason })}
          onClose={() => setRejecting(null)}
        />
      )}
    </>
  );
}

/** Reasons that each begin like a sentence, told as one. */
function sentence(reasons: readonly string[]): string {
  return `${reasons.map((reason, place) => (place ? reason.charAt(0).toLowerCase() + reason.slice(1) : reason)).join('; ')}.`;
}
