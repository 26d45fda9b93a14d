import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as Messages, ConfigProvider } from 'antd';
import viVN from 'antd/locale/vi_VN';
import dayjs from 'dayjs';
import 'dayjs/locale/vi';
import { useEffect, useMemo } from 'react';
import { RouterProvider } from 'react-router/dom';
import { Problem } from '../http.js';
import { useSession } from '../session/session.js';
import { router } from './routes.js';
import { theme } from './theme.js';
import './app.css';

dayjs.locale('vi');

/** A refusal is an answer and is not asked again; a broken connection is tried twice more. */
function shouldRetry(count: number, error: Error): boolean {
  return error instanceof Problem && (error.status === 0 || error.status >= 500) && count < 2;
}

export function App() {
  const { account } = useSession();
  const client = useMemo(
    () => new QueryClient({ defaultOptions: { queries: { retry: shouldRetry, staleTime: 10_000 } } }),
    [],
  );
  // After signing in again, whatever was refused while signed out is asked anew.
  useEffect(() => {
    if (account) void client.invalidateQueries();
  }, [client, account]);
  return (
    <ConfigProvider locale={viVN} theme={theme} form={{ requiredMark: true, scrollToFirstError: true }}>
      <QueryClientProvider client={client}>
        <Messages message={{ maxCount: 2 }}>
          <RouterProvider router={router} />
        </Messages>
      </QueryClientProvider>
    </ConfigProvider>
  );
}
