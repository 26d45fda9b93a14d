import { ApartmentOutlined, EditOutlined, FileAddOutlined, PlusOutlined } from '@ant-design/icons';
import { Breadcrumb, Button, Card, Descriptions, Dropdown, Space, Tabs } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { printDay, type Permission } from '@lib/kernel';
import type { Day, UnitDetail } from '../contract.js';
import { Mark } from '../common/Mark.js';
import { Failed, Loading } from '../common/states.js';
import { useSession } from '../session/session.js';
import { printValidity, today } from '../words/format.js';
import { CLASSIFICATION_NAMES } from '../words/labels.js';
import { Agencies } from './Agencies.js';
import { AwardsHeld } from './AwardsHeld.js';
import { ChangeUnit } from './ChangeUnit.js';
import { Leaders } from './Leaders.js';
import { NewOffice } from './NewOffice.js';
import { NewUnit } from './NewUnit.js';
import { Coordination, Placements } from './Placements.js';
import { Strengths } from './Strengths.js';
import { SubUnits } from './SubUnits.js';
import { EndedBy, UnitEvents } from './UnitEvents.js';
import { useUnit } from './units.api.js';

const TABS = ['tong-quan', 'lich-su', 'truc-thuoc', 'khen-thuong', 'chua-co-cong-doan'] as const;
type Open = 'change' | 'sub' | 'office' | null;

export function UnitDetailCard({ code, on }: { code: string; on: Day | null }) {
  const unit = useUnit(code, on);
  const [open, setOpen] = useState<Open>(null);
  const [search, setSearch] = useSearchParams();
  const { may } = useSession();
  const shown = TABS.find((tab) => tab === search.get('muc')) ?? TABS[0];
  const show = (tab: string) =>
    setSearch(
      (now) => {
        now.set('muc', tab);
        return now;
      },
      { replace: true },
    );
  const close = () => setOpen(null);
  if (unit.isPending)
    return (
      <Card size="small">
        <Loading rows={8} />
      </Card>
    );
  if (unit.isError)
    return (
      <Card size="small">
        <Failed error={unit.error} onRetry={() => void unit.refetch()} />
      </Card>
    );
  const it = unit.data;
  return (
    <div className="unit-profile">
      <Card size="small">
        {it.path.length > 1 && <PathOf unit={it} on={on} />}
        <div className="detail-head">
          <div>
            <h2>{it.name}</h2>
            <span className="soft">
              {it.levelName} · {it.code}
            </span>{' '}
            {it.suspended && <Mark tone="warn">tạm dừng hoạt động</Mark>}
            {it.validTo && (
              <>
                <Mark tone="bad">{printValidity(it.validFrom, it.validTo)}</Mark> <EndedBy code={it.code} />
              </>
            )}
          </div>
          <Actions unit={it} onOpen={setOpen} />
        </div>
      </Card>
      <Tabs
        activeKey={shown}
        onChange={show}
        destroyOnHidden
        items={[
          {
            key: TABS[0],
            label: 'Tổng quan',
            children: (
              <div className="stack">
                <Facts unit={it} on={on} />
                <Leaders code={it.code} on={on} />
                <Strengths unit={it} />
                <Coordination unit={it} />
                <Offices unit={it} onAdd={() => setOpen('office')} />
              </div>
            ),
          },
          {
            key: TABS[1],
            label: 'Lịch sử',
            children: (
              <div className="stack">
                <UnitEvents code={it.code} />
                <Placements unit={it} />
              </div>
            ),
          },
          { key: TABS[2], label: 'Đơn vị trực thuộc', children: <SubUnits code={it.code} on={on} /> },
          ...(may('award.read')
            ? [{ key: TABS[3], label: 'Khen thưởng', children: <AwardsHeld code={it.code} /> }]
            : []),
          ...(may('result.read')
            ? [{ key: TABS[4], label: 'Nơi chưa có công đoàn', children: <Agencies unit={it} /> }]
            : []),
        ]}
      />
      {open === 'change' && <ChangeUnit unit={it} onClose={close} />}
      {open === 'sub' && <NewUnit parent={it.code} onClose={close} />}
      {open === 'office' && <NewOffice unit={it} onClose={close} />}
    </div>
  );
}

/** Where the unit stands; what lies above my own units is named and not opened. */
function PathOf({ unit, on }: { unit: UnitDetail; on: Day | null }) {
  const { account } = useSession();
  const suffix = on ? `?tai-ngay=${on}` : '';
  const mine = new Set(account.grants.map((grant) => grant.unit.code));
  const first = unit.path.findIndex(({ code }) => mine.has(code));
  const items = unit.path.map(({ code, name }, index) => ({
    key: code,
    title:
      code === unit.code || first < 0 || index < first ? name : <Link to={`/don-vi/${code}${suffix}`}>{name}</Link>,
  }));
  return <Breadcrumb items={items} separator="›" />;
}

