import { FileAddOutlined } from '@ant-design/icons';
import { Button, Tabs } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { ExcelButton } from '../common/ExcelButton.js';
import { PageHead } from '../common/PageHead.js';
import { NotAllowed } from '../common/states.js';
import { useSession } from '../session/session.js';
import { BatchTable } from './BatchTable.js';
import { RecipientTable } from './RecipientTable.js';
import { RegisterFilters, useRegisterFilters } from './RegisterFilters.js';

/** The golden book: what was conferred (decisions) and who received it (recipients), newest first. */
export function RegisterPage() {
  const { may } = useSession();
  const [search, setSearch] = useSearchParams();
  const { filters, set } = useRegisterFilters();
  const view = search.get('xem') === 'nguoi' ? 'nguoi' : 'dot';
  if (!may('award.read')) return <NotAllowed what="xem sổ vàng" />;
  const show = (key: string) =>
    setSearch((now) => {
      if (key === 'dot') now.delete('xem');
      else now.set('xem', key);
      return now;
    });
  /** A person's name is looked for where decisions are listed, too. */
  const inPeople = filters['q'] && (
    <Button type="link" onClick={() => show('nguoi')}>
      Tìm “{filters['q']}” trong người, tập thể được khen
    </Button>
  );
  return (
    <>
      <PageHead
        title="Sổ vàng"
        sub="Mọi quyết định khen và người, tập thể được khen trong phạm vi của anh/chị."
        actions={
          <>
            <ExcelButton path={view === 'nguoi' ? '/awards' : '/award-batches'} values={filters} />
            {may('award.record') && (
              <Link to="/ghi-quyet-dinh">
                <Button type="primary" icon={<FileAddOutlined />}>
                  Ghi quyết định
                </Button>
              </Link>
            )}
          </>
        }
      />
      <RegisterFilters filters={filters} onChange={set} forLines={view === 'nguoi'} />
      <Tabs
        activeKey={view}
        onChange={show}
        destroyOnHidden
        items={[
          { key: 'dot', label: 'Quyết định, đợt khen', children: <BatchTable filters={filters} empty={inPeople} /> },
          { key: 'nguoi', label: 'Người, tập thể được khen', children: <RecipientTable filters={filters} /> },
        ]}
      />
    </>
  );
}
