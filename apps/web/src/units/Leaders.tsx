import { Card } from 'antd';
import { Link } from 'react-router';
import { printDay } from '@lib/kernel';
import { Mark } from '../common/Mark.js';
import { Failed, Loading } from '../common/states.js';
import type { Day } from '../contract.js';
import { useSession } from '../session/session.js';
import { useLeaders } from './units.api.js';

/** Who leads the unit: posts as they are recorded; accounts only for those who keep them. */
export function Leaders({ code, on }: { code: string; on: Day | null }) {
  const leaders = useLeaders(code, on);
  const { may } = useSession();
  return (
    <Card size="small" title="Lãnh đạo, cán bộ công đoàn">
      {leaders.isPending && <Loading rows={2} />}
      {leaders.isError && <Failed error={leaders.error} onRetry={() => void leaders.refetch()} />}
      {leaders.data && leaders.data.posts.length === 0 && (
        <span className="soft">
          Chưa ghi ai giữ chức vụ tại đơn vị{on ? ' vào ngày này' : ''}.{' '}
          {may('person.record') && (
            <>
              Chức danh được ghi ở hồ sơ của từng người trong{' '}
              <Link to={`/doan-vien?don-vi=${encodeURIComponent(code)}`}>danh sách đoàn viên</Link>.
            </>
          )}
        </span>
      )}
      {leaders.data && leaders.data.posts.length > 0 && (
        <ul className="plain people-list">
          {leaders.data.posts.map(({ personId, name, title, leads, fullTime, since }) => (
            <li key={`${personId}-${title}`}>
              {may('person.read') ? <Link to={`/doan-vien/${personId}`}>{name}</Link> : name}
              {leads && (
                <>
                  {' '}
                  <Mark tone="gold">đứng đầu</Mark>
                </>
              )}
              <div className="soft">
                {title}, {fullTime ? 'chuyên trách' : 'không chuyên trách'}, từ {printDay(since)}
              </div>
            </li>
          ))}
        </ul>
      )}
      {leaders.data?.accounts && leaders.data.accounts.length > 0 && (
        <p className="soft gap-above">Tài khoản lãnh đạo: {leaders.data.accounts.map(({ name }) => name).join(', ')}</p>
      )}
    </Card>
  );
}
