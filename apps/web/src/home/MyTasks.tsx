import { Badge, Card, Collapse } from 'antd';
import type { Role } from '../contract.js';
import { useTaskCounts } from '../desk/desk.api.js';
import { TaskList } from '../desk/TaskList.js';
import { useSession } from '../session/session.js';
import { printNumber } from '../words/format.js';
import { ACTS_FOR_BELOW, ROLE_GUIDES } from './roles.js';

/** What waits for the signed-in person; below it, what waits for the units under his. */
export function MyTasks() {
  const { account, may } = useSession();
  const roles = [...new Set(account.grants.map(({ role }) => role))];
  const counts = useTaskCounts('mine');
  const sum = (of: 'open' | 'overdue') => (counts.data ?? []).reduce((all, count) => all + count[of], 0);
  return (
    <Card
      size="small"
      title={
        <>
          Việc chờ tôi{' '}
          {sum('open') > 0 && (
            <Badge count={sum('open')} overflowCount={999} color="#8a6d1f" title="Số việc đang chờ" />
          )}
        </>
      }
      extra={sum('overdue') > 0 && <span className="late">{printNumber(sum('overdue'))} việc quá hạn</span>}
    >
      <TaskList of="mine" empty={<NothingWaits roles={roles} />} />
      {ACTS_FOR_BELOW.some(may) && <BelowTasks />}
    </Card>
  );
}

function NothingWaits({ roles }: { roles: readonly Role[] }) {
  return (
    <>
      <p className="waits-not">Hiện không có việc nào chờ anh/chị.</p>
      {roles.map((role) => (
        <p key={role} className="guide">
          {ROLE_GUIDES[role]}
        </p>
      ))}
    </>
  );
}

/** Not fetched until it is opened: upper units have many below them. */
function BelowTasks() {
  const counts = useTaskCounts('below');
  const open = (counts.data ?? []).reduce((sum, count) => sum + count.open, 0);
  if (open === 0) return null;
  return (
    <Collapse
      className="gap-above"
      size="small"
      destroyOnHidden
      items={[
        {
          key: 'below',
          label: `Của đơn vị dưới: ${printNumber(open)} việc (làm thay được, có ghi rõ ai làm)`,
          children: <TaskList of="below" empty={<p className="soft">Không còn việc nào.</p>} />,
        },
      ]}
    />
  );
}
