import { PlusOutlined } from '@ant-design/icons';
import { Button, Tabs } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { ExcelButton } from '../common/ExcelButton.js';
import { PageHead } from '../common/PageHead.js';
import { NotAllowed } from '../common/states.js';
import { useSession } from '../session/session.js';
import { DossierTable } from './DossierTable.js';
import { NominationFilters, useNominationFilters } from './Filters.js';
import { ComposeList } from './ComposeList.js';
import { NominationTable } from './NominationTable.js';
import { DOSSIER_STATES } from './words.js';

type Filters = Readonly<Record<string, string | null>>;
const TABS = ['cua-toi', 'gui-den', 'tong-hop', 'nguoi-cua-toi'];

/** The list that a tab shows. */
function listOf(tab: string, filters: Filters): { path: string; values: Filters } {
  if (tab === 'cua-toi') return { path: '/dossiers', values: { ...filters, tab: 'mine' } };
  if (tab === 'gui-den') return { path: '/dossiers', values: { ...filters, tab: 'received' } };
  if (tab === 'tong-hop') return { path: '/nominations', values: { ...filters, tab: 'received', state: 'ELIGIBLE' } };
  return { path: '/nominations', values: { ...filters, state: null, tab: 'nominees' } };
}

/** Nominations: those of my units, those that my units were asked, what can be composed upwards, and my own people in others' dossiers. */
export function DossiersPage() {
  const { may } = useSession();
  const [search, setSearch] = useSearchParams();
  const { filters, set } = useNominationFilters();
  if (!may('nomination.read')) return <NotAllowed what="xem hồ sơ đề nghị khen thưởng" />;
  const asked = search.get('xem');
  const tab =
    asked && TABS.includes(asked)
      ? asked
      : may('nomination.propose') || may('nomination.submit')
        ? 'cua-toi'
        : 'gui-den';
  const show = (key: string) =>
    setSearch((now) => {
      now.set('xem', key);
      now.delete('tinh-trang');
      return now;
    });
  const ofLines = tab === 'tong-hop' || tab === 'nguoi-cua-toi';
  return (
    <>
      <PageHead
        title="Đề nghị khen thưởng"
        sub="Hồ sơ của đơn vị, hồ sơ gửi đến đơn vị, và tổng hợp để trình lên."
        actions={
          <>
            <ExcelButton {...listOf(tab, filters)} />
            {may('nomination.propose') && (
              <Link to="/de-nghi/moi">
                <Button type="primary" icon={<PlusOutlined />}>
                  Lập hồ sơ
                </Button>
              </Link>
            )}
          </>
        }
      />
      <NominationFilters
        key={tab}
        filters={filters}
        states={ofLines ? null : DOSSIER_STATES}
        onChange={set}
        label="Lọc hồ sơ đề nghị"
      />
      <Tabs
        activeKey={tab}
        onChange={show}
        destroyOnHidden
        items={[
          {
            key: 'cua-toi',
            label: 'Của tôi',
            children: <DossierTable filters={{ ...filters, tab: 'mine' }} empty="Chưa có hồ sơ đề nghị nào như vậy." />,
          },
          {
            key: 'gui-den',
            label: 'Gửi đến',
            children: <DossierTable filters={{ ...filters, tab: 'received' }} empty="Chưa có hồ sơ nào gửi đến." />,
          },
          {
            key: 'tong-hop',
            label: 'Tổng hợp',
            children: <ComposeList filters={{ ...filters, tab: 'received', state: 'ELIGIBLE' }} />,
          },
          {
            key: 'nguoi-cua-toi',
            label: 'Người của đơn vị',
            children: <NominationTable filters={{ ...filters, state: null, tab: 'nominees' }} />,
          },
        ]}
      />
    </>
  );
}
