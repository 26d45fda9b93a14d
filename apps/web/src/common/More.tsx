import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { Button } from 'antd';

type Paged = Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>;

/** "Xem thêm" below a list: the next page is appended, so nothing read is lost. */
export function More({ list, shown }: { list: Paged; shown: number }) {
  if (!list.hasNextPage) return shown > 20 ? <p className="soft center">Đã hết danh sách.</p> : null;
  return (
    <div className="center gap-above no-print">
      <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
        Xem thêm
      </Button>
    </div>
  );
}
