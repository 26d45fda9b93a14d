import { ImportOutlined } from '@ant-design/icons';
import { Button, Tabs } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { ExcelButton } from '../common/ExcelButton.js';
import { PageHead } from '../common/PageHead.js';
import { NotAllowed } from '../common/states.js';
import { useSession } from '../session/session.js';
import { CoverageList } from './CoverageList.js';
import { ReportList } from './ReportList.js';
import type { Filters } from './results.api.js';
import { TargetList } from './TargetList.js';
import './results.css';

/** API filter → name in the address. */
const NAMES = { unit: 'don-vi', from: 'tu', to: 'den', indicator: 'chi-tieu', status: 'tinh-trang' } as const;
const TABS = ['bao-cao', 'chi-tieu-giao', 'do-phu'] as const;

/** The list that a tab shows, with the filters that it has. */
function listOf(tab: (typeof TABS)[number], filters: Filters): { path: string; values: Filters } {
  const { unit = null } = filters;
  if (tab === 'bao-cao') return { path: '/result-reports', values: filters };
  return { path: tab === 'do-phu' ? '/coverage-statements' : '/result-targets', values: { unit } };
}

/** What was done, in numbers; what was to be done; how far it has spread. */
export function ResultsPage() {
  const { may } = useSession();
  const [search, setSearch] = useSearchParams();
  if (!may('result.read')) return <NotAllowed what="xem kết quả, chỉ tiêu" />;
  const filters: Filters = Object.fromEntries(
    Object.entries(NAMES).map(([filter, name]) => [filter, search.get(name)]),
  );
  const set = (change: Filters) =>
    setSearch(
      (now) => {
        for (const [filter, value] of Object.entries(change)) {
          const name = NAMES[filter as keyof typeof NAMES];
          if (value) now.set(name, value);
          else now.delete(name);
        }
        return now;
      },
      { replace: true },
    );
  const shown = TABS.find((tab) => tab === search.get('xem')) ?? TABS[0];
  const show = (tab: string) =>
    setSearch((now) => {
      now.set('xem', tab);
      return now;
    });
  return (
    <>
      <PageHead
        title="Kết quả"
        sub="Số liệu như đơn vị và văn bản đã nêu, chỉ tiêu được giao và độ phủ của phong trào."
        actions={
          <>
            <ExcelButton {...listOf(shown, filters)} />
            {may('import.run') && may('result.enter') && (
              <Link
                to={`/nhap-excel?loai=results${filters['unit'] ? `&don-vi=${encodeURIComponent(filters['unit'])}` : ''}`}
              >
                <Button icon={<ImportOutlined />}>Nhập từ Excel</Button>
              </Link>
            )}
          </>
        }
      />
      <Tabs
        activeKey={shown}
        onChange={show}
        destroyOnHidden
        items={[
          { key: TABS[0], label: 'Kết quả đã báo cáo', children: <ReportList filters={filters} onFilter={set} /> },
          { key: TABS[1], label: 'Chỉ tiêu', children: <TargetList filters={filters} onFilter={set} /> },
          { key: TABS[2], label: 'Độ phủ', children: <CoverageList filters={filters} onFilter={set} /> },
        ]}
      />
    </>
  );
}
