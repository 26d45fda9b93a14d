import { EditOutlined, FileAddOutlined, PlusOutlined } from '@ant-design/icons';
import { Breadcrumb, Button, Card, Descriptions, Space, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { LEVEL_NAMES, printDay } from '@lib/kernel';
import type { Day, UnitDetail, UnitVersion } from '../contract.js';
import { Mark } from '../common/Mark.js';
import { Failed, Loading, Nothing } from '../common/states.js';
import { useSession } from '../session/session.js';
import { printAnyDay, printValidity } from '../words/format.js';
import { CLASSIFICATION_NAMES } from '../words/labels.js';
import { ChangeUnit } from './ChangeUnit.js';
import { NewOffice } from './NewOffice.js';
import { NewUnit } from './NewUnit.js';
import { Strengths } from './Strengths.js';
import { UnitName } from './UnitName.js';
import { useUnit } from './units.api.js';

type Open = 'change' | 'sub' | 'office' | null;

export function UnitDetailCard({ code, on }: { code: string; on: Day | null }) {
  const unit = useUnit(code, on);
  const [open, setOpen] = useState<Open>(null);
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
    <div className="stack">
      <Card size="small">
        <PathOf unit={it} on={on} />
        <div className="detail-head">
          <h2>{it.name}</h2>
          <Actions unit={it} onOpen={setOpen} />
        </div>
        <Facts unit={it} on={on} />
      </Card>
      <Strengths unit={it} />
      <Versions unit={it} />
      <Offices unit={it} onAdd={() => setOpen('office')} />
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

function Actions({ unit, onOpen }: { unit: UnitDetail; onOpen: (what: Open) => void }) {
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
          <Button icon={<PlusOutlined />} onClick={() => onOpen('sub')}>
            Thêm trực thuộc
          </Button>
          <Button icon={<EditOutlined />} onClick={() => onOpen('change')}>
            Thay đổi
          </Button>
        </>
      )}
    </Space>
  );
}

function Facts({ unit, on }: { unit: UnitDetail; on: Day | null }) {
  return (
    <Descriptions
      size="small"
      column={2}
      bordered
      items={[
        { key: 'code', label: 'Mã đơn vị', children: unit.code },
        { key: 'level', label: 'Cấp', children: unit.levelName },
        {
          key: 'valid',
          label: on ? `Tại ngày ${printDay(on)}` : 'Hiện nay',
          children: printValidity(unit.validFrom, unit.validTo),
        },
        { key: 'children', label: 'Đơn vị trực thuộc', children: unit.childCount },
        {
          key: 'state',
          label: 'Tình trạng',
          children: unit.suspended ? <Mark tone="warn">Tạm dừng hoạt động</Mark> : 'Đang hoạt động',
        },
        { key: 'class', label: 'Mức phổ biến', children: CLASSIFICATION_NAMES[unit.classification] },
      ]}
    />
  );
}

function Versions({ unit }: { unit: UnitDetail }) {
  return (
    <Card size="small" title="Các thời kỳ của đơn vị">
      <Table<UnitVersion>
        size="small"
        pagination={false}
        rowKey={(version) => `${version.validFrom}-${version.recordedOn}`}
        dataSource={unit.versions}
        locale={{ emptyText: <Nothing>Chưa có thời kỳ nào.</Nothing> }}
        columns={[
          {
            title: 'Thời gian',
            key: 'time',
            width: 220,
            render: (_, { validFrom, validTo }) => printValidity(validFrom, validTo),
          },
          {
            title: 'Tên',
            dataIndex: 'name',
            render: (name: string, { suspended }) => (suspended ? `${name} (tạm dừng)` : name),
          },
          { title: 'Cấp', dataIndex: 'level', render: (level: UnitVersion['level']) => LEVEL_NAMES[level] },
          {
            title: 'Trực thuộc',
            dataIndex: 'parent',
            render: (parent: string | null) => <UnitName code={parent} known={unit.path} />,
          },
          { title: 'Ghi nhận', dataIndex: 'recordedOn', width: 110, render: (day: string) => printAnyDay(day) },
        ]}
      />
    </Card>
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
