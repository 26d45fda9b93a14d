import './people.css';
import { ImportOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Table, Tabs } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { ExcelButton } from '../common/ExcelButton.js';
import { Mark } from '../common/Mark.js';
import { More } from '../common/More.js';
import { PageHead } from '../common/PageHead.js';
import { Failed, Loading, NotAllowed, Nothing } from '../common/states.js';
import { useDebounced } from '../common/useDebounced.js';
import { useSession } from '../session/session.js';
import { UnitPicker } from '../units/UnitPicker.js';
import { printAnyDay } from '../words/format.js';
import { DuplicateList } from './DuplicateList.js';
import { RecordPersonDialog } from './dialogs.js';
import { usePeople } from './people.api.js';
import type { PersonView } from './people.contract.js';
import { GENDER_NAMES } from './words.js';

/** The register of people: found by name without accents, in Vietnamese order; and who may be written down twice. */
export function PeoplePage() {
  const { may } = useSession();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const [text, setText] = useState(search.get('q') ?? '');
  const q = useDebounced(text);
  if (!may('person.read')) return <NotAllowed what="xem danh sách đoàn viên" />;
  const unit = search.get('don-vi');
  const filters = { q: q.trim() || null, unit };
  const tab = search.get('xem') === 'trung' && may('person.merge') ? 'trung' : 'danh-sach';
  const set = (name: string, value: string | null) =>
    setSearch((now) => {
      if (value) now.set(name, value);
      else now.delete(name);
      return now;
    });
  return (
    <>
      <PageHead
        title="Đoàn viên"
        sub="Xếp theo tên gọi rồi họ đệm. Tìm không cần gõ dấu; gõ đúng mã đoàn viên hoặc số hiệu cũng được."
        actions={
          <>
            <ExcelButton path="/people" values={filters} />
            {may('import.run') && may('person.record') && (
              <Link to={`/nhap-excel?loai=people${unit ? `&don-vi=${encodeURIComponent(unit)}` : ''}`}>
                <Button icon={<ImportOutlined />}>Nhập từ Excel</Button>
              </Link>
            )}
            {may('person.record') && (
              <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
                Thêm đoàn viên
              </Button>
            )}
          </>
        }
      />
      <div className="filters" role="search" aria-label="Tìm đoàn viên">
        {tab === 'danh-sach' && (
          <Input.Search
            allowClear
            aria-label="Họ tên, mã đoàn viên hoặc số hiệu"
            placeholder="Họ tên, mã đoàn viên, số hiệu"
            value={text}
            onChange={({ target }) => setText(target.value)}
            className="people-search"
          />
        )}
        <UnitPicker
          aria-label="Đơn vị"
          placeholder="Mọi đơn vị của tôi"
          allowClear
          value={unit}
          onChange={(code) => set('don-vi', code)}
          className="people-unit"
        />
      </div>
      <Tabs
        activeKey={tab}
        onChange={(key) => set('xem', key === 'trung' ? 'trung' : null)}
        destroyOnHidden
        items={[
          { key: 'danh-sach', label: 'Danh sách', children: <PeopleTable filters={filters} /> },
          ...(may('person.merge')
            ? [{ key: 'trung', label: 'Có thể trùng người', children: <DuplicateList unit={unit} /> }]
            : []),
        ]}
      />
      {adding && (
        <RecordPersonDialog
          {...(unit ? { unit } : {})}
          onDone={(id) => void navigate(`/doan-vien/${id}`)}
          onClose={() => setAdding(false)}
        />
      )}
    </>
  );
}

function PeopleTable({ filters }: { filters: { q: string | null; unit: string | null } }) {
  const list = usePeople(filters);
  if (list.isPending) return <Loading rows={10} />;
  if (list.isError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap((page) => page.items);
  const empty = filters.q ? 'Không tìm thấy ai có họ tên như vậy.' : 'Chưa có đoàn viên nào.';
  return (
    <>
      <Table<PersonView>
        className="book-list"
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={rows}
        loading={list.isPlaceholderData}
        locale={{ emptyText: <Nothing>{empty}</Nothing> }}
        columns={[
          {
            title: 'Họ và tên',
            key: 'name',
            width: 205,
            render: (_, { id, name, classification }) => (
              <>
                <Link to={`/doan-vien/${id}`}>{name}</Link>{' '}
                {classification === 'RESTRICTED' && <Mark tone="warn">hạn chế</Mark>}
              </>
            ),
          },
          { title: 'Năm sinh', key: 'year', width: 90, render: (_, { birthYear }) => birthYear ?? '—' },
          { title: 'Giới', key: 'gender', width: 70, render: (_, { gender }) => (gender ? GENDER_NAMES[gender] : '—') },
          { title: 'Đơn vị', key: 'unit', render: (_, { unit }) => unit?.name ?? '—' },
          { title: 'Mã đoàn viên', key: 'card', width: 125, render: (_, { memberCard }) => memberCard ?? '—' },
          { title: 'Số hiệu', key: 'number', width: 95, render: (_, { serviceNumber }) => serviceNumber ?? '—' },
          {
            title: 'Kết nạp',
            key: 'admitted',
            width: 110,
            render: (_, { admittedOn }) => printAnyDay(admittedOn),
          },
        ]}
      />
      <More list={list} shown={rows.length} />
    </>
  );
}
