import { Button, Empty, Result, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link, useRouteError } from 'react-router';
import { Problem } from '../http.js';

/** The few states every list and page can be in, worded once. */
export function Loading({ rows = 4 }: { rows?: number }) {
  return (
    <div role="status" aria-label="Đang tải">
      <Skeleton active title={false} paragraph={{ rows }} />
    </div>
  );
}

export function Nothing({ children }: { children: ReactNode }) {
  return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={children} />;
}

export function Failed({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const missing = error instanceof Problem && (error.status === 404 || error.status === 403);
  const sentence = error instanceof Error ? error.message : 'Có lỗi xảy ra.';
  return (
    <Result
      className="result"
      status={missing ? 'info' : 'warning'}
      title={missing ? 'Không tìm thấy' : 'Chưa tải được'}
      subTitle={sentence}
      extra={!missing && onRetry && <Button onClick={onRetry}>Thử lại</Button>}
    />
  );
}

export function NotAllowed({ what }: { what: string }) {
  return (
    <Result
      className="result"
      status="info"
      title="Chưa được giao việc này"
      subTitle={`Tài khoản của anh/chị chưa được giao quyền ${what}. Cần thì liên hệ người quản trị đơn vị.`}
    />
  );
}

export function NotFound() {
  return (
    <Result className="result" status="info" title="Không có trang này" extra={<Link to="/">Về trang chủ</Link>} />
  );
}

/** A fault of the page itself: also what is seen when a newer version was deployed and an old part is gone. */
export function Crash() {
  const error = useRouteError();
  return (
    <Result
      className="result"
      status="warning"
      title="Trang gặp lỗi"
      subTitle={error instanceof Error ? error.message : undefined}
      extra={<Button onClick={() => window.location.reload()}>Tải lại trang</Button>}
    />
  );
}