/** What a decision may do to this unit: where the wizard begins. */
const REORGANISE = [
  ['MERGE', 'Sáp nhập'],
  ['SPLIT', 'Chia tách'],
  ['DISSOLVE', 'Giải thể'],
  ['TRANSFER', 'Chuyển cấp trên'],
  ['RENAME', 'Đổi tên'],
  ['UPGRADE', 'Nâng cấp'],
  ['DOWNGRADE', 'Hạ cấp'],
  ['SUSPEND', 'Tạm dừng'],
] as const;

function Actions({ unit, onOpen }: { unit: UnitDetail; onOpen: (what: Open) => void }) {
  const { may } = useSession();
  const prepares: Permission = 'reorganisation.prepare';
  return (
    <Space wrap>
      <Link to={`/tong-hop?don-vi=${unit.code}`}>
        <Button>Tổng hợp kỳ</Button>
      </Link>
      <Link to={`/so-vang?don-vi=${unit.code}`}>
        <Button>Sổ vàng</Button>
      </Link>
      {unit.abilities.recordAward && (
        <Link to={`/ghi-quyet-dinh?don-vi=${unit.code}`}>
          <Button icon={<FileAddOutlined />}>Ghi quyết định</Button>
        </Link>
      )}
      {unit.abilities.change && (
        <>
          {!hasEnded(unit) && (
            <Button icon={<PlusOutlined />} onClick={() => onOpen('sub')}>
              Thêm trực thuộc
            </Button>
          )}
          <Button icon={<EditOutlined />} onClick={() => onOpen('change')}>
            Thay đổi
          </Button>
        </>
      )}
      {may(prepares) && unit.abilities.change && unit.validTo === null && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: REORGANISE.map(([kind, label]) => ({
              key: kind,
              label: <Link to={`/sap-xep/moi?viec=${kind}&don-vi=${unit.code}`}>{label}</Link>,
            })),
          }}
        >
          <Button icon={<ApartmentOutlined />}>Sắp xếp</Button>
        </Dropdown>
      )}
    </Space>
  );
}

/** Of the version that holds on the day. */
function kindOf({ versions }: UnitDetail, on: Day | null): string | null {
  const day = on ?? today();
  const holding = versions.find(
    ({ validFrom, validTo }) => (validFrom === null || validFrom <= day) && (validTo === null || day < validTo),
  );
  return (holding ?? versions[0])?.kind ?? null;
}

function hasEnded({ validTo }: UnitDetail, on: Day | null = null): boolean {
  return validTo !== null && validTo <= (on ?? today());
}

function stateOf(unit: UnitDetail, on: Day | null) {
  if (hasEnded(unit, on)) return <Mark tone="bad">Đã kết thúc</Mark>;
  return unit.suspended ? <Mark tone="warn">Tạm dừng hoạt động</Mark> : 'Đang hoạt động';
}

function Facts({ unit, on }: { unit: UnitDetail; on: Day | null }) {
  return (
    <Descriptions
      size="small"
      column={2}
      bordered
      items={[
        {
          key: 'valid',
          label: on ? `Tại ngày ${printDay(on)}` : 'Thời gian',
          children: printValidity(unit.validFrom, unit.validTo),
        },
        { key: 'kind', label: 'Loại hình', children: kindOf(unit, on) ?? 'chưa ghi' },
        { key: 'children', label: 'Đơn vị trực thuộc', children: unit.childCount },
        {
          key: 'state',
          label: 'Tình trạng',
          children: stateOf(unit, on),
        },
        { key: 'class', label: 'Mức phổ biến', children: CLASSIFICATION_NAMES[unit.classification] },
      ]}
    />
  );
}

function Offices({ unit, onAdd }: { unit: UnitDetail; onAdd: () => void }) {
  return (
    <Card
      size="small"
      title="Văn phòng, ban giúp việc"
      extra={
        unit.abilities.change && (
          <Button size="small" icon={<PlusOutlined />} onClick={onAdd}>
            Thêm
          </Button>
        )
      }
    >
      {unit.offices.length ? (
        <ul className="plain">
          {unit.offices.map(({ code, name }) => (
            <li key={code}>
              {name} <small>{code}</small>
            </li>
          ))}
        </ul>
      ) : (
        <span className="soft">Chưa ghi văn phòng, ban nào.</span>
      )}
    </Card>
  );
}
