import { PlusOutlined } from '@ant-design/icons';
import { Button, InputNumber, Table, Tabs } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { AgreementList } from '../agreements/AgreementList.js';
import { NewAgreementDialog } from '../agreements/NewAgreementDialog.js';
import { ExcelButton } from '../common/ExcelButton.js';
import { More } from '../common/More.js';
import { PageHead } from '../common/PageHead.js';
import { Failed, Loading, NotAllowed, Nothing } from '../common/states.js';
import { useSession } from '../session/session.js';
import { BlocDialog } from './BlocDialog.js';
import { useBlocs } from './blocs.api.js';
import type { BlocRow } from './blocs.contract.js';

/** Blocs of a year, and the programmes and agreements of blocs and units. */
export function BlocsPage() {
  const { may } = useSession();
  const go = useNavigate();
  const [search, setSearch] = useSearchParams();
  const [dialog, setDialog] = useState<'bloc' | 'agreement' | null>(null);
  if (!may('bloc.read')) return <NotAllowed what="xem khối, cụm thi đua" />;
  const typed = Number(search.get('nam'));
  const year = typed >= 1990 && typed <= 2100 ? typed : null;
  const set = (name: string, value: string | null) =>
    setSearch((now) => {
      if (value === null) now.delete(name);
      else now.set(name, value);
      return now;
    });
  const view = search.get('xem') === 'giao-uoc' ? 'giao-uoc' : 'khoi';
  return (
    <>
      <PageHead
        title="Khối, cụm thi đua"
        sub="Khối, cụm từng năm cùng chương trình công tác và giao ước thi đua."
        actions={
          <>
            <ExcelButton path={view === 'khoi' ? '/blocs' : '/agreements'} values={{ year }} />
            {may('agreement.draft') && <Button onClick={() => setDialog('agreement')}>Soạn giao ước của đơn vị</Button>}
            {may('bloc.keep') && (
              <Button type="primary" icon={<PlusOutlined />} onClick={() => setDialog('bloc')}>
                Lập khối, cụm
              </Button>
            )}
          </>
        }
      />
      <div className="filters">
        <InputNumber
          min={1990}
          max={2100}
          precision={0}
          value={year}
          placeholder="Mọi năm"
          aria-label="Năm"
          onChange={(value) => set('nam', value === null ? null : String(value))}
        />
      </div>
      <Tabs
        activeKey={view}
        onChange={(key) => set('xem', key === 'khoi' ? null : key)}
        destroyOnHidden
        items={[
          { key: 'khoi', label: 'Khối, cụm', children: <BlocTable year={year} /> },
          { key: 'giao-uoc', label: 'Chương trình, giao ước', children: <AgreementList year={year} bloc={null} /> },
        ]}
      />
      {dialog === 'bloc' && (
        <BlocDialog bloc={null} onSaved={({ id }) => void go(`/khoi-thi-dua/${id}`)} onClose={() => setDialog(null)} />
      )}
      {dialog === 'agreement' && <NewAgreementDialog bloc={null} onClose={() => setDialog(null)} />}
    </>
  );
}

function BlocTable({ year }: { year: number | null }) {
  const list = useBlocs(year);
  if (list.isPending) return <Loading />;
  if (list.isError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap((page) => page.items);
  if (rows.length === 0)
    return <Nothing>Chưa có khối, cụm nào{year ? ` của năm ${year}` : ''} trong phạm vi của anh/chị.</Nothing>;
  return (
    <>
      <Table<BlocRow>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={rows}
        columns={[
          {
            title: 'Khối, cụm',
            render: (_, { id, name, ownName }) => (
              <>
                <Link to={`/khoi-thi-dua/${id}`}>{name}</Link>
                {ownName && <div className="soft">{ownName}</div>}
              </>
            ),
          },
          { title: 'Đơn vị trưởng', render: (_, { head }) => head?.name ?? <span className="soft">chưa bầu</span> },
          { title: 'Chủ đề', ellipsis: true, render: (_, { theme }) => theme ?? '—' },
          { title: 'Thành viên', dataIndex: 'members', align: 'right', width: 110 },
        ]}
      />
      <More list={list} shown={rows.length} />
    </>
  );
}
