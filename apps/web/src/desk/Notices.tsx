import { Button } from 'antd';
import { Link } from 'react-router';
import type { NoticeView } from '../contract.js';
import { Mark } from '../common/Mark.js';
import { More } from '../common/More.js';
import { Failed, Loading, Nothing } from '../common/states.js';
import { printAnyDay, printInstant } from '../words/format.js';
import { useNotices, useReading } from './desk.api.js';
import { OCCASION_NAMES } from './words.js';

/** The own notices, the latest first; opening one reads it. */
export function Notices({ onLeave }: { onLeave: () => void }) {
  const notices = useNotices();
  const reading = useReading();
  if (notices.isPending) return <Loading rows={6} />;
  if (notices.isError) return <Failed error={notices.error} onRetry={() => void notices.refetch()} />;
  const items = notices.data.pages.flatMap((page) => page.items);
  const [newest] = items;
  if (!newest)
    return <Nothing>Chưa có thông báo nào. Việc mới giao, việc sắp đến hạn và kết quả xử lý sẽ hiện ở đây.</Nothing>;
  return (
    <>
      {(notices.data.pages[0]?.unread ?? 0) > 0 && (
        <Button size="small" loading={reading.isPending} onClick={() => reading.mutate({ upTo: newest.id })}>
          Đánh dấu đã đọc tất cả
        </Button>
      )}
      <ul className="plain gap-above">
        {items.map((notice) => (
          <Notice
            key={notice.id}
            notice={notice}
            onOpen={() => {
              if (!notice.read) reading.mutate({ id: notice.id });
              onLeave();
            }}
          />
        ))}
      </ul>
      <More list={notices} shown={items.length} />
    </>
  );
}

function Notice({ notice, onOpen }: { notice: NoticeView; onOpen: () => void }) {
  const { occasion, title, why, link, unit, due, at, read } = notice;
  return (
    <li className={read ? 'notice' : 'notice notice-unread'}>
      <div className="grow">
        <Mark tone={occasion === 'OVERDUE' ? 'bad' : occasion === 'SOON' ? 'warn' : 'plain'}>
          {OCCASION_NAMES[occasion]}
        </Mark>{' '}
        <span className="soft">
          {printInstant(at)}
          {!read && ' · chưa đọc'}
        </span>
        <div>
          <Link to={link} onClick={onOpen}>
            {title}
          </Link>
        </div>
        <div className="soft">{[why, unit?.name, due && `hạn ${printAnyDay(due)}`].filter(Boolean).join(' · ')}</div>
      </div>
    </li>
  );
}
