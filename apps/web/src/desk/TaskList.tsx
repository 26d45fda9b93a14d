import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { TaskView } from '../contract.js';
import { Mark } from '../common/Mark.js';
import { More } from '../common/More.js';
import { Failed, Loading } from '../common/states.js';
import { printAnyDay } from '../words/format.js';
import { useTasks, type TasksOf } from './desk.api.js';
import { grouped, printWaiting } from './words.js';
import './desk.css';

interface Props {
  of: TasksOf;
  /** Said where nothing waits. */
  empty: ReactNode;
}

/** What waits, by what it is about; the most urgent first. */
export function TaskList({ of, empty }: Props) {
  const tasks = useTasks(of);
  if (tasks.isPending) return <Loading rows={3} />;
  if (tasks.isError) return <Failed error={tasks.error} onRetry={() => void tasks.refetch()} />;
  const items = tasks.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <>{empty}</>;
  return (
    <>
      {grouped(items).map(([name, group]) => (
        <section key={name} className="tasks" aria-label={name}>
          <h3>
            {name} <span className="soft">({group.length})</span>
          </h3>
          <ul className="plain">
            {group.map((task) => (
              <Task key={task.id} task={task} withUnit={of === 'below'} />
            ))}
          </ul>
        </section>
      ))}
      <More list={tasks} shown={items.length} />
    </>
  );
}

function Task({ task, withUnit }: { task: TaskView; withUnit: boolean }) {
  const { title, why, link, due, overdue, unit, unitEnded, openedDaysAgo } = task;
  return (
    <li className="task">
      <div className="grow">
        <Link to={link}>{title}</Link>
        <div className="soft">
          {why}
          {withUnit && (
            <>
              {' '}
              · {unit.name} {unitEnded && <Mark tone="warn">đơn vị đã kết thúc hoạt động</Mark>}
            </>
          )}
        </div>
      </div>
      <div className="task-when">
        {due ? (
          <span className={overdue ? 'late' : undefined}>
            {overdue ? 'Quá hạn từ ' : 'Hạn '}
            {printAnyDay(due)}
          </span>
        ) : (
          <span className="soft">Không định hạn</span>
        )}
        <div className="soft">{printWaiting(openedDaysAgo)}</div>
      </div>
    </li>
  );
}
