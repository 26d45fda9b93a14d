import { createBrowserRouter } from 'react-router';
import { Crash, Loading, NotFound } from '../common/states.js';
import { Shell } from './Shell.js';

/** One chunk per room; addresses are Vietnamese because officers send them to each other. */
export const router = createBrowserRouter([
  {
    path: '/',
    element: <Shell />,
    errorElement: <Crash />,
    hydrateFallbackElement: <Loading />,
    children: [
      { index: true, lazy: async () => ({ Component: (await import('../home/HomePage.js')).HomePage }) },
      { path: 'don-vi/:code?', lazy: async () => ({ Component: (await import('../units/UnitsPage.js')).UnitsPage }) },
      { path: 'so-vang', lazy: async () => ({ Component: (await import('../awards/RegisterPage.js')).RegisterPage }) },
      { path: 'so-vang/:id', lazy: async () => ({ Component: (await import('../awards/BatchPage.js')).BatchPage }) },
      {
        path: 'ghi-quyet-dinh',
        lazy: async () => ({ Component: (await import('../awards/RecordPage.js')).RecordPage }),
      },
      {
        path: 'tong-hop',
        lazy: async () => ({ Component: (await import('../summaries/SummaryPage.js')).SummaryPage }),
      },
      { path: '*', element: <NotFound /> },
    ],
  },
]);
