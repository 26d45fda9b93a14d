import { BellOutlined } from '@ant-design/icons';
import { Badge, Button, Drawer } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Loading } from '../common/states.js';
import { useUnread } from './desk.api.js';
import './desk.css';

const Notices = lazy(async () => ({ default: (await import('./Notices.js')).Notices }));

/** The bell of every page: how much was told and not read yet, and the list behind it. */
export function Bell() {
  const unread = useUnread();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        type="text"
        className="bell"
        aria-label={unread > 0 ? `Thông báo: ${unread} chưa đọc` : 'Thông báo'}
        onClick={() => setOpen(true)}
        icon={
          <Badge count={unread} size="small" overflowCount={99}>
            <BellOutlined />
          </Badge>
        }
      />
      <Drawer open={open} onClose={() => setOpen(false)} title="Thông báo" size={460} destroyOnHidden>
        <Suspense fallback={<Loading />}>
          <Notices onLeave={() => setOpen(false)} />
        </Suspense>
      </Drawer>
    </>
  );
}
