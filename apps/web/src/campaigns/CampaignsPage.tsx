import { FlagOutlined } from '@ant-design/icons';
import { Button, Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { ExcelButton } from '../common/ExcelButton.js';
import { PageHead } from '../common/PageHead.js';
import { NotAllowed } from '../common/states.js';
import { useSession } from '../session/session.js';
import { options } from '../words/labels.js';
import { CampaignTable } from './CampaignTable.js';
import { RegisterDialog } from './RegisterDialog.js';
import { CATEGORY_NAMES, KIND_NAMES, STATE_NAMES } from './words.js';

/** API filter → name in the address. */
const NAMES = {
  q: 'tim',
  state: 'trang-thai',
  category: 'loai',
  kind: 'loai-hinh',
  from: 'tu-dau',
  year: 'nam',
} as const;
type Filter = keyof typeof NAMES;

/** What is launched in my units, and what comes from above. */
export function CampaignsPage() {
  const { may } = useSession();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const [registering, setRegistering] = useState(false);
  if (!may('campaign.read')) return <NotAllowed what="xem phong trào thi đua" />;
  const filters = Object.fromEntries(
    Object.entries(NAMES).map(([filter, name]) => [filter, search.get(name)]),
  ) as Record<Filter, string | null>;
  const set = (filter: Filter, value: string | null | undefined) =>
    setSearch(
      (now) => {
        if (value) now.set(NAMES[filter], value);
        else now.delete(NAMES[filter]);
        return now;
      },
      { replace: true },
    );
  const choice = (filter: Filter, label: string, list: { value: string; label: string }[]) => (
    <Select
      className="w-choice"
      allowClear
      value={filters[filter]}
      placeholder={label}
      aria-label={label}
      options={list}
      onChange={(value) => set(filter, value)}
    />
  );
  return (
    <>
      <PageHead
        title="Phong trào thi đua"
        sub="Phong trào, cuộc vận động, chương trình của đơn vị và do cấp trên phát động."
        actions={
          <>
            <ExcelButton path="/campaigns" values={filters} />
            {may('campaign.register') && (
              <Button type="primary" icon={<FlagOutlined />} onClick={() => setRegistering(true)}>
                Đăng ký phong trào
              </Button>
            )}
          </>
        }
      />
      <search className="filters" aria-label="Lọc phong trào">
        <Input.Search
          className="w-search"
          allowClear
          defaultValue={filters.q ?? ''}
          placeholder="Tìm theo tên, mã"
          aria-label="Tìm theo tên, mã"
          onSearch={(text) => set('q', text)}
        />
        <Segmented
          aria-label="Của đơn vị hay từ cấp trên"
          value={filters.from ?? ''}
          options={[
            { value: '', label: 'Tất cả' },
            { value: 'MINE', label: 'Của đơn vị' },
            { value: 'ABOVE', label: 'Từ cấp trên' },
          ]}
          onChange={(value) => set('from', value)}
        />
        {choice('state', 'Mọi trạng thái', options(STATE_NAMES))}
        {choice('category', 'Mọi loại', options(CATEGORY_NAMES))}
        {choice('kind', 'Mọi hình thức', options(KIND_NAMES))}
        {choice('year', 'Mọi năm', YEARS)}
      </search>
      <CampaignTable filters={filters} />
      {registering && (
        <RegisterDialog onClose={() => setRegistering(false)} onSaved={(id) => void navigate(`/phong-trao/${id}`)} />
      )}
    </>
  );
}

const LATEST = new Date().getFullYear() + 1;
const YEARS = Array.from({ length: 12 }, (_, i) => ({ value: String(LATEST - i), label: `Năm ${LATEST - i}` }));
